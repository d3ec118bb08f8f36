"""The pages of a case file as they lie on the disk, decrypted if it is locked.

A locked file is encrypted page by page (AES-256-CBC), each with a vector of its own at its end,
behind which its authentication code stands. Codes are left to SQLite, which checks them whenever
it reads a page. Source: https://www.zetetic.net/sqlcipher/design/
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from evidence_app.casefile.storage.cipher import SALT_SIZE, CipherKey
from evidence_app.casefile.storage.connection import PAGE_SIZE

HEAD = 100
"""Bytes of the head of a file, on its first page."""

_VECTOR, _CODE = 16, 64
_SQLITE_HEADER = b"SQLite format 3\x00"


class Pages:
    """The pages of a file, numbered from 1.

    Attributes:
        reserved: Bytes at the end of each page that hold no content.
        usable: Bytes of a page that do.
        count: How many pages fit into the file's length.
        size: The file's length in bytes.
    """

    def __init__(self, file: BinaryIO, key: CipherKey | None) -> None:
        self._file, self._key = file, key
        if key is not None:
            self._blocks = Cipher(AES256(key.key), ECB()).decryptor()
        self.reserved = _VECTOR + _CODE if key is not None else 0
        self.usable = PAGE_SIZE - self.reserved
        self.size = os.fstat(file.fileno()).st_size
        self.count = self.size // PAGE_SIZE

    def page(self, number: int) -> bytes:
        """What a page holds, `usable` bytes."""
        data = self._read(number, 0, PAGE_SIZE)
        if self._key is None:
            return data
        vector = data[self.usable : self.usable + _VECTOR]
        if number > 1:
            return self._decrypted(data[: self.usable], vector)
        # The salt stands where every file says what it is.
        return _SQLITE_HEADER + self._decrypted(data[SALT_SIZE : self.usable], vector)

    def link(self, number: int) -> int:
        """The number at the beginning of a page, but the first: of the next of a chain."""
        if self._key is None:
            return int.from_bytes(self._read(number, 0, 4))
        # One block alone takes no vector to decrypt; it is what was added to it before.
        block = self._blocks.update(self._read(number, 0, _VECTOR))
        vector = self._read(number, self.usable, _VECTOR)
        return int.from_bytes(block[:4]) ^ int.from_bytes(vector[:4])

    def _read(self, number: int, start: int, size: int) -> bytes:
        return _read_at(self._file.fileno(), size, (number - 1) * PAGE_SIZE + start)

    def _decrypted(self, data: bytes, vector: bytes) -> bytes:
        assert self._key is not None, "only what is locked is decrypted"
        return Cipher(AES256(self._key.key), CBC(vector)).decryptor().update(data)


def _read_at(descriptor: int, size: int, place: int) -> bytes:
    if sys.platform != "win32":
        return os.pread(descriptor, size, place)
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, size)
