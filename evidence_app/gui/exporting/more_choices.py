"""What else leaves with an evidence report or a package: whole files, originals, places."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme


class MoreChoices(QWidget):
    """Boxes to tick; nothing is ticked at first."""

    changed = Signal()
    """What the report itself shows was chosen otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whole_originals = QCheckBox(self.tr("Files of which I chose only some entries, whole"))
        self.whole_originals.setToolTip(
            self.tr(
                "Without this, a message backup leaves with the chosen messages only. With it, "
                "everything that is in the file leaves too."
            )
        )
        self.with_location = QCheckBox(self.tr("Place and device of photos"))
        self.with_location.setToolTip(
            self.tr(
                "Files of photos often hold the place and the device. Without this, neither is "
                "printed, and copies without both go into the package."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        for box in (self.whole_originals, self.with_location):
            layout.addWidget(box)
        self.with_location.toggled.connect(self.changed)

    def show_for(self, *, is_package: bool, only_findings: bool) -> None:
        """Show what can be chosen for the report, or for a package."""
        self.whole_originals.setVisible(is_package and only_findings)
