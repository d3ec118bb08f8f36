"""The tables of what was done to the case, and of what left it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from evidence_app.casefile.schema.columns import metadata, number, reference
from evidence_app.casefile.storage.cells import Integer, LargeBinary, Text

exhibit = Table(
    "exhibit",
    metadata,
    number(),
    reference("item_id", "item"),
    Column("number", Integer, nullable=False, unique=True),
    UniqueConstraint("item_id"),
)
"""The numbers of items in dossiers: the same in each."""
export = Table(
    "export",
    metadata,
    number(),
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
    number(),
    Column("entry_seq", Integer, ForeignKey("custody_entry.seq"), nullable=False),
    Column("table_name", Text, nullable=False),
    Column("first_id", Integer, nullable=False),
    Column("digests", LargeBinary, nullable=False),
)
certificate = Table(
    "certificate",
    metadata,
    number(),
    reference("item_id", "item"),
    reference("certified_id", "item"),
    UniqueConstraint("item_id", "certified_id"),
    Index("certificate_certified", "certified_id"),
)
time_anchor = Table(
    "time_anchor",
    metadata,
    number(),
    Column("entry_seq", Integer, ForeignKey("custody_entry.seq"), nullable=False),
    Column("authority", Text, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("created_at", Text, nullable=False),
)
