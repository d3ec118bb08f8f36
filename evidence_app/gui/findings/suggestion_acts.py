"""The acts that a suggestion rests on, read away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_app.model.event import Event
from evidence_app.model.suggested import Suggested
from evidence_app.services import events as timeline
from evidence_app.services import helplines
from evidence_app.services.helplines import Helpline

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile

MOST = 200
"""So many acts are listed."""


@dataclass(frozen=True, slots=True)
class SuggestedActs:
    """What is listed below a suggestion.

    Attributes:
        id: The suggestion's.
        acts: The first of its events.
        helpline: Whom to call if one of them urges the person to self-harm; None if none does.
    """

    id: str
    acts: tuple[Event, ...]
    helpline: Helpline | None


def read(case: CaseFile, suggested: Suggested) -> SuggestedActs:
    """Read the acts of a suggestion."""
    acts = timeline.get_many(case, list(suggested.suggestion.event_ids()[:MOST]))
    return SuggestedActs(suggested.id, tuple(acts), helplines.for_events(case, acts))
