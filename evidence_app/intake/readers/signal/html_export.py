"""Chats that signalbackup-tools wrote as pages. Times are those of the computer that wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from evidence_app.intake.readers.signal.phrases import call_in, time_of
from evidence_app.intake.readers.support.html import (
    attribute,
    classes_of,
    first,
    having,
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
    re.compile(rb'<div class="msg msg-(?:incoming|outgoing|status)'),
    re.compile(rb'class="(?:footer|msg-data|footer-status)'),
)
_KINDS = {"msg-incoming": Direction.INCOMING, "msg-outgoing": Direction.OUTGOING}
_NUMBER = re.compile(r"\+\d[\d ()-]{5,18}", re.ASCII)
_LINK = re.compile(r"[a-z]{2,}:|//|#", re.I)
_FILES = ("img", "source", "video", "audio", "a")
_NOT_WRITTEN = frozenset({"msg-quote", "msg-reactions", "footer", "msg-name"})
_CALLS = re.compile(r"msg-(?:video-)?call-(?P<sort>incoming|outgoing|missed)")
_SORTS = {
    "incoming": (Direction.INCOMING, Outcome.UNKNOWN),
    "outgoing": (Direction.OUTGOING, Outcome.UNKNOWN),
    "missed": (Direction.INCOMING, Outcome.MISSED),
}
_OLDER = "edited-info"
_LONGEST_HEAD = 1 << 20
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the page has messages as that tool writes them; below a long head they come late."""
    head = html_head(source.stream)
    if not head or (b"msg-incoming" not in head and b"msg-outgoing" not in head):
        return False
    source.stream.seek(0)
    begin = source.stream.read(_LONGEST_HEAD)
    return all(sign.search(begin) for sign in _SIGNS)


def read(source: Source) -> Iterator[Record]:
    """Every message, file and call.

    Raises:
        ReadFailure: The page is too large or has nothing in it.
    """
    tree, is_whole = tree_of(source.stream)
    yield Description(ItemKind.MESSAGES, "text/html")
    nodes = [node for node in having(tree, "div", "msg") if not _is_older(node)]
    chat = one_line(first(tree, "title")) or re.sub(r"\.html?$", "", source.filename)
    senders = {name for node in nodes if (name := _sender(node))}
    is_group = len(senders) > 1 or first(tree, "span", "groupdetails") is not None
    number = _NUMBER.search(one_line(first(tree, "div", "thread-subtitle")))
    page = _Page(chat, is_group, number[0].strip() if number is not None else "")
    for at, node in enumerate(nodes, 1):
        yield page.record(node, SourcePlace(PlaceUnit.ENTRY, at))
    yield Question(QuestionKind.TIMEZONE, {}, blocking=False)
    if not is_whole:
        yield Notice(message(MessageCode.DAMAGED_XML, entry=len(nodes)), damaged=True)


class _Page:
    def __init__(self, chat: str, is_group: bool, number: str) -> None:
        self._chat = chat
        self._is_group = is_group
        self._number = number

    def record(self, node: etree._Element, place: SourcePlace) -> Record:
        """A message, a call, or what Signal says."""
        written = one_line(next(filter(_is_newest, having(node, "span", "msg-data")), None))
        time = time_of(written)
        kind = next((kind for kind in _KINDS if kind in classes_of(node)), "")
        call = self._call(node)
        if not kind and call is None:
            return TextBlock(one_line(node), place)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=written)
            return SkippedEntry(place, reason, one_line(node)[:_SHOWN])
        direction, outcome = call or (_KINDS[kind], Outcome.UNKNOWN)
        name = self._other(node, direction)
        return EventRecord(
            type=EventType.MESSAGE if call is None else EventType.CALL,
            direction=direction,
            outcome=outcome,
            time=time,
            duration_s=None,
            identifier=self._number if self._number and not self._is_group else name,
            contact_name=name,
            text=_words(node),
            place=place,
            raw={"time": written, "chat": self._chat},
            enclosed=tuple(dict.fromkeys(_files(node))),
        )

    def _call(self, node: etree._Element) -> tuple[Direction, Outcome] | None:
        """Who called and what became of it: by the sign of the call, else by its words."""
        for sign in node.iter("span"):
            for name in classes_of(sign):
                if (match := _CALLS.fullmatch(name)) is not None:
                    return _SORTS[match["sort"]]
        said = call_in(one_line(first(node, "div", "status-text")), self._chat)
        return said[:2] if said is not None else None

    def _other(self, node: etree._Element, direction: Direction) -> str:
        if direction is Direction.INCOMING:
            return _sender(node) or self._chat
        return "" if self._is_group else self._chat


def _sender(node: etree._Element) -> str:
    return one_line(first(node, "div", "msg-name") if "msg-incoming" in classes_of(node) else None)


def _is_older(node: etree._Element) -> bool:
    """Whether an element is of what stood there before somebody edited a message."""
    return any(_OLDER in classes_of(above) for above in node.iterancestors("div"))


def _is_newest(node: etree._Element) -> bool:
    return not _is_older(node)


def _words(node: etree._Element) -> str:
    """What somebody wrote, without what they answered to."""
    parts = [
        part
        for part in node.iter("pre")
        if not any(classes_of(above) & _NOT_WRITTEN for above in part.iterancestors("div"))
    ]
    return "\n".join(filter(None, map(text_of, parts)))


def _files(node: etree._Element) -> Iterator[str]:
    for box in node.iter("div"):
        if not classes_of(box) & {"attachment", "msg-img-container"}:
            continue
        for part in box.iter(*_FILES):
            path = attribute(part, "src") or attribute(part, "href")
            if path and not _LINK.match(path):
                yield unquote(path)
