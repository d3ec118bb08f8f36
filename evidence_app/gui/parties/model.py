"""The parties as a Qt model, edited in place."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from evidence_app.gui.appearance import texts
from evidence_app.model.party import Party, Role
from evidence_app.services import parties

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN_NUMBERS = 3

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""By what a column is sorted."""


class PartyColumn(IntEnum):
    """What is told of a party."""

    NAME = 0
    ROLE = 1
    IDENTIFIERS = 2
    EVENTS = 3
    NOTE = 4


_EDITABLE = (PartyColumn.NAME, PartyColumn.ROLE, PartyColumn.NOTE)


class PartiesModel(QAbstractTableModel):
    """One party a row."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._parties: list[Party] = []

    def show(self, shown_parties: list[Party]) -> None:
        """Show these parties."""
        same = [party.id for party in shown_parties] == [party.id for party in self._parties]
        if same:
            self._parties = shown_parties
            if shown_parties:
                last = self.index(len(shown_parties) - 1, len(PartyColumn) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._parties = shown_parties
        self.endResetModel()

    def party_at(self, row: int) -> Party:
        """The party of a row."""
        return self._parties[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many parties there are."""
        return 0 if parent.isValid() else len(self._parties)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(PartyColumn)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Name, role and note can be changed."""
        flags = super().flags(index)
        editable = index.column() in _EDITABLE and not self._session.case.read_only
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column tells."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            PartyColumn.NAME: self.tr("Name"),
            PartyColumn.ROLE: self.tr("Role"),
            PartyColumn.IDENTIFIERS: self.tr("Numbers and addresses"),
            PartyColumn.EVENTS: self.tr("Entries"),
            PartyColumn.NOTE: self.tr("Note"),
        }[PartyColumn(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell tells."""
        party, column = self._parties[index.row()], PartyColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(party, column)
        if role == Qt.ItemDataRole.EditRole:
            return party.role.value if column is PartyColumn.ROLE else _text(party, column)
        if role == SORT_ROLE:
            text = _text(party, column)
            return party.event_count if column is PartyColumn.EVENTS else text.casefold()
        if role == Qt.ItemDataRole.ToolTipRole and column is PartyColumn.IDENTIFIERS:
            return "\n".join(identifier.raw for identifier in party.identifiers)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a party; the row shows it when the case has it."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        party, column = self._parties[index.row()], PartyColumn(index.column())
        now = party.role.value if column is PartyColumn.ROLE else _text(party, column)
        text = str(value).strip()
        if text == now:
            return False
        key = party.id
        if column is PartyColumn.ROLE:
            chosen = Role(text)
            self._session.mutate(lambda case: parties.edit(case, key, role=chosen))
        elif column is PartyColumn.NAME:
            self._session.mutate(lambda case: parties.edit(case, key, name=text))
        else:
            self._session.mutate(lambda case: parties.edit(case, key, note=text))
        return True


def _text(party: Party, column: PartyColumn) -> str:
    if column is PartyColumn.NAME:
        return party.name
    if column is PartyColumn.ROLE:
        return texts.role(party.role)
    if column is PartyColumn.IDENTIFIERS:
        numbers = ", ".join(identifier.raw for identifier in party.identifiers[:_SHOWN_NUMBERS])
        return numbers + (" …" if len(party.identifiers) > _SHOWN_NUMBERS else "")
    if column is PartyColumn.EVENTS:
        return QLocale().toString(party.event_count)
    return party.note
