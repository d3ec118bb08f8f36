"""A button that opens a list to choose from: several, or one at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons

Value = TypeVar("Value", bound=Hashable)

_SEARCH_FROM = 12
_SHOWN_ROWS = 14


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """One thing to choose.

    Attributes:
        value: What it stands for.
        text: What it says.
        colour: A dot before it, as ``#rrggbb``; empty for none.
        icon: A picture before it, instead of a dot.
    """

    value: Value
    text: str
    colour: str = ""
    icon: QIcon | None = None


def dot(colour: str, size: int = 12) -> QIcon:
    """A plain square of that colour."""
    picture = QPixmap(size, size)
    picture.fill(QColor(colour))
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def as_opener(button: QToolButton) -> None:
    """Give a button the arrow that says that it opens something."""
    button.setIcon(icons.icon("chevron-down"))
    button.setIconSize(QSize(12, 12))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class ChoicePopup(QFrame):
    """The list under the button.

    Signals:
        toggled: A row was checked or unchecked.
        hidden: The list was put away.
    """

    toggled = Signal()
    hidden = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.search.textChanged.connect(self._narrow)
        self.list.itemActivated.connect(self._turn)
        self.list.itemClicked.connect(self._on_click)
        self._checked_by_box: QListWidgetItem | None = None
        self.list.itemChanged.connect(self._on_changed)

    def open_below(self, button: QWidget) -> None:
        """Show the list under a button, within its screen."""
        self.search.clear()
        count = self.list.count()
        self.search.setVisible(count >= _SEARCH_FROM)
        row = max(self.list.sizeHintForRow(0), 20)
        wide = min(420, max(180, self.list.sizeHintForColumn(0) + 48))
        high = row * min(count, _SHOWN_ROWS) + 14
        if count >= _SEARCH_FROM:
            high += self.search.sizeHint().height() + 6
        self.resize(wide, high)
        screen = button.screen().availableGeometry()
        corner = button.mapToGlobal(QPoint(0, button.height()))
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - wide)))
        if corner.y() + high > screen.bottom():
            corner.setY(max(screen.top(), corner.y() - button.height() - high))
        self.move(corner)
        self.show()
        (self.search if count >= _SEARCH_FROM else self.list).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Report that the list was closed."""
        super().hideEvent(event)
        self.hidden.emit()

    def _narrow(self, text: str) -> None:
        search = text.strip().casefold()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(search not in item.text().casefold())

    def _on_changed(self, item: QListWidgetItem) -> None:
        self._checked_by_box = item
        self.toggled.emit()

    def _on_click(self, item: QListWidgetItem) -> None:
        if self._checked_by_box is not item:
            self._turn(item)
        self._checked_by_box = None

    def _turn(self, item: QListWidgetItem) -> None:
        checked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        self._checked_by_box = None


class ChoiceButton(QToolButton, Generic[Value]):
    """Says what is chosen, and opens the list to choose from.

    Signals:
        changed: The person chose something else.
    """

    changed = Signal()

    def __init__(self, *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._single = single
        self._title = ""
        self._choices: list[Choice[Value]] = []
        self._chosen: list[Value] = []
        self._popup = ChoicePopup(self)
        self._popup.toggled.connect(self._on_toggled)
        self._popup.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        as_opener(self)
        self.clicked.connect(self._open)
        self._popup.hidden.connect(self._say)

    def set_title(self, title: str, search: str = "") -> None:
        """Set the title of the choice and the hint of its search field."""
        self._title = title
        self._popup.search.setPlaceholderText(search)
        self._popup.search.setAccessibleName(search)
        self._popup.list.setAccessibleName(title)
        self._say()

    def set_choices(self, choices: Sequence[Choice[Value]]) -> None:
        """Set the choices; those that were chosen and still exist stay chosen."""
        self._choices = list(choices)
        there = {choice.value for choice in choices}
        self._chosen = [value for value in self._chosen if value in there]
        self._fill()
        self._say()

    def chosen(self) -> list[Value]:
        """What is chosen; nothing means all."""
        return list(self._chosen)

    def choose(self, values: Sequence[Value]) -> None:
        """Choose these without telling `changed`."""
        self._chosen = list(values)
        self._mark()
        self._say()

    def popup(self) -> ChoicePopup:
        """The list under the button."""
        return self._popup

    def _open(self) -> None:
        self._popup.open_below(self)
        self.setChecked(True)

    def _fill(self) -> None:
        rows = self._popup.list
        rows.blockSignals(True)
        rows.clear()
        for choice in self._choices:
            item = QListWidgetItem(choice.text)
            if choice.icon is not None:
                item.setIcon(choice.icon)
            elif choice.colour:
                item.setIcon(dot(choice.colour))
            rows.addItem(item)
        rows.blockSignals(False)
        self._mark()

    def _mark(self) -> None:
        rows = self._popup.list
        rows.blockSignals(True)
        for row, choice in enumerate(self._choices):
            on = choice.value in self._chosen
            state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            rows.item(row).setCheckState(state)
        rows.blockSignals(False)
        rows.viewport().update()

    def _on_toggled(self) -> None:
        rows = self._popup.list
        on = [
            choice.value
            for row, choice in enumerate(self._choices)
            if rows.item(row).checkState() == Qt.CheckState.Checked
        ]
        if self._single and len(on) > 1:
            on = [value for value in on if value not in self._chosen]
        self._chosen = on
        self._mark()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        names = [choice.text for choice in self._choices if choice.value in self._chosen]
        chosen_text = names[0] if len(names) == 1 else str(len(names))
        text = f"{self._title}: {chosen_text}" if names else self._title
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 200))
        self.setToolTip(", ".join(names))
        self.setAccessibleName(text)
        self.setChecked(bool(names) or self._popup.isVisible())
