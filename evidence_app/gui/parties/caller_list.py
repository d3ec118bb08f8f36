"""Who calls or writes, and what each of them is to a creditor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.parties import creditor_texts
from evidence_app.model.party import Party, Role
from evidence_app.services.creditors import Caller, Relation, relation_of

_OTHERS = (Role.ME, Role.THIRD_PARTY, Role.AUTHORITY)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a caller may be.

    Attributes:
        relation: What they are to the creditor.
        agency: The agency for which they work, or None.
    """

    relation: Relation
    agency: int | None = None


@dataclass(slots=True)
class _Line:
    """One caller.

    Attributes:
        party: The number of the party; None for somebody who is not in the case yet.
        name: Their name or number.
        box: What they are.
    """

    party: int | None
    name: str
    box: QComboBox


class CallerList(QWidget):
    """Each caller with a choice of their role; callers who are missing can be added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parties: Mapping[int, Party] = {}
        self._creditor: int | None = None
        self.lines: list[_Line] = []
        self.more = QLineEdit()
        self.add_button = QPushButton(self.tr("Add"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setWidget(rows)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.more.setPlaceholderText(self.tr("Somebody who is not listed: a name or a number"))
        self.more.setAccessibleName(self.more.placeholderText())
        below = QHBoxLayout()
        below.addWidget(self.more, 1)
        below.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area, 1)
        layout.addLayout(below)
        self.add_button.clicked.connect(self._add_more)
        self.add_button.setAutoDefault(False)
        self.more.returnPressed.connect(self._add_more)

    def show_people(self, people: Sequence[Party], creditor: int | None) -> None:
        """Ask about everybody who may collect for a creditor; None: for a new one."""
        self._parties = {party.id: party for party in people}
        self._creditor = creditor
        while (grid_item := self._grid.takeAt(0)) is not None:
            widget = grid_item.widget()
            if widget is not None:
                widget.deleteLater()
        added = [line for line in self.lines if line.party is None]
        self.lines = []
        for party in people:
            if party.id != creditor and party.role not in _OTHERS and party.label():
                now = relation_of(party, creditor, self._parties)
                self._add_line(party.id, _label(party), _Choice(now, _agency(party, now)))
        for line in added:
            self._add_line(None, line.name, line.box.currentData())
        if not self.lines:
            nobody = QLabel(self.tr("Nobody has called or written yet, as far as the case shows."))
            nobody.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            nobody.setWordWrap(True)
            self._grid.addWidget(nobody, 0, 0, 1, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds somebody or chooses; it does not save the whole form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def callers(self) -> list[Caller]:
        """What the person said of each."""
        callers = []
        for line in self.lines:
            choice: _Choice = line.box.currentData()
            callers.append(Caller(line.party, choice.relation, choice.agency, line.name))
        return callers

    def _add_line(self, party: int | None, name: str, now: _Choice) -> None:
        box = QComboBox()
        for choice in self._choices(party, now):
            agency = self._parties.get(choice.agency or 0)
            choice_label = creditor_texts.relation(
                choice.relation, agency.label() if agency else ""
            )
            box.addItem(choice_label, choice)
            if choice == now:
                box.setCurrentIndex(box.count() - 1)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(12)
        label = QLabel(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setBuddy(box)
        row = len(self.lines)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1)
        self.lines.append(_Line(party, name, box))

    def _choices(self, party: int | None, now: _Choice) -> list[_Choice]:
        choices = [
            _Choice(Relation.UNKNOWN),
            _Choice(Relation.CREDITOR),
            _Choice(Relation.AGENCY),
        ]
        for possible_agency in self._parties.values():
            if possible_agency.role is Role.AGENCY and possible_agency.id != party:
                choices.append(_Choice(Relation.OF_AGENCY, possible_agency.id))
        return choices if now in choices else [*choices, now]

    def _add_more(self) -> None:
        name = self.more.text().strip()
        if not name:
            self.more.setFocus()
            return
        if not self.lines:
            self.show_people(list(self._parties.values()), self._creditor)
        self._add_line(None, name, _Choice(Relation.AGENCY))
        self.more.clear()
        self.lines[-1].box.setFocus()


def _label(party: Party) -> str:
    number = party.identifiers[0].raw if party.identifiers else ""
    named = f"{party.name}  {number}" if number and number != party.name else party.name
    return named if party.name else number


def _agency(party: Party, relation: Relation) -> int | None:
    return party.acts_for if relation is Relation.OF_AGENCY else None
