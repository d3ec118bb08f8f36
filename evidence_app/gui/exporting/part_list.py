"""The chapters of a dossier, to be ticked and moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.services.exporting.exports import Part, Profile

_PART_TEXTS = {
    Part.LIST: QT_TRANSLATE_NOOP("PartList", "Exhibit index"),
    Part.GLANCE: QT_TRANSLATE_NOOP("PartList", "At a glance"),
    Part.FINDINGS: QT_TRANSLATE_NOOP("PartList", "Suspected violations"),
    Part.CHRONOLOGY: QT_TRANSLATE_NOOP("PartList", "Timeline"),
    Part.EXHIBITS: QT_TRANSLATE_NOOP("PartList", "Exhibits"),
    Part.LOGS: QT_TRANSLATE_NOOP("PartList", "Call-log entries"),
    Part.NUMBERS: QT_TRANSLATE_NOOP("PartList", "Numbers and people"),
    Part.ORIGINALS: QT_TRANSLATE_NOOP("PartList", "List of original files"),
    Part.COMPLETENESS: QT_TRANSLATE_NOOP("PartList", "What is included"),
    Part.CUSTODY: QT_TRANSLATE_NOOP("PartList", "History"),
    Part.READING: QT_TRANSLATE_NOOP("PartList", "How to read and check it"),
    Part.DECLARATION: QT_TRANSLATE_NOOP("PartList", "Declaration to sign (draft)"),
}
_PROFILE_TEXTS = {
    Profile.COMPLAINT: QT_TRANSLATE_NOOP("PartList", "A complaint"),
    Profile.COURT: QT_TRANSLATE_NOOP("PartList", "A court"),
    Profile.POLICE: QT_TRANSLATE_NOOP("PartList", "The police"),
    Profile.FULL: QT_TRANSLATE_NOOP("PartList", "A lawyer (everything)"),
}
_PART = Qt.ItemDataRole.UserRole
_EDGE = 8


def profile_text(profile: Profile) -> str:
    """For whom a dossier is made."""
    return QCoreApplication.translate("PartList", _PROFILE_TEXTS[profile])


class PartList(QListWidget):
    """All chapters: those that are ticked are in the dossier, in this order.

    Attributes:
        changed: Another choice or order.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Contents of the evidence report"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(self.changed)
        self.model().rowsMoved.connect(self.changed)

    def chosen(self) -> tuple[Part, ...]:
        """The chapters that are ticked, in their order."""
        rows = (self.item(row) for row in range(self.count()))
        ticked = (row for row in rows if row.checkState() is Qt.CheckState.Checked)
        return tuple(Part(row.data(_PART)) for row in ticked)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these first and ticked, and all others behind them."""
        with QSignalBlocker(self):
            self.clear()
            for part in (*parts, *(part for part in Part if part not in parts)):
                text = QCoreApplication.translate("PartList", _PART_TEXTS[part])
                row = QListWidgetItem(text, self)
                row.setData(_PART, part.value)
                ticked = part in parts
                row.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.setFixedHeight(self.count() * self.sizeHintForRow(0) + 2 * self.frameWidth() + _EDGE)
        self.changed.emit()
