"""Every dialog, and the window, fits on a small screen, in both languages."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from window_ends import close_window

import evidence_app.gui
from evidence_app.casefile.case import CaseFile
from evidence_app.gui.app import make_window
from evidence_app.gui.appearance import languages
from evidence_app.gui.background import jobs
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.case.copies_dialog import CopiesDialog
from evidence_app.gui.case.password_dialog import PasswordDialog
from evidence_app.gui.case.recovery_sheet import RecoverySheet
from evidence_app.gui.case.rulebooks_dialog import RulebooksDialog
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.gui.checking.check_code_dialog import CheckCodeDialog
from evidence_app.gui.checking.custody_dialog import CustodyDialog
from evidence_app.gui.checking.package_dialog import PackageDialog
from evidence_app.gui.checking.proof_dialog import ProofDialog
from evidence_app.gui.checking.timestamp_dialog import TimestampDialog
from evidence_app.gui.checking.verify_dialog import VerifyDialog
from evidence_app.gui.common import window_manners
from evidence_app.gui.common.about_dialog import AboutDialog
from evidence_app.gui.common.fitting import fitting_parts
from evidence_app.gui.common.time_dialog import TimeDialog
from evidence_app.gui.common.wait_dialog import WaitDialog
from evidence_app.gui.evidence.destroy_dialog import DestroyDialog
from evidence_app.gui.evidence.entry_dialog import EntryDialog
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.exporting.mismatch_question import MismatchQuestion
from evidence_app.gui.help import pages
from evidence_app.gui.help.help_window import HelpWindow
from evidence_app.gui.importing.dropped_cases_dialog import DroppedCasesDialog
from evidence_app.gui.importing.mapping_dialog import MappingDialog
from evidence_app.gui.importing.questions_dialog import QuestionsDialog
from evidence_app.gui.importing.results_dialog import ImportResults
from evidence_app.gui.main_window import MainWindow
from evidence_app.gui.parties.debt_dialog import DebtDialog
from evidence_app.gui.parties.split_dialog import SplitDialog
from evidence_app.gui.session import Session
from evidence_app.gui.timeline.own_act_dialog import OwnActDialog
from evidence_app.gui.viewer.transcript.speech_dialog import SpeechDialog
from evidence_app.model.copies import BackupReason, KeptCopy
from evidence_app.model.event import EventType
from evidence_app.model.times import zone
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.services import manual_entries, parties
from evidence_app.services.dropped_files import DroppedFiles
from evidence_app.services.importing.importer import ImportOutcome, ImportResult
from evidence_app.settings import Settings

Made = Callable[[Session, MainWindow], QDialog]
LONG = "一个很长的名字" * 12
SCREENS = (QSize(1024, 700), QSize(1366, 768))


def split(session: Session, window: MainWindow) -> QDialog:
    manual_entries.add_entry(
        session.case, type=EventType.CALL, time=None, identifier="+12025550143", text="x"
    )
    return SplitDialog(parties.list_parties(session.case)[-1], window)


DIALOGS: dict[type[QDialog], Made] = {
    AboutDialog: lambda session, window: AboutDialog(window),
    CaseDialog: lambda session, window: CaseDialog(window, session.info),
    CheckCodeDialog: lambda session, window: CheckCodeDialog(session, window),
    CopiesDialog: lambda session, window: CopiesDialog(
        session.case.path,
        [KeptCopy(Path("x.evcase"), datetime.now(UTC), BackupReason.SESSION, 5)] * 60,
        window,
    ),
    CustodyDialog: lambda session, window: CustodyDialog(session, window),
    DestroyDialog: lambda session, window: DestroyDialog([LONG] * 40, window),
    DroppedCasesDialog: lambda session, window: DroppedCasesDialog(
        DroppedFiles((), (Path(f"{LONG}.evcase"),) * 40, frozenset(), 3), window
    ),
    EntryDialog: lambda session, window: EntryDialog(zone("Asia/Shanghai"), window),
    ExportDialog: lambda session, window: ExportDialog(session, window),
    HelpWindow: lambda session, window: HelpWindow(lambda: pages.read(languages.spoken(), LONG)),
    ImportResults: lambda session, window: ImportResults(
        [ImportResult(LONG, ImportOutcome.IMPORTED, 1)] * 60, window
    ),
    MappingDialog: lambda session, window: MappingDialog(
        {"rows": [[LONG] * 20] * 30}, f"{LONG}.csv", window
    ),
    MismatchQuestion: lambda session, window: MismatchQuestion(
        [Mismatch(MismatchKind.ROW_CHANGED, LONG, "a", "b")] * 60, window
    ),
    OwnActDialog: lambda session, window: OwnActDialog(zone("Asia/Shanghai"), None, window),
    PackageDialog: lambda session, window: PackageDialog(Path("none.zip"), window),
    PasswordDialog: lambda session, window: PasswordDialog(
        is_locked=True, minutes=10, parent=window
    ),
    ProofDialog: lambda session, window: ProofDialog(window),
    QuestionsDialog: lambda session, window: QuestionsDialog(session, window),
    RecoverySheet: lambda session, window: RecoverySheet(LONG, "ABCD-" * 12, window),
    SpeechDialog: lambda session, window: SpeechDialog(session, 1, window),
    DebtDialog: lambda session, window: DebtDialog(
        [*parties.list_parties(session.case)] * 3, None, window
    ),
    RulebooksDialog: lambda session, window: RulebooksDialog(session, window),
    SplitDialog: split,
    TimeDialog: lambda session, window: TimeDialog(None, zone("Asia/Shanghai"), window),
    TimestampDialog: lambda session, window: TimestampDialog(session, Settings(), window),
    UnlockDialog: lambda session, window: UnlockDialog(Path(f"{LONG}.evcase"), window),
    VerifyDialog: lambda session, window: VerifyDialog(session, window),
    WaitDialog: lambda session, window: WaitDialog(LONG, lambda _: None, window),
}


def all_dialogs() -> set[type[QDialog]]:
    """Every dialog of the program."""
    for module in pkgutil.walk_packages(evidence_app.gui.__path__, "evidence_app.gui."):
        importlib.import_module(module.name)
    kinds: set[type[QDialog]] = set()
    waiting: list[type[QDialog]] = [QDialog]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("evidence_app.") and not kind.__subclasses__():
                kinds.add(kind)
    return kinds


@pytest.fixture(params=SCREENS, ids=lambda size: f"{size.width()}x{size.height()}")
def screen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> QSize:
    size: QSize = request.param
    monkeypatch.setattr(window_manners, "room", lambda _: QRect(0, 0, size.width(), size.height()))
    return size


@pytest.fixture(params=["en", "zh"])
def window(
    request: pytest.FixtureRequest, screen: QSize, qtbot: QtBot, qapp: QApplication
) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language(request.param)
    main_window.show()
    yield main_window
    main_window.use_language("en")
    close_window(main_window, qtbot)


@pytest.fixture
def session(case: CaseFile, qapp: QApplication) -> Iterator[Session]:
    open_session = Session(case)
    yield open_session
    open_session.close()


def test_all_dialogs_are_known_here() -> None:
    assert all_dialogs() == set(DIALOGS)


def test_every_dialog_fits(
    session: Session, window: MainWindow, screen: QSize, qtbot: QtBot
) -> None:
    for kind, make_dialog in DIALOGS.items():
        dialog = make_dialog(session, window)
        dialog.show()
        qtbot.wait(50)
        assert dialog.width() <= screen.width(), kind
        assert dialog.height() <= screen.height() - 30, kind
        least = dialog.minimumSizeHint()
        assert least.width() <= screen.width() and least.height() <= screen.height(), kind
        dialog.resize(3000, 3000)
        qtbot.wait(20)
        assert dialog.width() <= screen.width() and dialog.height() <= screen.height(), kind
        if isinstance(dialog, WaitDialog):
            dialog.hide()
            dialog.deleteLater()
        else:
            dialog.reject()
            qtbot.waitUntil(lambda: not jobs._running, timeout=20_000)


def test_the_window_fits(window: MainWindow, screen: QSize) -> None:
    assert window.width() <= screen.width() and window.height() <= screen.height() - 30


def test_dates_lose_whole_parts(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    text = "2026年3月2日 星期一 22:41"
    assert fitting_parts(metrics, text, 5000) == text
    day = metrics.horizontalAdvance("2026年3月2日 星期一")
    assert fitting_parts(metrics, text, day + 1) == "2026年3月2日 星期一"
    assert fitting_parts(metrics, text, 5) == "2026年3月2日"


def test_a_dialog_comes_back_as_large_as_the_person_made_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    kept_size = QSize(623, 551)
    for size in (None, kept_size):
        dialog = ProofDialog(window)
        dialog.open()
        if size is None:
            dialog.resize(kept_size)
            qtbot.waitUntil(lambda dialog=dialog: dialog.size() == kept_size)  # type: ignore[misc]
        assert dialog.size() == kept_size
        dialog.reject()
    assert "623x551" in window.settings.window.values()
    untouched = TimeDialog(None, zone("Asia/Shanghai"), window)
    untouched.open()
    untouched.reject()
    assert not [name for name in window.settings.window if name.startswith("TimeDialog")]


@pytest.mark.parametrize("stored_size", ["", "0x5", "ten", "99999x99999"])
def test_a_size_that_is_none_harms_nothing(
    window: MainWindow, stored_size: str, screen: QSize
) -> None:
    name = window_manners._size_name(ProofDialog(window))
    window.settings.window[name] = stored_size
    dialog = ProofDialog(window)
    dialog.open()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    dialog.reject()
