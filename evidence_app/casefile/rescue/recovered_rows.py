"""Writes rows that were salvaged from a damaged file into a new case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sqlalchemy import Connection, Table, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.rescue.salvage import TABLES, Row, SalvagedTable
from evidence_app.casefile.schema import content, item, notice
from evidence_app.messages import MessageCode


def write(
    change: Change,
    tables: Mapping[str, SalvagedTable],
    contents: Mapping[int, int],
    damaged: Sequence[int],
) -> tuple[list[str], int]:
    """Write all rows that still make sense.

    Args:
        change: The transaction, in the new case.
        tables: What was salvaged.
        contents: The numbers of originals in the new case, by their old numbers.
        damaged: The old numbers of originals that are not whole.

    Returns:
        The file names of items with damaged originals, and how many rows are lost.
    """
    # An event may point at one with a higher number.
    change.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    stored_ids: dict[str, set[int]] = {"content": set(contents)}
    lost, names = 0, []
    for table in TABLES:
        salvaged = tables.get(table.name, SalvagedTable())
        rows = [
            row for row in salvaged.rows.values() if _has_parents(table, row, stored_ids, salvaged)
        ]
        lost += salvaged.lost + len(salvaged.rows) - len(rows)
        stored_ids[table.name] = {row["id"] for row in rows}
        if table is item:
            names = [row["filename"] for row in rows if row["content_id"] in damaged]
        for run in _runs(table, rows, contents):
            change.insert_many(table, run)
    _mark(change, [contents[number] for number in damaged])
    for item_id in sorted(_unvouched_items(tables) & stored_ids[item.name]):
        _note(change, item_id, MessageCode.RESCUED_UNVOUCHED, damaged=False)
    return names, lost


def _unvouched_items(tables: Mapping[str, SalvagedTable]) -> set[int]:
    """The items of which something is told for which nothing vouches."""
    item_ids = set(tables[item.name].unvouched) if item.name in tables else set()
    for table in tables.values():
        item_ids |= {table.rows[number].get("item_id") or 0 for number in table.unvouched}
    return item_ids


def without_item(connection: Connection) -> list[tuple[int, str]]:
    """Number and digest of each original that no item has."""
    query = select(content.c.id, content.c.sha256)
    alone = query.where(content.c.id.not_in(select(item.c.content_id)))
    return [(row[0], row[1]) for row in connection.execute(alone)]


def _has_parents(
    table: Table, row: Row, stored_ids: Mapping[str, set[int]], salvaged: SalvagedTable
) -> bool:
    """Whether all required rows exist; optional references to missing rows are cleared."""
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table.name
            there = salvaged.rows.keys() if parent == table.name else stored_ids.get(parent, set())
            if row.get(column.name) is None or row[column.name] in there:
                continue
            if not column.nullable:
                return False
            row[column.name] = None
    return True


def _runs(table: Table, rows: list[Row], contents: Mapping[int, int]) -> Iterator[list[Row]]:
    """Rows with numbers that follow each other, with all columns of the table."""
    ordered = sorted(rows, key=lambda row: int(row["id"]))
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1]["id"] - pair[0]):
        yield [_complete(table, row, contents) for _, row in run]


def _complete(table: Table, row: Row, contents: Mapping[int, int]) -> Row:
    cells: Row = {}
    for column in table.columns:
        value = row.get(column.name)
        if value is None and column.default is not None and not column.nullable:
            value = column.default.arg  # type: ignore[attr-defined]
        cells[column.name] = value
    if table is item:
        cells["content_id"] = contents[cells["content_id"]]
    return cells


def _mark(change: Change, contents: Sequence[int]) -> None:
    """Say of items that their originals are damaged."""
    query = select(item.c.id).where(item.c.content_id.in_(contents))
    for item_id in change.connection.execute(query).scalars().all():
        _note(change, item_id, MessageCode.RESCUED_DAMAGED, damaged=True)


def _note(change: Change, item_id: int, code: MessageCode, *, damaged: bool) -> None:
    values = {"code": code.value, "arguments": "{}", "damaged": damaged}
    change.insert(notice, item_id=item_id, **values)
