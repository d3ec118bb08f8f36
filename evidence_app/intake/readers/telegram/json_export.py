"""Telegram Desktop's ``result.json``: one chat, or a whole account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence_app.intake.chat_authors import ask_for_owner, owner_among
from evidence_app.intake.failures import cut_off
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
from evidence_app.intake.readers.tables.times import Dating, read_time
from evidence_app.intake.records import (
    Contact,
    Description,
    EventRecord,
    Notice,
    Record,
    Source,
)
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
from evidence_app.model.times import TimeReading, WallClock

_TYPES = frozenset(
    {"saved_messages", "replies", "verify_codes", "personal_chat", "bot_chat", "private_group",
     "private_supergroup", "public_supergroup", "private_channel", "public_channel"}
)  # fmt: skip
_ONE_TO_ONE = frozenset({"personal_chat", "bot_chat"})
_CHANNELS = frozenset({"private_channel", "public_channel"})
_LISTS: tuple[Path, ...] = (("chats", "list"), ("left_chats", "list"))
_CHATS: frozenset[Path] = frozenset({(), *((*path, ITEM) for path in _LISTS)})
_OPEN: frozenset[Path] = (
    _CHATS
    | {(*chat, "messages") for chat in _CHATS}
    | {path[:1] for path in _LISTS}
    | set(_LISTS)
    | {("contacts",), ("contacts", "list")}
)
_FILES = ("photo", "file", "contact_vcard")
_NO_FILE = re.compile(r"\((?:File|Photo) (?:not|unavailable|exceeds)\b[^()]*\)$")
_WORDS_ELSEWHERE = (
    "contact_information",
    "location_information",
    "place_name",
    "address",
    "poll",
    "game_title",
    "invoice_information",
    "information_text",
)
_NOT_RAW = frozenset({"text"})
_ID = re.compile(r"([a-z]*)(\d{1,19})", re.ASCII)
_OLD_USERS = 1 << 32
"""Before 2021, users were numbered from here on in some places, and from 0 in others."""


def recognises(source: Source) -> bool:
    """Whether the file is such an export."""
    fields = signs(source)
    if ("personal_information", "user_id") in fields:
        return True
    return any(_is_chat(fields, chat) for chat in _CHATS)


def _is_chat(fields: Any, chat: Path) -> bool:
    entries = (*chat, "messages")
    if entries not in fields or (*chat, "id") not in fields:
        return False
    entry = (*entries, ITEM)
    if (*entry, "type") in fields:
        dated = any((*entry, name) in fields for name in ("date", "date_unixtime"))
        return dated and fields[(*entry, "type")] in ("message", "service", "unsupported")
    return written(fields.get((*chat, "type"))) in _TYPES


def read(source: Source) -> Iterator[Record]:
    """The messages and calls of all chats; every service line as text."""
    yield Description(ItemKind.MESSAGES, "application/json")
    yield from times_in_name(source.filename)
    yield from _Export(source).records()


@dataclass(slots=True)
class _Chat:
    name: str = ""
    type: str = ""
    id: str = ""

    @property
    def one_to_one(self) -> bool:
        """Whether it is a chat with one other only."""
        return self.type in _ONE_TO_ONE


@dataclass(frozen=True, slots=True)
class _Author:
    name: str
    id: str

    @property
    def label(self) -> str:
        """The name, or the number of an account that was deleted."""
        return self.name or self.id


class _Export:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._chat = _Chat()
        self._me = ""
        self._owner: str | None = None
        self._entry = 0
        self._left_out = 0
        self._floating = False
        self._unsure: Counter[str] = Counter()

    def records(self) -> Iterator[Record]:
        """All that is in the file."""
        try:
            if self._source.answers.owners:
                self._owner = owner_among(self._authors(), self._source.answers.owners)
            for path, value in values(self._source.stream, _OPEN.__contains__):
                yield from self._take(path, value)
        except BrokenJsonError:
            yield Notice(cut_off(self._entry), damaged=True)
        yield from self._closing()

    def _authors(self) -> set[str]:
        """The names of all who wrote; read ahead because the answer may be of another chat."""
        authors: set[str] = set()
        try:
            for path, value in values(self._source.stream, _OPEN.__contains__):
                if path == ("personal_information",) or (
                    path == ("type",) and value in _ONE_TO_ONE
                ):
                    return set()
                if path[-2:] == ("messages", ITEM) and isinstance(value, dict):
                    author = _author(value)
                    authors |= {author.name, author.id}
                    self._source.alive()
        except BrokenJsonError:
            pass
        return authors

    def _closing(self) -> Iterator[Record]:
        if self._floating:
            yield Question(QuestionKind.TIMEZONE, {}, False)
        if self._unsure:
            yield ask_for_owner(self._unsure)
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))

    def _take(self, path: Path, value: Any) -> Iterator[Record]:
        if path[-2:] == ("messages", ITEM):
            yield from self._message(value)
        elif path in _CHATS and value is OPENED:
            self._chat = _Chat()
        elif path[:-1] in _CHATS and path[-1:] in (("name",), ("type",), ("id",)):
            setattr(self._chat, path[-1], written(value))
        elif path == ("personal_information",) and isinstance(value, dict):
            self._me = _account(value.get("user_id"))
        elif path == ("contacts", "list", ITEM) and isinstance(value, dict):
            yield from _contact(value)

    def _message(self, entry: Any) -> Iterator[Record]:
        self._entry += 1
        place = SourcePlace(PlaceUnit.ENTRY, self._entry)
        kind = entry.get("type") if isinstance(entry, dict) else None
        if kind == "service" and entry.get("action") != "phone_call":
            yield TextBlock(_service_words(entry), place)
        elif kind not in ("message", "service"):
            yield SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
        elif (time := self._time(entry)) is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=written(entry.get("date")))
            yield SkippedEntry(place, reason, shortened(entry))
        else:
            yield self._act(entry, time, place)

    def _time(self, entry: dict[str, Any]) -> TimeReading | None:
        unix_time = from_unix(written(entry.get("date_unixtime")))
        if unix_time is not None:
            return unix_time
        try:
            reading = read_time(written(entry.get("date")), Dating())
        except ValueError:
            return None
        if reading is not None and isinstance(reading.moment, WallClock):
            self._floating = True
        return reading

    def _act(self, entry: dict[str, Any], time: TimeReading, place: SourcePlace) -> EventRecord:
        author = _author(entry)
        direction = self._direction(author)
        other = self._other(author, direction)
        is_call = entry["type"] == "service"
        seconds = written(entry.get("duration_seconds"))
        duration = float(seconds) if is_call and re.fullmatch(r"\d{1,7}", seconds) else None
        fields = plain_fields(entry, _NOT_RAW)
        if self._chat.name:
            fields["chat"] = self._chat.name
        return EventRecord(
            type=EventType.CALL if is_call else EventType.MESSAGE,
            direction=direction,
            outcome=_outcome(entry, direction, duration) if is_call else Outcome.UNKNOWN,
            time=time,
            duration_s=duration,
            identifier=account("Telegram", other.label),
            contact_name=other.name,
            text=_text(entry),
            place=place,
            raw=fields,
            enclosed=self._files(entry),
        )

    def _other(self, author: _Author, direction: Direction) -> _Author:
        """The other side of a message; what the owner writes in a group is to nobody alone."""
        if self._chat.type == "saved_messages":
            return _Author("", "")
        if direction is not Direction.OUTGOING and author.label:
            return author
        partner = _Author(self._chat.name, _account(self._chat.id))
        return partner if self._chat.one_to_one else _Author("", "")

    def _direction(self, author: _Author) -> Direction:
        if self._chat.type == "saved_messages":
            return Direction.NONE
        if self._me and author.id:
            return _outgoing_if(author.id == self._me)
        if self._chat.one_to_one and self._chat.id and author.id:
            return _outgoing_if(not _same_account(author.id, self._chat.id))
        if self._owner is not None:
            return _outgoing_if(self._owner in (author.name, author.id))
        if self._chat.one_to_one and self._chat.name and author.name:
            return _outgoing_if(folded(author.name) != folded(self._chat.name))
        if self._chat.type in _CHANNELS and author.id.startswith("channel"):
            return Direction.INCOMING
        self._unsure[author.label] += 1
        return Direction.NONE

    def _files(self, entry: dict[str, Any]) -> tuple[str, ...]:
        named = [written(entry[name]) for name in _FILES if entry.get(name)]
        there = [name for name in named if name and not _NO_FILE.search(name)]
        self._left_out += len(named) - len(there)
        return tuple(there)


def _author(entry: dict[str, Any]) -> _Author:
    """Whoever wrote or acted; a deleted account has no name."""
    by = "actor" if entry.get("type") == "service" else "from"
    return _Author(written(entry.get(by)), _account(entry.get(f"{by}_id")))


def _account(value: Any) -> str:
    """An account's number with what it is of; older exports write the number alone."""
    match = _ID.fullmatch(written(value))
    return f"{match[1] or 'user'}{match[2]}" if match else ""


def _same_account(account: str, chat: str) -> bool:
    """Whether the author is the one whom the chat is with."""
    found, other = _ID.fullmatch(account), _ID.fullmatch(chat)
    if found is None or other is None or found[1] != "user":
        return False
    return abs(int(found[2]) - int(other[2])) in (0, _OLD_USERS)


def _outgoing_if(mine: bool) -> Direction:
    return Direction.OUTGOING if mine else Direction.INCOMING


def _outcome(entry: dict[str, Any], direction: Direction, duration: float | None) -> Outcome:
    if duration:
        return Outcome.ANSWERED
    reason = entry.get("discard_reason")
    if reason == "busy" and direction is Direction.INCOMING:
        return Outcome.REJECTED
    return Outcome.MISSED if reason in ("missed", "busy") else Outcome.UNKNOWN


def _text(entry: dict[str, Any]) -> str:
    text = _flat(entry.get("text"))
    others = [_flat(entry[name]) for name in _WORDS_ELSEWHERE if entry.get(name)]
    return "\n".join(filter(None, [text, *others]))


def _flat(text: Any) -> str:
    """Words that may be written as a list of pieces, some of them with a style."""
    if isinstance(text, list):
        return "".join(written(_piece(piece)) for piece in text)
    if isinstance(text, dict):
        return " ".join(filter(None, map(written, text.values())))
    return written(text)


def _piece(piece: Any) -> Any:
    return piece.get("text") if isinstance(piece, dict) else piece


def _service_words(entry: dict[str, Any]) -> str:
    """What happened in a chat, in the export's own words."""
    field_names = ("actor", "action", "title", "duration", "date")
    fields = [written(entry.get(name)) for name in field_names]
    members = entry.get("members")
    names = [written(member) for member in members] if isinstance(members, list) else []
    return " ".join(filter(None, [*fields, ", ".join(filter(None, names)), _text(entry)]))


def _contact(value: dict[str, Any]) -> Iterator[Contact]:
    name = " ".join(
        filter(None, (written(value.get(field_name)) for field_name in ("first_name", "last_name")))
    )
    number = written(value.get("phone_number"))
    if name and number:
        yield Contact(name, (number,))
