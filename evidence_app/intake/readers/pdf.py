"""PDF documents: pages, their text, a picture of the first one, the times that they state."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from evidence_app.intake.clues import times_in_name
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import ActRecord, Description, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    Rendition,
    RenditionKind,
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

MAX_PAGES = 2000
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
        yield from _contents(document, source.filename)
    except pypdfium2.PdfiumError as error:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT)) from error
    finally:
        document.close()


def _contents(document: Any, filename: str) -> Iterator[Record]:
    stated = {name: value for name, value in document.get_metadata_dict().items() if value}
    yield Description(
        ItemKind.DOCUMENT, "application/pdf", page_count=len(document), metadata=stated
    )
    for name in ("CreationDate", "ModDate"):
        reading = _time(stated.get(name, ""))
        if reading is not None:
            yield reading
    yield from times_in_name(filename)
    yield ActRecord(
        EventType.DOCUMENT, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
    )
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        words = page.get_textpage().get_text_bounded().replace("\r\n", "\n").strip()
        if words:
            yield TextBlock(words, SourcePlace(PlaceUnit.PAGE, number + 1))
        if number == 0:
            yield Rendition(RenditionKind.THUMBNAIL, "image/jpeg", _picture(page))
        page.close()


def _time(written: str) -> TimeReading | None:
    found = _DATE.match(written)
    if found is None:
        return None
    try:
        at = datetime.strptime(found[1], "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        return None
    moment: Any = WallClock(at)
    if found[5]:
        moment = with_offset(at, 0)
    elif found[2]:
        minutes = int(found[3]) * 60 + int(found[4])
        moment = with_offset(at, -minutes if found[2] == "-" else minutes)
    return TimeReading(moment, TimeSource.DOCUMENT, TimePrecision.SECOND, written)


def _picture(page: Any) -> bytes:
    width, height = page.get_size()
    picture = page.render(scale=480 / max(width, height, 1)).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
