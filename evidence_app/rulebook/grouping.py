"""What several rules say of the same events is one suggestion, the strongest rule first."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable

from evidence_app.model.rulebook import Force
from evidence_app.model.suggested import Citation
from evidence_app.model.suggestion import Suggestion

_STRENGTH = {
    force: place
    for place, force in enumerate(
        (
            Force.STATUTE,
            Force.REGULATION,
            Force.PRESUMPTION,
            Force.GUIDANCE,
            Force.RECOMMENDED_STANDARD,
            Force.SELF_REGULATION,
            Force.HEURISTIC,
        )
    )
}


def identity(suggestion: Suggestion) -> str:
    """The same for all suggestions that the same events show the same violation."""
    events = array("q", sorted(set(suggestion.event_ids())))
    digest = hashlib.sha256(suggestion.violation.encode() + b"\0" + events.tobytes())
    return digest.hexdigest()[:12]


def by_strength(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The most binding rule first; of equal ones that of which least is missing."""
    return tuple(
        sorted(
            citations,
            key=lambda citation: (
                _STRENGTH[citation.rule.force],
                len(citation.suggestion.missing),
                citation.rulebook.id,
                citation.rule.id,
            ),
        )
    )
