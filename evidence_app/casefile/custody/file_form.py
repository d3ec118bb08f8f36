"""Looks at what lies below the tables of a file: its head, its length and its free pages.

A page that is listed as free and holds a row is written over by the next change. SQLite itself
compares free pages with the others only where all of them are read once more. The program lets it
write zeros over whatever is removed, so a free page that is not empty was listed by somebody else.

The format: https://sqlite.org/fileformat2.html
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.connection import PAGE_SIZE
from evidence_app.model.verification import Mismatch, MismatchKind

_FIXED = {
    "page size": (16, 2, PAGE_SIZE),
    "reserved bytes": (20, 1, 0),
    "schema format": (44, 4, 4),
    "cache size": (48, 4, 0),
    "automatic vacuum": (52, 4, 0),
    "encoding": (56, 4, 1),
    "incremental vacuum": (64, 4, 0),
    "room for later": (72, 20, 0),
}
"""Place, length and value of numbers in the head that are the same in all files of ours."""

_HEAD = 100
_COUNT, _FIRST_FREE, _FREE = 28, 32, 36
_MOST_LISTED = PAGE_SIZE // 4 - 2
_EMPTY = bytes(PAGE_SIZE)


def check(path: Path) -> Iterator[Mismatch]:
    """What is not as the program leaves it in a file without a password.

    Of one that somebody changes right now nothing is said: its newest pages lie beside it.
    """
    log = database.beside(path, "-wal")
    if database.is_locked(path) or (log.exists() and log.stat().st_size):
        return
    with path.open("rb") as file:
        head = file.read(_HEAD)
        for name, (place, length, expected) in _FIXED.items():
            actual = int.from_bytes(head[place : place + length])
            if actual != expected:
                yield _differs(name, expected, actual)
        size, pages = os.fstat(file.fileno()).st_size, _number(head, _COUNT)
        if size != pages * PAGE_SIZE:
            yield _differs("length", pages * PAGE_SIZE, size)
            return
        yield from _free_pages(file, pages, _number(head, _FIRST_FREE), _number(head, _FREE))


def _free_pages(file: BinaryIO, pages: int, trunk: int, count: int) -> Iterator[Mismatch]:
    visited: set[int] = set()
    while trunk:
        if trunk in visited or not 1 < trunk <= pages:
            yield _differs("free pages", f"2 to {pages}", trunk)
            return
        data = _page(file, trunk)
        listed = _number(data, 4)
        if listed > _MOST_LISTED:
            yield _differs(f"page {trunk}", "a list of free pages", listed)
            return
        numbers = [_number(data, 8 + 4 * place) for place in range(listed)]
        rest = range(8 + 4 * listed, PAGE_SIZE, 4)
        if any(_number(data, place) > pages for place in rest):
            # What was taken off the list leaves its number behind, and nothing else.
            yield _differs(f"page {trunk}", "nothing", "bytes")
        visited.add(trunk)
        for number in numbers:
            if number in visited or not 1 < number <= pages:
                yield _differs("free pages", f"2 to {pages}", number)
            elif _page(file, number) != _EMPTY:
                yield _differs(f"page {number}", "nothing", "bytes")
            visited.add(number)
        trunk = _number(data, 0)
    if len(visited) != count:
        yield _differs("free pages", count, len(visited))


def _page(file: BinaryIO, number: int) -> bytes:
    file.seek((number - 1) * PAGE_SIZE)
    return file.read(PAGE_SIZE)


def _number(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4])


def _differs(where: str, expected: object, actual: object) -> Mismatch:
    return Mismatch(MismatchKind.DATABASE, where, str(expected), str(actual))
