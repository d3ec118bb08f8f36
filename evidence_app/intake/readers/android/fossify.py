"""Fossify Messages and Fossify Phone, before that Simple SMS Messenger and Simple Dialer: JSON."""

from __future__ import annotations

import base64
import binascii
import io
import mimetypes
import re
from collections.abc import Iterator
from typing import Any

from evidence_app.intake.failures import cut_off
from evidence_app.intake.readers.android.mms import value_or_empty, visible_number
from evidence_app.intake.readers.android.type_codes import CALL_TYPES, MESSAGE_TYPES, OTHER
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.readers.support.json_stream import (
    ITEM,
    BrokenJsonError,
    Path,
    plain_fields,
    shortened,
    signs,
    values,
    written,
)
from evidence_app.intake.records import (
    Description,
    Enclosure,
    EventRecord,
    Notice,
    Record,
    Source,
)
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.times import TimeReading

_ONE: Path = (ITEM,)
_CALL = frozenset({"phoneNumber", "startTS", "duration", "type"})
_SMS = frozenset({"address", "date", "type"})
_ONLY_HERE = frozenset(
    {"backupType", "sub_id", "subscriptionId", "service_center", "serviceCenter"}
)
_BOXES = ("msg_box", "messageBox")
_OLD_LISTS = ("sms", "mms")
_NOT_RAW = frozenset({"body"})
_FROM, _TO = "137", frozenset({"151", "130", "129"})
_MYSELF = "insert-address-token"
_NO_FILES = ("text/plain", "application/smil")


def recognises(source: Source) -> bool:
    """Whether the file is a list of such calls or messages."""
    keys = set(signs(source))
    return _is_calls(keys) or any(_is_messages(keys, at) for at in _entry_places())


def _entry_places() -> list[Path]:
    return [_ONE, *((ITEM, name, ITEM) for name in _OLD_LISTS)]


def _is_calls(keys: set[Path]) -> bool:
    return all((ITEM, name) in keys for name in _CALL)


def _is_messages(keys: set[Path], at: Path) -> bool:
    if any((*at, name) in keys for name in _BOXES):
        return (*at, "date") in keys
    return all((*at, name) in keys for name in _SMS) and any(
        (*at, name) in keys for name in _ONLY_HERE
    )


def read(source: Source) -> Iterator[Record]:
    """The calls or messages, each by itself also where the app grouped them."""
    keys = set(signs(source))
    is_calls = _is_calls(keys)
    yield Description(ItemKind.CALL_LOG if is_calls else ItemKind.MESSAGES, "application/json")
    yield from times_in_name(source.filename)
    backup = _Backup(is_old=not is_calls and not _is_messages(keys, _ONE))
    yield from backup.records(source)


class _Backup:
    def __init__(self, is_old: bool) -> None:
        self._entries = {(ITEM, name, ITEM) for name in _OLD_LISTS} if is_old else {_ONE}
        self._open = {path[:end] for path in self._entries for end in range(len(path))}
        self._entry = 0
        self._left_out = 0

    def records(self, source: Source) -> Iterator[Record]:
        """Every entry, read or skipped."""
        try:
            for path, value in values(source.stream, self._open.__contains__):
                if path in self._entries:
                    for entry in _ungrouped(value):
                        self._entry += 1
                        yield from self._entry_records(
                            entry, SourcePlace(PlaceUnit.ENTRY, self._entry)
                        )
        except BrokenJsonError:
            yield Notice(cut_off(self._entry), damaged=True)
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))

    def _entry_records(self, entry: Any, place: SourcePlace) -> Iterator[Record]:
        if not isinstance(entry, dict) or not {"date", "startTS"} & set(entry):
            yield SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
            return
        at = written(entry.get("startTS", entry.get("date")))
        time = from_unix(at)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=at)
            yield SkippedEntry(place, reason, shortened(entry))
        elif "startTS" in entry:
            yield _call(entry, time, place)
        elif any(name in entry for name in _BOXES):
            yield from self._mms(entry, time, place)
        else:
            yield _sms(entry, time, place)

    def _mms(
        self, entry: dict[str, Any], time: TimeReading, place: SourcePlace
    ) -> Iterator[Record]:
        files: list[str] = []
        texts = [value_or_empty(written(_field(entry, "sub", "subject")))]
        for number, part in enumerate(_dicts(entry.get("parts")), 1):
            kind = written(_field(part, "ct", "contentType")).lower()
            if kind == "text/plain":
                texts.append(value_or_empty(written(part.get("text"))))
            elif kind not in _NO_FILES:
                record = _file(part, kind, place, number)
                if record is not None:
                    yield record
                files += [record.key] if isinstance(record, Enclosure) else []
                self._left_out += record is None
        yield _mms_act(entry, time, place, "\n".join(filter(None, texts)), tuple(files))


def _field(entry: dict[str, Any], *names: str) -> Any:
    """A field under the first of its names that is there: they changed between versions."""
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return (
        [element for element in value if isinstance(element, dict)]
        if isinstance(value, list)
        else []
    )


def _ungrouped(entry: Any) -> Iterator[Any]:
    """The entry and those that the app has put into it; each once."""
    waiting = [entry]
    while waiting:
        member = waiting.pop()
        group = member.get("groupedCalls") if isinstance(member, dict) else None
        inner = group if isinstance(group, list) else []
        # Newer versions write the call itself once more as the first of its group.
        if not any(_same_call(member, other) for other in inner):
            yield member
        waiting += reversed(inner)


def _same_call(entry: Any, other: Any) -> bool:
    names = ("id", "startTS", "phoneNumber")
    return isinstance(other, dict) and all(entry.get(name) == other.get(name) for name in names)


def _call(entry: dict[str, Any], time: TimeReading, place: SourcePlace) -> EventRecord:
    kind, number = written(entry.get("type")), written(entry.get("phoneNumber"))
    seconds = written(entry.get("duration"))
    duration = float(seconds) if re.fullmatch(r"\d{1,7}", seconds, re.ASCII) else None
    direction, outcome = CALL_TYPES.get(kind, OTHER)
    if kind == "2" and duration:
        outcome = Outcome.ANSWERED
    identifier = "" if entry.get("isUnknownNumber") is True else visible_number(number)
    name = written(entry.get("name"))
    return EventRecord(
        type=EventType.VOICEMAIL if kind == "4" else EventType.CALL,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=duration,
        identifier=identifier,
        contact_name=name if identifier and name != number else "",
        text="",
        place=place,
        raw=plain_fields(entry, _NOT_RAW),
    )


def _sms(entry: dict[str, Any], time: TimeReading, place: SourcePlace) -> EventRecord:
    direction, outcome = MESSAGE_TYPES.get(written(entry.get("type")), OTHER)
    return EventRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=visible_number(written(entry.get("address"))),
        contact_name="",
        text=written(entry.get("body")),
        place=place,
        raw=plain_fields(entry, _NOT_RAW),
    )


def _mms_act(
    entry: dict[str, Any],
    time: TimeReading,
    place: SourcePlace,
    text: str,
    files: tuple[str, ...],
) -> EventRecord:
    direction, outcome = MESSAGE_TYPES.get(written(_field(entry, *_BOXES)), OTHER)
    fields = plain_fields(entry, _NOT_RAW)
    senders, receivers = _addresses(entry)
    if len(receivers) > 1:
        fields["chat"] = "~".join(receivers)
    others = receivers if direction is Direction.OUTGOING else senders
    return EventRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=visible_number(others[0]) if len(others) == 1 else "",
        contact_name="",
        text=text,
        place=place,
        raw=fields,
        enclosed=files,
    )


def _addresses(entry: dict[str, Any]) -> tuple[list[str], list[str]]:
    """From whom and to whom, without the owner as far as the app marks it."""
    typed_addresses = [
        (written(address_entry.get("address")), written(address_entry.get("type")))
        for address_entry in _dicts(entry.get("addresses"))
    ]
    named = [(address, kind) for address, kind in typed_addresses if address not in ("", _MYSELF)]
    senders = [address for address, kind in named if kind == _FROM]
    return senders, list(dict.fromkeys(address for address, kind in named if kind in _TO))


def _file(
    part: dict[str, Any], kind: str, place: SourcePlace, number: int
) -> Enclosure | SkippedEntry | None:
    data = value_or_empty(written(part.get("data")))
    if not data:
        return None
    name = _file_name(part, kind, place, number)
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return SkippedEntry(place, message(MessageCode.ENTRY_DAMAGED), name)
    return Enclosure(f"{place.number}/{number}/{name}", name, io.BytesIO(content))


def _file_name(part: dict[str, Any], kind: str, place: SourcePlace, number: int) -> str:
    """The file's name alone: the sender may have written a whole path."""
    for names in (("cl", "contentLocation"), ("name",), ("fn", "filename")):
        name = re.split(r"[/\\]", value_or_empty(written(_field(part, *names))))[-1].strip(". \t")
        if name:
            return name
    return f"mms-{place.number}-{number}{mimetypes.guess_extension(kind) or ''}"
