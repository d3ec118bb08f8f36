"""Picture messages as SMS Backup & Restore writes them: texts, senders, and files in base64."""

from __future__ import annotations

import base64
import binascii
import io
import mimetypes
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evidence_app.intake.readers.android.type_codes import MESSAGE_TYPES, OTHER
from evidence_app.intake.records import Enclosure, EventRecord, Record
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import SkippedEntry, SourcePlace
from evidence_app.model.times import TimeReading

if TYPE_CHECKING:
    from lxml import etree

_FROM = "137"
_MYSELF = "insert-address-token"
_NO_FILES = ("text/plain", "application/smil")
_NAMES = ("cl", "name", "fn")


def visible_number(number: str, presentation: str = "1") -> str:
    """The number as written, or an empty text if the caller withheld it."""
    hidden = presentation in ("2", "3", "4") or numbers.is_withheld(number)
    return "" if hidden else number


def name_of(fields: Mapping[str, str]) -> str:
    """The contact's name, or nothing if there is none."""
    name = value_or_empty(fields.get("contact_name", fields.get("name", "")))
    return "" if name == "(Unknown)" else name


def value_or_empty(value: str | None) -> str:
    """A value, or an empty text where there is none or the app writes `null`."""
    return "" if value is None or value == "null" else value


def mms_records(
    node: etree._Element, fields: dict[str, str], time: TimeReading, place: SourcePlace
) -> Iterator[Record]:
    """The message and the files that came with it."""
    files: list[str] = []
    for number, part in enumerate(node.iter("part"), 1):
        record = _file(part, place, number)
        if record is not None:
            yield record
        if isinstance(record, Enclosure):
            files.append(record.key)
    direction, outcome = MESSAGE_TYPES.get(fields.get("msg_box", ""), OTHER)
    identifier, name = _other_side(node, fields, direction)
    if "~" in fields.get("address", ""):
        fields["chat"] = fields["address"]
    yield EventRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=visible_number(identifier),
        contact_name=name,
        text="\n".join(_texts(node, fields)),
        place=place,
        raw=fields,
        enclosed=tuple(files),
    )


def _texts(node: etree._Element, fields: Mapping[str, str]) -> Iterator[str]:
    if subject := value_or_empty(fields.get("sub")):
        yield subject
    for part in node.iter("part"):
        if part.get("ct") != "text/plain":
            continue
        text = value_or_empty(part.get("text"))
        data = _decoded(value_or_empty(part.get("data"))) if not text else None
        yield text or (data.decode("utf-8", "replace") if data else "")


def _other_side(
    node: etree._Element, fields: Mapping[str, str], direction: Direction
) -> tuple[str, str]:
    """Whose message it is; in a group what one wrote goes to nobody alone."""
    group = [number for number in fields.get("address", "").split("~") if number]
    names = [name.strip() for name in name_of(fields).split(",")]
    if len(group) == 1:
        return group[0], name_of(fields)
    senders = [
        str(address_node.get("address"))
        for address_node in node.iter("addr")
        if address_node.get("type") == _FROM and address_node.get("address") not in (_MYSELF, None)
    ]
    if direction is not Direction.INCOMING or not senders:
        return "", ""
    # Names may have commas in them, so they are only told apart if their count is right.
    named = dict(zip(group, names, strict=True)) if len(names) == len(group) else {}
    return senders[0], named.get(senders[0], "")


def _file(part: etree._Element, place: SourcePlace, number: int) -> Enclosure | SkippedEntry | None:
    data, kind = value_or_empty(part.get("data")), value_or_empty(part.get("ct")).lower()
    if not data or kind in _NO_FILES:
        return None
    name = _file_name(part, kind, place, number)
    content = _decoded(data)
    if content is None:
        return SkippedEntry(place, message(MessageCode.ENTRY_DAMAGED), name)
    return Enclosure(f"{place.number}/{number}/{name}", name, io.BytesIO(content))


def _file_name(part: etree._Element, kind: str, place: SourcePlace, number: int) -> str:
    """The file's name alone: the sender may have written a whole path."""
    for attribute in _NAMES:
        name = re.split(r"[/\\]", value_or_empty(part.get(attribute)))[-1].strip(". \t")
        if name:
            return name
    return f"mms-{place.number}-{number}{mimetypes.guess_extension(kind) or ''}"


def _decoded(data: str) -> bytes | None:
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
