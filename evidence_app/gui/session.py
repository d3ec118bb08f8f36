"""One open case as the window sees it: queries, mutations, undo, and who is told of changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from evidence_app.gui.background.jobs import DatabaseWorker, Failed
from evidence_app.model.case import CaseInfo
from evidence_app.model.changes import Area, Changes
from evidence_app.services import cases
from evidence_app.services.cases import CaseFile
from evidence_app.services.history import Edit, History
from evidence_app.services.package_cases import PackageCase

T = TypeVar("T")


class Session(QObject):
    """One open case.

    Attributes:
        changed: What a change touched; views refresh if that is theirs.
        history_changed: Undo or redo may have become possible or impossible.
        failed: An error that nobody else shows, to be told to the person.
        edited, undone, redone: The edit that was just made, taken back or made again.
        said: A sentence on something else that was just done.
        doubted: A sentence that asks whether to keep what was just marked, and a function that
            takes it off again.
        unread: An error for which something stays empty, and a function that reads it again.
    """

    changed = Signal(object)
    history_changed = Signal()
    failed = Signal(object)
    edited = Signal(object)
    undone = Signal(object)
    redone = Signal(object)
    said = Signal(str)
    doubted = Signal(str, object)
    unread = Signal(object, object)

    def __init__(self, case: CaseFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case = case
        self.history = History(case)
        self.info: CaseInfo = cases.info(case)
        self._worker = DatabaseWorker()

    @property
    def is_package(self) -> bool:
        """Whether this is an evidence package that is only looked at."""
        return isinstance(self.case, PackageCase)

    def query(
        self,
        work: Callable[[CaseFile], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Read from the case on the database worker.

        Args:
            work: Gets the case; must not touch the window.
            done: Gets the result, on the UI thread.
            failed: Gets the error; without it the person is told.
            owner: Whoever waits; if it is gone by then, nobody is told.
        """
        case = self.case
        self._worker.submit(lambda: work(case), done, failed or self._fail, owner, is_read=True)

    def mutate(
        self,
        work: Callable[[CaseFile], Edit | Changes],
        done: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Change the case on the database worker; an edit can be undone afterwards."""
        case = self.case

        def finish(result: Edit | Changes) -> None:
            if isinstance(result, Edit):
                self.history.record(result)
                self.history_changed.emit()
                self.tell(result.changes)
                if result.rows:
                    self.edited.emit(result)
            else:
                self.tell(result)
            if done is not None:
                done(result)

        self._worker.submit(lambda: work(case), finish, failed or self._fail, self)

    def undo(self) -> None:
        """Take the last edit back."""
        history = self.history
        self._travel(history.undo, lambda: history.redo_edit, self.undone)

    def redo(self) -> None:
        """Do the last undone edit again."""
        history = self.history
        self._travel(history.redo, lambda: history.undo_edit, self.redone)

    def tell(self, changes: Changes) -> None:
        """Tell everybody of changes that were made elsewhere, as by an import or an export."""
        if not (changes.areas or changes.entry):
            return
        if changes.touches(Area.CASE):
            self.query(cases.info, self._set_info, owner=self)
        self.changed.emit(changes)

    def stop(self, ended: Callable[[], None] | None = None) -> None:
        """Finish the changes that are queued and read nothing more; does not wait.

        Args:
            ended: Called when the last change is made.
        """
        self._worker.stop(ended)

    def close(self) -> None:
        """Wait for the changes that are queued, and give the case file back."""
        self._worker.stop()
        self._worker.join()
        self.case.close()

    def forget_edits(self) -> None:
        """Let nothing be undone any more, as after something was destroyed."""
        self.history.forget()
        self.history_changed.emit()

    def _set_info(self, info: CaseInfo) -> None:
        self.info = info

    def _travel(
        self,
        step: Callable[[], Changes],
        travelled: Callable[[], Edit | None],
        signal: SignalInstance,
    ) -> None:
        def work() -> tuple[Changes, Edit | None]:
            return step(), travelled()

        def done(outcome: tuple[Changes, Edit | None]) -> None:
            changes, edit = outcome
            self.history_changed.emit()
            self.tell(changes)
            if changes.areas and edit is not None:
                signal.emit(edit)

        self._worker.submit(work, done, self._fail, self)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
