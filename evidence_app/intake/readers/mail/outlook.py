"""One e-mail as Outlook saves it: .msg."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import olefile

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.mail import decoding
from evidence_app.intake.readers.mail import outlook_properties as properties
from evidence_app.intake.readers.mail.letter import Letter, letter_of, records, whole_text
from evidence_app.intake.readers.mail.outlook_properties import Storage
from evidence_app.intake.readers.support.epoch_times import is_sane
from evidence_app.intake.records import (
    Description,
    Enclosure,
    EventRecord,
    Notice,
    Record,
    Source,
)
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

_LARGEST = 400 << 20
_MOST_FILES = 2000
_FAULTS = (OSError, ValueError, IndexError, KeyError, TypeError, RecursionError)
_SIGN = "__properties_version1.0"


def recognises(source: Source) -> bool:
    """Whether the compound file holds the properties of an Outlook item."""
    source.stream.seek(0)
    try:
        with olefile.OleFileIO(source.stream) as file:
            return bool(file.exists(_SIGN))
    except _FAULTS:
        return False


def read(source: Source) -> Iterator[Record]:
    """The e-mail and the files in it.

    Raises:
        ReadFailure: It is too large or damaged.
    """
    yield Description(ItemKind.EMAIL, "application/vnd.ms-outlook")
    if source.size > _LARGEST:
        raise ReadFailure(message(MessageCode.READER_LIMIT))
    source.stream.seek(0)
    try:
        with olefile.OleFileIO(source.stream) as file:
            item = Storage(file, ())
            letter = _letter(item)
            notices = list(_take_files(item, letter))
            if not letter.text and item.has_stream(properties.RTF):
                notices.append(Notice(message(MessageCode.MAIL_TEXT_UNREAD)))
    except _FAULTS as error:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT)) from error
    yield from _records(letter, source)
    yield from notices


def _records(letter: Letter, source: Source) -> Iterator[Record]:
    if letter.time is not None:
        yield replace(letter.time, source=TimeSource.DOCUMENT)
    place = SourcePlace(PlaceUnit.ENTRY, 1)
    yield TextBlock(whole_text(letter), place)
    for record in records(letter, place, source.answers):
        yield record
        if isinstance(record, EventRecord) and record.direction is Direction.NONE:
            names = [letter.sender[0], *(receiver[0] for receiver in letter.receivers)]
            candidates = list(dict.fromkeys(name for name in names if name))
            yield Question(QuestionKind.OWNER, {"candidates": candidates})
    if letter.is_remote:
        yield Notice(message(MessageCode.MAIL_REMOTE_LEFT))


def _letter(item: Storage) -> Letter:
    """What the item says: by the headers that a server wrote, else by Outlook's own fields."""
    headers = item.text(properties.HEADERS)
    letter = letter_of(headers.encode("utf-8", "replace") + b"\r\n\r\n", "")
    letter.subject = item.text(properties.SUBJECT) or letter.subject
    sender = (
        item.text(properties.SENDER_SMTP, properties.SENDER_ADDRESS),
        item.text(properties.SENDER_NAME),
    )
    letter.sender = letter.sender if letter.sender[0] else sender
    letter.receivers = letter.receivers or [
        (recipient.text(properties.SMTP, properties.ADDRESS), recipient.text(properties.NAME))
        for recipient in item.inside("__recip_")
    ]
    letter.time = letter.time or _time(item.time(properties.SENT))
    letter.received = letter.received or item.time(properties.RECEIVED)
    if letter.received is not None:
        letter.raw["received"] = letter.received.isoformat()
    address, name = letter.sender
    letter.raw.setdefault("from", f"{name} <{address}>" if name else address)
    page = item.page()
    letter.text = item.text(properties.BODY).replace("\r\n", "\n") or decoding.page_text(page)
    letter.is_remote = decoding.refers_to_the_net(page)
    return letter


def _time(at: datetime | None) -> TimeReading | None:
    if at is None or not is_sane(Instant(at)):
        return None
    return TimeReading(Instant(at), TimeSource.RECORD, TimePrecision.SECOND, at.isoformat())


def _take_files(item: Storage, letter: Letter) -> Iterator[Notice]:
    for number, part in enumerate(item.inside("__attach"), 1):
        if number > _MOST_FILES:
            return
        data = part.data(properties.FILE_DATA)
        if data is None:
            # An item inside the item has no bytes of its own; it stays in the file.
            inner = part.number(properties.METHOD) == properties.EMBEDDED
            code = MessageCode.MAIL_ITEM_INSIDE if inner else MessageCode.ENTRY_DAMAGED
            yield Notice(message(code))
            continue
        named = part.text(properties.LONG_NAME, properties.SHORT_NAME, properties.NAME)
        name = re.split(r"[/\\]", named)[-1].strip(". \t")[:200] or f"part-{number}"
        if data:
            letter.files.append(Enclosure(f"{number}/{name}", name, io.BytesIO(data)))
