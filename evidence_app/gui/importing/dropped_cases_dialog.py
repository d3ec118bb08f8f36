"""Asks what to do with case files that were dropped as if they were evidence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme
from evidence_app.services.dropped_files import DroppedFiles


class DroppedCasesDialog(QDialog):
    """One case to be opened, or the other files to be added.

    Attributes:
        open_wanted: The case of that path is to be opened.
        others_wanted: All files but the cases are to be added.
        all_wanted: The cases too are to be added, as files.
    """

    open_wanted = Signal(object)
    others_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, dropped: DroppedFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Evidence App")
        self._dropped = dropped
        self.words = QLabel(self._question())
        self.words.setWordWrap(True)
        self.list = QListWidget()
        for path in dropped.cases:
            line = QListWidgetItem(icons.icon("folder"), path.name)
            line.setToolTip(str(path))
            self.list.addItem(line)
        self.list.setCurrentRow(0)
        self.list.setAccessibleName(self.tr("Cases"))
        self.list.setVisible(len(dropped.cases) > 1)
        self.list.itemDoubleClicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._make_buttons())

    def _question(self) -> str:
        dropped = self._dropped
        if len(dropped.cases) == 1:
            text = self.tr("“{0}” is a case of this program, not a piece of evidence.").format(
                dropped.cases[0].stem
            )
        else:
            text = self.tr(
                "%n of these files are cases of this program, not pieces of evidence. One can be "
                "open at a time.",
                "",
                len(dropped.cases),
            )
        if dropped.others:
            text += "\n" + self.tr(
                "The %n other file(s) are not added if you open a case.", "", dropped.others
            )
        return text

    def _make_buttons(self) -> QDialogButtonBox:
        roles = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = buttons.addButton(self.tr("Open the case"), roles.AcceptRole)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._open)
        self.others_button = buttons.addButton(
            self.tr("Add only the other files"), roles.ActionRole
        )
        self.others_button.setVisible(self._dropped.others > 0)
        self.others_button.clicked.connect(lambda: self._end(self.others_wanted))
        self.all_button = buttons.addButton(self.tr("Keep it as a file"), roles.ActionRole)
        self.all_button.setToolTip(
            self.tr("The case file itself becomes a piece of evidence; it is not opened.")
        )
        self.all_button.clicked.connect(lambda: self._end(self.all_wanted))
        for button in (self.others_button, self.all_button):
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def _open(self) -> None:
        path: Path = self._dropped.cases[max(self.list.currentRow(), 0)]
        self.accept()
        self.open_wanted.emit(path)

    def _end(self, signal: object) -> None:
        self.accept()
        signal.emit()  # type: ignore[attr-defined]
