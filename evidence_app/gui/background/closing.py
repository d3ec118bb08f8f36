"""Closes the open case, and the program with it, in steps that never block the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from evidence_app.gui.background import jobs
from evidence_app.gui.background.close_requests import CloseRequests
from evidence_app.gui.background.jobs import Task
from evidence_app.gui.case.safekeeping import is_changed
from evidence_app.gui.checking import present_check_code
from evidence_app.gui.checking.check_code_line import CheckCodeLine
from evidence_app.services.cases import CaseFile
from evidence_app.services.importing.importer import ImportOutcome, ImportResult

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow
    from evidence_app.gui.workspace import Workspace

_Then = Callable[[], None]


def _nothing() -> None:
    """What follows if only the case is closed."""


def _last_line(case: CaseFile, is_wanted: bool) -> CheckCodeLine | None:
    """Give a case file back; return the check code of the state in which it is left."""
    with case:
        return present_check_code.of_case(case) if is_wanted else None


class Closer(QObject):
    """Stops what runs, waits for it without blocking, and gives the case file back.

    Attributes:
        may_end: Nothing runs any more and no case is open: the program may end.
    """

    may_end = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._question: QMessageBox | None = None
        self._then: _Then | None = None
        self._is_closing = False
        self._is_quitting = False
        self._is_hurried = False
        CloseRequests(window).asked.connect(self.quit)

    def is_closing(self) -> bool:
        """Whether a case, or the program, is being closed: nothing new may be begun."""
        return self._is_closing

    def is_quitting(self) -> bool:
        """Whether the program ends: nothing new may be begun."""
        return self._is_quitting

    def close_case(self, then: _Then = _nothing, *, asks: bool = True) -> None:
        """Close the case, unless files are being imported and the person wants to stay.

        Args:
            then: What follows when it is closed, or when none was open.
            asks: Whether the person may want to stay.
        """
        if self._is_closing:
            return
        self._then = then
        if self._window.workspace is None:
            self._go_on()
        elif asks and self._window.workspace.lane.is_busy():
            self._ask()
        else:
            self._begin()

    def quit(self, *, is_hurried: bool = False) -> None:
        """End the program.

        Args:
            is_hurried: The computer wants it to end: nothing is asked and no copy is kept.
        """
        if self._is_quitting and not is_hurried:
            return
        self._is_hurried = self._is_hurried or is_hurried
        if self._is_closing:
            # What was to follow the closing of the case is not wanted any more.
            self._then = self._then and self._end
            self._is_quitting = True
            self._stop_work()
            return
        self.close_case(self._end, asks=not is_hurried)

    def _ask(self) -> None:
        """Ask; the question goes away by itself when the import has ended."""
        assert self._window.workspace is not None
        if self._question is not None:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Evidence App")
        box.setText(self.tr("Files are still being imported."))
        box.setInformativeText(
            self.tr(
                "If you stop now, what is in the case already stays there. The other files are "
                "not imported."
            )
        )
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Go on importing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(lambda _: self._answered(box.clickedButton() is stop))
        self._question = box
        box.open()

    def _answered(self, stops: bool) -> None:
        box, self._question = self._question, None
        if box is not None:
            box.deleteLater()
        if self._is_closing:
            return
        if stops:
            self._begin()
        else:
            self._then = None

    def import_ended(self, results: list[ImportResult]) -> bool:
        """Take the question back if there is one.

        Returns:
            Whether the results need not be shown: all is in the case, and the person is leaving.
        """
        if self._is_closing:
            return True
        if self._question is None:
            return False
        then = self._then
        self._question.reject()
        self._then = then
        if all(result.outcome is not ImportOutcome.NOT_IMPORTED for result in results):
            self._begin()
            return True
        return False

    def results_were_seen(self) -> None:
        """Go on closing, if that waited until what was not imported had been read."""
        if self._then is not None and not self._is_closing:
            self.close_case(self._then)

    def _begin(self) -> None:
        workspace = self._window.workspace
        assert workspace is not None
        self._is_closing = True
        self._is_quitting = self._then == self._end
        workspace.inspector.save()
        workspace.lane.cancel()
        workspace.reading.stop()
        workspace.findings.feed.stop()
        self._window.put_away(workspace)
        self._stop_work()
        jobs.when_idle(lambda: self._finish_edits(workspace))

    def _stop_work(self) -> None:
        jobs.cancel_all()
        if self._is_quitting:
            self._window.desk.opener.stop()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()

    def _finish_edits(self, workspace: Workspace) -> None:
        workspace.session.stop(lambda: self._keep_copy(workspace))

    def _keep_copy(self, workspace: Workspace) -> None:
        case = workspace.session.case
        has_line = is_changed(case)
        if self._is_hurried:
            self._give_back(workspace, has_line)
        else:
            self._window.desk.keeper.keep_copy(case, lambda: self._give_back(workspace, has_line))

    def _give_back(self, workspace: Workspace, has_line: bool) -> None:
        case = workspace.session.case
        task = Task(lambda _: _last_line(case, has_line), self)
        task.finished.connect(self._window.offer_check_code)
        task.failed.connect(self._window.show_error)
        task.start()
        jobs.when_idle(lambda: self._closed(workspace))

    def _closed(self, workspace: Workspace) -> None:
        self._window.remove(workspace)
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then or _nothing, None
        self._is_closing = self._is_quitting = then == self._end
        then()

    def _end(self) -> None:
        self._is_closing = self._is_quitting = True
        self._stop_work()
        jobs.when_idle(self.may_end.emit)
