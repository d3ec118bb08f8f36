"""What can be brought into a case at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Files:
    """Files and folders.

    Attributes:
        paths: What was dropped.
        leave_out: Files in it that are not wanted.
    """

    paths: Sequence[Path]
    leave_out: Collection[Path] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is no file yet, as from the clipboard."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person answered to questions about files, which are then read again.

    Attributes:
        question_ids: Which questions.
        value: As `services.questions.answer` takes it.
    """

    question_ids: tuple[int, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files that certify an item: they are imported, and filed beside it.

    Attributes:
        paths: The files.
        certified_id: The item.
    """

    paths: Sequence[Path]
    certified_id: int


Batch = Files | Picture | Answer | Certificates
