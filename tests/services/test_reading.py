"""The text of pictures: a queue that survives, and what the person decides on what was read."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import jobs as job_records
from evidence_app.dossier.options import DossierOptions
from evidence_app.errors import Cancelled, UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import ItemKind
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.proposals import JobCounts, JobState, ProposalState
from evidence_app.model.reading import (
    Box,
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    ReadPicture,
    TextLine,
)
from evidence_app.model.region import Region
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock, to_text
from evidence_app.reading import stamps
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.process import PictureReader
from evidence_app.services import (
    custody,
    findings,
    items,
    marks,
    proposals,
    questions,
    reading,
    search,
    verification,
)
from evidence_app.services import events as timeline
from evidence_app.services.exporting import dossier_content
from evidence_app.services.history import History
from evidence_app.services.importing.importer import Importer

DAY = date(2026, 3, 5)
THREAT = "再不还款就上门"


def picture_file(folder: Path, name: str = "chat.png", shade: int = 255) -> Path:
    path = folder / name
    Image.new("RGB", (40, 60), (shade, shade, shade)).save(path)
    return path


def bring_in(case: CaseFile, *paths: Path) -> list[int]:
    with Importer(case) as importer:
        results = importer.run(paths)
    return [result.item_id for result in results if result.item_id is not None]


def read_chat(taken_on: date | None, words: str = THREAT) -> ReadPicture:
    """As a screenshot of a chat is read: one message of each side under a time."""

    def stamp(text: str) -> Any:
        parsed = stamps.parse(text)
        assert parsed is not None
        return stamps.dated(parsed, taken_on)

    texts = ("昨天 21:47", words, "我没有钱")
    boxes = (Box(40, 10, 60, 14), Box(10, 20, 50, 30), Box(50, 40, 90, 50))
    lines = tuple(TextLine(box, text, 0.98) for box, text in zip(boxes, texts, strict=True))
    return ReadPicture(
        100,
        200,
        "engine 1",
        layout=PictureLayout.CHAT,
        title="催收小王",
        lines=lines,
        events=(
            ProposedEvent(ProposedKind.MESSAGE, Direction.INCOMING, boxes[1], words, lines=(1,),
                          stamp=stamp("昨天 21:47"), confidence=0.98),
            ProposedEvent(ProposedKind.MESSAGE, Direction.OUTGOING, boxes[2], "我没有钱",
                          lines=(2,), stamp=stamp("21:50"), confidence=0.9),
        ),
        taken_on=taken_on,
    )  # fmt: skip


class Reads:
    """Stands for the process that reads; what it does is tested in ``tests/reading``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.days: list[date | None] = []
        self.words = THREAT
        self.error: Exception | None = None

        def read(_: Any, source: io.BufferedReader, taken_on: Any, __: Any) -> ReadPicture:
            assert source.read(4) == b"\x89PNG"
            self.days.append(taken_on)
            if self.error is not None:
                raise self.error
            return read_chat(taken_on, self.words)

        monkeypatch.setattr(PictureReader, "read", read)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


@pytest.fixture
def picture(case: CaseFile, tmp_path: Path) -> int:
    (item_id,) = bring_in(case, picture_file(tmp_path))
    moment = WallClock(datetime.fromisoformat("2026-03-05T09:00"))
    items.correct_time(case, item_id, TimeReading(moment, TimeSource.PERSON, TimePrecision.MINUTE))
    reading.queue_unread(case)
    return item_id


def test_a_picture_is_read_into_lines_and_proposals(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    assert reading.counts(case) == JobCounts(waiting=1)
    outcomes: list[reading.ReadOutcome] = []
    reading.run(case, on_read=outcomes.append)
    assert [(outcome.item_id, outcome.lines, outcome.proposals) for outcome in outcomes] == [
        (picture, 3, 2)
    ]
    assert reading.counts(case) == JobCounts(done=1)
    assert reads.days == [DAY]
    line = reading.lines(case, picture)[1]
    assert (line.words, line.engine, line.confidence) == (THREAT, "engine 1", 0.98)
    assert line.region is not None
    assert (line.region.left, line.region.top, line.region.width) == (0.1, 0.1, 0.4)
    first, second = proposals.list_proposals(case)
    assert (first.direction, first.text, first.name) == (Direction.INCOMING, THREAT, "催收小王")
    assert first.time is not None
    assert to_text(first.time.moment) == "2026-03-04T21:47:00"
    assert first.time.source is TimeSource.PICTURE
    # A time of day alone is no time.
    assert second.time is None
    assert second.time_words == "21:50"
    entry = custody.list_entries(case)[-1]
    assert entry.action is Action.READ_ITEM
    assert entry.detail == {"item": picture, "engine": "engine 1", "lines": 3, "proposals": 2}
    assert verification.verify(case).is_intact
    results = search.find(case, "上门")
    assert [hit.item.id for hit in results.all_hits() if hit.item] == [picture]
    reading.queue_unread(case)
    assert reading.counts(case) == JobCounts(done=1)


def test_when_a_file_was_saved_is_no_day_of_the_picture(
    case: CaseFile, tmp_path: Path, reads: Reads
) -> None:
    bring_in(case, picture_file(tmp_path))
    reading.queue_unread(case)
    reading.run(case)
    assert reads.days == [None]
    assert [proposal.time for proposal in proposals.list_proposals(case)] == [None, None]


def test_a_picture_that_cannot_be_read_costs_only_itself(
    case: CaseFile, tmp_path: Path, picture: int, reads: Reads
) -> None:
    (other,) = bring_in(case, picture_file(tmp_path, "b.png", 9))
    reading.queue_unread(case)
    reads.error = ReadingFailure(message(MessageCode.DAMAGED_PICTURE))
    outcomes: list[reading.ReadOutcome] = []
    reading.run(case, item_ids=[picture], on_read=outcomes.append)
    reads.error = None
    reading.run(case, on_read=outcomes.append)
    assert [outcome.item_id for outcome in outcomes] == [picture, other]
    failed = reading.job_of(case, picture)
    assert failed is not None
    assert failed.state is JobState.FAILED
    assert failed.reason is not None
    assert failed.reason.code is MessageCode.DAMAGED_PICTURE
    assert reading.counts(case) == JobCounts(done=1, failed=1)


def test_without_the_models_pictures_wait(case: CaseFile, picture: int, reads: Reads) -> None:
    reads.error = ReadingFailure(message(MessageCode.READING_MODELS_MISSING))
    with pytest.raises(ReadingFailure):
        reading.run(case)
    assert reading.counts(case) == JobCounts(waiting=1)


def test_what_was_stopped_waits_again(case: CaseFile, picture: int, reads: Reads) -> None:
    reads.error = Cancelled()
    with pytest.raises(Cancelled):
        reading.run(case)
    job = reading.job_of(case, picture)
    assert job is not None
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_what_was_being_read_when_the_program_was_killed_is_read_later(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    for attempt in (1, 2):
        with case.unlogged() as connection:
            job_records.begin_next(connection, None)
        reading.queue_unread(case)
        job = reading.job_of(case, picture)
        assert job is not None
        assert job.attempts == attempt
    assert job.state is JobState.FAILED, "a picture that ends the program is not tried for ever"
    assert job.reason is not None
    reading.queue(case, [picture])
    reading.run(case)
    assert reading.counts(case) == JobCounts(done=1)


def test_reading_again_keeps_what_the_person_made_of_it(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    reading.run(case)
    reading.correct(case, reading.lines(case, picture)[2].id, "我有钱")
    first, second = proposals.list_proposals(case)
    proposals.accept(case, [first.id])
    proposals.reject(case, [second.id])
    reads.words = "新的一句话"
    reading.queue(case, [picture])
    reading.run(case)
    assert [line.words for line in reading.lines(case, picture)] == [
        "昨天 21:47", "新的一句话", "我有钱",
    ]  # fmt: skip
    assert proposals.list_proposals(case) == []
    states = [proposal.state for proposal in proposals.list_proposals(case, state=None)]
    assert states == [ProposalState.ACCEPTED, ProposalState.REJECTED]
    assert verification.verify(case).is_intact


def test_where_an_act_was_read_is_known_once_it_is_accepted(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    reading.run(case)
    first, second = proposals.list_proposals(case)
    assert items.regions(case, picture) == {}
    proposals.accept(case, [first.id])
    [(event_id, region)] = items.regions(case, picture).items()
    assert timeline.get(case, event_id).text == first.text
    assert region == first.region
    assert first.region != second.region


def test_a_mark_that_shows_a_violation_is_known_to_the_dossier(
    case: CaseFile, picture: int
) -> None:
    drawn = [Mark(0, picture, MarkKind.HIGHLIGHT, box=Region(0.1, y, 0.3, 0.1)) for y in (0.2, 0.6)]
    marks.add(case, drawn)
    first, _ = marks.list_marks(case, picture)
    findings.confirm(case, [Subject(SubjectKind.MARK, first.id)], "threat_of_violence")
    [group] = dossier_content.gather(case, DossierOptions()).findings
    assert [(act.event, act.marks) for act in group.instances] == [(None, (first.id,))]


def test_reading_the_file_again_keeps_what_was_recognised(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    reading.run(case)
    edit = proposals.accept(case, [proposal.id for proposal in proposals.list_proposals(case)])
    assert edit.changes.entry
    before = [event.id for event in timeline.get_many(case, _event_ids(case))]
    with Importer(case) as importer:
        importer.read_again(picture)
    assert [event.id for event in timeline.get_many(case, _event_ids(case))] == before
    assert [line.words for line in reading.lines(case, picture)][1] == THREAT
    assert questions.list_questions(case) == []


def _event_ids(case: CaseFile) -> list[int]:
    return list(timeline.index(case, EventFilter()).ids)


def test_accepting_puts_an_event_on_the_timeline_and_can_be_undone(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    reading.run(case)
    before = _event_ids(case)
    first, second = proposals.list_proposals(case)
    history = History(case)
    history.record(proposals.accept(case, [second.id, first.id]))
    new = timeline.get_many(
        case, [event_id for event_id in _event_ids(case) if event_id not in before]
    )
    by_text = {event.text: event for event in new}
    event = by_text[THREAT]
    assert (event.type, event.direction) == (EventType.MESSAGE, Direction.INCOMING)
    assert (event.item_id, event.contact_name) == (picture, "催收小王")
    assert event.time is not None
    assert event.time.source is TimeSource.PICTURE
    assert event.time.precision is TimePrecision.MINUTE
    assert event.party_id is not None
    assert by_text["我没有钱"].time is None
    accepted = proposals.list_proposals(case, state=ProposalState.ACCEPTED)
    assert [proposal.event_id for proposal in accepted] == [event.id, by_text["我没有钱"].id]
    with pytest.raises(UsageError):
        proposals.reject(case, [first.id])
    history.undo()
    assert _event_ids(case) == before
    assert len(proposals.list_proposals(case)) == 2
    history.redo()
    assert len(_event_ids(case)) == len(before) + 2
    assert verification.verify(case).is_intact


def test_a_line_is_corrected_beside_what_was_read(
    case: CaseFile, picture: int, reads: Reads
) -> None:
    reading.run(case)
    line = reading.lines(case, picture)[1]
    history = History(case)
    history.record(reading.correct(case, line.id, " 再不还钱就登门 "))
    corrected = reading.lines(case, picture)[1]
    assert (corrected.words, corrected.text) == ("再不还钱就登门", THREAT)
    # Both are found.
    for query in ("登门", "上门"):
        assert [hit.id for hit in search.find(case, query).all_hits() if hit.item] == [line.id]
    assert custody.list_entries(case)[-1].action is Action.CORRECT_TEXT
    history.undo()
    assert reading.lines(case, picture)[1] == line
    history.redo()
    reading.correct(case, line.id, THREAT)
    assert reading.lines(case, picture)[1] == line
    with pytest.raises(UsageError):
        reading.correct(case, 999, "x")
    assert verification.verify(case).is_intact


def test_a_picture_is_shown_by_its_first_words(case: CaseFile, picture: int, reads: Reads) -> None:
    assert reading.first_words(case, [picture]) == {}
    reading.run(case)
    assert reading.first_words(case, [picture, 99]) == {picture: f"{THREAT} / 我没有钱"}
    proposals.reject(case, [proposal.id for proposal in proposals.list_proposals(case)])
    assert reading.first_words(case, [picture])[picture].startswith("昨天 21:47 / 再不还款")
    assert reading.first_words(case, []) == {}


def test_only_pictures_are_queued(case: CaseFile, tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text("words")
    (item_id,) = bring_in(case, note)
    assert items.get(case, item_id).kind is not ItemKind.PICTURE
    assert reading.queue_unread(case) == JobCounts()
    with pytest.raises(UsageError):
        reading.queue(case, [item_id])
    with pytest.raises(UsageError):
        proposals.accept(case, [7])
