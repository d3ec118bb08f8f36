"""The window: the welcome page, or the open case; menus; files dropped anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QStackedWidget

from evidence_app import settings
from evidence_app.gui.actions import Actions
from evidence_app.gui.appearance import theme
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.background.closing import Closer
from evidence_app.gui.background.jobs import TaskHandle
from evidence_app.gui.case import asking
from evidence_app.gui.case.auto_lock import AutoLock
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.case.one_window import OneWindow
from evidence_app.gui.case.opener import CaseOpener
from evidence_app.gui.case.package_opening import PackageOpener
from evidence_app.gui.case.safekeeping import FILTER, CaseSafety
from evidence_app.gui.case.welcome_page import WelcomePage
from evidence_app.gui.checking import check_code_line
from evidence_app.gui.checking.check_code_line import CheckCodeLine
from evidence_app.gui.common import error_box, window_manners
from evidence_app.gui.common.window_manners import WindowManners
from evidence_app.gui.help.help_desk import HelpDesk
from evidence_app.gui.importing import drop
from evidence_app.gui.importing.drop_target import DropTarget
from evidence_app.gui.importing.import_queue import Files
from evidence_app.gui.importing.receiving import Receiver
from evidence_app.gui.importing.results_dialog import ImportResults
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Workspace
from evidence_app.services import cases, coverage, devices
from evidence_app.services.cases import CaseFile
from evidence_app.services.importing.importer import ImportResult
from evidence_app.services.package_cases import PackageCase
from evidence_app.services.sample import sample_case

_SAID_MS = 12_000


class MainWindow(DropTarget):
    """The one window of the program.

    Attributes:
        closed: It is closed, nothing runs any more, and the program may end.
    """

    closed = Signal()

    def __init__(self, chosen: settings.Settings, languages: Languages) -> None:
        super().__init__(lambda dropped: self.add(dropped))
        self.settings = chosen
        self.workspace: Workspace | None = None
        self._languages = languages
        self._waiting_drop: Files | drop.Picture | None = None
        self._stack = QStackedWidget()
        self.welcome = WelcomePage()
        self._stack.addWidget(self.welcome)
        self.setCentralWidget(self._stack)
        self._may_close = False
        self.opener = CaseOpener(self)
        self.closer = Closer(self)
        self.keeper = CaseSafety(self)
        self.receiver = Receiver(self)
        self.packages = PackageOpener(self)
        self.one_window = OneWindow(self)
        self.help = HelpDesk(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.auto_lock = AutoLock(application, self)
        self.manners = WindowManners(application, self, chosen.window)
        self.actions_ = Actions(self)
        self.setMinimumSize(720, 480)
        self.resize(1280, 820)
        self._connect()
        window_manners.restore_place(self, chosen.window)
        self.welcome.card.offer(check_code_line.kept(self.settings))
        self._show_case_state()

    def _connect(self) -> None:
        self.welcome.new_case.connect(self.new_case)
        self.welcome.open_other.connect(self.choose_case)
        self.welcome.open_case.connect(lambda path: self.open_case(Path(path)))
        self.welcome.sample.connect(self.open_sample)
        self.welcome.language.connect(self.use_language)
        self.welcome.card.used.connect(self._forget_check_code)
        self.welcome.card.dismissed.connect(self._forget_check_code)
        self.opener.busy.connect(self._show_busy)
        self.opener.opened.connect(self._opened)
        self.opener.not_opened.connect(self._on_not_opened)
        self.opener.failed.connect(self.show_error)
        self.opener.rescue_wanted.connect(self.keeper.ask_to_rescue)
        self.opener.copies_wanted.connect(self.keeper.show_copies)
        self.auto_lock.due.connect(self.lock_case)
        self.closer.may_end.connect(self._leave)
        self.manners.quit_wanted.connect(self.closer.quit)

    def _on_not_opened(self) -> None:
        self._waiting_drop = None
        self._show_case_state()

    def new_case(self) -> None:
        """Ask what the case is about and make it."""
        dialog = CaseDialog(self)
        if dialog.exec() != CaseDialog.DialogCode.Accepted:
            self._waiting_drop = None
            return
        told = dialog.answers()
        self._make(
            lambda _: cases.create(
                told.path,
                title=told.title,
                owner_name=told.owner_name,
                numbers=told.numbers,
                timezone=told.timezone,
                jurisdiction=told.jurisdiction,
            )
        )

    def choose_case(self) -> None:
        """Ask for a case file and open it."""
        folder = str(settings.documents_folder())
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a case"), folder, FILTER)
        if path:
            self.open_case(Path(path))

    def open_case(self, path: Path, *, read_only: bool = False) -> None:
        """Open a case file."""
        if not self._is_busy():
            self.closer.close_case(lambda: self.opener.open(path, read_only=read_only))

    def open_sample(self) -> None:
        """Open the sample case; it is made when it is first wanted."""
        path = settings.sample_case()
        if path.exists():
            self.open_case(path)
            return
        self.statusBar().showMessage(self.tr("Making the sample case …"))
        self._make(lambda task: sample_case.create_sample(path, task))

    def _make(self, work: Callable[[TaskHandle], CaseFile]) -> None:
        if not self._is_busy():
            self.closer.close_case(lambda: self.opener.make(work))

    def _is_busy(self) -> bool:
        return self.opener.is_busy() or self.closer.is_closing()

    def _show_busy(self, busy: bool) -> None:
        self.welcome.setEnabled(not busy)
        if not busy:
            self.statusBar().clearMessage()

    def _opened(self, case: CaseFile) -> None:
        session = Session(case, self)
        session.failed.connect(self.show_error)
        session.history_changed.connect(self._show_history)
        session.changed.connect(self._show_title)
        self.workspace = Workspace(session)
        self.workspace.lane.finished.connect(self._show_results)
        self.help.follow(self.workspace)
        self.packages.show_band(self.workspace)
        self._stack.addWidget(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        if isinstance(case, PackageCase):
            pass  # Its file is gone when it is closed.
        elif case.key is None:
            self.settings.remember(case.path)
        else:
            # Not even its name is to be read by who sits down at this computer.
            self.settings.forget(str(case.path.absolute()))
        self.settings.save()
        self.auto_lock.watch(self.settings.lock_minutes if case.key is not None else 0)
        self._show_case_state()
        waiting, self._waiting_drop = self._waiting_drop, None
        if waiting is not None:
            self.bring_in(waiting)
        self.keeper.show_wanted_sheet()

    def lock_case(self) -> None:
        """Close a case with a password, and ask for the password to open it again."""
        if self.workspace is None or self.workspace.session.case.key is None:
            return
        if self.workspace.lane.is_busy():
            self.auto_lock.watch(self.settings.lock_minutes)
            return
        case = self.workspace.session.case
        self.closer.close_case(
            lambda: self.opener.unlock(case.path, read_only=case.read_only), asks=False
        )

    def close_case(self) -> None:
        """Go back to the welcome page, unless the person wants to stay."""
        self.closer.close_case()

    def put_away(self, workspace: Workspace) -> None:
        """Show nothing of a case any more that is being closed."""
        self.workspace = None
        self.auto_lock.watch(0)
        self.welcome.setEnabled(False)
        self.statusBar().showMessage(self.tr("Closing …"))
        self._show_case_state()

    def offer_check_code(self, line: CheckCodeLine | None) -> None:
        """Show the check code of a case that was changed and is closed now, or one of before."""
        if line is not None:
            line.keep(self.settings)
            self.settings.save()
        self.welcome.card.offer(line or check_code_line.kept(self.settings))

    def _forget_check_code(self) -> None:
        self.settings.check_code = {}
        self.settings.save()

    def remove(self, workspace: Workspace) -> None:
        """Let go of what showed a case that is closed."""
        self._stack.removeWidget(workspace)
        workspace.session.deleteLater()
        workspace.deleteLater()
        self.welcome.setEnabled(True)
        self.statusBar().clearMessage()

    def add(self, dropped: list[Path] | drop.Picture) -> None:
        """Import files or a picture, into a case that is asked for if none is open.

        Case files among them are offered to be opened.
        """
        if isinstance(dropped, drop.Picture):
            self.bring_in(dropped)
        else:
            self.receiver.receive(dropped)

    def bring_in(self, batch: Files | drop.Picture) -> None:
        """Import what holds no case files, or what the person wants as it is."""
        if self.workspace is not None:
            self.workspace.lane.add(batch)
        elif not self._is_busy():
            self.receiver.ask_where(batch)

    def open_and_bring_in(self, batch: Files | drop.Picture, case: Path | None) -> None:
        """Open a case, or make a new one if None, and import into it."""
        self._waiting_drop = batch
        if case is None:
            self.new_case()
        else:
            self.open_case(case)

    def add_files(self) -> None:
        """Ask for files and import them."""
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        if paths:
            self.add([Path(path) for path in paths])

    def add_folder(self) -> None:
        """Ask for a folder and import all that is in it."""
        path = QFileDialog.getExistingDirectory(self, self.tr("Add a folder"))
        if path:
            self.add([Path(path)])

    def add_entry(self) -> None:
        """Ask what happened and write it down."""
        if self.workspace is not None:
            asking.add_entry(self.workspace.session, self)

    def paste(self) -> None:
        """Import what is on the clipboard."""
        found = drop.evidence_in(QGuiApplication.clipboard().mimeData())
        if found is None:
            self.say(self.tr("There is no picture and no file on the clipboard."))
            return
        self.add(found)

    def edit_case(self) -> None:
        """Ask anew what the case is about."""
        if self.workspace is not None:
            asking.edit_case(self.workspace.session, self)

    def use_language(self, code: str) -> None:
        """Speak another language from now on."""
        self.settings.language = code
        self.settings.save()
        self._languages.use(code)

    def use_theme(self, chosen: theme.Theme) -> None:
        """Look different from now on."""
        self.settings.theme = chosen.value
        self.settings.save()
        self.apply_theme()

    def apply_theme(self) -> None:
        """Put the chosen theme on the program, as after the computer's has changed."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        known = set(theme.Theme)
        chosen = self.settings.theme if self.settings.theme in known else theme.Theme.SYSTEM
        theme.apply(application, theme.Theme(chosen))

    def say(self, words: str) -> None:
        """Say something quietly, where everything is said that was done."""
        if self.workspace is not None:
            self.workspace.strip.say(words)
        else:
            self.statusBar().showMessage(words, _SAID_MS)

    def show_error(self, error: Exception) -> QMessageBox:
        """Say what happened, in one sentence; where it helps, offer to save a copy elsewhere."""
        save_copy = self.keeper.save_copy if self.workspace is not None else None
        return error_box.show(error, self, save_copy)

    def _show_results(self, results: list[ImportResult]) -> None:
        if self.closer.import_ended(results) or not results:
            return
        sheet = ImportResults(results, self)
        sheet.finished.connect(self.closer.results_were_seen)
        if self.workspace is not None:
            sheet.show_item.connect(self.workspace.open_item)
            sheet.questions_wanted.connect(self.workspace.ask)
            sheet.device_told.connect(self.workspace.tell_device)
            self.workspace.session.query(devices.list_devices, sheet.offer_devices, owner=sheet)
            self.workspace.session.query(coverage.list_gaps, sheet.tell_gaps, owner=sheet)
        sheet.open()

    def _show_case_state(self) -> None:
        if self.workspace is None:
            self._stack.setCurrentWidget(self.welcome)
            self.welcome.show_recent(self.settings.recent)
        self.actions_.enable(self.workspace)
        self._show_title()
        self._show_history()

    def _show_title(self) -> None:
        if self.workspace is None:
            self.setWindowTitle("Evidence App")
            return
        session = self.workspace.session
        # What a change of the description leads to is read after it is told.
        QTimer.singleShot(200, self, lambda: self._put_title(session))
        self._put_title(session)

    def _put_title(self, session: Session) -> None:
        if self.workspace is None or self.workspace.session is not session:
            return
        title = session.info.title
        if session.case.read_only:
            title = self.tr("{0} (only to look at)").format(title)
        self.setWindowTitle(f"{title} – Evidence App")

    def _show_history(self) -> None:
        self.actions_.show_history(self.workspace.session.history if self.workspace else None)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_.retranslate()
            self.overlay.retranslate()
            self.welcome.retranslate()
            self._show_case_state()
            if self.workspace is not None:
                self.workspace.retranslate_all()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the case first; the window stays until nothing runs any more."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.closer.quit()

    def _leave(self) -> None:
        window_manners.keep_place(self, self.settings.window)
        self.settings.save()
        self._may_close = True
        self.close()
        self.closed.emit()
