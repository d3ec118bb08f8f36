"""The debts of the case, each with its creditor and how many collect for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.parties import creditor_texts
from evidence_app.gui.parties.debt_dialog import DebtDialog
from evidence_app.gui.timeline.delegate import bold
from evidence_app.model.changes import Area, Changes
from evidence_app.model.party import Debt, Party
from evidence_app.services import creditors, debts, parties

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.creditors import CreditorAnswers

_HIGH = 4


class DebtsPanel(QWidget):
    """Lists the debts; each can be written down, changed and removed, and undo brings it back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people: list[Party] = []
        self._debts: list[Debt] = []
        self.dialog: DebtDialog | None = None
        self.title, self.hint = QLabel(), QLabel()
        self.list = QListWidget()
        self.add_button, self.change_button = QPushButton(), QPushButton()
        self.remove_button = QPushButton()
        self._build()
        self._connect()
        self.retranslate()
        self._read()

    def _build(self) -> None:
        self.title.setFont(bold(self.title.font()))
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        for button in (self.add_button, self.change_button, self.remove_button):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.hint)
        layout.addWidget(self.list)

    def _connect(self) -> None:
        self.add_button.clicked.connect(lambda: self._ask(None))
        self.change_button.clicked.connect(lambda: self._ask(self.chosen()))
        self.remove_button.clicked.connect(self._remove)
        self.list.itemActivated.connect(lambda _: self._ask(self.chosen()))
        self.list.currentRowChanged.connect(self._on_chosen)
        self._session.changed.connect(self._on_changed)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.title.setText(self.tr("Debts and who collects"))
        self.hint.setText(
            self.tr("What you owe and who collects it decides which rules apply. Write down what "
                    "you know; what you don’t know can stay open.")
        )  # fmt: skip
        self.list.setAccessibleName(self.title.text())
        self.add_button.setText(self.tr("Add a debt…"))
        self.change_button.setText(self.tr("Change…"))
        self.remove_button.setText(self.tr("Remove"))
        self._fill()

    def chosen(self) -> Debt | None:
        """The chosen debt."""
        row = self.list.currentRow()
        return self._debts[row] if 0 <= row < len(self._debts) else None

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.PARTIES, Area.EVENTS, Area.ITEMS):
            self._read()

    def _read(self) -> None:
        self._session.query(
            lambda case: (parties.list_parties(case), debts.list_debts(case)),
            self._take,
            owner=self,
        )

    def _take(self, people_and_debts: tuple[list[Party], list[Debt]]) -> None:
        self._people, self._debts = people_and_debts
        self._fill()

    def _fill(self) -> None:
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        people = {party.id: party for party in self._people}
        for debt in self._debts:
            self.list.addItem(QListWidgetItem(self._label_of(debt, people)))
        self.list.setCurrentRow(min(row, len(self._debts) - 1))
        rows = min(len(self._debts), _HIGH)
        self.list.setFixedHeight(rows * (self.fontMetrics().height() + 6) + 8)
        self.list.setVisible(bool(self._debts))
        self.hint.setVisible(not self._debts)
        self._on_chosen()

    def _label_of(self, debt: Debt, people: dict[int, Party]) -> str:
        creditor = people.get(debt.creditor)
        count = sum(
            creditors.relation_of(person, debt.creditor, people)
            in (
                creditors.Relation.CREDITOR,
                creditors.Relation.AGENCY,
                creditors.Relation.OF_AGENCY,
            )
            for person in people.values()
        )
        late = debt.days_overdue
        parts = (
            creditor.label() if creditor is not None else "",
            creditor_texts.kind(creditor.kind) if creditor is not None else "",
            debt.product,
            debt.number,
            debt.amount,
            self.tr("%n day(s) overdue", "", late) if late is not None else "",
            self.tr("%n collect(s) for it", "", count) if count else "",
        )
        return " · ".join(part for part in parts if part)

    def _on_chosen(self) -> None:
        writable = not self._session.case.read_only
        self.add_button.setEnabled(writable)
        for button in (self.change_button, self.remove_button):
            button.setEnabled(writable and self.chosen() is not None)

    def _ask(self, debt: Debt | None) -> None:
        if self._session.case.read_only:
            return
        self.dialog = DebtDialog(self._people, debt, self)
        self.dialog.answered.connect(self._save)
        self.dialog.open()

    def _save(self, answers: CreditorAnswers) -> None:
        self._session.mutate(lambda case: creditors.save(case, answers))

    def _remove(self) -> None:
        debt = self.chosen()
        if debt is not None and not self._session.case.read_only:
            key = debt.id
            self._session.mutate(lambda case: debts.remove(case, key))
