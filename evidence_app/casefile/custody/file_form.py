"""Looks at what lies below the tables of a file: its head, its length, and whose each page is.

A page that is listed as free and holds a row is written over by the next change. The program lets
SQLite write zeros over whatever is removed, so a free page that is not empty was listed by somebody
else. That needs no password: whoever has an older copy of a locked file can put pages of it back.

The format: https://sqlite.org/fileformat2.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from evidence_app.casefile.custody import page_use
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.casefile.storage.connection import PAGE_SIZE
from evidence_app.casefile.storage.pages import Pages
from evidence_app.model.verification import Mismatch, MismatchKind

_FIXED = {
    "page size": (16, 2, PAGE_SIZE),
    "schema format": (44, 4, 4),
    "cache size": (48, 4, 0),
    "automatic vacuum": (52, 4, 0),
    "encoding": (56, 4, 1),
    "incremental vacuum": (64, 4, 0),
    "room for later": (72, 20, 0),
}
"""Place, length and value of numbers in the head that are the same in all files of ours."""

_RESERVED = 20
_COUNT, _FIRST_FREE, _FREE = 28, 32, 36
_SOON = 4096
"""So many free pages are looked at before a file is changed: those that are used next."""


def check(path: Path, key: CipherKey | None, roots: Iterable[int]) -> list[Mismatch]:
    """What is not as the program leaves it.

    Of a file that somebody changes right now nothing is said: its newest pages lie beside it.

    Args:
        path: The file.
        key: If it is locked.
        roots: The first page of each table and index, as the file lists them.
    """
    if is_being_changed(path):
        return []
    before = path.stat()
    with path.open("rb") as file:
        mismatches = list(_below(Pages(file, key), roots))
    after = path.stat()
    is_same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return [] if is_being_changed(path) or not is_same else mismatches


def check_next(path: Path, key: CipherKey | None) -> list[Mismatch]:
    """Free pages that the next changes would write over although something stands there."""
    if is_being_changed(path):
        return []
    with path.open("rb") as file:
        return list(islice(_listed_wrongly(_FreePages(Pages(file, key)), _SOON), 1))


def is_being_changed(path: Path) -> bool:
    """Whether pages of a file lie beside it: somebody changes it, or was killed while he did."""
    log = database.beside(path, "-wal")
    return log.exists() and log.stat().st_size > 0


def _below(pages: Pages, roots: Iterable[int]) -> Iterator[Mismatch]:
    head = pages.page(1)
    fixed = {**_FIXED, "reserved bytes": (_RESERVED, 1, pages.reserved)}
    for name, (place, length, expected) in fixed.items():
        actual = int.from_bytes(head[place : place + length])
        if actual != expected:
            yield _differs(name, expected, actual)
    count = _number(head, _COUNT)
    if pages.size != count * PAGE_SIZE:
        yield _differs("length", count * PAGE_SIZE, pages.size)
        return
    free = _FreePages(pages)
    yield from _listed_wrongly(free, pages.count)
    stated = _number(head, _FREE)
    if len(free.listed) != stated:
        yield _differs("free pages", stated, len(free.listed))
    yield from page_use.check(pages, roots, free.listed)


class _FreePages:
    """The list of free pages: pages that list others, each with the number of the next of them.

    Attributes:
        listed: The numbers that were gone through so far.
    """

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.listed: set[int] = set()
        self._empty = bytes(pages.usable)
        self._most = pages.usable // 4 - 2

    def look(self) -> Iterator[Mismatch | None]:
        """Go through them; what is wrong with each, or None."""
        following = _number(self.pages.page(1), _FIRST_FREE)
        while following:
            if not self._is_new(following):
                yield self._no_place(following)
                return
            data = self.pages.page(following)
            count = _number(data, 4)
            self.listed.add(following)
            if count > self._most:
                yield _differs(f"page {following}", "a list of free pages", count)
                return
            numbers = [_number(data, 8 + 4 * place) for place in range(count)]
            yield self._beyond(following, data, 8 + 4 * count)
            for number in numbers:
                yield self._wrong(number)
                self.listed.add(number)
            following = _number(data, 0)

    def _beyond(self, number: int, data: bytes, end: int) -> Mismatch | None:
        # What was taken off the list leaves its number behind, and nothing else.
        rest = range(end, self.pages.usable - 3, 4)
        if any(_number(data, place) > self.pages.count for place in rest):
            return _differs(f"page {number}", "nothing", "bytes")
        return None

    def _wrong(self, number: int) -> Mismatch | None:
        if not self._is_new(number):
            return self._no_place(number)
        if self.pages.page(number) != self._empty:
            return _differs(f"page {number}", "nothing", "bytes")
        return None

    def _is_new(self, number: int) -> bool:
        return 1 < number <= self.pages.count and number not in self.listed

    def _no_place(self, number: int) -> Mismatch:
        return _differs("free pages", f"2 to {self.pages.count}", number)


def _listed_wrongly(free: _FreePages, most: int) -> Iterator[Mismatch]:
    return (mismatch for mismatch in islice(free.look(), most) if mismatch is not None)


def _number(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4])


def _differs(where: str, expected: object, actual: object) -> Mismatch:
    return Mismatch(MismatchKind.DATABASE, where, str(expected), str(actual))
