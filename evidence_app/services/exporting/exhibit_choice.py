"""Which items of a case are exhibits of a dossier, and what is left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.content import Omission
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.services import items
from evidence_app.services.items import ItemFilter, ItemOrder

_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".localized", "ehthumbs.db"})
_MADE_BY_SYSTEMS = "._"
"""Begins the names of files in which macOS keeps what other file systems cannot."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The exhibits of a dossier.

    Attributes:
        items: In the order in which they came into the case, which is that of their numbers.
        omitted: How many others there are, and why they are left out.
    """

    items: tuple[Item, ...]
    omitted: dict[Omission, int]


def choose(case: CaseFile, marked: Collection[int], *, only_marked: bool) -> Choice:
    """The items that are printed; one that shows a violation always is.

    Args:
        case: The case.
        marked: The numbers of the items that show violations.
        only_marked: Whether all others are left out.
    """
    every = items.get_many(case, items.index(case, ItemFilter(), ItemOrder.IMPORTED))
    reasons = {
        item.id: reason
        for item in every
        if item.id not in marked and (reason := _reason(item, only_marked))
    }
    printed = tuple(item for item in every if item.id not in reasons)
    omitted = Counter(reasons.values())
    omitted[Omission.TRASHED] = len(items.index(case, ItemFilter(trashed=True)))
    further = items.notices(case, (MessageCode.ALSO_AT,))
    omitted[Omission.AGAIN] = sum(len(further.get(item.id, ())) for item in printed)
    return Choice(printed, {reason: omitted[reason] for reason in Omission if omitted[reason]})


def _reason(item: Item, only_marked: bool) -> Omission | None:
    if not item.size:
        return Omission.EMPTY
    name = item.filename.lower()
    of_system = name in _SYSTEM_FILES or name.startswith(_MADE_BY_SYSTEMS)
    if of_system and item.kind in (ItemKind.OTHER, ItemKind.TEXT):
        return Omission.SYSTEM
    return Omission.UNMARKED if only_marked else None
