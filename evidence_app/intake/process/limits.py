"""How much a file from a stranger may cost before reading it is given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence_app.intake.records import Record
from evidence_app.model.evidence import TextBlock

MEMORY = 2 << 30
"""Address space of a reading process; with all its libraries loaded it starts from 0.25 GiB."""

OUTPUT = 256 << 20
"""Bytes that the records of a small file may take, derivatives included."""

OUTPUT_RATIO = 16
"""So many times its own size the records of a large file may take: a log has many short ones, and
each has a time, a day and a fingerprint in the case, however tersely it was written."""

ENCLOSED = 16 << 30
"""Bytes that the files inside one file may take together."""

TEXT = 2 << 20
"""Bytes of the longest text block."""

SILENCE_S = 60.0
"""Seconds for which a reading process may say nothing while it is waited for."""

_CHARACTERS = TEXT // 4
"""So many characters never take more than `TEXT` bytes."""


def output_of(size: int) -> int:
    """Bytes that the records of a file of that size may take."""
    return max(OUTPUT, size * OUTPUT_RATIO)


def in_bounds(record: Record) -> Iterator[Record]:
    """The record, a text that is too long as several blocks of the same place."""
    if not isinstance(record, TextBlock) or len(record.text) <= _CHARACTERS:
        yield record
        return
    for start in range(0, len(record.text), _CHARACTERS):
        yield replace(record, text=record.text[start : start + _CHARACTERS])
