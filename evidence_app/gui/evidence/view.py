"""The evidence, as tiles or as lines, with one selection for both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

from evidence_app.gui.evidence.delegates import LineDelegate, TileDelegate
from evidence_app.gui.labels.label_state import apply_tag_shortcut
from evidence_app.model.finding import Subject

if TYPE_CHECKING:
    from evidence_app.gui.evidence.model import ItemsModel
    from evidence_app.gui.session import Session

_TILE = 176
_TILE_HIGH = 216
_TOP = QPoint(12, 12)
_TOGETHER = 400
"""A selection of up to so many items is kept when the list is read anew."""


class ItemView(QListView):
    """Tiles or lines of evidence.

    Attributes:
        opened: The person wants to see an item, by its number.
        chosen: What is selected now, a list of subjects.
    """

    opened = Signal(int)
    chosen = Signal(list)

    def __init__(self, session: Session, model: ItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items = model
        self._selected_ids: list[int] = []
        self._current: int | None = None
        self._top: int | None = None
        self._tiles = TileDelegate(session)
        self._lines = LineDelegate(session)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        self.doubleClicked.connect(self._on_open)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        self.set_tiles(True)

    @property
    def tiles(self) -> bool:
        """Whether items are shown as tiles rather than as lines."""
        return self.flow() is QListView.Flow.LeftToRight

    def set_tiles(self, tiles: bool) -> None:
        """Show tiles, or lines; the selection and what is in view stay."""
        self.setFlow(QListView.Flow.LeftToRight if tiles else QListView.Flow.TopToBottom)
        self.setWrapping(tiles)
        self.setItemDelegate(self._tiles if tiles else self._lines)
        self._fit()
        self.scrollTo(self.currentIndex())

    def subjects(self) -> list[Subject]:
        """What is selected, in the order of the list."""
        return self._items.subjects(self.selected_rows())

    def selected_rows(self) -> list[int]:
        """The rows that are selected, in order."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        return sorted(row for span in ranges for row in range(span.top(), span.bottom() + 1))

    def select(self, item_ids: Sequence[int]) -> None:
        """Select these items and show the first; those that are not listed are left out."""
        rows = [row for item_id in item_ids if (row := self._items.row_of(item_id)) is not None]
        selection = QItemSelection()
        for row in rows:
            index = self._items.index(row, 0)
            selection.select(index, index)
        commands = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, commands.ClearAndSelect)
        if rows:
            current = self._items.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(current, commands.NoUpdate)
            self.scrollTo(current)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is selected now."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit(self.subjects())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, digits put violations on."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._on_open(self.currentIndex())
        elif plain and event.text() and event.text() in "123456789":
            apply_tag_shortcut(self._session, self.subjects(), int(event.text()))
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tiles fill the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.tiles:
            self.setGridSize(QSize())
            return
        # The room of the scroll bar is kept free, lest its coming and going rearrange the tiles.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room = self.contentsRect().width() - bar - 1
        columns = max(1, room // _TILE)
        size = QSize(room // columns, _TILE_HIGH)
        self._tiles.size = size
        self.setGridSize(size)

    def _on_open(self, index: QModelIndex) -> None:
        item_id = self._items.id_at(index.row())
        if item_id is not None:
            self.opened.emit(item_id)

    def _keep(self) -> None:
        subjects = self.subjects()
        self._selected_ids = (
            [subject.id for subject in subjects] if len(subjects) <= _TOGETHER else []
        )
        self._current = self._items.id_at(self.currentIndex().row())
        self._top = self._items.id_at(self.indexAt(_TOP).row())

    def _bring_back(self) -> None:
        item_ids = self._selected_ids
        if self._current in item_ids:
            item_ids = [
                self._current,
                *[item_id for item_id in item_ids if item_id != self._current],
            ]
        top = self._items.row_of(self._top) if self._top is not None else None
        if top is not None:
            self.scrollTo(self._items.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        if item_ids:
            self.select(item_ids)
        self.chosen.emit(self.subjects())
