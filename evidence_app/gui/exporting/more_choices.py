"""What else is chosen for an evidence report or a package: margin, whole files, places."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from evidence_app.gui.appearance import texts, theme


class MoreChoices(QWidget):
    """Boxes to tick; nothing is ticked at first."""

    changed = Signal()
    """What the report itself shows was chosen otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_package = False
        self.binding_margin = QCheckBox(self.tr("Wide left margin for binding (28 mm)"))
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
        self.embed_originals = QCheckBox()
        self.embed_originals.setToolTip(
            self.tr(
                "Whoever has the report then has the files too, and can save them from the PDF. "
                "Where you blacked something out, a copy goes instead. The list of original files "
                "is always part of such a report."
            )
        )
        self.size_hint = QLabel(
            self.tr("Many e-mail providers refuse more than 20 MB, and complaint pages often less.")
        )
        self.size_hint.setWordWrap(True)
        self.size_hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.show_size(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        for row in (
            self.binding_margin,
            *(self.whole_originals, self.with_location),
            *(self.embed_originals, self.size_hint),
        ):
            layout.addWidget(row)
        self.binding_margin.toggled.connect(self.changed)
        self.with_location.toggled.connect(self.changed)
        self.embed_originals.toggled.connect(self.changed)
        self.embed_originals.toggled.connect(self._show_size_hint)
        self._show_size_hint()

    def chosen(self) -> dict[str, Any]:
        """The choices, by the names that they have in `DossierOptions`."""
        return {
            "binding_margin": self.binding_margin.isChecked(),
            "whole_originals": self.whole_originals.isChecked(),
            "with_location": self.with_location.isChecked(),
            "embed_originals": self.embed_originals.isChecked() and not self._is_package,
        }

    def show_for(self, *, is_package: bool, only_findings: bool) -> None:
        """Show what can be chosen for the report, or for a package."""
        self.whole_originals.setVisible(is_package and only_findings)
        self.embed_originals.setVisible(not is_package)
        self._is_package = is_package
        self._show_size_hint()

    def show_size(self, size: int | None) -> None:
        """Say how large the original files are together, in bytes; None if it is not known."""
        text = self.tr("Put the originals into the PDF")
        if size is not None:
            text = self.tr("Put the originals into the PDF ({0})").format(texts.size(size))
        self.embed_originals.setText(text)

    def _show_size_hint(self) -> None:
        self.size_hint.setVisible(self.embed_originals.isChecked() and not self._is_package)
