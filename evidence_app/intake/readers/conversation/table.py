"""Tables of a conversation: a time, who wrote, and the words, but nothing of who was called."""

from __future__ import annotations

from evidence_app.intake.readers.conversation import reader
from evidence_app.intake.readers.conversation.json_shapes import rows_in
from evidence_app.intake.records import Source

read = reader.read


def recognises(source: Source) -> bool:
    """Whether the table has such a heading, and messages below it."""
    return bool(rows_in(source))
