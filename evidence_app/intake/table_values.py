"""What cells of call logs mean: durations, directions, numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from evidence_app.intake.tables import Cell, words
from evidence_app.model.event import Direction, Outcome

_CHINESE = re.compile(
    r"(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|min|m))?(?:(\d+)(?:秒|sec|s))?", re.I
)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")


@dataclass(frozen=True, slots=True)
class CallSort:
    """What a direction cell says.

    Attributes:
        direction: Who called.
        outcome: What became of it, UNKNOWN if the cell does not say.
        forwarded: Whether it is one leg of a forwarded call.
    """

    direction: Direction
    outcome: Outcome = Outcome.UNKNOWN
    forwarded: bool = False


_SORTS = (
    (("未接", "missed", "no answer", "unanswered"), CallSort(Direction.INCOMING, Outcome.MISSED)),
    (("拒接", "reject", "declined"), CallSort(Direction.INCOMING, Outcome.REJECTED)),
    (("拦截", "blocked", "refused"), CallSort(Direction.INCOMING, Outcome.BLOCKED)),
    (("语音信箱", "voicemail"), CallSort(Direction.INCOMING, Outcome.VOICEMAIL)),
    (
        ("被叫", "呼入", "来电", "接入", "已接", "接收", "incoming", "received", "answered"),
        CallSort(Direction.INCOMING),
    ),
    (
        ("主叫", "呼出", "拨出", "去电", "已拨", "发送", "发出", "outgoing", "dialed", "dialled",
         "placed", "sent", "made"),
        CallSort(Direction.OUTGOING),
    ),
)  # fmt: skip
_SHORT = {
    "in": CallSort(Direction.INCOMING),
    "out": CallSort(Direction.OUTGOING),
    "1": CallSort(Direction.INCOMING, Outcome.ANSWERED),
    "2": CallSort(Direction.OUTGOING),
    "3": CallSort(Direction.INCOMING, Outcome.MISSED),
    "4": CallSort(Direction.INCOMING, Outcome.VOICEMAIL),
    "5": CallSort(Direction.INCOMING, Outcome.REJECTED),
    "6": CallSort(Direction.INCOMING, Outcome.BLOCKED),
    "7": CallSort(Direction.INCOMING, Outcome.ANSWERED),
}


_MAPPED = {
    "incoming": CallSort(Direction.INCOMING),
    "outgoing": CallSort(Direction.OUTGOING),
    "missed": CallSort(Direction.INCOMING, Outcome.MISSED),
}


def plain(cell: Cell) -> str:
    """A cell's words with full-width signs and odd spaces as the plain ones."""
    return " ".join(unicodedata.normalize("NFKC", words(cell)).split())


def call_sort(cell: Cell) -> CallSort | None:
    """What a direction cell says, or None if it is none."""
    text = plain(cell).lower()
    if text in _SHORT:
        return _SHORT[text]
    for signs, sort in _SORTS:
        if any(sign in text for sign in signs):
            forwarded = "呼转" in text or "转移" in text
            return CallSort(sort.direction, sort.outcome, forwarded)
    return None


def mapped_sort(meaning: str) -> CallSort | None:
    """What the person said that a word in the direction column means."""
    return _MAPPED.get(meaning)


def duration(cell: Cell) -> float | None:
    """Seconds, or None if the cell is no duration. Fractions of a day are Excel's."""
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return float(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, bool | datetime):
        return None
    if isinstance(cell, int | float):
        return round(cell * 86400) if 0 < cell < 1 else float(cell)
    return _written_duration(plain(cell).replace(" ", ""))


def _written_duration(text: str) -> float | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if found := _CLOCK.fullmatch(text):
        return float(int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]))
    found = _CHINESE.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def number(cell: Cell) -> str:
    """A telephone number without what spreadsheets put around it."""
    text = words(cell).strip().strip("\t'")
    if found := re.fullmatch(r'="?([^"]*)"?', text):
        text = found[1]
    if re.fullmatch(r"\d{5,}\.0+", text):
        text = text.split(".")[0]
    return text.strip()


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet has shortened the number, so that digits are lost."""
    return _SCIENTIFIC.fullmatch(text) is not None


def looks_like_number(cell: Cell) -> bool:
    """Whether a cell may be a telephone number."""
    text = re.sub(r"[\s()-]", "", number(cell))
    return re.fullmatch(r"\+?[\d*]{3,20}", text) is not None and not isinstance(cell, bool)
