"""The queue of pictures, pages and recordings to be read; it outlives a run of the program.

Nobody vouches for these rows: they are written without an entry of the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import content, item, job, text_span
from evidence_app.messages import Message
from evidence_app.model.evidence import ItemKind, PlaceUnit
from evidence_app.model.proposals import Job, JobCounts, JobState

if TYPE_CHECKING:
    from evidence_app.casefile.case import CaseFile

PICTURE = "picture"
"""The kind of a job that reads a picture; whoever asks for the queue gets pages too."""
_PAGE = "page "
"""How the kind of a job begins that reads a page of a document: its number follows."""
SPEECH = "transcribe"
"""The kind of a job that turns a recording into words."""

_PDF = "application/pdf"


@contextmanager
def writing(case: CaseFile) -> Iterator[Connection]:
    """A transaction for the jobs alone."""
    with case.unlogged() as connection:
        yield connection


def _in_queue(kind: str) -> ColumnElement[bool]:
    """Whether a job is of a kind; pages stand in the queue of pictures."""
    if kind == PICTURE:
        return or_(job.c.kind == PICTURE, job.c.kind.startswith(_PAGE))
    return job.c.kind == kind


def queue_unread(connection: Connection) -> None:
    """Queue each picture and each page without text that has no job, but for those in the trash."""
    queued = select(job.c.item_id).where(job.c.kind == PICTURE)
    unread = select(item.c.id).where(
        item.c.kind == ItemKind.PICTURE.value, item.c.trashed_at.is_(None), item.c.id.not_in(queued)
    )
    _add(connection, connection.execute(unread.order_by(item.c.id)).scalars().all())
    begun = select(job.c.item_id, job.c.kind).where(job.c.kind.startswith(_PAGE))
    before = {(row[0], row[1]) for row in connection.execute(begun)}
    for item_id, number in _mute_pages(connection, item.c.trashed_at.is_(None)):
        if (item_id, page_kind(number)) not in before:
            _add(connection, [item_id], page_kind(number))


def page_kind(number: int) -> str:
    """The kind of a job that reads a page, from 1."""
    return f"{_PAGE}{number}"


def page_of(kind: str) -> int | None:
    """The page, from 1, that a job of this kind reads; None if it reads no page."""
    number = kind.removeprefix(_PAGE)
    is_page = number.isascii() and number.isdigit() and kind == page_kind(int(number))
    return int(number) if is_page and int(number) > 0 else None


def mute_pages(connection: Connection, item_id: int) -> list[int]:
    """The numbers of a PDF document's pages that carry no text."""
    return [number for _, number in _mute_pages(connection, item.c.id == item_id)]


def _mute_pages(
    connection: Connection, condition: ColumnElement[bool]
) -> Iterator[tuple[int, int]]:
    is_pdf = (content.c.media_type == _PDF, item.c.page_count.is_not(None))
    with_pages = select(item.c.id, item.c.page_count).join(
        content, content.c.id == item.c.content_id
    )
    own = select(text_span.c.item_id, text_span.c.place_number).where(
        text_span.c.item_id.in_(
            select(item.c.id)
            .join(content, content.c.id == item.c.content_id)
            .where(*is_pdf, condition)
        ),
        text_span.c.origin.is_(None),
        text_span.c.place_unit == PlaceUnit.PAGE.value,
    )
    with_text = {(row[0], row[1]) for row in connection.execute(own)}
    documents = connection.execute(with_pages.where(*is_pdf, condition).order_by(item.c.id)).all()
    for item_id, count in documents:
        for number in range(1, count + 1):
            if (item_id, number) not in with_text:
                yield item_id, number


def queue(connection: Connection, item_ids: Sequence[int], kind: str = PICTURE) -> None:
    """Queue items, also those that were read before or failed."""
    queued = select(job.c.item_id).where(job.c.kind == kind, job.c.item_id.in_(item_ids))
    before = set(connection.execute(queued).scalars())
    again = update(job).where(job.c.kind == kind, job.c.item_id.in_(before))
    connection.execute(again.values(**_fresh()))
    _add(
        connection, [item_id for item_id in dict.fromkeys(item_ids) if item_id not in before], kind
    )


def _add(connection: Connection, item_ids: Sequence[int], kind: str = PICTURE) -> None:
    if item_ids:
        rows = [
            {"item_id": item_id, "kind": kind, "engine": "", **_fresh()} for item_id in item_ids
        ]
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
    running = (_in_queue(kind), job.c.state == JobState.RUNNING.value)
    tired = select(job.c.id).where(*running, job.c.attempts >= most_attempts)
    for job_id in connection.execute(tired).scalars().all():
        fail(connection, job_id, reason)
    connection.execute(update(job).where(*running).values(state=JobState.QUEUED.value))


def begin_next(
    connection: Connection, item_ids: Sequence[int] | None, kind: str = PICTURE
) -> Job | None:
    """The next waiting job, marked as running; None if there is none.

    Args:
        connection: The transaction.
        item_ids: Only these; None for all.
        kind: Jobs of this kind.
    """
    waiting: list[ColumnElement[bool]] = [
        _in_queue(kind), job.c.state == JobState.QUEUED.value, item.c.trashed_at.is_(None)
    ]  # fmt: skip
    if item_ids is not None:
        waiting.append(job.c.item_id.in_(item_ids))
    query = select(job).join(item, item.c.id == job.c.item_id).where(*waiting)
    # A picture is read in a moment; it does not wait for a document of hundreds of pages.
    pictures_first = (job.c.kind.startswith(_PAGE), job.c.id)
    row = connection.execute(query.order_by(*pictures_first).limit(1)).mappings().first()
    if row is None:
        return None
    begun = {"state": JobState.RUNNING.value, "attempts": row["attempts"] + 1}
    connection.execute(update(job).where(job.c.id == row["id"]).values(**begun))
    return _job({**row, **begun})


def put_back(connection: Connection, job_id: int) -> None:
    """Queue a job again that the person stopped; this does not count as an attempt."""
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
    """The state of an item's reading; None if it has no job."""
    query = select(job).where(job.c.item_id == item_id, job.c.kind == kind)
    row = connection.execute(query).mappings().first()
    return None if row is None else _job(row)


def failed_pages(connection: Connection, item_id: int) -> list[Job]:
    """The pages of a document that could not be read, in their order."""
    failed = (job.c.kind.startswith(_PAGE), job.c.state == JobState.FAILED.value)
    query = select(job).where(job.c.item_id == item_id, *failed)
    read = [_job(row) for row in connection.execute(query).mappings()]
    return sorted(read, key=lambda reading: reading.page or 0)


def counts(connection: Connection) -> JobCounts:
    """How many pictures and pages are read, those in the trash left out."""
    query = (
        select(job.c.state, func.count())
        .join(item, item.c.id == job.c.item_id)
        .where(_in_queue(PICTURE), item.c.trashed_at.is_(None))
        .group_by(job.c.state)
    )
    by_state: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    return JobCounts(
        by_state.get(JobState.QUEUED, 0) + by_state.get(JobState.RUNNING, 0),
        by_state.get(JobState.DONE, 0),
        by_state.get(JobState.FAILED, 0),
    )


@row_values.converts(job)
def _job(row: Any) -> Job:
    code = row["reason_code"]
    reason = None if code is None else row_values.stored_message(code, row["reason_arguments"])
    page = page_of(row["kind"])
    state = JobState(row["state"])
    return Job(row["id"], row["item_id"], state, row["attempts"], row["engine"], reason, page)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
