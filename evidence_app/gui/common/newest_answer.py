"""What a view reads from the case as a whole: of several questions only the last counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from evidence_app.services import cases

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

T = TypeVar("T")


class _Asked:
    """How many questions there were; no widget, as the thread that reads looks at it too."""

    number = 0


class NewestAnswer(QObject):
    """Asks the case on behalf of a view, and remembers whether that failed.

    A newer question ends the reading for the one before, whose answer is dropped if it comes all
    the same: a view never goes back to what was wanted before, and does not wait for it.

    Attributes:
        failure: Why there is no answer to the last question, or None.
        failed: There is none; what the view shows may be old, or nothing.
    """

    failed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.failure: Exception | None = None
        self._session = session
        self._asked = _Asked()
        self._last: Callable[[], None] = _nothing

    def ask(self, work: Callable[[CaseFile], T], take: Callable[[T], None]) -> None:
        """Read from the case away from the window.

        Args:
            work: Gets the case; must hold no widget.
            take: Gets the answer, on the UI thread.
        """
        asked = self._asked
        asked.number += 1
        question = asked.number
        self._last = lambda: self.ask(work, take)

        def unless_newer(case: CaseFile) -> T:
            with cases.interruptible(lambda: question != asked.number):
                return work(case)

        def done(answer: Any) -> None:
            if question == asked.number:
                self.failure = None
                take(answer)

        def failed(error: Exception) -> None:
            if question == asked.number:
                self.failure = error
                self._session.unread.emit(error, self.ask_again)
                self.failed.emit()

        self._session.query(unless_newer, done, failed, owner=self)

    def ask_again(self) -> None:
        """Repeat the last question."""
        self._last()


def _nothing() -> None:
    pass
