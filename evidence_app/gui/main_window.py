"""The window: the welcome page, or the open case; menus; files dropped anywhere."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QStackedWidget

from evidence_app import settings
from evidence_app.gui.actions import Actions
from evidence_app.gui.appearance import theme
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.case.auto_lock import AutoLock
from evidence_app.gui.case.welcome_page import WelcomePage
from evidence_app.gui.checking import check_code_line
from evidence_app.gui.checking.check_code_line import CheckCodeLine
from evidence_app.gui.common import window_manners
from evidence_app.gui.common.window_manners import WindowManners
from evidence_app.gui.importing import drop
from evidence_app.gui.importing.batches import Files, Picture
from evidence_app.gui.importing.drop_target import DropTarget

if TYPE_CHECKING:
    from evidence_app.gui.desk import Desk
    from evidence_app.gui.session import Session
    from evidence_app.gui.workspace import Workspace

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
        self._stack = QStackedWidget()
        self.welcome = WelcomePage()
        self._stack.addWidget(self.welcome)
        self.setCentralWidget(self._stack)
        self._may_close = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.auto_lock = AutoLock(application, self)
        self.manners = WindowManners(application, self, chosen.window)
        self.actions_ = Actions(self)
        self.setMinimumSize(720, 480)
        self.resize(1280, 820)
        self._connect()
        window_manners.restore_place(self, chosen.window)
        self.welcome.card.offer(check_code_line.from_settings(self.settings))
        self.show_case_state()

    def _connect(self) -> None:
        self.welcome.new_case.connect(self.new_case)
        self.welcome.open_other.connect(self.choose_case)
        self.welcome.open_case.connect(lambda path: self.open_case(Path(path)))
        self.welcome.sample.connect(self.open_sample)
        self.welcome.language.connect(self.use_language)
        self.welcome.card.used.connect(self._forget_check_code)
        self.welcome.card.dismissed.connect(self._forget_check_code)
        self.auto_lock.due.connect(self.lock_case)
        self.manners.quit_wanted.connect(self.quit)

    @cached_property
    def desk(self) -> Desk:
        """What works with cases, loaded when it is first needed.

        Loading it takes five times as long as all else that a window needs until it is seen.
        """
        from evidence_app.gui.desk import Desk

        return Desk(self)

    def quit(self, *, is_hurried: bool = False) -> None:
        """End the program; if hurried, nothing is asked and no copy is kept."""
        self.desk.closer.quit(is_hurried=is_hurried)

    def new_case(self) -> None:
        """Ask what the case is about and make it."""
        self.desk.new_case()

    def choose_case(self) -> None:
        """Ask for a case file and open it."""
        self.desk.choose_case()

    def open_case(self, path: Path, *, read_only: bool = False) -> None:
        """Open a case file."""
        self.desk.open_case(path, read_only=read_only)

    def open_sample(self) -> None:
        """Open the sample case."""
        self.desk.open_sample()

    def show_busy(self, busy: bool) -> None:
        """Let nothing be chosen while a case is being opened."""
        self.welcome.setEnabled(not busy)
        if not busy:
            self.statusBar().clearMessage()

    def show_workspace(self, workspace: Workspace) -> None:
        """Show a case that was opened, and remember it."""
        session = workspace.session
        session.history_changed.connect(self._show_history)
        session.changed.connect(self._show_title)
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        case = session.case
        # The file of a package is gone when it is closed; of a locked case not even the name is
        # to be read by who sits down at this computer.
        if case.key is not None:
            self.settings.forget(str(case.path.absolute()))
        elif not session.is_package:
            self.settings.remember(case.path)
        self.settings.save()
        self.auto_lock.watch(self.settings.lock_minutes if case.key is not None else 0)
        self.show_case_state()

    def lock_case(self) -> None:
        """Close a case with a password, and ask for the password to open it again."""
        self.desk.lock_case()

    def close_case(self) -> None:
        """Go back to the welcome page, unless the person wants to stay."""
        self.desk.closer.close_case()

    def put_away(self, workspace: Workspace) -> None:
        """Show nothing of a case any more that is being closed."""
        self.workspace = None
        self.auto_lock.watch(0)
        self.welcome.setEnabled(False)
        self.statusBar().showMessage(self.tr("Closing…"))
        self.show_case_state()

    def offer_check_code(self, line: CheckCodeLine | None) -> None:
        """Show the check code of a case that was changed and is closed now, or one of before."""
        if line is not None:
            line.keep(self.settings)
            self.settings.save()
        self.welcome.card.offer(line or check_code_line.from_settings(self.settings))

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

    def add(self, dropped: list[Path] | Picture) -> None:
        """Import files or a picture, into a case that is asked for if none is open.

        Case files among them are offered to be opened.
        """
        if isinstance(dropped, Picture):
            self.bring_in(dropped)
        else:
            self.desk.receiver.receive(dropped)

    def bring_in(self, batch: Files | Picture) -> None:
        """Import what holds no case files, or what the person wants as it is."""
        self.desk.bring_in(batch)

    def open_and_bring_in(self, batch: Files | Picture, case: Path | None) -> None:
        """Open a case, or make a new one if None, and import into it."""
        self.desk.open_and_bring_in(batch, case)

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
        self.desk.add_entry()

    def paste(self) -> None:
        """Import what is on the clipboard."""
        pasted = drop.evidence_in(QGuiApplication.clipboard().mimeData())
        if pasted is None:
            self.say(self.tr("There is no picture and no file on the clipboard."))
            return
        self.add(pasted)

    def edit_case(self) -> None:
        """Ask for changed details of the case."""
        self.desk.edit_case()

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
        names = set(theme.Theme)
        chosen = self.settings.theme if self.settings.theme in names else theme.Theme.SYSTEM
        theme.apply(application, theme.Theme(chosen))

    def say(self, text: str) -> None:
        """Say something quietly, where everything is said that was done."""
        if self.workspace is not None:
            self.workspace.strip.say(text)
        else:
            self.statusBar().showMessage(text, _SAID_MS)

    def show_error(self, error: Exception) -> QMessageBox:
        """Say what happened, in one sentence; where it helps, offer to save a copy elsewhere."""
        return self.desk.show_error(error)

    def show_case_state(self) -> None:
        """Show what can be done now: with the open case, or on the first page."""
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
        nothing = (None, None)
        history = self.workspace.history_in_words() if self.workspace is not None else nothing
        self.actions_.show_history(*history)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_.retranslate()
            self.overlay.retranslate()
            self.welcome.retranslate()
            self.show_case_state()
            if self.workspace is not None:
                self.workspace.retranslate_all()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the case first; the window stays until nothing runs any more."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.quit()

    def leave(self) -> None:
        """Close the window for good; nothing runs any more."""
        window_manners.keep_place(self, self.settings.window)
        self.settings.save()
        self._may_close = True
        self.close()
        self.closed.emit()
