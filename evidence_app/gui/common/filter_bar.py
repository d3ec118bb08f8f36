"""Which events are wanted: words, types, parties, labels, direction and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.common.choice_button import Choice, ChoiceButton
from evidence_app.gui.common.date_range_button import SpanButton
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Tag
from evidence_app.model.party import Party
from evidence_app.services import violations

_TYPING_PAUSE_MS = 250
_WAYS = (Direction.INCOMING, Direction.OUTGOING)
_OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Label:
    """A violation type or a tag of the person's own; one of the two is given."""

    violation: str | None = None
    tag_id: int | None = None


class FilterBar(QWidget):
    """Everything by which the timeline can be narrowed.

    The button for the order is made here, but stands beside the list.

    Signals:
        changed: The person wants other events.
        order_changed: The person wants the newest first, or the oldest.
    """

    changed = Signal()
    order_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.types: ChoiceButton[EventType] = ChoiceButton()
        self.parties: ChoiceButton[int] = ChoiceButton()
        self.labels: ChoiceButton[Label] = ChoiceButton(single=True)
        self.ways: ChoiceButton[Direction | Outcome] = ChoiceButton()
        self.span = SpanButton()
        self.order = QToolButton()
        self.order.setCheckable(True)
        self.order.setIconSize(QSize(14, 14))
        self.order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.everything = QToolButton()
        self._parties: Sequence[Party] = ()
        self._tags: Sequence[Tag] = ()
        self._item_id: int | None = None
        self._ids: frozenset[int] = frozenset()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        flow = FlowLayout()
        for button in (self.types, self.parties, self.labels, self.ways, self.span):
            flow.addWidget(button)
        flow.addWidget(self.everything)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addLayout(flow)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._tell_now)
        self._pause.timeout.connect(self._tell_now)
        for button in (self.types, self.parties, self.labels, self.ways, self.span):
            button.changed.connect(self._tell_now)
        self.order.toggled.connect(self._on_order)
        self.everything.clicked.connect(self.clear)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.search.setPlaceholderText(self.tr("Search words, names and numbers"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.types.set_title(self.tr("Type"))
        self.parties.set_title(self.tr("Person"), self.tr("Search names and numbers"))
        self.labels.set_title(self.tr("Label"), self.tr("Search labels"))
        self.ways.set_title(self.tr("Direction"))
        self.everything.setText(self.tr("Show all"))
        self.span.retranslate()
        self.types.set_choices(
            [Choice(event_type, texts.event_type(event_type)) for event_type in EventType]
        )
        ways: list[Choice[Direction | Outcome]] = []
        ways += [Choice(direction, texts.direction(direction)) for direction in _WAYS]
        ways += [Choice(outcome, texts.outcome(outcome)) for outcome in _OUTCOMES]
        self.ways.set_choices(ways)
        self._fill_labels()
        self._fill_parties()
        self._say_order()
        self._say_everything()

    def set_parties(self, parties: Sequence[Party]) -> None:
        """Offer these parties."""
        self._parties = parties
        self._fill_parties()

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Offer these tags beside the violation types."""
        self._tags = tags
        self._fill_labels()

    def set_span(self, span: tuple[date, date] | None) -> None:
        """Offer the days of the case."""
        self.span.set_limits(span)

    def event_filter(self) -> EventFilter:
        """Which events are wanted."""
        ways = self.ways.chosen()
        label = next(iter(self.labels.chosen()), Label())
        return EventFilter(
            text=self.search.text().strip(),
            types=frozenset(self.types.chosen()),
            directions=frozenset(way for way in ways if isinstance(way, Direction)),
            outcomes=frozenset(way for way in ways if isinstance(way, Outcome)),
            party_ids=frozenset(self.parties.chosen()),
            tag_id=label.tag_id,
            violation=label.violation,
            first_day=self.span.first(),
            last_day=self.span.last(),
            item_id=self._item_id,
            undated=self.span.undated(),
            ids=self._ids,
        )

    def want(self, event_filter: EventFilter) -> None:
        """Show another choice and tell `changed`."""
        self.search.blockSignals(True)
        self.search.setText(event_filter.text)
        self.search.blockSignals(False)
        self.types.choose(list(event_filter.types))
        self.ways.choose([*event_filter.directions, *event_filter.outcomes])
        self.parties.choose(list(event_filter.party_ids))
        labelled = event_filter.tag_id is not None or event_filter.violation is not None
        self.labels.choose([Label(event_filter.violation, event_filter.tag_id)] if labelled else [])
        self.span.choose(event_filter.first_day, event_filter.last_day, event_filter.undated)
        self._item_id = event_filter.item_id
        self._ids = event_filter.ids
        self._tell_now()

    def clear(self) -> None:
        """Want all events."""
        self.want(EventFilter())

    def narrowed(self) -> bool:
        """Whether not all events are wanted."""
        return self.event_filter() != EventFilter()

    def descending(self) -> bool:
        """Whether the newest come first."""
        return self.order.isChecked()

    def _tell_now(self) -> None:
        self._pause.stop()
        self._say_everything()
        self.changed.emit()

    def _on_order(self, descending: bool) -> None:
        self._say_order()
        self.order_changed.emit(descending)

    def _say_order(self) -> None:
        newest = self.order.isChecked()
        self.order.setIcon(icons.icon("arrow-down" if newest else "arrow-up"))
        label = self.tr("Newest first") if newest else self.tr("Oldest first")
        self.order.setText(label)

    def _say_everything(self) -> None:
        self.everything.setVisible(self.narrowed())

    def _fill_parties(self) -> None:
        chosen = self.parties.chosen()
        named = [party for party in self._parties if party.label()]
        self.parties.set_choices([Choice(party.id, party_text(party)) for party in named])
        self.parties.choose(chosen)

    def _fill_labels(self) -> None:
        chosen = self.labels.chosen()
        types = [
            Choice(Label(violation=violation_type.code), texts.violation_name(violation_type.code))
            for violation_type in violations.all_types()
        ]
        own = [Choice(Label(tag_id=tag.id), tag.name, tag.colour) for tag in self._tags]
        self.labels.set_choices([*own, *types])
        self.labels.choose(chosen)


def party_text(party: Party) -> str:
    """A party's name and first number, to be found by either."""
    number = party.identifiers[0].raw if party.identifiers else ""
    return f"{party.name}  {number}" if party.name and number else party.label()


def only_party(party_id: int) -> EventFilter:
    """All events with one party."""
    return replace(EventFilter(), party_ids=frozenset({party_id}))
