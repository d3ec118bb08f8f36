"""Writes an evidence package: payload first, then the lists that vouch for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from evidence_app.dossier.package import layout
from evidence_app.dossier.package.places import Place

_PIECE = 1 << 20


class PackageWriter:
    """One package.

    Attributes:
        size: How many bytes of payload were written.
        count: How many files of payload.
    """

    def __init__(self, place: Place) -> None:
        self.size = self.count = 0
        self._place = place
        self._payload: dict[str, dict[str, str]] = {}
        self._tags: dict[str, dict[str, str]] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Write a file of the payload; return its SHA-256.

        Args:
            name: With `layout.PAYLOAD` before it.
            pieces: Its bytes.

        Raises:
            OSError: It cannot be written.
        """
        self._payload[name] = self._write(name, self._sized(pieces))
        self.count += 1
        return self._payload[name]["sha256"]

    def add_stream(self, name: str, stream: BinaryIO) -> str:
        """As `add`, from a stream that is read to its end."""
        return self.add(name, iter(lambda: stream.read(_PIECE), b""))

    def finish(
        self, tags: Mapping[str, bytes], sign: Callable[[bytes], bytes], public_key: bytes
    ) -> str:
        """Write what is not payload, and sign it; return the SHA-256 of what was signed.

        Args:
            tags: Contents by name, besides the declaration and the lists.
            sign: Gives the signature of bytes.
            public_key: Of the key that signs, PEM.
        """
        self._tag(layout.DECLARATION, layout.DECLARED.encode())
        for name, data in tags.items():
            self._tag(name, data)
        for algorithm in layout.ALGORITHMS:
            self._tag(layout.manifest(algorithm), _list(self._payload, algorithm))
        signed = _list(self._tags, "sha256")
        self._write(layout.SIGNED, [signed])
        self._write(layout.SIGNATURE, [sign(signed)])
        self._write(layout.PUBLIC_KEY, [public_key])
        return hashlib.sha256(signed).hexdigest()

    def _tag(self, name: str, data: bytes) -> None:
        self._tags[name] = self._write(name, [data])

    def _sized(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.size += len(piece)
            yield piece

    def _write(self, name: str, pieces: Iterable[bytes]) -> dict[str, str]:
        digests = {algorithm: hashlib.new(algorithm) for algorithm in layout.ALGORITHMS}
        with self._place.create(name) as file:
            for piece in pieces:
                for digest in digests.values():
                    digest.update(piece)
                file.write(piece)
        return {algorithm: digest.hexdigest() for algorithm, digest in digests.items()}


def _list(digests: Mapping[str, Mapping[str, str]], algorithm: str) -> bytes:
    return layout.lines({name: by_algorithm[algorithm] for name, by_algorithm in digests.items()})
