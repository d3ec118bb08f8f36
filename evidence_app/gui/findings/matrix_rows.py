"""The matrix as a table of words and counts, read and laid out away from the window."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from evidence_app.model.filters import EventFilter
from evidence_app.model.party import Debt
from evidence_app.model.suggestion import Missing
from evidence_app.services import debts, matrix, parties
from evidence_app.services.matrix import Matrix, MonthCell
from evidence_app.services.suggestions import CaseScan

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile


class Layout(StrEnum):
    """By what the violation types are laid out."""

    EVIDENCE = "evidence"
    MONTH = "month"
    COLLECTOR = "collector"
    DEBT = "debt"


@dataclass(frozen=True, slots=True)
class MatrixFacts:
    """The matrix, and the names of those who are in it.

    Attributes:
        matrix: What the case shows.
        people: Names by the number of the party.
        debts: By the number of the debt.
    """

    matrix: Matrix
    people: Mapping[int, str]
    debts: Mapping[int, Debt]


@dataclass(frozen=True, slots=True)
class Cell:
    """A count.

    Attributes:
        count: How many.
        events: Which events these are; None where there are none.
    """

    count: int = 0
    events: EventFilter | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One violation type.

    Attributes:
        violation: Its code.
        cells: As many as there are columns.
        missing: What is not known of it, with the number of marks and suggestions that depend
            on it.
    """

    violation: str
    cells: tuple[Cell, ...]
    missing: Mapping[Missing, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of counts: what each stands for, in order.

    Attributes:
        keys: A month as ``2026-03``, the number of a party or debt, or None where it is not
            known; nothing for the layout by evidence, whose columns are always the same.
    """

    keys: tuple[str | int | None, ...] = ()


def read(case: CaseFile, done: CaseScan) -> MatrixFacts:
    """Read what the matrix shows.

    Args:
        case: The case.
        done: What the rules make of it.
    """
    people = {party.id: party.label() for party in parties.list_parties(case)}
    owed = {debt.id: debt for debt in debts.list_debts(case)}
    return MatrixFacts(matrix.of_case(case, done), people, owed)


def laid_out(facts: MatrixFacts, layout: Layout) -> tuple[Columns, tuple[Row, ...]]:
    """The rows of the table, and what their columns stand for."""
    if layout is Layout.EVIDENCE:
        return Columns(), tuple(_evidence(facts.matrix))
    return _by(facts.matrix.months, _KEYS[layout])


def _evidence(read_matrix: Matrix) -> Sequence[Row]:
    rows = []
    for row in read_matrix.rows:
        count = len(row.shown_events) + len(row.shown_items)
        cells = (
            Cell(count, EventFilter(violation=row.violation) if count else None),
            _cell(row.weak_events),
            _cell(row.suggested_events),
        )
        rows.append(Row(row.violation, cells, row.missing))
    return rows


def _by(
    months: Sequence[MonthCell], key_of: Callable[[MonthCell], str | int | None]
) -> tuple[Columns, tuple[Row, ...]]:
    events: dict[str, dict[Hashable, list[int]]] = {}
    for cell in months:
        events.setdefault(cell.violation, {}).setdefault(key_of(cell), []).extend(cell.event_ids)
    keys = sorted(
        {key_of(cell) for cell in months}, key=lambda key: (key in (None, ""), str(key).zfill(12))
    )
    rows = [
        Row(
            violation,
            (
                *(_cell(by_key.get(key, ())) for key in keys),
                _cell([event_id for several in by_key.values() for event_id in several]),
            ),
        )
        for violation, by_key in events.items()
    ]
    return Columns(tuple(keys)), tuple(rows)


def _cell(event_ids: Sequence[int]) -> Cell:
    ids = frozenset(event_ids)
    return Cell(len(ids), EventFilter(ids=ids) if ids else None)


_KEYS: Mapping[Layout, Callable[[MonthCell], str | int | None]] = {
    Layout.MONTH: lambda cell: cell.month,
    Layout.COLLECTOR: lambda cell: cell.collector,
    Layout.DEBT: lambda cell: cell.debt,
}
