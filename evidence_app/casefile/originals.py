"""Originals: stored once, unaltered, in pieces, addressed by SHA-256, streamed both ways."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import Connection, delete, insert, select

from evidence_app.casefile import pieces
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.pieces import BrokenOriginalError
from evidence_app.casefile.schema import CHUNK_SIZE, content, content_chunk, item
from evidence_app.errors import DamagedError
from evidence_app.messages import MessageCode, message
from evidence_app.progress import SILENT, Progress
from evidence_app.streams import Seekable

IN_MEMORY = 16 * CHUNK_SIZE
"""Originals of up to so many bytes wait in memory, larger ones in the file."""


@dataclass
class Incoming:
    """An original that was read and hashed, and is not part of the case yet.

    Attributes:
        sha256: Of all its bytes.
        size: In bytes.
        chunks: Its pieces, as far as they are in memory.
        content_id: Where its other pieces wait, or None.
    """

    sha256: str = ""
    size: int = 0
    chunks: list[bytes] = field(default_factory=list)
    content_id: int | None = None
    waiting: int = 0

    def stream(self, case: CaseFile) -> BinaryIO:
        """All its bytes, for reading."""
        if self.content_id is None:
            return io.BytesIO(b"".join(self.chunks))
        return io.BufferedReader(_Waiting(case, self.content_id, self.size), CHUNK_SIZE)


def receive(
    case: CaseFile,
    stream: BinaryIO,
    *,
    progress: Progress = SILENT,
) -> Incoming:
    """Read ``stream`` to its end, hashing it on the way.

    Args:
        case: Where it may go.
        stream: Its bytes.
        progress: Is told the bytes that were read, of an unknown total.

    Raises:
        Cancelled: The person asked to stop; nothing of it stays.
        OSError: The stream failed; nothing of it stays.
    """
    incoming, digest = Incoming(), hashlib.sha256()
    try:
        while piece := _full_piece(stream):
            progress.check()
            digest.update(piece)
            incoming.size += len(piece)
            incoming.chunks.append(piece)
            if len(incoming.chunks) * CHUNK_SIZE > IN_MEMORY:
                _park(case, incoming)
            progress.tell(incoming.size, 0)
        if incoming.content_id is not None and incoming.chunks:
            _park(case, incoming)
    except BaseException:
        discard(case, incoming)
        raise
    incoming.sha256 = digest.hexdigest()
    return incoming


def adopt(change: Change, incoming: Incoming, media_type: str) -> int:
    """Make the original part of the case, unless its bytes are already; return its number.

    Raises:
        DamagedError: What the case has of it are other bytes by now.
    """
    values = {"sha256": incoming.sha256, "size": incoming.size, "media_type": media_type}
    same = "SELECT id FROM content WHERE sha256 = ?"
    present_id = change.connection.exec_driver_sql(same, (incoming.sha256,)).scalar()
    if present_id is not None:
        _require_bytes(change.connection, present_id, incoming.sha256)
        if incoming.content_id is not None:
            _remove(change.connection, incoming.content_id)
        return int(present_id)
    if incoming.content_id is not None:
        change.update(content, incoming.content_id, **values)
        return incoming.content_id
    content_id = change.insert(content, **values)
    _add_pieces(change.connection, content_id, 0, incoming.chunks)
    return content_id


def discard(case: CaseFile, incoming: Incoming) -> None:
    """Forget an original that is not wanted after all."""
    if incoming.content_id is None:
        return
    with case.unlogged() as connection:
        _remove(connection, incoming.content_id)


def _remove(connection: Connection, content_id: int) -> None:
    connection.execute(delete(content_chunk).where(content_chunk.c.content_id == content_id))
    connection.execute(delete(content).where(content.c.id == content_id))


def open_content(case: CaseFile, content_id: int) -> BinaryIO:
    """The original's bytes, seekable, one piece in memory at a time.

    All of them are hashed when it is opened for the first time; later each piece is compared with
    what it was then.

    Raises:
        DamagedError: They are not what was imported; while reading too.
    """
    with case.read() as connection, _named(connection, content_id) as name:
        sha256, size = _digest_and_size(connection, content_id)
        digests = case.piece_digests.get(sha256)
        if digests is None:
            digests = pieces.digests(connection, content_id, size, sha256)
            case.piece_digests[sha256] = digests
    return io.BufferedReader(_Original(case, content_id, size, digests, name), CHUNK_SIZE)


def stream_content(case: CaseFile, content_id: int) -> BinaryIO:
    """The original's bytes from the beginning to the end, hashed on the way.

    The last of them are only given if all are what was imported.

    Raises:
        DamagedError: They are not; while reading too.
    """
    return io.BufferedReader(_Hashed(_read_through(case, content_id)), CHUNK_SIZE)


def require_bytes(case: CaseFile, content_id: int, sha256: str) -> None:
    """Hash an original anew, of which somebody else asks whether it has just these bytes.

    Raises:
        DamagedError: It has other bytes; what led to it may have been altered.
    """
    with case.read() as connection:
        _require_bytes(connection, content_id, sha256)


def _require_bytes(connection: Connection, content_id: int, sha256: str) -> None:
    with _named(connection, content_id):
        stored, _ = _digest_and_size(connection, content_id)
        if stored != sha256:
            raise BrokenOriginalError(sha256, stored)
    for _ in _checked_pieces(connection, content_id):
        pass


def _read_through(case: CaseFile, content_id: int) -> Generator[bytes]:
    with case.read() as connection:
        yield from _checked_pieces(connection, content_id)


def _checked_pieces(connection: Connection, content_id: int) -> Iterator[bytes]:
    """The pieces of an original; the last one is given only if the SHA-256 of all fits."""
    digest, waiting = hashlib.sha256(), b""
    with _named(connection, content_id):
        sha256, size = _digest_and_size(connection, content_id)
        for piece in pieces.read(connection, content_id, size):
            if waiting:
                yield waiting
            digest.update(piece)
            waiting = piece
        if digest.hexdigest() != sha256:
            raise BrokenOriginalError(sha256, digest.hexdigest())
        if waiting:
            yield waiting


def _digest_and_size(connection: Connection, content_id: int) -> tuple[str, int]:
    """What the SHA-256 and the size of an original should be."""
    query = select(content.c.sha256, content.c.size).where(content.c.id == content_id)
    row = connection.execute(query).one_or_none()
    if row is None or type(row.sha256) is not str or type(row.size) is not int:
        raise BrokenOriginalError("an original", "none")
    return row.sha256, row.size


@contextmanager
def _named(connection: Connection, content_id: int) -> Iterator[str]:
    """Name the item in the error if its original is not what was imported."""
    query = select(item.c.title).where(item.c.content_id == content_id).order_by(item.c.id)
    name = str(connection.execute(query.limit(1)).scalar() or content_id)
    try:
        yield name
    except BrokenOriginalError as error:
        raise DamagedError(message(MessageCode.ORIGINAL_DAMAGED, item=name)) from error


def _full_piece(stream: BinaryIO) -> bytes:
    """The next `CHUNK_SIZE` bytes, however few one read gives; fewer only at the end."""
    piece = stream.read(CHUNK_SIZE)
    while piece and len(piece) < CHUNK_SIZE:
        more = stream.read(CHUNK_SIZE - len(piece))
        if not more:
            break
        piece += more
    return piece


def _park(case: CaseFile, incoming: Incoming) -> None:
    with case.unlogged() as connection:
        if incoming.content_id is None:
            incoming.content_id = case.next_id(connection, content)
            connection.execute(insert(content).values(id=incoming.content_id))
        _add_pieces(connection, incoming.content_id, incoming.waiting, incoming.chunks)
    incoming.waiting += len(incoming.chunks)
    incoming.chunks.clear()


def _add_pieces(
    connection: Connection, content_id: int, first: int, chunks: Sequence[bytes]
) -> None:
    query = "INSERT INTO content_chunk (content_id, seq, data) VALUES (?, ?, ?)"
    rows = [(content_id, seq, data) for seq, data in enumerate(chunks, first)]
    if rows:
        connection.exec_driver_sql(query, rows)


class _Waiting(Seekable):
    """An original that is not part of the case yet."""

    def __init__(self, case: CaseFile, content_id: int, size: int) -> None:
        super().__init__(size)
        self._case = case
        self._content_id = content_id

    def fetch(self, position: int, most: int) -> bytes:
        seq, start = divmod(position, CHUNK_SIZE)
        with self._case.read() as connection, _named(connection, self._content_id):
            data = pieces.read_one(connection, self._content_id, self._size, seq)
        return self._compared(data, seq)[start : start + most]

    def _compared(self, data: bytes, seq: int) -> bytes:
        return data


class _Original(_Waiting):
    """An original; each piece is compared with its digest from when all were hashed."""

    def __init__(
        self, case: CaseFile, content_id: int, size: int, digests: tuple[bytes, ...], name: str
    ) -> None:
        super().__init__(case, content_id, size)
        self._digests = digests
        self._name = name

    def _compared(self, data: bytes, seq: int) -> bytes:
        if hashlib.sha256(data).digest() != self._digests[seq]:
            raise DamagedError(message(MessageCode.ORIGINAL_DAMAGED, item=self._name))
        return data


class _Hashed(io.RawIOBase):
    """Checked pieces as a stream."""

    def __init__(self, checked: Generator[bytes]) -> None:
        self._checked = checked
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = memoryview(next(self._checked, b""))
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        self._checked.close()
        super().close()
