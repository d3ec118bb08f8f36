"""Records over the pipe: the same on both sides, and fast."""

import io
import time
from datetime import timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.intake.event_cells import Setting, columns_of
from evidence_app.intake.process import protocol
from evidence_app.intake.process.limits import OUTPUT_RATIO, TEXT, in_bounds
from evidence_app.intake.readers.tables import call_table
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    Rendition,
    RenditionKind,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.times import (
    Instant,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    instant_from_ms,
)
from evidence_app.sandbox import frames

SETTING = Setting("CN", ZoneInfo("Asia/Shanghai"))
ACT = EventRecord(
    EventType.CALL, Direction.INCOMING, Outcome.MISSED,
    TimeReading(
        instant_from_ms(1_672_545_600_000), TimeSource.RECORD, TimePrecision.MILLISECOND, "1"
    ),
    0.0, "13800138000", "张三", "",
    SourcePlace(PlaceUnit.ENTRY, 7), {"number": "13800138000", "date": "1672545600000"},
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
PLACES = st.builds(SourcePlace, st.sampled_from(PlaceUnit), st.integers(1, 10**9), WORDS)
READINGS = st.builds(
    TimeReading,
    st.builds(WallClock, st.datetimes()) | st.builds(Instant, st.datetimes(timezones=ZONES)),
    st.sampled_from(TimeSource),
    st.sampled_from(TimePrecision),
    WORDS,
)
MESSAGES = st.sampled_from(MessageCode).map(lambda code: message(code, value="“1”"))
SECONDS = st.none() | st.floats(0, 1e9)
ACTS = st.builds(
    EventRecord,
    st.sampled_from(EventType),
    st.sampled_from(Direction),
    st.sampled_from(Outcome),
    st.none() | READINGS,
    SECONDS,
    WORDS,
    WORDS,
    WORDS,
    st.none() | PLACES,
    st.dictionaries(WORDS, WORDS),
)
RECORDS: st.SearchStrategy[Record] = st.one_of(
    READINGS,
    ACTS,
    st.builds(
        Description,
        st.sampled_from(ItemKind),
        WORDS,
        st.none() | st.integers(0, 10**6),
        st.none() | st.integers(0, 10**6),
        SECONDS,
        st.none() | st.integers(0, 10**6),
        st.dictionaries(WORDS, WORDS),
    ),
    st.builds(SkippedEntry, PLACES, MESSAGES, WORDS),
    st.builds(Notice, MESSAGES, st.booleans()),
    st.builds(TextBlock, WORDS, PLACES),
    st.builds(Rendition, st.sampled_from(RenditionKind), WORDS, st.binary()),
)


@given(RECORDS)
def test_records_arrive_as_they_were(record: Record) -> None:
    pipe = io.BytesIO()
    data = record.data if isinstance(record, Rendition) else b""
    frames.write_frame(pipe, protocol.encode(record), data)
    size = pipe.tell()
    pipe.seek(0)
    frame = frames.read_frame(pipe)
    assert protocol.decode(frame.head, frame.data) == record
    assert frame.size == size


@given(st.lists(ACTS, min_size=1, max_size=5))
def test_cells_of_acts_arrive_as_they_were(acts: list[EventRecord]) -> None:
    columns = columns_of(acts, SETTING)
    pipe = io.BytesIO()
    frames.write_frame(pipe, protocol.encode(columns))
    pipe.seek(0)
    _, cells, enclosed = frames.read_frame(pipe).head
    assert protocol.columns(cells, enclosed, columns.zone) == columns


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("type", "murder"),
        ("direction", None),
        ("outcome", 1),
        ("at", "yesterday"),
        ("at", 7),
        ("time_source", "heaven"),
        ("sort_ms", 1 << 63),
        ("sort_ms", "7"),
        ("sort_ms", True),
        ("fingerprint", -(1 << 63) - 1),
        ("duration_s", "7"),
        ("duration_s", 1 << 64),
        ("identifier", None),
        ("text", ["words"]),
        ("place_number", 0.5),
        ("place_unit", "mile"),
        ("raw", {}),
    ],
)
def test_cells_that_the_program_never_makes_are_refused(name: str, cell: object) -> None:
    """A reading process that was taken over writes nothing into a case that is no event."""
    columns = columns_of([ACT, ACT], SETTING)
    protocol.columns(list(columns.cells.values()), [], "UTC")
    columns.cells[name][1] = cell
    with pytest.raises((ValueError, TypeError)):
        protocol.columns(list(columns.cells.values()), [], "UTC")


@pytest.mark.parametrize("enclosed", [[[2, ["a"]]], [[-1, ["a"]]], [["x", ["a"]]], [7], [[0, 7]]])
def test_files_of_acts_that_are_not_there_are_refused(enclosed: list[Any]) -> None:
    columns = columns_of([ACT, ACT], SETTING)
    with pytest.raises((ValueError, TypeError)):
        protocol.columns(list(columns.cells.values()), enclosed, "UTC")


def test_the_tersest_log_is_not_taken_for_greedy() -> None:
    rows = "".join(f"95{n % 500:03},2023-1-1 0:{n % 60:02},{n % 9}\n" for n in range(1000))
    data = f"对方号码,起始时间,通话时长\n{rows}".encode()
    read = call_table.read(Source(io.BytesIO(data), len(data), "a.csv", "CN"))
    acts = [event for event in read if isinstance(event, EventRecord) and event.place is not None]
    assert len(acts) == 1000
    pipe = io.BytesIO()
    frames.write_frame(pipe, protocol.encode(columns_of(acts, SETTING)))
    assert pipe.tell() < len(data) * OUTPUT_RATIO


def test_columns_of_different_lengths_are_refused() -> None:
    columns = columns_of([ACT, ACT], SETTING)
    columns.cells["text"].pop()
    with pytest.raises(ValueError, match="lengths"):
        protocol.columns(list(columns.cells.values()), [], "UTC")


def test_half_a_surrogate_pair_does_not_stop_the_line() -> None:
    pipe = io.BytesIO()
    frames.write_frame(pipe, ["a\ud83db"])
    pipe.seek(0)
    assert frames.read_frame(pipe).head == ["a?b"]


@pytest.mark.parametrize(
    "data", [b"", b"\0\0\0\1", b"\0\0\0\4\0\0\0\0[1", b"\0\0\0\2\0\0\0\5[]abc"]
)
def test_cut_off_frames_are_an_end(data: bytes) -> None:
    with pytest.raises(EOFError):
        frames.read_frame(io.BytesIO(data))


def test_frames_that_promise_too_much_are_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        frames.read_frame(io.BytesIO(b"\xff" * 8))


def test_a_hundred_thousand_records_in_two_seconds() -> None:
    pipe = io.BytesIO()
    began = time.process_time()
    for _ in range(200):
        frames.write_frame(pipe, protocol.encode(columns_of([ACT] * 500, SETTING)))
    pipe.seek(0)
    for _ in range(200):
        _, cells, enclosed = frames.read_frame(pipe).head
        assert len(protocol.columns(cells, enclosed, "UTC")) == 500
    assert time.process_time() - began < 4, "twice what is wanted, for a busy machine"


@given(st.integers(0, 3_000_000))
def test_long_texts_are_cut_without_loss(length: int) -> None:
    block = TextBlock("还" * length, SourcePlace(PlaceUnit.PAGE, 3))
    parts = [part for part in in_bounds(block) if isinstance(part, TextBlock)]
    assert "".join(part.text for part in parts) == block.text
    assert all(len(part.text.encode()) <= TEXT for part in parts)
    assert {part.place for part in parts} == {block.place}
