"""The steps in which a dossier or a package is made, as its progress names them."""

from __future__ import annotations

from enum import StrEnum


class ExportStep(StrEnum):
    """What is being done."""

    LOOKING = "looking"
    COUNTING = "counting"
    SUMMARY = "summary"
    FINDINGS = "findings"
    TIMELINE = "timeline"
    EXHIBITS = "exhibits"
    ORIGINALS = "originals"
    CHECKING = "checking"
    PACKING = "packing"
