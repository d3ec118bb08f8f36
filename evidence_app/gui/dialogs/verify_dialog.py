"""Checks the case from its bytes, and says plainly what that proves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.errors import Cancelled
from evidence_app.gui import icons, texts, theme, verify_words
from evidence_app.gui.dialogs.proof_dialog import ProofDialog
from evidence_app.gui.jobs import Task
from evidence_app.gui.session import Session
from evidence_app.gui.widgets.check_code import CheckCode
from evidence_app.model.verification import Verification
from evidence_app.services import custody, verification
from evidence_app.services.cases import CaseFile

_STEPS = 1000
_ICON = 28


@dataclass(frozen=True, slots=True)
class _Outcome:
    found: Verification
    code: str


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
        self.keys = QLabel()
        self.keys.setWordWrap(True)
        self.keys.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.code = CheckCode(session)
        for part in (self.keys, self.code):
            part.hide()
        self._lay_out()
        case = session.case
        self._task = Task(lambda task: _check(case, task), self)
        self._task.progress.connect(self._show_progress)
        self._task.finished.connect(self._show)
        self._task.failed.connect(self._fail)
        self._task.start()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        more = QPushButton(self.tr("What this proves, and what not"))
        more.setAutoDefault(False)
        more.clicked.connect(self._explain)
        buttons.addButton(more, QDialogButtonBox.ButtonRole.HelpRole)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self._icon)
        head.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.keys)
        layout.addWidget(self.code)
        layout.addWidget(buttons)
        self.resize(640, 200)

    def _explain(self) -> None:
        ProofDialog(self).open()

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

    def _show(self, outcome: _Outcome) -> None:
        found = outcome.found
        self._bar.hide()
        good = found.is_intact
        name, colour = ("circle-check", theme.good()) if good else ("triangle-alert", theme.bad())
        self._icon.setPixmap(icons.icon(name, colour).pixmap(_ICON, _ICON))
        if good:
            self.words.setText(self._good_words(found))
        else:
            self.words.setText(
                self.tr("%n thing(s) are not as they were.", "", len(found.mismatches))
            )
            self._list(found)
        self.keys.setText("\n".join(self._key_lines(found)))
        self.keys.setVisible(bool(found.signers))
        self.code.show_code(outcome.code)
        self.code.show()
        self.resize(860 if found.mismatches else 680, 520 if found.mismatches else 320)

    def _good_words(self, found: Verification) -> str:
        originals = self.tr("%n original(s) are unchanged since they came in.", "", found.originals)
        rows = self.tr("%n other thing(s) are as the log says.", "", found.rows)
        entries = self.tr("%n line(s) of the log follow each other.", "", found.entries)
        return f"{originals} {rows} {entries}"

    def _key_lines(self, found: Verification) -> list[str]:
        lines = []
        for one in found.signers:
            words = (
                self.tr("Lines {0} to {1} are signed with the key of this computer: {2}")
                if one.is_own
                else self.tr("Lines {0} to {1} are signed with the key of another computer: {2}")
            )
            lines.append(words.format(one.first, one.last, one.public_key))
        if found.unsigned:
            lines.append(self.tr("%n line(s) are older than the signatures.", "", found.unsigned))
        return lines

    def _list(self, found: Verification) -> None:
        self.table.setRowCount(len(found.mismatches))
        for row, one in enumerate(found.mismatches):
            cells = (
                verify_words.kind(one.kind),
                verify_words.where(one),
                one.expected,
                one.found,
            )
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        self.table.show()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._bar.hide()
            self.words.setText(texts.error_text(error))


def _check(case: CaseFile, task: Task) -> _Outcome:
    found = verification.verify(
        case,
        progress=lambda done, total: task.tell((done, total)),
        is_cancelled=task.is_cancelled,
    )
    return _Outcome(found, custody.check_code(case))
