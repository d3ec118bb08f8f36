"""Too much for a document is bounded, and the document says so; it is never refused at the end."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from dossier_builder import START, Builder, calls, png
from pikepdf import pdfa
from test_dossier import joined, render, text_of

from evidence_app.dossier import limits
from evidence_app.dossier.content import FindingGroup, Instance
from evidence_app.dossier.options import DossierOptions
from evidence_app.model.device import Device
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

LONG = 80_000
MUCH = "话 word " * 150_000


def cut_note(shown_count: int, count: int) -> str:
    return joined(f"The first {shown_count:,} of {count:,}")


@pytest.mark.parametrize("letter", ["W", "催", "\U0001f9ff", "\U0010ffff", "\u202e"])
def test_titles_and_names_of_any_length(tmp_path: Path, letter: str) -> None:
    long = letter * LONG
    builder = Builder(title=long)
    item = builder.item(ItemKind.PICTURE, long, png(300, 200), "image/png", title=long)
    builder.event(item, EventType.MESSAGE, START, identifier=long, contact_name=long, party=long)
    builder.groups = [FindingGroup("impersonation", "name", "words", (Instance(1, None, long),))]
    content = builder.content()
    exhibit = content.exhibits[0]
    object.__setattr__(exhibit, "tags", (long,))
    object.__setattr__(exhibit, "device", Device(1, long, long))
    out = render(content, tmp_path / "d.pdf")
    assert pdfa.validate_written(out, "2b").passed
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) < 120
        for page in document:
            text_page = page.get_textpage()
            for n in range(text_page.count_rects()):
                assert text_page.get_rect(n)[1] >= 0, "below the page"
    assert joined("[the first 1,500 of 80,000 characters") in joined(text_of(out))


def test_what_is_said_at_length_is_bounded(tmp_path: Path) -> None:
    builder = Builder(title="t")
    note = builder.item(ItemKind.NOTE, "n.txt", b"x", "text/plain", note=MUCH)
    builder.texts[note.id] = [TextBlock(MUCH, SourcePlace(PlaceUnit.LINE, 1))]
    chat = builder.item(ItemKind.MESSAGES, "c.txt", b"y", "text/plain")
    builder.event(chat, EventType.MESSAGE, START, text=MUCH)
    out = render(builder.content(), tmp_path / "d.pdf")
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) < 120
    text = joined(text_of(out))
    assert text.count(joined("[the first 30,000 of")) == 2
    assert cut_note(limits.TEXT, len(MUCH)) in text


def test_more_entries_than_anybody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINES", 120)
    monkeypatch.setattr(limits, "ROWS", 200)
    monkeypatch.setattr(limits, "FINDINGS", 50)
    builder = Builder(title="t")
    for name in ("a.csv", "b.csv", "c.csv"):
        log = builder.item(ItemKind.CALL_LOG, name, name.encode(), "text/csv")
        calls(builder, 150, log, timedelta(hours=40))
    builder.event(log, EventType.CALL, None)
    acts = tuple(Instance(1, event) for event in builder.events[:80])
    builder.groups = [FindingGroup("impersonation", "name", "words", acts)]
    out = render(builder.content(), tmp_path / "d.pdf")
    assert pdfa.validate_written(out, "2b").passed
    text = joined(text_of(out))
    for shown_count, count in ((120, 151), (50, 150), (0, 151), (50, 80)):
        assert cut_note(shown_count, count) in text
    assert cut_note(150, 150) not in text
    with pypdfium2.PdfDocument(out) as document:
        titles = [mark.get_title().rpartition(" (p. ")[0] for mark in document.get_toc()]
    assert "Without a known time" not in titles
    assert "February 2026" in titles
    assert not any("2027" in title for title in titles), "a month of which nothing is printed"


def test_what_fits_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(title="t")
    log = builder.item(ItemKind.CALL_LOG, "a.csv", b"a", "text/csv")
    calls(builder, 150, log, timedelta(hours=40))
    monkeypatch.setattr(limits, "LINES", 150)
    monkeypatch.setattr(limits, "ROWS", 150)
    text = joined(text_of(render(builder.content(), tmp_path / "d.pdf", DossierOptions())))
    assert "Thefirst" not in text
