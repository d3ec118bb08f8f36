"""Trusted timestamps: what they are, those that the case has, and asking for another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.background.jobs import Task
from evidence_app.gui.common.saved_files import show_in_folder
from evidence_app.gui.session import Session
from evidence_app.model.custody import Anchor
from evidence_app.model.times import zone
from evidence_app.services import timestamps
from evidence_app.settings import Settings


class TimestampDialog(QDialog):
    """The only dialog from which the program connects to the internet."""

    def __init__(self, session: Session, chosen: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Trusted timestamps"))
        self._session, self._settings = session, chosen
        self._anchors: list[Anchor] = []
        self._asked_address = ""
        self._task: Task | None = None
        self.address = QComboBox()
        self.address.setEditable(True)
        self.address.setAccessibleName(self.tr("Public authority"))
        addresses = [authority.address for authority in timestamps.known_authorities()]
        self.address.addItems(list(dict.fromkeys([*chosen.authorities, *addresses])))
        self.ask = QPushButton(self.tr("Get a timestamp now"))
        self.ask.clicked.connect(self._ask)
        self.result_label = QLabel()
        self.result_label.setWordWrap(True)
        self.result_label.setAccessibleName(self.tr("Answer"))
        self.result_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = self._make_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save = buttons.addButton(
            self.tr("Save for checking elsewhere…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.save.clicked.connect(self._save)
        self.save.setEnabled(False)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self._refresh()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        explanation = QLabel(
            self.tr(
                "An independent timestamp service can state that what is in the "
                "case now existed at this moment. If somebody claims later that "
                "it was made up afterwards, the timestamp helps you answer."
            )
        )
        network = QLabel(
            self.tr(
                "This needs the internet. Only one SHA-256 value is sent to the "
                "timestamp service below, which also learns your internet "
                "address. Nothing of the evidence leaves this computer."
            )
        )
        for label in (explanation, network):
            label.setWordWrap(True)
        network.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = QHBoxLayout()
        line.addWidget(self.address, 1)
        line.addWidget(self.ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(explanation)
        layout.addWidget(network)
        layout.addLayout(line)
        layout.addWidget(self.result_label)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(720, 460)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels(
            [
                self.tr("When"),
                self.tr("Entry of the history"),
                self.tr("Public authority"),
                self.tr("Root"),
            ]
        )
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName(self.tr("Timestamps of this case"))
        table.itemSelectionChanged.connect(self._show_details)
        return table

    def done(self, code: int) -> None:
        """Close; an answer that is still on its way is not kept."""
        if self._task is not None:
            self._task.cancel()
        super().done(code)

    def _refresh(self) -> None:
        self._session.query(timestamps.list_anchors, self._show, owner=self)

    def _show(self, anchors: list[Anchor]) -> None:
        self._anchors = anchors
        where = zone(self._session.info.timezone)
        self.table.setRowCount(len(anchors))
        for row, anchor in enumerate(anchors):
            when = (
                texts.stamp(anchor.at, where) if anchor.at is not None else self.tr("does not fit")
            )
            cells = (when, str(anchor.seq), anchor.authority or anchor.address, anchor.root)
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        if anchors:
            self.table.selectRow(len(anchors) - 1)

    def _chosen(self) -> Anchor | None:
        row = self.table.currentRow()
        return self._anchors[row] if 0 <= row < len(self._anchors) else None

    def _show_details(self) -> None:
        anchor = self._chosen()
        self.save.setEnabled(anchor is not None and not self._session.case.read_only)
        if anchor is None:
            return
        if anchor.at is None:
            self.result_label.setText(
                self.tr("This timestamp does not fit: {0}").format(anchor.problem)
            )
            return
        lines = [
            self.tr("{0} states that the history up to entry {1} existed then.").format(
                anchor.authority, anchor.seq
            )
        ]
        if not anchor.is_root_trusted:
            lines.append(
                self.tr(
                    "This computer does not know the root certificate of this "
                    "timestamp service; compare its SHA-256 value with the one "
                    "that the service publishes: {0}"
                ).format(anchor.root_sha256)
            )
        if anchor.revocation_unknown:
            lines.append(
                self.tr(
                    "It could not be found out whether these certificates were "
                    "revoked by then: {0}."
                ).format(", ".join(anchor.revocation_unknown))
            )
        self.result_label.setText("\n".join(lines))

    def _ask(self) -> None:
        address = self.address.currentText().strip()
        if not address or self._task is not None:
            return
        self.ask.setEnabled(False)
        self.result_label.setText(self.tr("Asking {0}…").format(address))
        case = self._session.case
        self._task = Task(
            lambda task: timestamps.request(case, address, progress=task),
            self,
        )
        self._asked_address = address
        self._task.finished.connect(self._came)
        self._task.failed.connect(self._failed)
        self._task.start()

    def _came(self, _anchor: Anchor) -> None:
        self._ended()
        chosen, address = self._settings, self._asked_address
        chosen.authorities = [address, *(other for other in chosen.authorities if other != address)]
        chosen.save()
        self._refresh()

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.result_label.setText(texts.error_text(error))

    def _ended(self) -> None:
        self._task = None
        self.ask.setEnabled(True)

    def _save(self) -> None:
        anchor = self._chosen()
        chosen = QFileDialog.getExistingDirectory(self, self.save.text())
        if anchor is None or not chosen:
            return
        number = anchor.id
        self._session.query(
            lambda case: timestamps.save(case, number, Path(chosen)), self._saved, owner=self
        )

    def _saved(self, paths: list[Path]) -> None:
        show_in_folder(paths[0])
