"""Which pictures and recordings are to be read, durable over the end of the program.

Nobody vouches for these rows: they are written without an entry of the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import item, job
from evidence_app.messages import Message
from evidence_app.model.evidence import ItemKind
from evidence_app.model.proposals import Job, JobCounts, JobState

if TYPE_CHECKING:
    from evidence_app.casefile.case import CaseFile

PICTURE = "picture"
"""The kind of a job that reads a picture."""
SPEECH = "transcribe"
"""The kind of a job that turns a recording into words."""


@contextmanager
def writing(case: CaseFile) -> Iterator[Connection]:
    """A transaction for the jobs alone."""
    with case.unlogged() as connection:
        yield connection


def queue_unread(connection: Connection) -> None:
    """Queue each picture that has no job yet, those in the trash left out."""
    known = select(job.c.item_id).where(job.c.kind == PICTURE)
    unread = select(item.c.id).where(
        item.c.kind == ItemKind.PICTURE.value, item.c.trashed_at.is_(None), item.c.id.not_in(known)
    )
    _add(connection, connection.execute(unread.order_by(item.c.id)).scalars().all())


def queue(connection: Connection, item_ids: Sequence[int], kind: str = PICTURE) -> None:
    """Queue items, those that were read or failed as well."""
    known = select(job.c.item_id).where(job.c.kind == kind, job.c.item_id.in_(item_ids))
    before = set(connection.execute(known).scalars())
    again = update(job).where(job.c.kind == kind, job.c.item_id.in_(before))
    connection.execute(again.values(**_fresh()))
    _add(connection, [one for one in dict.fromkeys(item_ids) if one not in before], kind)


def _add(connection: Connection, item_ids: Sequence[int], kind: str = PICTURE) -> None:
    if item_ids:
        rows = [{"item_id": one, "kind": kind, "engine": "", **_fresh()} for one in item_ids]
        connection.execute(insert(job), rows)


def _fresh() -> dict[str, Any]:
    return {
        "state": JobState.QUEUED.value,
        "attempts": 0,
        "queued_at": _now(),
        "finished_at": None,
        "reason_code": None,
        "reason_arguments": None,
    }


def take_up(
    connection: Connection, most_attempts: int, reason: Message, kind: str = PICTURE
) -> None:
    """Queue again what was being read when the program ended.

    Args:
        connection: The transaction.
        most_attempts: What was begun so often has failed.
        reason: Why.
        kind: Jobs of this kind.
    """
    running = (job.c.kind == kind, job.c.state == JobState.RUNNING.value)
    tired = select(job.c.id).where(*running, job.c.attempts >= most_attempts)
    for job_id in connection.execute(tired).scalars().all():
        fail(connection, job_id, reason)
    connection.execute(update(job).where(*running).values(state=JobState.QUEUED.value))


def begin_next(
    connection: Connection, item_ids: Sequence[int] | None, kind: str = PICTURE
) -> Job | None:
    """The next one that waits, marked as running; None if none does.

    Args:
        connection: The transaction.
        item_ids: Only these; None for all.
        kind: Jobs of this kind.
    """
    waiting: list[ColumnElement[bool]] = [
        job.c.kind == kind, job.c.state == JobState.QUEUED.value, item.c.trashed_at.is_(None)
    ]  # fmt: skip
    if item_ids is not None:
        waiting.append(job.c.item_id.in_(item_ids))
    query = select(job).join(item, item.c.id == job.c.item_id).where(*waiting)
    row = connection.execute(query.order_by(job.c.id).limit(1)).mappings().first()
    if row is None:
        return None
    begun = {"state": JobState.RUNNING.value, "attempts": row["attempts"] + 1}
    connection.execute(update(job).where(job.c.id == row["id"]).values(**begun))
    return _job({**row, **begun})


def put_back(connection: Connection, job_id: int) -> None:
    """Queue again what the person stopped; that was no attempt."""
    values = {"state": JobState.QUEUED.value, "attempts": job.c.attempts - 1}
    connection.execute(update(job).where(job.c.id == job_id).values(**values))


def finish(connection: Connection, job_id: int, engine: str) -> None:
    """Note that an item was read."""
    values = {"state": JobState.DONE.value, "engine": engine, "finished_at": _now()}
    connection.execute(update(job).where(job.c.id == job_id).values(**values))


def fail(connection: Connection, job_id: int, reason: Message) -> None:
    """Note that an item cannot be read, and why."""
    values = {
        "state": JobState.FAILED.value,
        "finished_at": _now(),
        "reason_code": reason.code.value,
        "reason_arguments": json.dumps(dict(reason.arguments), ensure_ascii=False, default=str),
    }
    connection.execute(update(job).where(job.c.id == job_id).values(**values))


def of_item(connection: Connection, item_id: int, kind: str = PICTURE) -> Job | None:
    """How far the reading of an item is; None if it is not to be read."""
    query = select(job).where(job.c.item_id == item_id, job.c.kind == kind)
    row = connection.execute(query).mappings().first()
    return None if row is None else _job(row)


def counts(connection: Connection) -> JobCounts:
    """How many pictures are read, those in the trash left out."""
    query = (
        select(job.c.state, func.count())
        .join(item, item.c.id == job.c.item_id)
        .where(job.c.kind == PICTURE, item.c.trashed_at.is_(None))
        .group_by(job.c.state)
    )
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    return JobCounts(
        found.get(JobState.QUEUED, 0) + found.get(JobState.RUNNING, 0),
        found.get(JobState.DONE, 0),
        found.get(JobState.FAILED, 0),
    )


@row_values.converts(job)
def _job(row: Any) -> Job:
    code = row["reason_code"]
    reason = None if code is None else row_values.stored_message(code, row["reason_arguments"])
    return Job(
        row["id"], row["item_id"], JobState(row["state"]), row["attempts"], row["engine"], reason
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
