"""SMS Backup & Restore and Super Backup: calls, SMS and MMS as XML.

Elements are cut out of the stream one by one and parsed each for itself, so that one broken
entry costs no other, and so that a file of any size needs little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import etree

from evidence_app.intake.failures import ReadFailure, cut_off
from evidence_app.intake.readers.android.mms import mms_records, name_of, visible_number
from evidence_app.intake.readers.android.type_codes import CALL_TYPES, MESSAGE_TYPES, OTHER
from evidence_app.intake.readers.android.xml_repair import RepairedXml
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, instant_from_ms

_SNIFF = 16384
_ROOT = re.compile(rb"<(calls|smses|alllogs|allsms)\b([^>]*)>")
_COUNT = re.compile(rb"""\bcount\s*=\s*["'](\d+)["']""")
_START = re.compile(rb"<(call|sms|mms|log)(?=[\s/>])")
_TAG = re.compile(rb"""<\w+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_EMPTY_TAG = re.compile(rb"""<\w+(?:[^"'>/]|/(?!>)|"[^"]*"|'[^']*')*/>""")
_ENTRIES = frozenset({"call", "sms", "mms", "log"})
_ENTRIES_OF = {
    b"calls": [b"call"],
    b"smses": [b"sms", b"mms"],
    b"alllogs": [b"log"],
    b"allsms": [b"sms"],
}
_LONGEST_START = 8
_END_OF_MMS = re.compile(rb"</mms\s*>")
_MAX_ENTRY = 256 << 20
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
_FIRST = datetime(1995, 1, 1, tzinfo=UTC)


def recognises(source: Source) -> bool:
    """Whether the file is one of these backups."""
    head = source.stream.read(_SNIFF)
    return _ROOT.search(head.replace(b"\x00", b"")) is not None


def read(source: Source) -> Iterator[Record]:
    """The entries of a backup.

    Raises:
        ReadFailure: The file has definitions that could overload the computer.
    """
    source.stream.seek(0)
    repaired = RepairedXml(source.stream)
    backup = _Backup(repaired)
    yield backup.description()
    yield from times_in_name(source.filename)
    yield from backup.records()
    yield from backup.closing_notices()
    if repaired.repairs:
        yield Notice(message(MessageCode.CHARACTERS_REPAIRED, count=repaired.repairs))


class _Backup:
    def __init__(self, repaired: RepairedXml) -> None:
        self._pieces = repaired.pieces()
        self._text = bytearray()
        self._entry = 0
        self._read = 0
        self._line = 1
        self._declared: int | None = None
        self._root = b""
        self._is_whole = False
        self._find_root()

    def description(self) -> Description:
        """What the file is as a whole."""
        calls = self._root in (b"calls", b"alllogs")
        kind = ItemKind.CALL_LOG if calls else ItemKind.MESSAGES
        return Description(kind, "text/xml")

    def records(self) -> Iterator[Record]:
        """Every entry, read or skipped."""
        for block, line in self._blocks():
            nodes = _parsed(block)
            for element in nodes if nodes is not None else self._one_by_one(block, line):
                self._entry += 1
                place = SourcePlace(PlaceUnit.ENTRY, self._entry)
                if isinstance(element, _Broken):
                    yield element.skipped(place)
                else:
                    self._read += 1
                    yield from _records(element, place)

    def closing_notices(self) -> Iterator[Notice]:
        """What the file as a whole does not keep of what it says."""
        if self._declared is not None and self._declared != self._entry:
            notice = message(MessageCode.COUNT_DIFFERS, declared=self._declared, found=self._entry)
            yield Notice(notice)
        if not self._is_whole:
            yield Notice(cut_off(self._read and self._entry, self._line), damaged=True)

    def _find_root(self) -> None:
        while (match := _ROOT.search(self._text)) is None and self._more():
            pass
        if match is None:
            raise ReadFailure(cut_off(0, 1 + self._text.count(b"\n")))
        prolog, end = bytes(self._text[: match.start()]), match.end()
        self._root = bytes(match[1])
        count = _COUNT.search(match[2])
        self._declared = int(count[1]) if count else None
        # A match holds on to the buffer that it was found in.
        del match
        if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
            raise ReadFailure(message(MessageCode.XML_FORBIDDEN))
        self._line += self._text.count(b"\n", 0, end)
        del self._text[:end]

    def _more(self) -> bool:
        """Fetch the next piece."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text += piece
        if len(self._text) > _MAX_ENTRY:
            raise ReadFailure(message(MessageCode.READER_LIMIT))
        return True

    def _blocks(self) -> Iterator[tuple[bytes, int]]:
        """Stretches of whole entries, which end before another, with the line where they begin."""
        searched = 0
        while self._more():
            last = self._last_start(searched)
            searched = max(0, len(self._text) - _LONGEST_START)
            if last > 0:
                block = bytes(self._text[:last])
                del self._text[:last]
                searched = max(0, searched - last)
                yield from self._from_first(block)
        yield from self._from_first(bytes(self._text))

    def _last_start(self, searched: int) -> int:
        return max(
            self._text.rfind(b"<" + name + sign, searched)
            for name in _ENTRIES_OF[self._root]
            for sign in (b" ", b"\n", b"\t", b"\r")
        )

    def _from_first(self, block: bytes) -> Iterator[tuple[bytes, int]]:
        complete = self._without_end(block)
        first = _START.search(complete)
        if first is not None:
            yield complete[first.start() :], self._line + complete.count(b"\n", 0, first.start())
        self._line += block.count(b"\n")

    def _without_end(self, block: bytes) -> bytes:
        """The block up to the end of the list of entries, if that is in it."""
        end = block.rfind(b"</" + self._root)
        self._is_whole = self._is_whole or end >= 0
        return block if end < 0 else block[:end]

    def _one_by_one(self, block: bytes, line: int) -> Iterator[etree._Element | _Broken]:
        """The entries of a block of which one at least is broken: read, or as they stand."""
        starts = [match.start() for match in _START.finditer(block)]
        for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
            element = block[start:end]
            nodes = _parsed(_complete(element))
            if nodes is not None and len(nodes) == 1:
                yield nodes[0]
            else:
                yield _Broken(element, line)
            line += element.count(b"\n")


@dataclass(frozen=True, slots=True)
class _Broken:
    """An entry that cannot be read.

    Attributes:
        text: It, as it stands.
        line: Where it begins.
    """

    text: bytes
    line: int

    def skipped(self, place: SourcePlace) -> SkippedEntry:
        """What is told of it."""
        reason = message(MessageCode.ENTRY_UNREADABLE_AT_LINE, line=self.line)
        return SkippedEntry(place, reason, self.text[:500].decode("utf-8", "replace"))


def _complete(element: bytes) -> bytes:
    """An entry without what stands between it and the next."""
    if element.startswith(b"<mms") and not _EMPTY_TAG.match(element):
        end = _END_OF_MMS.search(element)
        return element[: end.end()] if end else element
    tag_match = _TAG.match(element)
    tag = element[: tag_match.end()] if tag_match else element
    return tag if tag.endswith(b"/>") or not tag_match else tag[:-1] + b"/>"


def _parsed(block: bytes) -> list[etree._Element] | None:
    """The entries of a block, or None if anything in it is broken."""
    try:
        nodes = list(etree.fromstring(b"<r>" + block + b"</r>", _PARSER))
    except etree.XMLSyntaxError:
        return None
    named = [node for node in nodes if isinstance(node.tag, str)]
    return named if all(node.tag in _ENTRIES for node in named) else None


def _records(node: etree._Element, place: SourcePlace) -> Iterator[Record]:
    fields = {str(name): str(value) for name, value in node.attrib.items()}
    time = _time(fields.get("date", ""))
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=fields.get("date", ""))
        yield SkippedEntry(place, reason, _short(fields))
    elif node.tag in ("call", "log"):
        yield _call(fields, time, place)
    elif node.tag == "mms":
        yield from mms_records(node, fields, time, place)
    else:
        yield _sms(fields, time, place)


def _time(written: str) -> TimeReading | None:
    if not re.fullmatch(r"\d{9,14}", written):
        return None
    value = int(written)
    in_seconds = value < 100_000_000_000
    try:
        moment = instant_from_ms(value * 1000 if in_seconds else value)
    except OverflowError:
        return None
    if not _FIRST <= moment.at <= _last():
        return None
    precision = TimePrecision.SECOND if in_seconds else TimePrecision.MILLISECOND
    return TimeReading(moment, TimeSource.RECORD, precision, written)


def _last() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


def _call(fields: dict[str, str], time: TimeReading, place: SourcePlace) -> Record:
    written = fields.get("duration", fields.get("dur", ""))
    duration = float(written) if re.fullmatch(r"\d{1,7}", written) else None
    kind = fields.get("type", "")
    direction, outcome = CALL_TYPES.get(kind, OTHER)
    if kind == "2" and duration:
        outcome = Outcome.ANSWERED
    return EventRecord(
        type=EventType.VOICEMAIL if kind == "4" else EventType.CALL,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=duration,
        identifier=visible_number(fields.get("number", ""), fields.get("presentation", "1")),
        contact_name=name_of(fields),
        text="",
        place=place,
        raw=fields,
    )


def _sms(fields: dict[str, str], time: TimeReading, place: SourcePlace) -> EventRecord:
    direction, outcome = MESSAGE_TYPES.get(fields.get("type", ""), OTHER)
    return EventRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=visible_number(fields.get("address", ""), "1"),
        contact_name=name_of(fields),
        text=fields.get("body", ""),
        place=place,
        raw={name: value for name, value in fields.items() if name != "body"},
    )


def _short(fields: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in fields.items())[:500]
