"""Certificates that others made of evidence, filed beside the item that they certify."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.casefile import certificate_records
from evidence_app.casefile.case import CaseFile
from evidence_app.model.custody import Action
from evidence_app.model.evidence import Item
from evidence_app.services import items
from evidence_app.services.history import Edit, editing


def file(case: CaseFile, certified_id: int, item_ids: Sequence[int]) -> Edit:
    """Say that items, which are in the case already, certify another.

    Raises:
        WrongUseError: There is no such item.
    """
    items.get_many(case, [certified_id, *item_ids])
    certifying = [item_id for item_id in item_ids if item_id != certified_id]
    detail = {"item": certified_id, "certificates": certifying}
    with editing(case, Action.CERTIFY, detail) as (change, edit):
        for item_id in certifying:
            certificate_records.add(change, item_id, certified_id)
    return edit


def take_off(case: CaseFile, certified_id: int, item_id: int) -> Edit:
    """Say no longer that an item certifies another; both stay in the case."""
    detail = {"item": certified_id, "certificate": item_id, "filed": False}
    with editing(case, Action.CERTIFY, detail) as (change, edit):
        certificate_records.remove(change, item_id, certified_id)
    return edit


def of_item(case: CaseFile, item_id: int) -> list[Item]:
    """The certificates of an item."""
    with case.read() as connection:
        found = certificate_records.certificates_of(connection, item_id)
    return items.get_many(case, found)


def certified_by(case: CaseFile, item_id: int) -> list[Item]:
    """The items that an item certifies."""
    with case.read() as connection:
        found = certificate_records.certified_by(connection, item_id)
    return items.get_many(case, found)
