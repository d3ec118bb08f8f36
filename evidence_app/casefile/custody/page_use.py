"""Looks whether each page of a file belongs to just one thing: a table, an index, or the free ones.

If a page belongs to two things, a change of one writes over the other. SQLite itself looks at that
only if it reads all pages of all tables at once, originals included; here of the pages of an
original only the number of the next one is read.

The format: https://sqlite.org/fileformat2.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from evidence_app.casefile.storage.connection import PAGE_SIZE
from evidence_app.casefile.storage.pages import HEAD, Pages
from evidence_app.model.verification import Mismatch, MismatchKind

_INDEX_INSIDE, _TABLE_INSIDE, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_LOCK_PAGE = (1 << 30) // PAGE_SIZE + 1
"""A page that SQLite leaves alone in every file: https://sqlite.org/fileformat2.html#lockbyte"""

_MOST_TOLD = 100
_MORE_BITS, _SEVEN_BITS = 0x80, 0x7F
_LONGEST_NUMBER = 9


def check(pages: Pages, roots: Iterable[int], free: Iterable[int]) -> Iterator[Mismatch]:
    """Pages that belong to two things or to none.

    Args:
        pages: Of the file.
        roots: The first page of each table and index.
        free: The pages that are listed as free.
    """
    uses = bytearray(pages.count + 1)
    twice: list[int] = []
    for number in free:
        _count(uses, number, twice)
    for root in (1, *roots):
        _count_tree(pages, root, uses, twice)
    for number in sorted(set(twice))[:_MOST_TOLD]:
        is_there = 0 < number <= pages.count
        yield _differs(f"page {number}", "one use" if is_there else "no use", "a use more")
    unused = (number for number in range(1, pages.count + 1) if not uses[number])
    for first, last in _runs(number for number in unused if number != _LOCK_PAGE):
        yield _differs(f"page {first}" if first == last else f"pages {first} to {last}",
                       "a use", "none")  # fmt: skip


def _count(uses: bytearray, number: int, twice: list[int]) -> bool:
    """Note a use of a page; whether it is the first."""
    if not 0 < number < len(uses) or uses[number]:
        twice.append(number)
        return False
    uses[number] = 1
    return True


def _count_tree(pages: Pages, root: int, uses: bytearray, twice: list[int]) -> None:
    """Note all pages of a table or an index."""
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if not _count(uses, number, twice):
            continue
        data = pages.page(number)
        start = HEAD if number == 1 else 0
        kind, cells = data[start], int.from_bytes(data[start + 3 : start + 5])
        is_inside = kind in (_INDEX_INSIDE, _TABLE_INSIDE)
        places = _places(data, start + (12 if is_inside else 8), cells)
        if is_inside:
            waiting.append(int.from_bytes(data[start + 8 : start + 12]))
            waiting.extend(int.from_bytes(data[place : place + 4]) for place in places)
        if kind != _TABLE_INSIDE:
            for first, count in _overflowing(data, kind, places, pages.usable):
                _count_chain(pages, first, count, uses, twice)


def _places(data: bytes, start: int, cells: int) -> tuple[int, ...]:
    """Where on a page its cells begin, as far as there is room to say so."""
    cells = min(cells, (len(data) - start) // 2)
    return struct.unpack_from(f">{cells}H", data, start)


def _overflowing(
    data: bytes, kind: int, places: Iterable[int], usable: int
) -> Iterator[tuple[int, int]]:
    """The first page, and how many there are, of what does not fit on a page with its cells."""
    most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    least = (usable - 12) * 32 // 255 - 23
    before = 4 if kind == _INDEX_INSIDE else 0
    for place in places:
        # Almost all cells are short: the length of those takes one byte.
        at = place + before
        if at >= len(data) or not data[at] & _MORE_BITS:
            continue
        size, at = _number(data, at)
        if size <= most:
            continue
        if kind == _TABLE_LEAF:
            _, at = _number(data, at)
        fitting = least + (size - least) % (usable - 4)
        kept = fitting if fitting <= most else least
        first = int.from_bytes(data[at + kept : at + kept + 4])
        yield first, -(-(size - kept) // (usable - 4))


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for place, byte in enumerate(data[at : at + _LONGEST_NUMBER], 1):
        if place == _LONGEST_NUMBER:
            return value << 8 | byte, at + place
        value = value << 7 | byte & _SEVEN_BITS
        if not byte & _MORE_BITS:
            return value, at + place
    return value, len(data)


def _count_chain(pages: Pages, first: int, count: int, uses: bytearray, twice: list[int]) -> None:
    number = first
    for _ in range(count):
        if not _count(uses, number, twice):
            return
        number = pages.link(number)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    first = last = 0
    for number in numbers:
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield first, last
        first = last = number
    if first:
        yield first, last


def _differs(where: str, expected: str, actual: str) -> Mismatch:
    return Mismatch(MismatchKind.DATABASE, where, expected, actual)
