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
    "finding_subject": Area.FINDINGS,
    "case_rulebook": Area.FINDINGS,
    "debt": Area.PARTIES,
    "mark": Area.MARKS,
    "proposal": Area.PROPOSALS,
    "thread_part": Area.PROPOSALS,
    "complaint": Area.COMPLAINTS,
    "complaint_step": Area.COMPLAINTS,
    "saved_search": Area.CASE,
}
"""Which part of a case a table belongs to, for views to refresh."""
