"""Plain text in the encodings that phones and Windows write."""

from __future__ import annotations

import io
from collections.abc import Iterator

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.support.encoding import (
    SNIFF_SIZE,
    encoding_of,
    has_controls,
)
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

_BLOCK_LINES = 200
_BLOCK_CHARACTERS = 1 << 19
_MAX_MESS = 0.1


def recognises(source: Source) -> bool:
    """Whether the file is text in an encoding that can be told."""
    return _encoding(source) is not None


def read(source: Source) -> Iterator[Record]:
    """The text, in blocks of lines.

    Raises:
        ReadFailure: Its characters cannot be made out.
    """
    encoding = _encoding(source) or "utf-8"
    source.stream.seek(0)
    yield Description(ItemKind.TEXT, "text/plain", metadata={"encoding": encoding})
    yield from times_in_name(source.filename)
    yield EventRecord(
        EventType.DOCUMENT, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
    )
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="strict")
    try:
        yield from _blocks(text)
    except UnicodeError as error:
        raise ReadFailure(message(MessageCode.UNKNOWN_ENCODING)) from error
    finally:
        text.detach()


def _encoding(source: Source) -> str | None:
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    if not head or has_controls(head):
        return encoding_of(head)
    return encoding_of(head, complete=len(head) < SNIFF_SIZE) or _likely(head)


def _likely(head: bytes) -> str | None:
    """The encoding that reads best, for text of other countries than ours."""
    from charset_normalizer import from_bytes

    best = from_bytes(head, threshold=_MAX_MESS).best()
    return best.encoding if best is not None else None


def _blocks(text: io.TextIOWrapper) -> Iterator[TextBlock]:
    lines: list[str] = []
    first = number = 1
    size = 0
    while line := text.readline(_BLOCK_CHARACTERS):
        lines.append(line)
        size += len(line)
        number += line.endswith("\n")
        if len(lines) >= _BLOCK_LINES or size >= _BLOCK_CHARACTERS:
            yield TextBlock("".join(lines), SourcePlace(PlaceUnit.LINE, first))
            lines, first, size = [], number, 0
    if lines:
        yield TextBlock("".join(lines), SourcePlace(PlaceUnit.LINE, first))
