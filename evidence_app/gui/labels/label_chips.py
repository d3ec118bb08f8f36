"""The labels of what is selected, each to be taken off, and a button to put others on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.gui.labels.label_picker import TagPicker
from evidence_app.gui.labels.label_state import LabelKey, LabelState, read_state, take_label
from evidence_app.model.changes import Area, Changes
from evidence_app.model.finding import Subject
from evidence_app.services import violations

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_WIDEST = 210


class LabelChip(QWidget):
    """One label, with a button that takes it off.

    Signals:
        removed: The person wants it off.
    """

    removed = Signal()

    def __init__(
        self, text: str, colour: QColor, *, removable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colour = colour
        self.hollow = False
        self.words = QLabel()
        elided = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _WIDEST)
        self.words.setText(elided)
        self.remove = QToolButton(autoRaise=True)
        self.remove.setIcon(icons.icon("x"))
        self.remove.setIconSize(QSize(12, 12))
        self.remove.setVisible(removable)
        self.remove.setToolTip(self.tr("Remove “{0}”").format(text))
        self.remove.setAccessibleName(self.remove.toolTip())
        self.remove.clicked.connect(self.removed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 2, 3 if removable else 10, 2)
        layout.setSpacing(2)
        layout.addWidget(self.words)
        layout.addWidget(self.remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the label off."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rounded ground and the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge = QColor(self._colour), QColor(self._colour)
        ground.setAlphaF(0.0 if self.hollow else 0.18)
        edge.setAlphaF(0.6)
        painter.setPen(edge)
        painter.setBrush(ground)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(box.topLeft() + QPoint(12, int(box.height() / 2)), 3.5, 3.5)


class TagChips(QWidget):
    """The labels of the chosen subjects; one that only some of them have is hollow."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._subjects: tuple[Subject, ...] = ()
        self._state = LabelState()
        self._picker: TagPicker | None = None
        self.chips: list[LabelChip] = []
        self.add = QToolButton()
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.clicked.connect(self.pick)
        self._holder = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._holder)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()
        session.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.add.setText(self.tr("Add"))
        self.add.setIcon(icons.icon("plus"))
        self.add.setToolTip(self.tr("Mark a violation or put a tag on"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_subjects(self, subjects: Sequence[Subject]) -> None:
        """Show what is on these subjects."""
        self._subjects = tuple(subjects)
        self._read()

    def pick(self) -> None:
        """Open the list of labels beside the button."""
        if self._picker is None:
            self._picker = TagPicker(self._session, self)
        below = self.add.mapToGlobal(QPoint(0, self.add.height() + 2))
        self._picker.open_for(self._subjects, below)

    def _on_changed(self, changes: Changes) -> None:
        if self._subjects and changes.touches(Area.TAGS, Area.FINDINGS):
            self._read()

    def _read(self) -> None:
        subjects = self._subjects
        if not subjects:
            self._state = LabelState()
            self._fill()
            return

        def done(state: LabelState) -> None:
            if subjects == self._subjects:
                self._state = state
                self._fill()

        self._session.query(lambda case: read_state(case, subjects), done, owner=self)

    def _fill(self) -> None:
        before, self._holder = self._holder, QWidget()
        flow = FlowLayout(self._holder)
        self.chips = [self._chip(*label) for label in self._labels()]
        for chip in self.chips:
            flow.addWidget(chip)
        self._column.replaceWidget(before, self._holder)
        before.deleteLater()
        self._holder.setVisible(bool(self.chips))
        self.add.setVisible(not self._session.case.read_only)

    def _labels(self) -> list[tuple[LabelKey, str, QColor]]:
        chips = []
        for violation in violations.all_types():
            key = LabelKey(violation=violation.code)
            if self._state.count(key):
                chips.append(
                    (key, texts.violation_name(violation.code), theme.severity(violation.code))
                )
        for tag in self._state.tags:
            key = LabelKey(tag_id=tag.id)
            if self._state.count(key):
                chips.append((key, tag.name, QColor(tag.colour)))
        return chips

    def _chip(self, key: LabelKey, text: str, colour: QColor) -> LabelChip:
        chip = LabelChip(text, colour, removable=not self._session.case.read_only)
        count, most = self._state.count(key), self._state.subjects
        chip.hollow = count < most
        numbers = map(QLocale().toString, (count, most))
        chip.setToolTip(
            self.tr("On {0} of {1} selected").format(*numbers)
            if chip.hollow
            else self._explained(key, text)
        )
        chip.removed.connect(lambda: take_label(self._session, self._subjects, key))
        return chip

    @staticmethod
    def _explained(key: LabelKey, text: str) -> str:
        return texts.violation_explanation(key.violation) if key.violation else text
