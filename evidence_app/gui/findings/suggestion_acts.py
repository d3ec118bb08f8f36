"""The acts that a suggestion rests on: read away from the window, and listed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.common import event_texts
from evidence_app.gui.common.event_rows import EventRow, read_rows
from evidence_app.gui.common.thumbnail_feed import ThumbnailFeed
from evidence_app.model.evidence import ItemKind
from evidence_app.model.suggested import Suggested
from evidence_app.model.times import zone
from evidence_app.services import helplines
from evidence_app.services.helplines import Helpline

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from evidence_app.gui.session import Session
    from evidence_app.model.event import Event
    from evidence_app.services.cases import CaseFile

MOST = 200
"""So many acts are listed."""
_ICON = 16
_PICTURE = 44


@dataclass(frozen=True, slots=True)
class SuggestedActs:
    """What is listed below a suggestion.

    Attributes:
        id: The suggestion's.
        rows: The first of its events, with what their lines show.
        helpline: Whom to call if one of them urges the person to self-harm; None if none does.
    """

    id: str
    rows: tuple[EventRow, ...]
    helpline: Helpline | None


def read(case: CaseFile, suggested: Suggested) -> SuggestedActs:
    """Read the acts of a suggestion."""
    ids = list(suggested.suggestion.event_ids()[:MOST])
    rows_by_id = read_rows(case, ids)
    rows = tuple(rows_by_id[event_id] for event_id in ids if event_id in rows_by_id)
    helpline = helplines.for_events(case, [row.event for row in rows])
    return SuggestedActs(suggested.id, rows, helpline)


def words_of(row: EventRow, where: ZoneInfo) -> str:
    """When it was, with whom, and its words; of a picture the first that were read from it."""
    event = row.event
    when = texts.reading_text(event.time, where) if event.time else ""
    # Of a picture or a document nothing but its name tells which it is.
    side = event_texts.other_side(event) or ("" if event.text else event.filename)
    return " · ".join(part for part in (when, side, event_texts.row_words(row)) if part)


class ActsList(QListWidget):
    """The acts that a suggestion rests on; pictures are shown small.

    Args:
        session: The open case.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pictures = ThumbnailFeed(session, self)
        self._pictures.arrived.connect(self._show_icons)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)

    def show_rows(self, rows: Sequence[EventRow]) -> None:
        """List these acts."""
        self.clear()
        where = zone(self._session.info.timezone)
        has_pictures = any(row.kind is ItemKind.PICTURE for row in rows)
        side = _PICTURE if has_pictures else _ICON
        self.setIconSize(QSize(side, side))
        for row in rows:
            line = QListWidgetItem(words_of(row, where))
            line.setData(Qt.ItemDataRole.UserRole, row)
            self.addItem(line)
        self._show_icons()

    def events(self, lines: Sequence[QListWidgetItem]) -> list[Event]:
        """The acts of some lines."""
        return [line.data(Qt.ItemDataRole.UserRole).event for line in lines]

    def _show_icons(self) -> None:
        for number in range(self.count()):
            line = self.item(number)
            row: EventRow = line.data(Qt.ItemDataRole.UserRole)
            is_picture = row.kind is ItemKind.PICTURE
            picture = self._pictures.get(row.event.item_id) if is_picture else None
            if picture is None or picture.isNull():
                # As a picture of its size: an icon would grow with the small pictures.
                icon = icons.icon(event_texts.type_icon(row.event))
                picture = icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF())
            line.setIcon(QIcon(picture))
