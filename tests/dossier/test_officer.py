"""What the officer, the judge and the lawyer look for, and find."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from dossier_builder import START, ZONE, Builder, jpeg, png, realistic
from pikepdf import pdfa
from PIL import Image
from test_dossier import joined, render, text_of

from evidence_app.dossier import charts, key_figures
from evidence_app.dossier import png as png_rows
from evidence_app.dossier.content import Basis, Breach, FindingGroup, Instance, Omission
from evidence_app.dossier.options import PARTS, DossierOptions, Language, Part, Profile
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import Item, ItemKind, ItemStatus, PlaceUnit, SourcePlace
from evidence_app.model.party import Debt, Identifier, Party, Role

MOTHER, COLLECTOR, BANK = 1, 2, 3
PARTIES = [
    Party(MOTHER, Role.THIRD_PARTY, "妈妈", (Identifier("19000000033", "+8619000000033"),)),
    Party(COLLECTOR, Role.COLLECTOR, "周某", (Identifier("19000000017", "+8619000000017"),)),
    Party(BANK, Role.CREDITOR, "某消费金融", (Identifier("95000017", "95000017"),)),
]


def only(*parts: Part, language: Language = "en") -> DossierOptions:
    return DossierOptions(language=language, parts=parts)


def call(builder: Builder, item: Item, minutes: int, party_id: int | None, **more: object) -> None:
    party = next((candidate for candidate in PARTIES if candidate.id == party_id), None)
    written = party.identifiers[0] if party else Identifier("19000000099", "+8619000000099")
    values: dict[str, object] = {
        "outcome": Outcome.MISSED,
        "party_id": party_id,
        "party": party.name if party else "",
        "identifier": written.raw,
        "identifier_normalized": written.normalized,
        "place": SourcePlace(PlaceUnit.ROW, len(builder.events) + 1),
    }
    builder.event(item, EventType.CALL, START + timedelta(minutes=minutes), **(values | more))


def with_calls() -> Builder:
    builder = Builder(title="t", parties=list(PARTIES))
    log = builder.item(ItemKind.CALL_LOG, "calls.csv", b"log", "text/csv")
    for n in range(29):
        call(builder, log, n * 7, MOTHER)
    for n in range(5):
        call(builder, log, 600 + n, COLLECTOR)
    call(builder, log, 700, BANK)
    call(builder, log, 800, None)
    call(builder, log, 900, COLLECTOR, direction=Direction.OUTGOING)
    return builder


# --- figures ---


def test_calls_of_a_mother_are_no_contacts_of_collectors() -> None:
    content = with_calls().content()
    figures = key_figures.count(content.access.events(), ZONE, content.role_of)
    assert (figures.contacts, figures.calls, figures.not_counted) == (7, 7, 29)
    assert figures.by_role[Role.THIRD_PARTY] == 29
    assert {number.name for number in figures.numbers.values()} == {"周某", "某消费金融", ""}
    assert sum(figures.by_hour.values()) == 7


def test_the_page_at_a_glance_says_whose_contacts_it_counts(tmp_path: Path) -> None:
    out = render(with_calls().content(), tmp_path / "d.pdf", only(Part.GLANCE))
    text = joined(text_of(out))
    assert joined("Not counted are contacts by: family, friend or colleague 29.") in text
    assert joined("collector 5") in text
    assert "19000000033" not in text
    assert "190000000175002026-02-262026-02-26" in text, "first and last day of a number"


@pytest.mark.parametrize("page", ["a4", "letter"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_at_a_glance_is_one_page(tmp_path: Path, language: Language, page: str) -> None:
    builder = realistic(400)
    sentence = "They said that they would come to my house tonight. " * 9
    acts = [
        builder.event(
            builder.items[4], EventType.MESSAGE, START + timedelta(hours=n), text=f"{n} {sentence}",
            identifier=f"n{n}", identifier_normalized=f"n{n}", party="周" * 80,
        )
        for n in range(60)
    ]  # fmt: skip
    builder.groups = [
        FindingGroup(f"kind_{n}", "name " * 20, "words", (Instance(5, act),))
        for n, act in enumerate(acts[:6])
    ]
    options = DossierOptions(language=language, page=page, parts=(Part.GLANCE,))  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(render(builder.content(), tmp_path / "d.pdf", options)) as document:
        assert len(document) == 3, "cover, contents, and one page"


def test_the_cover_names_both_sides_the_period_and_the_request(tmp_path: Path) -> None:
    options = replace(only(Part.GLANCE), request="Please stop these calls.")
    content = with_calls().content()
    owed = Debt(1, BANK, "Online loan", "HT-0091", "CNY 31,250")
    agent = replace(PARTIES[1], acts_for=BANK)
    content = replace(content, parties=(PARTIES[0], agent, PARTIES[2]), debts=(owed,))
    with pypdfium2.PdfDocument(render(content, tmp_path / "d.pdf", options)) as document:
        text = joined(document[0].get_textpage().get_text_range())
    for passage in ("李明 Li Ming", "+86 139 0000 0001", "某消费金融 (lender or creditor)",
                  "周某 (collector for 某消费金融)",
                  "Online loan – contract HT-0091 – CNY 31,250, owed to 某消费金融",
                  "95000017", "19000000017", "26 February 2026", "Please stop these calls.",
                  "1 of 1 items of the case", content.custody.code):  # fmt: skip
        assert joined(passage) in text
    assert "妈妈" not in text


def test_what_lies_far_from_all_else_is_said_and_not_drawn() -> None:
    day = date(2026, 3, 1)
    by_day = {day + timedelta(days=n): Counter({EventType.CALL: 5}) for n in range(20)}
    far = {
        date(2019, 1, 1): Counter({EventType.CALL: 1}),
        date(2019, 1, 2): Counter({EventType.CALL: 1}),
    }
    axis = charts.axis(by_day | far)
    assert min(axis.days) == day
    assert axis.outside == ((date(2019, 1, 1), 1), (date(2019, 1, 2), 1))
    assert charts.axis(by_day).outside == ()
    many = {date(2019, 1, 1): Counter({EventType.CALL: 50})}
    assert charts.axis(by_day | many).outside == (), "half of all contacts are no outlier"
    two = {day: Counter({EventType.CALL: 1}), date(2029, 1, 1): Counter({EventType.CALL: 1})}
    assert len(charts.axis(two).outside) == 1


def test_a_cover_with_very_much_on_it_is_one_page(tmp_path: Path) -> None:
    content = with_calls().content()
    sides = [
        Party(n, Role.COLLECTOR, f"{n} " + "Recovery " * 20, (Identifier("1" * 20, "1"),))
        for n in range(10, 30)
    ]
    owed = [Debt(n, BANK, "loan " * 40, "7" * 40, "1 " * 40) for n in range(9)]
    case = replace(content.case, title="title of the case " * 40, owner_name="n " * 90)
    content = replace(content, case=case, parties=(*sides, *PARTIES), debts=tuple(owed))
    options = replace(only(Part.GLANCE), request="please " * 200, page="letter")
    out = render(content, tmp_path / "d.pdf", options)
    with pypdfium2.PdfDocument(out) as document:
        page = document[0].get_textpage()
        places = [page.search(words).get_next()[0] for words in ("Made on", "Check code")]
        last_fact, foot = (page.get_charbox(place)[1] for place in places)
    assert last_fact > foot + 15


# --- chronology ---


def test_repeats_share_a_line_and_every_line_has_a_number(tmp_path: Path) -> None:
    options = only(Part.CHRONOLOGY, Part.EXHIBITS, Part.LOGS)
    out = render(with_calls().content(), tmp_path / "d.pdf", options)
    text = joined(text_of(out))
    assert joined("28 more calls between 09:37:00 and 12:46:00 (missed 28)") in text
    assert joined("4 more calls between 19:31:00 and 19:34:00 (missed 4)") in text
    assert text.count("callsbetween") == 2
    assert text.count("row") >= 37, "the annex lists every one of them"


def test_a_line_names_the_page_on_which_the_entry_stands(tmp_path: Path) -> None:
    builder = Builder(title="t", parties=list(PARTIES))
    log = builder.item(ItemKind.CALL_LOG, "calls.csv", b"log", "text/csv")
    for n in range(120):
        call(builder, log, n * 60 * 30, COLLECTOR if n % 2 else BANK, identifier=f"id{n:04}")
    out = render(builder.content(), tmp_path / "d.pdf", only(Part.CHRONOLOGY, Part.LOGS))
    with pypdfium2.PdfDocument(out) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    last = next(
        n for n, page_text in enumerate(pages, 1) if "id0119" in page_text and "Annex" in page_text
    )
    line = next(page for page in pages if "id0119" in page and "Annex" not in page)
    assert last > 6
    assert f"p. {last}" in line
    assert "p. 1\n" not in line


def test_what_rules_counted_is_a_table_of_lines_of_the_timeline(tmp_path: Path) -> None:
    builder = with_calls()
    acts = [Instance(1, event) for event in builder.events if event.party_id == COLLECTOR][:5]
    whole = Instance(1, None)
    breach = Breach("5 calls in the 7 days to 1 March; no more than 3.", tuple(acts))
    basis = Basis("Advice.", "Standard 7", "no more than 3", "", "If it is a bank.", "r", (breach,))
    lacking = ("Whether they were answered is not known.",)
    acts_and_item = (whole, *acts)
    builder.groups = [FindingGroup("c", "Too many calls", "x", acts_and_item, (basis,), lacking)]
    options = only(Part.FINDINGS, Part.CHRONOLOGY)
    out = render(builder.content(), tmp_path / "d.pdf", options)
    text = joined(text_of(out))
    row = "5callsinthe7daysto1March;nomorethan3.521"
    assert row in text, "one line of the timeline holds all five"
    assert "1.Toomanycalls62026-02-26" in text
    assert "Whethertheywereansweredisnotknown." in text
    assert text.index("Standard7") < text.index("Callreceived,missed")


# --- exhibits ---


def images_by_page(path: Path) -> list[list[tuple[float, float, float, float]]]:
    """Left, bottom, right and top of each picture on each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            [
                page_object.get_bounds()
                for page_object in page.get_objects()
                if isinstance(page_object, pypdfium2.PdfImage)
            ]
            for page in document
        ]


def test_two_screens_stand_side_by_side_and_are_sharp(tmp_path: Path) -> None:
    builder = Builder(title="t")
    for n in range(4):
        data = png(1080, 2340, n) if n % 2 else jpeg(1080, 2340, n)
        builder.item(ItemKind.PICTURE, f"{n}", data, "image/x", width=1080, height=2340)
    out = render(builder.content(), tmp_path / "d.pdf", only(Part.EXHIBITS))
    page_images = [page for page in images_by_page(out) if page]
    assert [len(page) for page in page_images] == [2, 2]
    for left, right in page_images:
        assert left[2] < right[0]
        for box in (left, right):
            assert 1080 / (box[2] - box[0]) * 72 >= 150
    with pikepdf.open(out) as document:
        pictures = [
            stream for stream in document.objects
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == pikepdf.Name.Image
        ]  # fmt: skip
        assert {(int(picture.Width), int(picture.Height)) for picture in pictures} == {(1080, 2340)}
        rows = [picture for picture in pictures if picture.Filter == pikepdf.Name.FlateDecode]
        pixels = png_rows.rows(builder.originals[20]).data
        assert any(row.read_raw_bytes() == pixels for row in rows), "the rows were made anew"
    assert pdfa.validate_written(out, "2b").passed


def test_a_long_screen_is_shown_in_parts_that_overlap(tmp_path: Path) -> None:
    builder = Builder(title="t")
    data = png(400, 6000)
    builder.item(ItemKind.PICTURE, "long.png", data, "image/png", width=400, height=6000)
    out = render(builder.content(), tmp_path / "d.pdf", only(Part.EXHIBITS))
    text = joined(text_of(out))
    count = text.count("–goesoninpart") + 1
    assert count >= 4
    for n in range(1, count):
        assert f"Part{n}of{count}" in text
        assert f"goesoninpart{n + 1}" in text
        assert f"continuedfrompart{n}" in text


def test_every_page_of_a_document_is_printed(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (600, 850), colour) for colour in ("white", "red", "blue")]
    letter = io.BytesIO()
    pages[0].save(letter, "PDF", save_all=True, append_images=pages[1:])
    builder = Builder(title="t")
    builder.item(
        ItemKind.DOCUMENT, "letter.pdf", letter.getvalue(), "application/pdf", page_count=3
    )
    out = render(builder.content(), tmp_path / "d.pdf", only(Part.EXHIBITS))
    assert [len(page) for page in images_by_page(out) if page] == [1, 1, 1]
    text = joined(text_of(out))
    for n in (1, 2, 3):
        assert f"Page{n}of3ofthedocument" in text


def test_a_damaged_picture_is_not_called_whole(tmp_path: Path) -> None:
    builder = Builder(title="t")
    builder.item(
        ItemKind.PICTURE, "cut.png", png()[:900], "image/png", status=ItemStatus.PARTLY_READ
    )
    text = text_of(render(builder.content(), tmp_path / "d.pdf", only(Part.EXHIBITS)))
    assert "the file is damaged" in " ".join(text.split())
    assert "whole" not in text
    zh = only(Part.EXHIBITS, language="zh")
    text = text_of(render(builder.content(), tmp_path / "zh.pdf", zh))
    assert "完整" not in text.replace("完整版", "")


# --- the parts ---


@pytest.mark.parametrize("profile", Profile)
def test_each_profile_has_its_parts_in_its_order(tmp_path: Path, profile: Profile) -> None:
    content = replace(realistic(8).content(), omitted={Omission.SYSTEM: 2, Omission.TRASHED: 1})
    out = render(content, tmp_path / "d.pdf", DossierOptions(language="zh", profile=profile))
    assert pdfa.validate_written(out, "2b").passed
    with pypdfium2.PdfDocument(out) as document:
        titles = [mark.get_title() for mark in document.get_toc() if mark.level == 0]
    assert len(titles) == len(PARTS[profile]) + 2
    text = joined(text_of(out))
    if Part.COMPLETENESS in PARTS[profile]:
        assert joined("收入证据夹 12 件中的 9 件") in text
        assert joined("2 个操作系统自动生成的文件未收入") in text
    if Part.LIST in PARTS[profile]:
        for passage in (
            "编号",
            "证据名称",
            "证据来源",
            "证明目的",
            "页码",
            "份数",
            "提交人（签名）",
        ):
            assert passage in text


def test_parts_are_written_in_the_order_that_was_chosen(tmp_path: Path) -> None:
    chosen = only(Part.ORIGINALS, Part.READING, Part.GLANCE)
    out = render(realistic(5).content(), tmp_path / "d.pdf", chosen)
    with pypdfium2.PdfDocument(out) as document:
        titles = [mark.get_title().rpartition(" (")[0] for mark in document.get_toc()]
    assert titles[2:] == [
        "List of originals",
        "How to read and verify this document",
        "At a glance",
    ]


@pytest.mark.parametrize("count", [18, 21])
def test_no_row_or_line_to_sign_on_stands_alone_on_a_page(tmp_path: Path, count: int) -> None:
    builder = Builder(title="t")
    for n in range(count):
        builder.item(ItemKind.OTHER, f"{n}.bin", b"%d" % n, "application/x")
    out = render(builder.content(), tmp_path / "d.pdf", only(Part.LIST))
    with pypdfium2.PdfDocument(out) as document:
        last = document[len(document) - 1].get_textpage().get_text_range()
    assert "Submitted by (signature)" in last
    assert len(re.findall(r"Exhibit\s+\d", last)) >= 2


def test_numbers_that_are_not_used_are_named(tmp_path: Path) -> None:
    content = realistic(5).content()
    remaining = tuple(exhibit for exhibit in content.exhibits if exhibit.number not in (2, 3))
    content = replace(content, exhibits=remaining, omitted={Omission.UNMARKED: 2}, findings=())
    events = [event for event in content.access.events() if event.item_id not in (20, 30)]
    access = replace(content.access, events=lambda: iter(events))
    content = replace(content, access=access)
    text = joined(text_of(render(content, tmp_path / "d.pdf")))
    assert joined("2 exhibit numbers are not used in this document: 2, 3.") in text
    assert "Exhibit4" in text
    assert "Exhibit3" not in text


def test_the_same_content_makes_the_same_file(tmp_path: Path) -> None:
    first, second = (render(realistic().content(), tmp_path / f"{n}.pdf") for n in range(2))
    assert first.read_bytes() == second.read_bytes()
