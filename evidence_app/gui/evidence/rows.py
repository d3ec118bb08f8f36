"""What a tile or a line of the evidence list shows, read away from the window."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.model.finding import Labels, Subject, SubjectKind
from evidence_app.model.search import Snippet
from evidence_app.services import items, labels, reading, search

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with what its line shows.

    Attributes:
        item: What is known of it.
        labels: Those on it.
        words: The first words that were read from a picture; else empty.
        found: Where in it the words stand by which it was searched; None if in its name or nowhere.
    """

    item: Item
    labels: Labels
    words: str = ""
    found: Snippet | None = None


@dataclass(frozen=True, slots=True)
class ItemOrdering:
    """The items of a view in their order.

    Attributes:
        ids: 64-bit item numbers.
        any: Whether the case has any item outside of the trash, wanted or not.
        trashed: How many items are in the trash; 0 unless nothing is shown.
    """

    ids: array[int]
    any: bool
    trashed: int = 0


def read_ordering(
    case: CaseFile, item_filter: ItemFilter, order: ItemOrder, descending: bool
) -> ItemOrdering:
    """Which items a view shows, and in which order."""
    ids = items.index(case, item_filter, order, descending)
    if ids:
        return ItemOrdering(ids, True)
    trashed = items.index(case, ItemFilter(trashed=True))
    return ItemOrdering(ids, bool(items.index(case, ItemFilter())), len(trashed))


def read_item_rows(case: CaseFile, ids: Sequence[int], searched: str) -> dict[int, ItemRow]:
    """The lines of these items; those that are no longer there are left out.

    Args:
        case: The case.
        ids: Their numbers.
        searched: The words by which they were found; empty for none.
    """
    listed = items.get_many(case, ids)
    subjects = [Subject(SubjectKind.ITEM, item.id) for item in listed]
    on_them = labels.labels(case, subjects)
    pictures = [item.id for item in listed if item.kind is ItemKind.PICTURE]
    read = reading.first_words(case, pictures)
    snippets = search.snippets(case, searched, ids)
    return {
        item.id: ItemRow(item, on_them[subject], read.get(item.id, ""), snippets.get(item.id))
        for item, subject in zip(listed, subjects, strict=True)
    }


def read_thumbnails(case: CaseFile, ids: Sequence[int]) -> dict[int, QImage]:
    """The small pictures of these items, null for those that have none."""
    images = {}
    for item_id in ids:
        rendition = items.thumbnail(case, item_id)
        images[item_id] = QImage.fromData(rendition.data) if rendition else QImage()
    return images
