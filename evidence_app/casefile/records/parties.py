"""Writes and reads parties and their identifiers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import debt, event, item, party, party_identifier
from evidence_app.model.party import Identifier, Party, Role
from evidence_app.model.rulebook import CollectorKind


def parties(connection: Connection, party_id: int | None = None) -> list[Party]:
    """All parties, those with most events first; or the one of that number."""
    present = event.c.item_id.not_in(select(item.c.id).where(item.c.trashed_at.is_not(None)))
    counts = (
        select(event.c.party_id, func.count().label("events"))
        .where(present, event.c.same_as.is_(None))
        .group_by(event.c.party_id)
        .subquery()
    )
    query = select(party, func.coalesce(counts.c.events, 0).label("events")).outerjoin(
        counts, counts.c.party_id == party.c.id
    )
    if party_id is not None:
        query = query.where(party.c.id == party_id)
    identifiers = _identifiers(connection)
    rows = connection.execute(query.order_by(counts.c.events.desc().nulls_last(), party.c.id))

    @row_values.converts(party)
    def to_party(row: Any) -> Party:
        return Party(
            id=row["id"],
            role=Role(row["role"]),
            name=row["name"],
            identifiers=tuple(identifiers.get(row["id"], ())),
            note=row["note"],
            event_count=row["events"],
            kind=CollectorKind(row["kind"] or CollectorKind.UNKNOWN),
            acts_for=row["acts_for"],
        )

    return [to_party(row) for row in rows.mappings()]


def _identifiers(connection: Connection) -> dict[int, list[Identifier]]:
    identifiers: dict[int, list[Identifier]] = {}
    table = party_identifier
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        identifiers.setdefault(row["party_id"], []).append(_identifier(row))
    return identifiers


@row_values.converts(party_identifier)
def _identifier(row: Any) -> Identifier:
    return Identifier(row["raw"], row["normalized"])


def find_party(connection: Connection, normalized: str) -> int | None:
    """The party that has the identifier."""
    query = select(party_identifier.c.party_id)
    return connection.execute(query.where(party_identifier.c.normalized == normalized)).scalar()


def known_party(change: Change, normalized: str) -> int | None:
    """As `find_party`, for what is going to be written of it.

    Raises:
        UserError: That the party has it is not what the log says.
    """
    query = select(party_identifier.c.id).where(party_identifier.c.normalized == normalized)
    change.require_sealed(party_identifier, change.connection.execute(query).scalars().all())
    return find_party(change.connection, normalized)


def add_party(change: Change, role: Role, name: str, identifier: Identifier) -> int:
    """Add a party with its first identifier; return its number."""
    party_id = change.insert(party, role=role.value, name=name, note="")
    change.insert(
        party_identifier,
        party_id=party_id,
        raw=identifier.raw,
        normalized=identifier.normalized,
    )
    return party_id


def edit_party(change: Change, party_id: int, **values: Any) -> None:
    """Change cells of a party."""
    change.update(party, party_id, **values)


def name_if_unnamed(change: Change, party_id: int, name: str) -> None:
    """Give the party a name, unless it has one."""
    query = select(party.c.name).where(party.c.id == party_id)
    if name and not change.connection.execute(query).scalar():
        change.update(party, party_id, name=name)


def add_nameless(change: Change, role: Role) -> int:
    """Add a party that has nothing yet; return its number."""
    return change.insert(party, role=role.value, name="", note="")


def move_all(change: Change, party_id: int, target_id: int) -> None:
    """Give all that a party has to another, and remove it."""
    for table, column in (
        (party_identifier, party_identifier.c.party_id),
        (event, event.c.party_id),
        (debt, debt.c.creditor_id),
        (party, party.c.acts_for),
    ):
        query = select(table.c.id).where(column == party_id)
        for row_id in change.connection.execute(query).scalars().all():
            # Who collected for the other collects for itself now.
            itself = table is party and row_id == target_id
            change.update(table, row_id, **{column.name: None if itself else target_id})
    change.delete(party, party_id)


def move_identifier(change: Change, normalized: str, target_id: int) -> None:
    """Give an identifier, and the events in which it stands, to another party."""
    own = select(party_identifier).where(party_identifier.c.normalized == normalized)
    row = change.connection.execute(own).one()
    change.update(party_identifier, row.id, party_id=target_id)
    events = select(event.c.id).where(
        event.c.identifier_normalized == normalized, event.c.party_id == row.party_id
    )
    for event_id in change.connection.execute(events).scalars().all():
        change.update(event, event_id, party_id=target_id)
