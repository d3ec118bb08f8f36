"""Lists of calls and of messages: rows of who, when and what.

A row is known by its time, and a list by times at regular distances. What a row stands for is
taken as it is: "(14)" is a count of calls whose times are not in the picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import (
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    TextLine,
)
from evidence_app.reading import wording
from evidence_app.reading.bars import STATUS
from evidence_app.reading.raster import Raster
from evidence_app.reading.rows import Piece, Row, RowFinder, text_of
from evidence_app.reading.stamps import NumberOrder, order_in, parse

_MISSED = re.compile(r"未接|响铃|missed", re.I)
_REJECTED = re.compile(r"拒接|已拒绝|挂断|declined|rejected", re.I)
_BLOCKED = re.compile(r"已拦截|骚扰拦截|blocked", re.I)
_UNANSWERED = re.compile(r"未接通|无应答|未接听|no answer|not answered|cancell?ed", re.I)
_INCOMING = re.compile(r"呼入|已接|来电|被叫|incoming|received", re.I)
_OUTGOING = re.compile(r"呼出|拨出|去电|已拨|主叫|outgoing|dial(?:l)?ed", re.I)
_OWN = re.compile(r"^(?:you|me|我|你|\[?草稿\]?|draft)\s*[:：]", re.I)
_CALL_SCREEN = re.compile(
    r"最近通话|通话记录|所有通话|所有来电|未接来电|拨号|语音留言|"
    r"recents|call history|call log|all calls|keypad|voicemail",
    re.I,
)
_CALL_TITLE = re.compile(r"^\W*(?:通话|电话|calls|phone)\W*$", re.I)
"""The title of a list of calls; below a list it is no more than the name of another tab."""
_DURATION = re.compile(
    r"(?:(\d+)\s*(?:小时|hours?|hrs?|h)\s*)?(?:(\d+)\s*(?:分钟?|minutes?|mins?|m)\s*)?"
    r"(?:(\d+)\s*(?:秒|seconds?|secs?|s\b))?",
    re.I,
)
_CLOCKED = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d|\s*[ap]\.?m)", re.I)
_COUNT = re.compile(r"\s*[(（]\s*(\d{1,3})\s*[)）]$")
_NUMBER = re.compile(r"(?:\d[\s()-]*){5,}")
_LEAST_ROWS, _LEAST_CALLS = 3, 2


@dataclass(frozen=True)
class _Entry:
    """A row, split into its sender and its content.

    Attributes:
        row: The row.
        sender: Whose name or number; empty if it stands above the list.
        content: What else is written.
    """

    row: Row
    sender: list[Piece]
    content: list[Piece]


@dataclass(frozen=True)
class ListFound:
    """A list that was recognised.

    Attributes:
        layout: Of calls or of messages.
        events: One for each row, from top to bottom.
    """

    layout: PictureLayout
    events: tuple[ProposedEvent, ...]


class ListReader:
    """Reads one picture as a list.

    Args:
        raster: The picture.
        lines: Its lines.
        width: Of the picture.
        height: Of the picture.
    """

    def __init__(
        self, raster: Raster, lines: tuple[TextLine, ...], width: int, height: int
    ) -> None:
        self._raster, self._lines, self._width, self._height = raster, lines, width, height
        self._order: NumberOrder | None = order_in(line.text for line in lines)

    def read(self) -> ListFound | None:
        """Find the rows; None if it is no list."""
        finder = RowFinder(self._lines, self._width, self._height, self._order)
        list_rows = finder.find()
        rows = [row for row in list_rows.rows if row.texts]
        if not finder.are_aligned(rows):
            return None
        entries = self._entries(rows)
        if len(rows) >= _LEAST_CALLS and self._shows_calls(entries):
            owner = self._owner(rows[0])
            calls = tuple(self._call(entry, owner) for entry in entries)
            return ListFound(PictureLayout.CALL_LIST, calls)
        with_text = sum(bool(entry.content) for entry in entries)
        if not list_rows.is_regular or len(rows) < _LEAST_ROWS or with_text < len(rows) / 2:
            return None
        return ListFound(PictureLayout.MESSAGE_LIST, tuple(map(self._message, entries)))

    def _entries(self, rows: list[Row]) -> list[_Entry]:
        """Rows with their names; those of a list of one person's calls have none."""
        nameless = sum(_says_call(text_of(row.texts[0])) for row in rows)
        if nameless >= 0.8 * len(rows):
            return [_Entry(row, [], row.pieces()) for row in rows]
        return [
            _Entry(row, row.texts[0], [piece for text in row.texts[1:] for piece in text])
            for row in rows
        ]

    def _owner(self, first: Row) -> str:
        """The name or number that stands above a list of one person's calls."""
        above = [
            line for line in self._lines
            if STATUS * self._width < line.box.center_y < first.box.top
            and not _CALL_SCREEN.search(line.text)
            and not _CALL_TITLE.search(line.text) and parse(line.text, self._order) is None
            and len(line.text.strip()) > 1
        ]  # fmt: skip
        numbers = [line for line in above if _NUMBER.search(line.text)]
        titles = numbers or above
        return max(titles, key=lambda line: line.box.height).text.strip() if titles else ""

    def _shows_calls(self, entries: list[_Entry]) -> bool:
        worded = sum(
            self._outcome(entry, text_of(entry.content))[0] is not Direction.NONE
            for entry in entries
        )
        first = entries[0].row.box.top
        if any(
            _CALL_SCREEN.search(line.text)
            or (line.box.center_y < first and _CALL_TITLE.search(line.text))
            for line in self._lines
        ):
            return len(entries) >= _LEAST_ROWS or worded > 0
        return len(entries) >= _LEAST_ROWS and worded >= 0.4 * len(entries)

    def _call(self, entry: _Entry, owner: str) -> ProposedEvent:
        text = text_of(entry.content)
        direction, outcome = self._outcome(entry, text)
        name = text_of(entry.sender) or owner
        count = _COUNT.search(name)
        duration = _duration(text) if outcome is Outcome.ANSWERED else None
        return self._event(
            entry, ProposedKind.CALL, direction, text, _COUNT.sub("", name),
            outcome=outcome, duration_s=duration, count=int(count[1]) if count else 1,
        )  # fmt: skip

    def _message(self, entry: _Entry) -> ProposedEvent:
        text = wording.joined([piece.line for piece in entry.content])
        own = _OWN.match(text)
        direction = Direction.OUTGOING if own else Direction.NONE
        return self._event(entry, ProposedKind.MESSAGE, direction, text, text_of(entry.sender))

    def _event(
        self, entry: _Entry, kind: ProposedKind, direction: Direction, text: str, name: str,
        *, outcome: Outcome = Outcome.UNKNOWN, duration_s: int | None = None, count: int = 1,
    ) -> ProposedEvent:  # fmt: skip
        row = entry.row
        pieces = row.pieces()
        return ProposedEvent(
            kind, direction, row.box, text, name,
            lines=tuple(dict.fromkeys(piece.number for piece in pieces)),
            stamp=row.stamp, stamp_line=row.anchor.number, is_stamp_own=True,
            confidence=min(piece.line.confidence for piece in [*pieces, row.anchor]),
            side_confidence=0.0 if direction is Direction.NONE else 1.0,
            outcome=outcome, duration_s=duration_s, count=count,
        )  # fmt: skip

    def _outcome(self, entry: _Entry, text: str) -> tuple[Direction, Outcome]:
        """Direction and outcome of a call, by the words of a row or by its red ink."""
        for pattern, outcome in ((_BLOCKED, Outcome.BLOCKED), (_REJECTED, Outcome.REJECTED)):
            if pattern.search(text):
                return Direction.INCOMING, outcome
        if _OUTGOING.search(text):
            answered = Outcome.ANSWERED if _duration(text) else Outcome.UNKNOWN
            return Direction.OUTGOING, Outcome.MISSED if _UNANSWERED.search(text) else answered
        if _MISSED.search(text) or (not _INCOMING.search(text) and self._is_red(entry)):
            return Direction.INCOMING, Outcome.MISSED
        if _INCOMING.search(text):
            return Direction.INCOMING, Outcome.ANSWERED
        return Direction.NONE, Outcome.UNKNOWN

    def _is_red(self, entry: _Entry) -> bool:
        ink = self._raster.ink(entry.row.pieces()[0].box)
        return ink is not None and bool(ink[0] > ink[1] + 60 and ink[0] > ink[2] + 60)


def _says_call(text: str) -> bool:
    """Whether a text states the outcome of a call rather than a name."""
    if _NUMBER.search(text):
        return False
    patterns = (_MISSED, _REJECTED, _BLOCKED, _UNANSWERED, _INCOMING, _OUTGOING)
    return any(pattern.search(text) for pattern in patterns)


def _duration(text: str) -> int | None:
    """Seconds that a row says that a call took."""
    for match in _DURATION.finditer(text):
        if any(match.groups()):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return hours * 3600 + minutes * 60 + seconds
    if clocked := _CLOCKED.search(text):
        return int(clocked[1]) * 60 + int(clocked[2])
    return None
