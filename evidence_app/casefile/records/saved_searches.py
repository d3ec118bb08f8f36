"""Writes and reads the searches that the person kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import saved_search
from evidence_app.model.search import SavedSearch


def searches(connection: Connection) -> list[SavedSearch]:
    """All of them by name."""
    query = select(saved_search).order_by(saved_search.c.name)
    return [_search(row) for row in connection.execute(query).mappings()]


@row_values.converts(saved_search)
def _search(row: Any) -> SavedSearch:
    return SavedSearch(row["id"], row["name"], row["query"])


def save(change: Change, name: str, query: str) -> None:
    """Keep a search; another of that name is replaced."""
    for row_id in _of_name(change, name):
        change.update(saved_search, row_id, query=query)
        return
    change.insert(saved_search, name=name, query=query)


def remove(change: Change, name: str) -> None:
    """Keep a search no longer."""
    change.delete_many(saved_search, _of_name(change, name))


def _of_name(change: Change, name: str) -> list[int]:
    query = select(saved_search.c.id).where(saved_search.c.name == name)
    return list(change.connection.execute(query).scalars())
