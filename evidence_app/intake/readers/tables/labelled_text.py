"""Entries typed or pasted as blocks of lines, each a label and its value, as rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from evidence_app.intake.readers.support.worded_times import short_time, worded_time
from evidence_app.intake.readers.tables.headings import Column, column_of

_LINE = re.compile(
    r"[\s>•·-]*(?:\*\s+|\d{1,3}\s?[.)、）]\s*)?(?:【(?P<boxed>[^【】\n]{1,24})】\s*[:：]?|"
    r"\*{0,2}(?P<label>[^\W\d_][^:：=*【】\n]{0,24}?)\*{0,2}\s?[:：]\*{0,2})\s*(?P<value>.*)"
)
_RULE = re.compile(r"\W{3,}|(?:第\s*)?[#(（]?\d{1,5}\s*[条封个通、.)）]?")
_LONGEST_LABEL_LINE = 4096
_PREAMBLE = 8
_FEWEST_BLOCKS = 2
_MOSTLY = 0.8
_WHEN = frozenset({Column.TIME, Column.DATE})
_SIDES = frozenset({Column.NUMBER, Column.CALLER, Column.CALLEE})
_WHO = _SIDES | {Column.NAME}
_COMPLETE = frozenset({"when", "who", "what"})
_WHAT = frozenset(
    {
        Column.TEXT, Column.SORT, Column.OUTCOME,
        Column.DURATION, Column.MINUTES, Column.SECONDS,
    }
)  # fmt: skip
_LONGEST_TEXT = 1 << 20

Block = dict[str, str]


@dataclass(frozen=True, slots=True)
class LabelledForm:
    """How blocks are written.

    Attributes:
        labels: All labels, in the order in which they first stand there.
        first: Those with which blocks begin.
        last: Those that stand below the words of a message.
        words: That of the words; empty if the words stand below the others without one; None if
            there are no words.
        is_parted: Whether a blank line or a rule stands before each block.
    """

    labels: tuple[str, ...]
    first: frozenset[str]
    last: frozenset[str]
    words: str | None
    is_parted: bool

    @property
    def heading(self) -> list[str]:
        """The heading of the table that the blocks are."""
        return [*self.labels, "text"] if self.words == "" else [*self.labels]

    def cells(self, block: Block) -> list[str]:
        """A block as a row below that heading."""
        labels = (*self.labels, "") if self.words == "" else self.labels
        return [block.get(label, "") for label in labels]


# Each format that holds text asks about the same beginning of a file.
@lru_cache(maxsize=4)
def form_of(text: str) -> LabelledForm | None:
    """How a text that begins so is blocks of labels and values; None if it is something else."""
    lines = text.removeprefix("\ufeff").splitlines()
    labelled = [(at, label) for at, line in enumerate(lines) if (label := _label(line)) is not None]
    known = [(at, label) for at, label in labelled if column_of(label) is not None]
    if not known or sum(bool(line.strip()) for line in lines[: known[0][0]]) > _PREAMBLE:
        return None
    labels = tuple(dict.fromkeys(label for _, label in known))
    after_gap = {label for at, label in known if at == 0 or _is_gap(lines[at - 1])}
    parted = _tried(lines, labels, frozenset(after_gap), is_parted=True)
    joined = _tried(lines, labels, frozenset({known[0][1]}), is_parted=False)
    form, read = parted if len(parted[1]) >= len(joined[1]) else joined
    return form if _are_entries(read) else None


def _tried(
    lines: Sequence[str], labels: tuple[str, ...], first: frozenset[str], *, is_parted: bool
) -> tuple[LabelledForm, list[Block]]:
    """How the lines are blocks if these labels begin them, and the blocks."""
    words: str | None
    words = next((label for label in labels if column_of(label) is Column.TEXT), "")
    rough = LabelledForm(labels, first, frozenset(labels), words, is_parted)
    sample = [block for _, block in blocks(enumerate(lines, 1), rough)]
    if not words and sum(bool(block.get("")) for block in sample) * 2 < len(sample):
        words = None
    form = LabelledForm(labels, first, _below_words(sample, words), words, is_parted)
    return form, [block for _, block in blocks(enumerate(lines, 1), form)]


def rows(lines: Iterable[tuple[int, str]], form: LabelledForm) -> Iterator[tuple[int, list[str]]]:
    """What stands above the blocks, their heading, and each as a row, with its line's number."""
    numbered = iter(lines)
    for number, line in numbered:
        if _label(line) in form.labels:
            yield number, form.heading
            for at, block in blocks(chain([(number, line)], numbered), form):
                yield at, form.cells(block)
        elif line.strip():
            yield number, [line.strip()]


def blocks(lines: Iterable[tuple[int, str]], form: LabelledForm) -> Iterator[tuple[int, Block]]:
    """Every block, with the number of its first line."""
    gathered: _Gathered | None = None
    is_gap = True
    for number, line in lines:
        label = _label(line)
        if label in form.labels and label is not None:
            if gathered is None or _begins(label, line, gathered, form, is_gap=is_gap):
                if gathered is not None:
                    yield gathered.number, gathered.block()
                gathered = _Gathered(number)
            if gathered.may_have(label, form):
                gathered.begin(label, _value(line))
                is_gap = False
                continue
        if gathered is not None:
            gathered.add(line, form)
        is_gap = _is_gap(line)
    if gathered is not None:
        yield gathered.number, gathered.block()


class _Gathered:
    """A block to which lines are added."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._values: dict[str, list[str]] = {}
        self._size = 0

    def __contains__(self, label: str) -> bool:
        return label in self._values

    def begin(self, label: str, value: str) -> None:
        """Take in a line that has a label."""
        self._values[label] = [value]

    def may_have(self, label: str, form: LabelledForm) -> bool:
        """Whether a label is one of the block's, not a word in its message."""
        has_words = bool(form.words) and form.words in self._values
        return label not in self._values and (not has_words or label in form.last)

    def add(self, line: str, form: LabelledForm) -> None:
        """Take in a line without a label: it belongs to the words."""
        if self._size < _LONGEST_TEXT:
            kept = self._values.setdefault(form.words or "", [])
            kept.append("" if _is_rule(line) else line.strip())
            self._size += len(line)

    def block(self) -> Block:
        """The values by their labels."""
        return {label: "\n".join(lines).strip() for label, lines in self._values.items()}


def _begins(
    label: str, line: str, gathered: _Gathered, form: LabelledForm, *, is_gap: bool
) -> bool:
    """Whether a label begins the next block rather than stands in the words of this one."""
    if label not in form.first or (form.is_parted and not is_gap):
        return False
    is_time = column_of(label) in _WHEN
    if is_time and not _is_time(_value(line)):
        return False
    return label in gathered or (form.is_parted and any(map(gathered.__contains__, form.first)))


def _below_words(sample: Sequence[Block], words: str | None) -> frozenset[str]:
    """The labels that stand below the words in most blocks."""
    counts: Counter[str] = Counter()
    for block in sample:
        order = [*block]
        counts.update(order[order.index(words) + 1 :] if words and words in order else ())
    return frozenset(label for label, count in counts.items() if count * 2 > len(sample))


def _are_entries(read: Sequence[Block]) -> bool:
    """Whether blocks tell each when something was, who it was, and what.

    Forms that people fill in have names and days too, but no times of day and no senders.
    """
    kinds = {column_of(label) for block in read for label in block}
    values = [value for block in read for label, value in block.items() if _kind(label) == "when"]
    has_clocks = any(map(_has_clock, values))
    if len(read) < _FEWEST_BLOCKS and not (has_clocks and len(kinds) == len(_COMPLETE)):
        return False
    if not (kinds & _SIDES or has_clocks):
        return False
    complete = sum(_kinds_of(block) >= _COMPLETE for block in read)
    return bool(read) and complete >= len(read) * _MOSTLY


def _kinds_of(block: Block) -> set[str]:
    """What a block tells."""
    return {
        kind
        for label, value in block.items()
        if value and (kind := _kind(label)) and (kind != "when" or _is_time(value))
    }


def _kind(label: str) -> str:
    column = column_of(label) if label else Column.TEXT
    tells = (("when", _WHEN), ("who", _WHO), ("what", _WHAT))
    return next((kind for kind, columns in tells if column in columns), "")


def _has_clock(value: str) -> bool:
    read = worded_time(value) or short_time(value)
    return read is not None and read.clock is not None


def _is_time(value: str) -> bool:
    return worded_time(value) is not None or short_time(value) is not None


def _match(line: str) -> re.Match[str] | None:
    return _LINE.fullmatch(line[:_LONGEST_LABEL_LINE].rstrip())


def _label(line: str) -> str | None:
    match = _match(line)
    return (match["boxed"] or match["label"]).strip() if match is not None else None


def _value(line: str) -> str:
    match = _match(line)
    rest = line[_LONGEST_LABEL_LINE:].rstrip()
    return f"{match['value']}{rest}".strip() if match is not None else ""


def _is_gap(line: str) -> bool:
    return not line.strip() or _is_rule(line)


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line.strip()) is not None
