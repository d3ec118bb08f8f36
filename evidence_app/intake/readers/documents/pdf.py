"""PDF documents: pages, their text, a picture of the first one, the times that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.media.thumbnails import thumbnail
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.readers.tables.pdf_tables import tables_of
from evidence_app.intake.readers.tables.records import records
from evidence_app.intake.readers.tables.sheets import Sheet
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.times import (
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    with_offset,
)

_MEDIA_TYPE = "application/pdf"
_BILLS = (ItemKind.CALL_LOG, ItemKind.MESSAGES)
_SIDE = 480
_TAIL = 4096
_MAX_OFFSET_MINUTES = 14 * 60
_DATE = re.compile(r"D:(\d{14})(?:([+-])(\d\d)'?(\d\d)'?|(Z))?")


def read(source: Source) -> Iterator[Record]:
    """What is known of a document.

    Raises:
        ReadFailure: It is damaged or locked.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.stream)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        code = MessageCode.DOCUMENT_LOCKED if locked else MessageCode.DAMAGED_DOCUMENT
        raise ReadFailure(message(code)) from error
    try:
        yield from _contents(document, source)
    except pypdfium2.PdfiumError as error:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT)) from error
    finally:
        document.close()


def _contents(document: Any, source: Source) -> Iterator[Record]:
    stated = {name: value for name, value in document.get_metadata_dict().items() if value}
    description = Description(
        ItemKind.DOCUMENT, _MEDIA_TYPE, page_count=len(document), metadata=stated
    )
    entries = records(source, _MEDIA_TYPE, _tables(document, source))
    first = next(entries, None)
    is_bill = isinstance(first, Description) and first.kind in _BILLS
    if isinstance(first, Description) and is_bill:
        yield replace(description, kind=first.kind, reader=first.reader)
    else:
        yield description
    dates = dict.fromkeys(stated.get(name, "") for name in ("CreationDate", "ModDate"))
    yield from filter(None, map(_time, dates))
    if is_bill:
        yield from entries
    else:
        yield from times_in_name(source.filename)
        yield EventRecord(
            EventType.DOCUMENT, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
        )
    if not _has_end(source):
        yield Notice(message(MessageCode.DAMAGED_DOCUMENT), damaged=True)
    for number in range(len(document)):
        source.alive()
        yield from _page(document, number)


def _tables(document: Any, source: Source) -> list[Sheet]:
    """The lists of calls in the document; none if its pages cannot be read."""
    import pypdfium2

    try:
        return tables_of(document, source.alive)
    except (pypdfium2.PdfiumError, ValueError):
        return []


def _has_end(source: Source) -> bool:
    """Whether the mark is there that closes every document; cut-off ones are read by guess."""
    source.stream.seek(max(0, source.size - _TAIL))
    return b"%%EOF" in source.stream.read(_TAIL)


def _page(document: Any, index: int) -> Iterator[Record]:
    import pypdfium2

    place = SourcePlace(PlaceUnit.PAGE, index + 1)
    try:
        page = document[index]
        text = page.get_textpage()
        page_text = text.get_text_bounded().replace("\r\n", "\n").strip()
        text.close()
        if page_text:
            yield TextBlock(page_text, place)
        if index == 0:
            yield thumbnail(_picture(page))
        page.close()
    except (pypdfium2.PdfiumError, ValueError):
        yield SkippedEntry(place, message(MessageCode.PAGE_DAMAGED), "")


def _time(written: str) -> TimeReading | None:
    match = _DATE.match(written)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        return None
    moment: Any = WallClock(at)
    if match[5]:
        moment = with_offset(at, 0)
    elif match[2]:
        minutes = int(match[3]) * 60 + int(match[4])
        if minutes > _MAX_OFFSET_MINUTES:
            return None
        moment = with_offset(at, -minutes if match[2] == "-" else minutes)
    return TimeReading(moment, TimeSource.DOCUMENT, TimePrecision.SECOND, written)


def _picture(page: Any) -> Any:
    width, height = page.get_size()
    return page.render(scale=_SIDE / max(width, height, 1)).to_pil()
