"""The strip above the pages that says how many questions are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from evidence_app.gui.appearance import icons, theme
from evidence_app.model.changes import Area, Changes
from evidence_app.model.question import OpenQuestion
from evidence_app.services import questions

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_ICON = 18


class QuestionBar(QWidget):
    """Seen as long as files could not tell something.

    Signals:
        opened: The person wants to answer.
    """

    opened = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._count = 0
        self._icon = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self.answer = QPushButton()
        self.answer.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self.answer)
        session.changed.connect(self._on_changed)
        self.retranslate()
        self.hide()
        self._read()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.answer.setText(self.tr("Answer…"))
        self._label.setText(
            self.tr(
                "%n question(s) about your files: some things only you can know.", "", self._count
            )
        )
        self._icon.setPixmap(
            icons.icon("circle-question-mark", theme.accent()).pixmap(QSize(_ICON, _ICON))
        )

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.QUESTIONS, Area.ITEMS):
            self._read()

    def _read(self) -> None:
        self._session.query(questions.list_questions, self._take, owner=self)

    def _take(self, open_questions: list[OpenQuestion]) -> None:
        self._count = len(open_questions)
        self.retranslate()
        self.setVisible(bool(open_questions) and not self._session.case.read_only)
