"""Pictures are read while a case is open, and what was read stands beside the picture."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pytestqt.qtbot import QtBot
from screens import WECHAT, Conversation, Say

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.appearance import texts
from evidence_app.gui.background import jobs
from evidence_app.gui.common import event_texts
from evidence_app.gui.common.event_rows import read_rows
from evidence_app.gui.reading.reading_bar import ReadingBar
from evidence_app.gui.session import Session
from evidence_app.gui.viewer.marks.pages_surface import PagesSurface
from evidence_app.gui.viewer.viewer import Viewer
from evidence_app.gui.workspace import Workspace
from evidence_app.model.event import Direction
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.filters import EventFilter
from evidence_app.model.proposals import JobCounts
from evidence_app.model.reading import Box, ProposedKind, ReadPicture, TextLine
from evidence_app.model.region import Region
from evidence_app.model.search import TextTarget
from evidence_app.model.times import TimeSource
from evidence_app.progress import Progress
from evidence_app.reading.process import PictureReader
from evidence_app.services import events as timeline
from evidence_app.services import reading
from evidence_app.services.importing.importer import Importer

THREAT = "再不还款我们就上门找你"
SAID = [
    Say(None, Direction.NONE, "昨天 21:47"),
    Say(ProposedKind.MESSAGE, Direction.INCOMING, THREAT),
    Say(ProposedKind.MESSAGE, Direction.OUTGOING, "我现在没有钱"),
]


@pytest.fixture
def workspace(qtbot: QtBot, case: CaseFile, tmp_path: Path) -> Iterator[Workspace]:
    screen = Conversation(SAID, WECHAT, width=480, title="催收小王").screen(0, 900)
    path = tmp_path / "Screenshot_20260305-090000.png"
    path.write_bytes(screen.data())
    with Importer(case) as importer:
        importer.run([path])
    session = Session(case)
    new_workspace = Workspace(session)
    qtbot.addWidget(new_workspace)
    new_workspace.resize(1200, 800)
    new_workspace.show()
    yield new_workspace
    new_workspace.reading.stop()
    qtbot.waitUntil(lambda: not new_workspace.reading.is_busy(), timeout=10_000)
    session.close()


def test_a_picture_is_read_and_accepted_beside_it(
    workspace: Workspace,
    qtbot: QtBot,
    pictures_are_read_when_a_test_wants_it: Callable[[], None],
) -> None:
    case = workspace.session.case
    workspace.open_item(1)
    panel, picture = workspace.evidence.viewer.read, workspace.evidence.viewer.picture
    qtbot.waitUntil(lambda: workspace.evidence.viewer.content is not None)
    assert not panel.isVisible()
    pictures_are_read_when_a_test_wants_it()
    with qtbot.waitSignal(workspace.reading.finished, timeout=30_000):
        workspace.reading.start()
    assert reading.counts(case) == JobCounts(done=1)
    rows = read_rows(case, timeline.index(case, EventFilter()).ids)
    assert event_texts.row_words(rows[1]).startswith(THREAT)
    assert not workspace.reading_bar.isVisible()
    qtbot.waitUntil(lambda: panel.suggested.count() == 2)
    assert panel.isVisible()
    suggested_text = panel.suggested.item(0).text()
    assert THREAT in suggested_text
    assert "2026-03-04 21:47" in suggested_text
    assert picture.lit().isEmpty()
    line_texts = [panel.lines.item(row).text() for row in range(panel.lines.count())]
    panel.lines.setCurrentRow(line_texts.index(THREAT))
    assert not picture.lit().isEmpty()
    assert picture.rect().contains(picture.lit().toRect())
    panel.lines.item(line_texts.index(THREAT)).setText("再不还款我们就登门")
    qtbot.waitUntil(lambda: reading.lines(case, 1)[line_texts.index(THREAT)].corrected is not None)
    qtbot.waitUntil(lambda: panel.lines.item(line_texts.index(THREAT)).font().bold())
    workspace.session.undo()
    qtbot.waitUntil(lambda: not panel.lines.item(line_texts.index(THREAT)).font().bold())
    panel.lines.item(line_texts.index(THREAT)).setText(" ")
    qtbot.waitUntil(lambda: panel.lines.item(line_texts.index(THREAT)).text() == THREAT)
    panel.suggested.setCurrentRow(0)
    assert panel.lines.selectedItems() == []
    panel.drop.click()
    qtbot.waitUntil(lambda: panel.suggested.count() == 1)
    workspace.session.undo()
    qtbot.waitUntil(lambda: panel.suggested.count() == 2)
    panel.accept_all.click()
    qtbot.waitUntil(lambda: panel.suggested.count() == 0)
    assert not panel.accept_all.isVisible()
    ids = list(timeline.index(case, EventFilter()).ids)
    assert THREAT in [event.text for event in timeline.get_many(case, ids)]


def test_reading_can_be_paused_and_goes_on(
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    pictures_are_read_when_a_test_wants_it: Callable[[], None],
) -> None:
    def slowly(_: Any, __: Any, ___: Any, progress: Progress) -> Any:
        while True:
            progress.check()

    monkeypatch.setattr(PictureReader, "read", slowly)
    pictures_are_read_when_a_test_wants_it()
    bar = workspace.reading_bar
    workspace.reading.start()
    qtbot.waitUntil(bar.isVisible)
    assert "1" in bar.words.text()
    with qtbot.waitSignal(workspace.reading.paused):
        bar.button.click()
    assert not workspace.reading.is_busy()
    assert bar.isVisible()
    workspace.lane.finished.emit([])
    assert not workspace.reading.is_busy(), "an import does not end a pause"
    bar.button.click()
    assert workspace.reading.is_busy()
    workspace.reading.stop()
    jobs.cancel_all()
    qtbot.waitUntil(lambda: not workspace.reading.is_busy())
    workspace.reading.go_on()
    assert not workspace.reading.is_busy(), "a case that is being closed is read no more"
    assert reading.counts(workspace.session.case) == JobCounts(waiting=1)


def test_a_case_to_look_at_is_not_read(
    qtbot: QtBot, case: CaseFile, pictures_are_read_when_a_test_wants_it: Callable[[], None]
) -> None:
    pictures_are_read_when_a_test_wants_it()
    with CaseFile.open(case.path, read_only=True) as looked_at:
        session = Session(looked_at)
        new_workspace = Workspace(session)
        qtbot.addWidget(new_workspace)
        new_workspace.reading.start()
        assert not new_workspace.reading.is_busy()
        session.close()


def test_the_bar_tells_why_nothing_is_read(qtbot: QtBot) -> None:
    bar = ReadingBar()
    qtbot.addWidget(bar)
    bar.show_progress(JobCounts(waiting=188, done=10, failed=2))
    assert "13 of 200" in bar.words.text()
    bar.show_error(OSError("gone"))
    assert "13" not in bar.words.text()
    bar.show_progress(JobCounts(done=200))
    assert not bar.isVisible()


def test_every_source_of_a_time_has_words() -> None:
    assert all(texts.time_source(source) for source in TimeSource)


def test_a_region_lies_within_another_by_its_smaller_part() -> None:
    outer, inner = Region(0.1, 0.1, 0.4, 0.4), Region(0.2, 0.2, 0.1, 0.1)
    assert outer.overlap(inner) == inner.overlap(outer) == pytest.approx(1)
    assert outer.overlap(Region(0.6, 0.1, 0.2, 0.2)) == 0


def test_what_was_read_on_a_page_stands_beside_it(
    qtbot: QtBot, case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: Any, __: Any, ___: str, page: int, ____: Any) -> ReadPicture:
        line = TextLine(Box(10, 20, 50, 30), f"words of {page}", 0.9)
        return ReadPicture(100, 200, "engine 1", lines=(line,))

    monkeypatch.setattr(PictureReader, "read_page", read)
    path = tmp_path / "scan.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(path)
    with Importer(case) as importer:
        (imported,) = importer.run([path])
    assert imported.item_id is not None
    reading.queue_unread(case)
    reading.run(case)
    session = Session(case)
    viewer = Viewer(session)
    qtbot.addWidget(viewer)
    viewer.resize(900, 600)
    viewer.show()
    panel = viewer.read_pages
    viewer.show_item(imported.item_id)
    qtbot.waitUntil(lambda: panel.lines.count() == 1 and panel.isVisible())
    assert panel.lines.item(0).text() == "words of 1"
    assert "1" in panel.text_title.text()
    assert viewer.pdf is not None
    viewer.pdf.go_to(SourcePlace(PlaceUnit.PAGE, 2))
    qtbot.waitUntil(lambda: panel.lines.count() == 1 and panel.lines.item(0).text()[-1] == "2")
    panel.lines.item(0).setText("mine")
    qtbot.waitUntil(
        lambda: [line.words for line in reading.lines(case, 1)] == ["words of 1", "mine"]
    )
    first, _ = reading.lines(case, 1)
    pages = viewer.pdf.pages
    assert pages.lit().isEmpty()
    viewer.show_item(1, SourcePlace(PlaceUnit.PAGE, 1), "words", TextTarget(first.id))
    qtbot.waitUntil(lambda: not pages.lit().isEmpty())
    page_rect = PagesSurface(pages).sheets()[0].rect
    assert (pages.lit().left() - page_rect.left()) / page_rect.width() == pytest.approx(
        0.1, abs=0.01
    )
    assert pages.viewport().rect().contains(pages.lit().toRect())
    spot = pages.lit().center().toPoint()

    def is_tinted() -> bool:
        return pages.viewport().grab().toImage().pixelColor(spot).red() < 240

    qtbot.waitUntil(is_tinted)
    session.close()
