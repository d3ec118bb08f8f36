"""Which evidence is wanted, in which order, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.common.choice_button import Choice, ChoiceButton
from evidence_app.gui.common.event_texts import kind_icon
from evidence_app.gui.common.filter_bar import Label
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.model.evidence import ItemKind
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.model.finding import Tag
from evidence_app.services import violations

_TYPING_PAUSE_MS = 250


class EvidenceBar(QWidget):
    """Search, filters, order, tiles or lines.

    Attributes:
        changed: The person wants other items, or another order.
        tiles_changed: The person wants tiles (true) or lines.
    """

    changed = Signal()
    tiles_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.kinds: ChoiceButton[ItemKind] = ChoiceButton()
        self.labels: ChoiceButton[Label] = ChoiceButton(single=True)
        self.trash, self.everything, self.direction = QToolButton(), QToolButton(), QToolButton()
        self.order = QComboBox()
        self.as_tiles, self.as_lines = QToolButton(), QToolButton()
        self._tags: Sequence[Tag] = ()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        for button in (self.trash, self.direction, self.as_tiles, self.as_lines):
            button.setCheckable(True)
        for button in (self.as_tiles, self.as_lines):
            button.setAutoExclusive(True)
        self.as_tiles.setChecked(True)
        for order in ItemOrder:
            self.order.addItem("", order)
        flow = FlowLayout()
        for part in (self.kinds, self.labels, self.order, self.direction, self.trash):
            flow.addWidget(part)
        flow.addWidget(self.everything)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.as_tiles)
        top.addWidget(self.as_lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, 6)
        layout.addLayout(top)
        layout.addLayout(flow)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._tell)
        self._pause.timeout.connect(self._tell)
        self.kinds.changed.connect(self._tell)
        self.labels.changed.connect(self._tell)
        self.order.currentIndexChanged.connect(self._tell)
        self.direction.toggled.connect(self._tell)
        self.trash.toggled.connect(self._tell)
        self.everything.clicked.connect(self.clear)
        self.as_tiles.toggled.connect(self.tiles_changed)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.search.setPlaceholderText(self.tr("Search names, notes and words in the evidence"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.kinds.set_title(self.tr("Kind"))
        self.kinds.set_choices(
            [
                Choice(kind, texts.item_kind(kind), icon=icons.icon(kind_icon(kind)))
                for kind in ItemKind
            ]
        )
        self.labels.set_title(self.tr("Label"), self.tr("Search labels"))
        orders = {
            ItemOrder.TIME: self.tr("By date"),
            ItemOrder.NAME: self.tr("By name"),
            ItemOrder.KIND: self.tr("By kind"),
            ItemOrder.IMPORTED: self.tr("By when it was added"),
        }
        for row, text in enumerate(orders.values()):
            self.order.setItemText(row, text)
        self.order.setAccessibleName(self.tr("Order"))
        self.everything.setText(self.tr("Show all"))
        for button, icon, text in (
            (self.trash, "trash-2", self.tr("Show the trash")),
            (self.as_tiles, "layout-grid", self.tr("Tiles")),
            (self.as_lines, "table", self.tr("List")),
        ):
            button.setIcon(icons.icon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._fill_labels()
        self._say()

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Offer these tags beside the violation types."""
        self._tags = tags
        self._fill_labels()

    def item_filter(self) -> ItemFilter:
        """Which items are wanted."""
        label = next(iter(self.labels.chosen()), Label())
        return ItemFilter(
            text=self.search.text().strip(),
            kinds=frozenset(self.kinds.chosen()),
            tag_id=label.tag_id,
            violation=label.violation,
            trashed=self.trash.isChecked(),
        )

    def sorting(self) -> tuple[ItemOrder, bool]:
        """By what, and whether the last comes first."""
        return ItemOrder(self.order.currentData()), self.direction.isChecked()

    def clear(self) -> None:
        """Want all items that are not in the trash."""
        with QSignalBlocker(self.trash):
            self.trash.setChecked(False)
        self.clear_choices()

    def clear_choices(self) -> None:
        """Want all items here, whether that is the trash or not."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.kinds.choose([])
        self.labels.choose([])
        self._tell()

    def leave_trash(self) -> None:
        """Want the evidence again, chosen as it is."""
        self.trash.setChecked(False)

    def _tell(self) -> None:
        self._pause.stop()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        last_first = self.direction.isChecked()
        self.direction.setIcon(icons.icon("arrow-down" if last_first else "arrow-up"))
        text = self.tr("From last to first") if last_first else self.tr("From first to last")
        self.direction.setToolTip(text)
        self.direction.setAccessibleName(text)
        self.everything.setVisible(self.item_filter() != ItemFilter())

    def _fill_labels(self) -> None:
        chosen = self.labels.chosen()
        own = [Choice(Label(tag_id=tag.id), tag.name, tag.colour) for tag in self._tags]
        types = [
            Choice(
                Label(violation=violation.code),
                texts.violation_name(violation.code),
                theme.severity(violation.code).name(),
            )
            for violation in violations.all_types()
        ]
        self.labels.set_choices([*own, *types])
        self.labels.choose(chosen)
