"""Plain text in the encodings that phones and Windows write."""

from __future__ import annotations

import io
from collections.abc import Iterator

from evidence_app.intake.clues import times_in_name
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import ActRecord, Description, Record, Source
from evidence_app.intake.text_encoding import SNIFF_SIZE, encoding_of
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

_BLOCK_LINES = 200
_MAX_LINE = 1 << 20


def recognises(source: Source) -> bool:
    """Whether the file is text in an encoding that can be told."""
    head = source.stream.read(SNIFF_SIZE)
    return encoding_of(head, complete=len(head) < SNIFF_SIZE) is not None


def read(source: Source) -> Iterator[Record]:
    """The text, in blocks of lines.

    Raises:
        ReadFailure: Its characters cannot be made out.
    """
    source.stream.seek(0)
    encoding = encoding_of(source.stream.read(SNIFF_SIZE)) or "utf-8"
    source.stream.seek(0)
    yield Description(ItemKind.TEXT, "text/plain", metadata={"encoding": encoding})
    yield from times_in_name(source.filename)
    yield ActRecord(
        EventType.DOCUMENT, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
    )
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="strict")
    try:
        yield from _blocks(text)
    except UnicodeError as error:
        raise ReadFailure(message(MessageCode.UNKNOWN_ENCODING)) from error
    finally:
        text.detach()


def _blocks(text: io.TextIOWrapper) -> Iterator[TextBlock]:
    lines: list[str] = []
    first = number = 1
    while line := text.readline(_MAX_LINE):
        lines.append(line)
        number += line.endswith("\n")
        if len(lines) >= _BLOCK_LINES or len(line) >= _MAX_LINE:
            yield TextBlock("".join(lines), SourcePlace(PlaceUnit.LINE, first))
            lines, first = [], number
    if lines:
        yield TextBlock("".join(lines), SourcePlace(PlaceUnit.LINE, first))
