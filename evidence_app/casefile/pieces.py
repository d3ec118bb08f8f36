"""The one reader of originals: the pieces in which they are stored, each as it must be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from evidence_app.casefile.schema import CHUNK_SIZE

_QUERY = (
    "SELECT CASE typeof(seq) WHEN 'integer' THEN seq END, typeof(data), length(data), "
    "CASE typeof(data) WHEN 'blob' THEN data END FROM content_chunk WHERE content_id = ?"
)
"""Whoever tampers may leave anything; a text that is none would stop the driver."""

_LARGEST = 1 << 53
"""No file has so many bytes."""


class BrokenOriginalError(Exception):
    """The bytes of an original are not as they were stored.

    Attributes:
        expected: What should be there, in a word or a number.
        found: What is there.
        is_size: Whether the two are lengths of the whole in bytes.
    """

    def __init__(self, expected: str, found: str, *, is_size: bool = False) -> None:
        super().__init__(f"{found} instead of {expected}")
        self.expected = expected
        self.found = found
        self.is_size = is_size


def read(connection: Connection, content_id: int, size: int) -> Iterator[bytes]:
    """The pieces of an original, in order.

    They are numbered from 0 without gaps, hold bytes, and are all of the same length but for the
    last, which is not empty; together they have the size that is known.

    Args:
        connection: On the case.
        content_id: Of which original.
        size: Of all its bytes.

    Raises:
        BrokenOriginalError: They are not.
    """
    if type(size) is not int or not 0 <= size < _LARGEST:
        raise BrokenOriginalError("a number of bytes", repr(size)[:40])
    raw: Any = connection.connection.driver_connection
    left, expected = size, 0
    for row in raw.execute(f"{_QUERY} ORDER BY seq", (content_id,)):
        if left <= 0 and row[0] == expected:
            raise BrokenOriginalError(str(size), str(size - left + int(row[2] or 0)), is_size=True)
        yield _checked(row, expected, left)
        left, expected = left - row[2], expected + 1
    if left > 0:
        raise BrokenOriginalError(str(size), str(size - left), is_size=True)


def read_one(connection: Connection, content_id: int, size: int, seq: int) -> bytes:
    """The piece of that number.

    Raises:
        BrokenOriginalError: It is not as it must be.
    """
    raw: Any = connection.connection.driver_connection
    row = raw.execute(f"{_QUERY} AND seq = ?", (content_id, seq)).fetchone()
    if row is None:
        raise BrokenOriginalError(f"piece {seq}", "none")
    return _checked(row, seq, size - seq * CHUNK_SIZE)


def _checked(row: tuple[Any, ...], expected: int, remaining: int) -> bytes:
    seq, kind, length, data = row
    if seq != expected:
        raise BrokenOriginalError(f"piece {expected}", f"piece {seq}")
    if kind != "blob":
        raise BrokenOriginalError(f"bytes in piece {seq}", str(kind))
    if length != min(remaining, CHUNK_SIZE):
        raise BrokenOriginalError(
            f"{min(remaining, CHUNK_SIZE)} bytes in piece {seq}", f"{length} bytes"
        )
    return bytes(data)


def digests(connection: Connection, content_id: int, size: int, sha256: str) -> tuple[bytes, ...]:
    """The SHA-256 of each piece of an original whose bytes are those that were imported.

    Raises:
        BrokenOriginalError: They are not.
    """
    hasher, digests_of_pieces = hashlib.sha256(), []
    for data in read(connection, content_id, size):
        hasher.update(data)
        digests_of_pieces.append(hashlib.sha256(data).digest())
    if hasher.hexdigest() != sha256:
        raise BrokenOriginalError(sha256, hasher.hexdigest())
    return tuple(digests_of_pieces)
