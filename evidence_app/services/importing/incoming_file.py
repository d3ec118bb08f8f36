"""Files on their way in: opened once, watched for changes, with what belongs to them."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from evidence_app.errors import UserError
from evidence_app.intake.process.spool import Kept, Spool
from evidence_app.intake.readers.support.database_parts import ENDINGS, main_of
from evidence_app.intake.records import MAIN
from evidence_app.messages import MessageCode, message
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

_UNCHANGED = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")
"""What the file system says of a file and what does not change while it is only read."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Something to be imported.

    Attributes:
        path: How the person knows it: a path, or the way to a file in a file.
        filename: Its name alone.
        origin: The folder or file it comes from.
        stream: Its bytes.
        written: When the file system says that it was last written, or None.
        companions: See `intake.records.Source`.
        container_id: The item that it lies in, or None.
        key: By what name it lies there.
        depth: How many files it lies in.
        container: The name of the file that it lies in, or empty.
    """

    path: str
    filename: str
    origin: str
    stream: BinaryIO
    written: TimeReading | None = None
    companions: Mapping[str, BinaryIO] = field(default_factory=dict)
    container_id: int | None = None
    key: str = ""
    depth: int = 0
    container: str = ""

    def part(self, member: Kept, spool: Spool, item_id: int) -> SourceFile:
        """A file that lay in this one, which is the item ``item_id`` now."""
        folder = PurePosixPath(member.key.replace("\\", "/")).parent
        companions: dict[str, BinaryIO] = {
            ending: spool.open(companion)
            for ending in ENDINGS
            if (companion := spool.find(member.key + ending)) is not None
        }
        main_name = main_of(member.key)
        if main_name is not None and spool.find(main_name) is not None:
            companions[MAIN] = io.BytesIO()
        return SourceFile(
            path=f"{self.path}/{member.key}",
            filename=member.filename,
            origin=str(PurePosixPath(self.filename) / folder),
            stream=spool.open(member),
            companions=companions,
            container_id=item_id,
            key=member.key,
            depth=self.depth + 1,
            container=self.filename,
        )


@contextmanager
def opened(path: Path, own: Path) -> Iterator[SourceFile]:
    """A file of the person's, for reading.

    Args:
        path: The file.
        own: The case file, which is not imported into itself.

    Raises:
        UserError: It is no ordinary file, or the case itself.
        OSError: It cannot be opened.
    """
    with ExitStack() as files:
        stream = files.enter_context(path.open("rb"))
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise UserError(message(MessageCode.NOT_A_REGULAR_FILE))
        if path.samefile(own):
            raise UserError(message(MessageCode.OWN_CASE_FILE))
        companions: dict[str, BinaryIO] = {
            ending: files.enter_context(Path(f"{path}{ending}").open("rb"))
            for ending in ENDINGS
            # A name that would be too long is that of no file; `Path` raises an error there.
            if os.path.isfile(f"{path}{ending}")  # noqa: PTH113
        }
        main_name = main_of(path.name)
        if main_name is not None and path.with_name(main_name).is_file():
            companions[MAIN] = io.BytesIO()
        yield SourceFile(
            path=readable(path),
            filename=readable(path.name),
            origin=readable(path.parent),
            stream=_Steady(stream),
            written=_written(facts.st_mtime),
            companions=companions,
        )


def readable(name: Path | str) -> str:
    """A name as text; one whose bytes are not UTF-8 most likely comes from a Chinese archive."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


class _Steady(io.FileIO):
    """A file that must not change while it is read.

    When it was last written can be set back by whoever writes; when its description was changed
    cannot, but on Windows, which does not tell.

    Raises, on reading:
        UserError: It has grown, shrunk or been written to; a file that grows faster than
            it is read would never end.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file.fileno(), closefd=False)
        self._facts = os.fstat(file.fileno())
        self._read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size) or b""
        self._read += len(piece)
        if self._read > self._facts.st_size or (not piece and self._has_changed()):
            raise UserError(message(MessageCode.FILE_CHANGED_WHILE_READING))
        return piece

    def _has_changed(self) -> bool:
        facts = os.fstat(self.fileno())
        return self._read != facts.st_size or any(
            getattr(facts, name) != getattr(self._facts, name) for name in _UNCHANGED
        )


def _written(seconds: float) -> TimeReading:
    at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return TimeReading(Instant(at), TimeSource.FILE_SYSTEM, TimePrecision.SECOND, "")
