"""WeChat as tables: MemoTrace, PyWxDump, WeFlow and chatlog, old and new."""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.chat.participants import account
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.readers.wechat import message_types
from evidence_app.intake.readers.wechat.columns import Entry, Layout, aligned, layout_of
from evidence_app.intake.readers.wechat.common import is_path, questions, reading
from evidence_app.intake.readers.wechat.participants import Chats, Who
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimeReading, WallClock

_MAX_CELL = 16 << 20
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the heading is one that these programs write."""
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if encoding is None:
        return False
    lines = head.decode(encoding, "ignore").lstrip("\ufeff").splitlines()
    return layout_of(next(csv.reader(lines[:1]), [])) is not None if lines else False


def read(source: Source) -> Iterator[Record]:
    """Every message; what WeChat itself says as text.

    Raises:
        ReadFailure: The rest of the file is damaged.
    """
    yield Description(ItemKind.MESSAGES, "text/csv")
    layout = _layout(source)
    if layout is None:
        return
    table = _Table(layout, source)
    for number, row in _rows(source):
        yield table.record(row, SourcePlace(PlaceUnit.ROW, number))
    yield from questions(table.unsure, table.is_floating)
    if table.lacks_name():
        yield Question(QuestionKind.CORRESPONDENT)


def _layout(source: Source) -> Layout | None:
    first: dict[str, str] = next(_rows(source, with_heading=True), (0, {}))[1]
    return layout_of(list(first))


def _rows(source: Source, *, with_heading: bool = False) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by its headings, with its number from 1; empty rows are passed over.

    Raises:
        ReadFailure: The rest of the file is damaged.
    """
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    source.stream.seek(0)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8"
    csv.field_size_limit(_MAX_CELL)
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace", newline="")
    try:
        reader = csv.reader(line.replace("\x00", "") for line in text)
        names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
        if with_heading:
            yield 1, dict.fromkeys(names, "")
        for number, cells in enumerate(reader, 2):
            source.alive()
            if any(cells):
                yield number, aligned(names, cells)
    except csv.Error as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    finally:
        text.detach()


class _Table:
    """A table that is read.

    Attributes:
        unsure: Authors of whom it is not known whether they are the owner.
        is_floating: Whether times do not tell their zone.
    """

    def __init__(self, layout: Layout, source: Source) -> None:
        self.unsure: Counter[str] = Counter()
        self.is_floating = False
        self._nameless: set[str] = set()
        self._layout = layout
        self._correspondent = source.answers.correspondent
        self._chats = Chats(layout, self._entries(source), source.filename, source.answers.owners)

    def _entries(self, source: Source) -> Iterator[Entry]:
        # What is damaged is told when the rows are read for good.
        with contextlib.suppress(ReadFailure):
            for _, row in _rows(source):
                entry = self._layout.entry(row)
                if not entry.is_system and not message_types.is_system(entry.kind):
                    yield entry

    def record(self, row: dict[str, str], place: SourcePlace) -> Record:
        """One row."""
        entry = self._layout.entry(row)
        parties = self._chats.parties_of(entry)
        is_incoming = parties.direction is Direction.INCOMING
        files, content = _enclosed(entry)
        parsed = message_types.content_of(
            entry.kind, entry.subkind, content, parties.direction,
            in_group=bool(parties.group) and is_incoming,
        )  # fmt: skip
        if parsed.is_system or entry.is_system:
            return TextBlock(parsed.text or "—", place)
        time = self._time(entry)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=entry.times[0])
            return SkippedEntry(place, reason, ",".join(row.values())[:_SHOWN])
        parties = self._named(parties, entry.chat)
        if parties.direction is Direction.NONE:
            self.unsure[entry.name or entry.sender] += 1
        return EventRecord(
            parsed.type, parties.direction, parsed.outcome, time, parsed.duration_s,
            account("WeChat", parties.identifier or (parsed.sender if is_incoming else "")),
            parties.name, parsed.text, place, self._raw(row, parties.group), files,
        )  # fmt: skip

    def _named(self, parties: Who, chat: str) -> Who:
        """Who is who, with the name that the person gave to a conversation without one."""
        if parties.identifier or parties.group or parties.direction is Direction.NONE:
            return parties
        self._nameless.add(chat)
        return replace(parties, identifier=self._correspondent, name=self._correspondent)

    def lacks_name(self) -> bool:
        """Whether it has one conversation, and no more, of which it does not say whose it is."""
        return len(self._nameless) == 1 and not self._correspondent

    def _raw(self, row: Mapping[str, str], group: str) -> dict[str, str]:
        raw = {
            name: cell[:_SHOWN]
            for name, cell in row.items()
            if cell and name not in self._layout.content
        }
        return {**raw, "chat": group} if group else raw

    def _time(self, entry: Entry) -> TimeReading | None:
        time = next((parsed for text in entry.times if (parsed := reading(text))), None)
        if time is not None and isinstance(time.moment, WallClock):
            self.is_floating = True
        return time


def _enclosed(entry: Entry) -> tuple[tuple[str, ...], str]:
    """The files that belong to a message, and its words."""
    if not message_types.is_media(entry.kind):
        return (), entry.content
    if entry.file:
        return () if "://" in entry.file else (entry.file,), entry.content
    path = entry.content.strip()
    return ((path,), "") if is_path(path) else ((), entry.content)
