"""The tables of what the person says of the evidence: tags, findings, marks, complaints, debts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint

from evidence_app.casefile.schema.columns import (
    box_columns,
    metadata,
    number,
    reference,
    stretch_columns,
)
from evidence_app.casefile.storage.cells import Boolean, Integer, Text

tag = Table(
    "tag",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("colour", Text, nullable=False),
)
_ONE_SUBJECT = "(item_id IS NULL) <> (event_id IS NULL)"
tagging = Table(
    "tagging",
    metadata,
    number(),
    reference("tag_id", "tag"),
    reference("item_id", "item", nullable=True),
    reference("event_id", "event", nullable=True),
    CheckConstraint(_ONE_SUBJECT),
    UniqueConstraint("tag_id", "item_id", "event_id"),
    Index("tagging_item", "item_id"),
    Index("tagging_event", "event_id"),
)
finding = Table(
    "finding",
    metadata,
    number(),
    Column("violation", Text, nullable=False),
    Column("status", Text, nullable=False),
    reference("item_id", "item", nullable=True),
    reference("event_id", "event", nullable=True),
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
    number(),
    reference("finding_id", "finding"),
    Column("role", Text, nullable=False),
    reference("item_id", "item", nullable=True),
    reference("event_id", "event", nullable=True),
    reference("mark_id", "mark", nullable=True),
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
    number(),
    reference("item_id", "item"),
    Column("kind", Text, nullable=False),
    Column("page", Integer),
    *box_columns(),
    *stretch_columns(),
    Column("note", Text, nullable=False, default=""),
    reference("event_id", "event", nullable=True),
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
    number(),
    Column("body", Text, nullable=False),
    Column("reference", Text, nullable=False, default=""),
    Column("filed_at", Text),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
)
complaint_step = Table(
    "complaint_step",
    metadata,
    number(),
    reference("complaint_id", "complaint"),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    reference("event_id", "event", nullable=True),
    Column("note", Text, nullable=False, default=""),
    Index("complaint_step_complaint", "complaint_id"),
    Index("complaint_step_event", "event_id"),
)
debt = Table(
    "debt",
    metadata,
    number(),
    reference("creditor_id", "party"),
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
    number(),
    Column("rulebook", Text, nullable=False, unique=True),
    Column("is_on", Boolean, nullable=False),
)
"""Rulebooks that the person switched on or off; the others follow from the case's country."""
