"""Which law the case asks: rulebooks, switched on and off one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import languages, theme
from evidence_app.model.changes import Area, Changes
from evidence_app.services import rulebooks
from evidence_app.services.rulebooks import GENERAL, Library, RulebookChoice

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_ID = Qt.ItemDataRole.UserRole


class RulebooksDialog(QDialog):
    """All rulebooks, each with a tick; a tick holds at once and can be undone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Which rules apply"))
        self._session = session
        self._is_on: dict[str, bool] = {}
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.windowTitle())
        self.problems = QLabel()
        self.problems.setWordWrap(True)
        self.problems.setTextFormat(Qt.TextFormat.PlainText)
        self.problems.hide()
        self._build()
        self.list.itemChanged.connect(self._on_tick)
        session.changed.connect(self._on_changed)
        self._read()

    def _build(self) -> None:
        hint = QLabel(
            self.tr("The program compares what happened with the rules that are ticked. Several "
                    "can apply at once, as those of a country and of a state. If you are not "
                    "sure, leave it as it is.")
        )  # fmt: skip
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(hint)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.problems)
        layout.addWidget(close)
        self.resize(560, 520)

    def _read(self) -> None:
        self._session.query(
            lambda case: (rulebooks.choices(case), rulebooks.library()), self._take, owner=self
        )

    def _take(self, choices_and_library: tuple[list[RulebookChoice], Library]) -> None:
        choices, library = choices_and_library
        self._is_on = {choice.rulebook.id: choice.is_on for choice in choices}
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for choice in sorted(choices, key=lambda choice: (not choice.is_on, choice.rulebook.id)):
            self.list.addItem(self._line(choice))
        self.list.setCurrentRow(max(row, 0))
        self.list.blockSignals(False)
        self._say_problems(library)

    def _line(self, choice: RulebookChoice) -> QListWidgetItem:
        rulebook = choice.rulebook
        name = rulebook.name_zh if languages.spoken() == "zh" else rulebook.name_en
        rules = self.tr("%n rule(s)", "", len(rulebook.rules))
        why = ""
        if choice.is_chosen:
            why = self.tr("chosen by you")
        elif choice.is_on and rulebook.id != GENERAL:
            why = self.tr("follows from where you live")
        line = QListWidgetItem(" · ".join(part for part in (name, rules, why) if part))
        line.setData(_ID, rulebook.id)
        flags = line.flags() | Qt.ItemFlag.ItemIsUserCheckable
        if self._session.case.read_only:
            flags &= ~Qt.ItemFlag.ItemIsEnabled
        line.setFlags(flags)
        line.setCheckState(Qt.CheckState.Checked if choice.is_on else Qt.CheckState.Unchecked)
        return line

    def _say_problems(self, library: Library) -> None:
        lines = [
            self.tr("The file {0} cannot be used (line {1}): {2}").format(
                problem.path.name, problem.line, problem.reason
            )
            for problem in library.problems
        ]
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(lines))

    def _on_tick(self, line: QListWidgetItem) -> None:
        rulebook = str(line.data(_ID))
        is_on = line.checkState() is Qt.CheckState.Checked
        if self._is_on.get(rulebook) != is_on:
            self._is_on[rulebook] = is_on
            self._session.mutate(lambda case: rulebooks.switch(case, rulebook, is_on=is_on))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.FINDINGS, Area.CASE):
            self._read()
