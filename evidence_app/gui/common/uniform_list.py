"""A list of many lines of one height, which costs the same whether it has ten or a million."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)


class LineView(QTableView):
    """A table of one column that looks like a list.

    Qt's own list asks the model for every row whenever anything changes; its table does not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def line_height(self) -> int:
        """The height of every line, in pixels."""
        return self.verticalHeader().defaultSectionSize()

    def selected_ranges(self) -> list[tuple[int, int]]:
        """The chosen lines in their order, as first and last of each stretch."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return sorted((selection.top(), selection.bottom()) for selection in ranges)

    def measure(self) -> None:
        """Make the lines as high as the delegate wants them with the font of now."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        hint = self.itemDelegate().sizeHint(option, self.rootIndex())
        self.verticalHeader().setDefaultSectionSize(hint.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the lines, now that the font is known."""
        self.measure()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.measure()
