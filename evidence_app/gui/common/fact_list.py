"""Names and values under each other; the values can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme

_BREAK_AFTER = 18


def breakable(text: str) -> str:
    """The text with places where long words, as hashes and file names, may be broken."""
    parts = text.split(" ")
    return " ".join(
        "\u200b".join(word[at : at + _BREAK_AFTER] for at in range(0, len(word), _BREAK_AFTER))
        for word in parts
    )


class FactList(QWidget):
    """Each name small and soft, its value below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._labels: list[QLabel] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show names and values; names without a value are left out."""
        for label in self._labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for name, value in facts:
            if value:
                self._add(name, value)

    def texts(self) -> list[str]:
        """What is shown, names and values in turn."""
        return [label.text().replace("\u200b", "") for label in self._labels]

    def _add(self, name: str, value: str) -> None:
        head = QLabel(name)
        head.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head.setWordWrap(True)
        font = head.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        head.setFont(font)
        body = QLabel(breakable(value))
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setWordWrap(True)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        body.setContentsMargins(0, 0, 0, 6)
        labels = [head, body] if name else [body]
        for label in labels:
            self._column.addWidget(label)
        self._labels += labels


class Section(QWidget):
    """A heading with what belongs to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.SPACE // 2, 0, theme.SPACE // 2)
        self.column.setSpacing(6)
        self.column.addWidget(line)
        self.column.addWidget(self.heading)

    def add(self, *parts: QWidget) -> None:
        """Put parts below each other."""
        for part in parts:
            self.column.addWidget(part)
