"""The contacts that rules are asked about: in the order of their times, and grouped."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from evidence_app.rulebook.contact import DAY_MS, EPOCH, Contact, Passage, Surroundings
from evidence_app.rulebook.lexicon import Match, Speaker, lexicon
from evidence_app.rulebook.predicates.base import (
    COUNTERS,
    GroupKey,
    by_day,
    group_of,
    grouped,
    is_with_other,
    passages_of,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TextMatches = Mapping[str, Match]
"""What the lexicon found in a text, by violation type."""


class TimedContact(NamedTuple):
    """A contact at a time on the clock that decides.

    Attributes:
        contact: The contact.
        local: The time on that clock.
        week_minute: The minute of the week, from Monday 00:00.
    """

    contact: Contact
    local: datetime
    week_minute: int


class ReadPassage(NamedTuple):
    """Words in which the lexicon found something.

    Attributes:
        contact: Where they stand.
        passage: The words.
        matches: What was found.
    """

    contact: Contact
    passage: Passage
    matches: TextMatches


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What of one group counts on each day.

    Attributes:
        certain: What counts.
        possible: What may count: nobody knows.
    """

    certain: dict[date, list[Contact]]
    possible: dict[date, list[Contact]]


Replaced = Sequence[Contact]
"""Contacts that were changed, as they were and as they are."""


def _order(contact: Contact) -> tuple[int, int]:
    return contact.order_ms, contact.event_id


@dataclass(frozen=True)
class Contacts:
    """The contacts that a rule is asked about.

    Attributes:
        all: In the order of their times; those of no known day are left out.
        surroundings: What is known besides them.
        zone: IANA name of the zone whose clock decides on hours; empty: the person's clock.
        read: What the lexicon found in the texts that were read so far, by text and speaker;
            shared by all rules.
        belongs: What is true of each of them.
        undated: Those of no known day that have words, by their numbers.
    """

    all: list[Contact]
    surroundings: Surroundings = field(default_factory=Surroundings)
    zone: str = ""
    read: dict[tuple[str, Speaker], TextMatches] = field(default_factory=dict)
    belongs: Callable[[Contact], bool] = lambda _contact: True
    undated: list[Contact] = field(default_factory=list)

    @classmethod
    def of(cls, contacts: Iterable[Contact], surroundings: Surroundings) -> Contacts:
        """Sort contacts, whatever their order."""
        every = sorted(contacts, key=_order)
        dated = [contact for contact in every if contact.day is not None]
        return cls(
            dated, surroundings, undated=[contact for contact in every if _is_undated_text(contact)]
        )

    def on_clock(self, zone: str) -> Contacts:
        """The same by the clock of a zone; changes of one are none of the other."""
        return Contacts(
            list(self.all), self.surroundings, zone, self.read, undated=list(self.undated)
        )

    def only(self, belongs: Callable[[Contact], bool]) -> Contacts:
        """Those of which a condition is true, in their order; it holds for later ones too."""
        chosen = [contact for contact in self.all if belongs(contact)]
        undated = [contact for contact in self.undated if belongs(contact)]
        return Contacts(chosen, self.surroundings, self.zone, self.read, belongs, undated)

    def without_day(self) -> Contacts:
        """Those of no known day that have words."""
        return Contacts([], self.surroundings, self.zone, self.read, undated=self.undated)

    def between(self, first: date, last: date) -> Contacts:
        """Those of some days."""
        begin, end = ((day.toordinal() - EPOCH) * DAY_MS for day in (first, last))
        # A day begins up to a day before or after midnight in Greenwich.
        start = bisect_left(self.all, begin - DAY_MS, key=lambda contact: contact.order_ms)
        stop = bisect_left(self.all, end + 2 * DAY_MS + 1, key=lambda contact: contact.order_ms)
        chosen = [
            contact
            for contact in self.all[start:stop]
            if contact.day is not None and first <= contact.day <= last
        ]
        return Contacts(chosen, self.surroundings, self.zone, self.read)

    def replace(self, before: Iterable[Contact], after: Iterable[Contact]) -> Replaced:
        """Put other contacts in the place of some; what was derived from them follows.

        Returns:
            Those that were among them or are now.
        """
        for name in ("on_the_clock", "texts"):
            self.__dict__.pop(name, None)
        replaced = []
        for contacts, take in ((before, _take_out), (after, _put_in)):
            for contact in contacts:
                if not self.belongs(contact):
                    continue
                if contact.day is not None:
                    replaced.append(contact)
                    self._change(contact, take)
                elif _is_undated_text(contact):
                    replaced.append(contact)
                    take(self.undated, contact)
        for contact in after:
            self.by_id[contact.event_id] = contact
        return replaced

    def _change(self, contact: Contact, take: Callable[[list[Contact], Contact], None]) -> None:
        take(self.all, contact)
        for name, belongs in _KINDS.items():
            if name in self.__dict__ and belongs(contact):
                take(self.__dict__[name], contact)
        if not contact.is_theirs:
            return
        for per, groups in self._groups.items():
            key = group_of(contact, per)
            if key is not None:
                take(groups[key], contact)
                if not groups[key]:
                    del groups[key]
        for (per, counted), counts in self._days.items():
            self._count_anew(contact, per, counted, counts)

    def _count_anew(
        self,
        contact: Contact,
        per: tuple[str, ...],
        counted: str,
        counts: dict[GroupKey, DayCounts],
    ) -> None:
        """Count one day of one group once more."""
        key, day = group_of(contact, per), contact.day
        if key is None or day is None:
            return
        group = [
            candidate
            for candidate in self.between(day, day).theirs
            if group_of(candidate, per) == key
        ]
        fresh = _day_counts(group, counted)
        totals = counts.setdefault(key, DayCounts({}, {}))
        for before, after in (
            (totals.certain, fresh.certain),
            (totals.possible, fresh.possible),
        ):
            before.pop(day, None)
            before.update(after)

    def local_of(self, contact: Contact) -> datetime | None:
        """The time on the clock that decides on hours; None if only the day is known."""
        if not self.zone or contact.local is None or contact.at_ms is None:
            return contact.local
        at = _EPOCH + timedelta(milliseconds=contact.at_ms)
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    @cached_property
    def by_id(self) -> dict[int, Contact]:
        """The contacts by the number of their event."""
        return {contact.event_id: contact for contact in (*self.all, *self.undated)}

    @cached_property
    def theirs(self) -> list[Contact]:
        """Those in which a collector reached out to the person."""
        return [contact for contact in self.all if contact.is_theirs]

    @cached_property
    def on_the_clock(self) -> Mapping[GroupKey, Sequence[TimedContact]]:
        """What collectors did at a known time, by who did it."""
        timed: dict[GroupKey, list[TimedContact]] = defaultdict(list)
        for party, group in self.theirs_by(("party",)).items():
            for contact in group:
                local = self.local_of(contact)
                if local is not None:
                    minute = (local.weekday() * 24 + local.hour) * 60 + local.minute
                    timed[party].append(TimedContact(contact, local, minute))
        return timed

    @cached_property
    def with_others(self) -> list[Contact]:
        """Those in which collectors contacted somebody else, as far as the person was told."""
        return [contact for contact in self.all if is_with_other(contact)]

    @cached_property
    def own_acts(self) -> list[Contact]:
        """What the person did."""
        return [contact for contact in self.all if _is_own(contact)]

    @cached_property
    def texts(self) -> Sequence[ReadPassage]:
        """What a collector may have said, and what the lexicon found in it."""
        passages_read = (
            (contact, passage, self.read_text(passage)) for contact, passage in self.passages()
        )
        return [ReadPassage(*passage_read) for passage_read in passages_read if passage_read[2]]

    def passages(self) -> Iterator[tuple[Contact, Passage]]:
        """What a collector may have said, and where it stands."""
        for contact in (*self.all, *self.undated):
            if contact.text or contact.passages:
                for passage in passages_of(contact):
                    yield contact, passage

    def read_text(self, passage: Passage) -> TextMatches:
        """What the lexicon finds in words; it looks only once."""
        key = passage.text, passage.speaker
        if key not in self.read:
            self.read[key] = lexicon().classify(*key)
        return self.read[key]

    def theirs_by(self, per: tuple[str, ...]) -> Mapping[GroupKey, list[Contact]]:
        """What collectors did, by what a rule counts it for."""
        if per not in self._groups:
            self._groups[per] = grouped(self.theirs, per)
        return self._groups[per]

    def days_of(self, per: tuple[str, ...], counted: str) -> Mapping[GroupKey, DayCounts]:
        """What counts on each day, by what a rule counts it for.

        Args:
            per: For what it counts, names of `GROUPINGS`.
            counted: What counts, a name of `COUNTERS`.
        """
        if (per, counted) not in self._days:
            groups = self.theirs_by(per)
            self._days[per, counted] = {
                key: _day_counts(group, counted) for key, group in groups.items()
            }
        return self._days[per, counted]

    @cached_property
    def _groups(self) -> dict[tuple[str, ...], dict[GroupKey, list[Contact]]]:
        return {}

    @cached_property
    def _days(self) -> dict[tuple[tuple[str, ...], str], dict[GroupKey, DayCounts]]:
        return {}


def _is_undated_text(contact: Contact) -> bool:
    return contact.day is None and bool(passages_of(contact))


def _is_own(contact: Contact) -> bool:
    return contact.own_act is not None


_KINDS: Mapping[str, Callable[[Contact], bool]] = {
    "theirs": lambda contact: contact.is_theirs,
    "with_others": is_with_other,
    "own_acts": _is_own,
}
"""Lists that `Contacts` keeps in order, and what belongs to each."""


def _day_counts(group: Iterable[Contact], counted: str) -> DayCounts:
    counts = COUNTERS[counted]
    certain, possible = [], []
    for contact in group:
        is_counted = counts(contact)
        if is_counted:
            certain.append(contact)
        elif is_counted is None:
            possible.append(contact)
    return DayCounts(by_day(certain), by_day(possible))


def _put_in(contacts: list[Contact], contact: Contact) -> None:
    insort(contacts, contact, key=_order)


def _take_out(contacts: list[Contact], contact: Contact) -> None:
    place = bisect_left(contacts, _order(contact), key=_order)
    if place < len(contacts) and contacts[place].event_id == contact.event_id:
        del contacts[place]
