"""The messages of an iPhone or a Mac: sms.db and chat.db."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.intake.readers.iphone.typed_stream import words_of
from evidence_app.intake.readers.support.epoch_times import from_cocoa
from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, fields, opened, text
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

_TAPBACKS = range(2000, 4000)
_OPTIONAL = (
    "attributedBody", "service", "item_type", "associated_message_type", "handle_id",
    "cache_roomnames", "is_sent", "error", "group_title",
)  # fmt: skip
_OBJECT = "\ufffc"


@dataclass(slots=True)
class _Beside:
    """What other tables say of the messages.

    Attributes:
        handles: The other side by the number of its handle.
        chats: The members of each message's chat, by the message.
        names: The name of each message's chat.
        files: The files of each message.
    """

    handles: dict[int, str] = field(default_factory=dict)
    chats: dict[int, list[str]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    files: dict[int, list[str]] = field(default_factory=dict)


def recognises(source: Source) -> bool:
    """Whether the file is such a database."""
    with opened(source) as copy:
        return copy is not None and copy.has("message", "date", "is_from_me", "text")


def read(source: Source) -> Iterator[Record]:
    """Every message; reactions and changes of groups as text."""
    yield Description(ItemKind.MESSAGES, MEDIA_TYPE)
    with opened(source) as copy:
        if copy is None:
            return
        yield from _messages(copy)
        yield from copy.damage()


def _messages(copy: Copy) -> Iterator[Record]:
    beside = _Beside()
    if copy.has("handle", "id"):
        beside.handles = {
            row["rowid"]: text(row["id"])
            for row in copy.rows('SELECT rowid AS "rowid", id FROM handle')
        }
    _read_chats(copy, beside)
    _read_files(copy, beside)
    columns = ", ".join(copy.column("message", name) for name in _OPTIONAL)
    query = (
        f'SELECT rowid AS "rowid", date, is_from_me, text, {columns} FROM message ORDER BY rowid'
    )
    for row in copy.rows(query):
        yield _message(row, beside)


def _read_chats(copy: Copy, beside: _Beside) -> None:
    if not copy.has("chat_message_join", "chat_id", "message_id"):
        return
    members: dict[int, list[str]] = {}
    if copy.has("chat_handle_join", "chat_id", "handle_id"):
        for row in copy.rows("SELECT chat_id, handle_id FROM chat_handle_join"):
            members.setdefault(row["chat_id"], []).append(beside.handles.get(row["handle_id"], ""))
    names: dict[int, str] = {}
    if "chat" in copy.tables:
        columns = ", ".join(
            copy.column("chat", name) for name in ("display_name", "chat_identifier")
        )
        for row in copy.rows(f'SELECT rowid AS "rowid", {columns} FROM chat'):
            names[row["rowid"]] = text(row["display_name"]) or text(row["chat_identifier"])
    for row in copy.rows("SELECT chat_id, message_id FROM chat_message_join"):
        beside.chats[row["message_id"]] = members.get(row["chat_id"], [])
        beside.names[row["message_id"]] = names.get(row["chat_id"], "")


def _read_files(copy: Copy, beside: _Beside) -> None:
    if not copy.has("message_attachment_join", "message_id", "attachment_id"):
        return
    columns = copy.column("attachment", "transfer_name", alias="a.")
    query = (
        f"SELECT j.message_id AS message_id, a.filename AS filename, {columns} "
        "FROM message_attachment_join j JOIN attachment a ON a.rowid = j.attachment_id"
    )
    for row in copy.rows(query):
        name = text(row["filename"]) or text(row["transfer_name"])
        if name:
            beside.files.setdefault(row["message_id"], []).append(name)


def _message(row: sqlite3.Row, beside: _Beside) -> Record:
    place = SourcePlace(PlaceUnit.ROW, row["rowid"], "message")
    body = text(row["text"]) or words_of(row["attributedBody"])
    body = body.replace(_OBJECT, "").strip()
    time = from_cocoa(row["date"])
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=text(row["date"]))
        return SkippedEntry(place, reason, body[:500])
    if row["item_type"] or (row["associated_message_type"] or 0) in _TAPBACKS:
        return TextBlock(body or text(row["group_title"]) or "—", place)
    mine = bool(row["is_from_me"])
    members = beside.chats.get(row["rowid"], [])
    identifier = beside.handles.get(row["handle_id"] or 0, "")
    if not identifier and len(members) == 1:
        identifier = members[0]
    raw = {name: value for name, value in fields(row).items() if name != "text"}
    if len(members) > 1:
        raw["chat"] = beside.names.get(row["rowid"]) or ", ".join(members)
        identifier = "" if mine else identifier
    return EventRecord(
        type=EventType.MESSAGE,
        direction=Direction.OUTGOING if mine else Direction.INCOMING,
        outcome=Outcome.FAILED if mine and row["error"] else Outcome.UNKNOWN,
        time=time,
        duration_s=None,
        identifier=identifier,
        contact_name="",
        text=body,
        place=place,
        raw=raw,
        enclosed=tuple(beside.files.get(row["rowid"], ())),
    )
