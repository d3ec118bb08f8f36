"""Writes and reads what is known of the case as a whole."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import case_info, export
from evidence_app.casefile.storage.cells import damaged
from evidence_app.model.case import CaseInfo
from evidence_app.model.times import zone

_ONLY = 1
_DESCRIPTION = select(case_info).where(case_info.c.id == _ONLY)
"""The number of the one description that a case has."""


def add_info(change: Change, info: CaseInfo) -> None:
    """Write the case's description, once."""
    change.insert(
        case_info,
        title=info.title,
        owner_name=info.owner_name,
        timezone=info.timezone,
        jurisdiction=info.jurisdiction.value,
        created_at=info.created_at.isoformat(),
        case_id=info.case_id,
    )


def info(connection: Connection) -> CaseInfo:
    """The case's description.

    Raises:
        DamagedError: It cannot be read.
    """
    row = connection.execute(_DESCRIPTION).mappings().first()
    if row is None:
        raise damaged(case_info.name)
    return row_values.case_info(row)


def case_zone(connection: Connection) -> ZoneInfo:
    """The zone in which the case counts days."""
    return zone(info(connection).timezone)


def edit_info(change: Change, values: dict[str, Any]) -> None:
    """Change parts of the description."""
    change.update(case_info, _ONLY, **values)


def add_export(
    change: Change, *, kind: str, filename: str, sha256: str, size: int, created_at: str
) -> int:
    """Note a file that was exported; return its number."""
    return change.insert(
        export, kind=kind, filename=filename, sha256=sha256, size=size, created_at=created_at
    )
