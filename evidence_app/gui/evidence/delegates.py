"""How an evidence item is drawn: as a tile with its picture, or as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.common.chips import Chip, paint_chips
from evidence_app.gui.common.event_texts import kind_icon
from evidence_app.gui.common.fitting import fitting_parts
from evidence_app.gui.common.found_words import paint_found
from evidence_app.gui.common.unread_line import paint_unread
from evidence_app.gui.evidence.model import ItemRole
from evidence_app.model.evidence import Item, ItemKind, ItemStatus
from evidence_app.model.times import zone

if TYPE_CHECKING:
    from evidence_app.gui.evidence.rows import ItemRow
    from evidence_app.gui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 8
_ROUND = 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SIDE_BY_SIDE = 620
_TOP_KINDS = frozenset({ItemKind.TEXT, ItemKind.DOCUMENT, ItemKind.PICTURE})


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """The text, cut in its middle where it is too long, so that its ending can be seen."""
    line = " ".join(text.split())
    return metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width)


def chips_of(row: ItemRow) -> list[Chip]:
    """The labels of an item as shapes to draw."""
    violation_chips = [
        Chip(texts.violation_name(code), theme.severity(code)) for code in row.labels.violations
    ]
    return violation_chips + [Chip(tag.name, QColor(tag.colour)) for tag in row.labels.tags]


class ItemDelegate(QStyledItemDelegate):
    """What tiles and lines have in common."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the item, or its outline while it is being read."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(option.font)
        self.paint_item(painter, option, index.data(ItemRole.ROW), index.data(ItemRole.THUMBNAIL))
        ink = option.palette.color(QPalette.ColorRole.Text)
        paint_unread(painter, ink, index, option.rect.adjusted(12, 4, -12, -4))
        painter.restore()

    def paint_item(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: ItemRow | None,
        picture: QPixmap | None,
    ) -> None:
        """Draw what is known of the item."""
        raise NotImplementedError

    def when(self, item: Item) -> str:
        """The time in force, or that there is none."""
        if item.time is None:
            return self.tr("No date")
        return texts.reading_text(item.time, zone(self._session.info.timezone))

    def facts(self, item: Item) -> str:
        """Its length, pages or entries, and its size."""
        parts = []
        if item.kind in (ItemKind.CALL_LOG, ItemKind.MESSAGES):
            parts.append(self.tr("%n entry(ies)", "", item.event_count))
        if item.page_count:
            parts.append(self.tr("%n page(s)", "", item.page_count))
        if item.duration_s:
            parts.append(texts.duration(item.duration_s))
        return " · ".join([*parts, texts.size(item.size)])

    @staticmethod
    def paint_ground(
        painter: QPainter, option: QStyleOptionViewItem, area: QRect, *, edged: bool = False
    ) -> tuple[QColor, QColor]:
        """Draw what lies under an item; return the colours for its title and for the rest."""
        palette, roles, states = option.palette, QPalette.ColorRole, QStyle.StateFlag
        chosen = bool(option.state & states.State_Selected)
        hovered = bool(option.state & states.State_MouseOver)
        accent = palette.color(roles.Accent)
        ground = QColor(accent)
        ground.setAlphaF(0.16)
        plain = palette.color(roles.AlternateBase if hovered else roles.Base)
        painter.setBrush(ground if chosen else plain)
        marked = chosen or bool(option.state & states.State_HasFocus)
        line = accent if marked else palette.color(roles.Midlight)
        painter.setPen(line if edged or marked else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        return palette.color(roles.Text), palette.color(roles.PlaceholderText)

    @staticmethod
    def paint_picture(
        painter: QPainter, box: QRect, item: Item | None, picture: QPixmap | None, ink: QColor
    ) -> None:
        """Draw the small picture, or that of its kind, into a rounded box."""
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), _ROUND, _ROUND)
        palette = QApplication.palette()
        painter.fillPath(shape, palette.color(QPalette.ColorRole.AlternateBase))
        if item is None:
            return
        if picture is None or picture.isNull():
            side = max(16, min(40, box.height() // 2))
            place = QRect(0, 0, side, side)
            place.moveCenter(box.center())
            icons.icon(kind_icon(item.kind), ink).paint(painter, place)
            return
        painter.save()
        painter.setClipPath(shape)
        scale = max(box.width() / picture.width(), box.height() / picture.height())
        wide, high = box.width() / scale, box.height() / scale
        # Chats and letters are recognised by how they begin; photographs by their middle.
        upright = picture.height() > picture.width() and item.kind in _TOP_KINDS
        top = 0.0 if upright else (picture.height() - high) / 2
        part = QRectF((picture.width() - wide) / 2, top, wide, high)
        painter.drawPixmap(QRectF(box), picture, part)
        painter.restore()


class TileDelegate(ItemDelegate):
    """Draws an item as a tile: its picture, its title, when it was, its labels."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.size = QSize(180, 200)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The same for every tile."""
        return self.size

    def paint_item(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: ItemRow | None,
        picture: QPixmap | None,
    ) -> None:
        """Draw the tile."""
        tile = option.rect.adjusted(4, 4, -4, -4)
        ink, soft = self.paint_ground(painter, option, tile, edged=True)
        metrics = option.fontMetrics
        line = metrics.height() + 2
        inner = tile.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        box = inner.adjusted(0, 0, 0, -(2 * line + 26))
        self.paint_picture(painter, box, row.item if row else None, picture, soft)
        if row is None:
            return
        self._paint_badges(painter, box, row.item)
        painter.setPen(ink)
        head = QRect(inner.left(), box.bottom() + 5, inner.width(), line)
        painter.drawText(head, _LEFT, elided(metrics, row.item.title, head.width()))
        painter.setPen(soft)
        below = head.translated(0, line)
        if row.found is None:
            when = fitting_parts(metrics, self.when(row.item), below.width())
            painter.drawText(below, _LEFT, when)
        else:
            paint_found(painter, below, painter.font(), soft, row.found)
        chips = QRect(inner.left(), below.bottom() + 2, inner.width(), 20)
        _paint_first_chip(painter, chips, row, ink)

    def _paint_badges(self, painter: QPainter, box: QRect, item: Item) -> None:
        badge_text = self._badge(item)
        if not badge_text:
            return
        metrics = painter.fontMetrics()
        badge = QRect(0, 0, metrics.horizontalAdvance(badge_text) + 12, metrics.height() + 4)
        badge.moveBottomRight(box.bottomRight() - QPoint(4, 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 160))
        painter.drawRoundedRect(badge, 4, 4)
        painter.setPen(QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, badge_text)

    def _badge(self, item: Item) -> str:
        if item.status is ItemStatus.UNREAD:
            return texts.item_status(item.status)
        if item.duration_s:
            return texts.duration(item.duration_s)
        if item.event_count > 1:
            return self.tr("%n entry(ies)", "", item.event_count)
        return self.tr("%n page(s)", "", item.page_count) if item.page_count else ""


class LineDelegate(ItemDelegate):
    """Draws an item as a line: picture, title and facts, time, labels."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The same for every line."""
        return QSize(200, max(48, 2 * option.fontMetrics.height() + 14))

    def paint_item(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: ItemRow | None,
        picture: QPixmap | None,
    ) -> None:
        """Draw the line."""
        ink, soft = self.paint_ground(painter, option, option.rect.adjusted(4, 1, -4, -1))
        area = option.rect.adjusted(10, 4, -10, -4)
        box = QRect(area.left(), area.top(), area.height(), area.height())
        self.paint_picture(painter, box, row.item if row else None, picture, soft)
        if row is not None:
            rest = area.adjusted(area.height() + 12, 0, 0, 0)
            self._paint_words(painter, rest, row, ink, soft)

    def _paint_words(
        self, painter: QPainter, area: QRect, row: ItemRow, ink: QColor, soft: QColor
    ) -> None:
        item, metrics = row.item, painter.fontMetrics()
        wide = area.width() >= _SIDE_BY_SIDE
        left = QRect(area)
        if wide:
            left.setWidth(area.width() * 45 // 100)
        half = area.height() // 2
        head = QRect(left.left(), left.top(), left.width(), half)
        painter.setPen(ink)
        painter.drawText(head, _LEFT, elided(metrics, item.title, head.width()))
        painter.setPen(soft)
        below = head.translated(0, half)
        if row.found is None:
            line = elided(metrics, self._second_line(row, wide), below.width())
            painter.drawText(below, _LEFT, line)
        else:
            paint_found(painter, below, painter.font(), soft, row.found)
        if wide:
            when = QRect(left.right() + 12, area.top(), area.width() // 4, area.height())
            painter.drawText(when, _LEFT, fitting_parts(metrics, self.when(item), when.width()))
            chips = QRect(when.right() + 8, area.top(), 0, area.height())
            chips.setRight(area.right())
            paint_chips(painter, chips, chips_of(row), ink)

    def _second_line(self, row: ItemRow, wide: bool) -> str:
        """What kind of thing it is, its size, and its first words."""
        item = row.item
        line = f"{texts.item_kind(item.kind)} · {self.facts(item)}"
        if item.status is not ItemStatus.READ:
            line = f"{line} · {texts.item_status(item.status)}"
        line = line if wide else f"{self.when(item)} · {line}"
        return f"{line} · {row.words}" if row.words else line


def _paint_first_chip(painter: QPainter, area: QRect, row: ItemRow, ink: QColor) -> None:
    """One label with its name; of several the first with its name and how many more there are."""
    chips = chips_of(row)
    if not chips:
        return
    font = painter.font()
    small = painter.font()
    small.setPointSizeF(font.pointSizeF() * 0.88)
    painter.setFont(small)
    metrics = painter.fontMetrics()
    more = f"+{len(chips) - 1}" if len(chips) > 1 else ""
    room = area.width() - (metrics.horizontalAdvance(more) + 8 if more else 0)
    wide = min(room, metrics.horizontalAdvance(chips[0].text) + 28)
    paint_chips(painter, QRect(area.left(), area.top(), wide, area.height()), chips[:1], ink)
    rest = QRect(area.left() + wide + 5, area.top(), area.width() - wide - 5, area.height())
    painter.setPen(ink)
    painter.drawText(rest, _LEFT, more)
    painter.setFont(font)
