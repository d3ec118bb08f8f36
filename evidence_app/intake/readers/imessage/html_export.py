"""Chats that imessage-exporter wrote as pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from evidence_app.intake.readers.imessage.syntax import Head, head_of
from evidence_app.intake.readers.support.html import (
    attribute,
    classes_of,
    first,
    html_head,
    one_line,
    text_of,
    tree_of,
)
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
from evidence_app.model.question import Question, QuestionKind

if TYPE_CHECKING:
    from lxml import etree

_SIGNS = (
    re.compile(rb'<div class="message">\s*<div class="(?:sent|received)\b'),
    re.compile(rb'<span class="timestamp">'),
    re.compile(rb'<span class="sender">'),
)
_ANNOUNCED = re.compile(rb'<div class="announcement">\s*<p>\s*<span class="timestamp">')
_ADDRESS = re.compile(r"\+?[\d ()-]{5,20}|[^\s@]{1,100}@[^\s@]{1,100}", re.ASCII)
_NOT_WRITTEN = frozenset({"tapbacks", "reactions", "replies", "reply_anchor", "attachment"})
_MISSING = "Attachment missing!"
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the page has messages or announcements as that program writes them."""
    head = html_head(source.stream)
    return all(sign.search(head) for sign in _SIGNS) or _ANNOUNCED.search(head) is not None


def read(source: Source) -> Iterator[Record]:
    """Every message once; announcements and reactions as text.

    Raises:
        ReadFailure: The page is too large or has nothing in it.
    """
    tree, is_whole = tree_of(source.stream)
    yield Description(ItemKind.MESSAGES, "text/html")
    page = _Page(tree, source.filename)
    yield from page.records()
    if not is_whole:
        yield Notice(message(MessageCode.DAMAGED_XML, entry=page.count), damaged=True)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message, or an announcement, which nobody sent."""

    node: etree._Element
    head: Head | None
    time: str
    sender: str
    direction: Direction
    is_reply: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """What a reply and its copy below the message that it answers have in common."""
        return self.time.partition(" (")[0], self.sender, _text(self.node)


class _Page:
    """A page of one chat.

    Attributes:
        count: How many entries it has.
    """

    def __init__(self, tree: etree._Element, filename: str) -> None:
        self._chat = one_line(first(tree, "title")) or re.sub(r"\.html?$", "", filename)
        self._entries = list(_entries(tree))
        self._own = {entry.key for entry in self._entries if not entry.is_reply}
        others = Counter(
            entry.sender for entry in self._entries if entry.direction is Direction.INCOMING
        )
        alone = next(iter(others), "") if len(others) == 1 else ""
        addressed = self._chat if not others and _ADDRESS.fullmatch(self._chat) else ""
        self._partner = alone or addressed
        self._missing = 0
        self.count = len(self._entries)

    def records(self) -> Iterator[Record]:
        """Every entry, then what is to be said and asked."""
        for number, entry in enumerate(self._entries, 1):
            place = SourcePlace(PlaceUnit.ENTRY, number)
            if entry.direction is Direction.NONE or (entry.is_reply and entry.key in self._own):
                yield TextBlock(one_line(entry.node), place)
            elif entry.head is None or entry.head.time is None:
                reason = message(MessageCode.ROW_BAD_TIME, value=entry.time)
                yield SkippedEntry(place, reason, one_line(entry.node)[:_SHOWN])
            else:
                yield self._message(entry, entry.head, place)
        if self._missing:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._missing))
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)

    def _message(self, entry: _Entry, head: Head, place: SourcePlace) -> EventRecord:
        outgoing = entry.direction is Direction.OUTGOING
        other = self._partner if outgoing else entry.sender
        self._missing += _MISSING in one_line(entry.node)
        fields = {
            "chat": self._chat,
            "sender": entry.sender,
            "time": head.raw,
            "read": head.read,
            "reactions": "; ".join(_tapbacks(entry.node)),
            "reply": one_line(_of_message(entry.node, "reply_anchor")),
            "edited": one_line(_of_message(entry.node, "edited")),
            "service": " ".join(sorted(classes_of(entry.node) - {"sent", "received"})),
        }
        return EventRecord(
            type=EventType.MESSAGE,
            direction=entry.direction,
            outcome=Outcome.UNKNOWN,
            time=head.time,
            duration_s=None,
            identifier=other,
            contact_name="" if _ADDRESS.fullmatch(other) else other,
            text=_text(entry.node),
            place=place,
            raw={name: value for name, value in fields.items() if value},
            enclosed=tuple(dict.fromkeys(_files(entry.node))),
        )


def _entries(tree: etree._Element) -> Iterator[_Entry]:
    for node in tree.iter("div"):
        kinds = classes_of(node)
        if "announcement" in kinds:
            time = one_line(first(node, "span", "timestamp"))
            yield _Entry(node, head_of(time), time, "", Direction.NONE, False)
        elif kinds & {"sent", "received"} and first(node, "span", "timestamp") is not None:
            direction = Direction.OUTGOING if "sent" in kinds else Direction.INCOMING
            time = one_line(first(node, "span", "timestamp"))
            sender = one_line(first(node, "span", "sender"))
            is_reply = any(
                "replies" in classes_of(ancestor) for ancestor in node.iterancestors("div")
            )
            yield _Entry(node, head_of(time), time, sender, direction, is_reply)


def _own(node: etree._Element) -> Iterator[etree._Element]:
    """The elements of a message, but not those of the replies below it."""
    waiting = [child for child in reversed(node) if isinstance(child.tag, str)]
    while waiting:
        child = waiting.pop()
        if "replies" not in classes_of(child):
            yield child
            waiting += [inner for inner in reversed(child) if isinstance(inner.tag, str)]


def _of_message(node: etree._Element, kind: str) -> etree._Element | None:
    return next((part for part in _own(node) if kind in classes_of(part)), None)


def _text(node: etree._Element) -> str:
    bubbles = [
        part
        for part in _own(node)
        if classes_of(part) & {"bubble", "app", "edited", "unsent", "deleted", "translated"}
        and not any(classes_of(above) & _NOT_WRITTEN for above in _above(part, node))
        and not any(classes_of(above) & {"bubble", "app", "edited"} for above in _above(part, node))
    ]
    return "\n".join(filter(None, map(text_of, bubbles)))


def _above(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def _tapbacks(node: etree._Element) -> Iterator[str]:
    for part in _own(node):
        if part.tag == "span" and classes_of(part) & {"tapback", "reaction"}:
            yield one_line(part)


def _files(node: etree._Element) -> Iterator[str]:
    for part in _own(node):
        if part.tag not in ("img", "video", "audio", "source", "a"):
            continue
        path = attribute(part, "src") or attribute(part, "href")
        if path and "." in path.rpartition("/")[2] and not re.match(r"[a-z]{2,}:|//|#", path, re.I):
            yield unquote(path)
