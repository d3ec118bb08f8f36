"""A list of the world's time zones that can be typed into."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from evidence_app.gui.appearance.zone_names import zone_name

_SEARCHED = Qt.ItemDataRole.UserRole + 1
_AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
    "UTC",
)


class _Finder(QCompleter):
    """Finds a zone by its city, by its difference, or by its name in the IANA database."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box.model(), box)
        self.setCompletionRole(_SEARCHED)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What is written into the field."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ZoneBox(QComboBox):
    """Asks for a time zone; a part of its name finds it, and its IANA name can be typed."""

    def __init__(self, current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        keys = {name for name in available_timezones() if name.startswith(_AREAS)} | {current}
        named = sorted((zone_name(key), key) for key in keys)
        for row, (name, key) in enumerate(named):
            self.addItem(name, key)
            self.setItemData(row, f"{name} {key}", _SEARCHED)
        self.setCompleter(_Finder(self))
        self.setCurrentIndex(self.findData(current))

    def key(self) -> str:
        """The zone's name in the IANA database; empty if the typed text is no zone."""
        written = self.currentText().strip()
        row = self.findText(written, Qt.MatchFlag.MatchFixedString)
        if row >= 0:
            return str(self.itemData(row))
        return next((name for name in available_timezones() if name.lower() == written.lower()), "")
