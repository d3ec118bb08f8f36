"""The findings of one violation type as a Qt model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from evidence_app.gui.common.event_texts import spoken_finding
from evidence_app.gui.common.paged_model import UNREAD_ROLE, Index, PagedModel
from evidence_app.gui.common.thumbnail_feed import ThumbnailFeed
from evidence_app.gui.findings.rows import FindingRow, read_findings
from evidence_app.model.evidence import ItemKind
from evidence_app.model.finding import Finding
from evidence_app.model.times import zone

if TYPE_CHECKING:
    from evidence_app.gui.session import Session


class FindingRole(IntEnum):
    """What a row tells."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `FindingRow`, or None while it is being read."""
    PICTURE = Qt.ItemDataRole.UserRole + 2
    """A `QPixmap` of the item, if it is a picture; None else, or while it is being read."""


class FindingsModel(PagedModel[Finding, FindingRow]):
    """One finding a row; what it rests on is read when it comes into view."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(
            session,
            lambda case, chosen: read_findings(case, chosen),
            parent,
            number_of=attrgetter("id"),
        )
        self._pictures = ThumbnailFeed(session, self)
        self._pictures.arrived.connect(self._redraw)

    def show(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        if [finding.id for finding in findings] == [finding.id for finding in self._keys]:
            self._keys = findings
            self.read_again()
        else:
            with self._replaced(findings):
                pass

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row tells; see `FindingRole`."""
        row = self.row_at(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            where = zone(self._session.info.timezone)
            return spoken_finding(row, where) if row else self.waiting_words(index.row())
        if role == UNREAD_ROLE:
            return self.unread_words(index.row())
        if role == FindingRole.PICTURE and row is not None and row.item.kind is ItemKind.PICTURE:
            return self._pictures.get(row.item.id)
        return row if role == FindingRole.ROW else None

    def _redraw(self) -> None:
        last = self.rowCount() - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0), [FindingRole.PICTURE])

    def finding_at(self, row: int) -> Finding | None:
        """The finding of a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def findings_in(self, ranges: Iterable[tuple[int, int]]) -> list[Finding]:
        """The findings between the first and the last row of each stretch."""
        return [finding for first, last in ranges for finding in self._keys[first : last + 1]]

    def row_at(self, row: int) -> FindingRow | None:
        """The finding with what it rests on, or None while that is being read."""
        return self._page_row(row) if self.finding_at(row) else None
