"""Writes and reads findings: what shows a violation, by which rule, as the person decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import event, finding, finding_subject, item, mark
from evidence_app.model.finding import (
    Finding,
    FindingStatus,
    FindingSubject,
    Ground,
    Subject,
    SubjectKind,
)
from evidence_app.model.suggestion import Missing, SubjectRole

COLUMNS = {
    SubjectKind.ITEM: "item_id",
    SubjectKind.EVENT: "event_id",
    SubjectKind.MARK: "mark_id",
}
"""The columns that point at a subject of each kind."""
_PAGE = 500
_CONFIRMED = finding.c.status == FindingStatus.CONFIRMED.value


def pages(subjects: Iterable[Subject], kind: SubjectKind) -> Iterator[list[int]]:
    """The numbers of the subjects of one kind, as many as a query may name."""
    ids = [subject.id for subject in subjects if subject.kind is kind]
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]


def findings(connection: Connection, condition: ColumnElement[bool] | None = None) -> list[Finding]:
    """All findings whose item or event is not in the trash, oldest first.

    Args:
        connection: Of the case.
        condition: Only those rows of ``finding`` of which it is true, wherever they stand.
    """
    trashed = select(item.c.id).where(item.c.trashed_at.is_not(None))
    of_trashed = select(event.c.id).where(event.c.item_id.in_(trashed))
    query = select(finding).order_by(finding.c.id)
    if condition is not None:
        query = query.where(condition)
    else:
        query = query.where(func.coalesce(finding.c.item_id, 0).not_in(trashed)).where(
            func.coalesce(finding.c.event_id, 0).not_in(of_trashed)
        )
    subjects = _subjects(connection, condition)

    @row_values.converts(finding)
    def to_finding(row: Any) -> Finding:
        return _finding(row, subjects.get(row["id"], ()))

    return [to_finding(row) for row in connection.execute(query).mappings()]


def _subjects(
    connection: Connection, condition: ColumnElement[bool] | None
) -> Mapping[int, Sequence[FindingSubject]]:
    query = select(finding_subject).order_by(finding_subject.c.id)
    if condition is not None:
        query = query.where(finding_subject.c.finding_id.in_(select(finding.c.id).where(condition)))
    by_finding: dict[int, list[FindingSubject]] = {}
    for row in connection.execute(query).mappings():
        by_finding.setdefault(row["finding_id"], []).append(_finding_subject(row))
    return by_finding


@row_values.converts(finding_subject)
def _finding_subject(row: Any) -> FindingSubject:
    return FindingSubject(_subject(row), SubjectRole(row["role"]))


def _subject(row: Any) -> Subject:
    for kind, column in COLUMNS.items():
        if row.get(column) is not None:
            return Subject(kind, row[column])
    raise ValueError("a finding on nothing")


def _finding(row: Any, subjects: Sequence[FindingSubject]) -> Finding:
    subject = _subject(row)
    # One that rests on a single act, and each of older versions, has no other rows.
    own = tuple(subjects) or (FindingSubject(subject, SubjectRole.ACT),)
    decided_at = row["decided_at"]
    return Finding(
        id=row["id"],
        violation=row["violation"],
        status=FindingStatus(row["status"]),
        subject=subject,
        note=row["note"],
        created_at=datetime.fromisoformat(row["created_at"]),
        subjects=own,
        ground=_ground(row),
        reason=row["reason"] or "",
        decided_at=None if decided_at is None else datetime.fromisoformat(decided_at),
        decided_by=row["decided_by"] or "",
    )


def _ground(row: Any) -> Ground | None:
    if row["suggestion"] is None:
        return None
    arithmetic = json.loads(row["arithmetic"] or "{}")
    if not isinstance(arithmetic, dict):
        raise ValueError("the arithmetic is no object")
    return Ground(
        suggestion=row["suggestion"],
        rulebook=row["rulebook"] or "",
        rulebook_version=row["rulebook_version"] or "",
        rule=row["rule"] or "",
        arithmetic=arithmetic,
        missing=tuple(Missing(name) for name in json.loads(row["missing"] or "[]")),
        evidence_digest=row["evidence_digest"] or "",
    )


def of_ids(connection: Connection, finding_ids: Sequence[int]) -> list[Finding]:
    """The findings of those numbers, also on items in the trash."""
    records: list[Finding] = []
    for start in range(0, len(finding_ids), _PAGE):
        records += findings(connection, finding.c.id.in_(finding_ids[start : start + _PAGE]))
    return records


def on(connection: Connection, subjects: Sequence[Subject], violation: str) -> list[Finding]:
    """The findings of one violation that rest on one of some subjects."""
    by_id: dict[int, Finding] = {}
    for start in range(0, len(subjects), _PAGE):
        of_page = _rests_on(subjects[start : start + _PAGE])
        for record in findings(connection, and_(finding.c.violation == violation, of_page)):
            by_id[record.id] = record
    return list(by_id.values())


def of_suggestions(connection: Connection) -> list[Finding]:
    """All findings that came from a suggestion, also those on items in the trash."""
    return findings(connection, finding.c.suggestion.is_not(None))


def _rests_on(subjects: Iterable[Subject]) -> ColumnElement[bool]:
    """A condition: the finding rests on one of the subjects."""
    chosen = list(subjects)
    conditions: list[ColumnElement[bool]] = []
    for kind, name in COLUMNS.items():
        for page in pages(chosen, kind):
            if name in finding.c:
                conditions.append(finding.c[name].in_(page))
            among = select(finding_subject.c.finding_id).where(finding_subject.c[name].in_(page))
            conditions.append(finding.c.id.in_(among))
    return or_(False, *conditions)


def subjects_with(violation: str, kind: SubjectKind) -> Select[Any]:
    """The numbers of the items or events that a confirmed violation of a type rests on."""
    name = COLUMNS[kind]
    of_type = and_(finding.c.violation == violation, _CONFIRMED)
    also = finding_subject.c[name]
    further = (
        select(also)
        .join(finding, finding.c.id == finding_subject.c.finding_id)
        .where(of_type, also.is_not(None))
    )
    stands = select(finding.c[name]).where(of_type, finding.c[name].is_not(None))
    return select(stands.union(further).subquery())


def violations_on(
    connection: Connection, subjects: Sequence[Subject]
) -> Iterator[tuple[Subject, str]]:
    """Which confirmed violations rest on which of the subjects."""
    joined = finding_subject.join(finding, finding.c.id == finding_subject.c.finding_id)
    for kind, name in COLUMNS.items():
        further = finding_subject.c[name]
        among = select(further, finding.c.violation).select_from(joined)
        for page in pages(subjects, kind):
            queries = [among.where(further.in_(page), _CONFIRMED)]
            # A finding stands at an item or an event, never at a mark.
            if name in finding.c:
                own = finding.c[name]
                queries.append(select(own, finding.c.violation).where(own.in_(page), _CONFIRMED))
            for query in queries:
                for key, violation in connection.execute(query):
                    yield Subject(kind, key), violation


def add(
    change: Change,
    violation: str,
    status: FindingStatus,
    subjects: Sequence[FindingSubject],
    *,
    note: str = "",
    reason: str = "",
    ground: Ground | None = None,
) -> int:
    """Add a finding that stands at the last of its subjects; return its number.

    Args:
        change: The transaction.
        violation: The violation type's code.
        status: What was decided.
        subjects: What it rests on, at least one.
        note: The person's words on it.
        reason: Why it was decided so.
        ground: The suggestion that it came from.
    """
    stands_at = _place_of(change.connection, subjects[-1].subject)
    finding_id = change.insert(
        finding,
        violation=violation,
        status=status.value,
        note=note,
        created_at=_now(),
        item_id=stands_at.id if stands_at.kind is SubjectKind.ITEM else None,
        event_id=stands_at.id if stands_at.kind is SubjectKind.EVENT else None,
        **_ground_columns(ground),
        **_decision(reason),
    )
    is_plain = len(subjects) == 1 and ground is None and subjects[0].subject == stands_at
    if not is_plain:
        rows = [_subject_row(finding_id, subject) for subject in subjects]
        change.insert_many(finding_subject, rows)
    return finding_id


def add_each(
    change: Change, violation: str, status: FindingStatus, subjects: Sequence[Subject], note: str
) -> None:
    """Add a finding by hand for each item and event."""
    decided = _decision("")
    rows = [
        {
            "violation": violation,
            "status": status.value,
            "note": note,
            "created_at": decided["decided_at"],
            "item_id": subject.id if subject.kind is SubjectKind.ITEM else None,
            "event_id": subject.id if subject.kind is SubjectKind.EVENT else None,
            **decided,
        }
        for subject in subjects
    ]
    change.insert_many(finding, rows)


def decide(
    change: Change, finding_id: int, status: FindingStatus, reason: str, note: str = ""
) -> None:
    """Decide on a finding once more; what the person wrote on it before stays."""
    query = select(finding.c.note).where(finding.c.id == finding_id)
    before = change.connection.execute(query).scalar() or ""
    change.update(
        finding,
        finding_id,
        status=status.value,
        note=_both(before, note),
        **_decision(reason),
    )


def renew(
    change: Change, finding_id: int, subjects: Sequence[FindingSubject], ground: Ground
) -> None:
    """Give a finding new grounds: its suggestion now rests on other evidence."""
    stands_at = _place_of(change.connection, subjects[-1].subject)
    _delete_subjects(change, [finding_id])
    change.insert_many(finding_subject, [_subject_row(finding_id, subject) for subject in subjects])
    change.update(
        finding,
        finding_id,
        item_id=stands_at.id if stands_at.kind is SubjectKind.ITEM else None,
        event_id=stands_at.id if stands_at.kind is SubjectKind.EVENT else None,
        **_ground_columns(ground),
    )


def set_note(change: Change, finding_id: int, note: str) -> None:
    """Replace the person's note on a finding."""
    change.update(finding, finding_id, note=note)


def remove(change: Change, finding_ids: Sequence[int]) -> None:
    """Remove findings as if they had never been made."""
    _delete_subjects(change, finding_ids)
    change.delete_many(finding, finding_ids)


def _delete_subjects(change: Change, finding_ids: Sequence[int]) -> None:
    for start in range(0, len(finding_ids), _PAGE):
        page = finding_ids[start : start + _PAGE]
        rows = select(finding_subject.c.id).where(finding_subject.c.finding_id.in_(page))
        change.delete_many(finding_subject, change.connection.execute(rows).scalars().all())


def _both(before: str, more: str) -> str:
    if not more.strip() or more in before:
        return before
    return f"{before}\n{more}" if before.strip() else more


def _place_of(connection: Connection, subject: Subject) -> Subject:
    """The item or event that lists a finding on a subject; of a mark, its item."""
    if subject.kind is not SubjectKind.MARK:
        return subject
    query = select(mark.c.item_id).where(mark.c.id == subject.id)
    return Subject(SubjectKind.ITEM, connection.execute(query).scalar_one())


def _subject_row(finding_id: int, subject_role: FindingSubject) -> dict[str, Any]:
    columns = {
        name: subject_role.subject.id if subject_role.subject.kind is kind else None
        for kind, name in COLUMNS.items()
    }
    return {"finding_id": finding_id, "role": subject_role.role.value, **columns}


def _ground_columns(ground: Ground | None) -> dict[str, str | None]:
    if ground is None:
        return {}
    return {
        "suggestion": ground.suggestion,
        "rulebook": ground.rulebook,
        "rulebook_version": ground.rulebook_version,
        "rule": ground.rule,
        "arithmetic": json.dumps(dict(ground.arithmetic), ensure_ascii=False),
        "missing": json.dumps([prerequisite.value for prerequisite in ground.missing]),
        "evidence_digest": ground.evidence_digest,
    }


def _decision(reason: str) -> dict[str, str]:
    return {"reason": reason, "decided_at": _now(), "decided_by": custody.user_name()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
