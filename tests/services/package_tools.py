"""Spoils packages: lists made to fit again, and ZIP files written piece by piece."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.casefile.custody import signing
from evidence_app.dossier.package import layout


def files_of(folder: Path) -> dict[str, bytes]:
    """The contents of a package in a folder, by name."""
    paths = {path for path in folder.rglob("*") if path.is_file()}
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def with_new_lists(package: Path, key: Ed25519PrivateKey | signing.Key | None = None) -> None:
    """Make the lists fit again, as somebody would who wants to hide what was done."""
    payload = {name: data for name, data in files_of(package).items() if name.startswith("data/")}
    set_field(package, layout.OXUM, f"{sum(map(len, payload.values()))}.{len(payload)}")
    if key is not None:
        set_field(package, layout.SIGNER, public_of(key))
    for algorithm in layout.ALGORITHMS:
        write_list(package / layout.manifest(algorithm), algorithm, payload)
    rest = {
        name: data
        for name, data in files_of(package).items()
        if not name.startswith(("data/", "signature/", "tagmanifest-"))
    }
    write_list(package / layout.SIGNED, "sha256", rest)
    if key is not None:
        listed = (package / layout.SIGNED).read_bytes()
        (package / layout.PUBLIC_KEY).write_bytes(signing.to_pem(public_of(key)))
        (package / layout.SIGNATURE).write_bytes(
            key.sign_bytes(listed) if isinstance(key, signing.Key) else key.sign(listed)
        )


def public_of(key: Ed25519PrivateKey | signing.Key) -> str:
    """The public key, 64 hexadecimal digits."""
    if isinstance(key, signing.Key):
        return key.public
    return key.public_key().public_bytes_raw().hex()


def write_list(path: Path, algorithm: str, files: dict[str, bytes]) -> None:
    """A list of digests."""
    digests = {name: hashlib.new(algorithm, data).hexdigest() for name, data in files.items()}
    path.write_bytes(layout.lines(digests))


def set_field(package: Path, label: str, value: str) -> None:
    """Change what a package says of itself."""
    path = package / layout.INFO
    fields = layout.fields(path.read_bytes())
    path.write_bytes(layout.info({**fields, label: value}))


@dataclass
class Record:
    """One file of an archive: its record and its entry, of which each part can be spoilt."""

    name: bytes
    data: bytes
    local: dict[str, int] = field(default_factory=dict)
    entry: dict[str, int] = field(default_factory=dict)
    local_name: bytes | None = None
    local_extra: bytes | None = None
    entry_extra: bytes = b""
    comment: bytes = b""
    before: bytes = b""
    after: bytes = b""
    has_entry: bool = True
    has_local: bool = True
    moved_to: int | None = None


@dataclass
class Archive:
    """A ZIP file as this program writes it, to be spoilt."""

    records: list[Record]
    stamp: tuple[int, int] = (0, 0x5A21)
    before: bytes = b""
    before_entries: bytes = b""
    after_entries: bytes = b""
    comment: bytes = b""
    after: bytes = b""
    end: dict[str, int] = field(default_factory=dict)
    end64: bool = False

    def to_bytes(self) -> bytes:
        """The file."""
        made, entries = bytearray(self.before), bytearray()
        for record in self.records:
            made += record.before
            position = len(made) if record.moved_to is None else record.moved_to
            if record.has_local:
                made += self._local(record) + record.data
            made += record.after
            if record.has_entry:
                entries += self._entry(record, position)
        made += self.before_entries
        start = len(made)
        made += entries + self.after_entries
        count = sum(record.has_entry for record in self.records)
        if self.end64:
            numbers = (44, 45, 45, 0, 0, count, count, len(entries), start)
            place = len(made)
            made += struct.pack("<4sQ2H2L4Q", b"PK\6\6", *numbers)
            made += struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
        cells = {"disk": 0, "first": 0, "here": count, "count": count, "size": len(entries)}
        cells |= {"start": start, **self.end}
        made += struct.pack("<4s4H2LH", b"PK\5\6", *cells.values(), len(self.comment))
        return bytes(made + self.comment + self.after)

    def _local(self, record: Record) -> bytes:
        name = record.name if record.local_name is None else record.local_name
        size, most = len(record.data), 0xFFFFFFFF
        extra = struct.pack("<2H2Q", 1, 16, size, size)
        extra = extra if record.local_extra is None else record.local_extra
        cells = {"version": 45, "flags": _flags(record.name), "method": 0, "time": self.stamp[0]}
        cells |= {
            "date": self.stamp[1],
            "crc": zlib.crc32(record.data),
            "packed": most,
            "size": most,
        }
        cells |= {"name": len(name), "extra": len(extra), **record.local}
        return struct.pack("<4s5H3L2H", b"PK\3\4", *cells.values()) + name + extra

    def _entry(self, record: Record, position: int) -> bytes:
        size = len(record.data)
        cells = {"made": 45 | 3 << 8, "version": 45, "flags": _flags(record.name), "method": 0}
        cells |= {"time": self.stamp[0], "date": self.stamp[1], "crc": zlib.crc32(record.data)}
        cells |= {"packed": size, "size": size, "name": len(record.name)}
        cells |= {"extra": len(record.entry_extra), "comment": len(record.comment), "disk": 0}
        cells |= {"internal": 0, "attributes": 0o644 << 16, "offset": position, **record.entry}
        fixed = struct.pack("<4s6H3L5H2L", b"PK\1\2", *cells.values())
        return fixed + record.name + record.entry_extra + record.comment


def _flags(name: bytes) -> int:
    return 0 if name.isascii() else 0x800


def archive_of(folder: Path, top: str = "top") -> Archive:
    """The package in a folder as an archive."""
    return Archive(
        [Record(f"{top}/{name}".encode(), data) for name, data in sorted(files_of(folder).items())]
    )
