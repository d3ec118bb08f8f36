"""WhatsApp's own databases on the iPhone: ChatStorage.sqlite and CallHistory.sqlite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidence_app.intake.readers.support.epoch_times import from_cocoa
from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, fields, opened, text
from evidence_app.intake.readers.whatsapp.jids import Account, account, call_outcome
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)

_MESSAGES, _CALLS = "ZWAMESSAGE", "ZWACDCALLEVENT"
_SYSTEM_KINDS = (6, 10)
_REJECTED = 4
_OPTIONAL = (
    "ZFROMJID", "ZTOJID", "ZMESSAGETYPE", "ZGROUPMEMBER", "ZPUSHNAME", "ZSTANZAID", "ZSTARRED",
    "ZMEDIAITEM",
)  # fmt: skip
_CALL_OPTIONAL = ("ZDURATION", "ZOUTCOME", "ZGROUPJIDSTRING", "ZGROUPCALLCREATORUSERJIDSTRING")


@dataclass(frozen=True, slots=True)
class _Chat:
    """A conversation: with whom, and what it is called."""

    other: Account = field(default_factory=Account)
    name: str = ""


def recognises(source: Source) -> bool:
    """Whether the file is one of the two."""
    with opened(source) as copy:
        return copy is not None and (_has_messages(copy) or _has_calls(copy))


def _has_messages(copy: Copy) -> bool:
    return copy.has(_MESSAGES, "Z_PK", "ZMESSAGEDATE", "ZISFROMME", "ZTEXT", "ZCHATSESSION")


def _has_calls(copy: Copy) -> bool:
    return copy.has(_CALLS, "Z_PK", "ZDATE", "Z1CALLEVENTS")


def read(source: Source) -> Iterator[Record]:
    """Every message, or every call."""
    with opened(source) as copy:
        if copy is None:
            return
        is_chats = _has_messages(copy)
        yield Description(ItemKind.MESSAGES if is_chats else ItemKind.CALL_LOG, MEDIA_TYPE)
        if is_chats:
            yield from _messages(copy)
        if _has_calls(copy):
            yield from _calls(copy)
        yield from copy.damage()


def _messages(copy: Copy) -> Iterator[Record]:
    chats, members, files = _chats(copy), _members(copy), _files(copy)
    columns = ", ".join(copy.column(_MESSAGES, name) for name in _OPTIONAL)
    query = (
        f"SELECT Z_PK, ZCHATSESSION, ZMESSAGEDATE, ZISFROMME, ZTEXT, {columns} "
        f"FROM {_MESSAGES} ORDER BY Z_PK"
    )
    for row in copy.rows(query):
        chat = chats.get(row["ZCHATSESSION"], _Chat())
        member = members.get(row["ZGROUPMEMBER"] or 0, _Chat())
        yield _message(row, chat, member, files.get(row["Z_PK"], ()))


def _chats(copy: Copy) -> dict[int, _Chat]:
    if not copy.has("ZWACHATSESSION", "Z_PK", "ZCONTACTJID"):
        return {}
    name = copy.column("ZWACHATSESSION", "ZPARTNERNAME")
    return {
        row["Z_PK"]: _Chat(account(text(row["ZCONTACTJID"])), text(row["ZPARTNERNAME"]))
        for row in copy.rows(f"SELECT Z_PK, ZCONTACTJID, {name} FROM ZWACHATSESSION")
    }


def _members(copy: Copy) -> dict[int, _Chat]:
    """The members of groups."""
    if not copy.has("ZWAGROUPMEMBER", "Z_PK", "ZMEMBERJID"):
        return {}
    name = copy.column("ZWAGROUPMEMBER", "ZCONTACTNAME")
    return {
        row["Z_PK"]: _Chat(account(text(row["ZMEMBERJID"])), text(row["ZCONTACTNAME"]))
        for row in copy.rows(f"SELECT Z_PK, ZMEMBERJID, {name} FROM ZWAGROUPMEMBER")
    }


def _files(copy: Copy) -> dict[int, tuple[str, ...]]:
    """The file of each message that has one."""
    if not copy.has("ZWAMEDIAITEM", "ZMESSAGE", "ZMEDIALOCALPATH"):
        return {}
    return {
        row["ZMESSAGE"]: (text(row["ZMEDIALOCALPATH"]),)
        for row in copy.rows("SELECT ZMESSAGE, ZMEDIALOCALPATH FROM ZWAMEDIAITEM")
        if row["ZMEDIALOCALPATH"]
    }


def _message(row: sqlite3.Row, chat: _Chat, member: _Chat, files: tuple[str, ...]) -> Record:
    place = SourcePlace(PlaceUnit.ROW, row["Z_PK"], _MESSAGES)
    body = text(row["ZTEXT"])
    if row["ZMESSAGETYPE"] in _SYSTEM_KINDS:
        return TextBlock(body or "—", place)
    time = from_cocoa(row["ZMESSAGEDATE"])
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=text(row["ZMESSAGEDATE"]))
        return SkippedEntry(place, reason, body[:500])
    mine = bool(row["ZISFROMME"])
    raw = {name: value for name, value in fields(row).items() if name not in ("ZTEXT", "ZPUSHNAME")}
    other = chat
    if chat.other.is_group:
        raw["chat"] = chat.name or chat.other.identifier
        other = _Chat() if mine else member
    return EventRecord(
        type=EventType.MESSAGE,
        direction=Direction.OUTGOING if mine else Direction.INCOMING,
        outcome=Outcome.UNKNOWN,
        time=time,
        duration_s=None,
        identifier=other.other.identifier,
        contact_name=other.name,
        text=body,
        place=place,
        raw=raw,
        enclosed=files,
    )


def _calls(copy: Copy) -> Iterator[Record]:
    """The calls; the table of their groups tells who called, and the people hang on it."""
    groups: dict[int, sqlite3.Row] = {}
    if copy.has("ZWAAGGREGATECALLEVENT", "Z_PK", "ZINCOMING"):
        columns = ", ".join(copy.column("ZWAAGGREGATECALLEVENT", n) for n in ("ZMISSED", "ZVIDEO"))
        query = f"SELECT Z_PK, ZINCOMING, {columns} FROM ZWAAGGREGATECALLEVENT"
        groups = {row["Z_PK"]: row for row in copy.rows(query)}
    people: dict[int, list[str]] = {}
    if copy.has("ZWACDCALLEVENTPARTICIPANT", "Z1PARTICIPANTS", "ZJIDSTRING"):
        query = "SELECT Z1PARTICIPANTS, ZJIDSTRING FROM ZWACDCALLEVENTPARTICIPANT"
        for row in copy.rows(query):
            people.setdefault(row["Z1PARTICIPANTS"], []).append(text(row["ZJIDSTRING"]))
    columns = ", ".join(copy.column(_CALLS, name) for name in _CALL_OPTIONAL)
    for row in copy.rows(
        f"SELECT Z_PK, ZDATE, Z1CALLEVENTS, {columns} FROM {_CALLS} ORDER BY Z_PK"
    ):
        yield _call(row, groups, people.get(row["Z1CALLEVENTS"], []))


def _call(row: sqlite3.Row, groups: Mapping[int, sqlite3.Row], people: list[str]) -> Record:
    place = SourcePlace(PlaceUnit.ROW, row["Z_PK"], _CALLS)
    raw, time = fields(row), from_cocoa(row["ZDATE"])
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=text(row["ZDATE"]))
        return SkippedEntry(place, reason, str(raw)[:500])
    group = groups.get(row["Z1CALLEVENTS"])
    direction = _direction(row, group, people)
    duration = float(row["ZDURATION"] or 0)
    if group is not None and group["ZVIDEO"]:
        raw["video"] = "yes"
    if len(people) > 1 or row["ZGROUPJIDSTRING"]:
        raw["chat"] = text(row["ZGROUPJIDSTRING"]) or "~".join(people)
    return EventRecord(
        type=EventType.CALL,
        direction=direction,
        outcome=call_outcome(direction, answered=duration > 0, rejected=_is_rejected(row, group)),
        time=time,
        duration_s=duration,
        identifier=account(_caller(row, direction, people)).identifier,
        contact_name="",
        text="",
        place=place,
        raw=raw,
    )


def _direction(row: sqlite3.Row, group: sqlite3.Row | None, people: list[str]) -> Direction:
    if group is not None and group["ZINCOMING"] is not None:
        return Direction.INCOMING if group["ZINCOMING"] else Direction.OUTGOING
    creator = text(row["ZGROUPCALLCREATORUSERJIDSTRING"])
    if not creator:
        return Direction.NONE
    return Direction.INCOMING if creator in people else Direction.OUTGOING


def _is_rejected(row: sqlite3.Row, group: sqlite3.Row | None) -> bool:
    missed = group is not None and bool(group["ZMISSED"])
    return row["ZOUTCOME"] == _REJECTED and not missed


def _caller(row: sqlite3.Row, direction: Direction, people: list[str]) -> str:
    """Whom a call was with; of several people the one who began it."""
    creator = text(row["ZGROUPCALLCREATORUSERJIDSTRING"])
    if direction is Direction.INCOMING and creator in people:
        return creator
    return people[0] if len(people) == 1 else ""
