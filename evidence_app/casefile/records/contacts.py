"""Names from address books, for the numbers in the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, func, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import contact, item, party, party_identifier


def add(change: Change, item_id: int, contacts: Iterable[tuple[str, str, str]]) -> None:
    """Keep names with a number each, as name, number as written, and its compared form."""
    change.insert_many(
        contact,
        [
            {"item_id": item_id, "name": name, "raw": raw, "normalized": normalized}
            for name, raw, normalized in contacts
        ],
    )


def names(connection: Connection) -> set[str]:
    """All names in address books."""
    return set(connection.execute(select(contact.c.name)).scalars())


def name_parties(change: Change) -> None:
    """Name parties that have no name, if their number belongs to exactly one name."""
    for party_id, name in change.connection.execute(_names()).all():
        change.update(party, party_id, name=name)


def _names() -> Any:
    return (
        select(party.c.id, func.min(contact.c.name))
        .join(party_identifier, party_identifier.c.party_id == party.c.id)
        .join(contact, contact.c.normalized == party_identifier.c.normalized)
        .join(item, and_(item.c.id == contact.c.item_id, item.c.trashed_at.is_(None)))
        .where(party.c.name == "", contact.c.name != "")
        .group_by(party.c.id)
        .having(func.count(contact.c.name.distinct()) == 1)
    )
