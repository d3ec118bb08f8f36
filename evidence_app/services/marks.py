"""What the person draws on evidence, and what is blacked out of everything that leaves the case."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import marks as mark_records
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.mark import Mark, MarkKind, Stretch, Words
from evidence_app.model.region import Region
from evidence_app.services import events as timeline
from evidence_app.services import items, short_texts
from evidence_app.services.history import Edit, editing

_TEXTS = (MarkKind.TEXT, MarkKind.NUMBER)
_SOUNDS = (ItemKind.RECORDING, ItemKind.VIDEO)
_OF_WORDS = (MarkKind.HIGHLIGHT, MarkKind.REDACTION)
_LEAST = 1e-4
"""Of a page's width or height; less cannot be seen."""


def list_marks(case: CaseFile, item_id: int) -> list[Mark]:
    """The marks on an item, oldest first."""
    with case.read() as connection:
        return mark_records.of_item(connection, item_id)


def of_event(case: CaseFile, event_id: int) -> list[Mark]:
    """The marks on the words of a message, oldest first."""
    with case.read() as connection:
        return mark_records.of_event(connection, event_id)


def all_marks(case: CaseFile) -> list[Mark]:
    """The marks on all items that are not in the trash, oldest first."""
    with case.read() as connection:
        return mark_records.all_of(connection)


def get(case: CaseFile, mark_id: int) -> Mark:
    """One mark.

    Raises:
        UsageError: There is none of that number.
    """
    with case.read() as connection:
        mark = mark_records.find(connection, mark_id)
    if mark is None:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"m{mark_id}"))
    return mark


def add(case: CaseFile, new_marks: Sequence[Mark]) -> Edit:
    """Put marks on evidence, all of them or none; their numbers are not looked at.

    What reaches beyond the edge of picture, page or recording is cut off there.

    Raises:
        UsageError: There is no such item or event.
        UserError: A mark is not on the evidence, or has no words that it needs.
    """
    return _add(case, new_marks)


def _add(case: CaseFile, new_marks: Sequence[Mark], *, copied: Sequence[int] = ()) -> Edit:
    """Put marks on evidence; ``copied`` are the numbers of marks that some of them repeat."""
    fitting = [_fitting(case, mark) for mark in new_marks]
    with editing(case, Action.MARK, _detail(fitting)) as (change, edit):
        mark_records.require_sealed(change, copied)
        for mark in fitting:
            mark_records.add(change, mark)
    return edit


def edit(case: CaseFile, changed: Mark) -> Edit:
    """Give the mark of that number another place, text or note; it keeps its item and kind.

    Raises:
        UsageError: There is no such mark.
        UserError: As for `add`.
    """
    before = get(case, changed.id)
    fitting = _fitting(case, replace(changed, item_id=before.item_id, kind=before.kind))
    with editing(case, Action.EDIT_MARK, _detail([fitting])) as (change, new_edit):
        mark_records.edit(change, fitting)
    return new_edit


def remove(case: CaseFile, ids: Sequence[int]) -> Edit:
    """Take marks away.

    Raises:
        UsageError: There is no such mark.
    """
    removed = [get(case, mark_id) for mark_id in ids]
    with editing(case, Action.REMOVE_MARK, _detail(removed)) as (change, new_edit):
        mark_records.remove(change, [mark.id for mark in removed])
    return new_edit


def copy_to_pages(case: CaseFile, mark_id: int, pages: Sequence[int]) -> Edit:
    """Put the same mark on other pages of its document, at the same place.

    Raises:
        UsageError: There is no such mark.
        UserError: There is no such page, or the mark is not on a page.
    """
    original = get(case, mark_id)
    if original.page is None:
        raise UserError(message(MessageCode.MARK_OUTSIDE))
    copied = [replace(original, page=page) for page in pages if page != original.page]
    return _add(case, copied, copied=[mark_id])


def _detail(changed: Sequence[Mark]) -> dict[str, Any]:
    """What the log tells: never the words that are blacked out."""
    return {
        "items": sorted({mark.item_id for mark in changed}),
        "marks": [
            {"kind": mark.kind.value, **({"page": mark.page} if mark.page else {})}
            for mark in changed
        ],
        "kind": changed[0].kind.value if len({mark.kind for mark in changed}) == 1 else "",
    }


def _fitting(case: CaseFile, mark: Mark) -> Mark:
    """The mark, cut to the evidence that it is on.

    Raises:
        UsageError: There is no such item or event.
        UserError: It is not on it.
    """
    text, note = short_texts.checked(mark.text), mark.note.strip()
    if mark.kind in _TEXTS and not text:
        raise UserError(message(MessageCode.NEEDS_VALUE, field="text"))
    trimmed = replace(mark, text=text if mark.kind in _TEXTS else "", note=note)
    if sum(target is not None for target in (mark.box, mark.stretch, mark.words)) != 1:
        raise UserError(message(MessageCode.MARK_OUTSIDE))
    if mark.words is not None:
        return _on_words(timeline.get(case, mark.words.event_id), trimmed, mark.words)
    item = items.get(case, mark.item_id)
    placed = (
        _on_sound(item, trimmed, mark.stretch)
        if mark.stretch is not None
        else _on_picture(item, trimmed, mark.box)
    )
    if placed is None:
        raise UserError(message(MessageCode.MARK_OUTSIDE))
    return placed


def _on_words(event: Event, mark: Mark, span: Words) -> Mark:
    first, end = max(0, span.first), min(len(event.text), span.end)
    if first >= end or mark.kind not in _OF_WORDS:
        raise UserError(message(MessageCode.MARK_OUTSIDE))
    return replace(mark, item_id=event.item_id, words=Words(event.id, first, end), page=None)


def _on_sound(item: Item, mark: Mark, stretch: Stretch) -> Mark | None:
    times = (stretch.start_s, stretch.end_s)
    if item.kind not in _SOUNDS or not all(map(math.isfinite, times)):
        return None
    last = item.duration_s if item.duration_s else math.inf
    cut = Stretch(max(0.0, stretch.start_s), min(last, stretch.end_s))
    is_fit = cut.start_s < cut.end_s and mark.kind is not MarkKind.ARROW
    return replace(mark, stretch=cut, page=None) if is_fit else None


def _on_picture(item: Item, mark: Mark, box: Region | None) -> Mark | None:
    if box is None or not all(map(math.isfinite, (box.left, box.top, box.width, box.height))):
        return None
    is_paged = bool(item.page_count)
    if not is_paged and item.kind is not ItemKind.PICTURE:
        return None
    if is_paged and not 1 <= (mark.page or 0) <= (item.page_count or 0):
        return None
    cut = _arrow(box) if mark.kind is MarkKind.ARROW else _cut(box)
    if cut is None:
        return None
    return replace(mark, box=cut, page=mark.page if is_paged else None)


def _cut(box: Region) -> Region | None:
    left, right = sorted((box.left, box.left + box.width))
    top, bottom = sorted((box.top, box.top + box.height))
    left, top, right, bottom = max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom)
    if right - left < _LEAST or bottom - top < _LEAST:
        return None
    return Region(left, top, right - left, bottom - top)


def _arrow(box: Region) -> Region | None:
    left, top = _share(box.left), _share(box.top)
    width, height = _share(box.left + box.width) - left, _share(box.top + box.height) - top
    return Region(left, top, width, height) if math.hypot(width, height) >= _LEAST else None


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
