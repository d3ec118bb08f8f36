"""All files in what was dropped, each once, whatever folders lead to."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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


def walk(paths: Sequence[Path]) -> Iterator[Path | WalkProblem]:
    """All files under ``paths``, folders in the order of their names.

    A folder that was entered already, because a link leads back to it, is a problem, not a loop.
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        yield from _enter(path, entered)


def _enter(path: Path, entered: set[tuple[int, int]]) -> Iterator[Path | WalkProblem]:
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            yield from _folder(path, (facts.st_dev, facts.st_ino), entered)
        elif stat.S_ISREG(facts.st_mode):
            yield path
        else:
            yield WalkProblem(path, message(MessageCode.NOT_A_REGULAR_FILE))
    except FileNotFoundError:
        yield WalkProblem(path, message(MessageCode.FILE_VANISHED))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield WalkProblem(path, message(MessageCode.FILE_UNREADABLE, reason=reason))


def _folder(
    path: Path, identity: tuple[int, int], entered: set[tuple[int, int]]
) -> Iterator[Path | WalkProblem]:
    if identity in entered:
        yield WalkProblem(path, message(MessageCode.DIRECTORY_LOOP))
        return
    entered.add(identity)
    with os.scandir(path) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        yield from _enter(path / name, entered)
