"""The findings: what was confirmed, by violation type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.common.choice_button import dot
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.newest_answer import NewestAnswer
from evidence_app.gui.common.note_field import NoteField
from evidence_app.gui.common.uniform_list import LineView
from evidence_app.gui.findings.delegate import FindingDelegate
from evidence_app.gui.findings.model import FindingsModel
from evidence_app.gui.findings.rows import Group, Overview, read_overview
from evidence_app.gui.timeline.delegate import bold
from evidence_app.model.changes import Area, Changes
from evidence_app.services import findings

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.finding import Finding

_SHOWN = (Area.FINDINGS, Area.EVENTS, Area.ITEMS, Area.PARTIES, Area.CASE)


class FindingsPage(QWidget):
    """Violation types at the left; at the right what shows the chosen one.

    Signals:
        subject_selected: These subjects are chosen now, as a list of `Subject`.
        open_item: The person wants to see an item (its number) at a `SourcePlace` or None.
    """

    subject_selected = Signal(list)
    open_item = Signal(int, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._overview: Overview | None = None
        self.types = QListWidget()
        self.model = FindingsModel(session, self)
        self._overviews = NewestAnswer(session, self)
        self.list = LineView()
        self.list.setModel(self.model)
        self._delegate = FindingDelegate(self.list)
        self.name, self.explanation = QLabel(), QLabel()
        self.note = NoteField()
        self.open_button, self.remove_button = QPushButton(), QPushButton()
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()
        self._read()

    def _build(self) -> None:
        self.list.setItemDelegate(self._delegate)
        self.types.setFrameShape(QFrame.Shape.NoFrame)
        self.types.setWordWrap(True)
        self.types.setSpacing(3)
        self.explanation.setWordWrap(True)
        self.name.setWordWrap(True)
        self.name.setFont(bold(self.name.font()))
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.SPACE, 0, 0, 0)
        for part in (self.name, self.explanation):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addLayout(buttons)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.types)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 600])
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        self._stack.addWidget(split)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack)
        self._stack.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        self.types.currentRowChanged.connect(self._show_type)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.activated.connect(self._open)
        self.open_button.clicked.connect(lambda: self._open(self.list.currentIndex()))
        self.remove_button.clicked.connect(self.remove_chosen)
        self.note.edited.connect(self._save_note)
        self.model.modelReset.connect(self._on_selection)
        self._overviews.failed.connect(self._say_empty)
        self._session.changed.connect(self._on_changed)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_chosen)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.types.setAccessibleName(self.tr("Violation types"))
        self.list.setAccessibleName(self.tr("Marked as this violation"))
        self.open_button.setText(self.tr("Open evidence"))
        self.remove_button.setText(self.tr("Unmark"))
        self.note.setPlaceholderText(self.tr("Why you marked this, in your own words"))
        self.note.setAccessibleName(self.tr("Note on this mark"))
        self._say_empty()
        if self._overview is not None:
            self._take(self._overview)

    def _say_empty(self) -> None:
        failure = self._overviews.failure
        if failure is not None:
            self.empty.say_unread(failure, self._overviews.ask_again)
            return
        self.empty.say(
            "scale",
            self.tr("Nothing is marked yet"),
            self.tr(
                "Mark what you think is not right: a call, a message, a picture. "
                "Choose it in Evidence or Timeline and press T to see all "
                "violation types, or 1 to 9 for the first nine. What you mark "
                "appears here and in the report. Whether it is a violation is "
                "for others to decide; you only point it out."
            ),
        )

    def chosen(self) -> list[Finding]:
        """The chosen findings."""
        return self.model.findings_in(self.list.selected_ranges())

    def remove_chosen(self) -> None:
        """Take the chosen findings back; undo brings them again."""
        chosen = self.chosen()
        if chosen:
            subjects = [finding.subject for finding in chosen]
            violation = chosen[0].violation
            self._session.mutate(lambda case: findings.remove(case, subjects, violation))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_SHOWN):
            self._read()

    def _read(self) -> None:
        self._overviews.ask(read_overview, self._take)

    def _take(self, overview: Overview) -> None:
        before = self._group()
        self._overview = overview
        self._say_empty()
        self._delegate.set_zone(overview.where)
        self.types.blockSignals(True)
        self.types.clear()
        for group in overview.groups:
            self._add_type(group)
        codes = [group.violation for group in overview.groups]
        keep = codes.index(before.violation) if before and before.violation in codes else 0
        self.types.setCurrentRow(keep if codes else -1)
        self.types.blockSignals(False)
        self._show_type(self.types.currentRow())
        self._stack.setCurrentIndex(0 if codes else 1)

    def _add_type(self, group: Group) -> None:
        text = f"{texts.violation_name(group.violation)}  ({len(group.findings)})"
        item = QListWidgetItem(dot(theme.severity(group.violation).name()), text)
        item.setToolTip(texts.violation_explanation(group.violation))
        self.types.addItem(item)

    def _group(self) -> Group | None:
        row = self.types.currentRow()
        has_group = self._overview is not None and 0 <= row < len(self._overview.groups)
        return self._overview.groups[row] if has_group and self._overview else None

    def _show_type(self, _row: int) -> None:
        group = self._group()
        self.model.show(group.findings if group else ())
        self.name.setText(texts.violation_name(group.violation) if group else "")
        self.explanation.setText(texts.violation_explanation(group.violation) if group else "")
        self._on_selection()

    def _on_selection(self) -> None:
        chosen = self.chosen()
        single = chosen[0] if len(chosen) == 1 else None
        self.note.show_note(single.id if single else None, single.note if single else "")
        self.open_button.setEnabled(single is not None)
        self.remove_button.setEnabled(bool(chosen))
        self.subject_selected.emit([finding.subject for finding in chosen])

    def _save_note(self, finding_id: int, note: str) -> None:
        self._session.mutate(lambda case: findings.set_note(case, finding_id, note))

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self.open_item.emit(row.item.id, row.place)
