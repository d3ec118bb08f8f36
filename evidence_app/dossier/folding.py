"""The lines of the chronology: every act has one, repeats share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from evidence_app.dossier import limits
from evidence_app.model.event import Event
from evidence_app.model.times import in_zone

_FEWEST_REPEATS = 2
"""One repeat is written out: a line that says so would be as long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        number: From 1, without gaps.
        day: In the case's zone, or None.
        event: The act, or the first of several.
        repeats: Acts of the same kind that followed it on the same day.
    """

    number: int
    day: date | None
    event: Event
    repeats: tuple[Event, ...] = ()


Kind = Callable[[Event], Hashable]
"""What acts have in common that are repeats of each other; None for an act that stands alone."""


def lines(events: Iterable[Event], where: ZoneInfo, kind: Kind) -> Iterator[Line]:
    """The lines of events that come by time, undated ones last.

    Args:
        events: Each act once.
        where: The case's zone.
        kind: See `Kind`.
    """
    number = 0
    for day, of_day in groupby(events, key=lambda event: _day(event, where)):
        for shared, group in groupby(of_day, key=kind):
            members = list(group)
            if shared is None or len(members) <= _FEWEST_REPEATS:
                stretches = [[event] for event in members]
            else:
                stretches = [members]
            for first, *repeats in stretches:
                number += 1
                yield Line(number, day, first, tuple(repeats))


def _day(event: Event, where: ZoneInfo) -> date | None:
    return in_zone(event.time.moment, where).date() if event.time else None


@dataclass(slots=True)
class LineIndex:
    """On which line each act is, known before the chronology is written.

    Attributes:
        of_event: Numbers of lines by numbers of events; a second record of an act has none.
        cited: Numbers of the events that lines lead to.
        months: How many of the printed lines each month has.
        undated: How many of them have no day.
        count: How many lines there are, printed or not.
    """

    of_event: dict[int, int] = field(default_factory=dict)
    cited: set[int] = field(default_factory=set)
    months: Counter[tuple[int, int]] = field(default_factory=Counter)
    undated: int = 0
    count: int = 0

    def add(self, line: Line) -> None:
        """Note a line."""
        self.count += 1
        for event in (line.event, *line.repeats):
            self.of_event[event.id] = line.number
        if line.number > limits.LINES:
            return
        self.cited.add(line.event.id)
        if line.day is None:
            self.undated += 1
        else:
            self.months[line.day.year, line.day.month] += 1

    def printed(self, event_id: int) -> int | None:
        """The number of the printed line on which an event is, or None."""
        number = self.of_event.get(event_id)
        return number if number is not None and number <= limits.LINES else None
