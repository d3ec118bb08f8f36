"""Chips by which a search is narrowed to kinds of hits; each says how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from evidence_app.gui.appearance import texts
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.model.search import HitKind, SearchResult


class KindChips(QWidget):
    """One chip for everything, and one for each kind.

    Signals:
        changed: The person chose other kinds.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: SearchResult | None = None
        self.everything = _chip()
        self.chips = {kind: _chip() for kind in HitKind}
        layout = FlowLayout(self)
        for chip in (self.everything, *self.chips.values()):
            layout.addWidget(chip)
            chip.clicked.connect(self._on_clicked)
        self.everything.setChecked(True)

    def chosen(self) -> list[HitKind]:
        """What is chosen; nothing means all."""
        return [kind for kind, chip in self.chips.items() if chip.isChecked()]

    def show_counts(self, result: SearchResult | None) -> None:
        """Say how much was found of each kind; None before anything is searched."""
        self._result = result
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.everything.setText(self.tr("Everything"))
        for kind, chip in self.chips.items():
            name, count = texts.hit_kind(kind), count_words(self._result, kind)
            chip.setText(f"{name} {count}" if count else name)
            chip.setAccessibleName(chip.text())
            is_empty = self._result is not None and not self._result.counts.get(kind)
            chip.setEnabled(not is_empty or chip.isChecked())

    def choose(self, kinds: Sequence[HitKind]) -> None:
        """Choose these and tell `changed`."""
        for kind, chip in self.chips.items():
            chip.setChecked(kind in kinds)
        self._tell()

    def _on_clicked(self) -> None:
        if self.sender() is self.everything:
            self.choose([])
        else:
            self._tell()

    def _tell(self) -> None:
        self.everything.setChecked(not self.chosen())
        self.changed.emit()


def count_words(result: SearchResult | None, kind: HitKind) -> str:
    """How many there are of a kind, ``50+`` if more than were counted; empty for none."""
    count = 0 if result is None else result.counts.get(kind, 0)
    if not count or result is None:
        return ""
    return f"{count:,}+" if kind in result.unfinished else f"{count:,}"


def _chip() -> QToolButton:
    chip = QToolButton()
    chip.setCheckable(True)
    chip.setProperty("chip", True)
    chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return chip
