"""Certificates that others made of evidence, filed beside the item that they certify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.anchoring import tokens
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import certificates as certificate_records
from evidence_app.model.custody import Action
from evidence_app.model.evidence import Item
from evidence_app.services import items
from evidence_app.services.history import Edit, editing

_LARGEST_TOKEN = 1 << 20


def file(case: CaseFile, certified_id: int, item_ids: Sequence[int]) -> Edit:
    """Say that items, which are in the case already, certify another.

    Raises:
        UsageError: There is no such item.
    """
    items.get_many(case, [certified_id, *item_ids])
    certifying = [item_id for item_id in item_ids if item_id != certified_id]
    detail = {"item": certified_id, "certificates": certifying}
    with editing(case, Action.CERTIFY, detail) as (change, edit):
        for item_id in certifying:
            certificate_records.add(change, item_id, certified_id)
    return edit


def detach(case: CaseFile, certified_id: int, item_id: int) -> Edit:
    """Say no longer that an item certifies another; both stay in the case."""
    detail = {"item": certified_id, "certificate": item_id, "filed": False}
    with editing(case, Action.CERTIFY, detail) as (change, edit):
        certificate_records.remove(change, item_id, certified_id)
    return edit


@dataclass(frozen=True, slots=True)
class Certificate:
    """An item that certifies another.

    Attributes:
        item: What was filed.
        is_match: Whether it is a timestamp token of just the other's original; None if it is no
            token, and only people can tell.
    """

    item: Item
    is_match: bool | None


@dataclass(frozen=True, slots=True)
class Certificates:
    """The certificates of an item, and the items that it certifies itself."""

    of_item: tuple[Certificate, ...] = ()
    certified: tuple[Item, ...] = ()


def of_item(case: CaseFile, item_id: int) -> Certificates:
    """The certificates of an item, and the items that it certifies."""
    item = items.get(case, item_id)
    with case.read() as connection:
        filed = certificate_records.certificates_of(connection, item_id)
        certified = certificate_records.certified_by(connection, item_id)
    of_this_item = tuple(
        Certificate(certificate_item, _is_match(case, certificate_item, item))
        for certificate_item in items.get_many(case, filed)
    )
    return Certificates(of_this_item, tuple(items.get_many(case, certified)))


def _is_match(case: CaseFile, certificate: Item, certified: Item) -> bool | None:
    """Whether a timestamp token (RFC 3161) is of just this original."""
    if certificate.size > _LARGEST_TOKEN:
        return None
    with items.open_original(case, certificate.id) as stream:
        data = stream.read()
    try:
        imprint = tokens.read_imprint(data)
    except ValueError:
        return None
    with items.open_original(case, certified.id) as stream:
        return imprint.fits(stream)
