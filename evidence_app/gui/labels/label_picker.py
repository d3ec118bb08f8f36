"""A small window in which labels are put on what is selected: violation types and own tags."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.labels.label_state import (
    SHORTCUTS,
    LabelKey,
    LabelState,
    apply_tag_shortcut,
    make_tag,
    read_state,
    set_label,
)
from evidence_app.model.changes import Area, Changes
from evidence_app.model.finding import Subject
from evidence_app.services import violations

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

__all__ = ["TagPicker", "apply_tag_shortcut"]

_WIDE = 460
_HIGH = 520
_PADDING = 10
_BOX = 18
_Index = QModelIndex | QPersistentModelIndex


class _Role(IntEnum):
    KEY = Qt.ItemDataRole.UserRole + 1
    EXPLANATION = Qt.ItemDataRole.UserRole + 2
    DIGIT = Qt.ItemDataRole.UserRole + 3
    COLOUR = Qt.ItemDataRole.UserRole + 4
    NEW = Qt.ItemDataRole.UserRole + 5


class TagPicker(QFrame):
    """Lists the violation types, each explained, and the person's own tags.

    A click, Enter or a digit puts a label on what was selected, or takes it off again; the
    window stays open until it is left.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self._subjects: tuple[Subject, ...] = ()
        self._state = LabelState()
        self._question: QMessageBox | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.list = QListView()
        self.hint = QLabel()
        self._model = QStandardItemModel(self)
        self._build()
        self.retranslate()
        session.changed.connect(self._on_changed)

    def _build(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._choose)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setWordWrap(True)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.search.setPlaceholderText(self.tr("Search, or name a new tag"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.list.setAccessibleName(self.tr("Violations and tags"))
        self.hint.setText(self.tr("Enter puts a label on or takes it off. Esc closes."))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def open_for(self, subjects: Sequence[Subject], at: QPoint) -> None:
        """Show the window for these subjects.

        Args:
            subjects: What the labels are put on.
            at: Its top left corner, on the screen.
        """
        self._subjects = tuple(subjects)
        self._state = LabelState()
        self.search.clear()
        self._fill()
        self._place(at)
        self.show()
        self.search.setFocus()
        self._read()

    def subjects(self) -> tuple[Subject, ...]:
        """What the labels are put on."""
        return self._subjects

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrow keys, Enter and digits work while the search has the focus."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}
        steps[Qt.Key.Key_PageUp] = -8
        if key in steps:
            self._step(steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
            return True
        if not self.search.text() and event.text() and event.text() in "123456789":
            return apply_tag_shortcut(self._session, self._subjects, int(event.text()))
        return False

    def _step(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            row = max(0, min(count - 1, self.list.currentIndex().row() + by))
            self.list.setCurrentIndex(self._model.index(row, 0))

    def _place(self, at: QPoint) -> None:
        screen = QApplication.screenAt(at) or QApplication.primaryScreen()
        room = screen.availableGeometry()
        self.resize(min(_WIDE, room.width()), min(_HIGH, room.height()))
        x = max(room.left(), min(at.x(), room.right() - self.width()))
        top = max(room.top(), min(at.y(), room.bottom() - self.height()))
        self.move(x, top)

    def _read(self) -> None:
        subjects = self._subjects

        def done(state: LabelState) -> None:
            if subjects == self._subjects:
                self._state = state
                self._fill()

        self._session.query(lambda case: read_state(case, subjects), done, owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Area.TAGS, Area.FINDINGS):
            self._read()

    def _fill(self) -> None:
        key = self.list.currentIndex().data(_Role.KEY)
        query = self.search.text().strip()
        self._model.clear()
        for row in self._rows(query):
            self._model.appendRow(row)
        rows = [self._model.item(number) for number in range(self._model.rowCount())]
        same = [row for row in rows if key is not None and row.data(_Role.KEY) == key]
        current = same[0] if same else rows[0]
        self.list.setCurrentIndex(current.index())

    def _rows(self, query: str) -> list[QStandardItem]:
        rows = [self._violation_row(violation.order) for violation in violations.all_types()]
        rows += [self._tag_row(number) for number in range(len(self._state.tags))]
        sought = query.casefold()
        tag_rows = [
            row
            for row in rows
            if sought in f"{row.text()}\n{row.data(_Role.EXPLANATION)}".casefold()
        ]
        if query not in {tag.name for tag in self._state.tags}:
            tag_rows.append(self._new_row(query))
        return tag_rows

    def _violation_row(self, order: int) -> QStandardItem:
        violation = violations.all_types()[order - 1]
        row = QStandardItem(texts.violation_name(violation.code))
        row.setData(texts.violation_explanation(violation.code), _Role.EXPLANATION)
        row.setData(str(order) if order <= SHORTCUTS else "", _Role.DIGIT)
        row.setData(theme.severity(violation.code), _Role.COLOUR)
        return self._labelled(row, LabelKey(violation=violation.code))

    def _tag_row(self, number: int) -> QStandardItem:
        tag = self._state.tags[number]
        row = QStandardItem(tag.name)
        row.setData("", _Role.EXPLANATION)
        row.setData("", _Role.DIGIT)
        row.setData(QColor(tag.colour), _Role.COLOUR)
        return self._labelled(row, LabelKey(tag_id=tag.id))

    def _labelled(self, row: QStandardItem, key: LabelKey) -> QStandardItem:
        row.setData(key, _Role.KEY)
        row.setCheckable(True)
        row.setCheckState(self._state.check(key))
        return row

    def _new_row(self, name: str) -> QStandardItem:
        text = self.tr("New tag “{0}”").format(name) if name else self.tr("New tag…")
        row = QStandardItem(text)
        row.setData("" if name else self.tr("Type its name above."), _Role.EXPLANATION)
        row.setData(name, _Role.NEW)
        return row

    def _choose(self, index: QModelIndex) -> None:
        key = index.data(_Role.KEY)
        if isinstance(key, LabelKey):
            set_label(self._session, self._subjects, key, self._state)
        elif index.data(_Role.NEW):
            self._make(index.data(_Role.NEW))
        else:
            self.search.setFocus()

    def _make(self, name: str) -> None:
        """Make a tag; that it is meant for many is asked, lest stray typing puts it on all."""
        session, subjects = self._session, self._subjects
        self.search.clear()
        if len(subjects) < 2:
            make_tag(session, subjects, name)
            return
        box = QMessageBox(self.parentWidget())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Evidence App")
        question = self.tr("Create the tag “{0}” and put it on %n item(s)?", "", len(subjects))
        box.setText(question.format(name))
        box.addButton(self.tr("Create tag"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.accepted.connect(lambda: make_tag(session, subjects, name))
        self._question = box
        self.close()
        box.open()


class _RowDelegate(QStyledItemDelegate):
    """Draws a label: a box, its name, what it means, and its digit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as its explanation is long."""
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else _WIDE
        inner = self._inner(QRect(0, 0, wide, 1000))
        high = option.fontMetrics.height() + 10
        explanation = index.data(_Role.EXPLANATION)
        if explanation:
            box = option.fontMetrics.boundingRect(inner, Qt.TextFlag.TextWordWrap, explanation)
            high += box.height() + 2
        return QSize(80, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        painter.save()
        states, roles = QStyle.StateFlag, QPalette.ColorRole
        ground = QColor(theme.accent())
        ground.setAlphaF(0.16)
        if option.state & states.State_Selected:
            painter.fillRect(option.rect, ground)
        elif option.state & states.State_MouseOver:
            painter.fillRect(option.rect, option.palette.color(roles.AlternateBase))
        ink = option.palette.color(roles.Text)
        soft = option.palette.color(roles.PlaceholderText)
        self._paint_box(painter, option, index, soft)
        self._paint_words(painter, option, index, ink, soft)
        painter.restore()

    @staticmethod
    def _inner(area: QRect) -> QRect:
        return area.adjusted(_PADDING + _BOX + 24, 5, -_PADDING - 24, -5)

    def _paint_box(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, soft: QColor
    ) -> None:
        line = QRect(option.rect.left() + _PADDING, option.rect.top() + 5, _BOX, 0)
        line.setHeight(option.fontMetrics.height())
        if not isinstance(index.data(_Role.KEY), LabelKey):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(line.left() + 0.5, line.center().y() - _BOX // 2 + 0.5, _BOX - 2, _BOX - 2)
        check = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        marked = check is not Qt.CheckState.Unchecked
        painter.setPen(theme.accent() if marked else soft)
        painter.setBrush(theme.accent() if marked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if marked:
            name = "check" if check is Qt.CheckState.Checked else "minus"
            ground = option.palette.color(QPalette.ColorRole.Base)
            icons.icon(name, ground).paint(painter, box.toRect().adjusted(1, 1, -1, -1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(index.data(_Role.COLOUR)))
        painter.drawEllipse(line.right() + 8, line.center().y() - 3, 9, 9)

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: _Index,
        ink: QColor,
        soft: QColor,
    ) -> None:
        inner = self._inner(option.rect)
        metrics = option.fontMetrics
        head = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(ink)
        name = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, head.width()
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, name)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(soft)
        rest = inner.adjusted(0, metrics.height() + 2, 0, 2)
        painter.drawText(rest, Qt.TextFlag.TextWordWrap, index.data(_Role.EXPLANATION) or "")
        digit = QRect(option.rect.right() - _PADDING - 18, head.top(), 18, head.height())
        painter.drawText(digit, Qt.AlignmentFlag.AlignCenter, index.data(_Role.DIGIT) or "")
