"""What stretches of time the logs in a case cover."""

from __future__ import annotations

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import queries
from evidence_app.model.coverage import Coverage, Gap, gaps


def list_coverage(case: CaseFile) -> list[Coverage]:
    """Every log of calls or messages with its first and last day."""
    with case.read() as connection:
        return queries.coverage(connection)


def list_gaps(case: CaseFile) -> list[Gap]:
    """The days between logs that none of them covers."""
    return gaps(list_coverage(case))
