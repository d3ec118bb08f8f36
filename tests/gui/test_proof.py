"""What makes a case provable in the window: timestamps, check codes, certificates, destroying."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from own_authority import World
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from evidence_app import settings
from evidence_app.casefile.case import CaseFile
from evidence_app.gui.background import jobs
from evidence_app.gui.checking import timestamp_dialog
from evidence_app.gui.checking.proof_dialog import ProofDialog
from evidence_app.gui.checking.timestamp_dialog import TimestampDialog
from evidence_app.gui.checking.verify_dialog import VerifyDialog
from evidence_app.gui.evidence.destroy_dialog import DestroyDialog
from evidence_app.gui.evidence.menu import ItemMenu
from evidence_app.gui.evidence.page import EvidencePage
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Workspace
from evidence_app.model.custody import Action
from evidence_app.services import certificates, custody, items, tags, timestamps, verification
from evidence_app.services.importing.importer import Importer


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile, tmp_path: Path) -> Iterator[Session]:
    """A case with two items."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    with Importer(case) as importer:
        importer.run([tmp_path / "a.txt", tmp_path / "b.txt"])
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> TimestampDialog:
    new_timestamp_dialog = TimestampDialog(session, settings.load())
    new_timestamp_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(new_timestamp_dialog)
    new_timestamp_dialog.show()
    return new_timestamp_dialog


def test_a_timestamp_is_asked_for_listed_and_saved(
    dialog: TimestampDialog,
    session: Session,
    world: World,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert dialog.address.count() >= 3
    assert not dialog.save.isEnabled()
    dialog.address.setEditText(world.address)
    qtbot.mouseClick(dialog.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=20_000)
    assert dialog.table.item(0, 2).text() == "Own authority"
    assert "up to entry 3" in dialog.result_label.text()
    assert "does not know the root" in dialog.result_label.text()
    assert settings.load().authorities == [world.address]
    folder = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    paths: list[Path] = []
    monkeypatch.setattr(timestamp_dialog, "show_in_folder", paths.append)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(paths), timeout=20_000)
    assert (folder / "entry-3.tsr").is_file()


def test_without_the_internet_it_says_so(
    dialog: TimestampDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.address.setEditText("http://127.0.0.1:1/")
    qtbot.mouseClick(dialog.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "online" in dialog.result_label.text(), timeout=20_000)
    assert dialog.ask.isEnabled()
    assert timestamps.list_anchors(session.case) == []


def test_an_answer_that_comes_after_closing_is_not_kept(
    dialog: TimestampDialog, session: Session, world: World, qtbot: QtBot
) -> None:
    dialog.address.setEditText(world.address)
    qtbot.mouseClick(dialog.ask, Qt.MouseButton.LeftButton)
    dialog.reject()
    qtbot.waitUntil(lambda: not jobs._running, timeout=20_000)
    assert timestamps.list_anchors(session.case) == []


def test_a_check_code_of_before_still_fits_and_others_do_not(
    session: Session, qtbot: QtBot
) -> None:
    before = custody.check_code(session.case)
    tags.create(session.case, "later")
    dialog = VerifyDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.code.isVisible, timeout=20_000)
    assert dialog.code.code_field.text() == custody.check_code(session.case)
    assert "key of this computer" in dialog.facts.text()
    first = before.rsplit("-", 1)[1]
    for code, expected in (
        (before, "all still there"),
        (f"99-{'0' * 64}-{first}", "later state"),
        (f"2-{'0' * 64}-{first}", "Entry 2"),
        (f"2-{'0' * 64}-{'0' * 16}", "another case"),
        ("12", "not a check code"),
    ):
        dialog.code.typed.setText(code)
        qtbot.waitUntil(
            lambda expected=expected: expected in dialog.code.result_label.text(), timeout=5000
        )
    dialog.code.typed.clear()
    assert not dialog.code.result_label.isVisible()
    dialog.reject()


def test_certificates_are_filed_shown_and_taken_off(
    session: Session,
    world: World,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    workspace.resize(1200, 800)
    workspace.show()
    workspace.open_item(1)
    section = workspace.inspector.certificates
    qtbot.waitUntil(section.isVisible, timeout=20_000)
    (tmp_path / "notary.txt").write_text("deed")
    chosen = ([str(tmp_path / "notary.txt")], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: chosen)
    qtbot.mouseClick(section.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(certificates.of_item(session.case, 1).of_item), timeout=20_000)
    qtbot.waitUntil(
        lambda: any("notary" in widget.text() for widget in section.findChildren(QLabel)),
        timeout=20_000,
    )
    workspace.open_item(3)
    qtbot.waitUntil(
        lambda: any("Certifies" in widget.text() for widget in section.findChildren(QLabel)),
        timeout=20_000,
    )
    workspace.open_item(1)
    qtbot.waitUntil(
        lambda: any("notary" in widget.text() for widget in section.findChildren(QLabel)),
        timeout=20_000,
    )
    [off] = [
        widget
        for widget in section.findChildren(QToolButton)
        if widget.toolTip().startswith("Detach")
    ]
    qtbot.waitUntil(off.isVisible)
    # It can be undone as soon as the window knows of it, which is after it is stored.
    with qtbot.waitSignal(session.edited, timeout=20_000):
        off.click()
    assert not certificates.of_item(session.case, 1).of_item
    session.undo()
    qtbot.waitUntil(lambda: bool(certificates.of_item(session.case, 1).of_item), timeout=20_000)


def test_what_is_in_the_trash_can_be_destroyed_with_a_reason(
    session: Session, qtbot: QtBot
) -> None:
    items.trash(session.case, [2])
    page = EvidencePage(session)
    qtbot.addWidget(page)
    page.show()
    page.bar.trash.click()
    qtbot.waitUntil(
        lambda: page.model.row_at(0) is not None and page.model.id_at(0) == 2, timeout=20_000
    )
    page.view.select([2])
    page._with_menu(ItemMenu.destroy_)
    qtbot.waitUntil(lambda: bool(page.findChildren(DestroyDialog)), timeout=20_000)
    [dialog] = page.findChildren(DestroyDialog)
    assert not dialog.destroy_.isEnabled()
    qtbot.keyClicks(dialog.reason, "not mine")
    qtbot.mouseClick(dialog.destroy_, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: custody.list_entries(session.case)[-1].action is Action.DESTROY, timeout=20_000
    )
    assert custody.list_entries(session.case)[-1].detail["reason"] == "not mine"
    assert verification.verify(session.case).is_intact
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=20_000)


def test_the_page_on_proof_says_what_is_not_proved(qtbot: QtBot) -> None:
    dialog = ProofDialog()
    qtbot.addWidget(dialog)
    text = dialog.text.toPlainText()
    for passage in ("changed since import", "tampered with", "does not show", "keep the phone"):
        assert passage in text
