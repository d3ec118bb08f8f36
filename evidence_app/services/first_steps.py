"""How far somebody has come with a first case."""

from __future__ import annotations

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import first_steps as step_records
from evidence_app.model.first_steps import FirstStep


def finished(case: CaseFile) -> frozenset[FirstStep]:
    """The steps of which the case holds a sign.

    Evidence: an item that is not in the trash. People: somebody with a role other than the
    person's own. Suggestions: a decision on one, or a mark. Export: an entry of the log.
    """
    with case.read() as connection:
        return step_records.finished(connection)
