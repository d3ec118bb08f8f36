"""Google Voice from Takeout: one page for each call, voicemail or stretch of a conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from evidence_app.intake.failures import ReadFailure, cut_off
from evidence_app.intake.readers.android.mms import visible_number
from evidence_app.intake.readers.support.epoch_times import is_sane
from evidence_app.intake.readers.support.filename_times import times_in_name
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
from evidence_app.intake.readers.tables.values import looks_like_number
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

if TYPE_CHECKING:
    from lxml import etree

_CALL = re.compile(rb'class="haudio"')
_CHAT = re.compile(rb'class="hChatLog\b')
_VOICE = re.compile(
    rb'google\.com/voice#|class="album">\s*Call Log for|<abbr class="(?:dt|published)"'
)
_LENGTH = re.compile(
    r"P(?:(\d{1,3})D)?T?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})(?:\.\d{1,9})?S)?", re.ASCII
)
_NAME_IN_FILE = re.compile(r"(.+?) - (?:Text - )?\d{4}-\d\d-\d\dT", re.ASCII)
_PLACEHOLDERS = frozenset({"MMS Sent", "MMS Received"})
_WEB = ("http:", "https:", "tel:", "mailto:")


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str
    heading: str
    type: EventType
    direction: Direction
    outcome: Outcome


_KINDS = (
    _Kind("voicemail", "voicemail", EventType.VOICEMAIL, Direction.INCOMING, Outcome.VOICEMAIL),
    _Kind("missed", "missed call", EventType.CALL, Direction.INCOMING, Outcome.MISSED),
    _Kind("placed", "placed call", EventType.CALL, Direction.OUTGOING, Outcome.UNKNOWN),
    _Kind("received", "received call", EventType.CALL, Direction.INCOMING, Outcome.ANSWERED),
    _Kind("recorded", "recorded call", EventType.CALL, Direction.NONE, Outcome.ANSWERED),
)
"""What a page may be, by one of its labels or by its heading, the most telling first."""
_UNKNOWN = _Kind("", "", EventType.CALL, Direction.NONE, Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Person:
    number: str = ""
    name: str = ""
    is_owner: bool = False

    @property
    def identifier(self) -> str:
        """The number, or whatever is written in its place; nothing if it was withheld."""
        return visible_number(self.number) or visible_number(self.name)

    @property
    def contact_name(self) -> str:
        """The name, if there is one beside the number."""
        return visible_number(self.name) if self.name != self.number else ""


def recognises(source: Source) -> bool:
    """Whether the file is such a page."""
    head = html_head(source.stream)
    return bool(_CALL.search(head) or _CHAT.search(head)) and bool(_VOICE.search(head))


def read(source: Source) -> Iterator[Record]:
    """The call, or the messages.

    Raises:
        ReadFailure: Nothing can be read in it.
    """
    page, is_whole = tree_of(source.stream)
    call = first(page, "div", "haudio")
    chat = first(page, "div", "hChatLog")
    kind = ItemKind.MESSAGES if call is None else ItemKind.CALL_LOG
    yield Description(kind, "text/html")
    yield from times_in_name(source.filename)
    count = 0
    if call is not None:
        count += 1
        yield _call(page, call)
    if chat is not None:
        for record in _Chat(page, chat, source.filename).records():
            count += not isinstance(record, Notice)
            yield record
    if not count:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT))
    if not is_whole:
        yield Notice(cut_off(count), damaged=True)


def _call(page: etree._Element, call: etree._Element) -> Record:
    place = SourcePlace(PlaceUnit.ENTRY, 1)
    published = first(call, "abbr", "published")
    time = _time(attribute(published, "title"))
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=attribute(published, "title"))
        return SkippedEntry(place, reason, one_line(call)[:500])
    labels = _labels(page)
    heading = one_line(first(call, "span", "fn"))
    kind = _kind(labels, heading)
    duration = _duration(attribute(first(call, "abbr", "duration"), "title"))
    placed = kind.direction is Direction.OUTGOING and duration
    contributor = first(call, "div", "contributor")
    person = _person(call if contributor is None else contributor)
    return EventRecord(
        type=kind.type,
        direction=kind.direction,
        outcome=Outcome.ANSWERED if placed else kind.outcome,
        time=time,
        duration_s=duration,
        identifier=person.identifier,
        contact_name=person.contact_name,
        text=text_of(first(call, "span", "full-text")),
        place=place,
        raw={"heading": heading, "labels": ", ".join(labels)},
        enclosed=tuple(dict.fromkeys(_files(call))),
    )


def _labels(page: etree._Element) -> list[str]:
    links = [attribute(link, "href") for link in page.iter("a") if attribute(link, "rel") == "tag"]
    return [link.rpartition("#")[2] for link in links]


def _kind(labels: list[str], heading: str) -> _Kind:
    """By the set of labels, in which the first may say no more than in which box it lies."""
    kind = next((kind for kind in _KINDS if kind.label in labels), None)
    if kind is None:
        lower = heading.lower()
        kind = next((kind for kind in _KINDS if lower.startswith(kind.heading)), _UNKNOWN)
    return kind


def _person(node: etree._Element) -> _Person:
    link = first(node, "a", "tel")
    if link is None:
        return _Person()
    number = unquote(attribute(link, "href").removeprefix("tel:")).strip()
    named = next((element for element in link.iter() if "fn" in classes_of(element)), None)
    # Only the owner's own name is an abbreviation; a contact may be called "Me" as well.
    is_owner = named is not None and named.tag == "abbr"
    return _Person(number, one_line(named), is_owner)


def _time(title: str) -> TimeReading | None:
    try:
        moment = Instant(datetime.fromisoformat(title.strip()))
        sane = is_sane(moment)
    except (ValueError, OverflowError):
        return None
    in_ms = "." in title
    precision = TimePrecision.MILLISECOND if in_ms else TimePrecision.SECOND
    return TimeReading(moment, TimeSource.RECORD, precision, title) if sane else None


def _duration(title: str) -> float | None:
    match = _LENGTH.fullmatch(title.strip())
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


class _Chat:
    def __init__(self, page: etree._Element, chat: etree._Element, filename: str) -> None:
        self._messages = list(having(chat, "div", "message"))
        self._senders = [_person(_sender(node)) for node in self._messages]
        group = first(chat, "div", "participants")
        self._members = (
            [_person(cite) for cite in group.iter("cite")] if group is not None else None
        )
        self._title = one_line(first(page, "title"))
        self._filename = filename
        self._labels = ", ".join(_labels(page))
        self._left_out = 0

    def records(self) -> Iterator[Record]:
        """Every message, read or skipped."""
        partner = self._partner()
        for number, (node, sender) in enumerate(zip(self._messages, self._senders, strict=True), 1):
            yield self._message(node, sender, partner, SourcePlace(PlaceUnit.ENTRY, number))
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))

    def _partner(self) -> _Person:
        """To whom the owner writes: nobody alone in a group."""
        if self._members is not None:
            return _Person()
        others = [sender for sender in self._senders if not sender.is_owner and sender.identifier]
        return others[0] if others else self._silent_partner()

    def _silent_partner(self) -> _Person:
        """One who never answered stands in the title and in the name of the file only."""
        name = self._title.removeprefix("Me to").strip()
        match = _NAME_IN_FILE.match(self._filename)
        if match and looks_like_number(match[1]):
            return _Person(match[1], name)
        return _Person("", name or (match[1] if match else ""))

    def _message(
        self, node: etree._Element, sender: _Person, partner: _Person, place: SourcePlace
    ) -> Record:
        at = attribute(first(node, "abbr", "dt"), "title")
        time = _time(at)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=at)
            return SkippedEntry(place, reason, one_line(node)[:500])
        files = tuple(dict.fromkeys(_files(node)))
        text = text_of(next(node.iter("q"), None))
        if text in _PLACEHOLDERS:
            self._left_out += not files
            text = "" if files else text
        is_known = sender.is_owner or bool(sender.number or sender.name)
        other = partner if sender.is_owner else sender
        received = Direction.INCOMING if is_known else Direction.NONE
        act = EventRecord(
            type=EventType.MESSAGE,
            direction=Direction.OUTGOING if sender.is_owner else received,
            outcome=Outcome.UNKNOWN,
            time=time,
            duration_s=None,
            identifier=other.identifier,
            contact_name=other.contact_name,
            text=text,
            place=place,
            raw={"sender": sender.number, "name": sender.name, "labels": self._labels},
            enclosed=files,
        )
        return self._in_group(act)

    def _in_group(self, act: EventRecord) -> EventRecord:
        if self._members is None:
            return act
        named = (member.contact_name or member.number for member in self._members)
        return replace(act, raw={**act.raw, "chat": ", ".join(filter(None, named)) or self._title})


def _sender(node: etree._Element) -> etree._Element:
    cite = first(node, "cite", "sender")
    return node if cite is None else cite


def _files(node: etree._Element) -> Iterator[str]:
    """The names that files have in the export, without their endings."""
    links = [attribute(element, "src") for element in node.iter("img", "audio", "video")]
    links += [attribute(element, "href") for element in node.iter("a")]
    return (link for link in links if link and not link.lower().startswith(_WEB))
