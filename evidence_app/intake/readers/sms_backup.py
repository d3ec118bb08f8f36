"""SMS Backup & Restore and Super Backup: calls, SMS and MMS as XML.

Elements are cut out of the stream one by one and parsed each for itself, so that one broken
entry costs no other, and so that a file of any size needs little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from evidence_app.intake.clues import times_in_name
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.intake.xml_repair import RepairedXml
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, instant_from_ms

_SNIFF = 16384
_ROOT = re.compile(rb"<(calls|smses|alllogs|allsms)\b([^>]*)>")
_COUNT = re.compile(rb"""\bcount\s*=\s*["'](\d+)["']""")
_START = re.compile(rb"<(call|sms|mms|log)(?=[\s/>])")
_PART_DATA = re.compile(rb"""(\sdata\s*=\s*)("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"""<\w+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_EMPTY_TAG = re.compile(rb"""<\w+(?:[^"'>/]|/(?!>)|"[^"]*"|'[^']*')*/>""")
_LONGEST_START = 16
_END_OF_MMS = re.compile(rb"</mms\s*>")
_MAX_ENTRY = 256 << 20
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
_FIRST = datetime(1995, 1, 1, tzinfo=UTC)

_CALL_TYPES = {
    "1": (Direction.INCOMING, Outcome.ANSWERED),
    "2": (Direction.OUTGOING, Outcome.UNKNOWN),
    "3": (Direction.INCOMING, Outcome.MISSED),
    "4": (Direction.INCOMING, Outcome.VOICEMAIL),
    "5": (Direction.INCOMING, Outcome.REJECTED),
    "6": (Direction.INCOMING, Outcome.BLOCKED),
    "7": (Direction.INCOMING, Outcome.ANSWERED),
}
_MESSAGE_TYPES = {
    "1": (Direction.INCOMING, Outcome.UNKNOWN),
    "2": (Direction.OUTGOING, Outcome.UNKNOWN),
    "3": (Direction.OUTGOING, Outcome.DRAFT),
    "4": (Direction.OUTGOING, Outcome.FAILED),
    "5": (Direction.OUTGOING, Outcome.FAILED),
    "6": (Direction.OUTGOING, Outcome.FAILED),
}
_OTHER = (Direction.NONE, Outcome.UNKNOWN)


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
        self._text = b""
        self._at = 0
        self._entry = 0
        self._declared: int | None = None
        self._root = b""
        self._find_root()

    def description(self) -> Description:
        """What the file is as a whole."""
        calls = self._root in (b"calls", b"alllogs")
        kind = ItemKind.CALL_LOG if calls else ItemKind.MESSAGES
        return Description(kind, "text/xml")

    def records(self) -> Iterator[Record]:
        """Every entry, read or skipped."""
        while (name := self._next_start()) is not None:
            self._entry += 1
            element = self._cut(name)
            if element is None:
                return
            yield self._record(element)

    def closing_notices(self) -> Iterator[Notice]:
        """What the file as a whole does not keep of what it says."""
        if self._declared is not None and self._declared != self._entry:
            found = message(MessageCode.COUNT_DIFFERS, declared=self._declared, found=self._entry)
            yield Notice(found)
        if b"</" + self._root not in self._text[self._at :]:
            yield Notice(message(MessageCode.DAMAGED_XML, entry=self._entry), damaged=True)

    def _find_root(self) -> None:
        while (found := _ROOT.search(self._text)) is None and self._more():
            pass
        if found is None:
            raise ReadFailure(message(MessageCode.DAMAGED_XML, entry=0))
        prolog = self._text[: found.start()]
        if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
            raise ReadFailure(message(MessageCode.XML_FORBIDDEN))
        self._root = found[1]
        count = _COUNT.search(found[2])
        self._declared = int(count[1]) if count else None
        self._at = found.end()

    def _more(self) -> bool:
        """Fetch the next piece, and let go of what was read."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text = self._text[self._at :] + piece
        self._at = 0
        if len(self._text) > _MAX_ENTRY:
            raise ReadFailure(message(MessageCode.READER_LIMIT))
        return True

    def _next_start(self) -> bytes | None:
        """Go to the next entry; return its name."""
        while True:
            found = _START.search(self._text, self._at)
            if found is not None:
                self._at = found.start()
                return found[1]
            end = self._text.find(b"</" + self._root, self._at)
            # A start tag may be cut by the end of the piece; what is before it is let go.
            self._at = end if end >= 0 else max(self._at, len(self._text) - _LONGEST_START)
            if not self._more():
                return None

    def _cut(self, name: bytes) -> bytes | None:
        """The whole entry at the present place, or None if the file ends in it."""
        while True:
            end = self._mms_end() if name == b"mms" else self._tag_end()
            if end is not None:
                element, self._at = self._text[self._at : end], end
                return element
            if not self._more():
                return None

    def _tag_end(self) -> int | None:
        """Where the start tag ends: at the next entry at the latest.

        So an attribute that is never closed does not swallow the entries that follow.
        """
        following = _START.search(self._text, self._at + 1)
        whole = _TAG.match(self._text, self._at)
        if whole is not None and (following is None or whole.end() <= following.start()):
            return whole.end()
        return following.start() if following else None

    def _mms_end(self) -> int | None:
        empty = _EMPTY_TAG.match(self._text, self._at)
        if empty is not None:
            return empty.end()
        found = _END_OF_MMS.search(self._text, self._at)
        return found.end() if found else None

    def _record(self, element: bytes) -> Record:
        place = SourcePlace(PlaceUnit.ENTRY, self._entry)
        node = _parsed(_PART_DATA.sub(rb"\1''", element))
        if node is None:
            raw = element[:500].decode("utf-8", "replace")
            return SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), raw)
        fields = {str(name): str(value) for name, value in node.attrib.items()}
        time = _time(fields.get("date", ""))
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=fields.get("date", ""))
            return SkippedEntry(place, reason, _short(fields))
        if node.tag in ("call", "log"):
            return _call(fields, time, place)
        return _mms(node, fields, time, place) if node.tag == "mms" else _sms(fields, time, place)


def _parsed(element: bytes) -> etree._Element | None:
    if not element.endswith((b"/>", b"</mms>")):
        element = element[:-1] + b"/>" if element.endswith(b">") else element
    try:
        return etree.fromstring(element, _PARSER)
    except etree.XMLSyntaxError:
        return None


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
    direction, outcome = _CALL_TYPES.get(kind, _OTHER)
    if kind == "2" and duration:
        outcome = Outcome.ANSWERED
    return ActRecord(
        type=EventType.VOICEMAIL if kind == "4" else EventType.CALL,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=duration,
        identifier=_shown(fields.get("number", ""), fields.get("presentation", "1")),
        contact_name=_name(fields),
        text="",
        place=place,
        raw=fields,
    )


def _sms(fields: dict[str, str], time: TimeReading, place: SourcePlace) -> ActRecord:
    direction, outcome = _MESSAGE_TYPES.get(fields.get("type", ""), _OTHER)
    return ActRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=_shown(fields.get("address", ""), "1"),
        contact_name=_name(fields),
        text=fields.get("body", ""),
        place=place,
        raw={name: value for name, value in fields.items() if name != "body"},
    )


def _mms(
    node: etree._Element, fields: dict[str, str], time: TimeReading, place: SourcePlace
) -> ActRecord:
    direction, outcome = _MESSAGE_TYPES.get(fields.get("msg_box", ""), _OTHER)
    texts = [
        str(part.get("text"))
        for part in node.iter("part")
        if part.get("ct") == "text/plain" and part.get("text") not in (None, "null")
    ]
    subject = _known(fields.get("sub", ""))
    address = fields.get("address", "")
    senders = [
        str(one.get("address"))
        for one in node.iter("addr")
        if one.get("type") == "137" and one.get("address") != "insert-address-token"
    ]
    if direction is Direction.INCOMING and senders:
        address = senders[0]
    group = "~" in fields.get("address", "")
    return ActRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=_shown(address, "1"),
        contact_name="" if group else _name(fields),
        text="\n".join([*([subject] if subject else []), *texts]),
        place=place,
        raw=fields,
    )


def _shown(number: str, presentation: str) -> str:
    """The number as written, or nothing if the phone was not told it."""
    hidden = presentation in ("2", "3", "4") or numbers.is_withheld(number)
    return "" if hidden else number


def _name(fields: dict[str, str]) -> str:
    name = _known(fields.get("contact_name", fields.get("name", "")))
    return "" if name == "(Unknown)" else name


def _known(value: str) -> str:
    return "" if value == "null" else value


def _short(fields: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in fields.items())[:500]
