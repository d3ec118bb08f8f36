"""Tables as rows of cells, from spreadsheets, separated text, and HTML that is called a sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of, has_controls
from evidence_app.intake.readers.tables import (
    aligned_text,
    json_rows,
    labelled_text,
    old_workbook,
    spreadsheet_xml,
    xlsx_extent,
)
from evidence_app.intake.readers.tables import encoding as table_encoding
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import PlaceUnit, SourcePlace

if TYPE_CHECKING:
    from lxml import etree
    from python_calamine import CalamineSheet

Cell = str | float | int | bool | datetime | date | time | timedelta
Row = list[Cell]

_HTML = re.compile(rb"<\s*(?:html|table|!doctype html)", re.I)
_SEPARATORS = ",;\t|"
_MAX_CELL = 1 << 20
_MAX_HTML = 64 << 20
_MOST_SPAN = 64
_MOST_CELLS = 24_000_000
"""A sheet of a million rows has no more; one cell far out makes any number of empty ones."""

_MOST_COLUMNS = 16_384
"""A sheet has no more (ECMA-376-1, 18.3.1.13)."""

_SAMPLES = 3
_LOOKED_AT = 60
_JUDGED_ROWS = 200
_STATED_SEPARATOR = re.compile(r"sep=(.)", re.I)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table.

    Attributes:
        name: Of the sheet, empty for text.
        rows: The rows with their numbers from 1, as a spreadsheet program counts them.
        doubted: If it is not sure in which encoding the words are: how some of them look in each
            that may be, by its name; the first is the one by which the rows are read.
        places: Where rows stand, by their numbers, if not simply in the sheet.
        unit: What the numbers count.
    """

    name: str
    rows: Iterator[tuple[int, Row]]
    doubted: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[int, SourcePlace] = field(default_factory=dict)
    unit: PlaceUnit = PlaceUnit.ROW

    def place(self, number: int) -> SourcePlace:
        """Where the row of that number stands."""
        return self.places.get(number) or SourcePlace(self.unit, number, self.name)


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return head.startswith((old_workbook.MAGIC, b"PK\x03\x04"))


def sheets(stream: BinaryIO, encoding: str = "") -> Iterator[Sheet]:
    """The tables of a file; none if it is no table.

    Args:
        stream: The file.
        encoding: In what encoding its words are, if the person said so.

    Raises:
        ReadFailure: It is one, but damaged.
    """
    stream.seek(0)
    head = stream.read(SNIFF_SIZE)
    stream.seek(0)
    if is_workbook(head):
        yield from workbook_sheets(stream, encoding)
        return
    stated = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if stated is None and (not head or has_controls(head)):
        return
    if spreadsheet_xml.is_workbook(head.decode(stated or "latin-1", "ignore")):
        yield from (Sheet(name, iter(list(rows))) for name, rows in spreadsheet_xml.sheets(stream))
        return
    if json_rows.begins_as_json(head):
        listed = json_rows.rows_of(stream)
        if listed:
            yield Sheet("", ((number, [*row]) for number, row in enumerate(listed, 1)))
        return
    doubted: Mapping[str, str] = {}
    if encoding:
        chosen = encoding
    elif stated is None or stated == "gb18030":
        chosen, doubted = _judged(head)
    else:
        chosen = stated
    if _HTML.search(head[:2048].replace(b"\0", b"")):
        yield from _html(stream, chosen, doubted)
        return
    yield from _in_text(stream, chosen, head, doubted)


def _in_text(
    stream: BinaryIO, encoding: str, head: bytes, doubted: Mapping[str, str]
) -> Iterator[Sheet]:
    """The table that plain text is: blocks of labelled lines, or cells in each line."""
    text = head.decode(encoding, "ignore")
    labelled = labelled_text.form_of(text)
    if labelled is not None:
        entries = labelled_text.rows(_lines(stream, encoding), labelled)
        yield Sheet("", ((number, [*row]) for number, row in entries), doubted, {}, PlaceUnit.LINE)
        return
    rows = _rows_of_text(stream, encoding, text)
    if rows is not None:
        yield Sheet("", rows, doubted)


def _rows_of_text(stream: BinaryIO, encoding: str, head: str) -> Iterator[tuple[int, Row]] | None:
    """The rows of text whose cells are parted by a sign, or by spaces; None if neither."""
    separator = separator_of(head)
    lines = [line for line in head.splitlines()[:_LOOKED_AT] if line.strip()]
    is_parted = separator is not None and sum(separator in line for line in lines) * 2 > len(lines)
    if not is_parted and aligned_text.is_aligned(lines):
        return _spaced(stream, encoding)
    return None if separator is None else _separated(stream, encoding, separator)


def _judged(head: bytes) -> tuple[str, Mapping[str, str]]:
    """The likeliest encoding of text, and how it looks in others if that is unsure."""
    lines = head.splitlines()
    # The last line may be cut in the middle of a sign.
    complete = lines[:-1] if len(head) == SNIFF_SIZE and len(lines) > 1 else lines
    judged = table_encoding.guess(b"\n".join(complete))
    high = [line for line in complete if not line.isascii()][:_SAMPLES]
    return judged.name, table_encoding.samples(high, judged.doubted)


def separator_of(text: str) -> str | None:
    """The sign between cells: the one that makes most lines equally many cells, at least two."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    if lines and (stated := _STATED_SEPARATOR.fullmatch(lines[0].lstrip("\ufeff"))):
        return stated[1]
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


def workbook_sheets(stream: BinaryIO, encoding: str) -> Iterator[Sheet]:
    """The sheets of Excel's and OpenDocument's workbooks.

    Raises:
        ReadFailure: It is damaged, or locked.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        stream, page, is_old = _plain_workbook(stream)
        if not is_old:
            _refuse_too_large(stream)
        with _no_panic():
            book = CalamineWorkbook.from_filelike(stream)
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise ReadFailure(message(MessageCode.DOCUMENT_LOCKED)) from error
        return
    except old_workbook.LockedError as error:
        raise ReadFailure(message(MessageCode.DOCUMENT_LOCKED)) from error
    for described in book.sheets_metadata:
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            with _no_panic():
                rows = _cells_of(book.get_sheet_by_name(described.name))
        except (CalamineError, ValueError) as error:
            raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
        name, doubted = described.name, dict[str, str]()
        if is_old:
            name, doubted = _recoded(name, rows, page, encoding)
        yield Sheet(name, iter(list(enumerate(rows, 1))), doubted)


def _refuse_too_large(stream: BinaryIO) -> None:
    """Look how far sheets reach: the library lays out all cells before it tells how many.

    Raises:
        ReadFailure: They would fill the memory.
    """
    try:
        area = xlsx_extent.largest_area(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        # No archive, or one that only the library may be able to read.
        area = 0
    stream.seek(0)
    if area > _MOST_CELLS:
        raise ReadFailure(message(MessageCode.READER_LIMIT))


@contextmanager
def _no_panic() -> Iterator[None]:
    """Take a panic of the library's at a damaged file for what it is.

    Raises:
        ReadFailure: It panicked. Its class is derived from what nobody catches, and is not to be
            imported.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error


def _cells_of(sheet: CalamineSheet) -> list[Row]:
    """The rows of a sheet, from its first cell on.

    Raises:
        ReadFailure: They would fill the memory.
    """
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise ReadFailure(message(MessageCode.READER_LIMIT))
    rows: list[Row] = sheet.to_python(skip_empty_area=False)
    _fill_merged(rows, sheet.merged_cell_ranges or ())
    return rows


def _plain_workbook(stream: BinaryIO) -> tuple[BinaryIO, int, bool]:
    """The workbook as the library reads it right, its code page, and whether it is an old one."""
    stream.seek(0)
    is_old = stream.read(len(old_workbook.MAGIC)) == old_workbook.MAGIC
    stream.seek(0)
    if not is_old:
        return stream, 0, False
    copy = old_workbook.prepared(stream)
    if copy is None:
        raise OSError("no workbook in the container")
    return *copy, True


def _fill_merged(
    rows: list[Row], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """What stands in a cell that spans several rows holds for each of them."""
    for (top, left), (bottom, _) in ranges:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and left < len(rows[top]) and row[left] == "":
                row[left] = rows[top][left]


def _recoded(name: str, rows: list[Row], page: int, encoding: str) -> tuple[str, dict[str, str]]:
    """Read words again that an old writer has put down as bytes.

    Returns:
        The sheet's name, and how words look in other encodings if it is unsure which is right.
    """
    cells = [name, *(cell for row in rows[:_JUDGED_ROWS] for cell in row if isinstance(cell, str))]
    high = [cell.encode("latin-1") for cell in cells if _is_bytes(cell)]
    if not high:
        return name, {}
    judged = (
        table_encoding.Guess(encoding) if encoding else table_encoding.guess(b"\n".join(high), page)
    )
    for row in rows:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and _is_bytes(cell):
                row[at] = cell.encode("latin-1").decode(judged.name, "replace")
    if _is_bytes(name):
        name = name.encode("latin-1").decode(judged.name, "replace")
    return name, table_encoding.samples(high[1:][:_SAMPLES] or high, judged.doubted)


def _is_bytes(cell: str) -> bool:
    """Whether a cell has signs above ASCII, and all of them are bytes."""
    return not cell.isascii() and max(cell) < "\u0100"


def _html(stream: BinaryIO, encoding: str, doubted: Mapping[str, str]) -> Iterator[Sheet]:
    from lxml import etree, html

    text = stream.read(_MAX_HTML).decode(encoding, "replace")
    try:
        page = html.document_fromstring(
            text.removeprefix("\ufeff").encode("utf-8", "replace"),
            parser=html.HTMLParser(encoding="utf-8"),
        )
    except etree.ParserError as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    table = [list(_html_row(row)) for row in page.iter("tr") if row.find(".//table") is None]
    if table:
        yield Sheet("", iter(list(enumerate(table, 1))), doubted)


def _html_row(row: etree._Element) -> Iterator[Cell]:
    """The cells of a row; one that spans several columns is followed by empty ones."""
    for cell in row.iter("td", "th"):
        yield " ".join("".join(map(str, cell.itertext())).split())
        span = str(cell.get("colspan", "1")).strip()
        yield from [""] * (min(int(span), _MOST_SPAN) - 1 if span.isdecimal() else 0)


def _separated(stream: BinaryIO, encoding: str, separator: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_MAX_CELL)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
    lines = (line.replace("\x00", "") for line in text)
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator), 1):
            if len(row) > _MOST_COLUMNS:
                raise ReadFailure(message(MessageCode.READER_LIMIT))
            yield number, list(row)
    except UnicodeError as error:
        raise ReadFailure(message(MessageCode.UNKNOWN_ENCODING)) from error
    except csv.Error as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    finally:
        text.detach()


def _spaced(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, Row]]:
    for number, line in _lines(stream, encoding):
        yield number, [*aligned_text.cells_of(line)]


def _lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    """Every line with its number from 1."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace")
    try:
        for number, line in enumerate(iter(lambda: text.readline(_MAX_CELL), ""), 1):
            yield number, line.rstrip("\n").removeprefix("\ufeff")
    finally:
        text.detach()


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)


def ahead(rows: Iterable[tuple[int, Row]], count: int) -> list[tuple[int, Row]]:
    """The first rows."""
    return list(islice(rows, count))
