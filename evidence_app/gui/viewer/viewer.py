"""One evidence item, large: picture, recording, document, text or entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons
from evidence_app.gui.labels.label_state import apply_tag_shortcut
from evidence_app.gui.reading.joined_view import JoinedView
from evidence_app.gui.reading.read_panel import ReadPanel
from evidence_app.gui.viewer.content import ItemContent, Pane, read_content
from evidence_app.gui.viewer.fallback_view import PlainPane
from evidence_app.gui.viewer.marks.desk import MarkDesk
from evidence_app.gui.viewer.marks.surfaces import PictureSurface, SoundSurface
from evidence_app.gui.viewer.original_actions import save_original
from evidence_app.gui.viewer.picture_view import PictureView
from evidence_app.gui.viewer.record_table import RecordTable
from evidence_app.gui.viewer.sound_player import SoundPlayer
from evidence_app.gui.viewer.text_view import TextView
from evidence_app.gui.viewer.transcript.panel import TranscriptPanel
from evidence_app.model.evidence import PlaceUnit
from evidence_app.model.finding import Subject, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_app.gui.session import Session
    from evidence_app.gui.viewer.pdf_view import PdfView
    from evidence_app.model.evidence import SourcePlace
    from evidence_app.model.search import TextTarget


class Viewer(QWidget):
    """Shows an item in the way that fits its kind.

    Attributes:
        left: The person wants to go back to the list.
        stepped: The person wants the next item (1) or the one before (-1).
        subject_selected: What is chosen now: the item, or entries of it.
    """

    left = Signal()
    stepped = Signal(int)
    subject_selected = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._request: tuple[int, SourcePlace | None, str, TextTarget | None] | None = None
        self.content: ItemContent | None = None
        self.picture = PictureView()
        self.read = ReadPanel(session)
        self.read_pages = ReadPanel(session)
        self.joined = JoinedView(session)
        self.sound = SoundPlayer()
        self.transcript = TranscriptPanel(session, self.sound)
        self.poster = PictureView()
        self.text = TextView()
        self.records = RecordTable(session)
        self.plain = PlainPane(session)
        self.pdf: PdfView | None = None
        self.marks = MarkDesk(session, self)
        self._stack = QStackedWidget()
        self._pictures = QSplitter()
        self._document = QSplitter()
        self._media = QSplitter(Qt.Orientation.Vertical)
        self._buttons: dict[str, QToolButton] = {}
        self.title, self.place, self.scale = QLabel(), QLabel(), QLabel()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self._media.addWidget(self.poster)
        self._media.addWidget(self.sound)
        self._media.addWidget(self.transcript)
        self._pictures.addWidget(self.picture)
        self._pictures.addWidget(self.read)
        self._pictures.setStretchFactor(0, 1)
        for pane in (
            self._pictures, self._document, self._media, self.text, self.records, self.plain,
            self.joined,
        ):  # fmt: skip
            self._stack.addWidget(pane)
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        self.picture.zoomed.connect(self._say_scale)
        self.read.region_chosen.connect(self.picture.light)
        self.read.thread_wanted.connect(self._show_joined)
        self.joined.opened.connect(self.show_item)
        self.records.chosen.connect(self._on_records)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._bar())
        layout.addWidget(self.marks.tools)
        layout.addWidget(self._stack, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(4)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self.place, self.scale):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        bar.addWidget(self._button("back", "arrow-left", self.left.emit))
        bar.addWidget(self.title, 1)
        bar.addWidget(self._button("zoom out", "zoom-out", self.picture.zoom_out))
        bar.addWidget(self.scale)
        bar.addWidget(self._button("zoom in", "zoom-in", self.picture.zoom_in))
        bar.addWidget(self._button("fit", "maximize", self.picture.fit))
        bar.addWidget(self._button("full size", "", self.picture.actual_size))
        bar.addWidget(self._button("save", "download", self._save))
        bar.addSpacing(12)
        bar.addWidget(self._button("previous", "chevron-left", lambda: self.stepped.emit(-1)))
        bar.addWidget(self.place)
        bar.addWidget(self._button("next", "chevron-right", lambda: self.stepped.emit(1)))
        self._buttons["previous"].setShortcut(QKeySequence("Alt+PgUp"))
        self._buttons["next"].setShortcut(QKeySequence("Alt+PgDown"))
        return bar

    def _button(self, key: str, icon: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        if icon:
            button.setIcon(icons.icon(icon))
        else:
            button.setText("1:1")
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: act())
        self._buttons[key] = button
        return button

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        pane_texts = {
            "back": self.tr("Back to the list (Esc)"),
            "zoom out": self.tr("Smaller (−)"),
            "zoom in": self.tr("Larger (+)"),
            "fit": self.tr("Fit into the window (F)"),
            "full size": self.tr("Full size, 100 % (Z)"),
            "save": self.tr("Save a copy of the original file…"),
            "previous": self.tr("Previous item (←)"),
            "next": self.tr("Next item (→)"),
        }
        for key, text in pane_texts.items():
            self._buttons[key].setToolTip(text)
            self._buttons[key].setAccessibleName(text)
        self.picture.setAccessibleName(self.tr("Picture"))
        self.read.retranslate()
        self.read_pages.retranslate()
        self.joined.retranslate()
        self.transcript.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_item(
        self,
        item_id: int,
        place: SourcePlace | None = None,
        text: str = "",
        target: TextTarget | None = None,
    ) -> None:
        """Show an item as soon as it is read.

        Args:
            item_id: Its number.
            place: Where in it to go, or None.
            text: What to mark in its text; empty for nothing.
            target: Which text to show: lit in a picture, its second in a recording.
        """
        self.sound.stop()
        self._request = request = (item_id, place, text, target)

        def done(content: ItemContent) -> None:
            if self._request == request:
                self._show(content, place, text, target)

        self._session.query(lambda case: read_content(case, item_id), done, owner=self)

    def say_place(self, number: int, count: int) -> None:
        """Say which of how many items this is, counted from 1."""
        self.place.setText(self.tr("{0} of {1}").format(number, count) if number else "")
        self._buttons["previous"].setEnabled(number > 1)
        self._buttons["next"].setEnabled(0 < number < count)

    def leave(self) -> None:
        """Be silent; the viewer is no longer seen."""
        self.sound.stop()
        self.marks.leave()
        self._request = None

    def subjects(self) -> list[Subject]:
        """What is chosen: entries of the item, else the item itself."""
        if self.content is None:
            return []
        entries = self.records.subjects() if self.content.pane is Pane.RECORDS else []
        return entries or [Subject(SubjectKind.ITEM, self.content.item.id)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step through the items, digits put violations on."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in steps:
            self.stepped.emit(steps[key])
        elif event.text() and event.text() in "123456789":
            marked = self.marks.chosen_subjects()
            apply_tag_shortcut(self._session, marked or self.subjects(), int(event.text()))
        elif key == Qt.Key.Key_Space and self.content and self.content.pane is Pane.SOUND:
            self.sound.toggle()
        else:
            super().keyPressEvent(event)

    def _show(
        self,
        content: ItemContent,
        place: SourcePlace | None,
        text: str,
        target: TextTarget | None,
    ) -> None:
        self.content = content
        self.marks.leave()
        self.title.setText(content.item.title)
        self.title.setToolTip(content.item.title)
        fill: dict[Pane, Callable[[], None]] = {
            Pane.PICTURE: lambda: self._show_picture(content),
            Pane.SOUND: lambda: self._show_sound(content),
            Pane.PDF: lambda: self._show_pdf(content, place, text),
            Pane.TEXT: lambda: self._show_text(content, place, text),
            Pane.RECORDS: lambda: self._show_records(content, place),
            Pane.PLAIN: lambda: self._show_plain(content),
        }
        line_id = target.text_id if target is not None else None
        picture = content.item.id if content.pane is Pane.PICTURE else None
        self.read.show_item(picture, line_id=line_id)
        document = content.item.id if content.pane is Pane.PDF else None
        page = place.number if place is not None and place.unit is PlaceUnit.PAGE else 1
        self.read_pages.show_item(document, page, line_id)
        self.transcript.show_item(content.item.id if content.pane is Pane.SOUND else None)
        fill[content.pane]()
        if content.pane is Pane.SOUND and target is not None and target.start_s is not None:
            self.sound.waveform.seek(round(target.start_s * 1000))
        for key in ("zoom out", "zoom in", "fit", "full size"):
            self._buttons[key].setVisible(content.pane is Pane.PICTURE)
        self.scale.setVisible(content.pane is Pane.PICTURE)
        self.subject_selected.emit(self.subjects())

    def _open(self, pane: QWidget, focus: QWidget | None = None) -> None:
        self._stack.setCurrentWidget(pane)
        if self.isVisible():
            (focus or pane).setFocus()

    def _show_picture(self, content: ItemContent) -> None:
        self._open(self._pictures, self.picture)
        self.picture.set_picture(content.image)
        self.marks.show_item(content.item, PictureSurface(self.picture))

    def _show_joined(self, item_id: int) -> None:
        self.marks.leave()
        self.joined.show_thread(item_id)
        self._open(self.joined)
        for key in ("zoom out", "zoom in", "fit", "full size"):
            self._buttons[key].hide()
        self.scale.hide()

    def _show_sound(self, content: ItemContent) -> None:
        self.poster.setVisible(not content.image.isNull())
        self.poster.set_picture(content.image)
        duration = round((content.item.duration_s or 0) * 1000)
        self.sound.show_sound(content.peaks, content.sound, duration)
        self._open(self._media, self.sound.waveform)
        self.marks.show_item(content.item, SoundSurface(self.sound.waveform))

    def _show_pdf(self, content: ItemContent, place: SourcePlace | None, text: str) -> None:
        if self.pdf is None:
            from evidence_app.gui.viewer.pdf_view import PdfView

            self.pdf = PdfView()
            self._document.addWidget(self.pdf)
            self._document.addWidget(self.read_pages)
            self._document.setStretchFactor(0, 1)
            self.pdf.page_shown.connect(self.read_pages.show_page)
            self.read_pages.region_chosen.connect(self.pdf.go_to_region)
        if self.pdf.show_pdf(content.document, text):
            self._open(self._document, self.pdf)
            self.pdf.go_to(place)
            self._mark_pages(self.pdf, content)
        else:
            self._show_plain(content)

    def _mark_pages(self, pdf: PdfView, content: ItemContent) -> None:
        from evidence_app.gui.viewer.marks.pages_surface import PagesSurface

        self.marks.show_item(content.item, PagesSurface(pdf.pages))

    def _show_text(self, content: ItemContent, place: SourcePlace | None, text: str) -> None:
        self.text.show_text(content.texts, text)
        self._open(self.text)
        self.text.go_to(place)

    def _show_records(self, content: ItemContent, place: SourcePlace | None) -> None:
        self.records.show_item(content.item, content.skipped, place)
        self._open(self.records)

    def _show_plain(self, content: ItemContent) -> None:
        self.plain.show_item(content.item)
        self._open(self.plain)

    def _on_records(self, _subjects: list[Subject]) -> None:
        if self.content is not None and self.content.pane is Pane.RECORDS:
            self.subject_selected.emit(self.subjects())

    def _say_scale(self, scale: float) -> None:
        self.scale.setText(f"{scale * 100:.0f} %")

    def _save(self) -> None:
        if self.content is not None:
            save_original(self._session, self.content.item, self)
