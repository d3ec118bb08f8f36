"""Whose each file in a bundle is: a Python library's, a package of the system, or ours."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

TOOLS = frozenset({"pyinstaller", "pyinstaller-hooks-contrib"})
"""Libraries that put pieces of their own into what they build."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Whom a bundle has files of.

    Attributes:
        libraries: Python libraries.
        packages: Packages of Debian, each with its version.
    """

    libraries: tuple[Distribution, ...]
    packages: dict[str, str]


def owners(collected: Path, root: Path) -> Owners:
    """Find out whose the collected files are.

    Args:
        collected: The list that the recipe wrote: where each file lies in the bundle and came from.
        root: Where this project lies.

    Raises:
        LookupError: Nobody is known to own some of them, so nobody knows their licence.
    """
    library_of = {}
    for library in distributions():
        folder = Path(str(library.locate_file(""))).resolve()
        for file in library.files or ():
            library_of[Path(os.path.normpath(folder / file))] = library
    python = Path(sysconfig.get_path("stdlib")).resolve()
    base = python.parent.parent
    libraries: dict[str, Distribution] = {}
    system = []
    for _, path in json.loads(collected.read_text(encoding="utf-8")):
        place = Path(path).resolve()
        if (library := library_of.get(place)) is not None:
            libraries[library.name] = library
        elif not (place.is_relative_to(root) or place.is_relative_to(python)):
            system.append(place)
    others = [place for place in system if not _is_pythons(place, base)]
    return Owners(
        tuple(sorted(libraries.values(), key=lambda library: library.name.casefold())),
        _packages(others),
    )


def _is_pythons(place: Path, base: Path) -> bool:
    """Whether a file belongs to an interpreter that no package of the system installed."""
    return base != Path("/usr") and place.is_relative_to(base)


def _packages(paths: Iterable[Path]) -> dict[str, str]:
    names = sorted({spelling for path in paths for spelling in _spellings(path)})
    filenames = {path.name for path in paths}
    if not names:
        return {}
    result = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True)
    owned = [line.rsplit(": ", 1) for line in result.stdout.splitlines() if ": " in line]
    missing = filenames - {Path(path).name for _, path in owned}
    if missing:
        raise LookupError(f"nobody is known to own {', '.join(sorted(missing))}")
    packages = sorted({names.split(", ")[0] for names, _ in owned})
    form = "${binary:Package}=${Version}\n"
    versions = subprocess.run(
        ["dpkg-query", "-W", "-f", form, *packages], capture_output=True, text=True, check=True
    )
    return dict(line.split("=", 1) for line in versions.stdout.split())


def _spellings(path: Path) -> list[str]:
    """A library may be listed under ``/lib``, which points at ``/usr/lib``."""
    text = str(path)
    return [text, text.removeprefix("/usr")] if text.startswith("/usr/lib") else [text]
