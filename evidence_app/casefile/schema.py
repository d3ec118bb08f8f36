"""The tables of a case file. `migrations` makes them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
)

from evidence_app.casefile.storage import cells
from evidence_app.casefile.storage.cells import Boolean, Float, Integer, LargeBinary, Text

APPLICATION_ID = 0x45564341
"""``EVCA``: marks an SQLite file as a case file."""

SCHEMA_VERSION = 4
"""The number of the newest migration, kept as ``user_version`` too."""

CHUNK_SIZE = 1 << 20
"""Originals are kept in pieces of that many bytes."""

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _reference(name: str, target: str, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=nullable)


def _time_columns(nullable: bool = True) -> list[Column[str]]:
    return [
        Column("at", Text, nullable=nullable),
        Column("time_source", Text, nullable=nullable),
        Column("time_precision", Text, nullable=nullable),
        Column("time_raw", Text, nullable=nullable),
    ]


def _box_columns() -> list[Column[float]]:
    """Where on a page or picture, in shares of its width and height."""
    return [Column(name, Float) for name in ("left", "top", "width", "height")]


def _stretch_columns() -> list[Column[float]]:
    """From when to when in a recording, in seconds."""
    return [Column(name, Float) for name in ("start_s", "end_s")]


def _place_columns() -> list[Column[str] | Column[int]]:
    return [
        Column("place_unit", Text),
        Column("place_number", Integer),
        Column("place_sheet", Text),
    ]


case_info = Table(
    "case_info",
    metadata,
    _id(),
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
    _id(),
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
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("holder", Text, nullable=False, default=""),
    Column("is_kept", Boolean),
)
item = Table(
    "item",
    metadata,
    _id(),
    _reference("content_id", "content"),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    *_time_columns(),
    Column("sort_ms", Integer),
    Column("width", Integer),
    Column("height", Integer),
    Column("duration_s", Float),
    Column("page_count", Integer),
    Column("event_count", Integer, nullable=False, default=0),
    Column("metadata", Text, nullable=False, default="{}"),
    Column("trashed_at", Text),
    Column("reader", Text),
    _reference("device_id", "device", nullable=True),
    Index("item_content", "content_id"),
    Index("item_sort", "sort_ms"),
)
party = Table(
    "party",
    metadata,
    _id(),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("kind", Text),
    _reference("acts_for", "party", nullable=True),
)
party_identifier = Table(
    "party_identifier",
    metadata,
    _id(),
    _reference("party_id", "party"),
    Column("raw", Text, nullable=False),
    Column("normalized", Text, nullable=False, unique=True),
    Index("party_identifier_party", "party_id"),
)
event = Table(
    "event",
    metadata,
    _id(),
    _reference("item_id", "item"),
    Column("type", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    *_time_columns(),
    Column("sort_ms", Integer),
    Column("day", Text),
    Column("duration_s", Float),
    _reference("party_id", "party", nullable=True),
    Column("identifier", Text, nullable=False),
    Column("identifier_normalized", Text, nullable=False),
    Column("contact_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    *_place_columns(),
    Column("raw", Text, nullable=False, default="{}"),
    Column("fingerprint", Integer),
    _reference("same_as", "event", nullable=True),
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
    _id(),
    _reference("event_id", "event"),
    Column("name", Text, nullable=False),
    _reference("item_id", "item", nullable=True),
    Index("enclosure_event", "event_id"),
    Index("enclosure_item", "item_id"),
)
part = Table(
    "part",
    metadata,
    _id(),
    _reference("container_id", "item"),
    Column("key", Text, nullable=False),
    _reference("item_id", "item", nullable=True),
    Index("part_container", "container_id"),
    Index("part_item", "item_id"),
)
question = Table(
    "question",
    metadata,
    _id(),
    _reference("item_id", "item"),
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
    _id(),
    _reference("item_id", "item"),
    Column("name", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("normalized", Text, nullable=False),
    Index("contact_item", "item_id"),
    Index("contact_normalized", "normalized"),
)
time_reading = Table(
    "time_reading",
    metadata,
    _id(),
    _reference("item_id", "item", nullable=True),
    _reference("event_id", "event", nullable=True),
    *_time_columns(nullable=False),
    Index("time_reading_item", "item_id"),
    Index("time_reading_event", "event_id"),
)
text_span = Table(
    "text_span",
    metadata,
    _id(),
    _reference("item_id", "item"),
    Column("text", Text, nullable=False),
    *_place_columns(),
    Column("origin", Text),
    Column("engine", Text),
    *_box_columns(),
    *_stretch_columns(),
    Column("confidence", Float),
    Column("speaker", Text),
    Column("corrected", Text),
    Column("corrected_at", Text),
    Index("text_span_item", "item_id"),
)
skipped_entry = Table(
    "skipped_entry",
    metadata,
    _id(),
    _reference("item_id", "item"),
    *_place_columns(),
    Column("reason_code", Text, nullable=False),
    Column("reason_arguments", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Index("skipped_entry_item", "item_id"),
)
notice = Table(
    "notice",
    metadata,
    _id(),
    _reference("item_id", "item"),
    Column("code", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("damaged", Boolean, nullable=False),
    Index("notice_item", "item_id"),
)
rendition = Table(
    "rendition",
    metadata,
    _id(),
    _reference("item_id", "item"),
    Column("kind", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("item_id", "kind"),
)
tag = Table(
    "tag",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("colour", Text, nullable=False),
)
_ONE_SUBJECT = "(item_id IS NULL) <> (event_id IS NULL)"
tagging = Table(
    "tagging",
    metadata,
    _id(),
    _reference("tag_id", "tag"),
    _reference("item_id", "item", nullable=True),
    _reference("event_id", "event", nullable=True),
    CheckConstraint(_ONE_SUBJECT),
    UniqueConstraint("tag_id", "item_id", "event_id"),
    Index("tagging_item", "item_id"),
    Index("tagging_event", "event_id"),
)
finding = Table(
    "finding",
    metadata,
    _id(),
    Column("violation", Text, nullable=False),
    Column("status", Text, nullable=False),
    _reference("item_id", "item", nullable=True),
    _reference("event_id", "event", nullable=True),
    Column("note", Text, nullable=False, default=""),
    Column("created_at", Text, nullable=False),
    Column("suggestion", Text),
    Column("rulebook", Text),
    Column("rulebook_version", Text),
    Column("rule", Text),
    Column("arithmetic", Text),
    Column("missing", Text),
    Column("evidence_digest", Text),
    Column("reason", Text),
    Column("decided_at", Text),
    Column("decided_by", Text),
    CheckConstraint(_ONE_SUBJECT),
    Index("finding_item", "item_id"),
    Index("finding_event", "event_id"),
    Index("finding_violation", "violation"),
    Index("finding_suggestion", "suggestion"),
)
"""A finding stands at one item or event: the act itself, or what completes the count."""
finding_subject = Table(
    "finding_subject",
    metadata,
    _id(),
    _reference("finding_id", "finding"),
    Column("role", Text, nullable=False),
    _reference("item_id", "item", nullable=True),
    _reference("event_id", "event", nullable=True),
    _reference("mark_id", "mark", nullable=True),
    CheckConstraint("(item_id IS NOT NULL) + (event_id IS NOT NULL) + (mark_id IS NOT NULL) = 1"),
    Index("finding_subject_finding", "finding_id"),
    Index("finding_subject_item", "item_id"),
    Index("finding_subject_event", "event_id"),
    Index("finding_subject_mark", "mark_id"),
)
"""What else a finding rests on, and as what."""
mark = Table(
    "mark",
    metadata,
    _id(),
    _reference("item_id", "item"),
    Column("kind", Text, nullable=False),
    Column("page", Integer),
    *_box_columns(),
    *_stretch_columns(),
    Column("note", Text, nullable=False, default=""),
    _reference("event_id", "event", nullable=True),
    Column("first_character", Integer),
    Column("end_character", Integer),
    Column("text", Text),
    Column("created_at", Text),
    Column("created_by", Text),
    Index("mark_item", "item_id"),
    Index("mark_event", "event_id"),
)
complaint = Table(
    "complaint",
    metadata,
    _id(),
    Column("body", Text, nullable=False),
    Column("reference", Text, nullable=False, default=""),
    Column("filed_at", Text),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
)
complaint_step = Table(
    "complaint_step",
    metadata,
    _id(),
    _reference("complaint_id", "complaint"),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    _reference("event_id", "event", nullable=True),
    Column("note", Text, nullable=False, default=""),
    Index("complaint_step_complaint", "complaint_id"),
    Index("complaint_step_event", "event_id"),
)
debt = Table(
    "debt",
    metadata,
    _id(),
    _reference("creditor_id", "party"),
    Column("product", Text, nullable=False, default=""),
    Column("number", Text, nullable=False, default=""),
    Column("amount", Text, nullable=False, default=""),
    Column("borrowed_on", Text),
    Column("due_on", Text),
    Column("days_overdue", Integer),
    Column("note", Text, nullable=False, default=""),
    Index("debt_creditor", "creditor_id"),
)
case_rulebook = Table(
    "case_rulebook",
    metadata,
    _id(),
    Column("rulebook", Text, nullable=False, unique=True),
    Column("is_on", Boolean, nullable=False),
)
"""Rulebooks that the person switched on or off; the others follow from the case's country."""
proposal = Table(
    "proposal",
    metadata,
    _id(),
    _reference("item_id", "item"),
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
    *_time_columns(),
    Column("time_basis", Text, nullable=False),
    Column("time_doubts", Text),
    Column("page", Integer),
    *_box_columns(),
    Column("confidence", Float),
    _reference("event_id", "event", nullable=True),
    _reference("same_as", "proposal", nullable=True),
    Index("proposal_item", "item_id"),
    Index("proposal_event", "event_id"),
    Index("proposal_same_as", "same_as"),
)
"""Messages and calls that were read from a picture, until the person accepts or drops them."""
thread_part = Table(
    "thread_part",
    metadata,
    _id(),
    Column("thread", Integer, nullable=False),
    _reference("item_id", "item"),
    Column("position", Integer, nullable=False),
    UniqueConstraint("thread", "position"),
    Index("thread_part_item", "item_id"),
)
"""Pictures of one scrolled conversation, in its order."""
job = Table(
    "job",
    metadata,
    _id(),
    _reference("item_id", "item"),
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
saved_search = Table(
    "saved_search",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("query", Text, nullable=False),
)
exhibit = Table(
    "exhibit",
    metadata,
    _id(),
    _reference("item_id", "item"),
    Column("number", Integer, nullable=False, unique=True),
    UniqueConstraint("item_id"),
)
"""The numbers of items in dossiers: the same in each."""
export = Table(
    "export",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
)
custody_entry = Table(
    "custody_entry",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("rows_digest", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("entry_hash", Text, nullable=False),
    Column("who", Text),
    Column("signer", Text),
    Column("signature", Text),
)
row_seal = Table(
    "row_seal",
    metadata,
    _id(),
    Column("entry_seq", Integer, ForeignKey("custody_entry.seq"), nullable=False),
    Column("table_name", Text, nullable=False),
    Column("first_id", Integer, nullable=False),
    Column("digests", LargeBinary, nullable=False),
)
certificate = Table(
    "certificate",
    metadata,
    _id(),
    _reference("item_id", "item"),
    _reference("certified_id", "item"),
    UniqueConstraint("item_id", "certified_id"),
    Index("certificate_certified", "certified_id"),
)
time_anchor = Table(
    "time_anchor",
    metadata,
    _id(),
    Column("entry_seq", Integer, ForeignKey("custody_entry.seq"), nullable=False),
    Column("authority", Text, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("created_at", Text, nullable=False),
)

cells.name(metadata)

WORK_TABLES = frozenset({"job"})
"""Tables that only say what is still to be done; nobody vouches for them."""

UNSEALED_TABLES = frozenset({"content_chunk", "custody_entry", "row_seal"}) | WORK_TABLES
"""Tables whose rows have no digests of their own: pieces of originals are held by the digest of
the original, entries by the chain, seals by the entries."""

SEARCH_TABLES = (
    "CREATE VIRTUAL TABLE item_search USING fts5(text, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE event_search USING fts5(text, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 2')",
)
"""Full-text indexes; the row ids are those of ``item`` and ``event``."""
