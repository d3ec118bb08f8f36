"""Messages of Facebook and Instagram, from the archives of one's own data in JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from evidence_app.intake.chat_authors import ask_for_owner, owner_among
from evidence_app.intake.readers.chat.participants import account, folded
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.readers.support.json_stream import (
    ITEM,
    OPENED,
    BrokenJsonError,
    Path,
    plain_fields,
    shortened,
    signs,
    values,
    written,
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
from evidence_app.model.times import TimeReading

_OPEN: frozenset[Path] = frozenset({(), ("messages",), ("participants",)})
_ENTRY: Path = ("messages", ITEM)
_FORMS = (("sender_name", "timestamp_ms"), ("senderName", "timestamp"))
_FILES = ("photos", "videos", "audio_files", "files", "gifs", "media", "sticker")
_NOT_RAW = frozenset({"content", "text"})
_NO_ACTS = frozenset({"Subscribe", "Unsubscribe"})
_NUMBERED = re.compile(r"_\d{1,6}$", re.ASCII)
_MISSED = re.compile(r"\bmissed\b|未接", re.I)
_GONE = frozenset({"facebook user", "instagram user", "instagramuser"})
"""What all accounts that no longer exist are called; they are not one person."""


def recognises(source: Source) -> bool:
    """Whether the file is a thread of such an archive."""
    fields = signs(source)
    if ("messages",) not in fields or ("participants",) not in fields:
        return False
    if any((*_ENTRY, by) in fields and (*_ENTRY, at) in fields for by, at in _FORMS):
        return True
    of_meta = ("thread_path",) in fields or ("threadName",) in fields
    return of_meta and fields[("messages",)] is OPENED and _ENTRY not in fields


def read(source: Source) -> Iterator[Record]:
    """The messages and calls of one thread, in the order of the file."""
    yield Description(ItemKind.MESSAGES, "application/json")
    yield from times_in_name(source.filename)
    thread = _Thread(source)
    thread.look_ahead()
    yield from thread.records()
    yield from thread.closing()


class _Mender:
    """Mends text whose bytes in UTF-8 were each written as a character of its own.

    Attributes:
        count: How many texts were mended.
    """

    def __init__(self) -> None:
        self.count = 0

    def mended(self, value: Any) -> str:
        """The text as it was meant; a text that is sound stays as it is."""
        text = written(value)
        if text.isascii():
            return text
        try:
            meant = text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text
        self.count += 1
        return meant


class _Thread:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._mender = _Mender()
        self._title = ""
        self._participants: list[str] = []
        self._authors: Counter[str] = Counter()
        self._owner: str | None = None
        self._entry = 0
        self._unsure = False

    def look_ahead(self) -> None:
        """Learn who takes part and what the thread is called, which stands after the messages."""
        mended = _Mender().mended
        try:
            for path, value in values(self._source.stream, _OPEN.__contains__):
                if path == _ENTRY and isinstance(value, dict):
                    self._authors[mended(_sender(value))] += 1
                    self._source.alive()
                elif path == ("participants", ITEM):
                    name = value.get("name") if isinstance(value, dict) else value
                    self._participants.append(mended(name))
                elif path in (("title",), ("threadName",)):
                    self._title = mended(value)
        except BrokenJsonError:
            pass
        self._owner = self._find_owner()

    def _find_owner(self) -> str | None:
        names = {*self._participants, *self._authors} - {""}
        owner = owner_among(names, self._source.answers.owners)
        if owner is not None or len(self._participants) != 2:
            return owner
        titles = {folded(self._title), folded(_NUMBERED.sub("", self._title))}
        others = [name for name in self._participants if folded(name) not in titles]
        return others[0] if len(others) == 1 else None

    @property
    def _partner(self) -> str:
        """The other side, where there is only one."""
        others = [name for name in self._participants if name != self._owner]
        alone = len(self._participants) == 2 and len(others) == 1
        return others[0] if alone and self._owner is not None else ""

    def records(self) -> Iterator[Record]:
        """Every entry, read or skipped."""
        try:
            for path, value in values(self._source.stream, _OPEN.__contains__):
                if path == _ENTRY:
                    yield self._record(value)
        except BrokenJsonError:
            yield Notice(message(MessageCode.DAMAGED_XML, entry=self._entry), damaged=True)

    def closing(self) -> Iterator[Record]:
        """What is to be said and asked about the whole."""
        if self._unsure:
            yield ask_for_owner(self._authors + Counter(self._participants))
        if self._mender.count:
            yield Notice(message(MessageCode.TIMES_REPAIRED, count=self._mender.count))

    def _record(self, entry: Any) -> Record:
        self._entry += 1
        place = SourcePlace(PlaceUnit.ENTRY, self._entry)
        if not isinstance(entry, dict):
            return SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
        if written(entry.get("type")) in _NO_ACTS:
            texts = [self._mender.mended(_sender(entry)), self._text(entry)]
            return TextBlock(" ".join(filter(None, texts)), place)
        at = written(entry.get("timestamp_ms", entry.get("timestamp")))
        time = from_unix(at)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=at)
            return SkippedEntry(place, reason, shortened(entry))
        return self._act(entry, time, place)

    def _act(self, entry: dict[str, Any], time: TimeReading, place: SourcePlace) -> EventRecord:
        sender = self._mender.mended(_sender(entry))
        direction = self._direction(sender)
        other = self._partner if direction is Direction.OUTGOING else sender
        text = self._text(entry)
        is_call = entry.get("type") == "Call" or "call_duration" in entry
        duration = _seconds(entry.get("call_duration")) if is_call else None
        return EventRecord(
            type=EventType.CALL if is_call else EventType.MESSAGE,
            direction=direction,
            outcome=_outcome(entry, text, duration) if is_call else Outcome.UNKNOWN,
            time=time,
            duration_s=duration,
            identifier="" if folded(other) in _GONE else account("Meta", other),
            contact_name=other,
            text=text,
            place=place,
            raw=self._raw(entry),
            enclosed=tuple(_files(entry)),
        )

    def _direction(self, sender: str) -> Direction:
        if self._owner is None or not sender:
            self._unsure = self._unsure or self._owner is None
            return Direction.NONE
        return Direction.OUTGOING if sender == self._owner else Direction.INCOMING

    def _text(self, entry: dict[str, Any]) -> str:
        share = entry.get("share")
        shared = share if isinstance(share, dict) else {}
        texts: list[str] = []
        for value in (entry.get("content", entry.get("text")), *map(shared.get, _SHARED)):
            text = self._mender.mended(value)
            if text and not any(text in other for other in texts):
                texts.append(text)
        return "\n".join(texts)

    def _raw(self, entry: dict[str, Any]) -> dict[str, str]:
        fields = plain_fields(entry, _NOT_RAW)
        reactions = entry.get("reactions")
        if isinstance(reactions, list) and reactions:
            fields["reactions"] = "; ".join(map(self._reaction, reactions))
        if self._title:
            fields["chat"] = self._title
        return fields

    def _reaction(self, reaction: Any) -> str:
        if not isinstance(reaction, dict):
            return self._mender.mended(reaction)
        parts = (self._mender.mended(reaction.get(name)) for name in ("reaction", "actor"))
        return " ".join(filter(None, parts))


_SHARED = ("share_text", "link")


def _sender(entry: dict[str, Any]) -> Any:
    return entry.get("sender_name", entry.get("senderName"))


def _seconds(value: Any) -> float | None:
    match = re.fullmatch(r"\d{1,7}(?:\.\d{1,9})?", written(value), re.ASCII)
    return float(match[0]) if match else None


def _outcome(entry: dict[str, Any], text: str, duration: float | None) -> Outcome:
    if entry.get("missed") is True or _MISSED.search(text):
        return Outcome.MISSED
    return Outcome.ANSWERED if duration else Outcome.UNKNOWN


def _files(entry: dict[str, Any]) -> Iterator[str]:
    """The files of a message as paths in the archive; what lies on the internet is none."""
    for name in _FILES:
        listed = entry.get(name)
        for file in listed if isinstance(listed, list) else [listed]:
            path = written(file.get("uri")) if isinstance(file, dict) else ""
            if path and not path.startswith(("http://", "https://")):
                yield path
