"""Which acts show which violation, as the person decides."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import findings as finding_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.finding import (
    Finding,
    FindingStatus,
    FindingSubject,
    Ground,
    Subject,
    SubjectKind,
)
from evidence_app.model.suggested import Suggested
from evidence_app.model.suggestion import SubjectRole
from evidence_app.rulebook import violations
from evidence_app.services.history import Edit, editing
from evidence_app.services.labels import labels

ACTIONS = {
    FindingStatus.CONFIRMED: Action.CONFIRM_FINDING,
    FindingStatus.DISMISSED: Action.DISMISS_FINDING,
    FindingStatus.UNSURE: Action.LEAVE_FINDING_OPEN,
}
"""What deciding so is called in the log."""


def list_findings(case: CaseFile) -> list[Finding]:
    """All findings, whatever was decided, oldest first."""
    with case.read() as connection:
        return finding_records.findings(connection)


def get(case: CaseFile, finding_id: int) -> Finding:
    """One finding.

    Raises:
        UsageError: There is none of that number.
    """
    with case.read() as connection:
        findings = finding_records.of_ids(connection, [finding_id])
    if not findings:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"f{finding_id}"))
    return findings[0]


def confirm(case: CaseFile, subjects: Sequence[Subject], violation: str, note: str = "") -> Edit:
    """Say that each subject shows the violation, one finding for each.

    Where it was said before, the note is added to what was written then.

    Raises:
        UsageError: There is no such violation type.
    """
    code = violations.get(violation).code
    with editing(case, Action.CONFIRM_FINDING, _detail(subjects, code)) as (change, edit):
        existing = finding_records.on(change.connection, subjects, code)
        on_each = _by_subject(existing)
        fresh = []
        for subject in dict.fromkeys(subjects):
            if not _is_confirmed_again(change, {subject}, note, on_each.get(subject, ())):
                fresh.append(subject)
        confirmed = FindingStatus.CONFIRMED
        plain = [subject for subject in fresh if subject.kind is not SubjectKind.MARK]
        finding_records.add_each(change, code, confirmed, plain, note)
        for mark in (subject for subject in fresh if subject.kind is SubjectKind.MARK):
            act = FindingSubject(mark, SubjectRole.ACT)
            finding_records.add(change, code, confirmed, [act], note=note)
    return edit


def _by_subject(existing: Sequence[Finding]) -> dict[Subject, list[Finding]]:
    by_subject: dict[Subject, list[Finding]] = {}
    for finding in existing:
        for subject_role in finding.subjects:
            by_subject.setdefault(subject_role.subject, []).append(finding)
    return by_subject


def confirm_together(
    case: CaseFile, subjects: Sequence[FindingSubject], violation: str, note: str = ""
) -> Edit:
    """Say that all the subjects together show the violation: one finding.

    It stands at the last of them.

    Raises:
        UsageError: There is no such violation type, or no subject.
    """
    code = violations.get(violation).code
    if not subjects:
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="ID"))
    detail = _detail([subject_role.subject for subject_role in subjects], code)
    with editing(case, Action.CONFIRM_FINDING, detail) as (change, edit):
        existing = finding_records.on(change.connection, [subjects[-1].subject], code)
        wanted_subjects = {subject_role.subject for subject_role in subjects}
        if not _is_confirmed_again(change, wanted_subjects, note, existing):
            chosen = list(dict.fromkeys(subjects))
            finding_records.add(change, code, FindingStatus.CONFIRMED, chosen, note=note)
    return edit


def _is_confirmed_again(
    change: Change, wanted_subjects: set[Subject], note: str, existing: Sequence[Finding]
) -> bool:
    """Confirm an existing finding on the same subjects; false if there is none."""
    for finding in existing:
        is_confirmed = finding.status is FindingStatus.CONFIRMED
        is_same = wanted_subjects <= {subject_role.subject for subject_role in finding.subjects}
        if is_same and (is_confirmed or finding.ground is None):
            if not is_confirmed or note.strip():
                status = FindingStatus.CONFIRMED
                finding_records.decide(change, finding.id, status, finding.reason, note)
            return True
    return False


def remove(case: CaseFile, subjects: Sequence[Subject], violation: str) -> Edit:
    """Take that back.

    What was made by hand is removed. What came from a suggestion is dismissed, all of it, so that
    it does not return.
    """
    detail = _detail(subjects, violation)
    with editing(case, Action.REMOVE_FINDING, detail) as (change, edit):
        existing = finding_records.on(change.connection, subjects, violation)
        finding_records.remove(
            change, [finding.id for finding in existing if finding.ground is None]
        )
        for finding in existing:
            if finding.ground is not None and finding.status is FindingStatus.CONFIRMED:
                finding_records.decide(change, finding.id, FindingStatus.DISMISSED, "")
    return edit


def toggle(case: CaseFile, subjects: Sequence[Subject], violation: str) -> Edit:
    """Confirm it on all; or take it off, if all have it."""
    present = labels(case, subjects).values()
    if all(violation in labels_of.violations for labels_of in present):
        return remove(case, subjects, violation)
    return confirm(case, subjects, violation)


def set_note(case: CaseFile, finding_id: int, note: str) -> Edit:
    """Put the person's own words beside a finding."""
    detail = {"finding": finding_id, "note": note}
    with editing(case, Action.CONFIRM_FINDING, detail) as (change, edit):
        finding_records.set_note(change, finding_id, note)
    return edit


def decide(
    case: CaseFile, suggested: Sequence[Suggested], status: FindingStatus, reason: str = ""
) -> Edit:
    """Confirm suggestions, dismiss them, or leave them open as not sure.

    What was decided before on one whose evidence changed is put on its new ground.

    Args:
        case: The case.
        suggested: What is decided on.
        status: What is decided; not ``suggested``.
        reason: Why, in the person's words.
    """
    detail = {
        "suggestions": [suggestion.id for suggestion in suggested],
        "violations": sorted({suggestion.violation for suggestion in suggested}),
        "rules": sorted({suggestion.rule.id for suggestion in suggested}),
        "reason": reason,
    }
    with editing(case, ACTIONS[status], detail) as (change, edit):
        for suggestion in suggested:
            _decide_one(change, suggestion, status, reason)
    return edit


def _decide_one(change: Change, suggestion: Suggested, status: FindingStatus, reason: str) -> None:
    subjects = [
        FindingSubject(Subject(SubjectKind.EVENT, subject.event_id), subject.role)
        for subject in suggestion.subjects
    ]
    if suggestion.finding_id is None:
        finding_records.add(
            change,
            suggestion.violation,
            status,
            subjects,
            reason=reason,
            ground=_ground(suggestion),
        )
        return
    if suggestion.before is not None:
        finding_records.renew(change, suggestion.finding_id, subjects, _ground(suggestion))
    finding_records.decide(change, suggestion.finding_id, status, reason)


def _ground(suggestion: Suggested) -> Ground:
    return Ground(
        suggestion=suggestion.id,
        rulebook=suggestion.rulebook.id,
        rulebook_version=suggestion.rulebook.version,
        rule=suggestion.rule.id,
        arithmetic=suggestion.suggestion.arithmetic,
        missing=suggestion.suggestion.missing,
        evidence_digest=suggestion.evidence_digest,
    )


def decide_again(
    case: CaseFile, finding_ids: Sequence[int], status: FindingStatus, reason: str = ""
) -> Edit:
    """Decide otherwise on findings that are there, made by hand or from suggestions.

    Raises:
        UsageError: One of them is not there.
    """
    detail: dict[str, object] = {"findings": list(finding_ids), "reason": reason}
    with editing(case, ACTIONS[status], detail) as (change, edit):
        findings = finding_records.of_ids(change.connection, finding_ids)
        detail["violations"] = sorted({finding.violation for finding in findings})
        there = {finding.id for finding in findings}
        for finding_id in finding_ids:
            if finding_id not in there:
                raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"f{finding_id}"))
        for finding_id in finding_ids:
            finding_records.decide(change, finding_id, status, reason)
    return edit


def forget(case: CaseFile, finding_ids: Sequence[int]) -> Edit:
    """Take decisions back as if they had never been made: suggestions are suggested again."""
    detail: dict[str, object] = {"findings": list(finding_ids)}
    with editing(case, Action.REMOVE_FINDING, detail) as (change, edit):
        findings = finding_records.of_ids(change.connection, finding_ids)
        detail["violations"] = sorted({finding.violation for finding in findings})
        finding_records.remove(change, list(finding_ids))
    return edit


def _detail(subjects: Sequence[Subject], violation: str) -> dict[str, object]:
    return {
        "violation": violation,
        "subjects": [subject.public_id() for subject in subjects],
    }
