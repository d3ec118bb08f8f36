"""What became of the files: imported, already there, partly read, not imported, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.importing.device_row import DeviceRow
from evidence_app.model.coverage import Gap
from evidence_app.model.device import Device
from evidence_app.services.importing.importer import ImportOutcome, ImportResult

_ORDER = (
    ImportOutcome.NOT_IMPORTED,
    ImportOutcome.PARTLY_READ,
    ImportOutcome.KEPT_UNREAD,
    ImportOutcome.IMPORTED,
    ImportOutcome.ALREADY_THERE,
)
_MOST_ROWS = 200
_MOST_GAPS = 4


class ImportResults(QDialog):
    """The sheet after an import.

    Attributes:
        show_item: The person wants to see the item of that number.
        questions_wanted: The person wants to answer what the files could not tell.
        device_told: Items' numbers, the name of the device that they come from, and whether the
            person still has it.
    """

    show_item = Signal(int)
    questions_wanted = Signal()
    device_told = Signal(list, str, bool)

    def __init__(self, results: Sequence[ImportResult], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import finished"))
        self._results = results
        heading = QLabel(self._summary())
        heading.setWordWrap(True)
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        heading.setFont(font)
        self.tree = self._make_tree()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE_SPACE, theme.WIDE_SPACE, theme.WIDE_SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(heading)
        layout.addWidget(self.tree, 1)
        self.gaps = QLabel()
        self.gaps.setWordWrap(True)
        self.gaps.hide()
        layout.addWidget(self.gaps)
        self.device = DeviceRow()
        self.device.setVisible(bool(self._new_items()))
        layout.addWidget(self.device)
        layout.addLayout(self._make_buttons())
        self.resize(760, 480)

    def _new_items(self) -> list[int]:
        return [
            result.item_id
            for result in self._results
            if result.item_id is not None and result.outcome is not ImportOutcome.ALREADY_THERE
        ]

    def tell_gaps(self, gaps: list[Gap]) -> None:
        """Tell what days no log covers, so that the person can look for another export."""
        lines = [
            self.tr("{0}: nothing covers {1} to {2}.").format(
                texts.item_kind(gap.kind), texts.day(gap.first), texts.day(gap.last)
            )
            for gap in gaps[:_MOST_GAPS]
        ]
        rest = len(gaps) - len(lines)
        if rest > 0:
            lines.append(self.tr("and %n more gap(s)", "", rest))
        self.gaps.setText("\n".join(lines))
        self.gaps.setVisible(bool(lines))

    def offer_devices(self, devices: list[Device]) -> None:
        """Offer the devices that were named before."""
        self.device.offer(devices)

    def done(self, code: int) -> None:
        """Keep what was said of the device, and close."""
        if self.device.name() and self._new_items():
            self.device_told.emit(self._new_items(), self.device.name(), self.device.is_kept())
        super().done(code)

    def _summary(self) -> str:
        filed_count = sum(result.item_id is not None for result in self._results)
        new = sum(
            result.item_id is not None and result.outcome is not ImportOutcome.ALREADY_THERE
            for result in self._results
        )
        failed = len(self._results) - filed_count
        parts = [self.tr("%n file(s) are now in your case, unaltered.", "", new)]
        if filed_count > new:
            parts.append(self.tr("%n were already there.", "", filed_count - new))
        if failed:
            parts.append(self.tr("%n could not be imported.", "", failed))
        return " ".join(parts)

    def _group_name(self, outcome: ImportOutcome) -> str:
        return {
            ImportOutcome.IMPORTED: self.tr("Imported"),
            ImportOutcome.ALREADY_THERE: self.tr("Already there"),
            ImportOutcome.PARTLY_READ: self.tr("Kept, but only partly read"),
            ImportOutcome.KEPT_UNREAD: self.tr("Kept, but not read"),
            ImportOutcome.NOT_IMPORTED: self.tr("Not imported"),
        }[outcome]

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([self.tr("File"), self.tr("What happened")])
        tree.setColumnWidth(0, 290)
        tree.setWordWrap(True)
        tree.setAccessibleName(self.tr("Results of the import"))
        for outcome in _ORDER:
            group_results = [result for result in self._results if result.outcome is outcome]
            if group_results:
                tree.addTopLevelItem(self._group(outcome, group_results))
        for position in range(tree.topLevelItemCount()):
            group = tree.topLevelItem(position)
            assert group is not None
            quiet = group.data(0, Qt.ItemDataRole.UserRole) in (
                ImportOutcome.IMPORTED,
                ImportOutcome.ALREADY_THERE,
            )
            group.setExpanded(not quiet or tree.topLevelItemCount() == 1)
        tree.itemActivated.connect(self._on_activated)
        return tree

    def _group(self, outcome: ImportOutcome, results: list[ImportResult]) -> QTreeWidgetItem:
        group = QTreeWidgetItem([f"{self._group_name(outcome)} ({len(results)})"])
        group.setData(0, Qt.ItemDataRole.UserRole, outcome)
        good = outcome in (ImportOutcome.IMPORTED, ImportOutcome.ALREADY_THERE)
        name = "circle-check" if good else "triangle-alert"
        group.setIcon(0, icons.icon(name, theme.good() if good else theme.warn()))
        group.setFirstColumnSpanned(True)
        for result in results:
            group.addChild(self._line(result))
        return group

    def _line(self, result: ImportResult) -> QTreeWidgetItem:
        name = PurePath(result.path).name.replace("\n", "⏎")
        line = QTreeWidgetItem([name, self._outcome_text(result)])
        line.setToolTip(1, self._outcome_text(result))
        line.setToolTip(0, result.path)
        line.setData(0, Qt.ItemDataRole.UserRole, result.item_id)
        for notice in result.notices:
            if notice != result.reason:
                notice_row = QTreeWidgetItem(["", texts.message_text(notice)])
                notice_row.setToolTip(1, texts.message_text(notice))
                line.addChild(notice_row)
        for entry in result.skipped[:_MOST_ROWS]:
            reason = texts.message_text(entry.reason)
            row = QTreeWidgetItem([texts.place(entry.place), f"{reason}  {entry.raw[:200]}"])
            row.setToolTip(1, entry.raw)
            line.addChild(row)
        rest = result.skipped_count - _MOST_ROWS
        if rest > 0:
            line.addChild(QTreeWidgetItem(["", self.tr("and %n more", "", rest)]))
        return line

    def _outcome_text(self, result: ImportResult) -> str:
        if result.reason is not None:
            return texts.message_text(result.reason)
        text = self.tr("%n entry(ies)", "", result.events)
        if result.known:
            text += ", " + self.tr("%n of them known already", "", result.known)
        return text

    def _make_buttons(self) -> QHBoxLayout:
        copy = QPushButton(self.tr("Copy as text"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch()
        question_count = sum(len(result.questions) for result in self._results)
        if question_count:
            self.ask = QPushButton(self.tr("Answer %n question(s)…", "", question_count))
            self.ask.setAutoDefault(False)
            self.ask.clicked.connect(self._ask)
            row.addWidget(self.ask)
        row.addWidget(buttons)
        return row

    def _ask(self) -> None:
        self.accept()
        self.questions_wanted.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """All results, a line each."""
        lines = [self._summary()]
        for outcome in _ORDER:
            for result in self._results:
                if result.outcome is not outcome:
                    continue
                lines.append(
                    f"{self._group_name(outcome)}: {result.path}: {self._outcome_text(result)}"
                )
                lines += [
                    f"    {texts.place(name.place)}: {texts.message_text(name.reason)} {name.raw}"
                    for name in result.skipped
                ]
        return "\n".join(lines)

    def _on_activated(self, line: QTreeWidgetItem) -> None:
        item_id = line.data(0, Qt.ItemDataRole.UserRole)
        if isinstance(item_id, int):
            self.show_item.emit(item_id)
            self.accept()
