"""The case at a glance: what shows each violation, what is missing, and who did what when."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import languages, texts, theme
from evidence_app.gui.common.choice_button import dot
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.findings import matrix_rows
from evidence_app.gui.findings.matrix_rows import Cell, Columns, Layout, MatrixFacts, Row
from evidence_app.model.filters import EventFilter
from evidence_app.services.explanations import missing_facts, uncounted_sentence
from evidence_app.services.suggestions import CaseScan

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_FILTER = Qt.ItemDataRole.UserRole
_NAME_WIDTH = 220
_COUNT_WIDTH = 96


class MatrixView(QWidget):
    """Violation types against evidence, months, collectors or debts; a count opens its events.

    Signals:
        events_wanted: The person wants to see the events of an `EventFilter`.
    """

    events_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scan: CaseScan | None = None
        self._facts: MatrixFacts | None = None
        self._rows: tuple[Row, ...] = ()
        self._is_stale = False
        self.layouts = QComboBox()
        self.table = QTableWidget()
        self.hint, self.missing, self.uncounted = QLabel(), QLabel(), QLabel()
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        for choice in Layout:
            self.layouts.addItem("", choice.value)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().height() + 12)
        self.table.horizontalHeader().setHighlightSections(False)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setWordWrap(True)
        self.missing.setWordWrap(True)
        self.missing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.missing.setTextFormat(Qt.TextFormat.PlainText)
        self.missing.setMargin(theme.SPACE)
        self.uncounted.setWordWrap(True)
        self.uncounted.setTextFormat(Qt.TextFormat.RichText)
        below = QScrollArea(widgetResizable=True)
        below.setWidget(self.missing)
        self._below = below
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setSizes([420, 160])
        split.setChildrenCollapsible(False)
        top = QHBoxLayout()
        top.addWidget(self.layouts)
        top.addWidget(self.hint, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addLayout(top)
        column.addWidget(split, 1)
        column.addWidget(self.uncounted)
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.layouts.currentIndexChanged.connect(self._fill)
        self.table.cellClicked.connect(self._open)
        self.table.cellActivated.connect(self._open)
        self.uncounted.linkActivated.connect(self._open_uncounted)
        self.table.currentCellChanged.connect(lambda row, *_: self._say_missing(row))

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        names = {
            Layout.EVIDENCE: self.tr("By evidence"),
            Layout.MONTH: self.tr("By month"),
            Layout.COLLECTOR: self.tr("By who collects"),
            Layout.DEBT: self.tr("By debt"),
        }
        for place, layout in enumerate(Layout):
            self.layouts.setItemText(place, names[layout])
        self.layouts.setAccessibleName(self.tr("How the overview is laid out"))
        self.table.setAccessibleName(self.tr("Overview of the violations"))
        self.hint.setText(self.tr("Click a number, or press Enter on it, to see its records."))
        self._fill()

    def take(self, done: CaseScan) -> None:
        """Take note of what the rules suggest now; it is laid out once this is in sight."""
        self._scan = done
        self._is_stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what was taken note of."""
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def layout_chosen(self) -> Layout:
        """By what the violation types are laid out."""
        return Layout(self.layouts.currentData())

    def _read(self) -> None:
        done = self._scan
        if done is not None:
            self._is_stale = False
            self._session.query(
                lambda case: matrix_rows.read(case, done), self._take_facts, owner=self
            )

    def _take_facts(self, facts: MatrixFacts) -> None:
        self._facts = facts
        self._fill()

    def _fill(self) -> None:
        facts, layout = self._facts, self.layout_chosen()
        is_empty = facts is None or not (facts.matrix.rows or self._has_uncounted())
        self._stack.setCurrentIndex(1 if is_empty else 0)
        if facts is None or is_empty:
            self._say_empty()
            return
        self._say_uncounted()
        columns, self._rows = matrix_rows.laid_out(facts, layout)
        headings = self._headings(facts, layout, columns)
        self.table.clear()
        self.table.setColumnCount(len(headings))
        self.table.setRowCount(len(self._rows))
        self.table.setHorizontalHeaderLabels(headings)
        for place, row in enumerate(self._rows):
            self._fill_row(place, row, layout)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, heading in enumerate(headings):
            wide = header.fontMetrics().horizontalAdvance(heading) + 2 * theme.SPACE
            self.table.setColumnWidth(place, max(wide, _COUNT_WIDTH if place else _NAME_WIDTH))
        header.setStretchLastSection(layout is Layout.EVIDENCE)
        self._below.setVisible(layout is Layout.EVIDENCE)
        if self._rows:
            self.table.setCurrentCell(0, 1)

    def _has_uncounted(self) -> bool:
        return self._scan is not None and bool(self._scan.uncounted)

    def _say_uncounted(self) -> None:
        lost = self._scan.uncounted if self._scan is not None else ()
        language = languages.spoken()
        show = self.tr("Show them")
        lines = [
            f'{escape(uncounted_sentence(loss, language))} <a href="{loss.reason.value}">{show}</a>'
            for loss in lost
        ]
        self.uncounted.setText("<br>".join(lines))
        self.uncounted.setVisible(bool(lines))

    def _open_uncounted(self, reason: str) -> None:
        for loss in self._scan.uncounted if self._scan is not None else ():
            if loss.reason.value == reason:
                self.events_wanted.emit(EventFilter(ids=frozenset(loss.event_ids)))

    def _say_empty(self) -> None:
        if self._facts is None:
            self.empty.say("hourglass", self.tr("The rules are being asked…"), "")
            return
        self.empty.say(
            "layout-grid",
            self.tr("Nothing to count yet"),
            self.tr(
                "As soon as you mark violations, or the program suggests some, this page shows "
                "for each of them what proves it, what is still missing and how to get it."
            ),
        )

    def _fill_row(self, place: int, row: Row, layout: Layout) -> None:
        name = QTableWidgetItem(
            dot(theme.severity(row.violation).name()), texts.violation_name(row.violation)
        )
        name.setToolTip(texts.violation_explanation(row.violation))
        self.table.setItem(place, 0, name)
        for column, cell in enumerate(row.cells, 1):
            self.table.setItem(place, column, self._count(cell, name.text(), column))
        if layout is Layout.EVIDENCE:
            facts = missing_facts(list(row.missing), languages.spoken())
            self.table.setItem(
                place, len(row.cells) + 1, QTableWidgetItem(" ".join(fact.what for fact in facts))
            )

    def _count(self, cell: Cell, name: str, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem(str(cell.count) if cell.count else "–")
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = self.table.model().headerData(column, Qt.Orientation.Horizontal)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {heading}: {cell.count}")
        if cell.events is not None:
            item.setData(_FILTER, cell.events)
            font = item.font()
            font.setUnderline(True)
            item.setFont(font)
            item.setForeground(self.palette().link())
        return item

    def _headings(self, facts: MatrixFacts, layout: Layout, columns: Columns) -> list[str]:
        first = self.tr("Violation")
        if layout is Layout.EVIDENCE:
            return [
                first,
                self.tr("Marked"),
                self.tr("Of these: weak"),
                self.tr("Suggested"),
                self.tr("What is missing"),
            ]
        return [first, *(self._name(facts, layout, key) for key in columns.keys), self.tr("All")]

    def _name(self, facts: MatrixFacts, layout: Layout, key: str | int | None) -> str:
        if key in (None, ""):
            return self.tr("Not known")
        if layout is Layout.MONTH or isinstance(key, str) or key is None:
            return str(key)
        if layout is Layout.COLLECTOR:
            return facts.people.get(key, "") or self.tr("No name")
        debt = facts.debts.get(key)
        if debt is None:
            return self.tr("Not known")
        parts = (facts.people.get(debt.creditor, ""), debt.product, debt.number)
        return " · ".join(part for part in parts if part) or self.tr("No name")

    def _say_missing(self, place: int) -> None:
        if not 0 <= place < len(self._rows):
            self.missing.clear()
            return
        row = self._rows[place]
        lines = [texts.violation_name(row.violation)]
        missing_keys = list(row.missing)
        for fact, missing in zip(
            missing_facts(missing_keys, languages.spoken()), missing_keys, strict=True
        ):
            depends = self.tr("%n mark(s) or suggestion(s) depend on it.", "", row.missing[missing])
            lines.append(f"• {fact.what} {depends}\n  {fact.how}")
        if not missing_keys:
            lines.append(self.tr("Nothing that the program knows of is missing."))
        self.missing.setText("\n".join(lines))

    def _open(self, row: int, column: int) -> None:
        item = self.table.item(row, column)
        event_filter = item.data(_FILTER) if item is not None else None
        if event_filter is not None:
            self.events_wanted.emit(event_filter)
