"""The one gate through which rows change: it knows which, and how to take them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from evidence_app.casefile import schema
from evidence_app.casefile.areas import AREAS
from evidence_app.errors import InternalError
from evidence_app.model.changes import Area

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; None where it did not exist."""

    table: str
    id: int
    before: Row | None
    after: Row | None

    def inverse(self) -> RowChange:
        """The change that takes this one back."""
        return RowChange(self.table, self.id, self.after, self.before)


class Change:
    """The rows that one transaction changes.

    Attributes:
        connection: The transaction's connection, for reading along.
        areas: What parts of the case were touched so far.
        touched: The numbers of the rows that were changed or removed, by table.
        inserted: The numbers of the new rows, by table, as few ranges as can be.
        rows: What was changed, in order; empty if the change cannot be undone. Originals are
            not among them: they stay, whatever is undone.
        entry: The number of the custody entry, once the transaction is done.
        on_finish: Is told the share of the new rows that are indexed and sealed, while the
            transaction is completed; what it raises takes all of it back.
    """

    def __init__(self, connection: Connection, *, undoable: bool) -> None:
        self.connection = connection
        self.areas: set[Area] = set()
        self.rows: list[RowChange] = []
        self.touched: dict[str, set[int]] = {}
        self.inserted: dict[str, list[range]] = {}
        self.entry = 0
        self.on_finish: Callable[[float], None] = lambda share: None
        self._finished = 0
        self._undoable = undoable
        self._sorted_anew: dict[str, set[int]] = {}

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; return its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, rows: Sequence[Row]) -> range:
        """Add rows that all have the same columns; return their ids."""
        if not rows:
            return range(0)
        first = rows[0]["id"] if "id" in rows[0] else self._next_id(table)
        numbered = [{"id": first + n, **row} for n, row in enumerate(rows)]
        self._insert(table, numbered)
        self._note_new(table.name, range(first, first + len(numbered)))
        for row in numbered:
            self._note(RowChange(table.name, row["id"], None, row))
        return range(first, first + len(numbered))

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert by the driver's own statement: SQLAlchemy's handling of each row costs more."""
        names = list(rows[0])
        columns = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" * len(names))
        self.connection.exec_driver_sql(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})',
            list(map(itemgetter(*names), rows)),
        )

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Change cells of a row; nothing happens if they are so already."""
        before = self._row(table, row_id)
        if before is None or all(before[name] == value for name, value in values.items()):
            return
        self.connection.execute(update(table).where(table.c.id == row_id).values(values))
        self._note(RowChange(table.name, row_id, before, {**before, **values}))

    def delete(self, table: Table, row_id: int) -> None:
        """Remove a row."""
        before = self._row(table, row_id)
        if before is None:
            return
        self.connection.execute(delete(table).where(table.c.id == row_id))
        self._note(RowChange(table.name, row_id, before, None))

    def remove(self, table: Table, which: ColumnElement[bool]) -> None:
        """Remove all rows of which a condition is true; this cannot be undone.

        Raises:
            InternalError: The change is one that can be undone.
        """
        if self._undoable:
            raise InternalError("rows that are removed at once cannot be brought back")
        ids = set(self.connection.execute(select(table.c.id).where(which)).scalars())
        if ids:
            self.connection.execute(delete(table).where(which))
            self.touched.setdefault(table.name, set()).update(ids)
            if table.name in AREAS:
                self.areas.add(AREAS[table.name])

    def apply(self, rows: Sequence[RowChange]) -> None:
        """Do changes that are known row by row: an undo or a redo."""
        for row in rows:
            table = schema.metadata.tables[row.table]
            if row.after is None:
                self.delete(table, row.id)
            elif row.before is None:
                self.insert(table, **row.after)
            else:
                self.update(table, row.id, **row.after)

    def sorted_anew(self, table: str, ids: Iterable[int]) -> None:
        """Note rows of which only the keys that follow from others were written."""
        self._sorted_anew.setdefault(table, set()).update(ids)

    def all_ids(self, table: str) -> Iterator[int]:
        """The numbers of all rows of a table that were written or removed, in order."""
        new = sorted(self.inserted.get(table, ()), key=lambda ids: ids.start)
        others = {*self.touched.get(table, ()), *self._sorted_anew.get(table, ())}
        last = None
        # Millions of new rows are few ranges, which must not become millions of numbers.
        for row_id in merge(*new, sorted(others)):
            if row_id != last:
                yield row_id
            last = row_id

    def finish(self, rows: int) -> None:
        """Note that so many new rows were indexed or sealed."""
        self._finished += rows
        searched = chain(self.inserted.get("event", ()), self.inserted.get("text_span", ()))
        indexed = sum(map(len, searched))
        sealed = sum(len(ids) for new in self.inserted.values() for ids in new)
        self.on_finish(min(1.0, self._finished / max(indexed + sealed, 1)))

    def _note(self, row: RowChange) -> None:
        if row.before is not None:
            self.touched.setdefault(row.table, set()).add(row.id)
        area = AREAS.get(row.table)
        if area is not None:
            self.areas.add(area)
        if self._undoable and row.table != schema.content.name:
            self.rows.append(row)

    def _note_new(self, table: str, ids: range) -> None:
        ranges = self.inserted.setdefault(table, [])
        if ranges and ranges[-1].stop == ids.start:
            ranges[-1] = range(ranges[-1].start, ids.stop)
        else:
            ranges.append(ids)

    def changed(self, table: str) -> Iterator[int]:
        """The numbers of rows of a table that were there before and were changed."""
        new = self.inserted.get(table, [])
        for row_id in self.touched.get(table, ()):
            if not any(row_id in ids for ids in new):
                yield row_id

    def is_empty(self) -> bool:
        """Whether nothing was changed."""
        return not self.touched and not self.inserted

    def _next_id(self, table: Table) -> int:
        # Asked for every table of every file: SQLAlchemy's own way takes longer than SQLite.
        highest = self.connection.exec_driver_sql(f'SELECT max(id) FROM "{table.name}"').scalar()
        return int(highest or 0) + 1

    def _row(self, table: Table, row_id: int) -> Row | None:
        found = self.connection.execute(select(table).where(table.c.id == row_id)).mappings()
        row = found.one_or_none()
        return None if row is None else dict(row)
