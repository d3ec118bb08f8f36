"""A field for the person's own words on one thing, saved when it is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_LINES = 3


class NoteField(QPlainTextEdit):
    """Shows the note of one thing and tells when the person has changed it.

    Signals:
        edited: The number of the thing, and its new note.
    """

    edited = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: int | None = None
        self._saved = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 14)
        self.setEnabled(False)

    def show_note(self, key: int | None, note: str) -> None:
        """Save what was typed, then show another note; None shows none."""
        if key == self._key and note == self._saved:
            return
        if key != self._key:
            self.save()
        self._key, self._saved = key, note
        self.setPlainText(note)
        self.setEnabled(key is not None)

    def save(self) -> None:
        """Emit the typed text, if it changed."""
        text = self.toPlainText().strip()
        if self._key is not None and text != self._saved.strip():
            self._saved = text
            self.edited.emit(self._key, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save what was typed."""
        super().focusOutEvent(event)
        self.save()
