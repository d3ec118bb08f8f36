"""Lines of the timeline and of findings show a small picture and its first words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.common import event_texts
from evidence_app.gui.findings.model import FindingRole, FindingsModel
from evidence_app.gui.findings.page import FindingsPage
from evidence_app.gui.session import Session
from evidence_app.gui.timeline.page import TimelinePage
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.reading import Box, ReadPicture, TextLine
from evidence_app.reading.process import PictureReader
from evidence_app.services import findings, reading
from evidence_app.services.importing.importer import Importer

RED = (230, 20, 30)


@pytest.fixture
def session(
    qtbot: QtBot, case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    line = TextLine(Box(10, 20, 50, 30), "words in it", 0.9)
    read = ReadPicture(100, 200, "engine 1", lines=(line,))
    monkeypatch.setattr(PictureReader, "read", lambda *_: read)
    path = tmp_path / "a.png"
    Image.new("RGB", (300, 300), RED).save(path)
    with Importer(case) as importer:
        [result] = importer.run([path])
    assert result.item_id is not None
    reading.queue_unread(case)
    reading.run(case)
    findings.confirm(case, [Subject(SubjectKind.ITEM, result.item_id)], "threat_of_violence")
    open_session = Session(case)
    yield open_session
    open_session.close()


def red_pixels(widget: QWidget) -> int:
    image = widget.grab().toImage()
    near = 0
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            colour = QColor(image.pixel(x, y))
            near += all(abs(a - b) < 6 for a, b in zip(colour.getRgb()[:3], RED, strict=True))
    return near


def show(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1000, 500)
    with qtbot.waitExposed(page):
        page.show()


def test_the_timeline_draws_it(qtbot: QtBot, session: Session) -> None:
    page = TimelinePage(session)
    show(qtbot, page)
    qtbot.waitUntil(lambda: red_pixels(page) > 20)


def test_a_finding_has_it_and_its_first_words(qtbot: QtBot, session: Session) -> None:
    page = FindingsPage(session)
    show(qtbot, page)
    qtbot.waitUntil(lambda: red_pixels(page) > 20)
    [model] = page.findChildren(FindingsModel)
    row = model.data(model.index(0, 0), FindingRole.ROW)
    assert "words in it" in event_texts.finding_body(row)
