"""The timeline as a Qt model: numbers for all events, the rest only for those in view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from evidence_app.gui.common import event_texts
from evidence_app.gui.common.event_rows import EventRow, Order, read_order, read_rows
from evidence_app.gui.common.paged_model import ROOT, UNREAD_ROLE, Index, PagedModel
from evidence_app.gui.common.thumbnail_feed import ThumbnailFeed
from evidence_app.model.changes import Area, Changes
from evidence_app.model.evidence import ItemKind
from evidence_app.model.filters import DayGroup, EventFilter
from evidence_app.model.finding import Subject, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QPixmap

    from evidence_app.gui.session import Session

_SHOWN = (Area.EVENTS, Area.PARTIES, Area.TAGS, Area.FINDINGS, Area.ITEMS, Area.CASE)
_ORDERED = (Area.EVENTS, Area.ITEMS, Area.CASE)


class TimelineRole(IntEnum):
    """What a row tells besides its text."""

    DAY = Qt.ItemDataRole.UserRole + 1
    """The `DayGroup`, of a row that heads a day; else None."""
    EVENT = Qt.ItemDataRole.UserRole + 2
    """The `EventRow`; None while it is being read and for a head of a day."""
    PICTURE = Qt.ItemDataRole.UserRole + 3
    """A `QPixmap` of the event's picture; None if it has none, or while it is being read."""


class TimelineModel(PagedModel[int, EventRow]):
    """Days and their events, one row each; positions of the list count events only."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, lambda case, ids: read_rows(case, ids), parent)
        self._filter = EventFilter()
        self._descending = False
        self._order: Order | None = None
        self._heads: list[int] = []
        self._starts: list[int] = []
        self._pictures = ThumbnailFeed(session, self)
        self._pictures.arrived.connect(self._redraw)
        session.changed.connect(self._on_changed)

    @property
    def order(self) -> Order | None:
        """What is shown; None until it has been read for the first time."""
        return self._order

    @property
    def days(self) -> list[DayGroup]:
        """The days in their order."""
        return self._order.index.days if self._order else []

    @property
    def where(self) -> ZoneInfo | None:
        """The zone in which days are counted, once it is known."""
        return self._order.where if self._order else None

    def event_count(self) -> int:
        """How many events are shown."""
        return len(self._order.index.ids) if self._order else 0

    def show(self, event_filter: EventFilter, descending: bool = False) -> None:
        """Read which events are wanted and show those."""
        self._filter, self._descending = event_filter, descending
        self.reload()

    def reload(self) -> None:
        """Read the order anew; what is shown stays until then."""
        event_filter, descending = self._filter, self._descending
        self.listing.ask(lambda case: read_order(case, event_filter, descending), self._take)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Days and events together."""
        return 0 if parent.isValid() else self.event_count() + len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row tells; see `TimelineRole`."""
        row = index.row()
        head = self._head_at(row)
        if role == TimelineRole.DAY:
            return head
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, head)
        if role == TimelineRole.EVENT and head is None:
            return self.row_at(row)
        if role == TimelineRole.PICTURE and head is None:
            return self._picture(self.row_at(row))
        if role == UNREAD_ROLE and head is None:
            return self.unread_words(self._position(row))
        return None

    def _picture(self, row: EventRow | None) -> QPixmap | None:
        if row is None or row.kind is not ItemKind.PICTURE:
            return None
        return self._pictures.get(row.event.item_id)

    def _redraw(self) -> None:
        last = self.rowCount() - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0), [TimelineRole.PICTURE])

    def _spoken(self, row: int, head: DayGroup | None) -> str:
        if head is not None:
            return f"{event_texts.day_words(head)}, {event_texts.count_words(head.count)}"
        event_row = self.row_at(row)
        if event_row is None or self._order is None:
            return self.waiting_words(self._position(row))
        return event_texts.spoken(event_row, self._order.where)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Events can be selected, heads of days can't."""
        if self._head_at(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def row_at(self, row: int) -> EventRow | None:
        """The event of a row, or None while it is being read."""
        return None if self.event_at(row) is None else self._page_row(self._position(row))

    def event_at(self, row: int) -> int | None:
        """The number of the event of a row, or None for a head of a day."""
        if self._order is None or not 0 <= row < self.rowCount():
            return None
        if self._head_at(row) is not None:
            return None
        return self._order.index.ids[self._position(row)]

    def events_in(self, ranges: Iterable[tuple[int, int]]) -> list[int]:
        """The numbers of the events between the first and the last row of each stretch."""
        event_ids: list[int] = []
        if self._order is not None:
            for first, last in ranges:
                begin, end = bisect_left(self._heads, first), bisect_right(self._heads, last)
                event_ids += self._order.index.ids[first - begin : last + 1 - end]
        return event_ids

    def subjects(self, ranges: Iterable[tuple[int, int]]) -> list[Subject]:
        """The events of these stretches of rows, to be labelled."""
        return [Subject(SubjectKind.EVENT, event_id) for event_id in self.events_in(ranges)]

    def day_at(self, row: int) -> DayGroup | None:
        """The day to which a row belongs."""
        place = bisect_right(self._heads, row) - 1
        return self.days[place] if place >= 0 else None

    def head_row(self, row: int) -> int:
        """The row that heads the day to which a row belongs."""
        place = bisect_right(self._heads, row) - 1
        return self._heads[place] if place >= 0 else 0

    def row_of_day(self, day: date | None) -> int | None:
        """The row that heads a day."""
        for head, group in zip(self._heads, self.days, strict=True):
            if group.day == day:
                return head
        return None

    def rows_of_events(self, event_ids: set[int]) -> list[int]:
        """The rows of these events; events that are not shown are left out."""
        if self._order is None or not event_ids:
            return []
        ids = self._order.index.ids
        return [
            self._row_of_position(place)
            for place, event_id in enumerate(ids)
            if event_id in event_ids
        ]

    def _head_at(self, row: int) -> DayGroup | None:
        place = bisect_right(self._heads, row) - 1
        return self.days[place] if place >= 0 and self._heads[place] == row else None

    def _position(self, row: int) -> int:
        return row - bisect_right(self._heads, row)

    def _row_of_position(self, position: int) -> int:
        return position + bisect_right(self._starts, position)

    def _take(self, order: Order) -> None:
        same = self._order is not None and self._order.index == order.index
        if same and self._order is not None and self._order.where == order.where:
            self._order = order
            self.read_again()
        else:
            with self._replaced(order.index.ids):
                self._order = order
                self._starts = [group.start for group in order.index.days]
                self._heads = [start + place for place, start in enumerate(self._starts)]
        self.loaded.emit()

    def _on_changed(self, changes: Changes) -> None:
        narrowed = self._filter.tag_id is not None or self._filter.violation is not None
        if changes.touches(*_ORDERED) or (narrowed and changes.touches(Area.TAGS, Area.FINDINGS)):
            self.reload()
        elif changes.touches(*_SHOWN) and self._order is not None:
            self.read_again()
