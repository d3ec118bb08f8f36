"""What is on items and events: findings and tags together."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import findings as finding_records
from evidence_app.casefile.records import labels as label_records
from evidence_app.model.finding import Labels, Subject, Tag
from evidence_app.rulebook import violations


def labels(case: CaseFile, subjects: Sequence[Subject]) -> dict[Subject, Labels]:
    """The labels of each subject; one without any has empty ones."""
    codes: dict[Subject, set[str]] = {}
    own: dict[Subject, list[Tag]] = {}
    with case.read() as connection:
        for subject, code in finding_records.violations_on(connection, subjects):
            codes.setdefault(subject, set()).add(code)
        for subject, tag in label_records.tags_on(connection, subjects):
            own.setdefault(subject, []).append(tag)
    order = {violation_type.code: violation_type.order for violation_type in violations.all_types()}
    return {
        subject: Labels(
            tuple(sorted(codes.get(subject, ()), key=lambda code: order.get(code, 99))),
            tuple(own.get(subject, ())),
        )
        for subject in subjects
    }
