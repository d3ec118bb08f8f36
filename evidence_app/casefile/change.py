"""The one gate through which rows change: it knows which, and how to take them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, update

from evidence_app.casefile import schema
from evidence_app.casefile.areas import AREAS
from evidence_app.casefile.custody.row_guard import Row, RowGuard
from evidence_app.errors import InternalError
from evidence_app.model.changes import Area
from evidence_app.model.evidence import PlaceUnit

_BATCH = 512
_REFERENCES = {
    name: {
        column.name: key.column.table.name
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name not in schema.UNSEALED_TABLES
    }
    for name, table in schema.metadata.tables.items()
}
"""For each table, which of its columns point at rows of which other."""


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

    What is there is compared with the log before it is changed or removed, or something is written
    that points at it. If it does not agree, `UserError` is raised, and nothing of the change stays.

    Attributes:
        connection: The transaction's connection, for reading along.
        areas: What parts of the case were touched so far.
        touched: The numbers of the rows that were changed or removed, by table.
        inserted: The numbers of the new rows, by table, as few ranges as can be.
        rows: What was changed, in order; empty if the change cannot be undone. Originals are
            not among them: they stay, whatever is undone.
        reworded: The items and pages of which texts were changed or removed; no page where an
            item has none.
        entry: The number of the custody entry, once the transaction is done.
        on_finish: Is told the share of the new rows that are indexed and sealed, while the
            transaction is completed; what it raises takes all of it back.
    """

    def __init__(self, connection: Connection, guard: RowGuard, *, undoable: bool) -> None:
        self.connection = connection
        self._guard = guard
        self.areas: set[Area] = set()
        self.rows: list[RowChange] = []
        self.touched: dict[str, set[int]] = {}
        self.inserted: dict[str, list[range]] = {}
        self.reworded: set[tuple[int, int | None]] = set()
        self.entry = 0
        self.on_finish: Callable[[float], None] = lambda share: None
        self._finished = 0
        self._undoable = undoable
        self._sorted_anew: dict[str, set[int]] = {}
        self._sound: dict[str, set[int]] = {}

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; return its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, rows: Sequence[Row]) -> range:
        """Add rows that all have the same columns; return their ids."""
        if not rows:
            return range(0)
        return self.insert_columns(table, {name: [row[name] for row in rows] for name in rows[0]})

    def insert_columns(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> range:
        """Add rows, at least one, given column by column; return their ids."""
        count = len(next(iter(columns.values())))
        if "id" in columns:
            first = columns["id"][0]
            self._guard.require_free(self.connection, table.name, range(first, first + count))
        else:
            first = self._guard.next_id(self.connection, table.name, count)
        ids = range(first, first + count)
        self._require_sound_targets(table.name, columns)
        cells = {"id": ids, **{name: of for name, of in columns.items() if name != "id"}}
        self._insert(table, cells)
        self._note_new(table.name, ids)
        self._note_area(table.name)
        if self._keeps(table.name):
            for row in zip(*cells.values(), strict=True):
                after = dict(zip(cells, row, strict=True))
                self.rows.append(RowChange(table.name, after["id"], None, after))
        return ids

    def _insert(self, table: Table, cells: Mapping[str, Sequence[Any]]) -> None:
        """Insert by the driver's own statement: SQLAlchemy's handling of each row costs more."""
        columns = ", ".join(f'"{name}"' for name in cells)
        places = ", ".join("?" * len(cells))
        self.connection.exec_driver_sql(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})',
            list(zip(*cells.values(), strict=True)),
        )

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Change cells of a row; nothing happens if they are so already."""
        before = next(self._checked(table, [row_id]), None)
        if before is None or all(before[name] == value for name, value in values.items()):
            return
        self._require_sound_targets(table.name, {name: [values[name]] for name in values})
        self.connection.execute(update(table).where(table.c.id == row_id).values(values))
        self._note(RowChange(table.name, row_id, before, {**before, **values}))

    def delete(self, table: Table, row_id: int) -> None:
        """Remove a row."""
        self.delete_many(table, [row_id])

    def delete_many(self, table: Table, ids: Sequence[int]) -> None:
        """Remove rows."""
        for before in self._checked(table, ids):
            self._note(RowChange(table.name, before["id"], before, None))
        self._delete(table, ids)

    def _delete(self, table: Table, ids: Iterable[int]) -> None:
        going_on = iter(ids)
        while batch := list(islice(going_on, _BATCH)):
            numbers = ",".join(map(str, batch))
            self.connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE id IN ({numbers})')

    def remove(self, table: Table, which: ColumnElement[bool]) -> None:
        """Remove all rows of which a condition is true; this cannot be undone.

        Raises:
            InternalError: The change is one that can be undone.
        """
        if self._undoable:
            raise InternalError("rows that are removed at once cannot be brought back")
        ids = set(self.connection.execute(select(table.c.id).where(which)).scalars())
        if not ids:
            return
        self.require_sealed(table, ids)
        self._delete(table, ids)
        self.touched.setdefault(table.name, set()).update(ids)
        if table.name in AREAS:
            self.areas.add(AREAS[table.name])

    def apply(self, rows: Sequence[RowChange]) -> None:
        """Do changes that are known row by row: an undo or a redo."""
        for (name, kind), run in groupby(rows, key=lambda row: (row.table, _kind(row))):
            table = schema.metadata.tables[name]
            if kind == "delete":
                self.delete_many(table, [row.id for row in run])
            elif kind == "insert":
                self._bring_back(table, [row.after for row in run if row.after is not None])
            else:
                for row in run:
                    self.update(table, row.id, **(row.after or {}))

    def _bring_back(self, table: Table, rows: list[Row]) -> None:
        """Add rows with the numbers that they had before."""
        rows.sort(key=itemgetter("id"))
        start = 0
        for place in range(1, len(rows) + 1):
            is_end = place == len(rows) or rows[place]["id"] != rows[place - 1]["id"] + 1
            if is_end or rows[place].keys() != rows[place - 1].keys():
                self.insert_many(table, rows[start:place])
                start = place

    def require_sealed(self, table: Table, ids: Iterable[int]) -> None:
        """Compare rows with the log that are going to be written by another statement.

        Raises:
            UserError: One does not agree.
        """
        for _ in self._checked(table, ids):
            pass

    def _checked(self, table: Table, ids: Iterable[int]) -> Iterator[Row]:
        """The rows as they are, compared with the log unless this change wrote them itself."""
        return self._guard.rows(
            self.connection, table.name, ids, own=lambda row_id: self._is_own(table.name, row_id)
        )

    def _require_sound_targets(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        """Compare rows with the log at which others are going to point, each once."""
        for name, target in _REFERENCES[table].items():
            checked = self._sound.setdefault(target, set())
            new = {row_id for row_id in columns.get(name, ()) if type(row_id) is int} - checked
            if new:
                self._guard.require_sound(
                    self.connection, target, new, own=partial(self._is_own, target)
                )
                checked |= new

    def _is_own(self, table: str, row_id: int) -> bool:
        return row_id in self.touched.get(table, ()) or any(
            row_id in ids for ids in self.inserted.get(table, ())
        )

    def sorted_anew(self, table: str, ids: Iterable[int]) -> None:
        """Note rows of which only the keys that follow from others were written."""
        self._sorted_anew.setdefault(table, set()).update(ids)

    def touches(self, table: str) -> bool:
        """Whether a row of a table was written or removed."""
        return any(table in noted for noted in (self.inserted, self.touched, self._sorted_anew))

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
            if row.table == schema.text_span.name:
                is_on_page = row.before["place_unit"] == PlaceUnit.PAGE
                page = row.before["place_number"] if is_on_page else None
                self.reworded.add((row.before["item_id"], page))
        self._note_area(row.table)
        if self._keeps(row.table):
            self.rows.append(row)

    def _keeps(self, table: str) -> bool:
        """Whether the earlier values of a table's rows are kept for undo."""
        return self._undoable and table != schema.content.name

    def _note_area(self, table: str) -> None:
        area = AREAS.get(table)
        if area is not None:
            self.areas.add(area)

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


def _kind(row: RowChange) -> str:
    if row.after is None:
        return "delete"
    return "insert" if row.before is None else "update"
