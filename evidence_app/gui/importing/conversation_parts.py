"""The first messages of an unknown conversation, with a choice of what each part of them is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from evidence_app.model.question import ConversationPart

_CHOICE_ROW = 0
_TEXT_COLUMN = 2


class ConversationParts(QWidget):
    """Some lines as the program would read them, with a choice above each part."""

    def __init__(self, rows: Sequence[Sequence[str]], parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            rows: The first messages, each as time, author and text.
            parent: Qt's parent.
        """
        super().__init__(parent)
        names = {
            ConversationPart.TIME: self.tr("Date and time"),
            ConversationPart.AUTHOR: self.tr("Who wrote"),
            ConversationPart.TEXT: self.tr("The words"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(_TEXT_COLUMN, 1)
        self.choices: list[QComboBox] = []
        for column, part in enumerate(ConversationPart):
            box = QComboBox()
            for choice, name in names.items():
                box.addItem(name, choice.value)
            box.setCurrentIndex(box.findData(part.value))
            box.setAccessibleName(self.tr("What part {0} is").format(column + 1))
            self.choices.append(box)
            grid.addWidget(box, _CHOICE_ROW, column)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                label = QLabel(str(cell))
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(column == _TEXT_COLUMN)
                grid.addWidget(label, number, column)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        grid.addWidget(self.problem, len(rows) + 1, 0, 1, _TEXT_COLUMN + 1)

    def parts(self) -> list[str]:
        """What the parts are, in their order; nothing if two are said to be the same."""
        chosen = [str(box.currentData()) for box in self.choices]
        is_clear = len(set(chosen)) == len(chosen)
        self.problem.setText("" if is_clear else self.tr("Two parts cannot be the same."))
        self.problem.setVisible(not is_clear)
        return chosen if is_clear else []
