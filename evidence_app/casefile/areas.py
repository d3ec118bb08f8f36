"""Which part of a case each table belongs to."""

from __future__ import annotations

from evidence_app.model.changes import Area

AREAS: dict[str, Area] = {
    "case_info": Area.CASE,
    "item": Area.ITEMS,
    "event": Area.EVENTS,
    "time_reading": Area.ITEMS,
    "text_span": Area.ITEMS,
    "skipped_entry": Area.ITEMS,
    "notice": Area.ITEMS,
    "enclosure": Area.EVENTS,
    "part": Area.ITEMS,
    "certificate": Area.ITEMS,
    "question": Area.QUESTIONS,
    "contact": Area.ITEMS,
    "device": Area.ITEMS,
    "rendition": Area.ITEMS,
    "party": Area.PARTIES,
    "party_identifier": Area.PARTIES,
    "tag": Area.TAGS,
    "tagging": Area.TAGS,
    "finding": Area.FINDINGS,
}
"""Which part of a case a table belongs to, for views to refresh."""
