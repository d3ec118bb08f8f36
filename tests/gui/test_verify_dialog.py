"""The check in the window says what it found, and stops when it is closed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from evidence_app.casefile import schema
from evidence_app.gui.background import jobs
from evidence_app.gui.checking.verify_dialog import VerifyDialog
from evidence_app.gui.session import Session
from evidence_app.services.cases import CaseFile
from evidence_app.services.importing.importer import Importer


@pytest.fixture
def session(case: CaseFile, qapp: object, tmp_path: Path) -> Iterator[Session]:
    """A case with one original."""
    (tmp_path / "a.txt").write_text("words")
    with Importer(case) as importer:
        importer.run([tmp_path / "a.txt"])
    open_session = Session(case)
    yield open_session
    open_session.close()


def test_an_intact_case_is_called_so(session: Session, qtbot: Any) -> None:
    dialog = VerifyDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "1 original" in dialog.verdict.label.text(), timeout=10_000)
    assert not dialog.table.isVisible()
    dialog.reject()


def test_what_does_not_agree_is_listed(session: Session, qtbot: Any) -> None:
    with session.case.unlogged() as connection:
        connection.execute(update(schema.content_chunk).values(data=b"other"))
    dialog = VerifyDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.table.isVisible, timeout=10_000)
    assert dialog.table.rowCount() == 1
    assert dialog.table.item(0, 1).text() == "a.txt"
    dialog.reject()


def test_closing_it_stops_the_check(session: Session, qtbot: Any) -> None:
    dialog = VerifyDialog(session)
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(lambda: not jobs._running, timeout=20_000)
