"""One e-mail taken apart: who, when, the words, and the files in it."""

from __future__ import annotations

import email
import io
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import Message
from email.utils import parsedate_to_datetime

from evidence_app.intake.readers.chat.participants import folded
from evidence_app.intake.readers.mail import decoding, phone_backup
from evidence_app.intake.readers.mail.charsets import Charsets
from evidence_app.intake.readers.support.epoch_times import is_sane
from evidence_app.intake.records import Enclosure, EventRecord, Notice, Record
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.question import Answers
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

_UNSURE = timedelta(minutes=60)
_SENT = re.compile(r"\bsent\b|已发送|已傳送|寄件備份|gesendet|enviad[oa]s|envoyé", re.I)
_SHOWN = ("From", "To", "Cc", "Date", "Message-ID", "Reply-To", "Return-Path", "X-Gmail-Labels")
_RECEIVED_SIGNS = ("Delivered-To", "X-Original-To", "Return-Path", "Received")
_RECEIVERS = ("To", "Cc", "Bcc", "Delivered-To", "X-Original-To")
_TNEF = b"\x78\x9f\x3e\x22"
_MOST_PARTS = 2000


@dataclass(slots=True)
class Letter:
    """What one e-mail says.

    Attributes:
        time: When it was sent, or None.
        received: When the last server took it, or None.
        sender: Address and name.
        receivers: Addresses and names.
        subject: Its heading.
        text: Its words.
        files: What is enclosed.
        is_remote: Whether it refers to pictures on the net.
        raw: Some headers as written.
        was_received: Whether it came in through a server.
        was_sent: Whether a label says that the owner sent it.
        is_packed: Whether Outlook packed files of it in a way that only Outlook opens.
    """

    time: TimeReading | None = None
    received: datetime | None = None
    sender: tuple[str, str] = ("", "")
    receivers: list[tuple[str, str]] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    files: list[Enclosure] = field(default_factory=list)
    is_remote: bool = False
    raw: dict[str, str] = field(default_factory=dict)
    was_received: bool = False
    was_sent: bool = False
    is_packed: bool = False


def letter_of(data: bytes, prefix: str) -> Letter:
    """Take an e-mail apart.

    Args:
        data: The whole of it.
        prefix: Put before the keys of its files, so that they are unique in a mailbox.
    """
    parsed = email.message_from_bytes(data, policy=policy.compat32)
    charsets = decoding.charsets_of(parsed)
    letter = Letter()
    for name in (*_SHOWN, *phone_backup.HEADERS):
        value = decoding.header(decoding.raw_value(parsed, name), charsets)
        if value:
            letter.raw[name.lower()] = value[:2000]
    letter.subject = decoding.header(decoding.raw_value(parsed, "Subject"), charsets)
    letter.time = _time(parsed)
    letter.received = _received(parsed)
    if letter.received is not None:
        letter.raw["received"] = letter.received.isoformat()
    letter.sender = next(iter(_addresses(parsed, charsets, "From", "Sender")), ("", ""))
    letter.receivers = _addresses(parsed, charsets, *_RECEIVERS)
    letter.was_received = any(parsed.get(name) is not None for name in _RECEIVED_SIGNS)
    letter.was_sent = _SENT.search(letter.raw.get("x-gmail-labels", "")) is not None
    _take_parts(parsed, charsets, letter, prefix)
    return letter


def _time(parsed: Message) -> TimeReading | None:
    written = decoding.header(decoding.raw_value(parsed, "Date"), Charsets())
    try:
        at = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # ``-0000`` says that the time is UTC and nothing of where the sender was.
    moment = Instant(at if at.tzinfo is not None else at.replace(tzinfo=UTC))
    if not is_sane(moment):
        return None
    return TimeReading(moment, TimeSource.RECORD, TimePrecision.SECOND, written)


def _received(parsed: Message) -> datetime | None:
    """When the newest server in the chain took it."""
    for value in parsed.get_all("Received") or ():
        stamp = str(value).rpartition(";")[2].strip()
        try:
            at = parsedate_to_datetime(stamp)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return None


def _addresses(parsed: Message, charsets: Charsets, *names: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for raw in decoding.raw_values(parsed, *names):
        pairs += decoding.addresses(raw, charsets)
    return pairs


def _take_parts(parsed: Message, charsets: Charsets, letter: Letter, prefix: str) -> None:
    plain: list[str] = []
    pages: list[str] = []
    for number, part in enumerate(_leaves(parsed), 1):
        if number > _MOST_PARTS:
            break
        kind = part.get_content_type()
        name = _file_name(part, charsets)
        is_file = part.get_content_disposition() == "attachment" or bool(name)
        if kind == "message/rfc822":
            _add_file(letter, prefix, number, name or "message.eml", _inner(part))
        elif kind == "text/plain" and not is_file:
            plain.append(decoding.body(part, charsets))
        elif kind == "text/html" and not is_file:
            pages.append(decoding.body(part, charsets))
        else:
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data:
                named = name or f"part-{number}{mimetypes.guess_extension(kind) or ''}"
                _add_file(letter, prefix, number, named, data)
                letter.is_packed = letter.is_packed or data.startswith(_TNEF)
    letter.is_remote = any(map(decoding.refers_to_the_net, pages))
    texts = [text for text in plain if text.strip()] or [decoding.page_text(text) for text in pages]
    letter.text = "\n".join(text.strip() for text in texts).replace("\r\n", "\n").strip()


def _leaves(part: Message) -> Iterator[Message]:
    """All parts that hold something; a forwarded e-mail is one part, whole."""
    waiting = [part]
    while waiting:
        node = waiting.pop(0)
        payload = node.get_payload()
        if node.get_content_type() == "message/rfc822" and isinstance(payload, list):
            yield node
        elif isinstance(payload, list):
            waiting[:0] = [inner for inner in payload if isinstance(inner, Message)]
        else:
            yield node


def _inner(part: Message) -> bytes:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else part
    try:
        return inner.as_bytes() if isinstance(inner, Message) else b""
    except (UnicodeError, LookupError, KeyError, ValueError):
        # What cannot be written again as it was is kept inside the whole e-mail.
        return b""


def _file_name(part: Message, charsets: Charsets) -> str:
    """A file's name alone, whatever path the sender's computer had."""
    name = decoding.parameter(part, "Content-Disposition", "filename", charsets)
    name = name or decoding.parameter(part, "Content-Type", "name", charsets)
    return re.split(r"[/\\]", name)[-1].strip(". \t")[:200]


def _add_file(letter: Letter, prefix: str, number: int, name: str, data: bytes) -> None:
    if data:
        letter.files.append(Enclosure(f"{prefix}{number}/{name}", name, io.BytesIO(data)))


def whole_text(letter: Letter) -> str:
    """The e-mail as one reads it: who, to whom, when, and the words."""
    heads = [
        f"{name.title()}: {letter.raw[name]}"
        for name in ("from", "to", "cc", "date")
        if name in letter.raw
    ]
    subject = [f"Subject: {letter.subject}"] if letter.subject else []
    return "\n".join([*heads, *subject, "", letter.text]).strip()


def records(letter: Letter, place: SourcePlace, answers: Answers) -> Iterator[Record]:
    """The files, what is to be said, and the act itself."""
    yield from letter.files
    if letter.is_packed:
        yield Notice(message(MessageCode.MAIL_FILES_PACKED))
    if letter.time is not None and letter.received is not None:
        apart = abs(letter.received - letter.time.moment.at)
        if apart > _UNSURE:
            minutes = round(apart.total_seconds() / 60)
            yield Notice(message(MessageCode.MAIL_TIME_UNSURE, minutes=minutes))
    direction, other = _sides(letter, answers)
    heading = f"{letter.subject}\n\n" if letter.subject and letter.text else letter.subject
    act = EventRecord(
        type=EventType.EMAIL,
        direction=direction,
        outcome=Outcome.UNKNOWN,
        time=letter.time or _by_server(letter),
        duration_s=None,
        identifier=other[0],
        contact_name=other[1],
        text=f"{heading}{letter.text}",
        place=place,
        raw=letter.raw,
        enclosed=tuple(file.key for file in letter.files),
    )
    names = (letter.sender[1], next((name for _address, name in letter.receivers), ""))
    yield phone_backup.as_on_the_phone(act, letter.raw, letter.text, names)


def _by_server(letter: Letter) -> TimeReading | None:
    if letter.received is None or not is_sane(Instant(letter.received)):
        return None
    raw = letter.raw["received"]
    return TimeReading(Instant(letter.received), TimeSource.RECORD, TimePrecision.SECOND, raw)


def _sides(letter: Letter, answers: Answers) -> tuple[Direction, tuple[str, str]]:
    """Who reached out, and the other side."""
    owners = {folded(owner) for owner in answers.owners}
    receiver = next(
        (
            receiver_pair
            for receiver_pair in letter.receivers
            if folded(receiver_pair[0]) not in owners
        ),
        ("", ""),
    )
    if letter.was_sent or folded(letter.sender[0]) in owners:
        return Direction.OUTGOING, receiver
    to_owner = any(folded(receiver_pair[0]) in owners for receiver_pair in letter.receivers)
    if to_owner or letter.was_received:
        return Direction.INCOMING, letter.sender
    return Direction.NONE, letter.sender
