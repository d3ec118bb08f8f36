"""Writes and reads debts, and which rulebooks the person switched on or off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import case_rulebook, debt
from evidence_app.model.party import Debt


def debts(connection: Connection) -> list[Debt]:
    """All debts, in the order in which they were written down."""
    rows = connection.execute(select(debt).order_by(debt.c.id))
    return [_debt(row) for row in rows.mappings()]


@row_values.converts(debt)
def _debt(row: Any) -> Debt:
    return Debt(
        id=row["id"],
        creditor=row["creditor_id"],
        product=row["product"],
        number=row["number"],
        amount=row["amount"],
        borrowed_on=_day(row["borrowed_on"]),
        due_on=_day(row["due_on"]),
        days_overdue=row["days_overdue"],
        note=row["note"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def add_debt(change: Change, creditor_id: int, values: Mapping[str, Any]) -> int:
    """Add a debt; return its number."""
    return change.insert(debt, creditor_id=creditor_id, **values)


def edit_debt(change: Change, debt_id: int, values: Mapping[str, Any]) -> None:
    """Change cells of a debt."""
    change.update(debt, debt_id, **values)


def remove_debt(change: Change, debt_id: int) -> None:
    """Remove a debt."""
    change.delete(debt, debt_id)


def switches(connection: Connection) -> dict[str, bool]:
    """The rulebooks that the person switched, by id: whether they are on."""
    query = select(case_rulebook.c.rulebook, case_rulebook.c.is_on)
    return {name: bool(is_on) for name, is_on in connection.execute(query)}


def switch(change: Change, rulebook: str, *, is_on: bool) -> None:
    """Switch a rulebook on or off."""
    query = select(case_rulebook.c.id).where(case_rulebook.c.rulebook == rulebook)
    row_id = change.connection.execute(query).scalar()
    if row_id is None:
        change.insert(case_rulebook, rulebook=rulebook, is_on=is_on)
    else:
        change.update(case_rulebook, row_id, is_on=is_on)
