"""Asks once from which phone or computer files come: a judge may want to see it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from evidence_app.model.device import Device


class DeviceRow(QWidget):
    """The name of a device, and whether the person still has it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kept = QCheckBox(self.tr("I still have it"))
        self.kept.setChecked(True)
        label = QLabel(self.tr("From which phone or computer?"))
        label.setBuddy(self.box)
        line = self.box.lineEdit()
        assert line is not None
        line.setPlaceholderText(self.tr("e.g. my Huawei P40 (you can leave this empty)"))
        self.box.setAccessibleName(label.text())
        self.setToolTip(
            self.tr(
                "A court may want to see the device itself. Please keep it "
                "and don’t reset it. It is named in the evidence report."
            )
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.box, 0, 1)
        grid.addWidget(self.kept, 0, 2)
        grid.setColumnStretch(1, 1)

    def offer(self, devices: Iterable[Device]) -> None:
        """Offer devices that were named before; what is typed already stays."""
        typed = self.box.currentText()
        self.box.clear()
        self.box.addItems([device.name for device in devices])
        self.box.setCurrentIndex(-1)
        self.box.setEditText(typed)

    def name(self) -> str:
        """What the person calls it, empty if not said."""
        return self.box.currentText().strip()

    def is_kept(self) -> bool:
        """Whether the person still has it."""
        return self.kept.isChecked()
