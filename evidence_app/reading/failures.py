"""Why a picture cannot be read."""

from __future__ import annotations

from evidence_app.errors import EvidenceError


class ReadingFailure(EvidenceError):
    """This picture cannot be read; the picture itself is untouched."""
