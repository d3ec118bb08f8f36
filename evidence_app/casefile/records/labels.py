"""Writes and reads tags and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import event, finding, item, tag, tagging
from evidence_app.model.finding import Finding, FindingStatus, Subject, SubjectKind, Tag

_COLUMNS = {SubjectKind.ITEM: "item_id", SubjectKind.EVENT: "event_id"}
_PAGE = 500


def tags(connection: Connection) -> list[Tag]:
    """All tags by name."""
    uses = func.count(tagging.c.id).label("uses")
    query = select(tag, uses).outerjoin(tagging).group_by(tag.c.id).order_by(tag.c.name)
    return [_tag(row) for row in connection.execute(query).mappings()]


@row_values.converts(tag)
def _tag(row: Any) -> Tag:
    return Tag(row["id"], row["name"], row["colour"], row.get("uses", 0))


def add_tag(change: Change, name: str, colour: str) -> int:
    """Add a tag; return its number."""
    return change.insert(tag, name=name, colour=colour)


def edit_tag(change: Change, tag_id: int, **values: Any) -> None:
    """Change cells of a tag."""
    change.update(tag, tag_id, **values)


def delete_tag(change: Change, tag_id: int) -> None:
    """Remove a tag from everything, and itself."""
    uses = select(tagging.c.id).where(tagging.c.tag_id == tag_id)
    change.delete_many(tagging, change.connection.execute(uses).scalars().all())
    change.delete(tag, tag_id)


def tag_name(connection: Connection, tag_id: int) -> str | None:
    """The name of the tag of that number; None if there is none."""
    return connection.execute(select(tag.c.name).where(tag.c.id == tag_id)).scalar()


def add_tagging(change: Change, subjects: Sequence[Subject], tag_id: int) -> None:
    """Put a tag on subjects, once on each."""
    tagged = _on(change.connection, tagging, subjects, tagging.c.tag_id == tag_id)
    change.insert_many(
        tagging,
        [
            {"tag_id": tag_id, **_subject_columns(subject)}
            for subject in dict.fromkeys(subjects)
            if subject not in tagged
        ],
    )


def remove_tagging(change: Change, subjects: Sequence[Subject], tag_id: int) -> None:
    """Take a tag off subjects."""
    tagged = _on(change.connection, tagging, subjects, tagging.c.tag_id == tag_id)
    change.delete_many(tagging, _all_ids(tagged))


def confirm(change: Change, subjects: Sequence[Subject], violation: str, note: str) -> None:
    """Confirm that subjects show a violation, once for each."""
    known = _on(change.connection, finding, subjects, finding.c.violation == violation)
    for finding_id in _all_ids(known):
        change.update(finding, finding_id, status=FindingStatus.CONFIRMED.value)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    change.insert_many(
        finding,
        [
            {
                "violation": violation,
                "status": FindingStatus.CONFIRMED.value,
                "note": note,
                "created_at": now,
                **_subject_columns(subject),
            }
            for subject in dict.fromkeys(subjects)
            if subject not in known
        ],
    )


def remove_finding(change: Change, subjects: Sequence[Subject], violation: str) -> None:
    """Take findings back."""
    known = _on(change.connection, finding, subjects, finding.c.violation == violation)
    change.delete_many(finding, _all_ids(known))


def edit_finding(change: Change, finding_id: int, **values: Any) -> None:
    """Change cells of a finding."""
    change.update(finding, finding_id, **values)


def findings(connection: Connection) -> list[Finding]:
    """All findings whose subjects are not in the trash, oldest first."""
    trashed = select(item.c.id).where(item.c.trashed_at.is_not(None))
    of_trashed = select(event.c.id).where(event.c.item_id.in_(trashed))
    query = (
        select(finding)
        .where(func.coalesce(finding.c.item_id, 0).not_in(trashed))
        .where(func.coalesce(finding.c.event_id, 0).not_in(of_trashed))
        .order_by(finding.c.id)
    )
    return [_finding(row) for row in connection.execute(query).mappings()]


@row_values.converts(finding)
def _finding(row: Any) -> Finding:
    return Finding(
        id=row["id"],
        violation=row["violation"],
        status=FindingStatus(row["status"]),
        subject=_subject(row),
        note=row["note"],
        created_at=datetime.fromisoformat(row["created_at"]),
    )


def violations_on(
    connection: Connection, subjects: Sequence[Subject]
) -> Iterable[tuple[Subject, str]]:
    """Which confirmed violations are on which of the subjects."""
    confirmed = finding.c.status == FindingStatus.CONFIRMED.value
    for kind, page in _pages(subjects):
        column = finding.c[_COLUMNS[kind]]
        query = select(column, finding.c.violation).where(column.in_(page), confirmed)
        for key, violation in connection.execute(query):
            yield Subject(kind, key), violation


def tags_on(connection: Connection, subjects: Sequence[Subject]) -> Iterable[tuple[Subject, Tag]]:
    """Which tags are on which of the subjects."""
    for kind, page in _pages(subjects):
        column = tagging.c[_COLUMNS[kind]]
        query = select(column, tag).join(tag).where(column.in_(page)).order_by(tag.c.name)
        for row in connection.execute(query).mappings():
            yield Subject(kind, row[column.name]), _tag(row)


def _pages(subjects: Sequence[Subject]) -> Iterable[tuple[SubjectKind, list[int]]]:
    for kind in SubjectKind:
        ids = [subject.id for subject in subjects if subject.kind is kind]
        for start in range(0, len(ids), _PAGE):
            yield kind, ids[start : start + _PAGE]


def _on(
    connection: Connection,
    table: Table,
    subjects: Sequence[Subject],
    condition: ColumnElement[bool],
) -> dict[Subject, list[int]]:
    """The rows of a table of which a condition is true, by those of the subjects that have any."""
    found: dict[Subject, list[int]] = {}
    for kind, page in _pages(subjects):
        column = table.c[_COLUMNS[kind]]
        query = select(table.c.id, column).where(column.in_(page), condition)
        for row_id, key in connection.execute(query):
            found.setdefault(Subject(kind, key), []).append(row_id)
    return found


def _all_ids(found: Mapping[Subject, Sequence[int]]) -> list[int]:
    return sorted(chain.from_iterable(found.values()))


def _subject_columns(subject: Subject) -> dict[str, int | None]:
    return {name: subject.id if kind is subject.kind else None for kind, name in _COLUMNS.items()}


def _subject(row: Any) -> Subject:
    if row["item_id"] is not None:
        return Subject(SubjectKind.ITEM, row["item_id"])
    return Subject(SubjectKind.EVENT, row["event_id"])
