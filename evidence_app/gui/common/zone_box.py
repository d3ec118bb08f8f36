"""A list of the world's time zones that can be typed into."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget


class ZoneBox(QComboBox):
    """Asks for a time zone; a part of its name finds it."""

    def __init__(self, current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
        self.addItems(names if current in names else [current, *names])
        self.setCurrentText(current)
        completer = self.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def is_known(self) -> bool:
        """Whether what stands there is a zone."""
        return self.findText(self.currentText(), Qt.MatchFlag.MatchExactly) >= 0
