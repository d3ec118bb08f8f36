"""A bar for searching in the text that is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from evidence_app.gui.appearance import icons

_TYPING_PAUSE_MS = 200


class FindBar(QWidget):
    """Words to seek, how often they occur, and steps to the next and the last place.

    Attributes:
        sought: Other words are sought; empty for none.
        stepped: The next place is wanted (true), or the one before.
    """

    sought = Signal(str)
    stepped = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(clearButtonEnabled=True)
        self.count = QLabel()
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.previous = QToolButton()
        self.next = QToolButton()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        layout.addWidget(self.previous)
        layout.addWidget(self.next)
        self.field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(lambda: self.sought.emit(self.text()))
        self.previous.clicked.connect(lambda: self.stepped.emit(False))
        self.next.clicked.connect(lambda: self.stepped.emit(True))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.field.setPlaceholderText(self.tr("Find here"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.previous.setIcon(icons.icon("chevron-up"))
        self.previous.setToolTip(self.tr("Previous place"))
        self.next.setIcon(icons.icon("chevron-down"))
        self.next.setToolTip(self.tr("Next place"))
        for button in (self.previous, self.next):
            button.setAccessibleName(button.toolTip())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def text(self) -> str:
        """What is sought."""
        return self.field.text().strip()

    def seek(self, text: str) -> None:
        """Seek these words at once."""
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self.sought.emit(self.text())

    def say_count(self, count: int, at_most: int) -> None:
        """Say how often the words occur.

        Args:
            count: The places that were found.
            at_most: Where counting stopped.
        """
        count_text = QLocale().toString(count) + ("+" if count >= at_most else "")
        self.count.setText(count_text if self.text() else "")
        for button in (self.previous, self.next):
            button.setEnabled(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next place, with Shift to the one before."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
