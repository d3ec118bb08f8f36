"""A clear sheet over a picture, a page or a waveform, on which marks are drawn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel

from evidence_app.gui.viewer.marks import painting
from evidence_app.gui.viewer.marks.surfaces import Sheet, Surface
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region

_STEP = 0.01
_FINE = 0.001
_LEAST_PIXELS = 4.0
_NEW = Region(0.4, 0.45, 0.2, 0.05)
_NEW_ARROW = Region(0.4, 0.4, 0.1, 0.1)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MarkLayer(QLabel):
    """Shows the marks of an item and takes mouse and keys for them; a label, as a picture is one.

    What it has no use for goes on to the widget below.

    Attributes:
        drawn: The person drew a mark: its kind, its page or None, and its box in shares.
        changed: The person gave a mark another place.
        removed: The person wants a mark to go.
        selected: Another mark is selected, or None.
        finished: The person is done with the tool.
    """

    drawn = Signal(object, object, object)
    changed = Signal(object)
    removed = Signal(object)
    selected = Signal(object)
    finished = Signal()

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface.widget)
        self._surface = surface
        self._marks: list[Mark] = []
        self._tool: MarkKind | None = None
        self._chosen = 0
        self._start: QPointF | None = None
        self._at = QPointF()
        self._resizing = False
        self._is_writable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        surface.widget.installEventFilter(self)
        surface.follow(self.update, self)
        self.setGeometry(surface.widget.rect())

    @property
    def tool(self) -> MarkKind | None:
        """What is drawn; None while marks are selected and moved."""
        return self._tool

    @property
    def surface(self) -> Surface:
        """What it lies on."""
        return self._surface

    def set_tool(self, tool: MarkKind | None) -> None:
        """Draw marks of a kind, or select and move them."""
        self._tool = tool
        shape = Qt.CursorShape.CrossCursor if tool else Qt.CursorShape.ArrowCursor
        if tool:
            self.setCursor(shape)
            self.setFocus()
        else:
            self.unsetCursor()
        self.update()

    def set_writable(self, is_writable: bool) -> None:
        """Whether marks can be drawn and changed, or are only shown."""
        self._is_writable = is_writable

    def show_marks(self, marks: list[Mark]) -> None:
        """Show other marks; the selected one stays selected if it is among them."""
        self._marks = [mark for mark in marks if self._surface.box(mark) is not None]
        self._choose(self._chosen)

    def select(self, mark_id: int) -> None:
        """Select a mark by its number."""
        self._choose(mark_id)

    def chosen(self) -> Mark | None:
        """The selected mark."""
        return next((mark for mark in self._marks if mark.id == self._chosen), None)

    def _choose(self, mark_id: int) -> None:
        self._chosen = mark_id if any(mark.id == mark_id for mark in self._marks) else 0
        self.selected.emit(self.chosen())
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the widget below."""
        if watched is self._surface.widget and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._surface.widget.rect())
        return super().eventFilter(watched, event)

    # --- places ---

    def _sheet(self, page: int | None) -> Sheet | None:
        return next((sheet for sheet in self._surface.sheets() if sheet.page == page), None)

    def rect_of(self, mark: Mark) -> QRectF | None:
        """Where a mark is on this widget."""
        sheet, box = self._sheet(mark.page), self._surface.box(mark)
        return painting.rect_of(sheet.rect, box) if sheet and box else None

    def _under(self, at: QPointF) -> Mark | None:
        """The topmost mark at a point."""
        for mark in reversed(self._marks):
            rect = self.rect_of(mark)
            if rect is not None and _reach(rect).contains(at):
                return mark
        return None

    def _sheet_under(self, at: QPointF) -> Sheet | None:
        return next((sheet for sheet in self._surface.sheets() if sheet.rect.contains(at)), None)

    # --- mouse ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, or take hold of a mark."""
        at = event.position()
        if event.button() is not Qt.MouseButton.LeftButton or not self._is_writable:
            event.ignore()
            return
        if self._tool is not None:
            self._start = at if self._sheet_under(at) else None
            self._at = at
            return
        chosen = self.chosen()
        handles = self.rect_of(chosen) if chosen else None
        self._resizing = handles is not None and painting.handle_of(handles).contains(at)
        under = chosen if self._resizing else self._under(at)
        self._choose(under.id if under else 0)
        if under is None:
            event.ignore()
            return
        self.setFocus()
        self._start = self._at = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw, move or resize."""
        if self._start is None:
            event.ignore()
            return
        self._at = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Be done with it."""
        start, self._start = self._start, None
        if start is None:
            event.ignore()
            return
        self._at = event.position()
        moved = self._at - start
        if self._tool is not None:
            self._draw(start)
        elif moved.manhattanLength() >= _LEAST_PIXELS:
            self._drop(moved)
        self._resizing = False
        self.update()

    def _draw(self, start: QPointF) -> None:
        sheet = self._sheet_under(start)
        rect = QRectF(start, self._at)
        if sheet is None or self._tool is None:
            return
        if max(abs(rect.width()), abs(rect.height())) < _LEAST_PIXELS:
            # A click alone is a place for what has a size of its own.
            if self._tool not in (MarkKind.NUMBER, MarkKind.TEXT):
                return
            rect = QRectF(start.x() - 12, start.y() - 12, 24, 24)
        box = _shares(rect, sheet.rect)
        if self._tool is not MarkKind.ARROW:
            box = _normal(box)
        self.drawn.emit(self._tool, sheet.page, box)

    def _drop(self, moved: QPointF) -> None:
        mark = self.chosen()
        sheet, box = (self._sheet(mark.page), self._surface.box(mark)) if mark else (None, None)
        if mark is None or sheet is None or box is None:
            return
        by = moved.x() / sheet.rect.width(), moved.y() / sheet.rect.height()
        self.changed.emit(self._surface.moved(mark, self._after(mark, box, *by)))

    def _after(self, mark: Mark, box: Region, across: float, down: float) -> Region:
        """A box that was moved, or resized while the handle is held."""
        if self._resizing:
            return _resized(mark, box, across, down)
        return _within(replace(box, left=box.left + across, top=box.top + down))

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return draws a mark, arrows move it or with Shift resize it, Delete removes it."""
        key, mark = Qt.Key(event.key()), self.chosen()
        if not self._is_writable or not self._has_used(event, key, mark):
            event.ignore()

    def _would_use(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._tool is not None
        if key == Qt.Key.Key_Escape and self._tool is not None:
            return True
        of_mark = (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, *_ARROWS)
        return self.chosen() is not None and key in of_mark

    def _has_used(self, event: QKeyEvent, key: Qt.Key, mark: Mark | None) -> bool:
        if not self._would_use(key):
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._draw_in_view()
        elif key == Qt.Key.Key_Escape:
            self._choose(0)
            self.finished.emit()
        elif mark is not None and key in _ARROWS:
            self._nudge(mark, key, event.modifiers())
        elif mark is not None:
            self.removed.emit(mark)
        return True

    def event(self, event: QEvent) -> bool:
        """Tab goes from mark to mark, and from the last one on.

        Keys that the layer has a use for are not shortcuts of the window meanwhile: Delete would
        put the whole item into the trash, Escape would leave it.
        """
        is_wanted = event.type() == QEvent.Type.ShortcutOverride and self._is_writable
        if is_wanted and isinstance(event, QKeyEvent) and self._would_use(Qt.Key(event.key())):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self._step(step):
                return True
        return super().event(event)

    def _step(self, by: int) -> bool:
        ids = [mark.id for mark in self._marks]
        at = ids.index(self._chosen) + by if self._chosen in ids else (0 if by > 0 else -1)
        if not ids or not (0 <= at < len(ids) or (at == -1 and self._chosen not in ids)):
            self._choose(0)
            return False
        self._choose(ids[at])
        return True

    def _draw_in_view(self) -> None:
        """Draw in the middle of the page that is seen best."""
        view = QRectF(0, 0, self.width(), self.height())
        sheets = self._surface.sheets()
        if not sheets or self._tool is None:
            return
        sheet = max(sheets, key=lambda shown_sheet: _area(shown_sheet.rect.intersected(view)))
        box = _NEW_ARROW if self._tool is MarkKind.ARROW else _NEW
        self.drawn.emit(self._tool, sheet.page, box)

    def _nudge(self, mark: Mark, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        box = self._surface.box(mark)
        if box is None:
            return
        step = _FINE if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
        across, down = (step * direction for direction in _ARROWS[key])
        self._resizing = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        after = self._after(mark, box, across, down)
        self._resizing = False
        self.changed.emit(self._surface.moved(mark, after))

    # --- painting ---

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw all marks, and what is being drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheets = {sheet.page: sheet.rect for sheet in self._surface.sheets()}
        for mark in self._marks:
            box = self._box_now(mark, sheets)
            if box is None or mark.page not in sheets:
                continue
            sheet = sheets[mark.page]
            rect = painting.rect_of(sheet, box)
            if _reach(rect).intersects(QRectF(0, 0, self.width(), self.height())):
                painting.paint(painter, mark.kind, rect, mark.text, sheet)
                if mark.id == self._chosen:
                    accent = self.palette().color(QPalette.ColorRole.Accent)
                    painting.paint_selection(painter, rect, accent)
        self._paint_drawn(painter)

    def _box_now(self, mark: Mark, sheets: dict[int | None, QRectF]) -> Region | None:
        """Where a mark is shown; one that is being dragged, at the pointer."""
        box, sheet = self._surface.box(mark), sheets.get(mark.page)
        is_held = self._start is not None and self._tool is None and mark.id == self._chosen
        if box is None or sheet is None or not is_held or self._start is None:
            return box
        by = self._at - self._start
        return self._after(mark, box, by.x() / sheet.width(), by.y() / sheet.height())

    def _paint_drawn(self, painter: QPainter) -> None:
        sheet = self._sheet_under(self._start) if self._start is not None else None
        if sheet is None or self._start is None or self._tool is None:
            return
        rect = QRectF(self._start, self._at)
        if self._surface.is_sound:
            rect = QRectF(self._start.x(), 0, self._at.x() - self._start.x(), self.height())
        painting.paint(painter, self._tool, rect, "", sheet.rect)


def _reach(rect: QRectF) -> QRectF:
    """A rectangle in which even a thin mark can be hit."""
    return rect.normalized().adjusted(-6, -6, 6, 6)


def _area(rect: QRectF) -> float:
    return rect.width() * rect.height()


def _shares(rect: QRectF, sheet: QRectF) -> Region:
    return Region(
        (rect.left() - sheet.left()) / sheet.width(),
        (rect.top() - sheet.top()) / sheet.height(),
        rect.width() / sheet.width(),
        rect.height() / sheet.height(),
    )


def _normal(box: Region) -> Region:
    left, right = sorted((box.left, box.left + box.width))
    top, bottom = sorted((box.top, box.top + box.height))
    return Region(left, top, right - left, bottom - top)


def _resized(mark: Mark, box: Region, across: float, down: float) -> Region:
    width, height = box.width + across, box.height + down
    if mark.kind is MarkKind.ARROW:
        return replace(box, width=width, height=height)
    return replace(box, width=max(_FINE, width), height=max(_FINE, height))


def _within(box: Region) -> Region:
    """A box moved so that it stays on its page."""
    left = min(max(box.left, -min(0.0, box.width)), 1 - max(0.0, box.width))
    top = min(max(box.top, -min(0.0, box.height)), 1 - max(0.0, box.height))
    return replace(box, left=left, top=top)
