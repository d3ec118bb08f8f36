"""The tables of a case file. `migrations` makes them; a test holds the two together."""

from __future__ import annotations

from evidence_app.casefile.schema.columns import metadata
from evidence_app.casefile.schema.custody import (
    certificate,
    custody_entry,
    exhibit,
    export,
    row_seal,
    time_anchor,
)
from evidence_app.casefile.schema.evidence import (
    case_info,
    contact,
    content,
    content_chunk,
    device,
    enclosure,
    event,
    item,
    notice,
    part,
    party,
    party_identifier,
    question,
    rendition,
    saved_search,
    skipped_entry,
    time_reading,
)
from evidence_app.casefile.schema.findings import (
    case_rulebook,
    complaint,
    complaint_step,
    debt,
    finding,
    finding_subject,
    mark,
    tag,
    tagging,
)
from evidence_app.casefile.schema.reading import job, proposal, text_span, thread_part
from evidence_app.casefile.storage import cells

__all__ = [
    "APPLICATION_ID",
    "CHUNK_SIZE",
    "SCHEMA_VERSION",
    "SEARCH_INDEXES",
    "SEARCH_TABLES",
    "UNSEALED_TABLES",
    "WORK_TABLES",
    "case_info",
    "case_rulebook",
    "certificate",
    "complaint",
    "complaint_step",
    "contact",
    "content",
    "content_chunk",
    "custody_entry",
    "debt",
    "device",
    "enclosure",
    "event",
    "exhibit",
    "export",
    "finding",
    "finding_subject",
    "item",
    "job",
    "mark",
    "metadata",
    "notice",
    "part",
    "party",
    "party_identifier",
    "proposal",
    "question",
    "rendition",
    "row_seal",
    "saved_search",
    "skipped_entry",
    "tag",
    "tagging",
    "text_span",
    "thread_part",
    "time_anchor",
    "time_reading",
]

APPLICATION_ID = 0x45564341
"""``EVCA``: marks an SQLite file as a case file."""

SCHEMA_VERSION = 5
"""The number of the newest migration, kept as ``user_version`` too."""

CHUNK_SIZE = 1 << 20
"""Originals are kept in pieces of that many bytes."""


cells.name(metadata)

WORK_TABLES = frozenset({"job"})
"""Tables that only say what is still to be done; nobody vouches for them."""

UNSEALED_TABLES = frozenset({"content_chunk", "custody_entry", "row_seal"}) | WORK_TABLES
"""Tables whose rows have no digests of their own: pieces of originals are held by the digest of
the original, entries by the chain, seals by the entries."""

SEARCH_INDEXES = ("item_search", "event_search", "text_search")
SEARCH_TABLES = tuple(
    f"CREATE VIRTUAL TABLE {name} USING fts5(text, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 2')"
    for name in SEARCH_INDEXES
)
"""Full-text indexes. The row ids are those of ``item`` and ``event``, and of the first line in
``text_span`` of a page, picture or recording."""
