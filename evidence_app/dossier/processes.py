"""Processes of our own beside the one that has the case file open."""

from __future__ import annotations

import os
from pathlib import Path


def child_environment() -> dict[str, str]:
    """An environment in which ``python -m evidence_app…`` works from any folder."""
    package_root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    search = os.pathsep.join([package_root, known] if known else [package_root])
    return {**os.environ, "PYTHONPATH": search}
