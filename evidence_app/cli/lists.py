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


def _list_items(case: cases.CaseFile, wanted: ItemFilter = _ALL_ITEMS) -> output.Rows:
    ids = items.index(case, wanted)
    for start in range(0, len(ids), _PAGE):
        found = items.get_many(case, ids[start : start + _PAGE])
        subjects = [Subject(SubjectKind.ITEM, one.id) for one in found]
        own = labels.labels(case, subjects)
        for one, subject in zip(found, subjects, strict=True):
            yield output.item_values(one, own[subject])


def _list_events(case: cases.CaseFile) -> output.Rows:
    ids = timeline.index(case, EventFilter()).ids
    for start in range(0, len(ids), _PAGE):
        found = timeline.get_many(case, ids[start : start + _PAGE])
        subjects = [Subject(SubjectKind.EVENT, one.id) for one in found]
        own = labels.labels(case, subjects)
        others = timeline.other_sources(case, [one.id for one in found])
        for one, subject in zip(found, subjects, strict=True):
            yield output.event_values(one, own[subject], others.get(one.id, []))


def _list_parties(case: cases.CaseFile) -> output.Rows:
    return (output.party_values(one) for one in parties.list_parties(case))


def _list_debts(case: cases.CaseFile) -> output.Rows:
    return (output.debt_values(one) for one in debts.list_debts(case))


def _list_findings(case: cases.CaseFile) -> output.Rows:
    return (finding_values(one) for one in findings.list_findings(case))


def _list_marks(case: cases.CaseFile) -> output.Rows:
    return (mark_commands.values(one) for one in marks.all_marks(case))


def _list_tags(case: cases.CaseFile) -> output.Rows:
    return (output.tag_values(one) for one in tags.list_tags(case))


def _list_custody(case: cases.CaseFile) -> output.Rows:
    damaged = None
    for one in custody.readable_entries(case):
        if isinstance(one, UnreadableEntry):
            damaged = damaged or DamagedError(one.reason)
            yield output.unreadable_values(one)
        else:
            yield output.custody_values(one)
    if damaged is not None:
        raise damaged


def _list_questions(case: cases.CaseFile) -> output.Rows:
    return (output.question_values(one) for one in questions.list_questions(case))


def _list_devices(case: cases.CaseFile) -> output.Rows:
    return (output.device_values(one) for one in devices.list_devices(case))


def _list_coverage(case: cases.CaseFile) -> output.Rows:
    yield from (output.coverage_values(one) for one in coverage.list_coverage(case))
    yield from (output.gap_values(one) for one in coverage.list_gaps(case))


def _list_copies(case: cases.CaseFile) -> output.Rows:
    return (output.copy_values(one) for one in copies.list_copies(case.path))


def _list_timestamps(case: cases.CaseFile) -> output.Rows:
    return (output.anchor_values(one) for one in timestamps.list_anchors(case))


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
