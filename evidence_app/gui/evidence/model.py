"""The evidence as a Qt model: numbers for all items, the rest only for those in view."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer

from evidence_app.gui.appearance import texts
from evidence_app.gui.common.paged_model import UNREAD_ROLE, Index, PagedModel
from evidence_app.gui.evidence.rows import (
    ItemOrdering,
    ItemRow,
    read_item_rows,
    read_ordering,
    read_thumbnails,
)
from evidence_app.gui.evidence.thumbnails import Thumbnails
from evidence_app.model.changes import Area, Changes
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.model.finding import Subject, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage, QPixmap

    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

_LABELS = (Area.TAGS, Area.FINDINGS)


class ItemRole(IntEnum):
    """What a row tells besides its title."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `ItemRow`; None while it is being read."""
    THUMBNAIL = Qt.ItemDataRole.UserRole + 2
    """A `QPixmap`, null if there is none; None while it is being read."""


class ItemsModel(PagedModel[int, ItemRow]):
    """The wanted items, one row each, with their small pictures."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, _reading(""), parent)
        self._filter = ItemFilter()
        self._sort = (ItemOrder.TIME, False)
        self._ordering: ItemOrdering | None = None
        self._places: dict[int, int] = {}
        self._thumbnails = Thumbnails(self._fetch_thumbnails)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._thumbnails.ask)
        session.changed.connect(self._on_changed)

    @property
    def ordering(self) -> ItemOrdering | None:
        """What is shown; None until it has been read for the first time."""
        return self._ordering

    @property
    def item_filter(self) -> ItemFilter:
        """Which items are wanted."""
        return self._filter

    def show(self, item_filter: ItemFilter, order: ItemOrder, descending: bool = False) -> None:
        """Read which items are wanted and show those."""
        self._filter, self._sort = item_filter, (order, descending)
        self._read = _reading(item_filter.text)
        self.reload()

    def reload(self) -> None:
        """Read the order anew; what is shown stays until then."""
        item_filter, (order, descending) = self._filter, self._sort
        self.listing.ask(
            lambda case: read_ordering(case, item_filter, order, descending), self._take
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row tells; see `ItemRole`."""
        if role == ItemRole.THUMBNAIL:
            return self.thumbnail_at(index.row())
        if role == UNREAD_ROLE:
            return self.unread_words(index.row())
        row = self.row_at(index.row())
        if role == ItemRole.ROW or row is None:
            is_spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return self.waiting_words(index.row()) if is_spoken else row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.item.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explained(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = row.words if row.found is None else row.found.text
            parts = (row.item.title, texts.item_kind(row.item.kind), text)
            return ", ".join(filter(None, parts))
        return None

    def id_at(self, row: int) -> int | None:
        """The number of the item of a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_at(self, row: int) -> ItemRow | None:
        """The item of a row, or None while it is being read."""
        return None if self.id_at(row) is None else self._page_row(row)

    def thumbnail_at(self, row: int) -> QPixmap | None:
        """The picture of a row, null if there is none, or None while it is being read."""
        item_id = self.id_at(row)
        if item_id is None:
            return None
        picture = self._thumbnails.get(item_id)
        if picture is None:
            self._asking.start()
        return picture

    def row_of(self, item_id: int) -> int | None:
        """Where an item stands; None if it is not shown."""
        return self._places.get(item_id)

    def subjects(self, rows: Sequence[int]) -> list[Subject]:
        """The items of these rows, to be labelled."""
        item_ids = [self.id_at(row) for row in rows]
        return [Subject(SubjectKind.ITEM, item_id) for item_id in item_ids if item_id is not None]

    def _take(self, ordering: ItemOrdering) -> None:
        if self._ordering is not None and self._ordering.ids == ordering.ids:
            self._ordering = ordering
            self.read_again()
        else:
            with self._replaced(ordering.ids):
                self._ordering = ordering
                self._places = {item_id: row for row, item_id in enumerate(ordering.ids)}
        self.loaded.emit()

    def _fetch_thumbnails(self, ids: Sequence[int]) -> None:
        def done(pictures: Mapping[int, QImage]) -> None:
            self._thumbnails.put(pictures)
            for item_id in ids:
                row = self.row_of(item_id)
                if row is not None:
                    self._tell_rows(row, row)

        def failed(_error: Exception) -> None:
            done({})

        self._session.query(lambda case: read_thumbnails(case, ids), done, failed, owner=self)

    def _explained(self, row: ItemRow) -> str:
        item = row.item
        lines = [item.title, f"{texts.item_kind(item.kind)} · {texts.size(item.size)}"]
        lines += [text for text in (row.words, row.found and row.found.text) if text]
        lines += [texts.violation_name(code) for code in row.labels.violations]
        lines += [tag.name for tag in row.labels.tags]
        return "\n".join(lines)

    def _on_changed(self, changes: Changes) -> None:
        narrowed = self._filter.tag_id is not None or self._filter.violation is not None
        labelled = changes.touches(*_LABELS)
        if changes.touches(Area.ITEMS, Area.CASE) or (narrowed and labelled):
            self.reload()
        elif labelled and self._ordering is not None:
            self.read_again()


def _reading(searched: str) -> Callable[[CaseFile, Sequence[int]], Mapping[int, ItemRow]]:
    """Reads rows of which it is said where these words stand."""
    return lambda case, ids: read_item_rows(case, ids, searched)
