"""How far the sheets of an .xlsx workbook reach, told before all their cells are laid out."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

_PLACE = re.compile(rb'\sr="([A-Z]{0,3})([0-9]{1,7})"')
"""Where a row or a cell says that it is (ECMA-376-1, 18.3.1.4 and 18.3.1.73)."""

_CHUNK = 1 << 20
_LONGEST = 32
"""More bytes than a place has."""


def largest_area(stream: BinaryIO) -> int:
    """The number of cells between the first cell and the farthest one, in the largest sheet.

    Cells that do not say where they are follow one another, and are not looked at.

    Raises:
        zipfile.BadZipFile: It is no archive, or damaged.
    """
    with zipfile.ZipFile(stream) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return max((_area(archive, name) for name in sheets), default=0)


def _area(archive: zipfile.ZipFile, name: str) -> int:
    last_row, last_column, rest = 0, 0, b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(_CHUNK):
            places = set(_PLACE.findall(rest + chunk))
            last_row = max(last_row, *(int(row) for _, row in places), 0)
            last_column = max(last_column, *(_column(letters) for letters, _ in places), 0)
            rest = chunk[-_LONGEST:]
    return last_row * last_column


def _column(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA; 0 for no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
