"""What a view says when it has nothing to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, texts

_ICON = 40
_WIDEST = 460


class EmptyState(QWidget):
    """A picture, a sentence, and what to do.

    Attributes:
        act_wanted: The person wants what the button says.
    """

    act_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._again: Callable[[], None] | None = None
        self.picture, self.title, self.advice = QLabel(), QLabel(), QLabel()
        self.act = QPushButton()
        self.act.clicked.connect(self._act)
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.addStretch(2)
        for label in (self.picture, self.title, self.advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.title.setFont(font)
        self.advice.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def say(self, icon: str, title: str, advice: str, act: str = "") -> None:
        """Show these words under the icon of that name, and a button if ``act`` names one."""
        self._again = None
        self._name = icon
        self.title.setText(title)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self._draw()

    def say_unread(self, error: Exception, again: Callable[[], None]) -> None:
        """Say that what belongs here could not be read, and offer to try ``again``."""
        title, act = self.tr("This list could not be read"), self.tr("Try again")
        self.say("triangle-alert", title, texts.error_text(error), act)
        self._again = again

    def _act(self) -> None:
        if self._again is not None:
            self._again()
        else:
            self.act_wanted.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        if self._name:
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            self.picture.setPixmap(icons.icon(self._name, colour).pixmap(_ICON, _ICON))
