"""Opens a package that somebody made, as it lies in a folder or in a ZIP file; trusts nothing."""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from evidence_app.dossier.package import archive_form, layout, parts
from evidence_app.dossier.package.archive_form import MOST_FILES, FormError, Member
from evidence_app.dossier.package.faults import Fault
from evidence_app.dossier.package.names import NameSpace, fault_of
from evidence_app.model.verification import Mismatch, MismatchKind

_MOST_TAG = 64 << 20
_MOST_BYTES = 1 << 42
_MOST_FOLDERS = 8
_JUNCTION = 0xA0000003
"""How Windows marks a folder that stands for another (IO_REPARSE_TAG_MOUNT_POINT)."""
_MARKS = (layout.DECLARATION, layout.SIGNED, layout.manifest("sha256"))
"""Any of these makes it a package, even if the others were removed."""

EXPECTED = "as this program writes packages"


class Package(Protocol):
    """The files of a package.

    Attributes:
        names: Of its files, each with its size; folders in a name are divided by slashes. Empty
            if the package is built in another way than this program does it.
        deviations: What is there, and is no file as this program writes them: links, devices,
            names that some system takes for another, bytes that belong to no file.
    """

    names: dict[str, int]
    deviations: list[Mismatch]

    def open(self, name: str) -> IO[bytes]:
        """One file, for reading.

        Raises:
            OSError: It cannot be read, or is not what it was when the package was opened.
        """


def is_package(path: Path) -> bool:
    """Whether a folder or a file looks like an evidence package, whatever is in it."""
    if path.is_dir():
        return any(_is_there(path / mark) for mark in _MARKS)
    try:
        with _open_archive(path.resolve()) as file:
            return _top(archive_form.names(file)) is not None
    except (OSError, ValueError):
        return False


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package in a folder, a ZIP file or its numbered parts, of which `is_package` holds.

    Raises:
        OSError: It cannot be read.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    with _open_archive(path.resolve()) as file:
        yield _Archive(file)


def read(package: Package, name: str) -> bytes:
    """A file that is small in every package that this program makes.

    Raises:
        OSError: It cannot be read, or is too large.
    """
    with package.open(name) as file:
        data = file.read(_MOST_TAG + 1)
    if len(data) > _MOST_TAG:
        raise OSError(f"{name} is too large")
    return data


class _Files:
    """Collects the files of a package, and what is none."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.deviations: list[Mismatch] = []
        self._space = NameSpace()

    def note(self, name: str, size: int) -> bool:
        """Note a file; whether it may be one."""
        fault = self._space.add(name)
        if fault is None:
            self.names[name] = size
            fault = fault_of(name)
            if fault is None:
                return True
        self.refuse(name, fault)
        return name in self.names

    def refuse(self, name: str, fault: Fault) -> None:
        """Note what no file of a package is."""
        kind = _KINDS.get(fault, MismatchKind.PACKAGE_FORM)
        self.deviations.append(Mismatch(kind, name, EXPECTED, fault.value))

    def refuse_all(self, name: str, fault: Fault) -> None:
        """Take nothing at all, for one reason."""
        self.names.clear()
        self.deviations.clear()
        self.refuse(name, fault)


_KINDS = dict.fromkeys(
    (Fault.LINK, Fault.SPECIAL, Fault.OUTSIDE, Fault.TWICE, Fault.EMPTY_FOLDER, Fault.LOOKALIKE),
    MismatchKind.FILE_NOT_LISTED,
)
"""What was planted; all else is told as another form of the package."""


class _Folder(_Files):
    def __init__(self, root: Path) -> None:
        super().__init__()
        self._paths: dict[str, Path] = {}
        try:
            self._look(root, "", _MOST_FOLDERS)
        except FormError as error:
            self.refuse_all(error.where, error.fault)
        if sum(self.names.values()) > _MOST_BYTES:
            self.refuse_all(root.name, Fault.TOO_LARGE)

    def _look(self, folder: Path, before: str, deeper: int) -> None:
        with os.scandir(folder) as scan:
            entries = sorted(_at_most(scan, before), key=lambda entry: entry.name)
        if not entries:
            self.refuse(before or folder.name, Fault.EMPTY_FOLDER)
        for entry in entries:
            # Some systems take accents apart when a name is written.
            written = entry.name.encode(errors="replace").decode()
            name = before + unicodedata.normalize("NFC", written)
            if _is_folder(entry):
                if not deeper:
                    raise FormError(Fault.TOO_DEEP, name)
                self._look(Path(entry.path), f"{name}/", deeper - 1)
            else:
                self._take(entry, name)
            if len(self.names) + len(self.deviations) > MOST_FILES:
                raise FormError(Fault.TOO_MANY, before)

    def _take(self, entry: os.DirEntry[str], name: str) -> None:
        if not entry.is_file(follow_symlinks=False):
            self.refuse(name, Fault.LINK if entry.is_symlink() else Fault.SPECIAL)
            return
        status = entry.stat(follow_symlinks=False)
        if self.note(name, status.st_size):
            self._paths[name] = Path(entry.path)
        if status.st_nlink > 1:
            self.refuse(name, Fault.HARD_LINK)

    def open(self, name: str) -> IO[bytes]:
        return _open_file(self._paths[name])


class _Archive(_Files):
    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._members: dict[str, Member] = {}
        try:
            members = archive_form.read(file)
        except FormError as error:
            self.refuse_all(error.where, error.fault)
            return
        top = _top([member.name for member in members]) or ""
        for member in members:
            inner = member.name.removeprefix(top)
            if not member.name.startswith(top):
                self.refuse(member.name, fault_of(member.name) or Fault.OUTSIDE)
            elif self.note(inner, member.size):
                self._members.setdefault(inner, member)

    def open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(_Section(self._file, self._members[name]))


class _Section(io.RawIOBase):
    """The bytes of one member; at their end they are compared with its checksum."""

    def __init__(self, file: IO[bytes], member: Member) -> None:
        self._file, self._member = file, member
        self._done = self._crc = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._member.start + self._done)
        data = self._file.read(min(len(buffer), self._member.size - self._done))
        buffer[: len(data)] = data
        self._done += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if self._done == self._member.size and self._crc != self._member.crc:
            raise OSError(f"{self._member.name} does not have the bytes of its checksum")
        return len(data)


def _at_most(entries: Iterator[os.DirEntry[str]], where: str) -> Iterator[os.DirEntry[str]]:
    for count, entry in enumerate(entries):
        if count > MOST_FILES:
            raise FormError(Fault.TOO_MANY, where)
        yield entry


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder by itself, and no link to one."""
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return entry.is_dir(follow_symlinks=False) and tag != _JUNCTION


def _is_there(path: Path) -> bool:
    """Whether there is something of that name; a link is not followed."""
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _open_archive(path: Path) -> IO[bytes]:
    return parts.joined(path, _open_file) if parts.is_first(path) else _open_file(path)


def _open_file(path: Path) -> IO[bytes]:
    """An ordinary file; no link is followed, and nobody waits at a pipe.

    Raises:
        OSError: It is something else, or cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path.name} is no ordinary file")
    return os.fdopen(descriptor, "rb")


def _top(names: list[str]) -> str | None:
    """The folder of the package in an archive, with its slash; None if there is no package."""
    tops = [
        name.removesuffix(mark)
        for name in names
        for mark in _MARKS
        if name == mark or name.endswith(f"/{mark}")
    ]
    return min(tops, key=lambda top: top.count("/"), default=None)
