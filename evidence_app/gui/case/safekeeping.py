"""Keeps the open case safe: copies, password, rescue; each waits for its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from evidence_app import settings
from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.gui.background.jobs import TaskHandle
from evidence_app.gui.case.copies_dialog import CopiesDialog
from evidence_app.gui.case.password_dialog import PasswordAnswers, PasswordDialog
from evidence_app.gui.case.recovery_sheet import RecoverySheet
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.gui.common.wait_dialog import WaitDialog
from evidence_app.model.copies import KeptCopy
from evidence_app.model.recovery import Recovery
from evidence_app.services import cases, copies, passwords, recovery
from evidence_app.services.cases import CaseFile

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow

T = TypeVar("T")
FILTER = "Evidence App (*.evcase)"


def is_changed(case: CaseFile) -> bool:
    """Whether the person changed a case of their own since it was opened."""
    is_own = not case.path.is_relative_to(settings.data_folder())
    return case.has_changes and not case.read_only and is_own


class CaseSafety(QObject):
    """What can be done to a case file as a whole."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wants_sheet = False

    def keep_copy(self, case: CaseFile, then: Callable[[], None]) -> None:
        """Keep a copy after a session with changes.

        Args:
            case: The case, which nobody changes any more.
            then: What follows, whether a copy was kept or not.
        """
        if not is_changed(case):
            then()
            return
        self._wait(
            self.tr("Making an automatic backup on this computer…"),
            lambda task: copies.keep(case, progress=task),
            lambda _: then(),
            otherwise=then,
        )

    def save_copy(self) -> None:
        """Ask where, and write the whole case there."""
        case = self._case()
        if case is None:
            return
        name = self.tr("{0} (copy)").format(case.path.stem)
        place = settings.documents_folder() / f"{name}.evcase"
        path, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy of the case"), str(place), FILTER
        )
        if path:
            target = Path(path if path.endswith(".evcase") else f"{path}.evcase")
            self.save_copy_at(case, target)

    def save_copy_at(self, case: CaseFile, target: Path) -> None:
        """Write the whole case to a new file, and say where it is."""

        def work(task: TaskHandle) -> Path:
            copies.save_copy(case, target, progress=task)
            return target

        def say(path: Path) -> None:
            self._window.say(self.tr("A copy of the case is now at {0}.").format(path))

        self._wait(self.tr("The case is being copied…"), work, say)

    def show_copies(self, path: Path | None = None) -> None:
        """List the kept copies of the open case, or of the case at a path."""
        case = self._case()
        place = path or (case.path if case is not None else None)
        if place is None:
            return
        dialog = CopiesDialog(place, copies.list_copies(place), self._window)
        dialog.restore_wanted.connect(lambda copy: self._ask_to_restore(place, copy))
        dialog.look_wanted.connect(lambda copy: self._window.open_case(copy.path, read_only=True))
        dialog.open()

    def _ask_to_restore(self, path: Path, copy: KeptCopy) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Evidence App")
        box.setText(
            self.tr("The case will be as it was on {0}. Go on?").format(
                copy.at.strftime("%Y-%m-%d %H:%M")
            )
        )
        box.setInformativeText(
            self.tr("Your later changes are backed up first, so nothing is lost.")
        )
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Yes).setText(self.tr("Put back"))
        box.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda: self.restore(path, copy))
        box.open()

    def restore(self, path: Path, copy: KeptCopy) -> None:
        """Put a copy in the place of a case, and open it; its password is asked for if need be."""

        def begin() -> None:
            if not cases.is_locked(copy.path):
                self._restore_with(path, copy, None)
                return
            dialog = UnlockDialog(path, self._window)
            dialog.entered.connect(lambda password: self._restore_with(path, copy, password))
            dialog.open()

        self._window.desk.closer.close_case(begin)

    def _restore_with(self, path: Path, copy: KeptCopy, password: str | None) -> None:
        self._wait(
            self.tr("Restoring the backup…"),
            lambda _: copies.restore(copy, path, password=password),
            lambda _: self._window.desk.opener.open(path, password=password),
        )

    def ask_password(self) -> None:
        """Ask for a new password, and write the case anew with it."""
        case = self._case()
        if case is None:
            return
        dialog = PasswordDialog(
            is_locked=case.key is not None,
            minutes=self._window.settings.lock_minutes,
            parent=self._window,
        )
        dialog.answered.connect(lambda answers: self.change_password(case.path, answers))
        dialog.open()

    def change_password(self, path: Path, answers: PasswordAnswers) -> None:
        """Write the case anew with another password, and open it again."""
        self._window.settings.lock_minutes = answers.minutes
        self._window.settings.save()
        old, new = answers.old, answers.new

        def changed(_: None) -> None:
            self._wants_sheet = answers.sheet and new is not None
            self._window.desk.opener.open(path, password=new)

        self._window.desk.closer.close_case(
            lambda: self._wait(
                self.tr("Rewriting the case…"),
                lambda task: passwords.change_password(path, old, new, progress=task),
                changed,
                otherwise=lambda: self._window.desk.opener.open(path, password=old),
            )
        )

    def show_wanted_sheet(self) -> None:
        """Show the recovery sheet, if it was wanted together with a new password."""
        if self._wants_sheet:
            self._wants_sheet = False
            self.show_sheet()

    def show_sheet(self) -> None:
        """Show the recovery sheet of the open case."""
        case = self._case()
        if case is not None and case.key is not None:
            code = passwords.recovery_code(case)
            RecoverySheet(case.path.stem, code, self._window).open()

    def choose_damaged(self) -> None:
        """Ask which case is damaged, and rescue what is whole in it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Recover a damaged case"),
            str(settings.documents_folder()),
            f"{FILTER};;{self.tr('All files')} (*)",
        )
        if path:
            self.ask_to_rescue(Path(path))

    def ask_to_rescue(self, path: Path) -> None:
        """Ask where the new case is to be, and rescue what is whole in a damaged one."""
        name = self.tr("{0} (recovered)").format(path.stem)
        place, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the recovered case at"),
            str(settings.documents_folder() / f"{name}.evcase"),
            FILTER,
        )
        if place:
            target = Path(place if place.endswith(".evcase") else f"{place}.evcase")
            self.rescue(path, target)

    def rescue(self, path: Path, target: Path) -> None:
        """Rescue what is whole; a password is asked for if the file may be locked."""
        try:
            is_locked = cases.is_locked(path)
        except EvidenceError:
            is_locked = False
        if not is_locked or not copies.was_case_at(path):
            self._rescue_with(path, target, None)
            return
        dialog = UnlockDialog(path, self._window)
        dialog.entered.connect(lambda password: self._rescue_with(path, target, password))
        dialog.rejected.connect(lambda: self._rescue_with(path, target, None))
        dialog.open()

    def _rescue_with(self, path: Path, target: Path, password: str | None) -> None:
        def work(task: TaskHandle) -> Recovery:
            return recovery.recover(
                path,
                target,
                password=password,
                progress=task,
            )

        def show(report: Recovery) -> None:
            self._window.open_case(target)
            self._tell_rescued(report)

        self._wait(self.tr("Looking for undamaged files…"), work, show)

    def _tell_rescued(self, report: Recovery) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("Evidence App")
        box.setText(self.tr("%n original file(s) were recovered completely.", "", report.originals))
        lines = [self.tr("The damaged file was left as it is; please keep it.")]
        if report.nameless:
            lines.append(
                self.tr(
                    "%n of them had lost their names and are called “recovered-…”.",
                    "",
                    report.nameless,
                )
            )
        if report.damaged:
            names = ", ".join(report.damaged)
            lines.append(self.tr("Damaged, and kept as far as they go: {0}").format(names))
        if report.lost_rows:
            lines.append(
                self.tr("%n row(s) of descriptions, entries or tags are lost.", "",
                        report.lost_rows)
            )  # fmt: skip
        if report.unvouched:
            lines.append(
                self.tr(
                    "For %n row(s) nothing shows any more whether they were altered, for the "
                    "history was damaged too. The items concerned say so.",
                    "",
                    report.unvouched,
                )
            )
        box.setInformativeText("\n".join(lines))
        box.open()

    def _case(self) -> CaseFile | None:
        workspace = self._window.workspace
        return workspace.session.case if workspace is not None else None

    def _wait(
        self,
        text: str,
        work: Callable[[TaskHandle], T],
        then: Callable[[T], None],
        *,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Do long work while the person waits.

        Args:
            text: What is being done.
            work: What a thread does; it must hold no widget.
            then: Gets what it returned.
            otherwise: What follows when it failed, which the person then knows, or was stopped.
        """
        if self._window.desk.closer.is_quitting() and otherwise is None:
            return
        dialog = WaitDialog(text, work, self._window)
        dialog.finished_work.connect(then)
        dialog.failed_work.connect(lambda error: self._failed(error, otherwise))
        dialog.start()

    def _failed(self, error: Exception, otherwise: Callable[[], None] | None) -> None:
        then = otherwise or _nothing
        if isinstance(error, Cancelled):
            then()
        else:
            self._window.show_error(error).finished.connect(lambda _: then())


def _nothing() -> None:
    """What follows when nothing does."""
