"""The tables of what was read in items: texts, proposed messages, and what is still to be read."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, UniqueConstraint, text

from evidence_app.casefile.schema.columns import (
    box_columns,
    metadata,
    number,
    place_columns,
    reference,
    stretch_columns,
    time_columns,
)
from evidence_app.casefile.storage.cells import Float, Integer, Text

text_span = Table(
    "text_span",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("text", Text, nullable=False),
    *place_columns(),
    Column("origin", Text),
    Column("engine", Text),
    *box_columns(),
    *stretch_columns(),
    Column("confidence", Float),
    Column("speaker", Text),
    Column("corrected", Text),
    Column("corrected_at", Text),
    Index("text_span_item", "item_id"),
    Index("text_span_page", "item_id", "place_number", sqlite_where=text("place_unit = 'page'")),
)
proposal = Table(
    "proposal",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("state", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("outcome", Text, nullable=False, default="unknown"),
    Column("name", Text, nullable=False, default=""),
    Column("identifier", Text, nullable=False, default=""),
    Column("text", Text, nullable=False),
    Column("duration_s", Float),
    Column("count", Integer),
    *time_columns(),
    Column("time_basis", Text, nullable=False),
    Column("time_doubts", Text),
    Column("page", Integer),
    *box_columns(),
    Column("confidence", Float),
    reference("event_id", "event", nullable=True),
    reference("same_as", "proposal", nullable=True),
    Index("proposal_item", "item_id"),
    Index("proposal_event", "event_id"),
    Index("proposal_same_as", "same_as"),
)
"""Messages and calls that were read from a picture, until the person accepts or drops them."""
thread_part = Table(
    "thread_part",
    metadata,
    number(),
    Column("thread", Integer, nullable=False),
    reference("item_id", "item"),
    Column("position", Integer, nullable=False),
    UniqueConstraint("thread", "position"),
    Index("thread_part_item", "item_id"),
)
"""Pictures of one scrolled conversation, in its order."""
job = Table(
    "job",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("engine", Text, nullable=False, default=""),
    Column("queued_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("reason_code", Text),
    Column("reason_arguments", Text),
    UniqueConstraint("item_id", "kind"),
    Index("job_state", "state"),
)
"""What is to be read, and how it ended."""
