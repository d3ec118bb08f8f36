"""The findings of one violation type as a Qt model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_app.gui.common.event_texts import spoken_finding
from evidence_app.gui.common.pages import PAGE, Pages
from evidence_app.gui.findings.rows import FindingRow, read_findings
from evidence_app.model.times import zone

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.finding import Finding

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FindingRole(IntEnum):
    """What a row tells."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `FindingRow`, or None while it is being read."""


class FindingsModel(QAbstractTableModel):
    """One finding a row; what it rests on is read when it comes into view."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._findings: Sequence[Finding] = ()
        self._generation = 0
        self._pages: Pages[FindingRow] = Pages(self._fetch)

    def show(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        same = [one.id for one in findings] == [one.id for one in self._findings]
        self._generation += 1
        if same:
            self._findings = findings
            self.read_again()
            return
        self.beginResetModel()
        self._findings = findings
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many findings there are."""
        return 0 if parent.isValid() else len(self._findings)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row tells; see `FindingRole`."""
        row = self.row_at(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            where = zone(self._session.info.timezone)
            return spoken_finding(row, where) if row else self.tr("Being read …")
        return row if role == FindingRole.ROW else None

    def finding_at(self, row: int) -> Finding | None:
        """The finding of a row."""
        return self._findings[row] if 0 <= row < len(self._findings) else None

    def findings_in(self, ranges: Iterable[tuple[int, int]]) -> list[Finding]:
        """The findings between the first and the last row of each stretch."""
        return [one for first, last in ranges for one in self._findings[first : last + 1]]

    def row_at(self, row: int) -> FindingRow | None:
        """The finding with what it rests on, or None while that is being read."""
        finding = self.finding_at(row)
        return self._pages.get(row, finding.id) if finding else None

    def _fetch(self, page: int) -> None:
        generation = self._generation
        wanted = self._findings[page * PAGE : (page + 1) * PAGE]

        def done(rows: Mapping[int, FindingRow]) -> None:
            if generation == self._generation:
                self._pages.put(page, rows)
                self._tell(page * PAGE, page * PAGE + len(wanted) - 1)

        def failed(error: Exception) -> None:
            if generation == self._generation:
                self._pages.failed(page)
                self._session.unread.emit(error, self.read_again)

        self._session.query(lambda case: read_findings(case, wanted), done, failed, owner=self)

    def read_again(self) -> None:
        """Read every line anew; what is shown stays until then."""
        self._generation += 1
        self._pages.expire()
        self._tell(0, len(self._findings) - 1)

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
