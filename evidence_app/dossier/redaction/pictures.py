"""Whole pictures with what is blacked out; runs in closed-off processes only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence_app.dossier.redaction.drawing import Drawn

_ALL = (1 << 30, 1 << 30)


def blacked_out(source: Path, target: Path, marks: Sequence[Drawn]) -> None:
    """Write the picture as a JPEG of the same size with its marks burned in, and nothing else."""
    from evidence_app.dossier import picture_worker

    picture_worker.make(source, target, _ALL, marks)
