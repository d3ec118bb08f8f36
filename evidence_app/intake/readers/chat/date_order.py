"""Whether the dates of a chat have the day or the month first, as the chat itself tells."""

from __future__ import annotations

from collections import Counter
from datetime import date

from evidence_app.intake.readers.chat.lines import date_in, usable
from evidence_app.model.question import DateOrder

_ORDERS = (DateOrder.DMY, DateOrder.MDY)
_MOST_SAMPLES = 5
_OUTLIERS = 20


class OrderSurvey:
    """What all dates say together that are written in one way and end with the year."""

    def __init__(self) -> None:
        self.samples: list[str] = []
        self._impossible: Counter[DateOrder] = Counter()
        self._steps_back: Counter[DateOrder] = Counter()
        self._last: dict[DateOrder, date] = {}

    def take(self, first: int, second: int, year: int, text: str) -> None:
        """Look at one date; one that is none in any order says nothing."""
        read = {order: date_in(order, first, second, year) for order in _ORDERS}
        if not any(read.values()):
            return
        if text not in self.samples and len(self.samples) < _MOST_SAMPLES:
            self.samples.append(text)
        for order, day in read.items():
            if day is None:
                self._impossible[order] += 1
                continue
            self._steps_back[order] += day < self._last.get(order, day)
            self._last[order] = day

    def order(self, answer: DateOrder | None) -> DateOrder | None:
        """The order; None if neither the dates nor the person tell.

        Args:
            answer: What the person said. It yields to proof, and wins over likelihood.
        """
        return self._proven() or usable(answer) or self._likely()

    def _proven(self) -> DateOrder | None:
        """The order that days above 12 leave; few dates that a message quotes prove nothing."""
        less, more = sorted(_ORDERS, key=lambda order: self._impossible[order])
        clear = self._impossible[more] > self._impossible[less] * _OUTLIERS
        return less if clear else None

    def _likely(self) -> DateOrder | None:
        """The only order in which the dates run forwards, as messages do."""
        forwards = [order for order in _ORDERS if not self._steps_back[order]]
        possible = not any(self._impossible.values())
        return forwards[0] if possible and len(forwards) == 1 else None
