"""The numbers and addresses that contacts came from, with their dates and counts."""

from __future__ import annotations

from datetime import datetime

from evidence_app.dossier import text as texts
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.key_figures import Number
from evidence_app.dossier.sections import debts
from evidence_app.dossier.styles import BODY, CELL
from evidence_app.dossier.tables import PAD, Column, Table
from evidence_app.model.party import Role


class NumberTable:
    """A table of numbers."""

    def __init__(self, book: DossierContext) -> None:
        wording = book.wording
        self._book = book
        self._table = Table(
            book.sheet,
            (
                Column(wording("numbers.whose"), 5.4),
                Column(wording("numbers.number"), 3.2),
                Column(wording("chart.calls"), 1.2, right=True),
                Column(wording("chart.messages"), 1.2, right=True),
                Column(wording("chart.others"), 1.2, right=True),
                Column(wording("numbers.first"), 2.0),
                Column(wording("numbers.last"), 2.0),
            ),
        )

    @staticmethod
    def rows_within(room: float) -> int:
        """How many rows of one line fit into so much room."""
        return max(1, int(room / (CELL.leading + 2 * PAD)))

    def row(self, number: Number, *, short: bool = False) -> None:
        """Write one number; on one line only if it is to be ``short``."""
        wording = self._book.wording
        role = wording(f"role.{number.role}")
        owner = (
            wording("cover.side", name=texts.name(number.name), role=role) if number.name else role
        )
        written = texts.name(number.written)
        if not written and not number.name:
            written = wording("withheld.or_not_stated")
        cells = (
            owner,
            written,
            wording.number(number.calls),
            wording.number(number.messages),
            wording.number(number.others),
            _day(number.first),
            _day(number.last),
        )
        self._table.row(cells, short=short)

    def add_rest(self, count: int, contacts: int) -> None:
        """Say how many more there are."""
        wording = self._book.wording
        rest_text = wording(
            "numbers.rest", count=wording.number(count), contacts=wording.number(contacts)
        )
        self._table.row((rest_text, "", "", "", "", "", ""), spanning=True)


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "—"


def write(book: DossierContext) -> None:
    """Write the chapter: every number, then everybody whose contacts are not counted."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("numbers.intro"), BODY, after=8)
    table = NumberTable(book)
    for number in book.figures.ranked():
        sheet.meter.check()
        table.row(number)
    debts.write(book)
    others = [party for party in book.content.parties if party.role in _OTHERS]
    if others:
        sheet.space(12)
        sheet.subheading(wording("numbers.others"))
        columns = (Column(wording("numbers.whose"), 4), Column(wording("numbers.number"), 6))
        people = Table(sheet, columns)
        for party in others:
            role = wording(f"role.{party.role}")
            name = texts.name(party.name)
            owner = wording("cover.side", name=name, role=role) if name else role
            numbers = wording("format.list").join(texts.name(i.raw) for i in party.identifiers)
            people.row((owner, numbers))


_OTHERS = (Role.ME, Role.THIRD_PARTY, Role.AUTHORITY)
