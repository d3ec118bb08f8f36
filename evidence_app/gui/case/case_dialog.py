"""Asks for what a new case needs, with sensible answers already there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app import settings
from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.gui.common.zone_box import ZoneBox
from evidence_app.model.case import CaseInfo, Jurisdiction
from evidence_app.services import cases


@dataclass(frozen=True, slots=True)
class CaseAnswers:
    """What the person said of the case."""

    path: Path
    title: str
    owner_name: str
    numbers: tuple[str, ...]
    timezone: str
    jurisdiction: Jurisdiction


class CaseDialog(QDialog):
    """Asks what a case is about: a new one, or one that is open."""

    def __init__(self, parent: QWidget | None = None, info: CaseInfo | None = None) -> None:
        """Make the dialog.

        Args:
            parent: Qt's parent.
            info: What is known of an open case; None for a new one.
        """
        super().__init__(parent)
        self._info = info
        self.title = QLineEdit()
        self.owner = QLineEdit()
        self.numbers = QLineEdit()
        self.zone = ZoneBox(info.timezone if info else cases.default_timezone())
        self.place = _jurisdiction_box(info.jurisdiction if info else cases.default_jurisdiction())
        self.path = QLineEdit()
        self.title_hint, self.zone_hint, self.path_hint = (
            MissingHint(field) for field in (self.title, self.zone, self.path)
        )
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._fill()
        self.title.textChanged.connect(self._on_title)
        self.zone.currentTextChanged.connect(self._check)
        self.path.textChanged.connect(self._check)
        self._check()

    def answers(self) -> CaseAnswers:
        """What the person said."""
        numbers = [number.strip() for number in re.split(r"[,，;；、\n]", self.numbers.text())]
        return CaseAnswers(
            Path(self.path.text()),
            self.title.text().strip(),
            self.owner.text().strip(),
            tuple(number for number in numbers if number),
            self.zone.key(),
            Jurisdiction(self.place.currentData()),
        )

    def _lay_out(self) -> None:
        new = self._info is None
        self.setWindowTitle(self.tr("New case") if new else self.tr("Case details"))
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Title"), self.title)
        form.addRow("", self.title_hint)
        form.addRow(self.tr("My name"), self.owner)
        if new:
            form.addRow(self.tr("My numbers"), self.numbers)
        form.addRow(self.tr("Time zone"), self.zone)
        form.addRow("", self.zone_hint)
        form.addRow(self.tr("Where I live"), self.place)
        if new:
            form.addRow(self.tr("Saved at"), self._path_row())
            form.addRow("", self.path_hint)
        self.path.setAccessibleName(self.tr("Saved at"))
        self.title.setPlaceholderText(self.tr("For example: the lender’s name"))
        self.owner.setPlaceholderText(self.tr("Optional; printed on the cover of the report"))
        self.numbers.setPlaceholderText(self.tr("Optional; separate several with commas"))
        hint = QLabel(self.tr("All of this can be changed later."))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("Create case") if new else self.tr("Save"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self._buttons)
        self.resize(560, self.sizeHint().height())

    def _path_row(self) -> QWidget:
        choose = QPushButton(self.tr("Choose…"))
        choose.clicked.connect(self._choose)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.path, 1)
        layout.addWidget(choose)
        return row

    def _fill(self) -> None:
        if self._info is not None:
            self.title.setText(self._info.title)
            self.owner.setText(self._info.owner_name)
            return
        self.title.setText(self.tr("My case"))
        self.title.selectAll()
        self._on_title(self.title.text())

    def _on_title(self, title: str) -> None:
        if self._info is None and not self.path.isModified():
            name = re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", title).strip(" .") or "case"
            self.path.setText(str(_free(settings.documents_folder() / f"{name}.evcase")))
        self._check()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the case at"), self.path.text(), "Evidence App (*.evcase)"
        )
        if chosen:
            self.path.setText(chosen if chosen.endswith(".evcase") else f"{chosen}.evcase")
            self.path.setModified(True)

    def _check(self) -> None:
        has_title, is_zone = bool(self.title.text().strip()), bool(self.zone.key())
        has_path = self._info is not None or bool(self.path.text().strip())
        self.title_hint.say("" if has_title else self.tr("Please write a title."))
        self.zone_hint.say(
            ""
            if is_zone
            else self.tr(
                "Please choose a city from the list, or write a name such as Asia/Shanghai."
            )
        )
        self.path_hint.say("" if has_path else self.tr("Please say where the case is saved."))
        complete = has_title and is_zone and has_path
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)


def _free(path: Path) -> Path:
    """The path, or the first numbered one like it that is free."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_stem(f"{path.stem} {number}")
        number += 1
    return candidate


def _jurisdiction_box(current: Jurisdiction) -> QComboBox:
    box = QComboBox()
    for jurisdiction in Jurisdiction:
        box.addItem(texts.jurisdiction(jurisdiction), jurisdiction.value)
    box.setCurrentIndex(list(Jurisdiction).index(current))
    return box
