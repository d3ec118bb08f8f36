"""The view of an original that the program cannot show: the reason, its hash, a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.common.event_texts import kind_icon
from evidence_app.gui.common.fact_list import breakable
from evidence_app.gui.viewer.original_actions import copy_hash, save_original

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.evidence import Item

_ICON = 48
_WIDEST = 560


class PlainPane(QWidget):
    """Says that an original is safe though it cannot be shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item: Item | None = None
        self.picture, self.title, self.label, self.hash = (QLabel() for _ in range(4))
        self.save = QPushButton()
        self.copy = QPushButton()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.title.setFont(font)
        self.hash.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.label, self.hash):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        # The labels share one width: how high a text is that wraps depends on it.
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        layout = QVBoxLayout(middle)
        layout.setSpacing(theme.SPACE)
        layout.addStretch(1)
        for label in (self.picture, self.title, self.label, self.hash):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(2)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(middle, _WIDEST)
        outer.addStretch(1)
        self.save.clicked.connect(self._save)
        self.copy.clicked.connect(self._copy)
        self.setFocusProxy(self.save)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.save.setText(self.tr("Save a copy…"))
        self.copy.setText(self.tr("Copy the SHA-256 value"))
        if self._item is not None:
            self.show_item(self._item)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_item(self, item: Item) -> None:
        """Show another item."""
        self._item = item
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self.picture.setPixmap(icons.icon(kind_icon(item.kind), colour).pixmap(_ICON, _ICON))
        self.title.setText(breakable(item.filename))
        self.label.setText(self._why(item))
        half = len(item.sha256) // 2
        self.hash.setText(f"SHA-256\n{item.sha256[:half]}\n{item.sha256[half:]}")

    def _why(self, item: Item) -> str:
        size = texts.size(item.size)
        if item.size == 0:
            return self.tr("This file is empty (0 bytes). It is kept as it came.")
        return self.tr(
            "The program cannot show this file ({0}). It is kept unaltered, counts as evidence "
            "like any other, and can be saved and opened with another program."
        ).format(size)

    def _save(self) -> None:
        if self._item is not None:
            save_original(self._session, self._item, self)

    def _copy(self) -> None:
        if self._item is not None:
            copy_hash(self._item)
