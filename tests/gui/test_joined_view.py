"""Screenshots of one conversation are seen one below the other, each a click away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from test_threads_in_cases import Phone

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.session import Session
from evidence_app.gui.viewer.viewer import Viewer
from evidence_app.services import threads


@pytest.fixture
def ids(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    phone = Phone(case, tmp_path, monkeypatch)
    return phone.take_all(list(range(phone.count)))


@pytest.fixture
def viewer(qtbot: QtBot, case: CaseFile, ids: list[int]) -> Iterator[Viewer]:
    session = Session(case)
    new_viewer = Viewer(session)
    qtbot.addWidget(new_viewer)
    new_viewer.resize(1100, 800)
    new_viewer.show()
    yield new_viewer
    session.close()


def test_the_conversation_is_shown_in_order_and_leads_to_each_picture(
    viewer: Viewer, qtbot: QtBot, case: CaseFile, ids: list[int]
) -> None:
    viewer.show_item(ids[1])
    qtbot.waitUntil(viewer.read.together.isVisible)
    viewer.read.together.click()
    qtbot.waitUntil(lambda: len(viewer.joined.strips) == len(ids))
    assert viewer.joined.isVisible()
    heights = [strip.iconSize().height() for strip in viewer.joined.strips]
    parts = threads.pictures_with(case, ids[1])
    for height, part in zip(heights, parts, strict=True):
        assert abs(height - (part.bottom - part.top) * 1560 * 480 / 720) <= 2
    assert sum(heights) < len(ids) * 1560 * 480 / 720
    viewer.joined.strips[2].click()
    qtbot.waitUntil(lambda: viewer.picture.isVisible())
    qtbot.waitUntil(lambda: viewer.content is not None and viewer.content.item.id == ids[2])


def test_a_picture_that_stands_alone_leads_nowhere(
    viewer: Viewer, qtbot: QtBot, case: CaseFile, ids: list[int]
) -> None:
    with case.change(threads.Action.JOIN_PICTURES, {}) as change:
        threads.thread_records.replace(change, [[item_id] for item_id in ids])
    viewer.show_item(ids[0])
    qtbot.waitUntil(viewer.read.isVisible)
    assert not viewer.read.together.isVisible()
