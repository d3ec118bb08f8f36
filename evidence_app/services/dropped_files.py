"""Sorts dropped files: case files are opened, not filed as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_app.casefile.storage import connection as database
from evidence_app.errors import UserError
from evidence_app.intake.walk import walk
from evidence_app.model.case import CASE_ENDING
from evidence_app.progress import SILENT, Progress
from evidence_app.services.exporting import package_verification

_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class DroppedFiles:
    """What was dropped, sorted.

    Attributes:
        paths: All of it, as it was dropped.
        cases: The case files in it, also in folders.
        beside: The files that belong to those cases.
        others: How many other files there are.
        package: The evidence package that it is, or None.
    """

    paths: tuple[Path, ...]
    cases: tuple[Path, ...]
    beside: frozenset[Path]
    others: int
    package: Path | None = None


def sort(paths: Sequence[Path], progress: Progress = SILENT) -> DroppedFiles:
    """Look through files and folders for case files.

    A case is known by its ending, as one with a password shows nothing else of what it is, or by
    its first bytes.

    Raises:
        Cancelled: The person asked to stop.
    """
    cases: list[Path] = []
    others: list[Path] = []
    for entry in walk(paths):
        progress.check()
        if not isinstance(entry, Path):
            continue
        (cases if is_case(entry) else others).append(entry)
    beside = frozenset(path for case in cases for path in _beside(case))
    count = sum(path not in beside for path in others)
    package = paths[0] if len(paths) == 1 and package_verification.is_package(paths[0]) else None
    return DroppedFiles(tuple(paths), tuple(cases), beside, count, package)


def is_case(path: Path) -> bool:
    """Whether a file is a case file, as far as can be told without opening it."""
    if path.suffix.lower() == CASE_ENDING:
        return True
    try:
        return not database.is_locked(path)
    except UserError:
        return False


def _beside(case: Path) -> list[Path]:
    names = [*(f"{case.name}{ending}" for ending in _BESIDE), f".{case.name}.lock"]
    return [case.with_name(name) for name in names]
