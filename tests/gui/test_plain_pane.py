"""Of a file that cannot be shown, the window says all that it has to say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.session import Session
from evidence_app.gui.viewer.fallback_view import PlainPane
from evidence_app.services import items
from evidence_app.services.importing.importer import Importer

LONG = "a_name_without_any_spaces_" * 5 + "一个很长的名字" * 10


@pytest.fixture
def session(case: CaseFile) -> Iterator[Session]:
    with Importer(case) as importer:
        importer.run_bytes(f"{LONG}.bin", bytes(range(256)))
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [330, 520, 1000])
def test_no_text_is_cut(
    session: Session, qtbot: QtBot, qapp: QApplication, language: str, width: int, tmp_path: Path
) -> None:
    languages = Languages(qapp)
    languages.use(language)
    pane = PlainPane(session)
    qtbot.addWidget(pane)
    [item] = items.get_many(session.case, [1])
    pane.show_item(item)
    pane.resize(width, 600)
    pane.show()
    languages.use("en")
    for label in (pane.title, pane.label, pane.hash):
        assert label.height() >= label.heightForWidth(label.width())
        inner = label.contentsRect()
        needed = label.fontMetrics().boundingRect(inner, 0x1000, label.text())
        assert needed.width() <= inner.width()
