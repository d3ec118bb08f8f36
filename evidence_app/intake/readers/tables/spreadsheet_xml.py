"""Excel's workbooks as XML of 2003, which carriers' pages still hand out under the name of .xls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO

from evidence_app.intake.failures import ReadFailure
from evidence_app.messages import MessageCode, message

if TYPE_CHECKING:
    from lxml import etree

    from evidence_app.intake.readers.tables.sheets import Cell

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_MOST_COLUMNS = 1024
_MOST_ROWS = 1 << 20


def is_workbook(head: str) -> bool:
    """Whether a text that begins so is such a workbook."""
    return head.lstrip("\ufeff \r\n\t").startswith("<") and _SPACE in head[:4096]


def sheets(stream: BinaryIO) -> Iterator[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    """The name and the numbered rows of each sheet, to be read one after the other.

    Raises:
        ReadFailure: It is damaged there.
    """
    for name, rows in groupby(_rows(stream), itemgetter(0)):
        yield name, ((number, row) for _, number, row in rows)


def _rows(stream: BinaryIO) -> Iterator[tuple[str, int, list[Cell]]]:
    from lxml import etree

    tag = f"{{{_SPACE}}}"
    name, number = "", 0
    try:
        for event, node in etree.iterparse(
            stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        ):
            if event == "start" and node.tag == f"{tag}Worksheet":
                name, number = str(node.get(f"{tag}Name", "")), 0
            elif event == "end" and node.tag == f"{tag}Row":
                number = min(_index(node.get(f"{tag}Index"), number + 1), _MOST_ROWS)
                yield name, number, _cells(node, tag)
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error


def _cells(row: etree._Element, tag: str) -> list[Cell]:
    """The cells of a row, each in its column."""
    cells: list[Cell] = []
    for cell in row.iter(f"{tag}Cell"):
        at = min(_index(cell.get(f"{tag}Index"), len(cells) + 1), _MOST_COLUMNS)
        cells += [""] * (at - 1 - len(cells))
        data = cell.find(f"{tag}Data")
        text = "" if data is None else "".join(map(str, data.itertext()))
        is_number = data is not None and data.get(f"{tag}Type") == "Number"
        cells.append(_number(text) if is_number else text)
        cells += [""] * min(_index(cell.get(f"{tag}MergeAcross"), 0), _MOST_COLUMNS)
    return cells


def _number(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def _index(written: str | None, default: int) -> int:
    return (
        int(written) if written is not None and written.isascii() and written.isdigit() else default
    )
