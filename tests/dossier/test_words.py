"""Words, lines, figures and charts, each by itself."""

import io
import string
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dossier_builder import START, ZONE, Builder, jpeg
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from evidence_app.dossier import archival, charts, fonts, key_figures, picture_worker, text
from evidence_app.dossier.content import Omission
from evidence_app.dossier.options import Language, Part, Profile
from evidence_app.dossier.picture_store import PictureStore
from evidence_app.dossier.sections import logs
from evidence_app.dossier.wording import Wording, load
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import ItemKind, ItemStatus, PlaceUnit, SourcePlace
from evidence_app.model.party import Role
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource, WallClock
from evidence_app.sandbox.child import Child

LANGUAGES: tuple[Language, ...] = ("en", "zh")
_BY_ENUM = {
    "event": EventType,
    "incoming": EventType,
    "outgoing": EventType,
    "outcome": Outcome,
    "source": TimeSource,
    "source_short": TimeSource,
    "precision": TimePrecision,
    "item": ItemKind,
    "status": ItemStatus,
    "place": PlaceUnit,
    "purpose": ItemKind,
    "role": Role,
    "profile": Profile,
    "request": Profile,
    "jurisdiction": Jurisdiction,
    "action": Action,
}


def nobody_knows(event: Event) -> Role:
    return Role.UNKNOWN


def test_both_languages_have_the_same_keys_and_places() -> None:
    english, chinese = load("en"), load("zh")
    assert english.keys() == chinese.keys()
    for key in english:
        assert _places(english[key]) == _places(chinese[key]), key


def _places(template: str) -> set[str | None]:
    return {place for _, place, _, _ in string.Formatter().parse(template) if place is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_words(language: Language) -> None:
    wordings = load(language)
    for table, values in _BY_ENUM.items():
        for value in values:
            assert wordings[f"{table}.{value}"]
    keys = [f"repeats.{value}" for value in EventType] + [f"omission.{value}" for value in Omission]
    for key in keys:
        assert wordings[f"{key}_one"]
        assert wordings[f"{key}_many"]
    for part in Part:
        assert wordings[f"{part}.title"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fonts_have_every_character_of_our_own_words(language: Language) -> None:
    missing = {c for wordings in load(language).values() for c in wordings if c != "\n"}
    assert {c for c in missing if fonts.place(c, False)[0] == fonts.BOX} == set()


def test_the_fonts_are_not_read_into_memory() -> None:
    fonts.register()
    for font in (fonts.REGULAR, fonts.BOLD, fonts.EMOJI):
        data = pdfmetrics.getFont(font).face._ttf_data
        assert not isinstance(data, bytes)
        assert len(data) > 500_000
        assert data[:4] == b"\0\1\0\0"


def test_times_are_no_more_precise_than_their_source() -> None:
    wording = Wording("en", ZONE)
    at = datetime(2026, 3, 1, 13, 30, 5, tzinfo=UTC)

    def stamp(precision: TimePrecision) -> str:
        return wording.stamp(TimeReading(Instant(at), TimeSource.RECORD, precision))

    assert stamp(TimePrecision.SECOND) == "2026-03-01 21:30:05"
    assert stamp(TimePrecision.MINUTE) == "2026-03-01 21:30"
    assert stamp(TimePrecision.DAY) == "2026-03-01"
    assert stamp(TimePrecision.MONTH) == "2026-03"
    assert stamp(TimePrecision.YEAR) == "2026"


def test_the_name_of_a_sheet_stands_where_it_begins() -> None:
    builder = Builder()
    item = builder.item(ItemKind.CALL_LOG, "log.xlsx", b"", "application/x")
    place = SourcePlace(PlaceUnit.ROW, 3, "March")
    call = builder.event(item, EventType.CALL, START, place=place)
    wording = Wording("en", ZONE)
    assert logs._place(wording, call, "") == "March\nrow 3"
    assert logs._place(wording, call, "March") == "row 3"


def test_wall_clock_times_are_marked_and_not_moved() -> None:
    wording = Wording("en", ZoneInfo("America/New_York"))
    naive = datetime(2026, 3, 1, 21, 30)  # noqa: DTZ001
    reading = TimeReading(WallClock(naive), TimeSource.FILE_NAME, TimePrecision.MINUTE)
    assert wording.stamp(reading) == "2026-03-01 21:30"
    assert "time zone not stated" in wording.established(reading)
    assert "no zone" in wording.established_short(reading)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 bytes"),
        (1023, "1,023 bytes"),
        (1024, "1.0 KB (1,024 bytes)"),
        (5 << 20, "5.0 MB (5,242,880 bytes)"),
    ],
)
def test_sizes(count: int, expected: str) -> None:
    assert Wording("en", ZONE).size(count) == expected


def test_chinese_breaks_between_characters_and_words_stay_whole() -> None:
    lines = text.wrap("他们说QuickCash今晚会来，请您注意安全。" * 6, 10, 120)
    assert len(lines) > 5
    assert not any(line.startswith(("，", "。")) for line in lines)
    assert sum(line.count("QuickCash") for line in lines) == 6


@given(st.text(max_size=200), st.integers(20, 300))
def test_lines_keep_every_character_and_fit(source: str, available: int) -> None:
    clean = text.clean(source)
    lines = text.wrap(clean, 10, available)
    uncut = [line.removesuffix(text.CUT) for line in lines]
    assert "".join("".join(uncut).split()) == "".join(clean.split())
    for line in uncut:
        fits = fonts.width(line) * 10 <= available + 1e-6
        assert fits or len(line) == 1


@given(st.text(max_size=200))
def test_text_in_properties_steers_nothing(source: str) -> None:
    cleaned = text.plain(source)
    assert not any(c in cleaned for c in "\u202a\u202e\u2066\u200f\x00\n")
    cleaned.encode()


@pytest.mark.parametrize("source", [TimeSource.DOCUMENT, TimeSource.FILE_SYSTEM])
def test_dates_of_files_stretch_neither_period_nor_chart(source: TimeSource) -> None:
    builder = Builder()
    item = builder.item(ItemKind.DOCUMENT, "d.pdf", b"", "x")
    old = TimeReading(
        Instant(datetime(2009, 1, 1, 23, 30, tzinfo=UTC)), source, TimePrecision.SECOND, ""
    )
    builder.event(item, EventType.DOCUMENT, None, time=old)
    builder.event(item, EventType.LETTER, None, time=old)
    builder.event(item, EventType.CALL, START)
    builder.event(item, EventType.CALL, START + timedelta(days=3))
    figures = key_figures.count(builder.events, ZONE, nobody_knows)
    assert (figures.first_day, figures.last_day) == (date(2026, 2, 26), date(2026, 3, 1))
    assert min(figures.by_day) == date(2026, 2, 26)
    assert (figures.entries, figures.undated, figures.contacts, figures.at_night) == (4, 0, 3, 0)
    assert figures.without_day == 1


@pytest.mark.parametrize("character", "\ufffd\u0939\ud55c\u0e01\u05e7\ud800\ue000")
def test_a_character_that_no_font_has_is_named(character: str) -> None:
    [run] = fonts.runs(character)
    assert (run.font, run.text) == (fonts.BOX, f"U+{ord(character):04X}")


def test_drafts_and_own_acts_are_no_contacts() -> None:
    builder = Builder()
    item = builder.item(ItemKind.MESSAGES, "m", b"", "x")
    builder.event(item, EventType.CALL, START, identifier_normalized="+1")
    builder.event(item, EventType.CALL, START, direction=Direction.OUTGOING)
    builder.event(item, EventType.MESSAGE, START, outcome=Outcome.DRAFT)
    builder.event(item, EventType.VISIT, START, direction=Direction.NONE)
    builder.event(item, EventType.MESSAGE, None)
    figures = key_figures.count(builder.events, ZONE, nobody_knows)
    assert (figures.entries, figures.contacts, figures.calls, figures.messages) == (5, 3, 1, 1)
    assert (figures.undated, figures.different_numbers(), figures.at_night) == (1, 1, 0)
    assert figures.busiest_day() == (date(2026, 2, 26), 2)


@pytest.mark.parametrize(
    ("days", "unit"), [(1, "day"), (100, "day"), (101, "week"), (4000, "month")]
)
def test_columns_cover_the_whole_span(days: int, unit: str) -> None:
    first = date(2020, 1, 31)
    last = first + timedelta(days=days - 1)
    series = charts.series(
        {first: Counter({EventType.CALL: 2}), last: Counter({EventType.POST: 1})}
    )
    assert series.unit == unit
    assert sum(map(sum, series.columns)) == (3 if days > 1 else 1)
    assert list(series.starts) == sorted(set(series.starts))
    assert len(series.starts) <= 160


def test_a_file_that_is_no_pdf_a_is_refused(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    drawn = tmp_path / "drawn.pdf"
    canvas = Canvas(str(drawn))
    canvas.drawString(100, 100, "a font that is not embedded")
    canvas.save()
    process = Child("evidence_app.dossier.archival", archival.MEMORY)
    with PictureStore(tmp_path / "pictures.pdf"):
        pass
    elements = tmp_path / "elements"
    elements.write_text('[0,"Document",-1,[],{}]\n')
    with process.watched(60):
        process.send({"associated": []})
        for part in (drawn, tmp_path / "pictures.pdf", elements):
            with part.open("rb") as file:
                process.send_file(file)
        assert "font" in process.receive().head.lower()
    process.stop()


def test_the_picture_process_survives_what_it_cannot_read() -> None:
    process = Child("evidence_app.dossier.picture_worker", picture_worker.MEMORY)
    received = io.BytesIO()
    with process.watched(60):
        process.send({"width": 100, "height": 100})
        process.send_file(io.BytesIO(b"nothing"))
        assert "error" in process.receive().head
        process.send({"width": 100, "height": 100})
        process.send_file(io.BytesIO(jpeg(30, 40)))
        head = process.receive().head
        assert (head["width"], head["height"], head["is_jpeg"]) == (30, 40, True)
        assert head["black"] == []
        process.receive_file(received)
    process.stop()
    assert received.getvalue().startswith(b"\xff\xd8")
