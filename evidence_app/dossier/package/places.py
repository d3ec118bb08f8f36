"""Where a package is written: a folder, or one ZIP file."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Protocol

_UNIX = 3


class Place(Protocol):
    """Takes the files of a package, one after the other."""

    def create(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A new file of that name, its folders divided by slashes."""


class FolderPlace:
    """A folder that is made.

    Raises:
        OSError: It is there already, or cannot be made.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True)

    @contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """A new file, on the disk when the block ends."""
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())


class ZipPlace:
    """A ZIP file with one folder in it; nothing is packed, since recordings and pictures are.

    Args:
        archive: Open for writing.
        top: The folder's name.
    """

    def __init__(self, archive: zipfile.ZipFile, top: str) -> None:
        self._archive = archive
        self._top = top
        self._at = time.localtime()[:6]

    @contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """A new member."""
        member = zipfile.ZipInfo(f"{self._top}/{name}", self._at)
        member.external_attr = 0o644 << 16
        # Else it would differ between systems; `archive_form` expects what is written here.
        member.create_system = _UNIX
        with self._archive.open(member, "w", force_zip64=True) as file:
            yield file
