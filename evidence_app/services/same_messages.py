"""Messages that a picture shows and an export has too: one act in two sources.

A picture has no more of a message than its words, its side and a time above it. So the words must
be the same, letter for letter, and nothing else may speak against it. Each message of the export
stands for one of a picture's: what was written three times is three messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import queries
from evidence_app.folding import fold
from evidence_app.model.event import Direction, Event
from evidence_app.model.proposals import Proposal
from evidence_app.model.reading import ProposedKind
from evidence_app.model.times import TimePrecision, day_in_zone, epoch_ms, in_zone
from evidence_app.reading import stamps

_EARLIER_MS = 60_000
"""A minute that is shown has been cut; that of another clock may be the one before."""

_DISTINCT = 8
"""So many letters are not written twice by chance."""

_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class _Shown:
    """A message of a picture.

    Attributes:
        event: What it became.
        proposal: What the picture says of it.
        letters: Its words, as they are compared.
    """

    event: Event
    proposal: Proposal
    letters: str

    def is_told_by(self, other: Event, where: ZoneInfo) -> bool:
        """Whether a message of another source, with the same words, can be this one."""
        sides = (self.event.direction, other.direction)
        is_same_side = sides[0] is sides[1] or Direction.NONE in sides
        return is_same_side and self._is_with_same(other) and self._is_then(other, where)

    def _is_with_same(self, other: Event) -> bool:
        numbers = (self.event.identifier_normalized, other.identifier_normalized)
        if all(_is_number(identifier) for identifier in numbers):
            return numbers[0] == numbers[1]
        if len(self.letters) >= _DISTINCT:
            return True
        own, others = _letters(self.event.contact_name), _letters(other.contact_name)
        return bool(own and others) and (own in others or others in own)

    def _is_then(self, other: Event, where: ZoneInfo) -> bool:
        assert other.time is not None
        moment = other.time.moment
        own = self.event.time
        if own is not None:
            if day_in_zone(own.moment, where) != day_in_zone(moment, where):
                return False
            # A time stands above the first of several messages.
            is_day = own.precision is TimePrecision.DAY
            earliest = epoch_ms(own.moment, where) - _EARLIER_MS
            return is_day or epoch_ms(moment, where) >= earliest
        stamp = stamps.parse(self.proposal.time_words) if self.proposal.time_words else None
        if stamp is None or stamp.hour is None:
            return len(self.letters) >= _DISTINCT
        clock = in_zone(moment, where)
        return clock.hour * 60 + clock.minute >= stamp.hour * 60 + (stamp.minute or 0) - 1


def link(
    change: Change, item_id: int, accepted: Sequence[tuple[Proposal, int]], where: ZoneInfo
) -> list[int]:
    """Let messages of a picture point at the same ones of exports; return which do.

    Args:
        change: The transaction.
        item_id: The picture.
        accepted: Proposals with the events that they became, from top to bottom.
        where: The zone of the case.
    """
    events = {
        event.id: event
        for event in queries.events(change.connection, [event_id for _, event_id in accepted])
    }
    unlinked = [
        _Shown(events[event_id], proposal, letters)
        for proposal, event_id in accepted
        if proposal.kind is ProposedKind.MESSAGE and (letters := _letters(proposal.text))
    ]
    if not unlinked:
        return []
    longest = max(len(unlinked_message.event.text) for unlinked_message in unlinked)
    days = {
        day_in_zone(unlinked_message.event.time.moment, where).isoformat()
        for unlinked_message in unlinked
        if unlinked_message.event.time
    }
    on_days = days if all(unlinked_message.event.time for unlinked_message in unlinked) else None
    by_letters: dict[str, list[Event]] = {}
    for ids in same_acts.messages_elsewhere(change.connection, item_id, 2 * longest, on_days):
        for event in queries.events(change.connection, ids):
            if event.time is not None:
                by_letters.setdefault(_letters(event.text), []).append(event)
    linked: list[int] = []
    for unlinked_message in unlinked:
        fitting = [
            other
            for other in by_letters.get(unlinked_message.letters, ())
            if unlinked_message.is_told_by(other, where)
        ]
        # Without a day, several of the same words cannot be told apart.
        if len(fitting) == 1 or (fitting and unlinked_message.event.time is not None):
            by_letters[unlinked_message.letters].remove(fitting[0])
            same_acts.link(change, unlinked_message.event.id, fitting[0].id)
            linked.append(unlinked_message.event.id)
    return linked


def _letters(text: str) -> str:
    """Letters and digits alone: marks and spaces are what is most often read wrongly."""
    return "".join(sign for sign in fold(text).casefold() if sign.isalnum())


def _is_number(identifier: str) -> bool:
    digits = identifier.removeprefix("+")
    return digits.isdigit() and len(digits) >= _LEAST_DIGITS
