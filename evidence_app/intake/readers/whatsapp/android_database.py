"""WhatsApp's own database on Android: msgstore.db, as old and as new versions lay it out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidence_app.intake.readers.support.epoch_times import from_unix
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
from evidence_app.model.times import TimeReading

_SYSTEM, _OLD_MISSED_CALL, _CALL = 7, 10, 90
_OLD_SYSTEM_STATUS = 6
_ANSWERED = 5
_OPTIONAL = ("message_type", "sender_jid_row_id", "key_id", "starred", "received_timestamp")
_OLD_OPTIONAL = (
    "media_name", "media_caption", "media_wa_type", "remote_resource", "status", "key_id",
)  # fmt: skip
_CALL_OPTIONAL = ("video_call", "duration", "call_result", "group_jid_row_id", "call_id")


@dataclass(slots=True)
class _Beside:
    """What other tables say of the messages.

    Attributes:
        accounts: Who is who, by the number of the id.
        chats: The number of the id of each chat, and the chat's name, by its number.
        files: The files and the caption of each message.
    """

    accounts: dict[int, Account] = field(default_factory=dict)
    chats: dict[int, tuple[int, str]] = field(default_factory=dict)
    files: dict[int, tuple[list[str], str]] = field(default_factory=dict)


def recognises(source: Source) -> bool:
    """Whether the file is such a database."""
    with opened(source) as copy:
        return copy is not None and (_is_new(copy) or _is_old(copy))


def _is_new(copy: Copy) -> bool:
    return copy.has("message", "chat_row_id", "from_me", "timestamp", "text_data") and copy.has(
        "chat", "jid_row_id"
    )


def _is_old(copy: Copy) -> bool:
    return copy.has("messages", "key_remote_jid", "key_from_me", "data", "timestamp")


def read(source: Source) -> Iterator[Record]:
    """Every message and every call."""
    yield Description(ItemKind.MESSAGES, MEDIA_TYPE)
    with opened(source) as copy:
        if copy is None:
            return
        beside = _beside(copy)
        if _is_new(copy):
            yield from _messages(copy, beside)
        else:
            yield from _old_messages(copy)
        yield from _calls(copy, beside)
        yield from copy.damage()


def _beside(copy: Copy) -> _Beside:
    beside = _Beside()
    if copy.has("jid", "_id", "raw_string"):
        for row in copy.rows("SELECT _id, raw_string FROM jid"):
            beside.accounts[row["_id"]] = account(text(row["raw_string"]))
    if copy.has("jid_map", "lid_row_id", "jid_row_id"):
        # Newer versions write a number of their own for a person, and keep the telephone's beside.
        for row in copy.rows("SELECT lid_row_id, jid_row_id FROM jid_map"):
            if row["jid_row_id"] in beside.accounts:
                beside.accounts[row["lid_row_id"]] = beside.accounts[row["jid_row_id"]]
    if copy.has("chat", "_id", "jid_row_id"):
        subject = copy.column("chat", "subject")
        for row in copy.rows(f"SELECT _id, jid_row_id, {subject} FROM chat"):
            beside.chats[row["_id"]] = (row["jid_row_id"], text(row["subject"]))
    if copy.has("message_media", "message_row_id", "file_path"):
        columns = ", ".join(
            copy.column("message_media", n) for n in ("media_caption", "media_name")
        )
        query = f"SELECT message_row_id, file_path, {columns} FROM message_media"
        for row in copy.rows(query):
            names = [text(row["file_path"]) or text(row["media_name"])]
            beside.files[row["message_row_id"]] = (
                [name for name in names if name],
                text(row["media_caption"]),
            )
    return beside


def _messages(copy: Copy, beside: _Beside) -> Iterator[Record]:
    columns = ", ".join(copy.column("message", name) for name in _OPTIONAL)
    query = (
        "SELECT _id, chat_row_id, from_me, timestamp, text_data, "
        f"{columns} FROM message ORDER BY _id"
    )
    has_calls = _has_calls(copy)
    for row in copy.rows(query):
        place = SourcePlace(PlaceUnit.ROW, row["_id"], "message")
        files, caption = beside.files.get(row["_id"], ([], ""))
        body = text(row["text_data"]) or caption
        if row["message_type"] == _CALL and has_calls:
            continue
        if row["message_type"] == _SYSTEM or not (row["timestamp"] or body or files):
            yield TextBlock(body or "—", place)
            continue
        chat, name = beside.chats.get(row["chat_row_id"], (0, ""))
        sender = beside.accounts.get(row["sender_jid_row_id"] or 0, Account())
        with_whom = beside.accounts.get(chat, Account())
        yield _act(row, place, with_whom, sender, name, body, files)


def _old_messages(copy: Copy) -> Iterator[Record]:
    names: dict[str, str] = {}
    if copy.has("chat_list", "key_remote_jid", "subject"):
        for row in copy.rows("SELECT key_remote_jid, subject FROM chat_list"):
            names[text(row["key_remote_jid"])] = text(row["subject"])
    columns = ", ".join(copy.column("messages", name) for name in _OLD_OPTIONAL)
    query = (
        "SELECT _id, key_remote_jid AS jid, key_from_me AS from_me, data, timestamp, "
        f"{columns} FROM messages ORDER BY _id"
    )
    for row in copy.rows(query):
        place = SourcePlace(PlaceUnit.ROW, row["_id"], "messages")
        jid = text(row["jid"])
        body = text(row["data"]) or text(row["media_caption"])
        kind = text(row["media_wa_type"])
        if not jid or jid == "-1":
            continue
        if row["status"] == _OLD_SYSTEM_STATUS and kind != str(_OLD_MISSED_CALL):
            yield TextBlock(body or "—", place)
            continue
        sender = account(text(row["remote_resource"]))
        files = [text(row["media_name"])] if row["media_name"] else []
        act = _act(row, place, account(jid), sender, names.get(jid, ""), body, files)
        if kind == str(_OLD_MISSED_CALL) and isinstance(act, EventRecord):
            act = _missed(act)
        yield act


def _missed(act: EventRecord) -> EventRecord:
    """A line in a chat that says that a call was missed."""
    return EventRecord(
        EventType.CALL, Direction.INCOMING, Outcome.MISSED, act.time, None, act.identifier,
        act.contact_name, "", act.place, act.raw,
    )  # fmt: skip


def _act(
    row: sqlite3.Row,
    place: SourcePlace,
    chat: Account,
    sender: Account,
    name: str,
    body: str,
    files: list[str],
) -> EventRecord | SkippedEntry:
    time = from_unix(row["timestamp"])
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=text(row["timestamp"]))
        return SkippedEntry(place, reason, body[:500])
    mine = bool(row["from_me"])
    raw = _raw(row)
    other = chat
    if chat.is_group:
        raw["chat"] = name or chat.identifier
        other = Account() if mine or sender.is_group else sender
    return EventRecord(
        type=EventType.MESSAGE,
        direction=Direction.OUTGOING if mine else Direction.INCOMING,
        outcome=Outcome.UNKNOWN,
        time=time,
        duration_s=None,
        identifier=other.identifier,
        contact_name="" if chat.is_group else name,
        text=body,
        place=place,
        raw=raw,
        enclosed=tuple(files),
    )


def _raw(row: sqlite3.Row) -> dict[str, str]:
    long = ("text_data", "data", "media_caption")
    return {name: value for name, value in fields(row).items() if name not in long}


def _has_calls(copy: Copy) -> bool:
    return copy.has("call_log", "_id", "jid_row_id", "from_me", "timestamp")


def _calls(copy: Copy, beside: _Beside) -> Iterator[Record]:
    if not _has_calls(copy):
        return
    columns = ", ".join(copy.column("call_log", name) for name in _CALL_OPTIONAL)
    query = f"SELECT _id, jid_row_id, from_me, timestamp, {columns} FROM call_log ORDER BY _id"
    for row in copy.rows(query):
        place = SourcePlace(PlaceUnit.ROW, row["_id"], "call_log")
        raw, time = fields(row), from_unix(row["timestamp"])
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=text(row["timestamp"]))
            yield SkippedEntry(place, reason, str(raw)[:500])
        else:
            yield _call(row, time, place, raw, beside.accounts)


def _call(
    row: sqlite3.Row,
    time: TimeReading,
    place: SourcePlace,
    raw: dict[str, str],
    accounts: Mapping[int, Account],
) -> EventRecord:
    direction = Direction.OUTGOING if row["from_me"] else Direction.INCOMING
    duration = float(row["duration"]) if isinstance(row["duration"], int | float) else None
    group = accounts.get(row["group_jid_row_id"] or 0)
    if group is not None:
        raw["chat"] = group.identifier
    other = accounts.get(row["jid_row_id"], Account())
    return EventRecord(
        type=EventType.CALL,
        direction=direction,
        outcome=call_outcome(direction, answered=bool(duration) or row["call_result"] == _ANSWERED),
        time=time,
        duration_s=duration,
        identifier="" if other.is_group else other.identifier,
        contact_name="",
        text="",
        place=place,
        raw=raw,
    )
