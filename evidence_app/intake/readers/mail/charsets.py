"""In which encoding an e-mail wrote what it does not label: its own first, then the likely one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
          "hz-gb-2312": "hz", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
          "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "iso-8859-1": "cp1252",
          "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
          "iso-8859-9": "cp1254", "us-ascii": "utf-8", "ascii": "utf-8"}  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]+")
_CUT = 3
_DAMAGED = 0.02
_LEAST_USUAL = 0.6
# The characters of each encoding that texts mostly consist of, as pairs of bytes.
_USUAL = {
    "gb18030": re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|\xa3[\xa1-\xfe]|\xa1[\xa1-\xfe]"),
    "big5hkscs": re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|\xa1[\x40-\x7e\xa1-\xfe]"),
    "cp932": re.compile(
        rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]|\x81[\x40-\x7e\x80-\xac]"
        rb"|[\x88-\x97][\x40-\x7e\x80-\xfc]"
    ),
    "cp949": re.compile(rb"[\xb0-\xc8][\xa1-\xfe]|\xa1[\xa1-\xfe]"),
    "euc_jp": re.compile(rb"[\xa4\xa5][\xa1-\xf6]|[\xb0-\xcf][\xa1-\xfe]"),
}
_CYRILLIC = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_LANGUAGES = (
    (re.compile(r"[\uac00-\ud7af]|\.kr\b", re.I), ("cp949",)),
    (re.compile(r"[\u3040-\u30ff]|\.jp\b", re.I), ("cp932", "euc_jp")),
    (re.compile(r"[\u0400-\u04ff]|\.(?:ru|by|kz|ua)\b", re.I), ("cp1251",)),
    (re.compile(r"\.(?:tw|hk|mo)\b", re.I), ("big5hkscs",)),
)


class Charsets:
    """The encodings of one e-mail.

    Args:
        stated: What its parts and encoded words name, the most important first.
        sample: Words of it that are read for sure, and addresses, which hint at languages.
    """

    def __init__(self, stated: Iterable[str] = (), sample: str = "") -> None:
        names = [_codec(name) for name in stated]
        self._stated = [name for name in dict.fromkeys(names) if name not in ("", "utf-8")]
        hinted = [name for signs, codecs in _LANGUAGES if signs.search(sample) for name in codecs]
        self._likely = list(dict.fromkeys([*hinted, *_USUAL]))

    def unlabelled(self, data: bytes) -> str:
        """Text whose encoding is not told where it stands."""
        for name in ("utf-8", *self._stated):
            text = _strict(data, name)
            if text is not None:
                return text
        return self._guessed(data)

    def labelled(self, data: bytes, charset: str) -> str:
        """Text in the encoding that is told, or in a wider one that mailers call by that name.

        A character that was cut off at the end is left out. If much does not fit, the label is
        wrong, and the text is read as if it had none.
        """
        name = _codec(charset)
        if not name:
            return self.unlabelled(data)
        text = _strict(data, name)
        if text is not None:
            return text
        for cut in range(1, min(_CUT, len(data)) + 1):
            text = _strict(data[:-cut], name)
            if text:
                return text
        mended = data.decode(name, "replace")
        if mended.count("\ufffd") <= len(mended) * _DAMAGED:
            return mended
        return self.unlabelled(data)

    def _guessed(self, data: bytes) -> str:
        best = max(self._likely, key=lambda name: _share(data, name))
        if _share(data, best) >= _LEAST_USUAL:
            return data.decode(best)
        if all(len(run) == 1 for run in _HIGH.findall(data)):
            text = _strict(data, "cp1252")
            if text is not None:
                return text
        cyrillic = sum(map(len, _CYRILLIC.findall(data)))
        order = ("cp1251", "cp1252") if 2 * cyrillic > _high(data) else ("cp1252", "gb18030")
        for name in order:
            text = _strict(data, name)
            if text is not None:
                return text
        # What fits no encoding is shown as bytes: a sign for "unknown" would hide them.
        return data.decode("ascii", "backslashreplace")


def _codec(charset: str) -> str:
    """Python's name of an encoding, empty if there is none such."""
    name = charset.lower().strip("'\" ")
    try:
        "".encode(_WIDER.get(name, name))
    except (LookupError, ValueError, TypeError):
        return ""
    return _WIDER.get(name, name)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, ValueError):
        return None


def _share(data: bytes, name: str) -> float:
    """How much of what is not ASCII consists of the encoding's usual characters."""
    if _strict(data, name) is None:
        return 0.0
    usual = sum(_high(pair) for pair in _pairs(data, name))
    return usual / (_high(data) or 1)


def _pairs(data: bytes, name: str) -> list[bytes]:
    """The usual characters, where each character begins behind the one before it."""
    pairs: list[bytes] = []
    place = 0
    while place < len(data):
        if data[place] < 0x80:
            place += 1
            continue
        match = _USUAL[name].match(data, place)
        pairs += [match[0]] if match else []
        place += 2
    return pairs


def _high(data: bytes) -> int:
    return sum(byte >= 0x80 for byte in data)
