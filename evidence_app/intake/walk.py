"""All files in what was dropped, each once; of a phone's backup those that matter here."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_app.intake.phone_backup import backup_files
from evidence_app.intake.readers.support.database_parts import ENDINGS
from evidence_app.messages import Message, MessageCode, message


@dataclass(frozen=True, slots=True)
class WalkProblem:
    """Something that was dropped and cannot be imported.

    Attributes:
        path: What.
        message: Why.
    """

    path: Path
    message: Message


Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Step:
    path: Path
    above: frozenset[Identity]


def walk(paths: Sequence[Path]) -> Iterator[Path | WalkProblem]:
    """All files under ``paths``, folders in the order of their names, each folder once.

    A folder that lies in itself, because a link leads back to it, is a problem, not a loop.
    """
    entered: set[Identity] = set()
    ahead = [_Step(path, frozenset()) for path in reversed(_with_parts(paths))]
    while ahead:
        step = ahead.pop()
        try:
            facts = step.path.stat()
            if stat.S_ISDIR(facts.st_mode):
                identity = (facts.st_dev, facts.st_ino)
                if identity in step.above:
                    yield WalkProblem(step.path, message(MessageCode.DIRECTORY_LOOP))
                elif identity not in entered:
                    entered.add(identity)
                    above = step.above | {identity}
                    backup = backup_files(step.path)
                    inside = _inside(step.path) if backup is None else backup[::-1]
                    ahead += [_Step(path, above) for path in inside]
            elif stat.S_ISREG(facts.st_mode):
                yield step.path
            else:
                yield WalkProblem(step.path, message(MessageCode.NOT_A_REGULAR_FILE))
        except (OSError, ValueError) as error:
            yield WalkProblem(step.path, _reason(error))


def _with_parts(paths: Sequence[Path]) -> list[Path]:
    """What was dropped, and what belongs to databases in it: without that they are not whole."""
    named = set(paths)
    ordered: dict[Path, None] = {}
    for path in paths:
        ordered[path] = None
        for ending in ENDINGS:
            part = path.with_name(path.name + ending) if path.name else path
            if part not in named and os.path.isfile(path) and os.path.isfile(part):  # noqa: PTH113 - never raises.
                ordered[part] = None
    return list(ordered)


def _inside(folder: Path) -> list[Path]:
    """What is in a folder, the last name first."""
    with os.scandir(folder) as entries:
        names = sorted((entry.name for entry in entries), reverse=True)
    return [folder / name for name in names]


def _reason(error: OSError | ValueError) -> Message:
    if isinstance(error, FileNotFoundError):
        return message(MessageCode.FILE_VANISHED)
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return message(MessageCode.DIRECTORY_LOOP)
    reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
    return message(MessageCode.FILE_UNREADABLE, reason=reason)
