"""Pages of PDF documents that carry no text are read as pictures are, page by page."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled, UsageError
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.filters import EventFilter
from evidence_app.model.proposals import JobCounts, ProposalState
from evidence_app.model.reading import (
    Box,
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    ReadPicture,
    TextLine,
)
from evidence_app.progress import Progress
from evidence_app.reading.pages import scale_of
from evidence_app.reading.process import PictureReader
from evidence_app.sandbox.child import Child
from evidence_app.services import (
    custody,
    items,
    proposals,
    reading,
    rule_facts,
    search,
    verification,
)
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer
from evidence_app.services.reading import ReadOutcome

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC_400Regular.ttf"
THREAT = "再不还款就上门"
SECOND = "通知你的单位领导"
PRINTED = "Notice of debt"


def scan(text: str) -> Image.Image:
    picture = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((60, 300), text, fill="black", font=ImageFont.truetype(str(FONT), 40))
    return picture


def document(*pages: str | Image.Image) -> bytes:
    """Pages of text, and pages that are pictures."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(72, 700, page)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def with_damaged_page(data: bytes, number: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.Pages.Kids[number - 1] = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.X))
        pdf.save(out)
    return out.getvalue()


def bring_in(case: CaseFile, folder: Path, *files: bytes) -> list[int]:
    paths = []
    for number, data in enumerate(files):
        paths.append(folder / f"{number}.{'pdf' if data.startswith(b'%PDF') else 'png'}")
        paths[-1].write_bytes(data)
    with Importer(case) as importer:
        results = importer.run(paths)
    return [result.item_id for result in results if result.item_id is not None]


def png(text: str) -> bytes:
    out = io.BytesIO()
    scan(text).save(out, "PNG")
    return out.getvalue()


def run(case: CaseFile, **options: Any) -> list[ReadOutcome]:
    outcomes: list[ReadOutcome] = []
    reading.run(case, on_read=outcomes.append, **options)
    return outcomes


def test_a_mixed_document_is_read_page_by_page(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed = with_damaged_page(document(PRINTED, scan(THREAT), "x", scan(SECOND)), 3)
    (item_id,) = bring_in(case, tmp_path, mixed)
    assert reading.queue_unread(case) == JobCounts(waiting=3)
    sent: list[Any] = []
    send = Child.send_file

    def counting(child: Child, *values: Any) -> None:
        sent.append(values)
        send(child, *values)

    monkeypatch.setattr(Child, "send_file", counting)
    reported = run(case)
    assert len(sent) == 1, "a document travels once"
    assert [(row.page, row.lines) for row in reported] == [(2, 1), (3, 0), (4, 1)]
    assert reading.counts(case) == JobCounts(done=2, failed=1)
    # The page with text keeps it and is not read; the damaged one fails alone.
    assert [(line.page, line.words) for line in reading.lines(case, item_id)] == [
        (2, THREAT), (4, SECOND),
    ]  # fmt: skip
    assert items.texts(case, item_id)[0].text == PRINTED
    (failed,) = reading.unread_pages(case, item_id).items()
    assert (failed[0], failed[1].code) == (3, MessageCode.PAGE_DAMAGED)
    line = reading.lines(case, item_id, 2)[0]
    assert line.confidence > 0.9
    assert "PP-OCRv6" in line.engine
    assert line.region is not None
    assert (line.region.left, line.region.top) == pytest.approx((0.1, 0.35), abs=0.02)
    assert custody.list_entries(case)[-1].detail["page"] == 4
    assert [hit.item.id for hit in search.find(case, "上门").all_hits() if hit.item] == [item_id]
    facts = rule_facts.read(case, rule_facts.setting_of(case))
    assert any(
        THREAT in passage.text for fact in facts.contacts.values() for passage in fact.passages
    )
    assert reading.queue_unread(case).waiting == 0
    # Read again, the document keeps what the person corrected, on its page.
    reading.correct(case, line.id, "再不还钱就登门")
    reading.queue(case, [item_id])
    run(case, item_ids=[item_id])
    assert [line.words for line in reading.lines(case, item_id)] == ["再不还钱就登门", SECOND]
    assert verification.verify(case).is_intact


def test_a_long_scan_can_be_stopped_and_goes_on(case: CaseFile, tmp_path: Path) -> None:
    bring_in(case, tmp_path, document(scan(THREAT), scan(SECOND)))
    reading.queue_unread(case)
    outcomes: list[ReadOutcome] = []
    with pytest.raises(Cancelled):
        reading.run(
            case, on_read=outcomes.append, progress=Progress(is_cancelled=lambda: bool(outcomes))
        )
    assert [outcome.page for outcome in outcomes] == [1]
    assert reading.queue_unread(case) == JobCounts(waiting=1, done=1)


def test_a_crash_costs_that_one_and_the_queue_goes_on(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned, picture = bring_in(case, tmp_path, document(scan(THREAT), scan(SECOND)), png(THREAT))
    reading.queue_unread(case)
    send, begun = Child.send, []

    def dies_in_the_first_two(child: Child, *values: Any) -> None:
        send(child, *values)
        if isinstance(values[0], dict):
            begun.append(values)
            if len(begun) <= 2:
                child.kill()

    monkeypatch.setattr(Child, "send", dies_in_the_first_two)
    reported = run(case)
    # The picture goes first: it does not wait for a long document.
    assert [(row.item_id, row.page) for row in reported] == [
        (picture, None), (scanned, 1), (scanned, 2),
    ]  # fmt: skip
    codes = [None if row.reason is None else row.reason.code for row in reported]
    assert codes == [MessageCode.READER_CRASHED, MessageCode.READER_CRASHED, None]
    assert reading.counts(case) == JobCounts(done=1, failed=2)
    assert [line.words for line in reading.lines(case, scanned)] == [SECOND]


def test_a_document_whose_pages_all_carry_text_is_not_read(case: CaseFile, tmp_path: Path) -> None:
    (item_id,) = bring_in(case, tmp_path, document(PRINTED))
    assert reading.queue_unread(case) == JobCounts()
    with pytest.raises(UsageError) as failure:
        reading.queue(case, [item_id])
    assert failure.value.message.code is MessageCode.NOTHING_TO_READ


@pytest.mark.parametrize(
    ("width", "height"), [(595, 842), (1, 14400), (14400, 14400), (0.001, 0.001), (300, 650)]
)
def test_pages_of_any_size_are_drawn_in_bounded_memory(width: float, height: float) -> None:
    scale = scale_of(width, height)
    assert 0 < width * height * scale * scale < 25_000_000
    if (width, height) in ((595, 842), (300, 650)):
        assert scale * width == pytest.approx(1654, rel=0.01)


@pytest.mark.parametrize("sides", [(0, 1), (float("nan"), 1), (float("inf"), 1), (-1, 5)])
def test_a_page_without_a_size_is_damaged(sides: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="size"):
        scale_of(*sides)


def chat_on(page: int) -> ReadPicture:
    line = TextLine(Box(10, 20, 50, 30), f"{THREAT} {page}", 0.9)
    said = ProposedEvent(
        ProposedKind.MESSAGE, Direction.INCOMING, line.box, f"{THREAT} {page}", name="催收小王",
        confidence=0.9,
    )  # fmt: skip
    return ReadPicture(
        100, 200, "engine 1", layout=PictureLayout.CHAT, lines=(line,), events=(said,)
    )


def test_messages_of_a_printed_chat_are_suggested_page_by_page(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: Any, __: Any, ___: str, page: int, ____: Any) -> ReadPicture:
        plain = ReadPicture(100, 200, "engine 1", lines=chat_on(page).lines)
        return plain if page == 3 else chat_on(page)

    monkeypatch.setattr(PictureReader, "read_page", read)
    [item] = bring_in(case, tmp_path, document(scan("a"), scan("b"), scan("c")))
    reading.queue_unread(case)
    assert [one.proposals for one in run(case)] == [1, 1, 0]
    first, second = proposals.list_proposals(case, item_id=item)
    assert (first.page, second.page) == (1, 2)
    assert [one.id for one in proposals.list_proposals(case, item_id=item, page=2)] == [second.id]
    facts = rule_facts.read(case, rule_facts.setting_of(case))
    said = [one.text for contact in facts.contacts.values() for one in contact.passages]
    assert sorted(said) == [f"{THREAT} {page}" for page in (1, 2, 3)], "each page counts once"
    proposals.accept(case, [second.id])
    event = timeline.get_many(case, timeline.index(case, EventFilter(text=f"{THREAT} 2")).ids)[0]
    assert (event.item_id, event.place) == (item, SourcePlace(PlaceUnit.PAGE, 2))
    reading.queue(case, [item])
    run(case)
    kept = proposals.list_proposals(case, item_id=item, state=None)
    assert [(one.page, one.state) for one in kept] == [
        (1, ProposalState.PROPOSED),
        (2, ProposalState.ACCEPTED),
    ]
    assert verification.verify(case).is_intact
