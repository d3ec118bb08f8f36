"""Tables as rows of cells, from spreadsheets, separated text, and HTML that is called a sheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import BinaryIO

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.text_encoding import SNIFF_SIZE, encoding_of
from evidence_app.messages import MessageCode, message

Cell = str | float | int | bool | datetime | date | time | timedelta
Row = list[Cell]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:html|table|!doctype html)", re.I)
_SEPARATORS = ",;\t|"
_MAX_CELL = 1 << 20
_MAX_HTML = 64 << 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table.

    Attributes:
        name: Of the sheet, empty for text.
        rows: The rows with their numbers from 1, as a spreadsheet program counts them.
    """

    name: str
    rows: Iterator[tuple[int, Row]]


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return head.startswith((_OLE, b"PK\x03\x04"))


def sheets(stream: BinaryIO) -> Iterator[Sheet]:
    """The tables of a file; none if it is no table.

    Raises:
        ReadFailure: It is one, but damaged.
    """
    stream.seek(0)
    head = stream.read(SNIFF_SIZE)
    stream.seek(0)
    if is_workbook(head):
        yield from _workbook(stream)
        return
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if encoding is None:
        return
    if _HTML.search(head[:2048]):
        yield from _html(stream, encoding)
        return
    separator = separator_of(head.decode(encoding, "ignore"))
    if separator is not None:
        yield Sheet("", _separated(stream, encoding, separator))


def separator_of(text: str) -> str | None:
    """The sign between cells: the one that makes most lines equally many cells, at least two."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    best, best_score = None, 0
    for separator in _SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        score = wide.count(common) * common
        if score > best_score:
            best, best_score = separator, score
    return best


def _workbook(stream: BinaryIO) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(stream)
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise ReadFailure(message(MessageCode.DOCUMENT_LOCKED)) from error
        return
    for described in book.sheets_metadata:
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            rows = book.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
        except (CalamineError, ValueError) as error:
            raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
        yield Sheet(described.name, iter(list(enumerate(rows, 1))))


def _html(stream: BinaryIO, encoding: str) -> Iterator[Sheet]:
    from lxml import etree, html

    text = stream.read(_MAX_HTML).decode(encoding, "replace")
    try:
        page = html.document_fromstring(
            text.removeprefix("\ufeff").encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
    except etree.ParserError as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    found = [
        [" ".join("".join(map(str, cell.itertext())).split()) for cell in row.iter("td", "th")]
        for row in page.iter("tr")
    ]
    if found:
        yield Sheet("", iter([(number, list[Cell](row)) for number, row in enumerate(found, 1)]))


def _separated(stream: BinaryIO, encoding: str, separator: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_MAX_CELL)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
    lines = (line.replace("\x00", "") for line in text)
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator), 1):
            yield number, list(row)
    except UnicodeError as error:
        raise ReadFailure(message(MessageCode.UNKNOWN_ENCODING)) from error
    except csv.Error as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    finally:
        text.detach()


def words(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)


def ahead(rows: Iterable[tuple[int, Row]], count: int) -> list[tuple[int, Row]]:
    """The first rows."""
    return list(islice(rows, count))
