"""Screenshots of one scrolled conversation, one below the other, each message seen once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.viewer.content import read_content
from evidence_app.model.proposals import JoinedPicture
from evidence_app.services import threads

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

_WIDEST = 480


class JoinedView(QScrollArea):
    """The pictures in order, each without what the one before shows.

    Attributes:
        opened: The number of the picture that the person wants to see whole.
    """

    opened = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item_id: int | None = None
        self._waiting: list[JoinedPicture] = []
        self.strips: list[QPushButton] = []
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self.hint)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.setAccessibleName(self.tr("Joined screenshots"))
        self.hint.setText(
            self.tr("What several screenshots show stands here once. Choose one to see it whole.")
        )
        for number, strip in enumerate(self.strips, 1):
            self._name(strip, number)

    def show_thread(self, item_id: int) -> None:
        """Show the conversation in which a picture is."""
        self._item_id = item_id
        self._waiting = []
        while self._column.count() > 1:
            taken = self._column.takeAt(1)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        self.strips = []

        def done(joined: list[JoinedPicture]) -> None:
            if self._item_id == item_id:
                self._waiting = joined
                self._next()

        self._session.query(lambda case: threads.pictures_with(case, item_id), done, owner=self)

    def _next(self) -> None:
        """Ask for one picture after the other: there may be hundreds."""
        if not self._waiting:
            return
        part, item_id = self._waiting.pop(0), self._item_id

        def done(image: QImage) -> None:
            if self._item_id == item_id:
                self._add(part, image)
                self._next()

        self._session.query(lambda case: strip_of(case, part), done, owner=self)

    def _add(self, part: JoinedPicture, image: QImage) -> None:
        if part.is_ambiguous:
            doubt = QLabel(self.tr("Messages that repeat one another may be missing here."))
            doubt.setWordWrap(True)
            doubt.setMargin(theme.SPACE)
            self._column.addWidget(doubt)
        strip = QPushButton()
        strip.setFlat(True)
        strip.setStyleSheet("QPushButton { border: 0; padding: 0; }")
        strip.setIcon(QIcon(QPixmap.fromImage(image)))
        strip.setIconSize(QSize(image.width(), image.height()))
        strip.setFixedSize(image.width(), max(image.height(), 1))
        strip.clicked.connect(lambda: self.opened.emit(part.item_id))
        self.strips.append(strip)
        self._name(strip, len(self.strips))
        self._column.addWidget(strip)

    def _name(self, strip: QPushButton, number: int) -> None:
        label = self.tr("Open screenshot {0}").format(number)
        strip.setAccessibleName(label)
        strip.setToolTip(label)


def strip_of(case: CaseFile, part: JoinedPicture) -> QImage:
    """What a picture shows that the one before does not, as wide as fits."""
    image = read_content(case, part.item_id).image
    top, bottom = round(part.top * image.height()), round(part.bottom * image.height())
    cut = image.copy(QRect(0, top, image.width(), max(bottom - top, 0)))
    if cut.width() <= _WIDEST:
        return cut
    return cut.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
