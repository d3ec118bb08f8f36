"""The custody log, for reading."""

from __future__ import annotations

from evidence_app.casefile import custody
from evidence_app.casefile.case import CaseFile
from evidence_app.model.custody import CustodyEntry


def list_entries(case: CaseFile) -> list[CustodyEntry]:
    """All entries, oldest first."""
    with case.read() as connection:
        return custody.entries(connection)


def head(case: CaseFile) -> CustodyEntry | None:
    """The newest entry, whose hash vouches for all before it."""
    with case.read() as connection:
        return custody.last(connection)


def count(case: CaseFile) -> int:
    """How many entries there are."""
    with case.read() as connection:
        return custody.count(connection)
