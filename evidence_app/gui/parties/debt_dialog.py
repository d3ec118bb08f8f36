"""One calm form for each creditor: what is owed, and who collects it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.gui.parties import creditor_texts
from evidence_app.gui.parties.caller_list import CallerList
from evidence_app.model.party import Debt, Party, Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services.creditors import CreditorAnswers, DebtAnswers

_MOST_DAYS = 36_500
_UNKNOWN_DAYS = -1
_LENDERS = (Role.CREDITOR, Role.UNKNOWN)
_KINDS = tuple(kind for kind in CollectorKind if kind is not CollectorKind.THIRD_PARTY_AGENCY)


class DayField(QWidget):
    """A day, or that the person does not know it.

    Signals:
        changed: Another day is told, or none.
    """

    changed = Signal()

    def __init__(self, name: str, day: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        today = QDate.currentDate()
        self.day = QDateEdit(QDate(day.year, day.month, day.day) if day else today)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(name)
        self.unknown = QCheckBox(self.tr("I don’t know"))
        self.unknown.setAccessibleName(f"{name}: {self.unknown.text()}")
        self.unknown.setChecked(day is None)
        self.day.setEnabled(day is not None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.day, 1)
        layout.addWidget(self.unknown)
        self.unknown.toggled.connect(self._on_unknown)
        self.day.dateChanged.connect(lambda _: self.changed.emit())

    def value(self) -> date | None:
        """The day; None if the person does not know it."""
        chosen = self.day.date()
        return (
            None if self.unknown.isChecked() else date(chosen.year(), chosen.month(), chosen.day())
        )

    def _on_unknown(self, is_unknown: bool) -> None:
        self.day.setEnabled(not is_unknown)
        self.changed.emit()


class DebtDialog(QDialog):
    """Asks for a creditor, a debt and who collects it; nothing but the name has to be known.

    Signals:
        answered: What the person said, as `CreditorAnswers`.
    """

    answered = Signal(object)

    def __init__(
        self,
        people: Sequence[Party],
        debt: Debt | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            people: Everybody in the case.
            debt: What is known of the debt; None for a new one.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._people = people
        self._debt = debt
        initial = debt or Debt(0, 0)
        self.creditor = QComboBox()
        self.name_hint = MissingHint(self.creditor)
        self.kind = QComboBox()
        self.product, self.number = QLineEdit(initial.product), QLineEdit(initial.number)
        self.amount, self.note = QLineEdit(initial.amount), QLineEdit(initial.note)
        self.borrowed = DayField(self.tr("Borrowed on"), initial.borrowed_on)
        self.due = DayField(self.tr("To be paid by"), initial.due_on)
        self.due_hint = MissingHint(self.due)
        self.overdue = QSpinBox(minimum=_UNKNOWN_DAYS, maximum=_MOST_DAYS)
        self.overdue.lineEdit().setTextMargins(6, 0, 0, 0)
        self.overdue.setSpecialValueText(self.tr("I don’t know"))
        days = initial.days_overdue
        self.overdue.setValue(_UNKNOWN_DAYS if days is None else days)
        self.callers = CallerList()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._fill()
        self._lay_out()
        self._connect()
        self._check()

    def answers(self) -> CreditorAnswers:
        """What the person said."""
        days = self.overdue.value()
        return CreditorAnswers(
            self._creditor_id(),
            self.creditor.currentText().strip(),
            CollectorKind(self.kind.currentData()),
            self._debt.id if self._debt is not None else None,
            DebtAnswers(
                self.product.text().strip(),
                self.number.text().strip(),
                self.amount.text().strip(),
                self.borrowed.value(),
                self.due.value(),
                None if days == _UNKNOWN_DAYS else days,
                self.note.text().strip(),
            ),
            self.callers.callers(),
        )

    def _fill(self) -> None:
        self.creditor.setEditable(True)
        self.creditor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for party in self._people:
            if party.name and party.role in _LENDERS:
                self.creditor.addItem(party.name, party.id)
        self.creditor.setCurrentIndex(-1)
        field = self.creditor.lineEdit()
        assert field is not None
        field.setPlaceholderText(
            self.tr("As you know it: the name of the app, the bank or the person")
        )
        for kind in (CollectorKind.UNKNOWN, *_KINDS):
            if self.kind.findData(kind.value) < 0:
                self.kind.addItem(creditor_texts.kind(kind), kind.value)
        if self._debt is not None:
            self._choose_creditor(self._debt.creditor)
        self._ask_callers()

    def _choose_creditor(self, creditor: int) -> None:
        party = next((person for person in self._people if person.id == creditor), None)
        if party is None:
            return
        if self.creditor.findData(creditor) < 0:
            self.creditor.addItem(party.label(), creditor)
        self.creditor.setCurrentIndex(self.creditor.findData(creditor))
        self._show_kind(party)

    def _show_kind(self, party: Party) -> None:
        place = self.kind.findData(party.kind.value)
        if place < 0:
            self.kind.addItem(creditor_texts.kind(party.kind), party.kind.value)
            place = self.kind.count() - 1
        self.kind.setCurrentIndex(place)

    def _creditor_id(self) -> int | None:
        """The creditor, if it is in the case already."""
        name = self.creditor.currentText().strip()
        place = self.creditor.findText(name, Qt.MatchFlag.MatchFixedString)
        if name and place >= 0:
            return int(self.creditor.itemData(place))
        return self._debt.creditor if self._debt is not None and name else None

    def _lay_out(self) -> None:
        is_new = self._debt is None
        self.setWindowTitle(
            self.tr("Write down a debt") if is_new else self.tr("A debt and who collects it")
        )
        hint = QLabel(
            self.tr("Who lends and who collects decides which rules apply. Leave open what you "
                    "don’t know; you can come back at any time.")
        )  # fmt: skip
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.product.setPlaceholderText(self.tr("For example: credit card, online loan"))
        self.number.setPlaceholderText(self.tr("Of the contract or account, as far as you know it"))
        self.amount.setPlaceholderText(self.tr("With its currency, for example: 5,000 yuan"))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Who lent the money"), self.creditor)
        form.addRow("", self.name_hint)
        form.addRow(self.tr("What they are"), self.kind)
        form.addRow(self.tr("What kind of loan"), self.product)
        form.addRow(self.tr("Number"), self.number)
        form.addRow(self.tr("Amount"), self.amount)
        form.addRow(self.tr("Borrowed on"), self.borrowed)
        form.addRow(self.tr("To be paid by"), self.due)
        form.addRow("", self.due_hint)
        form.addRow(self.tr("Days overdue"), self.overdue)
        form.addRow(self.tr("Note"), self.note)
        question = QLabel(self.tr("Who calls or writes to you about it?"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(8)
        layout.addWidget(hint)
        layout.addLayout(form)
        layout.addWidget(question)
        layout.addWidget(self.callers, 1)
        layout.addWidget(self._buttons)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Save"))
        self.resize(620, 660)

    def _connect(self) -> None:
        self.creditor.editTextChanged.connect(self._check)
        self.creditor.activated.connect(self._on_creditor)
        self.borrowed.changed.connect(self._check)
        self.due.changed.connect(self._check)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)

    def _on_creditor(self) -> None:
        key = self._creditor_id()
        party = next((person for person in self._people if person.id == key), None)
        if party is not None:
            self._show_kind(party)
        self._ask_callers()

    def _ask_callers(self) -> None:
        self.callers.show_people(self._people, self._creditor_id())

    def _check(self) -> None:
        is_named = bool(self.creditor.currentText().strip())
        borrowed, due = self.borrowed.value(), self.due.value()
        is_ordered = borrowed is None or due is None or borrowed <= due
        self.name_hint.say("" if is_named else self.tr("Please write who lent the money."))
        self.due_hint.say(
            "" if is_ordered else self.tr("That is before the money was borrowed. Please check.")
        )
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(is_named and is_ordered)

    def _accept(self) -> None:
        self.answered.emit(self.answers())
        self.accept()
