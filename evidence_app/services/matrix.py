"""The case at a glance: what shows each violation type, what is missing, and in which months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidence_app.casefile.case import CaseFile
from evidence_app.model.finding import Finding, FindingStatus, SubjectKind
from evidence_app.model.suggestion import Missing
from evidence_app.rulebook import violations
from evidence_app.rulebook.contact import Contact
from evidence_app.services import findings, rule_facts
from evidence_app.services.suggestions import CaseScan


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One violation type, and what the case has of it.

    Attributes:
        violation: Its code.
        shown_events: The events that confirmed findings rest on, as acts of theirs.
        shown_items: The items that confirmed findings rest on as a whole.
        weak_events: The events of confirmed findings of which something is not known.
        suggested_events: The events of suggestions on which nothing was decided.
        missing: What is not known of confirmed findings and open suggestions, with the number of
            those that depend on it.
    """

    violation: str
    shown_events: tuple[int, ...] = ()
    shown_items: tuple[int, ...] = ()
    weak_events: tuple[int, ...] = ()
    suggested_events: tuple[int, ...] = ()
    missing: Mapping[Missing, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """How often one violation type was confirmed in one month.

    Attributes:
        violation: The violation type's code.
        month: As ``2026-03``; empty where the day is not known.
        collector: The party that collects; None if nobody said.
        debt: The debt; None if not known.
        event_ids: The acts, each once.
    """

    violation: str
    month: str
    collector: int | None
    debt: int | None
    event_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Both tables.

    Attributes:
        rows: Violation types by evidence, in the order of the taxonomy.
        months: Violation types by month, collector and debt.
    """

    rows: tuple[EvidenceRow, ...]
    months: tuple[MonthCell, ...]


def of_case(case: CaseFile, scan: CaseScan) -> Matrix:
    """Lay out what was confirmed and what is suggested.

    Args:
        case: The case.
        scan: What the rules make of it.
    """
    confirmed = [
        finding
        for finding in findings.list_findings(case)
        if finding.status is FindingStatus.CONFIRMED
    ]
    ids = sorted({event_id for finding in confirmed for event_id in finding.acts()})
    contacts = rule_facts.read(case, rule_facts.setting_of(case), ids).contacts
    rows = (_row(violation_type.code, confirmed, scan) for violation_type in violations.all_types())
    return Matrix(
        tuple(row for row in rows if row.shown_events or row.shown_items or row.suggested_events),
        tuple(_months(confirmed, contacts)),
    )


def _row(code: str, confirmed: Sequence[Finding], scan: CaseScan) -> EvidenceRow:
    mine = [finding for finding in confirmed if finding.violation == code]
    suggested = [suggestion for suggestion in scan.open() if suggestion.violation == code]
    missing: dict[Missing, int] = defaultdict(int)
    grounds = [finding.ground.missing for finding in mine if finding.ground is not None]
    for several in (*grounds, *(suggestion.suggestion.missing for suggestion in suggested)):
        for fact in several:
            missing[fact] += 1
    weak = [finding for finding in mine if finding.ground is not None and finding.ground.missing]
    return EvidenceRow(
        code,
        _each_once(event_id for finding in mine for event_id in finding.acts()),
        _each_once(item for finding in mine for item in finding.subjects_of(SubjectKind.ITEM)),
        _each_once(event_id for finding in weak for event_id in finding.acts()),
        _each_once(
            event_id for suggestion in suggested for event_id in suggestion.suggestion.acts()
        ),
        dict(missing),
    )


def _each_once(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))


def _months(confirmed: Sequence[Finding], contacts: Mapping[int, Contact]) -> list[MonthCell]:
    cells: dict[tuple[str, str, int | None, int | None], dict[int, None]] = {}
    for finding in confirmed:
        for event_id in finding.acts():
            contact = contacts.get(event_id)
            if contact is not None:
                month = f"{contact.day:%Y-%m}" if contact.day is not None else ""
                key = finding.violation, month, contact.collector, contact.debt
                cells.setdefault(key, {})[event_id] = None
    order = {violation_type.code: violation_type.order for violation_type in violations.all_types()}
    keys = sorted(cells, key=lambda key: (order.get(key[0], 0), key[1], key[2] or 0, key[3] or 0))
    return [MonthCell(*key, tuple(cells[key])) for key in keys]
