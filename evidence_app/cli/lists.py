"""The lists that the command line can print."""

from __future__ import annotations

from collections.abc import Callable

from evidence_app.cli import marks as mark_commands
from evidence_app.cli import output
from evidence_app.cli.finding_values import finding_values
from evidence_app.errors import DamagedError
from evidence_app.model.custody import UnreadableEntry
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import (
    cases,
    copies,
    coverage,
    custody,
    debts,
    devices,
    findings,
    items,
    labels,
    marks,
    parties,
    questions,
    tags,
    timestamps,
)
from evidence_app.services import events as timeline

_PAGE = 500
_ALL_ITEMS = ItemFilter()
_TRASH = ItemFilter(trashed=True)


def _list_items(case: cases.CaseFile, item_filter: ItemFilter = _ALL_ITEMS) -> output.Rows:
    ids = items.index(case, item_filter)
    for start in range(0, len(ids), _PAGE):
        page = items.get_many(case, ids[start : start + _PAGE])
        subjects = [Subject(SubjectKind.ITEM, item.id) for item in page]
        own = labels.labels(case, subjects)
        for item, subject in zip(page, subjects, strict=True):
            yield output.item_values(item, own[subject])


def _list_events(case: cases.CaseFile) -> output.Rows:
    ids = timeline.index(case, EventFilter()).ids
    for start in range(0, len(ids), _PAGE):
        page = timeline.get_many(case, ids[start : start + _PAGE])
        subjects = [Subject(SubjectKind.EVENT, event.id) for event in page]
        own = labels.labels(case, subjects)
        others = timeline.other_sources(case, [event.id for event in page])
        for event, subject in zip(page, subjects, strict=True):
            yield output.event_values(event, own[subject], others.get(event.id, []))


def _list_parties(case: cases.CaseFile) -> output.Rows:
    return (output.party_values(party) for party in parties.list_parties(case))


def _list_debts(case: cases.CaseFile) -> output.Rows:
    return (output.debt_values(debt) for debt in debts.list_debts(case))


def _list_findings(case: cases.CaseFile) -> output.Rows:
    return (finding_values(finding) for finding in findings.list_findings(case))


def _list_marks(case: cases.CaseFile) -> output.Rows:
    return (mark_commands.values(mark) for mark in marks.all_marks(case))


def _list_tags(case: cases.CaseFile) -> output.Rows:
    return (output.tag_values(tag) for tag in tags.list_tags(case))


def _list_custody(case: cases.CaseFile) -> output.Rows:
    damaged = None
    for entry in custody.readable_entries(case):
        if isinstance(entry, UnreadableEntry):
            damaged = damaged or DamagedError(entry.reason)
            yield output.unreadable_values(entry)
        else:
            yield output.custody_values(entry)
    if damaged is not None:
        raise damaged


def _list_questions(case: cases.CaseFile) -> output.Rows:
    return (output.question_values(question) for question in questions.list_questions(case))


def _list_devices(case: cases.CaseFile) -> output.Rows:
    return (output.device_values(device) for device in devices.list_devices(case))


def _list_coverage(case: cases.CaseFile) -> output.Rows:
    yield from (output.coverage_values(period) for period in coverage.list_coverage(case))
    yield from (output.gap_values(gap) for gap in coverage.list_gaps(case))


def _list_copies(case: cases.CaseFile) -> output.Rows:
    return (output.copy_values(kept_copy) for kept_copy in copies.list_copies(case.path))


def _list_timestamps(case: cases.CaseFile) -> output.Rows:
    return (output.anchor_values(anchor) for anchor in timestamps.list_anchors(case))


LISTS: dict[str, Callable[[cases.CaseFile], output.Rows]] = {
    "items": _list_items,
    "trash": lambda case: _list_items(case, _TRASH),
    "copies": _list_copies,
    "timestamps": _list_timestamps,
    "events": _list_events,
    "parties": _list_parties,
    "debts": _list_debts,
    "findings": _list_findings,
    "marks": _list_marks,
    "tags": _list_tags,
    "custody": _list_custody,
    "questions": _list_questions,
    "devices": _list_devices,
    "coverage": _list_coverage,
}
"""The rows of each kind, by the name that the command line has for it."""
