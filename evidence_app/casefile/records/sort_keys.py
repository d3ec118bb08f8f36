"""Keys by which items and events are sorted: they follow from their times and the case's zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import case_info, event, item
from evidence_app.model.times import zone


def refresh(change: Change) -> None:
    """Compute all sort keys again if the case's description changed: its zone may be another."""
    if not any(change.changed("case_info")):
        return
    connection = change.connection
    where = zone(connection.execute(select(case_info.c.timezone)).scalar_one())
    for table, columns in ((item, row_values.sort_column), (event, row_values.sort_columns)):
        rows = connection.execute(select(table).where(table.c.at.is_not(None))).mappings()
        changed = [
            {"key": row["id"], **keys}
            for row in rows
            if _differ(row, keys := columns(row_values.time_reading(row), where))
        ]
        change.require_sealed(table, (row["key"] for row in changed))
        if changed:
            names: dict[str, Any] = {name: bindparam(name) for name in columns(None, where)}
            statement = update(table).where(table.c.id == bindparam("key"))
            connection.execute(statement.values(names), changed)
            change.sorted_anew(table.name, (row["key"] for row in changed))


def _differ(row: Mapping[Any, Any], keys: Mapping[str, Any]) -> bool:
    return any(row[name] != key for name, key in keys.items())
