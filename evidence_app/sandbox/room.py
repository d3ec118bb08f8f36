"""What a closed-off process may use: its own folder, the program's files, and so much of both."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from evidence_app import resources

_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    "/usr/share/zoneinfo", "/etc/localtime", "/etc/timezone", "/etc/mime.types",
    "/dev/urandom", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip
"""Libraries and what they look at; nothing of it is the person's."""

_LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib")
LARGEST_FILE = 20 << 30
"""Bytes of the largest file that a closed-off process may write."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a closed-off process may use.

    Attributes:
        own: The folder in which it may make files.
        memory: Bytes of address space.
        readable: Files and folders that it can read.
        used: Devices that it can read and write.
        largest_file: Bytes that one of its files may have.
    """

    own: Path
    memory: int
    readable: tuple[Path, ...] = ()
    used: tuple[Path, ...] = (Path("/dev/null"),)
    largest_file: int = LARGEST_FILE


def program_files() -> tuple[Path, ...]:
    """The interpreter's library, installed packages, this program and its resources.

    A folder in which the person's home lies is never among them, whatever the search path says.
    """
    package = Path(__file__).resolve().parents[1]
    named: list[str | None] = [sysconfig.get_path(name) for name in _LIBRARIES]
    named += [sysconfig.get_config_var("LIBDIR"), *_bundle(), *_installed()]
    folders = [Path(path).resolve() for path in (*_SYSTEM, *filter(None, named))]
    readable = dict.fromkeys([package, resources.path(), *folders])
    home = _home()
    return tuple(path for path in readable if home is None or not home.is_relative_to(path))


def _bundle() -> list[str]:
    """Of a bundled program its folder, and its file, at the end of which its modules lie."""
    if not getattr(sys, "frozen", False):
        return []
    return [getattr(sys, "_MEIPASS", sys.executable), sys.executable]


def free_bytes(folder: Path) -> int:
    """How much can still be written where a folder lies."""
    return shutil.disk_usage(folder).free


def _installed() -> list[str]:
    """Folders of installed packages; the folder that merely holds a checkout is none."""
    packages = {"site-packages", "dist-packages", "lib-dynload"}
    return [entry for entry in sys.path if Path(entry).name in packages or entry.endswith(".zip")]


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None  # There is none, so there is nothing of it to keep out.
