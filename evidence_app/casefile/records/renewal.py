"""Which acts of an item are in other sources too, when the item is read once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import duplicates
from evidence_app.casefile.schema import event
from evidence_app.model.times import TimeSource

_ACT = ("fingerprint", "sort_ms", "duration_s", "identifier_normalized", "direction")
"""By what a record is taken for one of the same act as another."""


class Renewal:
    """Links the acts of one item anew, batch by batch, as they are read once more.

    A record that tells the same act as before stays linked as it is. One that tells another act
    now is let go: those that were linked with it stand for themselves.

    Args:
        change: The transaction.
        item_id: The item.
    """

    def __init__(self, change: Change, item_id: int) -> None:
        self._change = change
        self._item_id = item_id
        self._times: Counter[int] = Counter()

    def link(self, cells: dict[str, list[Any]], renewed: Sequence[int | None]) -> None:
        """Put the links of acts and their final fingerprints into their cells.

        Args:
            cells: The cells of the acts, column by column.
            renewed: For each act, the event that it brings up to date, or None if it is new.
        """
        cells["fingerprint"] = [self._counted(fingerprint) for fingerprint in cells["fingerprint"]]
        before = self._before([event_id for event_id in renewed if event_id is not None])
        now = zip(*(cells[name] for name in _ACT), strict=True)
        stays = [
            event_id is not None and _stays(before[event_id], row)
            for event_id, row in zip(renewed, now, strict=True)
        ]
        changed = [
            event_id
            for event_id, is_same in zip(renewed, stays, strict=True)
            if event_id and not is_same
        ]
        duplicates.release_acts(self._change, changed)
        shown_ids = duplicates.shown_for(
            self._change.connection, self._item_id, cells["fingerprint"]
        )
        cells["same_as"] = [
            before[event_id]["same_as"] if event_id is not None and is_same else shown_id
            for event_id, is_same, shown_id in zip(renewed, stays, shown_ids, strict=True)
        ]

    def _counted(self, fingerprint: int | None) -> int | None:
        """A fingerprint with how often this reading met it; see `duplicates.with_occurrences`."""
        if fingerprint is None:
            return None
        times = self._times[fingerprint]
        self._times[fingerprint] += 1
        return fingerprint ^ times

    def _before(self, event_ids: Sequence[int]) -> dict[int, Any]:
        columns = [event.c[name] for name in ("id", "same_as", "time_source", *_ACT)]
        query = select(*columns).where(event.c.id.in_(event_ids))
        return {row["id"]: row for row in self._change.connection.execute(query).mappings()}


def _stays(before: Any, now: Sequence[Any]) -> bool:
    if before["same_as"] == before["id"]:
        # Earlier versions linked a record with itself, so that the act was shown nowhere.
        return False
    # What the person corrected the time to is no matter of the source.
    is_corrected = before["time_source"] == TimeSource.PERSON.value
    return all(
        before[name] == value
        for name, value in zip(_ACT, now, strict=True)
        if not (is_corrected and name == "sort_ms")
    )
