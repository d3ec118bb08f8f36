"""Writes and reads tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, func, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.records.findings import COLUMNS, pages
from evidence_app.casefile.schema import tag, tagging
from evidence_app.model.finding import Subject, SubjectKind, Tag

_COLUMNS = {kind: COLUMNS[kind] for kind in (SubjectKind.ITEM, SubjectKind.EVENT)}


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
    tagged = _tagged(change.connection, subjects, tag_id)
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
    tagged = _tagged(change.connection, subjects, tag_id)
    change.delete_many(tagging, sorted(chain.from_iterable(tagged.values())))


def tags_on(connection: Connection, subjects: Sequence[Subject]) -> Iterable[tuple[Subject, Tag]]:
    """Which tags are on which of the subjects."""
    for kind, name in _COLUMNS.items():
        column = tagging.c[name]
        for page in pages(subjects, kind):
            query = select(column, tag).join(tag).where(column.in_(page)).order_by(tag.c.name)
            for row in connection.execute(query).mappings():
                yield Subject(kind, row[name]), _tag(row)


def _tagged(
    connection: Connection, subjects: Sequence[Subject], tag_id: int
) -> dict[Subject, list[int]]:
    """The rows that put a tag on the subjects, by subject."""
    row_ids: dict[Subject, list[int]] = {}
    for kind, name in _COLUMNS.items():
        column = tagging.c[name]
        for page in pages(subjects, kind):
            query = select(tagging.c.id, column).where(column.in_(page), tagging.c.tag_id == tag_id)
            for row_id, key in connection.execute(query):
                row_ids.setdefault(Subject(kind, key), []).append(row_id)
    return row_ids


def _subject_columns(subject: Subject) -> dict[str, int | None]:
    return {name: subject.id if kind is subject.kind else None for kind, name in _COLUMNS.items()}
