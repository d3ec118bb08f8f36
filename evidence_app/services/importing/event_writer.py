"""Writes acts into the case: events with their parties, linked with what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence_app.casefile import schema
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import attachments as enclosure_records
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import events as event_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.casefile.records.events import Place
from evidence_app.casefile.records.renewal import Renewal
from evidence_app.casefile.storage import page_cache
from evidence_app.intake.event_cells import Setting, columns_of, sort_columns
from evidence_app.intake.records import EventColumns, EventRecord
from evidence_app.model import numbers
from evidence_app.model.party import Identifier, Role

_BATCH = 2000
_MANY = 50_000
_MOST_PARTIES = 100_000
_PLACE = ("place_unit", "place_number", "place_sheet")


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
        self._renewal = Renewal(change, item_id) if written else None
        # The zone of the case decides when acts of which only the wall clock is known happened.
        change.require_sealed(schema.case_info, [1])

    def take(self, act: EventRecord) -> None:
        """Take in one act."""
        self._waiting.append(act)
        if len(self._waiting) >= _BATCH:
            self._write_waiting()

    def take_columns(self, acts: EventColumns) -> None:
        """Take in acts of which the cells are made."""
        self._write_waiting()
        self._write(acts)

    def finish(self, reader: str) -> None:
        """Write what is still in hand; acts that are no longer told go, unless they are used.

        Args:
            reader: What kind of source the item is.
        """
        self._write_waiting()
        event_records.remove_unused(self._change, list(self._written.values()))
        if self.count:
            self.known += same_acts.link_calls(self._change, self._item_id, reader)

    def _write_waiting(self) -> None:
        acts, self._waiting = self._waiting, []
        if acts:
            self._write(columns_of(acts, self._setting))

    def _write(self, acts: EventColumns) -> None:
        cells = self._cells(acts)
        connection = self._change.connection
        renewed: list[int | None] = [None] * len(acts)
        if self._renewal is None:
            prints = same_acts.with_occurrences(connection, self._item_id, cells["fingerprint"])
            cells["fingerprint"] = prints
            cells["same_as"] = same_acts.shown_for(connection, self._item_id, prints)
        else:
            places = zip(*(cells[name] for name in _PLACE), strict=True)
            renewed = [self._written.pop(place, None) for place in places]
            self._renewal.link(cells, renewed)
        self.known += len(acts) - cells["same_as"].count(None)
        self.count += len(acts)
        if self.count > _MANY:
            page_cache.enlarge(connection)
        self._add(acts, cells, renewed)

    def _cells(self, acts: EventColumns) -> dict[str, list[Any]]:
        """All cells but what follows from other sources of the same acts."""
        cells = dict(acts.cells)
        if acts.zone != self._setting.where.key:
            # The person gave the case another zone while the file was read.
            cells |= sort_columns(cells["at"], self._setting.where)
        region = self._setting.region
        # With whom somebody spoke is not left to a process that reads files of strangers.
        normalized = [numbers.normalize(identifier, region) for identifier in cells["identifier"]]
        written = zip(cells["identifier"], normalized, cells["contact_name"], strict=True)
        cells["item_id"] = [self._item_id] * len(acts)
        cells["party_id"] = [self._party(*party_cells) for party_cells in written]
        cells["identifier_normalized"] = normalized
        return cells

    def _add(
        self, acts: EventColumns, cells: dict[str, list[Any]], renewed: Sequence[int | None]
    ) -> None:
        """Bring acts that were read before up to date, and add the others."""
        fresh = [place for place, event_id in enumerate(renewed) if event_id is None]
        if len(fresh) < len(renewed):
            for event_id, row in zip(renewed, zip(*cells.values(), strict=True), strict=True):
                if event_id is not None:
                    event_records.renew(self._change, event_id, dict(zip(cells, row, strict=True)))
            cells = {name: [column[n] for n in fresh] for name, column in cells.items()}
        if not fresh:
            return
        ids = event_records.add_events(self._change, cells)
        enclosed = dict(acts.enclosed)
        named = [
            (event_id, name)
            for event_id, place in zip(ids, fresh, strict=True)
            for name in enclosed.get(place, ())
        ]
        if named:
            enclosure_records.add(self._change, named)

    def _party(self, identifier: str, normalized: str, name: str) -> int | None:
        if not normalized or numbers.is_masked(normalized):
            return None
        party_id = self._parties.get(normalized)
        if party_id is None:
            if len(self._parties) >= _MOST_PARTIES:
                self._parties.clear()
                self._unnamed.clear()
            party_id = self._find_party(identifier, normalized, name)
            self._parties[normalized] = party_id
        elif name and party_id in self._unnamed:
            party_records.name_if_unnamed(self._change, party_id, name)
            self._unnamed.discard(party_id)
        return party_id

    def _find_party(self, identifier: str, normalized: str, name: str) -> int:
        party_id = party_records.known_party(self._change, normalized)
        if party_id is None:
            written = Identifier(identifier, normalized)
            party_id = party_records.add_party(self._change, Role.UNKNOWN, name, written)
        else:
            party_records.name_if_unnamed(self._change, party_id, name)
        if not name:
            self._unnamed.add(party_id)
        return party_id
