"""Reads which of the first steps a case has behind it."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from evidence_app.casefile.schema import custody_entry, finding, item, party
from evidence_app.model.custody import Action
from evidence_app.model.first_steps import FirstStep
from evidence_app.model.party import Role

_SIGNS = {
    FirstStep.EVIDENCE: exists().where(item.c.trashed_at.is_(None)),
    FirstStep.PEOPLE: exists().where(party.c.role.not_in([Role.ME.value, Role.UNKNOWN.value])),
    FirstStep.SUGGESTIONS: exists().where(finding.c.id.is_not(None)),
    FirstStep.EXPORT: exists().where(custody_entry.c.action == Action.EXPORT.value),
}


def finished(connection: Connection) -> frozenset[FirstStep]:
    """The steps of which the case holds a sign."""
    return frozenset(step for step, sign in _SIGNS.items() if connection.scalar(select(sign)))
