"""Lists of calls and of messages: rows of who, when and what.

A row is known by its time, and a list by times at regular distances. What a row stands for is
taken as it is: "(14)" is a count of calls whose times are not in the picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import (
    Box,
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    Stamp,
    TextLine,
)
from evidence_app.reading import wording
from evidence_app.reading.ocr import rows_of
from evidence_app.reading.raster import Raster
from evidence_app.reading.stamps import NumberOrder, order_in, parse

_MISSED = re.compile(r"未接|响铃|missed|未接来电", re.I)
_REJECTED = re.compile(r"拒接|已拒绝|挂断|declined|rejected", re.I)
_BLOCKED = re.compile(r"已拦截|骚扰拦截|blocked", re.I)
_UNANSWERED = re.compile(r"未接通|无应答|未接听|no answer|not answered|cancell?ed", re.I)
_INCOMING = re.compile(r"呼入|已接|来电|被叫|incoming|received", re.I)
_OUTGOING = re.compile(r"呼出|拨出|去电|已拨|主叫|outgoing|dial(?:l)?ed", re.I)
_OWN = re.compile(r"^(?:you|me|我|你|\[?草稿\]?|draft)\s*[:：]", re.I)
_CALL_SCREEN = re.compile(
    r"最近通话|通话记录|所有通话|未接来电|拨号|语音留言|"
    r"recents|call history|all calls|keypad|voicemail",
    re.I,
)
_DURATION = re.compile(
    r"(?:(\d+)\s*(?:小时|hours?|hrs?|h)\s*)?(?:(\d+)\s*(?:分钟?|minutes?|mins?|m)\s*)?"
    r"(?:(\d+)\s*(?:秒|seconds?|secs?|s\b))?",
    re.I,
)
_CLOCKED = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d|\s*[ap]\.?m)", re.I)
_COUNT = re.compile(r"\s*[(（]\s*(\d{1,3})\s*[)）]$")
_PARTS = re.compile(r"\s*[•·|,，]\s*|\s{2,}")
_BADGE = re.compile(r"^\D{0,1}\d{0,3}\+?\D{0,1}$")
_TAIL_WORDS = 6
_LEAST_ROWS = 3


@dataclass(frozen=True)
class _Piece:
    """A line or a part of one.

    Attributes:
        line: What it says and where.
        number: Of the line that it is from.
        start: The column at which that line begins.
        stamp: The time that it says, if it is one.
    """

    line: TextLine
    number: int
    start: int
    stamp: Stamp | None

    @property
    def box(self) -> Box:
        return self.line.box


@dataclass(frozen=True)
class _Row:
    who: list[_Piece]
    what: list[_Piece]
    anchor: _Piece
    box: Box

    def pieces(self) -> list[_Piece]:
        return [*self.who, *self.what]


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
        pieces = [piece for number in range(len(self._lines)) for piece in self._pieces(number)]
        anchors, is_below = self._anchors(pieces)
        if len(anchors) < _LEAST_ROWS:
            return None
        step = _step([anchor.box.center_y for anchor in anchors])
        if step is None or step < 0.08 * self._width:
            return None
        rows = [self._row(anchor, pieces, step, is_below=is_below) for anchor in anchors]
        rows = [row for row in rows if row.who]
        if not self._is_list(rows):
            return None
        if self._shows_calls(rows):
            return ListFound(PictureLayout.CALL_LIST, tuple(map(self._call, rows)))
        return ListFound(PictureLayout.MESSAGE_LIST, tuple(map(self._message, rows)))

    def _pieces(self, number: int) -> list[_Piece]:
        """A line; in two, if the detector joined a time with what stands before it."""
        line = self._lines[number]
        start = line.box.left
        stamp = parse(line.text, self._order)
        if stamp is not None:
            return [_Piece(line, number, start, stamp)]
        for cut in _cuts(line.text):
            tail = line.text[cut:].strip(" •·|,，")
            if (stamp := parse(tail, self._order)) is not None:
                column = start + round(line.box.width * cut / len(line.text))
                head = line.text[:cut].rstrip(" •·|,，")
                before = replace(line, text=head, box=replace(line.box, right=column))
                after = replace(line, text=tail, box=replace(line.box, left=column))
                return [_Piece(before, number, start, None), _Piece(after, number, start, stamp)]
        return [_Piece(line, number, start, None)]

    def _anchors(self, pieces: list[_Piece]) -> tuple[list[_Piece], bool]:
        """The times of the rows, from top to bottom; and whether they close their rows."""
        stamps = [
            piece for piece in pieces
            if piece.stamp is not None and piece.box.center_y > 0.2 * self._width
        ]  # fmt: skip
        near = 0.02 * self._width
        right: list[_Piece] = []
        for one in stamps:
            if one.box.right > 0.84 * self._width:
                same = [other for other in stamps if abs(other.box.right - one.box.right) < near]
                right = max(right, same, key=len)
        left: list[_Piece] = []
        for one in stamps:
            if one.start < 0.4 * self._width:
                same = [piece for piece in stamps if abs(piece.start - one.start) < near]
                left = max(left, same, key=len)
        found, is_below = (right, False) if len(right) >= len(left) else (left, True)
        return sorted(found, key=lambda piece: piece.box.center_y), is_below

    def _row(self, anchor: _Piece, pieces: list[_Piece], step: float, *, is_below: bool) -> _Row:
        up, down = (0.72, 0.3) if is_below else (0.35, 0.72)
        middle = anchor.box.center_y
        top, bottom = middle - up * step, middle + down * step
        around = [one for one in pieces if top <= one.box.center_y < bottom and one is not anchor]
        inside = [one for one in around if not self._is_badge(one)]
        inside = [piece for piece in inside if not self._is_face(piece, inside)]
        rows = _in_rows(inside)
        if is_below:
            who, what = rows[:1], rows[1:]
        else:
            who = [row for row in rows if _is_beside(row[0], anchor)]
            what = [row for row in rows if row not in who and row[0].box.center_y > middle]
        box = Box(0, max(0, round(top)), self._width, min(self._height, round(bottom)))
        return _Row([one for row in who for one in row], [one for row in what for one in row],
                    anchor, box)  # fmt: skip

    def _is_badge(self, piece: _Piece) -> bool:
        """Whether it is a number of unread messages, or an icon at the edge."""
        text = piece.line.text.strip()
        return piece.box.left > 0.8 * self._width and _BADGE.match(text) is not None

    def _is_face(self, piece: _Piece, others: list[_Piece]) -> bool:
        """Whether it is the letter of an avatar: left of where the row's words begin."""
        box = piece.box
        if box.right > 0.2 * self._width or len(piece.line.text.strip()) > 2:
            return False
        return any(
            box.right <= other.box.left < 0.32 * self._width
            and min(box.bottom, other.box.bottom) > max(box.top, other.box.top)
            for other in others
        )

    def _is_list(self, rows: list[_Row]) -> bool:
        """Whether the rows begin at one edge and most have more than a name."""
        if len(rows) < _LEAST_ROWS:
            return False
        lefts = [min(piece.box.left for piece in row.pieces()) for row in rows]
        usual = median(lefts)
        aligned = sum(abs(left - usual) < 0.03 * self._width for left in lefts)
        return aligned >= 0.75 * len(rows) and sum(bool(row.what) for row in rows) >= len(rows) / 2

    def _shows_calls(self, rows: list[_Row]) -> bool:
        if any(_CALL_SCREEN.search(line.text) for line in self._lines):
            return True
        worded = sum(self._outcome(row, _words(row))[0] is not Direction.NONE for row in rows)
        return worded >= 0.4 * len(rows)

    def _call(self, row: _Row) -> ProposedEvent:
        words = _words(row)
        direction, outcome = self._outcome(row, words)
        name = _text_of(row.who)
        count = _COUNT.search(name)
        duration = _duration(words) if outcome is Outcome.ANSWERED else None
        return self._event(
            row, ProposedKind.CALL, direction, words, _COUNT.sub("", name),
            outcome=outcome, duration_s=duration, count=int(count[1]) if count else 1,
        )  # fmt: skip

    def _message(self, row: _Row) -> ProposedEvent:
        words = wording.joined([piece.line for piece in row.what])
        own = _OWN.match(words)
        direction = Direction.OUTGOING if own else Direction.NONE
        return self._event(row, ProposedKind.MESSAGE, direction, words, _text_of(row.who))

    def _event(
        self, row: _Row, kind: ProposedKind, direction: Direction, text: str, name: str,
        *, outcome: Outcome = Outcome.UNKNOWN, duration_s: int | None = None, count: int = 1,
    ) -> ProposedEvent:  # fmt: skip
        pieces = row.pieces()
        return ProposedEvent(
            kind, direction, row.box, text, name,
            lines=tuple(dict.fromkeys(piece.number for piece in pieces)),
            stamp=row.anchor.stamp, stamp_line=row.anchor.number, is_stamp_own=True,
            confidence=min(piece.line.confidence for piece in [*pieces, row.anchor]),
            side_confidence=0.0 if direction is Direction.NONE else 1.0,
            outcome=outcome, duration_s=duration_s, count=count,
        )  # fmt: skip

    def _outcome(self, row: _Row, words: str) -> tuple[Direction, Outcome]:
        """Who called and what became of it, by the words of a row or by its red ink."""
        for pattern, outcome in ((_BLOCKED, Outcome.BLOCKED), (_REJECTED, Outcome.REJECTED)):
            if pattern.search(words):
                return Direction.INCOMING, outcome
        if _OUTGOING.search(words):
            answered = Outcome.ANSWERED if _duration(words) else Outcome.UNKNOWN
            return Direction.OUTGOING, Outcome.MISSED if _UNANSWERED.search(words) else answered
        if _MISSED.search(words) or (not _INCOMING.search(words) and self._is_red(row)):
            return Direction.INCOMING, Outcome.MISSED
        if _INCOMING.search(words):
            return Direction.INCOMING, Outcome.ANSWERED
        return Direction.NONE, Outcome.UNKNOWN

    def _is_red(self, row: _Row) -> bool:
        ink = self._raster.ink(row.who[0].box)
        return ink is not None and bool(ink[0] > ink[1] + 60 and ink[0] > ink[2] + 60)


def _cuts(text: str) -> list[int]:
    """Places at which a time may begin: after the last mark, else from the left to the right."""
    marked = [found.end() for found in _PARTS.finditer(text)]
    last = [found.end() for found in re.finditer(r"[•·|]", text)][-1:]
    spaces = [found.end() for found in re.finditer(r"\s+", text)][-_TAIL_WORDS:]
    words = [
        found.start()
        for found in re.finditer(
            r"昨天|前天|今天|星期|周[一二三四五六日]|(?<!\d)\d{4}年|(?<![\d年])\d{1,2}月|[上下]午|晚上|早上|凌晨|中午|"
            r"(?<![\d:])\d{1,2}:\d\d|Yesterday|Today",
            text,
        )
    ]
    later = sorted({cut for cut in (*marked, *spaces, *words) if 0 < cut < len(text)})
    return [cut for cut in (*last, *later) if cut < len(text)]


def _in_rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    by_line = {id(piece.line): piece for piece in pieces}
    return [[by_line[id(line)] for line in row] for row in rows_of([one.line for one in pieces])]


def _is_beside(piece: _Piece, anchor: _Piece) -> bool:
    apart = abs(piece.box.center_y - anchor.box.center_y)
    return apart < 0.7 * max(piece.box.height, anchor.box.height)


def _step(middles: list[float]) -> float | None:
    """The distance of the rows, or None if they are not at regular ones."""
    gaps = [below - above for above, below in pairwise(middles)]
    step = median(gaps)
    if step <= 0:
        return None
    regular = sum(abs(gap / step - round(gap / step)) < 0.16 for gap in gaps)
    return step if regular >= 0.7 * len(gaps) else None


def _text_of(pieces: list[_Piece]) -> str:
    return " ".join(piece.line.text.strip() for piece in pieces)


def _words(row: _Row) -> str:
    return _text_of(row.what)


def _duration(words: str) -> int | None:
    """Seconds that a row says that a call took."""
    for found in _DURATION.finditer(words):
        if any(found.groups()):
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return hours * 3600 + minutes * 60 + seconds
    if clocked := _CLOCKED.search(words):
        return int(clocked[1]) * 60 + int(clocked[2])
    return None
