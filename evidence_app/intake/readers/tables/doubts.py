"""What the tables of a file leave open, gathered while their rows are read, to be asked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from evidence_app.intake.readers.tables.periods import oldest_and_newest
from evidence_app.intake.readers.tables.sheets import Row, cell_text
from evidence_app.model.question import DateOrder, Question, QuestionKind, TableWords

_SAMPLES = 5
_EXAMPLES = 3
_MOST_WORDS = 12
_MOST_KEPT = 1000
_CHINA = "Asia/Shanghai"


@dataclass(slots=True)
class _Word:
    count: int = 0
    rows: list[str] = field(default_factory=list)


class Doubts:
    """What is to be asked about a file of tables.

    Attributes:
        has_wall_clock: Whether times are there that do not tell their zone.
        is_bill: Whether it is a Chinese carrier's bill.
        lacks_owner: Whether the owner's number is not in it and was not told.
        sides: Numbers of which one may be the owner's, if that decides who called; with counts.
    """

    def __init__(self, answers: Iterable[TableWords] = ()) -> None:
        self._answers = list(answers)
        self.has_wall_clock = False
        self.is_bill = False
        self.lacks_owner = False
        self.sides: Counter[str] | None = None
        self._heading: tuple[str, ...] = ()
        self._words: dict[str, _Word] = {}
        self._counts: list[str] = []
        self._dates: list[str] = []
        self._yearless: dict[str, None] = {}
        self._order: DateOrder | None = None

    def word(self, heading: tuple[str, ...], word: str, row: Row) -> None:
        """A row does not say who called, or says so by a word that is not known."""
        if word not in self._words and len(self._words) >= _MOST_KEPT:
            return
        tally = self._words.setdefault(word, _Word())
        tally.count += 1
        self._heading = self._heading or heading
        if len(tally.rows) < _EXAMPLES:
            cells = [cell_text(cell).strip() for cell in row]
            tally.rows.append(" · ".join(filter(None, cells))[:160])

    def count(self, heading: tuple[str, ...], written: str) -> None:
        """A duration is a number of which nothing tells what it counts."""
        self._heading = self._heading or heading
        if written not in self._counts and len(self._counts) < _EXAMPLES:
            self._counts.append(written)

    def date(self, written: str) -> None:
        """A date can be read in two ways."""
        if len(self._dates) < _SAMPLES:
            self._dates.append(written)

    def yearless(self, written: str, order: DateOrder | None) -> None:
        """A date has no year, and nothing tells it."""
        self._order = self._order or order
        if len(self._yearless) < _MOST_KEPT:
            self._yearless[written] = None

    def questions(self) -> Iterator[Question]:
        """All questions."""
        if self._yearless:
            ends = oldest_and_newest(self._yearless, self._order)
            yield Question(QuestionKind.YEAR, {"samples": [list(end) for end in ends]})
        if self._dates:
            yield Question(QuestionKind.DATE_ORDER, {"samples": self._dates})
        if self.sides is not None:
            candidates = [number for number, _ in self.sides.most_common(_SAMPLES)]
            yield Question(QuestionKind.OWNER, {"candidates": candidates})
        elif self.lacks_owner:
            yield Question(QuestionKind.OWNER, {"candidates": []}, blocking=False)
        if self._words:
            yield Question(QuestionKind.CALL_WORDS, self._asked_words())
        if self._counts:
            detail = {"samples": self._counts, "heading": list(self._heading)}
            yield Question(QuestionKind.DURATION_UNIT, detail)
        if self.has_wall_clock or self._dates or self._yearless:
            suggested = {"suggested": _CHINA} if self.is_bill else {}
            yield Question(QuestionKind.TIMEZONE, suggested, blocking=False)

    def _asked_words(self) -> dict[str, object]:
        frequent = sorted(self._words.items(), key=lambda item: -item[1].count)[:_MOST_WORDS]
        listed: Sequence[dict[str, object]] = [
            {"word": word, "count": tally.count, "rows": tally.rows} for word, tally in frequent
        ]
        meanings: dict[str, str] = {}
        for answer in reversed(self._answers):
            if answer.heading == self._heading:
                meanings |= answer.meanings
        return {"words": listed, "heading": list(self._heading), "known": meanings}
