"""An evidence package in the window: looked at like a case, and never taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from package_tools import with_new_lists
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from test_dropped_cases import drop
from window_ends import close_window

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import signing
from evidence_app.dossier.package import layout
from evidence_app.gui.app import make_window
from evidence_app.gui.case.package_band import PackageBand
from evidence_app.gui.checking.custody_dialog import CustodyDialog
from evidence_app.gui.checking.package_dialog import PackageDialog
from evidence_app.gui.main_window import MainWindow
from evidence_app.services import custody
from evidence_app.services.exporting import exports
from evidence_app.services.exporting.exports import DossierOptions, Part
from evidence_app.services.importing.importer import Importer

SLOW = 20_000


@pytest.fixture
def package(case: CaseFile, tmp_path: Path) -> Path:
    with Importer(case) as importer:
        importer.run_bytes("短信.txt", "再不还钱就去你单位".encode())
    exports.package(case, tmp_path / "p.zip", DossierOptions(parts=(Part.GLANCE,)))
    return tmp_path / "p.zip"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    main_window.use_language("en")
    close_window(main_window, qtbot)


def band_of(window: MainWindow, qtbot: QtBot) -> PackageBand:
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=SLOW)
    assert window.workspace is not None
    band = window.workspace.findChild(PackageBand)
    assert band is not None
    return band


def test_a_package_that_is_dropped_is_shown_and_gone_when_closed(
    window: MainWindow, package: Path, case: CaseFile, qtbot: QtBot
) -> None:
    drop(window, package)
    band = band_of(window, qtbot)
    assert "“p.zip”. It cannot be changed. Checked: nothing was changed" in band.words.text()
    assert window.workspace is not None
    opened = window.workspace.session.case
    assert opened.read_only and window.settings.recent == []
    actions = window.actions_
    for action in (actions.dossier, actions.package, actions.table, actions.verify, actions.copy,
                   actions.code, actions.files, actions.entry):  # fmt: skip
        assert not action.isEnabled(), action.text()
    qtbot.waitUntil(lambda: window.workspace.evidence.view.model().rowCount() == 1, timeout=SLOW)
    dialog = CustodyDialog(window.workspace.session, window)
    expected = len(custody.list_entries(case)) - 1
    qtbot.waitUntil(lambda: dialog.entries.topLevelItemCount() == expected, timeout=SLOW)
    dialog.close()
    window.use_language("zh")
    qtbot.waitUntil(lambda: "只能查看，不能修改" in band.words.text(), timeout=SLOW)
    window.close_case()
    qtbot.waitUntil(lambda: not opened.path.exists(), timeout=SLOW)
    qtbot.waitUntil(lambda: not window.desk.closer.is_closing(), timeout=SLOW)
    assert window.settings.recent == []


def test_the_check_offers_to_look_and_the_band_says_what_is_wrong(
    window: MainWindow, package: Path, case: CaseFile, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "folder"
    exports.package(case, folder, DossierOptions(parts=(Part.GLANCE,)))
    next((folder / layout.ORIGINALS).iterdir()).write_bytes(b"forged")
    with_new_lists(folder, signing.installation_key())
    dialog = PackageDialog(folder, window, can_be_opened=True)
    dialog.open_wanted.connect(lambda: window.desk.packages.open(folder))
    dialog.show()
    qtbot.waitUntil(dialog.look.isVisible, timeout=SLOW)
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    band = band_of(window, qtbot)
    assert "found. Do not rely on what is shown here." in band.words.text()
    band.check.click()
    dialogs = [dialog for dialog in window.findChildren(PackageDialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    qtbot.waitUntil(lambda: dialogs[0]._checked is not None, timeout=SLOW)
    assert dialogs[0].look.isHidden(), "it is open already"
    assert isinstance(band.report, QPushButton) and not band.report.isHidden()
    dialogs[0].close()
