"""The strip at the foot of the window that shows how far an import is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.importing.import_queue import LaneProgress

_STEPS = 1000


class ImportBar(QWidget):
    """Progress, estimate and a way to stop.

    Attributes:
        cancelled: The person wants to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._time_left = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._stop = QPushButton()
        self._stop.clicked.connect(self._on_stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._label, 2)
        layout.addWidget(self._bar, 3)
        layout.addWidget(self._time_left)
        layout.addWidget(self._stop)
        self._label.setMinimumWidth(0)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say everything anew."""
        self._stop.setText(self.tr("Cancel"))
        self._bar.setAccessibleName(self.tr("Progress of the import"))

    def show_progress(self, progress: LaneProgress) -> None:
        """Show how far the import is."""
        state = progress.state
        name = self.fontMetrics().elidedText(
            state.current, Qt.TextElideMode.ElideMiddle, max(self.width() // 3, 120)
        )
        number = min(state.done_files + 1, state.total_files)
        text = self.tr("{0} of {1}: {2}").format(number, state.total_files, name)
        if progress.waiting:
            text += " " + self.tr("(+%n waiting)", "", progress.waiting)
        self._label.setText(text)
        self._bar.setValue(round(_STEPS * state.share))
        self._time_left.setText(self._left_words(progress.left_s))
        self._stop.setEnabled(True)
        self.show()

    def _left_words(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < 60:
            return self.tr("less than a minute left")
        return self.tr("about %n minute(s) left", "", round(seconds / 60))

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._label.setText(self.tr("Stopping…"))
        self.cancelled.emit()
