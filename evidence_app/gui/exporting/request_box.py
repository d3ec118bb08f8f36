"""What the person asks for, as it is printed on the cover."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme

_LINES = 3


class RequestBox(QWidget):
    """Words of the person's own; as long as there are none, the usual ones are shown."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(self.tr("What you ask for (on the cover)"))
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(label.text())
        line = self.words.fontMetrics().lineSpacing()
        self.words.setFixedHeight(_LINES * line + 2 * theme.SPACE)
        label.setBuddy(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(label)
        layout.addWidget(self.words)
        self.words.textChanged.connect(self.changed)

    def text(self) -> str:
        """What the person wrote; empty for the usual words."""
        return self.words.toPlainText().strip()

    def show_usual(self, text: str) -> None:
        """Show what the cover says if the person writes nothing."""
        self.words.setPlaceholderText(text)
