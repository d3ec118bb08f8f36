"""Opens cases: asks for passwords and decisions, and explains doubts and failures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from evidence_app.errors import DamagedError, EvidenceError
from evidence_app.gui.appearance import texts
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.gui.case import one_window
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.messages import MessageCode
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, copies, doubts
from evidence_app.services.cases import CaseFile

_Offered = dict[QPushButton, Callable[[], None]]


def _is_damaged(case: CaseFile) -> bool:
    """Whether parts of the file cannot be read."""
    return any(doubt.kind is MismatchKind.DATABASE for doubt in case.doubts)


class CaseOpener(QObject):
    """Opens one case at a time, off the UI thread.

    Attributes:
        busy: Whether something is being opened now.
        opened: The case that is open.
        not_opened: Nothing was opened; the person knows why.
        elsewhere: Another window has the case open, and came to the front.
        failed: An error to be told.
        rescue_wanted: The case of that path is damaged, and the person wants to rescue it.
        copies_wanted: The case of that path is damaged, and the person wants to put a copy back.
    """

    busy = Signal(bool)
    opened = Signal(object)
    not_opened = Signal()
    elsewhere = Signal()
    failed = Signal(object)
    rescue_wanted = Signal(object)
    copies_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._task: Task | None = None
        self._is_stopped = False

    def is_busy(self) -> bool:
        """Whether something is being opened."""
        return self._task is not None

    def stop(self) -> None:
        """Open no more cases, as the program ends; a case that is being opened is closed."""
        self._is_stopped = True

    def open(self, path: Path, *, read_only: bool = False, password: str | None = None) -> None:
        """Open a case file."""
        self._start(
            lambda _: cases.open_case(path, read_only=read_only, password=password),
            lambda error: self._refused(error, path, read_only=read_only),
            self._look_at_doubts,
        )

    def make(self, work: Callable[[TaskHandle], CaseFile]) -> None:
        """Open what ``work`` makes."""
        self._start(work, self._give_up, self.opened.emit)

    def unlock(self, path: Path, *, read_only: bool = False, again: bool = False) -> None:
        """Ask for the password of a locked case, and open it."""
        dialog = UnlockDialog(path, self._window, again=again)
        dialog.entered.connect(
            lambda password: self.open(path, read_only=read_only, password=password)
        )
        dialog.rejected.connect(self.not_opened)
        dialog.open()

    def _start(
        self,
        work: Callable[[TaskHandle], CaseFile],
        failed: Callable[[Exception], None],
        on_opened: Callable[[CaseFile], None],
    ) -> None:
        if self._is_stopped:
            return
        task = Task(work, self)
        task.finished.connect(partial(self._ended, on_opened))
        task.failed.connect(partial(self._ended, failed))
        self._task = task
        self.busy.emit(True)
        task.start()

    def _ended(self, then: Callable[[Any], None], outcome: object) -> None:
        if self._task is not None:
            self._task.deleteLater()
        self._task = None
        self.busy.emit(False)
        if not self._is_stopped:
            then(outcome)
        elif isinstance(outcome, CaseFile):
            outcome.close()

    def _give_up(self, error: Exception) -> None:
        self.not_opened.emit()
        self.failed.emit(error)

    def _refused(self, error: Exception, path: Path, *, read_only: bool) -> None:
        code = error.message.code if isinstance(error, EvidenceError) else None
        wrong = code is MessageCode.CASE_WRONG_PASSWORD
        if wrong or code is MessageCode.CASE_LOCKED:
            self.unlock(path, read_only=read_only, again=wrong)
        elif code is MessageCode.CASE_IN_USE and one_window.ask(path):
            self.not_opened.emit()
            self.elsewhere.emit()
        elif code is MessageCode.CASE_IN_USE and not read_only:
            self._ask_to_look(path)
        elif isinstance(error, DamagedError) or (
            code is MessageCode.NOT_A_CASE and copies.was_case_at(path)
        ):
            self._ask_to_rescue(error, path)
        else:
            self._give_up(error)

    def _ask_to_look(self, path: Path) -> None:
        box = self._box(
            self.tr("This case is open in another window."),
            self.tr("Only one window can change it at a time. You can look at it here meanwhile."),
        )
        look = box.addButton(self.tr("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
        self._offer(box, {look: lambda: self.open(path, read_only=True)})

    def _ask_to_rescue(self, error: Exception, path: Path) -> None:
        box = self._box(
            texts.error_text(error)
            if isinstance(error, DamagedError)
            else self.tr("The case file is so damaged that it cannot be opened."),
            self.tr(
                "Nothing was changed. What is undamaged in it can be recovered "
                "into a new case, or an automatic backup can be restored."
            ),
        )
        self._offer(box, self._ways_out(box, path, lambda: None))

    def _ways_out(self, box: QMessageBox, path: Path, before: Callable[[], None]) -> _Offered:
        """What helps with a damaged case; ``before`` is done first."""

        def then(signal: SignalInstance) -> None:
            before()
            signal.emit(path)

        rescue = box.addButton(self.tr("Recover…"), QMessageBox.ButtonRole.AcceptRole)
        offered: _Offered = {rescue: lambda: then(self.rescue_wanted)}
        if copies.list_copies(path):
            copies_button = box.addButton(
                self.tr("Automatic backups…"), QMessageBox.ButtonRole.AcceptRole
            )
            offered[copies_button] = lambda: then(self.copies_wanted)
        return offered

    def _what_helps(self, case: CaseFile) -> str:
        if _is_damaged(case):
            return self.tr(
                "The file can be looked at, but not changed. What is undamaged in it can be "
                "recovered into a new case, or an automatic backup can be restored."
            )
        return self.tr(
            "The file can be looked at, but not changed. Look for another copy of it, and "
            "keep this one too."
        )

    def _look_at_doubts(self, case: CaseFile) -> None:
        if not case.doubts:
            self.opened.emit(case)
            self._tell(case)
            return
        box = self._box(
            "\n\n".join(map(texts.message_text, doubts.sentences(case))),
            self.tr(
                "There is often a simple reason: an older copy, or work on "
                "another computer. If you know the reason, you can continue; the "
                "history will record it. Otherwise look for another copy of the "
                "file, and keep this one too."
            )
            if case.can_be_accepted
            else self._what_helps(case),
        )
        close = partial(self._close, case)
        offered: _Offered = {}
        if not case.can_be_accepted:
            look = box.addButton(self.tr("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
            offered[look] = lambda: self.opened.emit(case)
            if _is_damaged(case):
                offered |= self._ways_out(box, case.path, case.close)
        else:
            go_on = box.addButton(
                self.tr("I know why: go on"), QMessageBox.ButtonRole.DestructiveRole
            )
            look = box.addButton(self.tr("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
            offered[go_on] = partial(self._accept, case)
            offered[look] = lambda: self._reopen_to_look(case)
        self._offer(box, offered, close)

    def _tell(self, case: CaseFile) -> None:
        """What the person should know of the case although it stands against nothing."""
        if not case.notices:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("Evidence App")
        box.setText("\n\n".join(map(texts.message_text, case.notices)))
        box.finished.connect(box.deleteLater)
        box.open()

    def _accept(self, case: CaseFile) -> None:
        def work(_: TaskHandle) -> CaseFile:
            doubts.accept(case)
            return case

        self.make(work)

    def _reopen_to_look(self, case: CaseFile) -> None:
        def work(_: TaskHandle) -> CaseFile:
            case.close()
            return cases.open_again(case, read_only=True)

        self.make(work)

    def _close(self, case: CaseFile) -> None:
        case.close()
        self.not_opened.emit()

    def _box(self, text: str, more: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Evidence App")
        box.setText(text)
        box.setInformativeText(more)
        box.addButton(QMessageBox.StandardButton.Cancel)
        return box

    def _offer(
        self,
        box: QMessageBox,
        offered: _Offered,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Show a question, and do what belongs to the button that the person chose."""

        def answered(_: int) -> None:
            chosen = box.clickedButton()
            box.deleteLater()
            for button, work in offered.items():
                if button is chosen:
                    work()
                    return
            (otherwise or self.not_opened.emit)()

        box.finished.connect(answered)
        box.open()
