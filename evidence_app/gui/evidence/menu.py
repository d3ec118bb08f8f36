"""What can be done to evidence items, as a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from evidence_app.gui.appearance import icons
from evidence_app.gui.common.time_dialog import TimeDialog
from evidence_app.gui.evidence.destroy_dialog import DestroyDialog
from evidence_app.gui.viewer.original_actions import copy_hash, save_original
from evidence_app.model.times import TimeReading, zone
from evidence_app.services import copies, items

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.changes import Changes
    from evidence_app.model.evidence import Item
    from evidence_app.model.finding import Subject
    from evidence_app.services.cases import CaseFile


class ItemMenu(QMenu):
    """The menu of the item under the pointer and of all that are chosen.

    Attributes:
        open_wanted: The item is wanted, large.
        labels_wanted: The choice of labels is wanted.
        timeline_wanted: The item's events are wanted.
    """

    open_wanted = Signal()
    labels_wanted = Signal()
    timeline_wanted = Signal()

    def __init__(
        self,
        session: Session,
        item: Item,
        subjects: list[Subject],
        parent: QWidget,
        *,
        trashed: bool = False,
    ) -> None:
        """Make the menu.

        Args:
            session: The open case.
            item: The one under the pointer.
            subjects: All that are chosen.
            parent: The page.
            trashed: Whether the trash is shown.
        """
        super().__init__(parent)
        self._session = session
        self._item = item
        self._ids = [subject.id for subject in subjects]
        self._page = parent
        self._add_views()
        if not session.case.read_only:
            self.addSeparator()
            self._add_edits(trashed=trashed)

    def _add_views(self) -> None:
        single = len(self._ids) == 1
        self.addAction(icons.icon("eye"), self.tr("Open"), self.open_wanted.emit)
        if single:
            action = self.addAction(
                icons.icon("calendar-clock"),
                self.tr("Show on the timeline"),
                self.timeline_wanted.emit,
            )
            action.setEnabled(self._item.event_count > 0)
            self.addAction(
                icons.icon("download"), self.tr("Save a copy of the original file…"), self._save
            )
            self.addAction(
                icons.icon("copy"), self.tr("Copy the SHA-256 value"), lambda: copy_hash(self._item)
            )

    def _add_edits(self, *, trashed: bool) -> None:
        ids = self._ids
        if trashed:
            self.addAction(
                icons.icon("undo-2"),
                self.tr("Put back"),
                lambda: self._session.mutate(lambda case: items.restore(case, ids)),
            )
            self.addSeparator()
            self.addAction(icons.icon("x"), self.tr("Delete permanently…"), self.destroy_)
            return
        self.addAction(icons.icon("tags"), self.tr("Labels…"), self.labels_wanted.emit)
        if len(ids) == 1:
            self.addAction(icons.icon("pencil"), self.tr("Rename…"), self.rename)
            self.addAction(icons.icon("clock"), self.tr("Correct the time…"), self.correct_time)
        self.addSeparator()
        self.addAction(icons.icon("trash-2"), self.tr("Move to the trash"), self.trash)

    def rename(self) -> None:
        """Ask for another title."""
        item = self._item
        title, agreed = QInputDialog.getText(
            self._page,
            self.tr("Rename"),
            self.tr("Title; the file keeps its own name."),
            QLineEdit.EchoMode.Normal,
            item.title,
        )
        if agreed and title.strip() and title.strip() != item.title:
            self._session.mutate(lambda case: items.rename(case, item.id, title))

    def correct_time(self) -> None:
        """Ask when it was."""
        correct_item_time(self._session, self._item, self._page)

    def trash(self) -> None:
        """Put what is chosen into the trash."""
        ids = self._ids
        self._session.mutate(lambda case: items.trash(case, ids))

    def destroy_(self) -> None:
        """Ask twice, and remove what is chosen for good."""
        session, ids, page = self._session, self._ids, self._page

        def ask(chosen: list[Item]) -> None:
            dialog = DestroyDialog([item.title for item in chosen], page)
            dialog.agreed.connect(partial(_destroy, session, ids))
            dialog.open()

        session.query(lambda case: items.get_many(case, ids), ask, owner=page)

    def _save(self) -> None:
        save_original(self._session, self._item, self._page)


def _destroy(session: Session, ids: list[int], reason: str, with_copies: bool) -> None:
    def work(case: CaseFile) -> Changes:
        changes = items.destroy(case, ids, reason)
        if with_copies:
            copies.forget(case.path)
        return changes

    def done(_: Changes) -> None:
        session.forget_edits()
        message = QCoreApplication.translate(
            "ItemMenu", "%n item(s) deleted permanently", "", count
        )
        session.said.emit(message)

    count = len(ids)
    session.mutate(work, done)


def correct_item_time(session: Session, item: Item, parent: QWidget) -> None:
    """Ask when an item was, and put that in force."""

    def chosen(reading: TimeReading | None) -> None:
        session.mutate(lambda case: items.correct_time(case, item.id, reading))

    dialog = TimeDialog(item.time, zone(session.info.timezone), parent)
    dialog.chosen.connect(chosen)
    dialog.open()
