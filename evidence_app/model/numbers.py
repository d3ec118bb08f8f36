"""Telephone numbers and addresses: as written they are evidence, normalized they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_WITHHELD = frozenset(
    {
        "",
        "-1",
        "-2",
        "-3",
        "unknown",
        "(unknown)",
        "private",
        "private number",
        "withheld",
        "anonymous",
        "restricted",
        "no caller id",
        "payphone",
        "null",
        "未知",
        "未知号码",
        "私人号码",
        "隐藏号码",
        "无主叫",
        "匿名",
    }
)
_STATED_AS_WITHHELD = _WITHHELD - {
    "",
    "-1",
    "-3",
    "unknown",
    "(unknown)",
    "payphone",
    "null",
    "未知",
    "未知号码",
}
"""Words by which a source says that the caller hid the number, not only that it lacks one."""
_RESTRICTED = "2"
"""Android's CallLog.Calls.PRESENTATION_RESTRICTED."""
_CN_PREFIXES = ("17951", "17911", "17909", "12593", "10193", "17900")
_CN_COUNTRY = re.compile(r"(?:\+|00)86(?=[1-9]\d{6,})")
_CN_SHORT = re.compile(r"1[012]\d{1,3}|9[56]\d{3,9}|400\d{7}|106\d{5,17}")
_CN_MOBILE = re.compile(r"1[3-9]\d{9}")
_SEPARATORS = re.compile(r"[\s().\-/\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_withheld(raw: str) -> bool:
    """Whether the words stand for a number that was not shown."""
    return _folded(raw).lower() in _WITHHELD


def is_stated_as_withheld(identifier: str, fields: Mapping[str, str]) -> bool:
    """Whether a source says in so many words that the other side hid its number.

    Args:
        identifier: The number as written.
        fields: The entry's fields as written in the source.
    """
    written = (identifier, fields.get("number", ""), fields.get("address", ""))
    if any(_folded(statement).lower() in _STATED_AS_WITHHELD for statement in written):
        return True
    return fields.get("presentation", "") == _RESTRICTED


def is_masked(normalized: str) -> bool:
    """Whether digits are hidden: two such numbers may look the same and be of two persons."""
    return "*" in normalized


@lru_cache(maxsize=65536)
def normalize(raw: str, region: str | None) -> str:
    """The form by which an identifier is compared.

    A full telephone number becomes E.164; short codes, service numbers and masked numbers stay
    as digits (a masked number is equal only to itself); e-mail addresses and names of senders
    are folded to lower case.

    Args:
        raw: As written.
        region: By whose habits local numbers are read, ISO 3166-1 alpha-2, or None.

    Returns:
        The form, empty for a withheld number.
    """
    text = _folded(raw)
    if text.lower() in _WITHHELD:
        return ""
    text = text.removeprefix("tel:").removeprefix("sip:")
    if "@" in text or re.search(r"[^\W\d_]", text):
        return text.lower()
    digits = _SEPARATORS.sub("", text)
    if "*" in digits or not re.fullmatch(r"\+?\d+", digits):
        return digits
    return _chinese(digits) if region == "CN" else _e164(digits, region)


def _folded(raw: str) -> str:
    """Full-width digits and signs as the plain ones, without spaces around."""
    return unicodedata.normalize("NFKC", raw).strip().strip("'\"\t=")


def _chinese(digits: str) -> str:
    for prefix in _CN_PREFIXES:
        subscriber = digits.removeprefix(prefix)
        if subscriber != digits and len(subscriber) >= 10:
            digits = subscriber
            break
    local = _CN_COUNTRY.sub("", digits)
    if local == digits and len(digits) == 13 and digits.startswith("86"):
        local = digits[2:]
    if _CN_SHORT.fullmatch(local):
        return local
    if local != digits and not _CN_MOBILE.fullmatch(local):
        local = "0" + local.removeprefix("0")
    return _e164(local, "CN")


def _e164(digits: str, region: str | None) -> str:
    import phonenumbers

    if digits.startswith("00") and len(digits) >= 11:
        digits = "+" + digits[2:]
    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return digits
    if len(digits) < 7 or not phonenumbers.is_possible_number(parsed):
        return digits
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
