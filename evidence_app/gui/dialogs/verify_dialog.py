"""Checks the case from its bytes, and says plainly what that proves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.errors import Cancelled
from evidence_app.gui import icons, texts, theme
from evidence_app.gui.jobs import Task
from evidence_app.gui.session import Session
from evidence_app.model.verification import MismatchKind, Verification
from evidence_app.services import verification

_STEPS = 1000
_ICON = 28


class VerifyDialog(QDialog):
    """Works while it is open; closing it stops the check."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Check the case"))
        self._icon, self.words = QLabel(), QLabel(self.tr("Every original is read again …"))
        self.words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(self.tr("Progress of the check"))
        self.table = self._make_table()
        hint = QLabel(
            self.tr(
                "This compares the originals and the log with what was written when they came in. "
                "It does not show who wrote a message, nor whether a picture tells the truth."
            )
        )
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.resize(640, 240)
        case = session.case
        self._task = Task(
            lambda task: verification.verify(
                case,
                progress=lambda done, total: task.tell((done, total)),
                is_cancelled=task.is_cancelled,
            ),
            self,
        )
        self._task.progress.connect(self._show_progress)
        self._task.finished.connect(self._show)
        self._task.failed.connect(self._fail)
        self._task.start()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels(
            [self.tr("What"), self.tr("Where"), self.tr("Expected"), self.tr("Found")]
        )
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName(self.tr("What does not agree"))
        table.hide()
        return table

    def done(self, code: int) -> None:
        """Stop the check, and close."""
        self._task.cancel()
        self._task.wait()
        super().done(code)

    def _show_progress(self, state: tuple[int, int]) -> None:
        done, total = state
        self._bar.setValue(round(_STEPS * done / max(total, 1)))

    def _show(self, found: Verification) -> None:
        self._bar.hide()
        good = found.is_intact
        name, colour = ("circle-check", theme.good()) if good else ("triangle-alert", theme.bad())
        self._icon.setPixmap(icons.icon(name, colour).pixmap(_ICON, _ICON))
        if good:
            originals = self.tr(
                "%n original(s) are unchanged since they came in.", "", found.originals
            )
            entries = self.tr("%n line(s) of the log follow each other.", "", found.entries)
            self.words.setText(f"{originals} {entries}")
            return
        self.words.setText(self.tr("%n thing(s) are not as they were.", "", len(found.mismatches)))
        self.table.setRowCount(len(found.mismatches))
        for row, one in enumerate(found.mismatches):
            cells = (self._kind(one.kind), one.where, one.expected, one.found)
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        self.table.show()
        self.resize(860, 480)

    def _kind(self, kind: MismatchKind) -> str:
        return {
            MismatchKind.DATABASE: self.tr("The case file is damaged"),
            MismatchKind.ORIGINAL: self.tr("An original was changed"),
            MismatchKind.ORIGINAL_SIZE: self.tr("An original has another length"),
            MismatchKind.ITEM_ORIGINAL: self.tr("Evidence has another original"),
            MismatchKind.ENTRY_HASH: self.tr("A line of the log was changed"),
            MismatchKind.ENTRY_LINK: self.tr("A line of the log does not follow the one before"),
            MismatchKind.ENTRY_MISSING: self.tr("Lines of the log are missing"),
        }[kind]

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._bar.hide()
            self.words.setText(texts.error_text(error))
