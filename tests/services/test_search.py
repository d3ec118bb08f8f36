"""One search over a whole case."""

from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError
from evidence_app.model.event import Direction, EventType
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.party import Role
from evidence_app.model.search import Hit, HitKind, HitOrder, SearchQuery
from evidence_app.model.snippets import Matcher
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.services import events as timeline
from evidence_app.services import items, manual_entries, parties, search, verification
from evidence_app.services.importing.importer import Importer


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    with Importer(case) as importer:
        importer.run_bytes("letter.txt", "第一段：通知\n\n第二段：再不還錢就上門".encode())
        importer.run_bytes("calls.csv", b"date,number,type\n2026-03-01 10:00:00,95001,incoming\n")
    for day, text in (
        (1, "今天不还钱，就去你单位"),
        (2, "Pay today, or we visit Müller office"),
    ):
        moment = from_text(f"2026-03-0{day} 10:00")
        manual_entries.add_entry(
            case,
            type=EventType.MESSAGE,
            time=TimeReading(moment, TimeSource.PERSON, TimePrecision.MINUTE, ""),
            direction=Direction.INCOMING,
            identifier="19000000017",
            text=text,
        )
    parties.assign(case, "95001", Role.COLLECTOR, "张三催收")
    return case


def hits(case: CaseFile, query: str, kind: HitKind, **more: object) -> list[Hit]:
    return list(search.find(case, query, **more).hits[kind])  # type: ignore[arg-type]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet.text[start:end] for start, end in hit.snippet.marks]


def test_words_are_found_in_events_and_texts_in_each_way_of_writing(filled: CaseFile) -> None:
    [event] = hits(filled, "还钱", HitKind.MESSAGE)
    assert marked(event) == ["还钱"]
    [text] = hits(filled, "还钱", HitKind.PAGE)
    assert marked(text) == ["還錢"]
    assert text.place is not None
    assert text.item is not None
    assert text.item.filename == "letter.txt"
    [english] = hits(filled, "MULLER off", HitKind.MESSAGE)
    assert marked(english) == ["Müller", "off"]


def test_phrases_and_words_that_must_not_occur(filled: CaseFile) -> None:
    assert len(hits(filled, '"pay today"', HitKind.MESSAGE)) == 1
    assert hits(filled, '"today pay"', HitKind.MESSAGE) == []
    assert hits(filled, "pay -visit", HitKind.MESSAGE) == []
    assert search.find(filled, " - ").all_hits() == []


def test_people_and_items_are_found_by_name_number_and_note(filled: CaseFile) -> None:
    [person] = hits(filled, "催收", HitKind.PARTY)
    assert (person.title, person.item) == ("张三催收", None)
    assert [hit.id for hit in hits(filled, "95001", HitKind.PARTY)] == [person.id]
    [item_id] = [hit.id for hit in hits(filled, "letter", HitKind.ITEM)]
    items.set_note(filled, item_id, "from the landlord")
    assert [hit.id for hit in hits(filled, "landlord", HitKind.NOTE)] == [item_id]


def test_the_end_of_a_number_is_found(filled: CaseFile) -> None:
    assert len(hits(filled, "0017", HitKind.MESSAGE)) == 2
    assert len(timeline.index(filled, EventFilter(text="0017")).ids) == 2


def test_order_limit_and_kinds(filled: CaseFile) -> None:
    latest = hits(filled, "0017", HitKind.MESSAGE, order=HitOrder.TIME, limit=1)
    assert latest[0].snippet.text.startswith("19000000017 · Pay")
    found = search.find(filled, "还钱", kinds=[HitKind.PAGE])
    assert found.hits.keys() == {HitKind.PAGE}
    assert search.find(filled, "0017", limit=1).counts[HitKind.MESSAGE] == 2


def test_what_is_in_the_trash_is_not_found(filled: CaseFile) -> None:
    items.trash(filled, list(items.index(filled, ItemFilter())))
    results = search.find(filled, "还钱")
    assert [hit for hit in results.all_hits() if hit.kind is not HitKind.PARTY] == []


def test_a_corrected_text_is_found_beside_the_first_one(filled: CaseFile) -> None:
    from evidence_app.casefile import schema
    from evidence_app.model.custody import Action

    [text] = hits(filled, "上门", HitKind.PAGE)
    with filled.change(Action.EDIT_ITEM, {}) as change:
        change.update(schema.text_span, text.id, corrected="再不还款就登门")
    assert marked(hits(filled, "登门", HitKind.PAGE)[0]) == ["登门"]
    assert marked(hits(filled, "上门", HitKind.PAGE)[0]) == ["上門"]
    assert verification.verify(filled).is_intact


def test_searches_are_kept_by_name(filled: CaseFile) -> None:
    search.save(filled, " at  work ", "单位")
    search.save(filled, "at work", "单位 -今天")
    [saved] = search.list_saved(filled)
    assert (saved.name, saved.query) == ("at work", "单位 -今天")
    search.forget(filled, "at work")
    assert search.list_saved(filled) == []
    with pytest.raises(UsageError):
        search.save(filled, " ", "x")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("hous", "to your house", ["hous"]),
        ('"your house"', "at YOUR - house!", ["YOUR - house"]),
        ("单位", "单，位", ["单，位"]),
        ("钱pay", "还钱pay了", ["钱pay"]),
        ("한글", "이 한글은", ["한글"]),
        ("ﬁle", "a file", ["file"]),
        ("a", "b", []),
        ("x_y", "x y", ["x y"]),
    ],
)
def test_marks_are_where_the_index_finds_words(words: str, text: str, found: list[str]) -> None:
    marks = Matcher(SearchQuery.of(words)).marks(text)
    assert [text[start:end] for start, end in marks] == found


def test_a_snippet_is_one_line_around_the_words() -> None:
    text = "a " * 200 + "threat\n\nhere " + "b " * 200
    snippet = Matcher(SearchQuery.of("threat")).snippet(text)
    [(start, end)] = snippet.marks
    assert snippet.text[start:end] == "threat"
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert "\n" not in snippet.text
    assert len(snippet.text) < 130


def test_the_sample_is_searched(tmp_path: Path) -> None:
    from evidence_app.services.sample import sample_case

    with sample_case.create_sample(tmp_path / "sample.evcase") as case:
        found = search.find(case, "单位")
        assert found.counts[HitKind.MESSAGE] > 0
        assert all(marked(hit) for hit in found.hits[HitKind.MESSAGE])


def test_the_evidence_finds_an_item_by_the_words_of_its_messages(case: CaseFile) -> None:
    export = (
        "[2026/3/2 21:47:00] Collector: 再不还钱就上门\n[2026/3/2 21:48:00] Me: not today please\n"
    )
    with Importer(case) as importer:
        importer.run_bytes("_chat.txt", export.encode())
        importer.run_bytes("other.txt", b"nothing of that")
    assert timeline.index(case, EventFilter(text="上门")).ids
    for query in ("上门", "再不還錢", "today", "collector"):
        assert items.index(case, ItemFilter(text=query)).tolist() == [1]
