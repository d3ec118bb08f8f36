"""Which items certify which others: a notary's deed, a trusted timestamp of a service."""

from __future__ import annotations

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import certificate, item


def add(change: Change, item_id: int, certified_id: int) -> None:
    """Say that one item certifies another; nothing happens if that is known."""
    query = select(certificate.c.id).where(
        certificate.c.item_id == item_id, certificate.c.certified_id == certified_id
    )
    if change.connection.execute(query).first() is None:
        change.insert(certificate, item_id=item_id, certified_id=certified_id)


def remove(change: Change, item_id: int, certified_id: int) -> None:
    """Say no longer that one item certifies another."""
    query = select(certificate.c.id).where(
        certificate.c.item_id == item_id, certificate.c.certified_id == certified_id
    )
    for row_id in change.connection.execute(query).scalars().all():
        change.delete(certificate, row_id)


def certificates_of(connection: Connection, certified_id: int) -> list[int]:
    """The items that certify an item and are not in the trash."""
    query = select(certificate.c.item_id).join(item, item.c.id == certificate.c.item_id)
    in_use = query.where(certificate.c.certified_id == certified_id, item.c.trashed_at.is_(None))
    return list(connection.execute(in_use.order_by(certificate.c.id)).scalars())


def certified_by(connection: Connection, item_id: int) -> list[int]:
    """The items that an item certifies and that are not in the trash."""
    query = select(certificate.c.certified_id).join(item, item.c.id == certificate.c.certified_id)
    in_use = query.where(certificate.c.item_id == item_id, item.c.trashed_at.is_(None))
    return list(connection.execute(in_use.order_by(certificate.c.id)).scalars())
