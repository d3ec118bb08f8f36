"""Acts that stand in several sources: linked, shown as one, counted once.

The first record of an act is the one that is shown; those of other sources point at it with
``same_as``. Nothing is merged: every record keeps its own words and its own place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import event, item
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import ItemKind, SourcePlace

_START_MS = 60_000
_DURATION_S = 2
_BATCH = 2000
_HEIR = event.alias("heir")
_PLACE = (event.c.place_unit, event.c.place_number, event.c.place_sheet)


def with_occurrences(
    connection: Connection, item_id: int, fingerprints: Sequence[int | None]
) -> list[int | None]:
    """The fingerprints, made distinct by how often each stood in the item before.

    A record that stands in one file twice is two acts, and the two of another copy of the file
    are the same two.
    """
    numbers = ",".join(str(fingerprint) for fingerprint in fingerprints if fingerprint is not None)
    # Millions of numbers go through here: SQLAlchemy's own lists take longer than SQLite.
    query = f"SELECT fingerprint FROM event WHERE item_id + 0 = ? AND fingerprint IN ({numbers})"
    present = set(connection.exec_driver_sql(query, (item_id,)).scalars())
    times: Counter[int] = Counter()
    result: list[int | None] = []
    for fingerprint in fingerprints:
        if fingerprint is None:
            result.append(None)
            continue
        if fingerprint in present and fingerprint not in times:
            times[fingerprint] = _times(connection, item_id, fingerprint)
        result.append(fingerprint ^ times[fingerprint])
        times[fingerprint] += 1
    return result


def _of_item(item_id: int) -> ColumnElement[bool]:
    """A condition for which SQLite must not use an index: an item may have millions of rows.

    It would go through all of them rather than look up the fingerprints.
    """
    return event.c.item_id + 0 == item_id


def _times(connection: Connection, item_id: int, fingerprint: int) -> int:
    query = select(event.c.id).where(_of_item(item_id))
    times = 1
    while connection.execute(
        query.where(event.c.fingerprint == fingerprint ^ times).limit(1)
    ).first():
        times += 1
    return times


def shown_for(
    connection: Connection, item_id: int, fingerprints: Sequence[int | None]
) -> list[int | None]:
    """For each fingerprint, the shown event of another item that has it; None if none has."""
    present = [fingerprint for fingerprint in fingerprints if fingerprint is not None]
    event_ids: dict[int, int] = {}
    for start in range(0, len(present), _BATCH):
        page = ",".join(map(str, present[start : start + _BATCH]))
        query = (
            "SELECT fingerprint, min(coalesce(same_as, event.id)) FROM event "
            "JOIN item ON item.id = event.item_id "
            f"WHERE event.item_id <> ? AND trashed_at IS NULL AND fingerprint IN ({page}) "
            "GROUP BY fingerprint"
        )
        rows = connection.exec_driver_sql(query, (item_id,))
        event_ids.update((row[0], row[1]) for row in rows)
    return [
        None if fingerprint is None else event_ids.get(fingerprint) for fingerprint in fingerprints
    ]


def link_calls(change: Change, item_id: int, reader: str) -> int:
    """Link the item's calls with those that another kind of source states; return how many.

    A carrier counts from the connection, a phone from the first ring: starts differ by up to a
    minute, durations by up to two seconds. Each call is linked with one other, the nearest.

    Args:
        change: The transaction.
        item_id: The item.
        reader: What kind of source it is; calls of another item of that kind are other calls.
    """
    linked: set[int] = set()
    for own, other in change.connection.execute(_pairs(item_id, reader)):
        if own not in linked and other not in linked:
            linked |= {own, other}
            for record in [own, *other_records(change.connection, [own]).get(own, ())]:
                change.update(event, record, same_as=other)
    return len(linked) // 2


def _pairs(item_id: int, reader: str) -> Any:
    own, other, source = event.alias("own"), event.alias("other"), item.alias("source")
    linked, linked_item = event.alias("linked"), item.alias("linked_item")
    unknown = Direction.NONE.value
    distance = func.abs(own.c.sort_ms - other.c.sort_ms)
    same_kind_is_linked = exists().where(
        linked.c.same_as == other.c.id,
        linked.c.item_id == linked_item.c.id,
        linked_item.c.reader == reader,
    )
    return (
        select(own.c.id, other.c.id)
        .join(
            other,
            and_(
                other.c.identifier_normalized == own.c.identifier_normalized,
                other.c.sort_ms.between(own.c.sort_ms - _START_MS, own.c.sort_ms + _START_MS),
            ),
        )
        .join(source, source.c.id == other.c.item_id)
        .where(
            own.c.item_id == item_id,
            other.c.item_id != item_id,
            own.c.same_as.is_(None),
            own.c.type == EventType.CALL.value,
            own.c.identifier_normalized != "",
            other.c.type == EventType.CALL.value,
            other.c.same_as.is_(None),
            source.c.trashed_at.is_(None),
            source.c.reader != reader,
            func.abs(own.c.duration_s - other.c.duration_s) <= _DURATION_S,
            or_(
                own.c.direction == other.c.direction,
                own.c.direction == unknown,
                other.c.direction == unknown,
            ),
            ~same_kind_is_linked,
        )
        .order_by(distance, own.c.id, other.c.id)
    )


def messages_elsewhere(
    connection: Connection, item_id: int, longest: int, days: Collection[str] | None
) -> Iterator[list[int]]:
    """Messages of all sources except pictures to which no message of the item is linked.

    Args:
        connection: For reading.
        item_id: The item.
        longest: Those with more characters are left out.
        days: Only those of these days; None for all that have one.

    Yields:
        Numbers of events, a page at a time.
    """
    pointing = event.alias("pointing")
    query = (
        select(event.c.id)
        .join(item, item.c.id == event.c.item_id)
        .where(
            event.c.type == EventType.MESSAGE.value,
            event.c.same_as.is_(None),
            event.c.text != "",
            func.length(event.c.text) <= longest,
            event.c.sort_ms.is_not(None),
            item.c.kind != ItemKind.PICTURE.value,
            item.c.trashed_at.is_(None),
            ~exists().where(pointing.c.same_as == event.c.id, pointing.c.item_id == item_id),
        )
        .order_by(event.c.sort_ms, event.c.id)
    )
    if days is not None:
        query = query.where(event.c.day.in_(days))
    ids = list(connection.execute(query).scalars())
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def link(change: Change, event_id: int, other: int) -> None:
    """Link an event to another that shows the same act; events linked to it move along."""
    shown_id = records_of(change.connection, other)[0]
    for record_id in records_of(change.connection, event_id):
        if record_id != shown_id:
            change.update(event, record_id, same_as=shown_id)


def release(change: Change, item_ids: Iterable[int]) -> None:
    """Show other records of acts whose items go into the trash."""
    trashed_ids = list(item_ids)
    others_in_use = and_(_HEIR.c.item_id.not_in(trashed_ids), item.c.trashed_at.is_(None))
    _hand_over(change, event.c.item_id.in_(trashed_ids), others_in_use)


def release_acts(change: Change, event_ids: Sequence[int]) -> None:
    """Show other records of acts that their source now states differently, or not at all."""
    for start in range(0, len(event_ids), _BATCH):
        page = list(event_ids[start : start + _BATCH])
        _hand_over(change, event.c.id.in_(page), _HEIR.c.id.not_in(page))


def _hand_over(
    change: Change, shown_are: ColumnElement[bool], heirs_are: ColumnElement[bool]
) -> None:
    """Show another record of each act instead, preferably one whose item is not in the trash."""
    query = (
        select(event.c.id, _HEIR.c.id)
        .join(_HEIR, _HEIR.c.same_as == event.c.id)
        .join(item, item.c.id == _HEIR.c.item_id)
        .where(shown_are, heirs_are)
        .order_by(event.c.id, item.c.trashed_at.is_not(None), _HEIR.c.id)
    )
    heirs: dict[int, int] = {}
    for shown_id, heir_id in change.connection.execute(query).all():
        if shown_id in heirs:
            change.update(event, heir_id, same_as=heirs[shown_id])
        else:
            heirs[shown_id] = heir_id
            change.update(event, heir_id, same_as=None)
            change.update(event, shown_id, same_as=heir_id)


def records_of(connection: Connection, event_id: int) -> list[int]:
    """All records of the act that an event tells, the shown one first."""
    query = select(func.coalesce(event.c.same_as, event.c.id)).where(event.c.id == event_id)
    first = connection.execute(query).scalar()
    others = select(event.c.id).where(event.c.same_as == first).order_by(event.c.id)
    return [] if first is None else [first, *connection.execute(others).scalars()]


def other_records(connection: Connection, event_ids: Sequence[int]) -> dict[int, list[int]]:
    """For each event, the other records of its act that point at it."""
    query = select(event.c.same_as, event.c.id).where(event.c.same_as.in_(list(event_ids)))
    records: dict[int, list[int]] = {}
    for shown_id, record_id in connection.execute(query.order_by(event.c.id)):
        records.setdefault(shown_id, []).append(record_id)
    return records


def all_others(connection: Connection) -> Iterator[tuple[int, int, SourcePlace | None]]:
    """Every record that is linked to a shown event, with its own place.

    Yields:
        The number of the event that is shown, the item of the other record, and its place.
    """
    query = (
        select(event.c.same_as, event.c.item_id, *_PLACE)
        .join(item, item.c.id == event.c.item_id)
        .where(event.c.same_as.is_not(None), item.c.trashed_at.is_(None))
        .order_by(event.c.same_as, event.c.id)
    )
    for row in connection.execute(query).mappings():
        yield row["same_as"], row["item_id"], row_values.source_place(row)
