"""What the names of call recordings say of the call, by maker and app."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from evidence_app.intake.readers.support.filename_times import stem_of
from evidence_app.model.event import Direction

_WORDS = frozenset(
    {"通话录音", "通話錄音", "通話録音", "录音", "통화", "call", "call recording", "recording"}
    | {"вызов", "запись", "anruf", "appel", "llamada", "chamada", "chiamata"}
)
"""What phones put before the ``@`` where others put a name."""

_ARROWS = {
    "↙": Direction.INCOMING,
    "↓": Direction.INCOMING,
    "↗": Direction.OUTGOING,
    "↑": Direction.OUTGOING,
}
_WAYS = {"in": Direction.INCOMING, "out": Direction.OUTGOING}

_NUMBER = re.compile(r"\+?\d[\d -]*\d(?:p[\dps]*)?")
_TIME = re.compile(r"_\d{14}$")
_TIME_CUT = re.compile(r"_\d{0,14}$")
_INNER = re.compile(r"\(([^()]*)\)")
_BCR = re.compile(
    r"^\d{8}_\d{6}(?:\.\d{1,3})?(?:[+-]\d{4})?_(?P<way>in|out|conference)(?:_sim\d+)?"
    r"(?:_(?P<number>\+?\d+|unknown|private))?(?:_(?P<name>.*))?$"
)
_LG = re.compile(r"^(?P<way>[01])d(?:19|20)\d{12}p(?P<number>\+?\d+|null)$")
_CUBE = re.compile(r"^\d{4}-\d\d-\d\d \d\d-\d\d-\d\d \([\w .-]+\) (?P<rest>.+)$")
_SAMSUNG = re.compile(
    r"^(?:Call recording|Call|通话录音|通話錄音|通話録音|통화 녹음|Запись вызова|Anrufaufzeichnung"
    r"|Grabación de llamada|Enregistrement d['’]appel)[ _]?(?P<who>.*)_\d{6}_\d{6}$"
)
_BARE = re.compile(r"^(?P<lead>_?)(?P<number>\+?\d[\d ]*\d)_(?:\d{6}_\d{6}|20\d{12})$")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_LONG_NUMBER = re.compile(r"(?<![\d.])(?:\+\d{6,15}|\d{7,15})(?![\d.])")


@dataclass(frozen=True, slots=True)
class CallClue:
    """What the name of a call recording says.

    Attributes:
        number: As written, empty if it is not there or was cut off.
        name: As written, empty if it is not there.
        direction: Who called, NONE if the name does not say.
    """

    number: str
    name: str
    direction: Direction = Direction.NONE


def call_in_name(filename: str) -> CallClue | None:
    """What the name says of a recorded call, or None if it is not the name of one."""
    stem = stem_of(filename)
    for find in _MAKERS:
        clue = find(stem)
        if clue is not None:
            return clue
    return None


def _bcr(stem: str) -> CallClue | None:
    match = _BCR.match(stem)
    if match is None:
        return None
    direction = _WAYS.get(match["way"], Direction.NONE)
    return CallClue(_number(match["number"] or ""), match["name"] or "", direction)


def _lg(stem: str) -> CallClue | None:
    match = _LG.match(stem)
    if match is None:
        return None
    direction = Direction.INCOMING if match["way"] == "1" else Direction.OUTGOING
    return CallClue(_number(match["number"]), "", direction)


def _cube(stem: str) -> CallClue | None:
    match = _CUBE.match(stem)
    if match is None:
        return None
    direction = _arrow(match["rest"])
    rest = match["rest"].strip(" " + "".join(_ARROWS))
    if number := _number(rest):
        return CallClue(number, "", direction)
    name, number = _before_number(rest) or (rest, "")
    return _named(name, number, direction)


def _at_sign(stem: str) -> CallClue | None:
    """Xiaomi: ``word@[name(]number[)]…_time``, cut off after 50 characters; Huawei without word."""
    word, sign, rest = stem.partition("@")
    is_label = word.strip().lower() in _WORDS
    if not sign or not (is_label or _TIME.search(rest)):
        return None
    caller = _TIME_CUT.sub("", rest)
    if number := _number(caller):
        # Without the start of a time behind it, the number itself may have been cut.
        return _named("" if is_label else word, number if caller != rest else "")
    if named_number := _before_number(caller):
        return _named(*named_number)
    return CallClue("", caller.partition("(")[0].strip()) if is_label else None


def _before_number(text: str) -> tuple[str, str] | None:
    """The name and the number of ``name(number)``, or of ``number(name)`` if it is so."""
    for match in _INNER.finditer(text):
        if number := _number(match[1]):
            return text[: match.start()].strip(), number
    first = _INNER.search(text)
    number = _number(text[: first.start()]) if first else ""
    return (first[1], number) if first and number else None


def _samsung(stem: str) -> CallClue | None:
    match = _SAMSUNG.match(stem)
    if match is None:
        return None
    caller = match["who"].strip()
    number = _number(caller.strip("_ "))
    return CallClue(number, "" if number else caller)


def _bare(stem: str) -> CallClue | None:
    """A number and a time; a counter or a date before the time is no number."""
    match = _BARE.match(stem)
    if match is None:
        return None
    digits = re.sub(r"\D", "", match["number"])
    short = len(digits) < (3 if match["lead"] else 5)
    return None if short or _DATE.fullmatch(digits) else CallClue(match["number"], "")


def _arrowed(stem: str) -> CallClue | None:
    direction = _arrow(stem)
    if direction is Direction.NONE:
        return None
    number = next((number for number in _LONG_NUMBER.findall(stem) if not _DATE.match(number)), "")
    return CallClue(number, "", direction)


def _arrow(text: str) -> Direction:
    return next((way for sign, way in _ARROWS.items() if sign in text), Direction.NONE)


def _named(name: str, number: str, direction: Direction = Direction.NONE) -> CallClue:
    same = re.sub(r"[\s()-]", "", name) == re.sub(r"[\s()-]", "", number)
    return CallClue(number, "" if same else name.strip(), direction)


def _number(text: str) -> str:
    """The text if it is a telephone number, without the digits dialled after a pause."""
    text = text.strip()
    if not _NUMBER.fullmatch(text) or len(re.sub(r"\D", "", text)) < 3:
        return ""
    return text.partition("p")[0].strip()


_MAKERS: tuple[Callable[[str], CallClue | None], ...] = (
    _bcr, _lg, _cube, _at_sign, _samsung, _bare, _arrowed,
)  # fmt: skip
