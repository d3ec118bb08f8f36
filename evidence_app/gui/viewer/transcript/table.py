"""The lines of a transcript with their times; each can be edited where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from evidence_app.gui.timeline.delegate import bold
from evidence_app.gui.viewer.transcript import clock
from evidence_app.model.mark import Stretch
from evidence_app.model.transcript import TranscriptLine, TranscriptOrigin

_FROM, _TO, _WHO, _WORDS = range(4)


class TranscriptTable(QTableWidget):
    """Rows in the order of the recording.

    Attributes:
        line_chosen: The person clicked on a `TranscriptLine`, or pressed Enter on it.
        words_edited: A line's number, and what the person typed in place of its words.
        times_edited: A line's number, and the `Stretch` that the person typed.
    """

    line_chosen = Signal(object)
    words_edited = Signal(int, str)
    times_edited = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._lines: Sequence[TranscriptLine] = ()
        self._is_writable = True
        self._current: frozenset[int] = frozenset()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        self.cellClicked.connect(lambda row, _column: self._choose(row))
        self.itemChanged.connect(self._on_edited)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setHorizontalHeaderLabels(
            [self.tr("From"), self.tr("To"), self.tr("Speaker"), self.tr("Words")]
        )
        self.setAccessibleName(self.tr("Transcript"))
        self.setToolTip(self.tr("Click to hear it from there; double-click to change it."))

    def show_lines(self, lines: Sequence[TranscriptLine], *, is_writable: bool) -> None:
        """Show other lines; what is chosen stays chosen if it is still there."""
        chosen = {line.id for line in self.chosen()}
        self._lines, self._is_writable, self._current = lines, is_writable, frozenset()
        blocked = QSignalBlocker(self)
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self._fill(row, line)
        self.setColumnHidden(_WHO, not any(line.speaker for line in lines))
        self.clearSelection()
        for row, line in enumerate(lines):
            if line.id in chosen:
                self.selectRow(row)
        blocked.unblock()

    def _fill(self, row: int, line: TranscriptLine) -> None:
        stretch = line.stretch
        times = (clock.written(stretch.start_s), clock.written(stretch.end_s))
        sides = {"left": self.tr("Left channel"), "right": self.tr("Right channel")}
        is_heard = line.origin is TranscriptOrigin.SPEECH
        speaker = sides.get(line.speaker, line.speaker) if is_heard else line.speaker
        for column, text in enumerate((*times, speaker, line.words)):
            cell = QTableWidgetItem(text)
            if column == _WHO or not self._is_writable:
                cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
            is_time = column in (_FROM, _TO)
            side = Qt.AlignmentFlag.AlignRight if is_time else Qt.AlignmentFlag.AlignLeft
            cell.setTextAlignment(side | Qt.AlignmentFlag.AlignTop)
            if column == _WORDS and line.corrected is not None:
                tip = self.tr("Corrected by you. The program read: {0}").format(line.text)
                cell.setToolTip(tip)
            if line.is_doubtful:
                cell.setForeground(self.palette().placeholderText())
                cell.setToolTip(self.tr("The program is unsure of these words. Please listen."))
            self.setItem(row, column, cell)

    def chosen(self) -> list[TranscriptLine]:
        """The lines that are chosen, in their order."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self._lines[row] for row in rows if row < len(self._lines)]

    def follow(self, seconds: float) -> None:
        """Show the lines spoken at a place in bold, and scroll to the first of them."""
        now = frozenset(
            row
            for row, line in enumerate(self._lines)
            if line.stretch.start_s <= seconds < line.stretch.end_s
        )
        if now == self._current:
            return
        blocked = QSignalBlocker(self)
        for row in self._current | now:
            self._set_bold(row, row in now)
        self._current = now
        blocked.unblock()
        if now and self.state() is not QAbstractItemView.State.EditingState:
            self.scrollTo(self.model().index(min(now), _WORDS))

    def current_rows(self) -> frozenset[int]:
        """The rows that are spoken at the current place."""
        return self._current

    def _set_bold(self, row: int, is_bold: bool) -> None:
        for column in range(self.columnCount()):
            cell = self.item(row, column)
            if cell is not None:
                cell.setFont(bold(self.font()) if is_bold else QFont(self.font()))

    def _choose(self, row: int) -> None:
        self.line_chosen.emit(self._lines[row])

    def _on_edited(self, cell: QTableWidgetItem) -> None:
        line = self._lines[cell.row()]
        if cell.column() == _WORDS:
            self.words_edited.emit(line.id, cell.text())
            return
        seconds = clock.read(cell.text())
        start_s, end_s = line.stretch.start_s, line.stretch.end_s
        if seconds is None:
            stretch = line.stretch
        elif cell.column() == _FROM:
            stretch = Stretch(seconds, end_s)
        else:
            stretch = Stretch(start_s, seconds)
        self.times_edited.emit(line.id, stretch)
