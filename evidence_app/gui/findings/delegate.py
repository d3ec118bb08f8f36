"""How a finding is drawn in its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from evidence_app.gui.appearance import icons
from evidence_app.gui.common import event_texts as words
from evidence_app.gui.common.thumbnail_feed import paint_thumbnail
from evidence_app.gui.common.unread_line import paint_unread
from evidence_app.gui.findings.model import FindingRole
from evidence_app.gui.timeline.delegate import PADDING, bold, inks

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QPixmap

    from evidence_app.gui.findings.rows import FindingRow

_Index = QModelIndex | QPersistentModelIndex
_ICON = 16
_GAP = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FindingDelegate(QStyledItemDelegate):
    """Two lines: when and who; what, and the person's note."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._where: ZoneInfo | None = None

    def set_zone(self, where: ZoneInfo) -> None:
        """Show times of that zone."""
        self._where = where

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """The same for every finding."""
        return QSize(200, 2 * option.fontMetrics.height() + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a finding."""
        painter.save()
        painter.setClipRect(option.rect)
        painter.setFont(option.font)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        row: FindingRow | None = index.data(FindingRole.ROW)
        if row is not None and self._where is not None:
            self._paint(painter, option, row, index.data(FindingRole.PICTURE))
        else:
            area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            paint_unread(painter, inks(option)[0], index, area)
        painter.restore()

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: FindingRow,
        picture: QPixmap | None,
    ) -> None:
        ink, soft = inks(option)
        inner = option.rect.adjusted(PADDING, 8, -PADDING, -8)
        half = inner.height() // 2
        if picture is not None and not picture.isNull():
            place = QRect(inner)
            place.setLeft(inner.right() - inner.height())
            paint_thumbnail(painter, place, picture)
            inner.setRight(place.left() - _GAP)
        name = words.type_icon(row.event) if row.event else words.kind_icon(row.item.kind)
        icons.icon(name, soft).paint(painter, QRect(inner.left(), inner.top() + 1, _ICON, _ICON))
        inner.setLeft(inner.left() + _ICON + _GAP)
        upper, lower = QRect(inner), QRect(inner)
        upper.setHeight(half)
        lower.setTop(inner.top() + half)
        painter.setPen(ink)
        painter.setFont(bold(option.font))
        if self._where is not None:
            _write(painter, upper, words.finding_heading(row, self._where))
        painter.setFont(option.font)
        painter.setPen(soft)
        _write(painter, lower, words.finding_body(row))


def _write(painter: QPainter, box: QRect, text: str) -> None:
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, short)
