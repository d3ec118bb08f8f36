"""Which acts show which violation, as the person decides."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import labels as label_records
from evidence_app.model.custody import Action
from evidence_app.model.finding import Finding, Subject
from evidence_app.rulebook import violations
from evidence_app.services.history import Edit, editing
from evidence_app.services.labels import labels


def list_findings(case: CaseFile) -> list[Finding]:
    """All findings, oldest first."""
    with case.read() as connection:
        return label_records.findings(connection)


def confirm(case: CaseFile, subjects: Sequence[Subject], violation: str, note: str = "") -> Edit:
    """Say that each subject shows the violation.

    Raises:
        UsageError: There is no such violation type.
    """
    detail = _detail(subjects, violations.get(violation).code)
    with editing(case, Action.CONFIRM_FINDING, detail) as (change, edit):
        label_records.confirm(change, subjects, violation, note)
    return edit


def remove(case: CaseFile, subjects: Sequence[Subject], violation: str) -> Edit:
    """Take that back."""
    detail = _detail(subjects, violation)
    with editing(case, Action.REMOVE_FINDING, detail) as (change, edit):
        label_records.remove_finding(change, subjects, violation)
    return edit


def toggle(case: CaseFile, subjects: Sequence[Subject], violation: str) -> Edit:
    """Confirm it on all; or take it off, if all have it."""
    present = labels(case, subjects).values()
    if all(violation in one.violations for one in present):
        return remove(case, subjects, violation)
    return confirm(case, subjects, violation)


def set_note(case: CaseFile, finding_id: int, note: str) -> Edit:
    """Put the person's own words beside a finding."""
    detail = {"finding": finding_id, "note": note}
    with editing(case, Action.CONFIRM_FINDING, detail) as (change, edit):
        label_records.edit_finding(change, finding_id, note=note)
    return edit


def _detail(subjects: Sequence[Subject], violation: str) -> dict[str, object]:
    return {
        "violation": violation,
        "subjects": [subject.public_id() for subject in subjects],
    }
