"""A hit of the search leads to the very place where the words stand, and Esc leads back."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from recordings import add_recording

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records.readings import OCR
from evidence_app.casefile.schema import text_span
from evidence_app.gui.search.rows import HitRole
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Page, Workspace
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter
from evidence_app.model.mark import Stretch
from evidence_app.model.party import Role
from evidence_app.model.search import Hit, HitKind
from evidence_app.model.transcript import Segment
from evidence_app.services import parties, transcripts
from evidence_app.services.importing.importer import Importer

# Qt tells that there is no sound server.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

NUMBER = "19000000017"
CALLS = "date,number,type\n" + "".join(
    f"2026-03-{day:02} 21:10:00,190000000{day},incoming\n" for day in range(10, 29)
)


@pytest.fixture
def workspace(qtbot: QtBot, case: CaseFile) -> Iterator[Workspace]:
    drawn = BytesIO()
    Image.new("RGB", (300, 9000), "white").save(drawn, "PNG")
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", CALLS.encode())
        [result] = importer.run_bytes("long.png", drawn.getvalue())
    with case.change(Action.READ_ITEM, {}) as change:
        for number, text in enumerate(("上面一行", "再不还钱就上门")):
            box = {"left": 0.1, "top": 0.1 + 0.7 * number, "width": 0.5, "height": 0.003}
            change.insert(
                text_span, item_id=result.item_id, text=text, origin=OCR, engine="e",
                confidence=1.0, **box,
            )  # fmt: skip
    recording = add_recording(case, 8.0)
    transcripts.add(case, recording, Segment(Stretch(5.0, 7.0), "we visit your office"))
    parties.assign(case, NUMBER, Role.COLLECTOR, "门外的人")
    session = Session(case)
    new_workspace = Workspace(session)
    qtbot.addWidget(new_workspace)
    new_workspace.resize(1100, 750)
    with (
        qtbot.waitSignal(new_workspace.findings.counted, timeout=10_000),
        qtbot.waitExposed(new_workspace),
    ):
        new_workspace.show()
    new_workspace.activateWindow()
    yield new_workspace
    session.close()


@pytest.fixture
def open_hit(workspace: Workspace, qtbot: QtBot) -> Callable[[str, HitKind], Hit]:
    def act(text: str, kind: HitKind) -> Hit:
        workspace.search_all()
        page = workspace.search
        page.field.setText(text)

        def rows() -> list[tuple[int, Hit]]:
            hit_rows = [(row, page.model.row_at(row)) for row in range(page.model.rowCount())]
            return [
                (row, hit) for row, hit in hit_rows if isinstance(hit, Hit) and hit.kind is kind
            ]

        qtbot.waitUntil(lambda: bool(rows()))
        [(row, hit)] = rows()
        page.list.setFocus()
        page.list.setCurrentIndex(page.model.index(row, 0))
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
        return hit

    return act


def test_words_of_a_picture_are_lit_and_in_view(
    workspace: Workspace, qtbot: QtBot, open_hit: Callable[[str, HitKind], Hit]
) -> None:
    hit = open_hit("上门", HitKind.PICTURE)
    assert hit.place is None
    picture = workspace.evidence.viewer.picture
    qtbot.waitUntil(lambda: not picture.lit().isEmpty())
    [chosen] = workspace.evidence.viewer.read.lines.selectedItems()
    assert chosen.text() == "再不还钱就上门"
    assert picture.lit().height() >= 10
    assert picture.rect().contains(picture.lit().toRect())
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert workspace.stack.currentIndex() == Page.SEARCH


def test_words_of_a_recording_are_at_their_second(
    workspace: Workspace, qtbot: QtBot, open_hit: Callable[[str, HitKind], Hit]
) -> None:
    open_hit("office", HitKind.TRANSCRIPT)
    viewer = workspace.evidence.viewer
    qtbot.waitUntil(lambda: viewer.transcript.table.rowCount() == 1)
    assert viewer.sound.waveform.position == 5000
    assert viewer.transcript.table.current_rows() == {0}


def test_an_event_is_chosen_among_all_others(
    workspace: Workspace, qtbot: QtBot, open_hit: Callable[[str, HitKind], Hit]
) -> None:
    workspace.timeline.show_filter(EventFilter(text="nothing that is there"))
    hit = open_hit("0017", HitKind.EVENT)
    page = workspace.timeline
    assert workspace.stack.currentIndex() == Page.TIMELINE
    qtbot.waitUntil(lambda: [subject.id for subject in page.selected_subjects()] == [hit.id])
    assert page.model.event_count() > 10
    assert page.view.viewport().rect().intersects(page.view.visualRect(page.view.currentIndex()))
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert workspace.stack.currentIndex() == Page.SEARCH
    assert workspace.search.list.hasFocus()


def test_a_person_is_chosen_among_the_people(
    workspace: Workspace, qtbot: QtBot, open_hit: Callable[[str, HitKind], Hit]
) -> None:
    workspace.parties.search.setText("somebody else")
    hit = open_hit("门外", HitKind.PARTY)
    page = workspace.parties
    assert workspace.stack.currentIndex() == Page.PARTIES
    qtbot.waitUntil(lambda: [subject.id for subject in page.all_chosen()] == [hit.id])
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert workspace.stack.currentIndex() == Page.SEARCH


def test_a_hit_in_a_picture_has_its_thumbnail(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.search_all()
    page = workspace.search
    page.field.setText("上门")
    qtbot.waitUntil(lambda: page.model.first_hit() is not None)
    index = page.model.index(page.model.first_hit(), 0)

    def is_there() -> bool:
        small = index.data(HitRole.THUMBNAIL)
        return small is not None and not small.isNull()

    qtbot.waitUntil(is_there)
    assert page.list.visualRect(index).height() >= 32


def test_a_click_on_search_puts_the_keyboard_into_the_field(
    workspace: Workspace, qtbot: QtBot
) -> None:
    names = workspace.navigation
    row = names.visualItemRect(names.item(Page.SEARCH))
    qtbot.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert workspace.stack.currentIndex() == Page.SEARCH
    assert workspace.search.field.hasFocus()
    names.setFocus()
    qtbot.keyClick(names, Qt.Key.Key_Up)
    qtbot.keyClick(names, Qt.Key.Key_Down)
    assert workspace.stack.currentIndex() == Page.SEARCH
    assert names.hasFocus(), "who walks through the names with the keys stays among them"


def test_a_found_item_shows_where_the_words_stand(workspace: Workspace, qtbot: QtBot) -> None:
    page = workspace.evidence
    page.bar.search.setText("上门")

    def snippets() -> list[str]:
        rows = [page.model.row_at(row) for row in range(page.model.rowCount())]
        return [row.found.text for row in rows if row is not None and row.found is not None]

    qtbot.waitUntil(
        lambda: snippets() == ["…一行 再不还钱就上门"] or snippets() == ["上面一行 再不还钱就上门"]
    )
    assert page.model.rowCount() == 1
