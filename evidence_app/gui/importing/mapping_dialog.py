"""What the columns of an unknown table hold, said by the person over a look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.errors import EvidenceError
from evidence_app.gui.appearance import texts, theme
from evidence_app.model.question import TableMapping
from evidence_app.services import column_mappings

_MOST_WORDS = 12
_FEWEST_COLUMNS = 2
_CHOICE_ROW = 0
_COLUMN_WIDTH = 190


class MappingDialog(QDialog):
    """The first rows of a table, with a choice above each column.

    Signals:
        chosen: The `TableMapping`.
    """

    chosen = Signal(object)

    def __init__(
        self, detail: Mapping[str, Any], filename: str, parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            detail: That of the question: ``rows``, ``guess``, ``heading_row``.
            filename: The table's file.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows: list[list[str]] = [list(map(str, row)) for row in detail.get("rows", ())]
        self._width = max((len(row) for row in self._rows), default=0)
        self.choices = [QComboBox() for _ in range(self._width)]
        self.has_heading = QCheckBox(self.tr("The first row holds the names of the columns"))
        self.has_heading.setChecked(int(detail.get("heading_row", -1)) >= 0)
        self.table = QTableWidget(len(self._rows) + 1, self._width)
        self.words: dict[str, QComboBox] = {}
        self._words_box = QGroupBox(self.tr("What these words mean"))
        self._words_form = QFormLayout(self._words_box)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._build(filename)
        self._fill(detail.get("guess", {}))

    def _build(self, filename: str) -> None:
        self.setWindowTitle(self.tr("Columns of {0}").format(filename))
        hint = QLabel(
            self.tr(
                "Choose above each column what it holds. The time is needed, and the number if "
                "there is one; columns that do not matter can be left out."
            )
        )
        hint.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setDefaultSectionSize(_COLUMN_WIDTH)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName(self.tr("First rows of the table"))
        save = QPushButton(self.tr("Save for other computers…"))
        save.setAutoDefault(False)
        save.clicked.connect(self._save)
        self._buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.has_heading)
        layout.addWidget(self._words_box)
        layout.addWidget(self._problem)
        layout.addWidget(self._buttons)
        self.resize(860, 560)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self.has_heading.toggled.connect(self._check)

    def _names(self) -> dict[str, str]:
        return {
            "": self.tr("Leave out"),
            "time": self.tr("Date and time"),
            "date": self.tr("Date alone"),
            "clock": self.tr("Time of day alone"),
            "number": self.tr("The other side’s number"),
            "caller": self.tr("Who called"),
            "callee": self.tr("Who was called"),
            "direction": self.tr("Incoming or outgoing"),
            "outcome": self.tr("Whether it was answered"),
            "duration": self.tr("Duration"),
            "minutes": self.tr("Duration in minutes"),
            "seconds": self.tr("Duration in seconds"),
            "name": self.tr("Name"),
            "text": self.tr("Text of a message"),
        }

    def _fill(self, guess: Mapping[str, int]) -> None:
        by_column = {int(position): name for name, position in guess.items()}
        for column, box in enumerate(self.choices):
            for code, name in self._names().items():
                box.addItem(name, code)
            box.setCurrentIndex(max(0, box.findData(by_column.get(column, ""))))
            box.setAccessibleName(self.tr("What column {0} holds").format(column + 1))
            box.currentIndexChanged.connect(self._check)
            self.table.setCellWidget(_CHOICE_ROW, column, box)
        for number, row in enumerate(self._rows, 1):
            for column, cell in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem(cell))
        self._check()

    def _body(self) -> Sequence[Sequence[str]]:
        return self._rows[1:] if self.has_heading.isChecked() else self._rows

    def _columns(self) -> dict[str, int]:
        columns: dict[str, int] = {}
        for column, box in enumerate(self.choices):
            if code := box.currentData():
                columns.setdefault(code, column)
        if "date" in columns and "time" not in columns:
            columns["time"] = columns.pop("date")
        return columns

    def _check(self) -> None:
        columns = self._columns()
        self._ask_words(columns.get("direction"))
        chosen = [box.currentData() for box in self.choices if box.currentData()]
        problem = ""
        if len(set(chosen)) < len(chosen):
            problem = self.tr("Two columns have the same meaning. Please change one.")
        elif "time" not in columns:
            problem = self.tr("Please say which column holds the date and time.")
        elif len(columns) < _FEWEST_COLUMNS:
            problem = self.tr("Please say what one more column holds: the number, or the duration.")
        self._problem.setText(problem)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)

    def _ask_words(self, column: int | None) -> None:
        """Ask what each word of the direction column means."""
        cell_words: list[str] = []
        if column is not None:
            cells = (row[column].strip() for row in self._body() if column < len(row))
            cell_words = [word for word in dict.fromkeys(cells) if word][:_MOST_WORDS]
        if list(self.words) == cell_words:
            return
        while self._words_form.rowCount():
            self._words_form.removeRow(0)
        self.words = {}
        for word in cell_words:
            box = QComboBox()
            box.addItem(self.tr("Preview"), "")
            box.addItem(self.tr("Came in"), "incoming")
            box.addItem(self.tr("Went out"), "outgoing")
            box.addItem(self.tr("Missed"), "missed")
            self.words[word] = box
            self._words_form.addRow(word, box)
        self._words_box.setVisible(bool(cell_words))

    def mapping(self) -> TableMapping:
        """What the person said."""
        heading = tuple(self._rows[0]) if self.has_heading.isChecked() and self._rows else ()
        directions = {word: box.currentData() for word, box in self.words.items()}
        return TableMapping(
            self._columns(), heading, {word: code for word, code in directions.items() if code}
        )

    def _accept(self) -> None:
        self.chosen.emit(self.mapping())
        self.accept()

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save what the columns hold"), "columns.json", "JSON (*.json)"
        )
        if not name:
            return
        try:
            column_mappings.save(Path(name), self.mapping())
        except EvidenceError as error:
            QMessageBox.warning(self, self.windowTitle(), texts.error_text(error))
