"""Asks the rules again after each change, away from the window, and tells what they suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_app.errors import Cancelled
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.model.changes import Area, Changes
from evidence_app.services import cases
from evidence_app.services.suggestions import CaseScan, SuggestionEngine

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_READ = (
    Area.EVENTS,
    Area.ITEMS,
    Area.PROPOSALS,
    Area.PARTIES,
    Area.FINDINGS,
    Area.CASE,
)
_PAUSE_MS = 400


class SuggestionFeed(QObject):
    """What the rules make of the open case.

    Signals:
        scanned: The rules were asked; gives a `CaseScan`.
    """

    scanned = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rules = SuggestionEngine(session.case)
        self._task: Task | None = None
        self._is_stale = False
        self._is_over = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        session.changed.connect(self._on_changed)
        self._pause.start()

    def stop(self) -> None:
        """Ask no more: the case is being closed."""
        self._is_over = True
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_READ) and not self._is_over:
            self._pause.start()

    def _ask(self) -> None:
        if self._is_over:
            return
        if self._task is not None:
            self._is_stale = True
            return
        self._is_stale = False
        engine = self._rules
        self._task = Task(lambda handle: _scan(engine, handle), self)
        self._task.finished.connect(self._on_scanned)
        self._task.failed.connect(self._on_failed)
        self._task.start()

    def _on_scanned(self, done: CaseScan) -> None:
        self._end()
        self.scanned.emit(done)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, Cancelled):
            self._session.unread.emit(error, self._ask)

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None
        if self._is_stale and not self._is_over:
            self._pause.start()


def _scan(engine: SuggestionEngine, handle: TaskHandle) -> CaseScan:
    with cases.interruptible(handle.is_cancelled):
        return engine.scan(handle)
