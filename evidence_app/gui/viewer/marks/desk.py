"""Connects tools, layer and case: drawn marks are saved, saved marks are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from evidence_app.gui.viewer.marks.layer import MarkLayer
from evidence_app.gui.viewer.marks.tool_row import MarkTools
from evidence_app.model.changes import Area, Changes
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.services import marks

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.gui.viewer.marks.surfaces import Surface
    from evidence_app.model.evidence import Item

_NOWHERE = Mark(0, 0, MarkKind.HIGHLIGHT)


class MarkDesk(QObject):
    """The marks of the item that is shown.

    Attributes:
        tools: The row of tools.
        layer: Over what is shown, or None while that cannot be marked.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tools = MarkTools()
        self.layer: MarkLayer | None = None
        self._session = session
        self._layers: dict[int, MarkLayer] = {}
        self._item: Item | None = None
        self._marks: list[Mark] = []
        self._waiting: Mark | None = None
        self._newest = False
        self.tools.hide()
        self.tools.tool_chosen.connect(self._use_tool)
        self.tools.removal_wanted.connect(self._remove_chosen)
        self.tools.copies_wanted.connect(self._copy)
        self.tools.words_written.connect(self._write)
        session.changed.connect(self._on_changed)

    def show_item(self, item: Item, surface: Surface) -> None:
        """Show the marks of an item on what shows it."""
        self.leave()
        key = id(surface.widget)
        if key not in self._layers:
            self._layers[key] = self._new_layer(surface)
        self.layer, self._item = self._layers[key], item
        is_writable = not self._session.case.read_only
        self.layer.set_writable(is_writable)
        self.layer.setAccessibleName(self.tr("Marks on “{0}”").format(item.title))
        self.layer.show()
        self.layer.raise_()
        self.tools.set_tools(is_sound=surface.is_sound, is_paged=bool(item.page_count))
        self.tools.setVisible(is_writable)
        self._use_tool(None)
        self._read()

    def chosen_subjects(self) -> list[Subject]:
        """The mark that is chosen, as what a violation can be found in; else nothing."""
        chosen = self.layer.chosen() if self.layer else None
        if chosen is None or chosen.kind is MarkKind.REDACTION:
            return []
        return [Subject(SubjectKind.MARK, chosen.id)]

    def leave(self) -> None:
        """Show no marks: another kind of item is shown, or none."""
        self._item, self._waiting, self._marks = None, None, []
        if self.layer is not None:
            self.layer.show_marks([])
            self.layer.hide()
            self.layer = None
        self.tools.hide()

    def _new_layer(self, surface: Surface) -> MarkLayer:
        layer = MarkLayer(surface)
        layer.drawn.connect(self._draw)
        layer.changed.connect(self._change)
        layer.removed.connect(self._remove)
        layer.selected.connect(self._on_selected)
        layer.finished.connect(lambda: self._use_tool(None))
        return layer

    def _read(self) -> None:
        item = self._item
        if item is None:
            return

        def done(found_marks: list[Mark]) -> None:
            if self._item is item and self.layer is not None:
                self._marks = found_marks
                self.layer.show_marks(found_marks)
                if self._newest and found_marks:
                    self._newest = False
                    self.layer.select(found_marks[-1].id)

        item_id = item.id
        self._session.query(lambda case: marks.list_marks(case, item_id), done, owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.MARKS):
            self._read()

    def _use_tool(self, tool: MarkKind | None) -> None:
        self._waiting = None
        self.tools.set_tool(tool)
        if self.layer is not None:
            self.layer.set_tool(tool)

    def _draw(self, kind: MarkKind, page: int | None, box: Region) -> None:
        item, layer = self._item, self.layer
        if item is None or layer is None:
            return
        placed = layer.surface.moved(replace(_NOWHERE, item_id=item.id, kind=kind, page=page), box)
        if kind is MarkKind.TEXT:
            self._waiting = placed
            self.tools.ask_for_text()
            return
        number = str(1 + sum(mark.kind is MarkKind.NUMBER for mark in self._marks))
        self._add(replace(placed, text=number if kind is MarkKind.NUMBER else ""))

    def _add(self, new_mark: Mark) -> None:
        def done(_edit: object) -> None:
            # Whatever was read before is shown by now; the next reading has the new mark.
            self._newest = True

        self._session.mutate(lambda case: marks.add(case, [new_mark]), done)
        self._use_tool(None)

    def _change(self, changed: Mark) -> None:
        self._session.mutate(lambda case: marks.edit(case, changed))

    def _remove(self, mark: Mark) -> None:
        mark_id = mark.id
        self._session.mutate(lambda case: marks.remove(case, [mark_id]))

    def _remove_chosen(self) -> None:
        chosen = self.layer.chosen() if self.layer else None
        if chosen is not None:
            self._remove(chosen)

    def _copy(self) -> None:
        chosen = self.layer.chosen() if self.layer else None
        count = self._item.page_count if self._item else None
        if chosen is None or not count or chosen.page is None:
            return
        mark_id, pages = chosen.id, list(range(1, count + 1))
        self._session.mutate(lambda case: marks.copy_to_pages(case, mark_id, pages))

    def _write(self, text: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            if text.strip():
                self._add(replace(waiting, text=text))
            return
        chosen = self.layer.chosen() if self.layer else None
        if chosen is None:
            return
        if chosen.kind is not MarkKind.TEXT:
            self._change(replace(chosen, note=text))
        elif text.strip():
            self._change(replace(chosen, text=text))

    def _on_selected(self, mark: Mark | None) -> None:
        if self._waiting is not None:
            return
        self.tools.show_mark(mark)
        if self.layer is not None:
            description = self._described(mark) if mark else ""
            self.layer.setAccessibleDescription(description)

    def _described(self, mark: Mark) -> str:
        names = {
            MarkKind.HIGHLIGHT: self.tr("Highlight"),
            MarkKind.ARROW: self.tr("Arrow"),
            MarkKind.TEXT: self.tr("Text"),
            MarkKind.NUMBER: self.tr("Number"),
            MarkKind.REDACTION: self.tr("Blacked out in exports"),
        }
        box = self.layer.surface.box(mark) if self.layer else None
        parts = [names[mark.kind], mark.text, mark.note]
        if box is not None:
            place = self.tr("{0} % from the left, {1} % from the top")
            parts.append(place.format(round(box.left * 100), round(box.top * 100)))
        return ", ".join(part for part in parts if part)
