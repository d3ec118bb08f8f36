"""Says beside a field what is missing there before the dialog can go on."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from evidence_app.gui.appearance import theme


class MissingHint(QLabel):
    """A short sentence below a field; takes no room while nothing is missing."""

    def __init__(self, field: QWidget) -> None:
        """Make the hint.

        Args:
            field: The field that it is about: who listens to the screen hears it there.
        """
        super().__init__()
        self._field = field
        self.setWordWrap(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.warn())
        self.setPalette(palette)
        self.say("")

    def say(self, text: str) -> None:
        """Show what is missing; nothing for an empty text."""
        self.setText(text)
        self.setVisible(bool(text))
        self._field.setAccessibleDescription(text)
        self._make_room()

    def _make_room(self) -> None:
        """Let the dialog grow to fit the sentence; it never shrinks under the pointer."""
        window, layout = self.window(), self.window().layout()
        if layout is None or not window.isVisible():
            return
        layout.activate()
        needed = max(layout.totalHeightForWidth(window.width()), layout.minimumSize().height())
        if needed > window.height():
            window.resize(window.width(), needed)
