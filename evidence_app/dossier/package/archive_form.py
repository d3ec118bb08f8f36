"""Reads the structure of a ZIP file that this program wrote, byte by byte, and no other.

Programs that unpack ZIP files disagree about whatever is unusual in one: records that are in no
directory, sizes that differ, bytes between files. So every byte must be accounted for, and each
record must be just as `places.ZipPlace` has it written. (APPNOTE.TXT 6.3.10 of PKWARE has the
records; `zipfile` of the standard library writes them.)
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import IO

from evidence_app.dossier.package.faults import Fault

MOST_FILES = 250_000
_MOST_DIRECTORY = 64 << 20
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_LOCAL_MARK, _ENTRY_MARK, _END_MARK = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_END64_MARK, _LOCATOR_MARK = b"PK\6\6", b"PK\6\7"
_LONGEST_COMMENT = 0xFFFF
_VERSION, _UNIX, _UTF8 = 45, 3, 0x800
_ATTRIBUTES = 0o644 << 16
_MOST_16, _MOST_32, _MOST_PLAIN = 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF
_ENCRYPTED, _DESCRIPTOR = 0x2041, 0x8
_KIND, _LINK, _FOLDER, _FILE = 0o170000, 0o120000, 0o040000, 0o100000


class FormError(Exception):
    """A ZIP file is not as this program writes them.

    Attributes:
        where: The name of the file in it, if it is about one.
        fault: What it has instead.
    """

    def __init__(self, fault: Fault, where: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.where = fault, where


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive.

    Attributes:
        name: Folders divided by slashes.
        start: Where its bytes begin.
        size: How many they are.
        crc: Their CRC-32.
    """

    name: str
    start: int
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class _Directory:
    """The central directory: how many entries, how many bytes, where it begins."""

    count: int
    size: int
    start: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry of the directory says."""

    raw_name: bytes
    name: str
    flags: int
    stamp: tuple[int, int]
    crc: int
    size: int


def read(file: IO[bytes]) -> list[Member]:
    """All members, in the order of the archive.

    Raises:
        FormError: A byte of it is not as this program writes it.
        OSError: It cannot be read.
    """
    directory = _directory(file)
    file.seek(directory.start)
    data = file.read(directory.size)
    members: list[Member] = []
    stamp, place, position = None, 0, 0
    for _ in range(directory.count):
        entry, length = _entry(data, place, position)
        if (stamp or entry.stamp) != entry.stamp:
            raise FormError(Fault.OTHER_FORM, entry.name)
        start = _compare_local(file, position, entry)
        members.append(Member(entry.name, start, entry.size, entry.crc))
        stamp, place, position = entry.stamp, place + length, start + entry.size
    if place != directory.size:
        raise FormError(Fault.NOT_LISTED_RECORD)
    if position != directory.start:
        raise FormError(Fault.BETWEEN)
    return members


def names(file: IO[bytes]) -> list[str]:
    """The names in the directory of any ZIP file, however it is built; what is unclear is not read.

    Raises:
        OSError: It cannot be read.
    """
    size = file.seek(0, os.SEEK_END)
    tail = _tail(file, size)
    end = _last_end(tail)
    if end < 0:
        return []
    length = _END.unpack_from(tail, end)[5]
    before = size - len(tail) + end
    if length == _MOST_32 or length > min(before, _MOST_DIRECTORY):
        return []
    if tail[end - _LOCATOR.size : end].startswith(_LOCATOR_MARK):
        before -= _LOCATOR.size + _END64.size
    file.seek(max(0, before - length))
    data = file.read(length)
    entry_names: list[str] = []
    place = data.find(_ENTRY_MARK)
    while 0 <= place <= len(data) - _ENTRY.size and data.startswith(_ENTRY_MARK, place):
        sizes = _ENTRY.unpack_from(data, place)[12:15]
        start = place + _ENTRY.size
        entry_names.append(data[start : start + sizes[0]].decode(errors="replace"))
        place = start + sum(sizes)
    return entry_names


def _tail(file: IO[bytes], size: int) -> bytes:
    file.seek(max(0, size - _END.size - _LONGEST_COMMENT - _LOCATOR.size - _END64.size))
    return file.read()


def _last_end(tail: bytes) -> int:
    """Where the last whole end record begins; negative if there is none."""
    return tail.rfind(_END_MARK, 0, max(0, len(tail) - _END.size + len(_END_MARK)))


def _directory(file: IO[bytes]) -> _Directory:
    size = file.seek(0, os.SEEK_END)
    tail = _tail(file, size)
    end = tail[-_END.size :]
    if len(end) < _END.size or not end.startswith(_END_MARK) or end[-2:] != b"\0\0":
        raise FormError(_fault_of_end(tail))
    _, disk, first_disk, here, count, length, start, _ = _END.unpack(end)
    if disk or first_disk or here != count:
        raise FormError(Fault.SEVERAL_VOLUMES)
    locator = tail[-_END.size - _LOCATOR.size : -_END.size]
    if locator.startswith(_LOCATOR_MARK):
        end64 = tail[-_END.size - _LOCATOR.size - _END64.size :][: _END64.size]
        if len(end64) < _END64.size or not end64.startswith(_END64_MARK):
            raise FormError(Fault.END_RECORD)
        count, length, start = _END64.unpack(end64)[7:]
    if count > MOST_FILES or length > _MOST_DIRECTORY:
        raise FormError(Fault.TOO_MANY)
    directory = _Directory(count, length, start)
    expected = _end_of(directory)
    if not tail.endswith(expected):
        raise FormError(Fault.END_RECORD)
    if start + length != size - len(expected):
        raise FormError(Fault.BETWEEN)
    return directory


def _fault_of_end(tail: bytes) -> Fault:
    end = _last_end(tail)
    if end < 0:
        return Fault.NO_END
    length = _END.unpack_from(tail, end)[7]
    return Fault.COMMENT if end + _END.size + length == len(tail) else Fault.AFTER_END


def _end_of(directory: _Directory) -> bytes:
    """The end of an archive with that directory."""
    count, size, start = directory.count, directory.size, directory.start
    large = b""
    if count > _MOST_16 or start > _MOST_PLAIN:
        numbers = (44, _VERSION, _VERSION, 0, 0, count, count, size, start)
        large = _END64.pack(_END64_MARK, *numbers)
        large += _LOCATOR.pack(_LOCATOR_MARK, 0, start + size, 1)
    count = min(count, _MOST_16)
    return large + _END.pack(_END_MARK, 0, 0, count, count, size, min(start, _MOST_32), 0)


def _entry(data: bytes, place: int, position: int) -> tuple[_Entry, int]:
    """The entry of a file that begins at that position, and how many bytes the entry has."""
    if not data.startswith(_ENTRY_MARK, place) or len(data) < place + _ENTRY.size:
        raise FormError(Fault.NOT_LISTED_RECORD)
    fields = _ENTRY.unpack_from(data, place)
    flags, method, time, date, crc, packed, size, name_size, extra_size, comment_size = fields[5:15]
    start = place + _ENTRY.size
    raw = data[start : start + name_size]
    try:
        name = raw.decode()
    except UnicodeDecodeError as error:
        raise FormError(Fault.NAME, raw.decode(errors="replace")) from error
    if name.endswith("/"):
        raise FormError(Fault.FOLDER, name)
    fault = _fault_of_fields(flags, method, comment_size, disk=fields[15])
    if fault is not None:
        raise FormError(fault, name)
    extra = data[start + name_size : start + name_size + extra_size]
    if size == _MOST_32 and len(extra) >= 20:
        size, packed = struct.unpack_from("<QQ", extra, 4)
    if size != packed:
        raise FormError(Fault.SIZES, name)
    entry = _Entry(raw, name, 0 if raw.isascii() else _UTF8, (time, date), crc, size)
    expected = _entry_of(entry, position)
    if not data.startswith(expected, place):
        raise FormError(_fault_of_entry(fields, extra, entry, position), name)
    return entry, len(expected)


def _fault_of_fields(flags: int, method: int, comment_size: int, disk: int) -> Fault | None:
    if flags & _ENCRYPTED:
        return Fault.ENCRYPTED
    if flags & _DESCRIPTOR:
        return Fault.DESCRIPTOR
    if method:
        return Fault.COMPRESSED
    if comment_size:
        return Fault.COMMENT
    return Fault.SEVERAL_VOLUMES if disk else None


def _fault_of_entry(fields: tuple[int, ...], extra: bytes, entry: _Entry, position: int) -> Fault:
    mode, offset = (fields[17] >> 16) & _KIND, fields[18]
    if mode not in (0, _FILE):
        return {_LINK: Fault.LINK, _FOLDER: Fault.FOLDER}.get(mode, Fault.SPECIAL)
    if fields[17] != _ATTRIBUTES:
        return Fault.ATTRIBUTES
    if extra != _extra_of(entry, position):
        return Fault.EXTRA_FIELD
    if fields[5] != entry.flags:
        return Fault.FLAGS
    return Fault.BETWEEN if offset != min(position, _MOST_32) else Fault.OTHER_FORM


def _extra_of(entry: _Entry, position: int) -> bytes:
    """The large numbers of an entry, if it has any."""
    large = [entry.size, entry.size] if entry.size > _MOST_PLAIN else []
    if position > _MOST_PLAIN:
        large.append(position)
    return struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""


def _entry_of(entry: _Entry, position: int) -> bytes:
    """The entry of such a file at that position."""
    extra = _extra_of(entry, position)
    size = _MOST_32 if entry.size > _MOST_PLAIN else entry.size
    offset = _MOST_32 if position > _MOST_PLAIN else position
    fixed = _ENTRY.pack(
        _ENTRY_MARK,
        *(_VERSION, _UNIX, _VERSION, 0),
        *(entry.flags, 0, *entry.stamp),
        entry.crc,
        *(size, size),
        *(len(entry.raw_name), len(extra), 0, 0, 0),
        *(_ATTRIBUTES, offset),
    )
    return fixed + entry.raw_name + extra


def _compare_local(file: IO[bytes], position: int, entry: _Entry) -> int:
    """Where the bytes of the file begin whose own record stands at that position."""
    expected = [_local_of(entry, size) for size in (_MOST_32, entry.size) if size <= _MOST_32]
    file.seek(position)
    data = file.read(len(expected[0]))
    if not data.startswith(_LOCAL_MARK):
        raise FormError(Fault.BETWEEN, entry.name)
    if data not in expected:
        raise FormError(Fault.OTHER_RECORD, entry.name)
    return position + len(data)


def _local_of(entry: _Entry, size: int) -> bytes:
    """The record before a file; older versions of the library repeat the size, newer ones do not.

    Args:
        entry: Of the file.
        size: As it stands in the fixed part; the additional field always has the real one.
    """
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.size)
    fixed = _LOCAL.pack(
        _LOCAL_MARK,
        *(_VERSION, 0),
        *(entry.flags, 0, *entry.stamp),
        entry.crc,
        *(size, size),
        *(len(entry.raw_name), len(extra)),
    )
    return fixed + entry.raw_name + extra
