"""A search gives what it finds by its kind, each hit at its very place."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from recordings import add_recording

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records.readings import OCR
from evidence_app.casefile.schema import text_span
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.finding import FindingStatus, Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Stretch
from evidence_app.model.region import Region
from evidence_app.model.search import Hit, HitKind, HitOrder
from evidence_app.model.transcript import Segment
from evidence_app.services import cases, findings, items, marks, search, transcripts
from evidence_app.services.importing.importer import Importer

CHAT = (
    "[2026/3/2 21:47:00] Collector: 再不还钱就上门 not not\n"
    "[2026/3/2 21:48:00] Me: not today please\n"
)
CALLS = "date,number,type,name\n2026-03-02 21:10:00,19000000017,incoming,Orchard Recovery\n"


def add_lines(case: CaseFile, item_id: int, *pages: tuple[str, ...]) -> None:
    """Lines as if they had been read from a picture or from scanned pages."""
    with case.change(Action.READ_ITEM, {}) as change:
        for page, lines in enumerate(pages, 1):
            for number, words in enumerate(lines):
                change.insert(
                    text_span, item_id=item_id, text=words, origin=OCR, engine="e",
                    confidence=1.0, place_unit="page", place_number=page,
                    left=0.1, top=0.1 * number, width=0.5, height=0.05,
                )  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    folder: Path = tmp_path_factory.mktemp("kinds")
    where = Jurisdiction.CHINA
    with cases.create(
        folder / "a.evcase", title="A", timezone="Asia/Shanghai", jurisdiction=where
    ) as case:
        drawn = BytesIO()
        Image.new("RGB", (300, 600), "white").save(drawn, "PNG")
        with Importer(case) as importer:
            [chat] = importer.run_bytes("_chat.txt", CHAT.encode())
            importer.run_bytes("calls.csv", CALLS.encode())
            [picture] = importer.run_bytes("shot.png", drawn.getvalue())
            [letter] = importer.run_bytes("letter.txt", b"nothing of that")
        assert (chat.item_id, picture.item_id, letter.item_id) == (1, 3, 4)
        add_lines(case, 3, ("昨天 21:47", "再不還", "錢就去你單位"))
        add_lines(case, 4, ("rent and orchard",), ("orchard alone",), ("the office rent",))
        recording = add_recording(case, 8.0)
        transcripts.add(case, recording, Segment(Stretch(1.0, 2.0), "we will visit"))
        transcripts.add(case, recording, Segment(Stretch(5.0, 7.0), "your office 單位"))
        items.set_note(case, 4, "from the landlord")
        box = Region(0.1, 0.1, 0.2, 0.2)
        marks.add(case, [Mark(0, 3, MarkKind.HIGHLIGHT, box=box, note="his landlord knows")])
        findings.confirm(case, [Subject(SubjectKind.EVENT, 1)], "abusive_visit", "landlord saw it")
        yield case


def hits(case: CaseFile, words: str, kind: HitKind) -> list[Hit]:
    return list(search.find(case, words).hits[kind])


def counts(case: CaseFile, words: str) -> dict[HitKind, int]:
    return {kind: count for kind, count in search.find(case, words).counts.items() if count}


def page(number: int) -> SourcePlace:
    return SourcePlace(PlaceUnit.PAGE, number, None)


def marked(hit: Hit) -> list[str]:
    return [hit.snippet.text[start:end] for start, end in hit.snippet.marks]


def test_each_hit_is_in_the_group_of_its_kind(filled: CaseFile) -> None:
    assert counts(filled, "就上门") == {HitKind.MESSAGE: 1}
    assert counts(filled, "Recovery") == {HitKind.EVENT: 1, HitKind.PARTY: 1}
    assert counts(filled, "单位") == {HitKind.PICTURE: 1, HitKind.TRANSCRIPT: 1}
    assert counts(filled, "landlord") == {HitKind.NOTE: 2, HitKind.FINDING: 1}
    assert counts(filled, "shot") == {HitKind.ITEM: 1}
    assert counts(filled, "rent") == {HitKind.PAGE: 2}


def test_only_what_was_asked_for_is_given_and_all_is_counted(filled: CaseFile) -> None:
    found = search.find(filled, "单位", kinds=[HitKind.PICTURE])
    assert found.hits.keys() == {HitKind.PICTURE}
    assert found.counts[HitKind.TRANSCRIPT] == 1


def test_a_sentence_that_goes_on_in_the_next_line_is_found_where_it_begins(
    filled: CaseFile,
) -> None:
    [hit] = hits(filled, "还钱就去", HitKind.PICTURE)
    [line] = hits(filled, "再不", HitKind.PICTURE)
    assert hit.id == line.id
    assert marked(hit) == ["還 錢就去"]
    [said] = hits(filled, '"visit your office"', HitKind.TRANSCRIPT)
    assert said.start_s == 1.0


def test_a_hit_leads_to_its_place(filled: CaseFile) -> None:
    [said] = hits(filled, "office", HitKind.TRANSCRIPT)
    assert said.start_s == 5.0
    pages = [hit.place for hit in hits(filled, "orchard", HitKind.PAGE)]
    assert pages == [page(1), page(2)]
    noted = {hit.subject for hit in hits(filled, "landlord", HitKind.NOTE)}
    assert noted == {Subject(SubjectKind.ITEM, 4), Subject(SubjectKind.MARK, 1)}


def test_pages_with_all_words_stand_for_those_with_some(filled: CaseFile) -> None:
    assert [hit.place for hit in hits(filled, "office rent", HitKind.PAGE)] == [page(3)]
    apart = [hit.place.number for hit in hits(filled, "alone office", HitKind.PAGE) if hit.place]
    assert apart == [2, 3], "no page has both, but the document has"


def test_unwanted_words_leave_out_the_page_or_picture_that_has_them(filled: CaseFile) -> None:
    kept = [hit.place.number for hit in hits(filled, "rent -orchard", HitKind.PAGE) if hit.place]
    assert kept == [3]
    assert hits(filled, "单位 -昨天", HitKind.PICTURE) == []
    assert len(hits(filled, "单位 －昨天", HitKind.TRANSCRIPT)) == 1


def test_a_finding_is_found_by_its_name_in_both_languages_and_by_the_persons_words(
    filled: CaseFile,
) -> None:
    from evidence_app.services import violations

    kind = violations.get("abusive_visit")
    for words in (kind.name_zh, kind.name_en, "landlord"):
        [hit] = hits(filled, words, HitKind.FINDING)
        assert (hit.title, hit.status) == ("abusive_visit", FindingStatus.CONFIRMED)
        assert hit.subject == Subject(SubjectKind.EVENT, 1)
        assert bool(marked(hit)) == (words == "landlord")
        assert hit.snippet.text not in ("", kind.name_zh, kind.name_en)


def test_more_than_is_shown_is_said(filled: CaseFile) -> None:
    found = search.find(filled, "orchard", limit=1)
    assert (found.counts[HitKind.PAGE], found.unfinished) == (1, {HitKind.PAGE})
    assert search.find(filled, "orchard", limit=2).unfinished == frozenset()


def test_the_newest_comes_first_if_that_is_wanted(filled: CaseFile) -> None:
    for order, first in ((HitOrder.RELEVANCE, 1), (HitOrder.TIME, 2)):
        found = search.find(filled, "not", order=order).hits[HitKind.MESSAGE]
        assert next(hit.id for hit in found) == first


@pytest.mark.parametrize(
    "words",
    [
        "还",
        "还钱",
        "再不还钱就上门",
        "還錢",
        "再不還錢就上門",
        "“还钱就”",
        "「還錢」",
        "还钱　上门",
        "上门 -单位",
    ],
)
def test_chinese_words_of_any_length_and_writing(filled: CaseFile, words: str) -> None:
    [hit] = hits(filled, words, HitKind.MESSAGE)
    assert marked(hit)


@pytest.mark.parametrize(
    "words",
    ["ｏｒｃｈａｒｄ", "ORCHARD", "Òrchárd", "orch", '"orchard recovery"', "recovery -visit"],
)
def test_latin_words_in_any_writing(filled: CaseFile, words: str) -> None:
    assert len(hits(filled, words, HitKind.EVENT)) == 1


@pytest.mark.parametrize("words", ["钱还", '"orch"', '"recovery orchard"', "“上门还钱”", "oday"])
def test_what_does_not_stand_there_is_not_found(filled: CaseFile, words: str) -> None:
    assert search.find(filled, words).all_hits() == []


def test_an_item_says_where_in_it_the_words_stand(filled: CaseFile) -> None:
    found = search.snippets(filled, "还钱", [1, 2, 3, 4])
    assert {key: one.text[slice(*one.marks[0])] for key, one in found.items()} == {
        1: "还钱",
        3: "還 錢",
    }
    assert search.snippets(filled, "shot", [3]) == {}
    assert search.snippets(filled, "landlord", [4])[4].text == "from the landlord"


def test_characters_that_need_no_folding_are_told_from_those_that_do() -> None:
    from evidence_app.model import snippets

    def words(text: str) -> str | None:
        found = snippets._WORD.search(text)
        return found[0] if found else None

    everything = (chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)
    for one in everything:
        assert words(snippets._folded_text(one)) == words(one.translate(snippets._FOLDING))
