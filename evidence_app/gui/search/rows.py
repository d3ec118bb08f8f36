"""What the list of a search shows: headings, and hits below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from evidence_app.gui.appearance import texts
from evidence_app.gui.evidence.rows import read_thumbnails
from evidence_app.gui.evidence.thumbnails import Thumbnails
from evidence_app.gui.search.kind_chips import count_words
from evidence_app.model.evidence import ItemKind
from evidence_app.model.search import Hit, HitKind, SearchResult

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPixmap

    from evidence_app.gui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PICTURED = frozenset({ItemKind.PICTURE, ItemKind.VIDEO})
"""What items are known by their look."""


class HitRole(IntEnum):
    """What a row tells."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """A `Heading` or a `Hit`."""
    THUMBNAIL = Qt.ItemDataRole.UserRole + 2
    """A small picture of a hit's item, null if it has none; None while it is on the way."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins the hits of one kind.

    Attributes:
        kind: Which.
        shown: How many follow.
        count: How many there are, as it is said.
        is_all: Whether all that there are follow.
    """

    kind: HitKind
    shown: int
    count: str
    is_all: bool


class HitsModel(QAbstractTableModel):
    """The hits of a search by kind, each kind under its heading."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: Sequence[Heading | Hit] = ()
        self._thumbnails = Thumbnails(self._fetch_thumbnails)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._thumbnails.ask)

    def show(self, result: SearchResult) -> None:
        """Show what was found."""
        rows: list[Heading | Hit] = []
        for kind in HitKind:
            hits = result.hits.get(kind, ())
            if hits:
                is_all = result.counts[kind] == len(hits) and kind not in result.unfinished
                rows += [Heading(kind, len(hits), count_words(result, kind), is_all), *hits]
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Headings and hits."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading cannot be chosen, and keys pass it by."""
        if isinstance(self.row_at(index.row()), Hit):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row tells; see `HitRole`."""
        row = self.row_at(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        if role == HitRole.THUMBNAIL:
            return self._thumbnail(row)
        return row if role == HitRole.ROW else None

    def row_at(self, row: int) -> Heading | Hit | None:
        """The heading or hit of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def first_hit(self) -> int | None:
        """The row of the first hit."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, Hit)), None)

    def heading(self, heading: Heading) -> str:
        """What a heading says."""
        name = texts.hit_kind(heading.kind)
        if heading.is_all:
            return f"{name} · {heading.count}"
        count_text = self.tr("%n shown", "", heading.shown)
        return f"{name} · {heading.count} · {count_text}"

    def _thumbnail(self, row: Heading | Hit | None) -> QPixmap | None:
        if not isinstance(row, Hit) or row.item is None or row.item.kind not in _PICTURED:
            return None
        picture = self._thumbnails.get(row.item.id)
        if picture is None:
            self._asking.start()
        return picture

    def _fetch_thumbnails(self, ids: Sequence[int]) -> None:
        def done(pictures: Mapping[int, QImage]) -> None:
            self._thumbnails.put(pictures)
            if self._rows:
                last = self.index(len(self._rows) - 1, 0)
                self.dataChanged.emit(self.index(0, 0), last, [HitRole.THUMBNAIL])

        def failed(_error: Exception) -> None:
            done({})

        self._session.query(lambda case: read_thumbnails(case, ids), done, failed, owner=self)

    def _spoken(self, row: Heading | Hit | None) -> str:
        if isinstance(row, Heading):
            return self.heading(row)
        if row is None:
            return ""
        is_finding = row.kind is HitKind.FINDING
        title = texts.violation_name(row.title) if is_finding else row.title
        return f"{title}: {row.snippet.text}"
