"""What the person owes, or is said to owe, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import debts as debt_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.party import Debt
from evidence_app.services import parties, short_texts
from evidence_app.services.history import Edit, editing

_LONGEST_DELAY = 36_500


def list_debts(case: CaseFile) -> list[Debt]:
    """All debts, in the order in which they were written down."""
    with case.read() as connection:
        return debt_records.debts(connection)


def get(case: CaseFile, debt_id: int) -> Debt:
    """One debt.

    Raises:
        UsageError: There is none of that number.
    """
    for debt in list_debts(case):
        if debt.id == debt_id:
            return debt
    raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"d{debt_id}"))


def add(
    case: CaseFile,
    creditor: int,
    *,
    product: str = "",
    number: str = "",
    amount: str = "",
    borrowed_on: date | None = None,
    due_on: date | None = None,
    days_overdue: int | None = None,
    note: str = "",
) -> Edit:
    """Write a debt down. What the person does not know is left out.

    Args:
        case: The case.
        creditor: The party to which it is owed.
        product: What kind of loan, in the person's words.
        number: Of the contract or account, as the person knows it.
        amount: With its currency, as the person writes it.
        borrowed_on: When the money was borrowed.
        due_on: When it was to be paid.
        days_overdue: How many days it is late.
        note: The person's words.

    Raises:
        UsageError: There is no such party, or the number of days is none.
    """
    parties.get(case, creditor)
    texts = {"product": product, "number": number, "amount": amount, "note": note}
    values: dict[str, Any] = {
        **_checked(texts),
        "borrowed_on": borrowed_on.isoformat() if borrowed_on is not None else None,
        "due_on": due_on.isoformat() if due_on is not None else None,
        "days_overdue": _days(days_overdue),
    }
    with editing(case, Action.EDIT_DEBT, {"creditor": creditor, **values}) as (change, new_edit):
        new_edit.debt_id = debt_records.add_debt(change, creditor, values)
    return new_edit


def edit(case: CaseFile, debt_id: int, **values: Any) -> Edit:
    """Change what is known of a debt.

    Args:
        case: The case.
        debt_id: The debt.
        **values: As for `add`, and ``creditor``; what is not given stays as it is, and None means
            that the person does not know.

    Raises:
        UsageError: There is no such debt, value or party, or the number of days is none.
    """
    get(case, debt_id)
    changed = cells(values)
    if "creditor_id" in changed:
        parties.get(case, changed["creditor_id"])
    with editing(case, Action.EDIT_DEBT, {"debt": debt_id, **changed}) as (change, new_edit):
        debt_records.edit_debt(change, debt_id, changed)
    return new_edit


def remove(case: CaseFile, debt_id: int) -> Edit:
    """Take a debt off the list.

    Raises:
        UsageError: There is no such debt.
    """
    get(case, debt_id)
    detail = {"debt": debt_id, "deleted": True}
    with editing(case, Action.EDIT_DEBT, detail) as (change, new_edit):
        debt_records.remove_debt(change, debt_id)
    return new_edit


def cells(values: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a debt for what the person says.

    Args:
        values: As for `edit`.

    Raises:
        UsageError: One is not known, or the number of days is none.
    """
    written: dict[str, Any] = {}
    for name, value in values.items():
        if name == "creditor":
            written["creditor_id"] = value
        elif name in ("borrowed_on", "due_on"):
            written[name] = value.isoformat() if value is not None else None
        elif name == "days_overdue":
            written[name] = _days(value)
        elif name in ("product", "number", "amount", "note"):
            written.update(_checked({name: value or ""}))
        else:
            raise UsageError(message(MessageCode.NEEDS_VALUE, field=name))
    return written


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value if name == "note" else short_texts.checked(value)
        for name, value in texts.items()
    }


def _days(days: int | None) -> int | None:
    if days is not None and not 0 <= days <= _LONGEST_DELAY:
        raise UsageError(message(MessageCode.BAD_DAYS, value=days, most=_LONGEST_DELAY))
    return days
