"""Whole pictures with what is blacked out; runs in closed-off processes only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence_app.dossier.redaction.drawing import Drawn

_ALL = (1 << 30, 1 << 30)


def blacked_out(source: Path, target: Path, marks: Sequence[Drawn]) -> None:
    """Write the picture in the same size with its marks burned in, and nothing else.

    It is a JPEG file, or a PNG file if its rows could be kept as they are.
    """
    from evidence_app.dossier import picture_worker
    from evidence_app.dossier.picture_store import PrintForm

    values = picture_worker.make(source, target, _ALL, marks)
    target.write_bytes(PrintForm.of(target, values).as_file())
