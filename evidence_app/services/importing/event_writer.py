"""Writes acts into the case: events with their parties, linked with what is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import attachments as enclosure_records
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import events as event_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.casefile.records.events import Place
from evidence_app.casefile.storage import page_cache
from evidence_app.intake.records import EventRecord
from evidence_app.model import numbers
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.party import Identifier, Role
from evidence_app.model.times import Instant, TimeReading

_BATCH = 2000
_MANY = 50_000
_MOST_PARTIES = 100_000


@dataclass(frozen=True, slots=True)
class Setting:
    """How the acts of an item are understood.

    Attributes:
        region: By whose habits local numbers are read, or None.
        where: The zone of the case, by which events are sorted.
        own_zone: The zone of the item's wall-clock times, if the person said it.
    """

    region: str | None
    where: ZoneInfo
    own_zone: ZoneInfo | None = None

    def asks_zone(self, detail: Mapping[str, Any]) -> bool:
        """Whether it is unsure where the clock hung: not if it was said, or it is the case's."""
        return self.own_zone is None and detail.get("suggested") != self.where.key

    def timed(self, reading: TimeReading | None) -> TimeReading | None:
        """The reading as an instant, if the person said where the clock hung."""
        if reading is None or self.own_zone is None or isinstance(reading.moment, Instant):
            return reading
        at = reading.moment.at.replace(tzinfo=self.own_zone)
        # A fixed offset says what the clock meant even if a zone's rules change later.
        return replace(reading, moment=Instant(datetime.fromisoformat(at.isoformat())))


class EventWriter:
    """Writes the acts of one item in batches.

    Args:
        change: The transaction.
        item_id: The item.
        setting: How its acts are to be taken.
        written: The acts that were read of it before, by their places.

    Attributes:
        count: How many acts were written.
        known: How many of them the case had already, from other sources.
    """

    def __init__(
        self, change: Change, item_id: int, setting: Setting, written: dict[Place, int]
    ) -> None:
        self.count = 0
        self.known = 0
        self._change = change
        self._item_id = item_id
        self._setting = setting
        self._waiting: list[EventRecord] = []
        self._parties: dict[str, int] = {}
        self._unnamed: set[int] = set()
        self._written = written
        self._is_renewed = bool(written)

    def take(self, act: EventRecord) -> None:
        """Take in one act."""
        self._waiting.append(act)
        if len(self._waiting) >= _BATCH:
            self._write()

    def finish(self, reader: str) -> None:
        """Write what is still in hand; acts that are no longer told go, unless they are used.

        Args:
            reader: What kind of source the item is.
        """
        self._write()
        event_records.remove_unused(self._change, list(self._written.values()))
        if self.count:
            self.known += same_acts.link_calls(self._change, self._item_id, reader)

    def _write(self) -> None:
        acts, self._waiting = self._waiting, []
        if not acts:
            return
        values = [self._values(act) for act in acts]
        if not self._is_renewed:
            found = [one["fingerprint"] for one in values]
            connection = self._change.connection
            for one, number in zip(
                values, same_acts.counted(connection, self._item_id, found), strict=True
            ):
                one["fingerprint"] = number
        prints = [one["fingerprint"] for one in values if one["fingerprint"] is not None]
        known = same_acts.known(self._change.connection, self._item_id, prints)
        for one in values:
            one["same_as"] = known.get(one["fingerprint"])
            self.known += one["same_as"] is not None
        self.count += len(values)
        if self.count > _MANY:
            page_cache.enlarge(self._change.connection)
        self._add(acts, values) if not self._written else self._renew(acts, values)

    def _add(self, acts: list[EventRecord], values: list[dict[str, Any]]) -> None:
        ids = event_records.add_events(self._change, values)
        named = [
            (event_id, name)
            for event_id, act in zip(ids, acts, strict=True)
            for name in act.enclosed
        ]
        if named:
            enclosure_records.add(self._change, named)

    def _renew(self, acts: list[EventRecord], values: list[dict[str, Any]]) -> None:
        """Bring acts that were read before up to date; what the person corrected stays."""
        fresh: list[int] = []
        for position, (act, one) in enumerate(zip(acts, values, strict=True)):
            event_id = self._written.pop(_key(act.place), None)
            if event_id is None:
                fresh.append(position)
            else:
                event_records.renew(self._change, event_id, one)
        if fresh:
            self._add([acts[n] for n in fresh], [values[n] for n in fresh])

    def _values(self, act: EventRecord) -> dict[str, Any]:
        normalized = numbers.normalize(act.identifier, self._setting.region)
        values = event_records.event_values(
            item_id=self._item_id,
            type=act.type,
            direction=act.direction,
            outcome=act.outcome,
            time=self._setting.timed(act.time),
            where=self._setting.where,
            duration_s=act.duration_s,
            party_id=self._party(act, normalized),
            identifier=act.identifier,
            identifier_normalized=normalized,
            contact_name=act.contact_name,
            text=act.text,
            place=act.place,
            raw=act.raw,
        )
        # What the item itself is, as a recording, has no second source of the same kind.
        stands_in_item = act.place is not None
        values["fingerprint"] = same_acts.fingerprint(values) if stands_in_item else None
        values["same_as"] = None
        return values

    def _party(self, act: EventRecord, normalized: str) -> int | None:
        if not normalized or numbers.is_masked(normalized):
            return None
        party_id = self._parties.get(normalized)
        if party_id is None:
            if len(self._parties) >= _MOST_PARTIES:
                self._parties.clear()
                self._unnamed.clear()
            party_id = self._find_party(act, normalized)
            self._parties[normalized] = party_id
        elif act.contact_name and party_id in self._unnamed:
            party_records.name_if_unnamed(self._change, party_id, act.contact_name)
            self._unnamed.discard(party_id)
        return party_id

    def _find_party(self, act: EventRecord, normalized: str) -> int:
        party_id = party_records.find_party(self._change.connection, normalized)
        if party_id is None:
            written = Identifier(act.identifier, normalized)
            party_id = party_records.add_party(
                self._change, Role.UNKNOWN, act.contact_name, written
            )
        else:
            party_records.name_if_unnamed(self._change, party_id, act.contact_name)
        if not act.contact_name:
            self._unnamed.add(party_id)
        return party_id


def _key(place: SourcePlace | None) -> tuple[str | None, int | None, str | None]:
    if place is None:
        return (None, None, None)
    return (place.unit.value, place.number, place.sheet)
