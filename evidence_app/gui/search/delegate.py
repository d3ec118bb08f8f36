"""How a hit is drawn: whose it is and when, and below it the words with those that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.common import event_texts as words
from evidence_app.gui.common.found_words import paint_found
from evidence_app.gui.search.rows import Heading, HitRole, HitsModel
from evidence_app.gui.timeline.delegate import PADDING, bold, inks
from evidence_app.model.finding import FindingStatus
from evidence_app.model.search import Hit, HitKind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_Index = QModelIndex | QPersistentModelIndex
_ICON = 16
_GAP = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HitDelegate(QStyledItemDelegate):
    """Two lines for a hit, one for a heading."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._where: ZoneInfo | None = None

    def set_zone(self, where: ZoneInfo) -> None:
        """Show times of that zone."""
        self._where = where

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """The same for every row."""
        return QSize(200, 2 * option.fontMetrics.height() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a heading or a hit."""
        painter.save()
        painter.setClipRect(option.rect)
        row = index.data(HitRole.ROW)
        if isinstance(row, Heading):
            self._paint_heading(painter, option, index, row)
        elif isinstance(row, Hit):
            style = option.widget.style() if option.widget else QApplication.style()
            style.drawPrimitive(
                QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
            )
            self._paint_hit(painter, option, row, index.data(HitRole.THUMBNAIL))
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, row: Heading
    ) -> None:
        model = index.model()
        assert isinstance(model, HitsModel)
        # Keys pass it by, but it is to be read like every other line.
        ink = option.palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)
        painter.setPen(ink)
        painter.setFont(bold(option.font))
        inner = option.rect.adjusted(PADDING, 0, -PADDING, -6)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, flags, model.heading(row))

    def _paint_hit(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        hit: Hit,
        thumbnail: QPixmap | None,
    ) -> None:
        ink, soft = inks(option)
        inner = option.rect.adjusted(PADDING, 7, -PADDING, -7)
        half = inner.height() // 2
        if thumbnail is None or thumbnail.isNull():
            box = QRect(inner.left(), inner.top() + 1, _ICON, _ICON)
            icons.icon(_icon(hit), soft).paint(painter, box)
        else:
            box = QRect(inner.left(), inner.top(), inner.height(), inner.height())
            _paint_small(painter, box, thumbnail)
        inner.setLeft(box.right() + 1 + _GAP)
        upper, lower = QRect(inner), QRect(inner)
        upper.setHeight(half)
        lower.setTop(inner.top() + half)
        painter.setFont(option.font)
        painter.setPen(soft)
        where = self._whereabouts(hit)
        painter.drawText(upper, _RIGHT, where)
        upper.setRight(upper.right() - painter.fontMetrics().horizontalAdvance(where) - _GAP)
        painter.setPen(ink)
        painter.setFont(bold(option.font))
        is_finding = hit.kind is HitKind.FINDING
        _write(painter, upper, texts.violation_name(hit.title) if is_finding else hit.title)
        paint_found(painter, lower, option.font, soft, hit.snippet)

    def _whereabouts(self, hit: Hit) -> str:
        """When it was, and where in its file."""
        parts = []
        if hit.start_s is not None:
            minutes, seconds = divmod(int(hit.start_s), 60)
            parts.append(f"{minutes}:{seconds:02}")
        elif hit.kind is HitKind.PAGE and hit.place is not None:
            parts.append(texts.place(hit.place))
        if hit.status not in (None, FindingStatus.CONFIRMED):
            parts.append(texts.finding_status(hit.status))
        if hit.time is not None and self._where is not None:
            parts.append(texts.reading_text(hit.time, self._where))
        return " · ".join(parts)


def _paint_small(painter: QPainter, box: QRect, picture: QPixmap) -> None:
    """The upper part of a picture, filling a square."""
    side = min(picture.width(), picture.height())
    left = (picture.width() - side) // 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(box, picture, QRect(left, 0, side, side))


def _icon(hit: Hit) -> str:
    if hit.kind is HitKind.PARTY or hit.item is None:
        return "users"
    of_kind = {
        HitKind.MESSAGE: "message-square",
        HitKind.EVENT: "history",
        HitKind.NOTE: "pencil",
        HitKind.FINDING: "scale",
    }
    return of_kind.get(hit.kind) or words.kind_icon(hit.item.kind)


def _write(painter: QPainter, box: QRect, text: str) -> None:
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, short)
