"""Why a file cannot be read, or not to its end."""

from __future__ import annotations

from evidence_app.errors import EvidenceError


class ReadFailure(EvidenceError):
    """Nothing more can be read of a file; what was read before stays."""
