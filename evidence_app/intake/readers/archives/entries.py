"""What lies in an archive, one file after the other, whatever packed it."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import py7zr
import pyzipper
from py7zr.exceptions import ArchiveError, PasswordRequired

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.archives.unpacking import Budget, Inflated, Shelf
from evidence_app.messages import MessageCode, message

ZIP = "application/zip"
SEVEN_ZIP = "application/x-7z-compressed"
TAR = "application/x-tar"
GZIP = "application/gzip"
ANDROID = "application/x-android-backup"

ANDROID_MARK = b"ANDROID BACKUP\n"
"""With it begins what ``adb backup`` wrote."""

_LONGEST_LINE = 64
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_TAR_MARK = slice(257, 262)
_BAD = (
    zipfile.BadZipFile,
    pyzipper.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    KeyError,
)


class EncryptedError(Exception):
    """The password is missing, or wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in an archive.

    Attributes:
        key: Its path as it is written there.
        stream: Its bytes, whole and checked; None if it is damaged or no file.
        is_damaged: Whether it could not be unpacked.
    """

    key: str
    stream: BinaryIO | None
    is_damaged: bool = False

    def filename(self) -> str:
        """Its name without folders."""
        return PurePosixPath(self.key.replace("\\", "/")).name or self.key


def kind_of(head: bytes) -> str | None:
    """The media type of an archive that begins so."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return SEVEN_ZIP
    if head.startswith(b"\x1f\x8b"):
        return GZIP
    if head.startswith(ANDROID_MARK):
        return ANDROID
    return TAR if head[_TAR_MARK] == b"ustar" else None


def entries(
    kind: str, stream: BinaryIO, filename: str, password: str, budget: Budget
) -> Iterator[Entry]:
    """Everything in an archive but folders.

    Args:
        kind: Its media type.
        stream: Its bytes.
        filename: Its name, after which what gzip packed is called.
        password: To open it, or empty.
        budget: How much it may unpack to.

    Raises:
        EncryptedError: The password is missing, or wrong.
        ReadFailure: It is damaged as a whole, or unpacks to too much.
    """
    openers = {ZIP: _zip, SEVEN_ZIP: _seven_zip, TAR: _tar, GZIP: _gzip, ANDROID: _android}
    try:
        yield from openers[kind](stream, filename, password, budget)
    except _BAD as error:
        raise ReadFailure(message(MessageCode.ARCHIVE_DAMAGED)) from error


def _zip(stream: BinaryIO, filename: str, password: str, budget: Budget) -> Iterator[Entry]:
    with pyzipper.AESZipFile(stream) as archive:
        members = archive.infolist()
        budget.check_count(len(members))
        _check_overlap(members)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            _check_password(archive, members, password)
        for member in members:
            key = _zip_name(member)
            if member.is_dir():
                continue
            if _is_link(member):
                yield Entry(key, None)
                continue
            yield _unpacked(key, partial(archive.open, member), budget)


def _check_password(archive: Any, members: list[Any], password: str) -> None:
    """Try the password on the smallest file.

    Raises:
        EncryptedError: It does not open it.
    """
    if not password:
        raise EncryptedError
    archive.setpassword(password.encode())
    locked = [member for member in members if member.flag_bits & _ENCRYPTED and not member.is_dir()]
    try:
        with archive.open(min(locked, key=lambda member: member.file_size)) as probe:
            probe.read()
    except (RuntimeError, pyzipper.BadZipFile, zlib.error) as error:
        raise EncryptedError from error


def _check_overlap(members: list[Any]) -> None:
    """Refuse entries that share their bytes: no packer writes them, only bombs have them.

    Raises:
        ReadFailure: Two overlap.
    """
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise ReadFailure(message(MessageCode.ARCHIVE_TOO_LARGE))
        end = member.header_offset + member.compress_size


def _zip_name(member: Any) -> str:
    """The name; packers that do not mark UTF-8 write it or GB18030 all the same."""
    if member.flag_bits & _UTF8_NAME:
        return str(member.filename)
    raw = str(member.orig_filename).encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return str(member.filename)


def _is_link(member: Any) -> bool:
    mode = member.external_attr >> 16
    return bool(mode) and (mode & 0o170000) not in (0, 0o100000)


def _tar(stream: BinaryIO, filename: str, password: str, budget: Budget) -> Iterator[Entry]:
    with tarfile.open(fileobj=stream, mode="r:*") as archive:
        for count, member in enumerate(archive, 1):
            budget.check_count(count)
            if member.isdir():
                continue
            if not member.isfile():
                yield Entry(member.name, None)
                continue
            yield _unpacked(member.name, partial(_of_tar, archive, member), budget)


def _of_tar(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    return cast(BinaryIO, archive.extractfile(member))


def _gzip(stream: BinaryIO, filename: str, password: str, budget: Budget) -> Iterator[Entry]:
    """A packed tar, or one packed file."""
    with gzip.GzipFile(fileobj=stream) as unpacked:
        head = unpacked.read(512)
    stream.seek(0)
    if kind_of(head) == TAR:
        yield from _tar(stream, filename, password, budget)
        return
    name = filename.removesuffix(".gz") if filename.endswith(".gz") else f"{filename}.out"
    yield _unpacked(name, lambda: cast(BinaryIO, gzip.GzipFile(fileobj=stream)), budget)


def _android(stream: BinaryIO, filename: str, password: str, budget: Budget) -> Iterator[Entry]:
    """A backup of ``adb backup``: four lines, then a tar that zlib packed, or not."""
    lines = [stream.readline(_LONGEST_LINE).strip() for _ in range(4)]
    _mark, _version, is_packed, encryption = lines
    if encryption != b"none":
        raise ReadFailure(message(MessageCode.ANDROID_BACKUP_ENCRYPTED))
    inner = Inflated(stream, budget) if is_packed == b"1" else stream
    with tarfile.open(fileobj=inner, mode="r|") as archive:
        for count, member in enumerate(archive, 1):
            budget.check_count(count)
            if member.isfile():
                yield _unpacked(member.name, partial(_of_tar, archive, member), budget)
            elif not member.isdir():
                yield Entry(member.name, None)


def _seven_zip(stream: BinaryIO, filename: str, password: str, budget: Budget) -> Iterator[Entry]:
    with closing(Shelf(budget)) as shelf:
        listed = _unpack_seven_zip(stream, password, budget, shelf)
        for member in listed:
            if not member.is_directory:
                content = shelf.stream(member.filename)
                yield Entry(member.filename, content, is_damaged=content is None)


def _unpack_seven_zip(
    stream: BinaryIO, password: str, budget: Budget, shelf: Shelf
) -> list[py7zr.FileInfo]:
    try:
        with py7zr.SevenZipFile(stream, password=password or None) as archive:
            listed: list[py7zr.FileInfo] = archive.list()
            budget.check_count(len(listed))
            if archive.needs_password() and not password:
                raise EncryptedError
            archive.extractall(factory=shelf)
            return listed
    except PasswordRequired as error:
        raise EncryptedError from error
    except (ArchiveError, lzma.LZMAError, TypeError) as error:
        if password:
            raise EncryptedError from error
        raise ReadFailure(message(MessageCode.ARCHIVE_DAMAGED)) from error


def _unpacked(key: str, opened: Callable[[], BinaryIO], budget: Budget) -> Entry:
    """A file, unpacked whole, so that damage is known before it is handed on."""
    try:
        with opened() as packed:
            return Entry(key, budget.copy(packed))
    except (*_BAD, RuntimeError):
        return Entry(key, None, is_damaged=True)
