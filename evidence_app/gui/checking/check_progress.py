"""How a check goes, and how it ended: a bar, then a sign and a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, theme
from evidence_app.progress import ProgressState

_STEPS = 1000
_ICON = 28


class Verdict(QWidget):
    """The upper part of a dialog that checks something.

    Args:
        waiting: What is said while it is checked.
    """

    def __init__(self, waiting: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(waiting)
        self.label.setWordWrap(True)
        self._icon = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(self.tr("Progress of the check"))
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self._icon)
        head.addWidget(self.label, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(head)
        layout.addWidget(self._bar)

    def show_progress(self, state: ProgressState) -> None:
        """Show which share was read."""
        self._bar.setValue(round(_STEPS * state.share))

    def end(self, text: str, *, is_good: bool) -> None:
        """Say how it ended."""
        name, colour = (
            ("circle-check", theme.good()) if is_good else ("triangle-alert", theme.bad())
        )
        self._icon.setPixmap(icons.icon(name, colour).pixmap(_ICON, _ICON))
        self._bar.hide()
        self.label.setText(text)
