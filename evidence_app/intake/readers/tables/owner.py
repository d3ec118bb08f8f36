"""By what the owner of the phone is known in a table, which tells who called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from evidence_app.intake.chat_authors import names_owner
from evidence_app.intake.readers.tables import values
from evidence_app.intake.readers.tables.head import TableHead
from evidence_app.intake.readers.tables.headings import Column, folded
from evidence_app.intake.readers.tables.sheets import Row, cell_text
from evidence_app.intake.readers.tables.values import plain
from evidence_app.model import numbers
from evidence_app.model.event import Direction

_OWN_NUMBER = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")

_FLAGS = frozenset(
    map(
        folded,
        (
            "is_from_me", "from_me", "is_outgoing", "is_sender", "is_sent", "sent_by_me",
            "is_mine", "is_self", "isSend", "是否本人", "是否自己", "是否本人发送", "是否发送方",
        ),
    )
)  # fmt: skip
_YES = frozenset({"1", "true", "yes", "是", "y", "1.0"})
_NO = frozenset({"0", "false", "no", "否", "n", "0.0"})


def flag_of(heading: Row) -> int:
    """Where the column is that says whether the owner wrote; -1 if there is none."""
    return next((at for at, cell in enumerate(heading) if folded(cell) in _FLAGS), -1)


class TableOwner:
    """The owner in a table.

    Args:
        head: What is known of the table.
        stated: Numbers and names of the owner, as the person said.
        region: By whose habits local numbers are read.

    Attributes:
        is_known: Whether anything tells who it is.
    """

    def __init__(self, head: TableHead, stated: Iterable[str], region: str | None) -> None:
        self._columns = head.columns
        self._region = region
        self._rows = [row for _, row in head.rows]
        self._flag = flag_of(head.heading)
        self._sides = self._find(head.preamble(), stated)
        self.is_known = bool(self._sides)
        own = {self._plain(row, Column.NUMBER) for row in self._rows if self.has_name(row)}
        others = {self._plain(row, Column.NUMBER): self._text(row, Column.NUMBER)
                  for row in self._rows if not self.has_name(row)}  # fmt: skip
        self._is_named = bool(own)
        self._own_numbers = own - others.keys()
        self._others = [number for number in others.values() if number]

    def direction(self, row: Row) -> Direction:
        """Who called or wrote, as the numbers or names of both sides tell."""
        is_caller = self._plain(row, Column.CALLER) in self._sides
        is_callee = self._plain(row, Column.CALLEE) in self._sides
        if is_caller == is_callee:
            return Direction.NONE
        return Direction.OUTGOING if is_caller else Direction.INCOMING

    def is_caller(self, row: Row) -> bool:
        """Whether the owner stands in the column of those who called or wrote."""
        is_me = names_owner([self._text(row, Column.CALLER)])
        return is_me or (
            Column.CALLER in self._columns and self._plain(row, Column.CALLER) in self._sides
        )

    def by_name(self, row: Row) -> Direction:
        """Who wrote, if the table calls the owner me in the rows that the owner wrote."""
        if not self._is_named:
            return Direction.NONE
        return Direction.OUTGOING if self.has_name(row) else Direction.INCOMING

    def by_flag(self, row: Row) -> Direction:
        """Who wrote, as a column says of which the heading asks whether it was the owner."""
        written = plain(row[self._flag]).casefold() if 0 <= self._flag < len(row) else ""
        if written in _YES:
            return Direction.OUTGOING
        return Direction.INCOMING if written in _NO else Direction.NONE

    def candidates(self) -> Counter[str]:
        """Who may be the owner, with counts: numbers in full, names as they are written."""
        spelled: dict[str, str] = {}
        for row in self._rows:
            for column in (Column.CALLER, Column.CALLEE):
                text = self._text(row, column)
                is_number = any(map(str.isdigit, text))
                spelled.setdefault(self._normal(text), self._normal(text) if is_number else text)
        return Counter({spelled[side]: count for side, count in self._counts().items()})

    def _counts(self) -> Counter[str]:
        return Counter(side for row in self._rows for side in self._both(row) if side)

    def is_own_number(self, row: Row) -> bool:
        """Whether a row that the owner wrote has the owner's number, not that of the other side."""
        return self.has_name(row) and self._plain(row, Column.NUMBER) in self._own_numbers

    def partner(self) -> str:
        """The number of the other side, if there is only one."""
        return self._others[0] if len(self._others) == 1 else ""

    def has_name(self, row: Row) -> bool:
        """Whether a row calls the one who wrote me."""
        return names_owner([self._text(row, Column.NAME)])

    def _find(self, preamble: str, stated: Iterable[str]) -> frozenset[str]:
        """As told, as stated above the rows, as me, or the one side in every row."""
        owners = {self._normal(owner) for owner in stated}
        owners |= {self._normal(number) for number in _OWN_NUMBER.findall(preamble)}
        if not {Column.CALLER, Column.CALLEE} <= self._columns.keys():
            return frozenset(owners) - {""}
        counts = self._counts()
        called_me = {side for side in counts if names_owner([side])}
        if owners & counts.keys() or called_me:
            return frozenset(owners | called_me) - {""}
        everywhere = [side for side, count in counts.items() if count >= len(self._rows) > 1]
        return frozenset(owners.union(everywhere if len(everywhere) == 1 else ())) - {""}

    def _both(self, row: Row) -> Iterator[str]:
        yield from {self._plain(row, Column.CALLER), self._plain(row, Column.CALLEE)}

    def _text(self, row: Row, column: Column) -> str:
        position = self._columns.get(column)
        is_there = position is not None and position < len(row)
        return values.number(row[position]) if is_there and position is not None else ""

    def _plain(self, row: Row, column: Column) -> str:
        return self._normal(self._text(row, column))

    def _normal(self, number: str) -> str:
        return numbers.normalize(cell_text(number), self._region) if number else ""
