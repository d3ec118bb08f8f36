"""What was read from a picture or page, beside it: lines, and the entries that it suggests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.gui.reading import proposal_texts
from evidence_app.gui.timeline.delegate import bold
from evidence_app.messages import Message
from evidence_app.model.changes import Area, Changes
from evidence_app.model.proposals import Proposal, ReadLine
from evidence_app.model.times import zone
from evidence_app.services import proposals, reading, threads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

_REGION = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_NARROWEST = 240


@dataclass(frozen=True, slots=True)
class ReadText:
    """What was read from a picture.

    Attributes:
        lines: In reading order.
        proposals: Those that the person has not decided on.
        reason: Why it could not be read, or None.
        joined: How many screenshots of its conversation were put together; 0 if it stands alone.
        is_kept_open: Whether another page of the document was read, or could not be.
    """

    lines: Sequence[ReadLine]
    proposals: Sequence[Proposal]
    reason: Message | None
    joined: int = 0
    is_kept_open: bool = False


def read_text(case: CaseFile, item_id: int, page: int | None = None) -> ReadText:
    """What was read from a picture, or from a page of a document."""
    if page is not None:
        unread = reading.unread_pages(case, item_id)
        is_kept_open = bool(unread) or reading.is_read(case, item_id)
        return ReadText(
            reading.lines(case, item_id, page),
            proposals.list_proposals(case, item_id=item_id, page=page),
            unread.get(page),
            is_kept_open=is_kept_open,
        )
    job = reading.job_of(case, item_id)
    return ReadText(
        reading.lines(case, item_id),
        proposals.list_proposals(case, item_id=item_id),
        None if job is None else job.reason,
        len(threads.item_ids_with(case, item_id)),
    )


class ReadPanel(QWidget):
    """Seen as long as something was read from the picture, or it is told why not.

    Attributes:
        region_chosen: The `Region` of what is chosen, or None.
        thread_wanted: The person wants to see the conversation in which the picture is.
    """

    region_chosen = Signal(object)
    thread_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item_id: int | None = None
        self._wanted_line: int | None = None
        self._page: int | None = None
        self._read = ReadText((), (), None)
        self.reason, self.suggested_title, self.text_title = QLabel(), QLabel(), QLabel()
        self.hint = QLabel()
        self.suggested, self.lines = QListWidget(), QListWidget()
        self.together = QPushButton()
        self.accept, self.drop, self.accept_all = QPushButton(), QPushButton(), QPushButton()
        self._build()
        self._connect()
        self.retranslate()
        self.hide()

    def _build(self) -> None:
        self.setMinimumWidth(_NARROWEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        for title in (self.suggested_title, self.text_title):
            title.setFont(bold(title.font()))
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.reason, self.hint):
            label.setWordWrap(True)
        for line_list in (self.suggested, self.lines):
            line_list.setFrameShape(QFrame.Shape.NoFrame)
            line_list.setWordWrap(True)
        self.suggested.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._decisions = QWidget()
        buttons = FlowLayout(self._decisions)
        for button in (self.accept, self.drop, self.accept_all):
            buttons.addWidget(button)
        self.accept.setProperty("primary", True)
        column.addWidget(self.reason)
        column.addWidget(self.together)
        column.addWidget(self.suggested_title)
        column.addWidget(self.hint)
        column.addWidget(self.suggested, 1)
        column.addWidget(self._decisions)
        column.addWidget(self.text_title)
        column.addWidget(self.lines, 1)

    def _connect(self) -> None:
        for line_list, other in ((self.suggested, self.lines), (self.lines, self.suggested)):
            line_list.itemSelectionChanged.connect(
                lambda line_list=line_list, other=other: self._on(line_list, other)
            )
        self.accept.clicked.connect(lambda: self._accept(self._chosen()))
        self.drop.clicked.connect(lambda: self._reject(self._chosen()))
        self.accept_all.clicked.connect(
            lambda: self._accept([proposal.id for proposal in self._read.proposals])
        )
        self.together.clicked.connect(self._ask_for_thread)
        self.lines.itemChanged.connect(self._correct)
        self._session.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.suggested_title.setText(self.tr("Suggested entries"))
        self.hint.setText(
            self.tr("Please compare them with the picture. Only what you accept is used.")
        )
        self.accept.setText(self.tr("Accept"))
        self.drop.setText(self.tr("Drop"))
        self.accept_all.setText(self.tr("Accept all"))
        self.suggested.setAccessibleName(self.suggested_title.text())
        self.lines.setToolTip(self.tr("Double-click a line to correct it."))
        self._fill()

    def show_item(
        self, item_id: int | None, page: int | None = None, line_id: int | None = None
    ) -> None:
        """Show what was read from an item, or one page of it; nothing if None.

        Args:
            item_id: The item.
            page: The page of a document, from 1; None for a picture.
            line_id: The line to choose, if any.
        """
        self._item_id, self._page = item_id, page
        self._wanted_line = None
        self._take(ReadText((), (), None))
        self._wanted_line = line_id
        if item_id is not None:
            self._ask(item_id)

    def _choose_wanted(self) -> None:
        """Choose the line that the person came for, once."""
        line_id, self._wanted_line = self._wanted_line, None
        rows = (self.lines.item(row) for row in range(self.lines.count()))
        row = next((row for row in rows if row.data(_NUMBER) == line_id), None)
        if row is not None:
            self.lines.setCurrentItem(row)
            self.lines.scrollToItem(row, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _ask_for_thread(self) -> None:
        if self._item_id is not None:
            self.thread_wanted.emit(self._item_id)

    def _ask(self, item_id: int) -> None:
        def done(read: ReadText) -> None:
            if (self._item_id, self._page) == (item_id, page):
                self._take(read)
                self._choose_wanted()

        page = self._page
        self._session.query(lambda case: read_text(case, item_id, page), done, owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if self._item_id is not None and changes.touches(Area.ITEMS, Area.PROPOSALS):
            self._ask(self._item_id)

    def show_page(self, page: int) -> None:
        """Show what was read from another page of the document that is shown."""
        if self._item_id is not None and page != self._page:
            self._page = page
            self._ask(self._item_id)

    def _take(self, read: ReadText) -> None:
        if read == self._read:
            return
        self._read = read
        self._fill()

    def _fill(self) -> None:
        read, where = self._read, zone(self._session.info.timezone)
        blocked = QSignalBlocker(self.lines)
        self.suggested.clear()
        self.lines.clear()
        for proposal in read.proposals:
            row = QListWidgetItem(proposal_texts.described(proposal, where), self.suggested)
            row.setData(_REGION, proposal.region)
            row.setData(_NUMBER, proposal.id)
        for line in read.lines:
            self._add_line(line)
        blocked.unblock()
        self.reason.setText("" if read.reason is None else texts.message_text(read.reason))
        self.reason.setVisible(read.reason is not None)
        self.together.setText(self.tr("Show %n joined screenshot(s)", "", read.joined))
        self.together.setVisible(read.joined > 0)
        for part in (self.suggested_title, self.hint, self.suggested):
            part.setVisible(bool(read.proposals))
        self._decisions.setVisible(bool(read.proposals) and not self._session.case.read_only)
        of_page = self.tr("Text read on page {0}").format(self._page)
        self.text_title.setText(self.tr("Text in the picture") if self._page is None else of_page)
        self.lines.setAccessibleName(self.text_title.text())
        self.text_title.setVisible(bool(read.lines))
        self.lines.setVisible(bool(read.lines))
        self.setVisible(bool(read.lines or read.proposals or read.reason or read.is_kept_open))
        self._enable()
        self.region_chosen.emit(None)

    def _add_line(self, line: ReadLine) -> None:
        row = QListWidgetItem(line.words, self.lines)
        row.setData(_REGION, line.region)
        row.setData(_NUMBER, line.id)
        if not self._session.case.read_only:
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        if line.corrected is not None:
            row.setFont(bold(row.font()))
            row.setToolTip(self.tr("Corrected by you. The program read: {0}").format(line.text))

    def _correct(self, row: QListWidgetItem) -> None:
        line_id, text = row.data(_NUMBER), row.text()
        self._session.mutate(lambda case: reading.correct(case, line_id, text))
        # What was typed may be no correction: what holds is shown once more.
        self._read = ReadText((), (), None)
        if self._item_id is not None:
            self._ask(self._item_id)

    def _on(self, chosen: QListWidget, other: QListWidget) -> None:
        """One thing is lit at a time, whichever list it is chosen in."""
        rows = chosen.selectedItems()
        self._enable()
        if rows:
            other.clearSelection()
            self.region_chosen.emit(rows[-1].data(_REGION))
        elif not other.selectedItems():
            self.region_chosen.emit(None)

    def _enable(self) -> None:
        has_chosen = bool(self.suggested.selectedItems())
        self.accept.setEnabled(has_chosen)
        self.drop.setEnabled(has_chosen)

    def _chosen(self) -> list[int]:
        return [row.data(_NUMBER) for row in self.suggested.selectedItems()]

    def _accept(self, ids: list[int]) -> None:
        self._session.mutate(lambda case: proposals.accept(case, ids))

    def _reject(self, ids: list[int]) -> None:
        self._session.mutate(lambda case: proposals.reject(case, ids))
