"""An evidence package, saved in the window and checked in the window."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from package_tools import public_of, with_new_lists
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.app import make_window
from evidence_app.gui.checking.package_dialog import PackageDialog, choose_package
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.exporting.export_job import Form
from evidence_app.gui.session import Session
from evidence_app.model.custody import Action
from evidence_app.services import custody, tags
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer

SLOW = 60_000


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile, tmp_path: Path) -> Iterator[Session]:
    """A case with one item."""
    (tmp_path / "短信.txt").write_text("再不还钱就去你单位")
    with Importer(case) as importer:
        importer.run([tmp_path / "短信.txt"])
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def package(session: Session, tmp_path: Path) -> Path:
    out = tmp_path / "package"
    exports.package(session.case, out, DossierOptions())
    return out


def checked(qtbot: QtBot, path: Path) -> PackageDialog:
    dialog = PackageDialog(path)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._checked is not None, timeout=SLOW)
    return dialog


def test_a_package_is_saved_and_the_preview_comes_back(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = ExportDialog(session, form=Form.PACKAGE)
    dialog.open()
    assert dialog.package_hint.isVisible()
    assert "package" in dialog.save_button.text()
    out = tmp_path / "out.zip"
    dialog.save_to(out)
    qtbot.waitUntil(lambda: dialog.saved == out and dialog._task is None, timeout=SLOW)
    assert dialog.preview.document.pageCount() > 2
    assert "out.zip" in dialog.step.text()
    assert package_verification.verify(out).is_intact
    kinds = [entry.detail["kind"] for entry in custody.list_entries(session.case)
             if entry.action is Action.EXPORT]  # fmt: skip
    assert kinds == ["package"]
    dialog.as_dossier.setChecked(True)
    assert not dialog.package_hint.isVisible()
    dialog.close()


def test_an_intact_package_is_called_so_and_its_log_compared(
    session: Session, package: Path, qtbot: QtBot
) -> None:
    before = custody.check_code(session.case)
    dialog = checked(qtbot, package)
    assert "Nothing was added" in dialog.verdict.label.text()
    assert "this computer" in dialog.facts.text()
    assert not dialog.table.isVisible()
    dialog.code.typed.setText(dialog.code.code_field.text())
    assert "all still there" in dialog.code.result_label.text()
    tags.create(session.case, "later")
    dialog.code.typed.setText(custody.check_code(session.case))
    assert "later state" in dialog.code.result_label.text()
    dialog.code.typed.setText("nonsense")
    assert "not a check code" in dialog.code.result_label.text()
    assert before != custody.check_code(session.case)
    dialog.reject()


def test_what_was_planted_is_listed(package: Path, qtbot: QtBot, tmp_path: Path) -> None:
    (package / "data" / "planted.txt").write_text("x")
    dialog = checked(qtbot, package)
    assert dialog.table.isVisible()
    texts = {dialog.table.item(row, 1).text() for row in range(dialog.table.rowCount())}
    assert "data/planted.txt" in texts
    dialog.reject()


def test_what_is_no_package_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "words")
    dialog = PackageDialog(tmp_path / "a.zip")
    dialog.show()
    qtbot.waitUntil(lambda: "not an evidence package" in dialog.verdict.label.text())
    assert not dialog.code.isVisible()
    dialog.reject()


def test_it_is_chosen_without_a_case(
    qtbot: QtBot, qapp: QApplication, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qapp)
    qtbot.addWidget(window)
    assert window.actions_.check.isEnabled()
    assert not window.actions_.package.isEnabled()
    chosen = (str(package / "bagit.txt"), "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: chosen)
    opened: list[Path] = []
    choose_package(window, opened.append)
    [dialog] = window.findChildren(PackageDialog)
    qtbot.waitUntil(lambda: dialog._checked is not None, timeout=SLOW)
    assert dialog._checked.is_intact
    dialog.look.click()
    assert opened == [package / "bagit.txt"]


def test_a_package_of_another_signer_than_its_log_is_told_of(qtbot: QtBot, package: Path) -> None:
    key = Ed25519PrivateKey.generate()
    with_new_lists(package, key)
    dialog = checked(qtbot, package)
    assert public_of(key) in dialog.facts.text()
    assert "did not write the history" in dialog.facts.text()


def test_a_packed_package_is_told_apart_from_a_changed_one(
    qtbot: QtBot, package: Path, tmp_path: Path
) -> None:
    out = tmp_path / "packed.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in package.rglob("*"):
            archive.write(path, path.relative_to(package.parent))
    dialog = checked(qtbot, out)
    assert "unpack it" in dialog.verdict.label.text()


def test_whole_files_are_only_offered_where_they_matter(session: Session, qtbot: QtBot) -> None:
    dialog = ExportDialog(session, form=Form.PACKAGE)
    dialog.open()
    assert not dialog.more.whole_originals.isVisible()
    dialog.only_findings.setChecked(True)
    assert dialog.more.whole_originals.isVisible()
    assert not dialog.options().whole_originals
    dialog.more.whole_originals.setChecked(True)
    assert dialog.options().whole_originals
    dialog.as_dossier.setChecked(True)
    assert not dialog.more.whole_originals.isVisible()
    qtbot.waitUntil(lambda: dialog._task is None and not dialog._pause.isActive(), timeout=SLOW)
    dialog.close()
