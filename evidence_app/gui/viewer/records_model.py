"""The entries of a call log or of messages, as a table: read a page at a time."""

from __future__ import annotations

from array import array
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.common import event_texts
from evidence_app.gui.common.event_rows import EventRow, read_rows
from evidence_app.gui.common.paged_model import ROOT, UNREAD_ROLE, Index, PagedModel
from evidence_app.model.changes import Area, Changes
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.times import TimeReading, WallClock, in_zone, zone
from evidence_app.services import events as timeline

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

_SHOWN = (Area.EVENTS, Area.PARTIES, Area.TAGS, Area.FINDINGS, Area.CASE)


class Column(IntEnum):
    """The columns of the table."""

    PLACE = 0
    TIME = 1
    WHO = 2
    DIRECTION = 3
    OUTCOME = 4
    DURATION = 5
    TEXT = 6
    LABELS = 7


class RecordsModel(PagedModel[int, EventRow]):
    """The entries of one item by time."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, lambda case, ids: read_rows(case, ids), parent)
        self._item_id: int | None = None
        session.changed.connect(self._on_changed)

    def show_item(self, item_id: int, text: str = "") -> None:
        """Show the entries of an item in which words occur; all for no words."""
        if item_id != self._item_id:
            self._take(array("q"))
        self._item_id = item_id
        event_filter = EventFilter(item_id=item_id, text=text)
        self.listing.ask(lambda case: timeline.index(case, event_filter).ids, self._show)

    def columnCount(self, parent: Index = ROOT) -> int:
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are called."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.PLACE: self.tr("In the file"),
            Column.TIME: self.tr("Time"),
            Column.WHO: self.tr("With"),
            Column.DIRECTION: self.tr("Direction"),
            Column.OUTCOME: self.tr("Outcome"),
            Column.DURATION: self.tr("Length"),
            Column.TEXT: self.tr("Words"),
            Column.LABELS: self.tr("Labels"),
        }[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        column = Column(index.column())
        if role == UNREAD_ROLE:
            return self.unread_words(index.row())
        row = self._page_row(index.row())
        if row is None:
            is_said = role == Qt.ItemDataRole.DisplayRole and column is Column.TEXT
            return self.unread_words(index.row()) if is_said else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return event_texts.explained(row)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.WHO:
            return icons.icon(event_texts.type_icon(row.event))
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.DURATION:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def event_at(self, row: int) -> int | None:
        """The number of the event of a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def subjects(self, rows: list[int]) -> list[Subject]:
        """The events of these rows."""
        event_ids = [self.event_at(row) for row in rows]
        return [
            Subject(SubjectKind.EVENT, event_id) for event_id in event_ids if event_id is not None
        ]

    def row_of(self, event_id: int) -> int | None:
        """Where an event stands, or None."""
        return self._keys.index(event_id) if event_id in self._keys else None

    def _cell(self, row: EventRow, column: Column) -> str:
        event = row.event
        if column is Column.PLACE:
            return texts.place(event.place) if event.place else ""
        if column is Column.TIME:
            return self._time(event.time) if event.time else self.tr("No date")
        if column is Column.WHO:
            named = _party_name(event.party or event.contact_name, event.identifier)
            return named or event_texts.other_side(event)
        if column is Column.DIRECTION:
            has_direction = event.direction is not Direction.NONE
            return texts.direction(event.direction) if has_direction else ""
        if column is Column.OUTCOME:
            return texts.outcome(event.outcome) if event.outcome is not Outcome.UNKNOWN else ""
        if column is Column.DURATION:
            return texts.duration(event.duration_s) if event.duration_s is not None else ""
        if column is Column.TEXT:
            return " ".join(event.text.split())
        return self._labels(row)

    def _time(self, reading: TimeReading) -> str:
        """The time on a clock of the case's zone; the inspector says the offset."""
        at = in_zone(reading.moment, zone(self._session.info.timezone))
        zoned = replace(reading, moment=WallClock(at.replace(tzinfo=None)))
        return texts.reading_text(zoned, zone(self._session.info.timezone))

    @staticmethod
    def _labels(row: EventRow) -> str:
        codes = [texts.violation_name(code) for code in row.own.violations]
        return ", ".join(codes + [tag.name for tag in row.own.tags])

    def _show(self, ids: array[int]) -> None:
        self._take(ids)
        self.loaded.emit()

    def _take(self, ids: array[int]) -> None:
        if ids == self._keys:
            self.read_again()
        else:
            with self._replaced(ids):
                pass

    def _on_changed(self, changes: Changes) -> None:
        if self._item_id is not None and changes.touches(*_SHOWN):
            self.read_again()


def event_at_place(case: CaseFile, item_id: int, place: SourcePlace) -> int | None:
    """The event of an item that stands at a place of its file, or None."""
    for event in timeline.stream(case, EventFilter(item_id=item_id)):
        if event.place == place:
            return event.id
    return None


def _party_name(name: str, identifier: str) -> str:
    differ = name and identifier and name != identifier
    return f"{name}  {identifier}" if differ else name or identifier
