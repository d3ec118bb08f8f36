"""What all long lists have in common: numbers for all rows, the rest only for those in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from evidence_app.gui.appearance import texts
from evidence_app.gui.common.newest_answer import NewestAnswer
from evidence_app.gui.common.pages import PAGE, Pages

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

Key = TypeVar("Key")
Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

UNREAD_ROLE = Qt.ItemDataRole.UserRole + 100
"""Why a row could not be read, a sentence; None for one that is read or on its way."""


class PagedModel(QAbstractTableModel, Generic[Key, Row]):
    """A list that holds its keys only; rows are read a page at a time when they are seen.

    What is shown stays until what was changed is read anew. An answer that comes after the list
    became another one is dropped. A page that cannot be read says so in its rows, and the person
    can try again.

    Args:
        session: The open case.
        read: Reads some rows, away from the window; it must hold no widget. It gives them by
            number.
        parent: Qt's parent.
        number_of: The number by which ``read`` gives the row of a key.

    Attributes:
        loaded: The list was read; it may be the same as before.
        listing: Reads the list itself.
    """

    loaded = Signal()

    def __init__(
        self,
        session: Session,
        read: Callable[[CaseFile, Sequence[Key]], Mapping[int, Row]],
        parent: QObject | None = None,
        number_of: Callable[[Any], int] = int,
    ) -> None:
        super().__init__(parent)
        self.listing = NewestAnswer(session, self)
        self._session = session
        self._read = read
        self._number_of = number_of
        self._keys: Sequence[Key] = ()
        self._generation = 0
        self._pages: Pages[Row] = Pages(self._fetch)
        self._failures: dict[int, Exception] = {}

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = ROOT) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def read_again(self) -> None:
        """Read every row again when it is next seen; the present row stays until then."""
        self._generation += 1
        self._failures.clear()
        self._pages.expire()
        self._tell_rows(0, self.rowCount() - 1)

    def unread_words(self, position: int) -> str | None:
        """Why the row at a position of the list could not be read; None if nothing is wrong."""
        failure = self._failures.get(position // PAGE)
        if failure is None:
            return None
        template = QCoreApplication.translate("PagedModel", "This could not be read. {0}")
        return template.format(texts.error_text(failure))

    def waiting_words(self, position: int) -> str:
        """The text in place of a row that is not read yet or could not be read."""
        being_read = QCoreApplication.translate("PagedModel", "Being read…")
        return self.unread_words(position) or being_read

    def _page_row(self, position: int) -> Row | None:
        """The row at a position of the list, or None while it is being read."""
        return self._pages.get(position, self._number_of(self._keys[position]))

    @contextmanager
    def _replaced(self, keys: Sequence[Key]) -> Iterator[None]:
        """Show another list; the block sets what depends on it."""
        self.beginResetModel()
        self._generation += 1
        self._failures.clear()
        self._pages.clear()
        self._keys = keys
        yield
        self.endResetModel()

    def _row_of_position(self, position: int) -> int:
        """The row of the view in which a position of the list stands."""
        return position

    def _fetch(self, page: int) -> None:
        generation, read = self._generation, self._read
        keys = self._keys[page * PAGE : (page + 1) * PAGE]

        def done(rows: Mapping[int, Row]) -> None:
            if generation == self._generation:
                self._pages.put(page, rows)
                self._tell_page(page, len(keys))

        def failed(error: Exception) -> None:
            if generation == self._generation:
                self._failures[page] = error
                self._pages.failed(page)
                self._tell_page(page, len(keys))
                self._session.unread.emit(error, self.read_again)

        self._session.query(lambda case: read(case, keys), done, failed, owner=self)

    def _tell_page(self, page: int, size: int) -> None:
        first = page * PAGE
        last = min(first + size, len(self._keys)) - 1
        if first <= last:
            self._tell_rows(self._row_of_position(first), self._row_of_position(last))

    def _tell_rows(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
