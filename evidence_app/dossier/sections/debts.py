"""What the person owes, or is said to owe: in a line of the cover, and as a table."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import SMALL
from evidence_app.dossier.tables import Column, Table
from evidence_app.dossier.wording import Wording
from evidence_app.model.party import Debt


def lines(content: DossierContent, wording: Wording, most: int) -> Iterator[str]:
    """Each debt on a line, and how many more there are than ``most``."""
    for debt in content.debts[:most]:
        contract = wording("cover.contract", number=texts.name(debt.number)) if debt.number else ""
        parts = texts.name(debt.product), contract, texts.name(debt.amount)
        debt_text = wording.joined(*parts) or wording("cover.debt")
        creditor = creditor_name(content, debt.creditor)
        if creditor:
            debt_text = wording("cover.debt_one", what=debt_text, creditor=creditor)
        yield debt_text
    if len(content.debts) > most:
        yield wording("cover.more_debts", count=wording.number(len(content.debts) - most))


def creditor_name(content: DossierContent, party_id: int | None) -> str:
    """What a party is called, else its first number; empty if it is not in the dossier."""
    for party in content.parties:
        if party.id == party_id:
            return texts.name(party.label())
    return ""


def write(book: DossierContext) -> None:
    """Write the table, if there are debts; only with the columns of which something is known."""
    wording, debts = book.wording, book.content.debts
    if not debts:
        return
    book.sheet.space(12)
    book.sheet.subheading(wording("debts.title"))
    rows = [_cells(book, debt) for debt in debts]
    known = [n for n in range(len(_COLUMNS)) if any(row[n] for row in rows)]
    columns = [Column(wording(f"debts.{_COLUMNS[n][0]}"), _COLUMNS[n][1]) for n in known]
    table = Table(book.sheet, columns)
    for row in rows:
        book.sheet.meter.check()
        table.row([row[n] for n in known])
    book.sheet.space(SMALL.leading)


_COLUMNS = (
    ("creditor", 2.8),
    ("product", 2.4),
    ("number", 3.0),
    ("amount", 2.4),
    ("borrowed", 2.2),
    ("due", 2.2),
    ("overdue", 1.2),
    ("note", 2.6),
)


def _cells(book: DossierContext, debt: Debt) -> tuple[str, ...]:
    return (
        creditor_name(book.content, debt.creditor),
        texts.name(debt.product),
        texts.name(debt.number),
        texts.name(debt.amount),
        f"{debt.borrowed_on}" if debt.borrowed_on else "",
        f"{debt.due_on}" if debt.due_on else "",
        "" if debt.days_overdue is None else book.wording.number(debt.days_overdue),
        texts.name(debt.note),
    )
