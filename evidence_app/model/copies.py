"""Copies of a case that the program keeps by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class BackupReason(StrEnum):
    """Why a copy was made."""

    SESSION = "session"
    UPDATE = "update"
    RESTORE = "restore"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy in the data folder.

    Attributes:
        path: Where it is.
        at: When it was made.
        occasion: Why.
        size: In bytes.
    """

    path: Path
    at: datetime
    occasion: BackupReason
    size: int
