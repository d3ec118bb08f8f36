"""The tables of what was received, what is known of it, and whom it is about."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from evidence_app.casefile.schema.columns import (
    metadata,
    number,
    place_columns,
    reference,
    time_columns,
)
from evidence_app.casefile.storage.cells import Boolean, Float, Integer, LargeBinary, Text

case_info = Table(
    "case_info",
    metadata,
    number(),
    Column("title", Text, nullable=False),
    Column("owner_name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("case_id", Text, nullable=False),
)
content = Table(
    "content",
    metadata,
    number(),
    Column("sha256", Text, unique=True),
    Column("size", Integer),
    Column("media_type", Text),
)
content_chunk = Table(
    "content_chunk",
    metadata,
    Column("content_id", Integer, ForeignKey("content.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
device = Table(
    "device",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("holder", Text, nullable=False, default=""),
    Column("is_kept", Boolean),
)
item = Table(
    "item",
    metadata,
    number(),
    reference("content_id", "content"),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    *time_columns(),
    Column("sort_ms", Integer),
    Column("width", Integer),
    Column("height", Integer),
    Column("duration_s", Float),
    Column("page_count", Integer),
    Column("event_count", Integer, nullable=False, default=0),
    Column("metadata", Text, nullable=False, default="{}"),
    Column("trashed_at", Text),
    Column("reader", Text),
    reference("device_id", "device", nullable=True),
    Index("item_content", "content_id"),
    Index("item_sort", "sort_ms"),
)
party = Table(
    "party",
    metadata,
    number(),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("kind", Text),
    reference("acts_for", "party", nullable=True),
)
party_identifier = Table(
    "party_identifier",
    metadata,
    number(),
    reference("party_id", "party"),
    Column("raw", Text, nullable=False),
    Column("normalized", Text, nullable=False, unique=True),
    Index("party_identifier_party", "party_id"),
)
event = Table(
    "event",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("type", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    *time_columns(),
    Column("sort_ms", Integer),
    Column("day", Text),
    Column("duration_s", Float),
    reference("party_id", "party", nullable=True),
    Column("identifier", Text, nullable=False),
    Column("identifier_normalized", Text, nullable=False),
    Column("contact_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    *place_columns(),
    Column("raw", Text, nullable=False, default="{}"),
    Column("fingerprint", Integer),
    reference("same_as", "event", nullable=True),
    Index("event_item", "item_id"),
    Index("event_party", "party_id"),
    Index("event_sort", "sort_ms", "id", "day", "same_as", "item_id"),
    Index("event_fingerprint", "fingerprint"),
    Index("event_identifier", "identifier_normalized", "sort_ms"),
    Index("event_same_as", "same_as"),
)
enclosure = Table(
    "enclosure",
    metadata,
    number(),
    reference("event_id", "event"),
    Column("name", Text, nullable=False),
    reference("item_id", "item", nullable=True),
    Index("enclosure_event", "event_id"),
    Index("enclosure_item", "item_id"),
)
part = Table(
    "part",
    metadata,
    number(),
    reference("container_id", "item"),
    Column("key", Text, nullable=False),
    reference("item_id", "item", nullable=True),
    Index("part_container", "container_id"),
    Index("part_item", "item_id"),
)
question = Table(
    "question",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("kind", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("blocking", Boolean, nullable=False),
    Column("answer", Text),
    Column("answered_at", Text),
    UniqueConstraint("item_id", "kind"),
)
contact = Table(
    "contact",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("name", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("normalized", Text, nullable=False),
    Index("contact_item", "item_id"),
    Index("contact_normalized", "normalized"),
)
time_reading = Table(
    "time_reading",
    metadata,
    number(),
    reference("item_id", "item", nullable=True),
    reference("event_id", "event", nullable=True),
    *time_columns(nullable=False),
    Index("time_reading_item", "item_id"),
    Index("time_reading_event", "event_id"),
)
skipped_entry = Table(
    "skipped_entry",
    metadata,
    number(),
    reference("item_id", "item"),
    *place_columns(),
    Column("reason_code", Text, nullable=False),
    Column("reason_arguments", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Index("skipped_entry_item", "item_id"),
)
notice = Table(
    "notice",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("code", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("damaged", Boolean, nullable=False),
    Index("notice_item", "item_id"),
)
rendition = Table(
    "rendition",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("kind", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("item_id", "kind"),
)
saved_search = Table(
    "saved_search",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("query", Text, nullable=False),
)
