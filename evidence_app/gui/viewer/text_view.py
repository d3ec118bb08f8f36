"""Text of an item, with a search that marks what it finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontDatabase, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.find_bar import FindBar
from evidence_app.model.evidence import PlaceUnit, SourcePlace, TextBlock

_MOST_MARKS = 2000
_MARGIN = 20


class TextView(QWidget):
    """Shows text that can be read and copied, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.document().setDocumentMargin(_MARGIN)
        self.finder = FindBar()
        self._first_line = 1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.finder)
        layout.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        self.finder.sought.connect(self._mark)
        self.finder.stepped.connect(self._step)

    def changeEvent(self, event: QEvent) -> None:
        """Mark in the colours of now."""
        if event.type() == QEvent.Type.PaletteChange:
            self._mark(self.finder.text())
        super().changeEvent(event)

    def show_text(self, blocks: Sequence[TextBlock], text: str = "") -> None:
        """Show the blocks one after the other.

        Args:
            blocks: In their order.
            text: What is searched at once; empty for nothing.
        """
        lines = bool(blocks) and blocks[0].place.unit is PlaceUnit.LINE
        self._first_line = blocks[0].place.number if lines else 1
        joined = "".join if lines else "\n\n".join
        self.text.setPlainText(joined(block.text for block in blocks))
        self.finder.seek(text)

    def go_to(self, place: SourcePlace | None) -> None:
        """Put the cursor on a line."""
        if place is None or place.unit is not PlaceUnit.LINE:
            return
        block = self.text.document().findBlockByNumber(place.number - self._first_line)
        if block.isValid():
            self.text.setTextCursor(QTextCursor(block))
            self.text.centerCursor()

    def _mark(self, text: str) -> None:
        cursors = list(self._places(text)) if text else []
        marked = QTextCharFormat()
        ground = QColor(theme.warn())
        ground.setAlphaF(0.35)
        marked.setBackground(ground)
        marks = []
        for cursor in cursors:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, marked
            marks.append(mark)
        self.text.setExtraSelections(marks)
        self.finder.say_count(len(cursors), at_most=_MOST_MARKS)
        if cursors:
            self.text.setTextCursor(cursors[0])
            self.text.ensureCursorVisible()

    def _places(self, text: str) -> list[QTextCursor]:
        cursors: list[QTextCursor] = []
        document = self.text.document()
        cursor = document.find(text)
        while not cursor.isNull() and len(cursors) < _MOST_MARKS:
            cursors.append(cursor)
            cursor = document.find(text, cursor)
        return cursors

    def _step(self, forward: bool) -> None:
        text = self.finder.text()
        if not text:
            return
        flags = QTextDocument.FindFlag(0) if forward else QTextDocument.FindFlag.FindBackward
        if not self.text.find(text, flags):
            ends = QTextCursor.MoveOperation
            self.text.moveCursor(ends.Start if forward else ends.End)
            self.text.find(text, flags)
