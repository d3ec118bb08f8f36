"""The line above the trash that says where one is, and how to get back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from evidence_app.gui.appearance import icons, theme

_ICON = 18


class TrashBanner(QFrame):
    """Seen as long as the trash is shown.

    Attributes:
        left: The person wants to see the evidence again.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trash_banner")
        self._count = 0
        self._picture, self.words, self.back = QLabel(), QLabel(), QPushButton()
        self.words.setWordWrap(True)
        self.back.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        self.retranslate()
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many items are in the trash."""
        self._count = count
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.words.setText(
            self.tr("Trash: %n item(s). They are neither counted nor exported.", "", self._count)
        )
        self.back.setText(self.tr("Back to the evidence"))
        self._picture.setPixmap(icons.icon("trash-2", theme.warn()).pixmap(QSize(_ICON, _ICON)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()
