"""Originals: stored once, unaltered, in pieces, addressed by SHA-256, streamed both ways."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import Connection, delete, func, insert, select

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import CHUNK_SIZE, content, content_chunk
from evidence_app.casefile.seekable import Seekable
from evidence_app.errors import Cancelled, DamageError
from evidence_app.messages import MessageCode, message

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
        return io.BufferedReader(_Original(case, self.content_id, self.size), CHUNK_SIZE)


def receive(
    case: CaseFile,
    stream: BinaryIO,
    *,
    on_bytes: Callable[[int], None] = lambda count: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Incoming:
    """Read ``stream`` to its end, hashing it on the way.

    Raises:
        Cancelled: The person asked to stop; nothing of it stays.
        OSError: The stream failed; nothing of it stays.
    """
    incoming, digest = Incoming(), hashlib.sha256()
    try:
        while piece := _full_piece(stream):
            if is_cancelled():
                raise Cancelled
            digest.update(piece)
            incoming.size += len(piece)
            incoming.chunks.append(piece)
            if len(incoming.chunks) * CHUNK_SIZE > IN_MEMORY:
                _park(case, incoming)
            on_bytes(len(piece))
        if incoming.content_id is not None and incoming.chunks:
            _park(case, incoming)
    except BaseException:
        discard(case, incoming)
        raise
    incoming.sha256 = digest.hexdigest()
    return incoming


def adopt(change: Change, incoming: Incoming, media_type: str) -> int:
    """Make the original part of the case, unless its bytes are already; return its number."""
    values = {"sha256": incoming.sha256, "size": incoming.size, "media_type": media_type}
    same = select(content.c.id).where(content.c.sha256 == incoming.sha256)
    known = change.connection.execute(same).scalar()
    if known is not None:
        if incoming.content_id is not None:
            _remove(change.connection, incoming.content_id)
        return int(known)
    if incoming.content_id is not None:
        change.update(content, incoming.content_id, **values)
        return incoming.content_id
    content_id = change.insert(content, **values)
    if incoming.chunks:
        change.connection.execute(
            insert(content_chunk),
            [
                {"content_id": content_id, "seq": seq, "data": data}
                for seq, data in enumerate(incoming.chunks)
            ],
        )
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


def open_content(case: CaseFile, content_id: int, size: int) -> BinaryIO:
    """The original's bytes, seekable, one piece in memory at a time."""
    return io.BufferedReader(_Original(case, content_id, size), CHUNK_SIZE)


def _full_piece(stream: BinaryIO) -> bytes:
    """The next `CHUNK_SIZE` bytes, fewer only at the end, whatever the stream's own pace."""
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
            highest = connection.execute(select(func.max(content.c.id))).scalar() or 0
            connection.execute(insert(content).values(id=highest + 1))
            incoming.content_id = highest + 1
        connection.execute(
            insert(content_chunk),
            [
                {"content_id": incoming.content_id, "seq": incoming.waiting + n, "data": data}
                for n, data in enumerate(incoming.chunks)
            ],
        )
    incoming.waiting += len(incoming.chunks)
    incoming.chunks.clear()


class _Original(Seekable):
    def __init__(self, case: CaseFile, content_id: int, size: int) -> None:
        super().__init__(size)
        self._case = case
        self._content_id = content_id

    def fetch(self, position: int, most: int) -> bytes:
        seq, start = divmod(position, CHUNK_SIZE)
        with self._case.read() as connection:
            data = connection.execute(
                select(content_chunk.c.data).where(
                    content_chunk.c.content_id == self._content_id, content_chunk.c.seq == seq
                )
            ).scalar()
        if data is None:
            raise DamageError(message(MessageCode.ORIGINAL_DAMAGED, item=self._content_id))
        return bytes(data[start : start + most])
