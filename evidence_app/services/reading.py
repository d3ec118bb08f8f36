"""Reads the text of pictures, and of pages that carry none, and keeps what was read.

The queue is a table of the case: what was to be read when the program ended is read later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from re import compile as pattern
from typing import Any

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import jobs as job_records
from evidence_app.casefile.records import proposals as proposal_records
from evidence_app.casefile.records import queries, readings
from evidence_app.errors import Cancelled, DamagedError, UsageError
from evidence_app.intake.readers.chat.participants import account
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.proposals import Job, JobCounts, Proposal, ProposalState, ReadLine
from evidence_app.model.reading import DayBasis, PictureLayout, ProposedEvent, ReadPicture
from evidence_app.model.region import Region
from evidence_app.model.times import (
    DATES_OF_FILES,
    TimePrecision,
    day_in_zone,
)
from evidence_app.progress import SILENT, Progress
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.process import PictureReader
from evidence_app.services import items, threads
from evidence_app.services.history import Edit, editing
from evidence_app.services.threads import time_of

MOST_ATTEMPTS = 2
"""A picture during whose reading the program ended so often is not tried again by itself."""

_NUMBER = pattern(r"\+?[\d\s().-]{3,24}")
_WITHOUT_DAY = frozenset({TimePrecision.MONTH, TimePrecision.YEAR})


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of a picture or page that was to be read.

    Attributes:
        item_id: The picture or document.
        lines: How many lines were kept.
        proposals: How many proposed events were kept.
        reason: Why it could not be read, or None.
        changes: What was touched.
        page: Of the document, from 1; None for a picture.
    """

    item_id: int
    lines: int = 0
    proposals: int = 0
    reason: Message | None = None
    changes: Changes = field(default_factory=Changes)
    page: int | None = None


def counts(case: CaseFile) -> JobCounts:
    """How many pictures and pages are read and wait."""
    with case.read() as connection:
        return job_records.counts(connection)


def job_of(case: CaseFile, item_id: int) -> Job | None:
    """How far the reading of an item is; None if nobody asked for it yet."""
    with case.read() as connection:
        return job_records.of_item(connection, item_id)


def unread_pages(case: CaseFile, item_id: int) -> dict[int, Message]:
    """The pages of a document that could not be read, and why."""
    with case.read() as connection:
        failed = job_records.failed_pages(connection, item_id)
    return {page.page: page.reason for page in failed if page.page and page.reason is not None}


def lines(case: CaseFile, item_id: int, page: int | None = None) -> list[ReadLine]:
    """The lines that were read from a picture, or from a document or one page of it, in order."""
    with case.read() as connection:
        return readings.lines(connection, item_id, page)


def is_read(case: CaseFile, item_id: int) -> bool:
    """Whether lines were read from a picture or a document's pages."""
    with case.read() as connection:
        return readings.has_lines(connection, item_id)


def first_words(case: CaseFile, item_ids: Sequence[int]) -> dict[int, str]:
    """The beginning of the text that was read from each picture, by item number."""
    if not item_ids:
        return {}
    with case.read() as connection:
        return readings.first_words(connection, item_ids)


def correct(case: CaseFile, line_id: int, text: str) -> Edit:
    """Keep what the person reads in a line, beside what the machine read; it can be undone.

    The machine's own words, or none at all, take a correction back.

    Raises:
        UsageError: There is no such line.
    """
    detail: dict[str, Any] = {"line": line_id}
    with editing(case, Action.CORRECT_TEXT, detail) as (change, edit):
        line_and_item = readings.line(change.connection, line_id)
        if line_and_item is None:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"x{line_id}"))
        item_id, read = line_and_item
        corrected = " ".join(text.split())
        detail |= {"item": item_id, "read": read.text, "corrected": corrected}
        if corrected != read.words:
            readings.correct(change, line_id, None if corrected in ("", read.text) else corrected)
    return edit


def queue_unread(case: CaseFile) -> JobCounts:
    """Queue all pictures and pages without text that were never read, or interrupted.

    Nothing may be reading the case meanwhile.

    Raises:
        UserError: The case cannot be changed.
    """
    with job_records.writing(case) as connection:
        crashed = message(MessageCode.READER_CRASHED)
        job_records.take_up(connection, MOST_ATTEMPTS, crashed)
        job_records.queue_unread(connection)
        return job_records.counts(connection)


def queue(case: CaseFile, item_ids: Sequence[int]) -> None:
    """Queue pictures, and pages of documents without text, also those that were read.

    Raises:
        UsageError: One is not there, is no picture, or has text on all its pages.
        UserError: The case cannot be changed.
    """
    documents = [item_id for item_id in item_ids if not _is_picture(case, item_id)]
    with case.read() as connection:
        pages = {item_id: job_records.mute_pages(connection, item_id) for item_id in documents}
    for item_id, numbers in pages.items():
        if not numbers:
            raise UsageError(message(MessageCode.NOTHING_TO_READ, value=f"i{item_id}"))
    with job_records.writing(case) as connection:
        job_records.queue(connection, [item_id for item_id in item_ids if item_id not in pages])
        for item_id, numbers in pages.items():
            for number in numbers:
                job_records.queue(connection, [item_id], job_records.page_kind(number))


def _is_picture(case: CaseFile, item_id: int) -> bool:
    return items.get(case, item_id).kind is ItemKind.PICTURE


@logs.step("read pictures")
def run(
    case: CaseFile,
    *,
    item_ids: Sequence[int] | None = None,
    on_read: Callable[[ReadOutcome], None] = lambda outcome: None,
    on_joined: Callable[[Changes], None] = lambda changes: None,
    progress: Progress = SILENT,
) -> None:
    """Read all waiting pictures and pages, or some; a failure does not stop the others.

    Those that overlap are joined afterwards.

    Args:
        case: The case.
        item_ids: Only these; None for all.
        on_read: Is told of each.
        on_joined: Is told what was touched when screenshots of one conversation were joined.
        progress: Asked often, from another thread.

    Raises:
        UserError: The case cannot be changed.
        ReadingFailure: What reads is missing; the pictures wait.
        Cancelled: The person asked to stop; what was being read waits again.
    """
    with PictureReader() as reader:
        for outcome in _outcomes(case, reader, item_ids, progress):
            on_read(outcome)
    changes = threads.join(case, progress)
    if changes is not None:
        on_joined(changes)


def _outcomes(
    case: CaseFile,
    reader: PictureReader,
    item_ids: Sequence[int] | None,
    progress: Progress,
) -> Iterator[ReadOutcome]:
    while True:
        progress.check()
        with job_records.writing(case) as connection:
            job = job_records.begin_next(connection, item_ids)
        if job is None:
            return
        yield _read(case, job, reader, progress)


def _read(case: CaseFile, job: Job, reader: PictureReader, progress: Progress) -> ReadOutcome:
    try:
        item = items.get(case, job.item_id)
        with items.open_original(case, item.id) as stream:
            if job.page is None:
                picture = reader.read(stream, taken_on(case, item), progress)
            else:
                picture = reader.read_page(stream, item.sha256, job.page, progress)
    except Cancelled:
        with job_records.writing(case) as connection:
            job_records.put_back(connection, job.id)
        raise
    except (ReadingFailure, DamagedError) as failure:
        is_of_program = failure.message.code is MessageCode.READING_MODELS_MISSING
        if is_of_program:
            with job_records.writing(case) as connection:
                job_records.put_back(connection, job.id)
            raise
        return give_up(case, job, failure.message)
    return keep(case, job, picture)


def give_up(case: CaseFile, job: Job, reason: Message) -> ReadOutcome:
    """Note that a picture or page could not be read."""
    with job_records.writing(case) as connection:
        job_records.fail(connection, job.id, reason)
    return ReadOutcome(job.item_id, reason=reason, page=job.page)


def keep(case: CaseFile, job: Job, picture: ReadPicture) -> ReadOutcome:
    """Keep what was read from a picture: its lines, and the events that it suggests.

    What the person corrected, accepted or rejected before stays as it is.
    """
    detail: dict[str, Any] = {"item": job.item_id, "engine": picture.engine}
    if job.page is not None:
        detail["page"] = job.page
    with case.change(Action.READ_ITEM, detail, undoable=False) as change:
        kept_lines, kept_proposals = _write(change, job, picture)
        detail |= {"lines": kept_lines, "proposals": kept_proposals}
        job_records.finish(change.connection, job.id, picture.engine)
    changes = Changes(frozenset(change.areas), change.entry)
    return ReadOutcome(job.item_id, kept_lines, kept_proposals, changes=changes, page=job.page)


def _write(change: Change, job: Job, picture: ReadPicture) -> tuple[int, int]:
    item_id = job.item_id
    if not queries.items(change.connection, [item_id]):
        return 0, 0
    page = job.page or 1
    read = [
        _proposal(item_id, position, event, picture, page)
        for position, event in enumerate(picture.events, 1)
    ]
    if job.page is None:
        threads.keep_layout(change, item_id, picture)
    return (
        readings.replace(change, item_id, picture, page),
        proposal_records.replace(change, item_id, read, page),
    )


def taken_on(case: CaseFile, item: Item) -> date | None:
    """The day on which a picture was taken; when its file was saved tells nothing of that."""
    time = item.time
    if time is None or time.source in DATES_OF_FILES or time.precision in _WITHOUT_DAY:
        return None
    with case.read() as connection:
        return day_in_zone(time.moment, case_records.case_zone(connection))


def _proposal(
    item_id: int, position: int, event: ProposedEvent, picture: ReadPicture, page: int
) -> Proposal:
    name = event.name or picture.title
    stamp = event.stamp
    return Proposal(
        id=0,
        item_id=item_id,
        state=ProposalState.PROPOSED,
        position=position,
        kind=event.kind,
        direction=event.direction,
        outcome=event.outcome,
        name=name,
        identifier=_identifier(name, picture.layout),
        text=event.text,
        duration_s=event.duration_s,
        count=event.count,
        time=time_of(stamp),
        time_words="" if stamp is None else stamp.text,
        basis=DayBasis.NONE if stamp is None else stamp.basis,
        doubts=frozenset() if stamp is None else stamp.doubts,
        region=Region.of(event.box, picture.width, picture.height),
        confidence=event.confidence,
        event_id=None,
        page=page,
    )


def _identifier(name: str, layout: PictureLayout) -> str:
    if _NUMBER.fullmatch(name):
        return name
    # A saved name in a list of calls stands for a number that is not in the picture.
    return account("chat", name) if layout is PictureLayout.CHAT and name else ""
