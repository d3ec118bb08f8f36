"""Opens a package that somebody made, as it lies in a folder or in a ZIP file; trusts nothing."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from evidence_app.dossier.package import layout

_MOST_TAG = 64 << 20
_MARKS = (layout.DECLARATION, layout.SIGNED, layout.manifest("sha256"))
"""Any of these makes it a package, even if the others were removed."""


class Package(Protocol):
    """The files of a package.

    Attributes:
        names: Of its files, each with its size; folders in a name are divided by slashes.
        strange: Names of what is there, and is no file of the package: links, devices, members of
            an archive beside the package's folder or of a name that is there already.
    """

    names: dict[str, int]
    strange: list[str]

    def open(self, name: str) -> IO[bytes]:
        """One file, for reading.

        Raises:
            OSError: It cannot be read.
            zipfile.BadZipFile: Nor from the archive.
        """


def is_package(path: Path) -> bool:
    """Whether a folder or a file looks like an evidence package, whatever is in it."""
    if path.is_dir():
        return any((path / mark).is_file() for mark in _MARKS)
    try:
        with zipfile.ZipFile(path) as archive:
            return _top(archive) is not None
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package in a folder or a ZIP file of which `is_package` holds.

    Raises:
        OSError: It cannot be read.
        zipfile.BadZipFile: Nor as an archive.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    with zipfile.ZipFile(path) as archive:
        yield _Archive(archive)


def read(package: Package, name: str) -> bytes:
    """A file that is small in every package that this program makes.

    Raises:
        OSError: It cannot be read, or is too large.
        zipfile.BadZipFile: Nor from the archive.
    """
    with package.open(name) as file:
        data = file.read(_MOST_TAG + 1)
    if len(data) > _MOST_TAG:
        raise OSError(f"{name} is too large")
    return data


class _Folder:
    def __init__(self, root: Path) -> None:
        self.names: dict[str, int] = {}
        self.strange: list[str] = []
        self._paths: dict[str, Path] = {}
        self._look(root, "")

    def _look(self, folder: Path, before: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                # Some systems take accents apart when a name is written.
                name = before + unicodedata.normalize("NFC", entry.name)
                if entry.is_dir(follow_symlinks=False):
                    self._look(Path(entry.path), f"{name}/")
                elif entry.is_file(follow_symlinks=False) and name not in self.names:
                    self.names[name] = entry.stat(follow_symlinks=False).st_size
                    self._paths[name] = Path(entry.path)
                else:
                    self.strange.append(name)

    def open(self, name: str) -> IO[bytes]:
        return self._paths[name].open("rb")


class _Archive:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names: dict[str, int] = {}
        self.strange: list[str] = []
        self._archive = archive
        self._members: dict[str, zipfile.ZipInfo] = {}
        top = _top(archive) or ""
        for member in archive.infolist():
            if member.is_dir():
                continue
            name = unicodedata.normalize("NFC", member.filename)
            inner = name.removeprefix(top)
            if not name.startswith(top) or inner in self.names:
                self.strange.append(name)
                continue
            self.names[inner] = member.file_size
            self._members[inner] = member

    def open(self, name: str) -> IO[bytes]:
        try:
            return self._archive.open(self._members[name])
        except (RuntimeError, NotImplementedError) as error:
            # So the library tells of members that are locked or packed in a way that it lacks.
            raise OSError(str(error)) from error


def _top(archive: zipfile.ZipFile) -> str | None:
    """The folder of the package in an archive, with its slash; None if there is no package."""
    tops = [
        name.removesuffix(mark)
        for name in archive.namelist()
        for mark in _MARKS
        if name == mark or name.endswith(f"/{mark}")
    ]
    return min(tops, key=lambda top: top.count("/"), default=None)
