"""Messages of Facebook and Instagram, from the archives of one's own data as pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.date_order import OrderSurvey
from evidence_app.intake.readers.chat.lines import wall_time
from evidence_app.intake.readers.chat.participants import account, folded, sides
from evidence_app.intake.readers.support.html import (
    attribute,
    classes_of,
    first,
    html_head,
    one_line,
    page_of,
    text_of,
    tree_of,
)
from evidence_app.intake.readers.support.worded_times import WordedTime, worded_time
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import DateOrder, Question, QuestionKind
from evidence_app.model.times import TimeReading

if TYPE_CHECKING:
    from lxml import etree

_OF_META = re.compile(rb'class="(?:[^"]* )?(?:_a6-[gop]|_2lem|_2let|_2lek)[ "]')
_TIMES = frozenset({"_a6-o", "_2lem", "_a72d"})
_REACTIONS = frozenset({"_a6-q", "_tqp"})
_MOST_PARTS = 6
_MOST_IN_TIME = 3
_LONGEST_NAME = 200
_LONGEST_TIME = 80
_PARTICIPANTS = re.compile(
    r"(?:Participants|参与者|參與者|Teilnehmer|Participantes)\s*[:：]\s*(.+)"
)
_CALL = re.compile(
    r"(?:(?P<who>.{1,200}?) called you|You called (?P<whom>.{1,200}?)|"
    r"You missed an? (?:\w+ )?(?:call|chat) (?:from|with) (?P<missed>.{1,200}?)|"
    r"(?P<not>.{1,200}?) missed your (?:\w+ )?(?:call|chat)(?: with .{1,200}?)?|"
    r"The (?:audio|video|voice) (?:call|chat) ended|"
    r"(?P<began>.{1,200}?) started an? (?:audio|video|voice) (?:call|chat))\.?"
)
_MISSED = re.compile(r"\bmissed\b", re.I)
_DURATION = re.compile(r"Duration: (\d{1,6}) (second|minute)s?", re.I)
_GONE = frozenset({"facebook user", "instagram user", "instagramuser", "meta user"})
_LEAST_SHARE = 2
_SHOWN = 500
_MINUTE = 60


def recognises(source: Source) -> bool:
    """Whether the page has messages as Meta's archives lay them out, of the same few people."""
    head = html_head(source.stream)
    if _OF_META.search(head) is None:
        return False
    tree = page_of(head)
    blocks = list(_blocks(tree)) if tree is not None else []
    authors = Counter(block.author for block in blocks)
    if not blocks:
        return False
    few = len(authors) <= max(_LEAST_SHARE, len(blocks) // _LEAST_SHARE)
    return few and all(len(author) <= _LONGEST_NAME for author in authors)


def read(source: Source) -> Iterator[Record]:
    """The messages and calls of a page, in its order; who takes part as text.

    Raises:
        ReadFailure: The page is too large or has nothing in it.
    """
    tree, is_whole = tree_of(source.stream)
    yield Description(ItemKind.MESSAGES, "text/html")
    page = _Page(tree, source)
    yield from page.records()
    if not is_whole:
        yield Notice(message(MessageCode.DAMAGED_XML, entry=page.count), damaged=True)


@dataclass(frozen=True, slots=True)
class _Block:
    """A message: its author, what was written, and when."""

    author: str
    body: list[etree._Element]
    time: WordedTime


def _blocks(tree: etree._Element) -> Iterator[_Block]:
    """Elements whose first part is a name and whose last is a time; newer pages change classes."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        block = _block(node)
        if block is not None:
            yield block
        else:
            waiting += [child for child in reversed(node) if isinstance(child.tag, str)]


def _block(node: etree._Element) -> _Block | None:
    parts = [child for child in node if isinstance(child.tag, str)]
    if not 2 <= len(parts) <= _MOST_PARTS or (node.text or "").strip():
        return None
    written = one_line(parts[-1])
    # A last message is no time, though it ends with one.
    if not 6 <= len(written) <= _LONGEST_TIME or sum(1 for _ in parts[-1].iter()) > _MOST_IN_TIME:
        return None
    time = worded_time(written)
    author = one_line(parts[0])
    if time is None or time.clock is None or len(author) > _LONGEST_NAME:
        return None
    if len(parts) == 2 and not _is_time(parts[-1]):
        return None
    if worded_time(author) is not None:
        return None
    return _Block(author, parts[1:-1], time)


def _is_time(node: etree._Element) -> bool:
    return any(
        _TIMES & classes_of(element) for element in node.iter() if isinstance(element.tag, str)
    )


class _Page:
    """A page of one thread.

    Attributes:
        count: How many messages it has.
    """

    def __init__(self, tree: etree._Element, source: Source) -> None:
        self._blocks = list(_blocks(tree))
        self._title = one_line(first(tree, "title"))
        self._participants = _participants(tree)
        self.count = len(self._blocks)
        self._authors = Counter(block.author for block in self._blocks if block.author)
        names = [name for name, _count in self._authors.most_common()]
        all_names = list(dict.fromkeys([*names, *self._participants]))
        is_group = len(all_names) > 2
        self._names = all_names
        self._chat_sides = sides(all_names, source.answers.owners, self._title, is_group)
        self._order = self._surveyed().order(source.answers.date_order)
        self._undecided = False

    def _surveyed(self) -> OrderSurvey:
        self._survey = OrderSurvey()
        # The newest message stands first.
        for block in reversed(self._blocks):
            if block.time.numbers is not None:
                self._survey.take(*block.time.numbers, block.time.raw)
        return self._survey

    def records(self) -> Iterator[Record]:
        """Every message, then what is to be asked."""
        if self._participants:
            place = SourcePlace(PlaceUnit.ENTRY, 0)
            yield TextBlock(", ".join(self._participants), place)
        for number, block in enumerate(self._blocks, 1):
            yield self._record(block, SourcePlace(PlaceUnit.ENTRY, number))
        if self._undecided:
            yield Question(QuestionKind.DATE_ORDER, {"samples": self._survey.samples})
        if self._chat_sides.owner is None and self._authors:
            yield ask_for_owner(self._authors)
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)

    def _record(self, block: _Block, place: SourcePlace) -> Record:
        time = self._time(block.time)
        text = "\n".join(filter(None, (_text(part) for part in block.body))).strip()
        if time is None and not self._is_open(block.time):
            reason = message(MessageCode.ROW_BAD_TIME, value=block.time.raw)
            return SkippedEntry(place, reason, f"{block.author}: {text}"[:_SHOWN])
        direction, other = self._chat_sides.of(block.author)
        call = self._is_call(text.partition("\n")[0])
        duration = _seconds(text) if call else None
        reactions = "; ".join(_reactions(block.body))
        fields = {"chat": self._title, "author": block.author, "time": block.time.raw}
        fields["reactions"] = reactions
        return EventRecord(
            type=EventType.CALL if call else EventType.MESSAGE,
            direction=direction,
            outcome=_outcome(text, duration, direction) if call else Outcome.UNKNOWN,
            time=time,
            duration_s=duration,
            identifier="" if folded(other) in _GONE else account("Meta", other),
            contact_name=other,
            text=text,
            place=place,
            raw={name: value for name, value in fields.items() if value},
            enclosed=tuple(dict.fromkeys(_files(block.body))),
        )

    def _is_call(self, line: str) -> bool:
        """Whether a line is Meta's own about a call of somebody who takes part."""
        match = _CALL.fullmatch(line)
        named = [name for name in match.groups() if name] if match is not None else []
        members = {folded(name) for name in (*self._names, "You")}
        return match is not None and all(folded(name) in members for name in named)

    def _time(self, written_time: WordedTime) -> TimeReading | None:
        day: date | None = written_time.day(self._order)
        if day is None or written_time.clock is None:
            return None
        return wall_time(day, written_time.clock, written_time.precision, written_time.raw)

    def _is_open(self, written_time: WordedTime) -> bool:
        unread = (
            written_time.numbers is not None
            and written_time.full_date is None
            and self._order is None
        )
        possible = unread and any(written_time.day(order) for order in DateOrder)
        self._undecided = self._undecided or possible
        return possible


def _participants(tree: etree._Element) -> list[str]:
    for node in tree.iter("div", "p", "span"):
        line = one_line(node) if len(node) == 0 else ""
        if line and (match := _PARTICIPANTS.fullmatch(line)) is not None:
            parts = re.split(r", | and | und | y |、|和", match[1])
            return [part.strip() for part in parts if part.strip()]
    return []


def _text(part: etree._Element) -> str:
    """What was written, each piece in a line, without the reactions."""
    pieces: list[str] = []
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if _REACTIONS & classes_of(node) or node.tag in ("audio", "video"):
            continue
        inner = [child for child in node if isinstance(child.tag, str)]
        if any(child.tag in ("div", "p", "ul", "table") for child in inner):
            pieces += [(node.text or "").strip()]
            waiting += reversed(inner)
        else:
            pieces.append(text_of(node))
    return "\n".join(piece for piece in pieces if piece)


def _reactions(body: list[etree._Element]) -> Iterator[str]:
    for part in body:
        for node in part.iter():
            if isinstance(node.tag, str) and _REACTIONS & classes_of(node):
                yield from filter(None, (one_line(item) for item in node.iter("li")))


def _files(body: list[etree._Element]) -> Iterator[str]:
    """The files of a message as paths in the archive; what lies on the net is none."""
    for part in body:
        for node in part.iter("a", "img", "video", "audio", "source"):
            path = attribute(node, "src") or attribute(node, "href")
            name = path.rpartition("/")[2]
            if path and "." in name and not re.match(r"[a-z][a-z0-9+.-]*:|//|#", path, re.I):
                yield unquote(path)


def _seconds(text: str) -> float | None:
    match = _DURATION.search(text)
    if match is None:
        return None
    return float(match[1]) * (_MINUTE if match[2].casefold() == "minute" else 1)


def _outcome(text: str, duration: float | None, direction: Direction) -> Outcome:
    if duration:
        return Outcome.ANSWERED
    missed = _MISSED.search(text) is not None and direction is not Direction.OUTGOING
    return Outcome.MISSED if missed else Outcome.UNKNOWN
