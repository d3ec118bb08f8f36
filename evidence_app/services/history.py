"""Undo and redo. Both are new changes: the custody log only ever grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change, RowChange
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action


@dataclass(slots=True)
class Edit:
    """A change that can be taken back.

    Attributes:
        action: What was done.
        detail: More of it, as its custody entry tells.
        changes: What it touched.
        item_id: The item that it made, or None.
        event_id: The event that it made, or None.
        tag_id: The tag that it made, or None.
        debt_id: The debt that it made, or None.
    """

    action: Action
    detail: Mapping[str, Any] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    item_id: int | None = None
    event_id: int | None = None
    tag_id: int | None = None
    debt_id: int | None = None
    rows: tuple[RowChange, ...] = ()


@contextmanager
def editing(
    case: CaseFile, action: Action, detail: Mapping[str, Any]
) -> Iterator[tuple[Change, Edit]]:
    """One undoable transaction; the edit is complete when the block is left."""
    edit = Edit(action, detail)
    with case.change(action, detail) as change:
        yield change, edit
    edit.changes = Changes(frozenset(change.areas), change.entry)
    edit.rows = tuple(change.rows)


class History:
    """The edits of one session, for undo and redo."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    def record(self, edit: Edit) -> None:
        """Remember an edit; what was undone before can no longer be redone."""
        if edit.rows:
            self._done.append(edit)
            self._undone.clear()

    def forget(self) -> None:
        """Remember no edit any more, as after something was removed for good."""
        self._done.clear()
        self._undone.clear()

    @property
    def undo_edit(self) -> Edit | None:
        """What `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def redo_edit(self) -> Edit | None:
        """What `redo` would do again."""
        return self._undone[-1] if self._undone else None

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to redo."""
        return bool(self._undone)

    def undo(self) -> Changes:
        """Take the last edit back."""
        if not self._done:
            return Changes()
        edit = self._done[-1]
        inverse = [row.inverse() for row in reversed(edit.rows)]
        changes = self._apply(Action.UNDO, edit, inverse)
        self._undone.append(self._done.pop())
        return changes

    def redo(self) -> Changes:
        """Do the last undone edit again."""
        if not self._undone:
            return Changes()
        edit = self._undone[-1]
        changes = self._apply(Action.REDO, edit, list(edit.rows))
        self._done.append(self._undone.pop())
        return changes

    def _apply(self, action: Action, edit: Edit, rows: list[RowChange]) -> Changes:
        detail = {"action": edit.action.value, "entry": edit.changes.entry}
        with self._case.change(action, detail, undoable=False) as change:
            change.apply(rows)
        return Changes(frozenset(change.areas), change.entry)
