"""Outlook items, as compound files that are written here byte by byte."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NONE = 0xFFFFFFFF
LEAST = 4096
"""Streams that are shorter would be packed together, which readers need not see here."""

Tree = dict[str, "bytes | Tree"]


def text(tag: int, words: str) -> Tree:
    return {f"__substg1.0_{tag:04X}001F": words.encode("utf-16-le")}


def bytes_text(tag: int, data: bytes) -> Tree:
    return {f"__substg1.0_{tag:04X}001E": data}


def binary(tag: int, data: bytes) -> Tree:
    return {f"__substg1.0_{tag:04X}0102": data}


def properties(header: int, *values: tuple[int, int, int]) -> Tree:
    """Values of fixed size as (tag, type, value), behind a header of so many bytes."""
    rows = b"".join(struct.pack("<HHIQ", kind, tag, 6, value) for tag, kind, value in values)
    return {"__properties_version1.0": bytes(header) + rows}


def ticks(at: datetime) -> int:
    return int((at - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def compound(tree: Tree) -> bytes:
    """A compound file with these streams and folders."""
    entries: list[dict[str, int | str]] = [
        {"name": "Root Entry", "kind": 5, "right": NONE, "child": NONE, "start": END, "size": 0}
    ]
    streams: list[tuple[int, bytes]] = []

    def put(folder: Tree, parent: int) -> None:
        before = None
        for name in sorted(folder, key=lambda name: (len(name), name)):
            content = folder[name]
            is_folder = isinstance(content, dict)
            entries.append(
                {"name": name, "kind": 1 if is_folder else 2, "right": NONE, "child": NONE,
                 "start": 0 if is_folder else END, "size": 0}
            )  # fmt: skip
            here = len(entries) - 1
            entries[parent if before is None else before][
                "child" if before is None else "right"
            ] = here
            before = here
            if isinstance(content, dict):
                put(content, here)
            else:
                streams.append((here, content.ljust(LEAST, b"\0")))

    put(tree, 0)
    directory_sectors = -(-len(entries) // 4)
    stream_sectors = sum(-(-len(data) // SECTOR) for _here, data in streams)
    fat_sectors = 1
    while fat_sectors * 128 < fat_sectors + directory_sectors + stream_sectors:
        fat_sectors += 1
    fat = [FAT] * fat_sectors
    fat += [*range(fat_sectors + 1, fat_sectors + directory_sectors), END]
    body = b""
    for here, data in streams:
        count = -(-len(data) // SECTOR)
        entries[here] |= {"start": len(fat), "size": len(data)}
        fat += [*range(len(fat) + 1, len(fat) + count), END]
        body += data.ljust(count * SECTOR, b"\0")
    fat += [FREE] * (fat_sectors * 128 - len(fat))
    directory = b"".join(map(_entry, entries)).ljust(directory_sectors * SECTOR, b"\0")
    header = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0,
        fat_sectors, fat_sectors, 0, LEAST, END, 0, END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(fat_sectors), *[FREE] * (109 - fat_sectors))
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + body


def _entry(fields: dict[str, int | str]) -> bytes:
    name = str(fields["name"]).encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name, len(name) + 2, fields["kind"], 1, NONE, fields["right"], fields["child"],
        bytes(16), 0, 0, 0,
        fields["start"], fields["size"],
    )  # fmt: skip
