"""What a bundle for Linux needs of the system, and what can be cut off from its libraries."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import system_packages

PACKAGES = {
    **system_packages.QT_LIBRARIES,
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libdrm.so.2": "libdrm2",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libwayland-client.so.0": "libwayland-client0",
    "libxcb.so.1": "libxcb1",
}
"""Debian's packages of the libraries that a bundle leaves to the system."""

BESIDE = ("fontconfig-config",)
"""Packages that no library names: where the computer's fonts are."""

_DEBUG_KEPT = ("*.libs/*", "PySide6/Qt/*")
"""Libraries that were changed after they were linked; cutting them has broken such ones."""

_NEEDED = re.compile(r"NEEDED\s+(\S+)")
_GLIBC = re.compile(r"\(GLIBC_([\d.]+)\)|\bGLIBC_([\d.]+)\b")


def files(bundle: Path) -> list[Path]:
    """The programs and libraries of a bundle."""
    return [
        path
        for path in sorted(bundle.rglob("*"))
        if path.is_file() and not path.is_symlink() and is_elf(path)
    ]


def strip(bundle: Path) -> None:
    """Take out of extension modules and Python what only a debugger reads."""
    inside = bundle / "_internal"
    for path in files(inside):
        name = path.relative_to(inside).as_posix()
        if not any(fnmatch(name, pattern) for pattern in _DEBUG_KEPT):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def depends(bundle: Path) -> list[str]:
    """The packages that the bundle needs, as Debian writes them.

    Raises:
        LookupError: A library is neither in the bundle nor in `PACKAGES`.
    """
    names = {path.name for path in bundle.rglob("*")}
    headers = [_headers(path) for path in files(bundle)]
    outside = {name for header in headers for name in _NEEDED.findall(header)} - names
    unknown = sorted(outside - set(PACKAGES))
    if unknown:
        raise LookupError(f"nothing in the bundle provides {', '.join(unknown)}")
    packages = {PACKAGES[name] for name in outside} | set(BESIDE)
    newest = newest_glibc(headers)
    return sorted(
        f"{package} (>= {newest})" if package == "libc6" else package for package in packages
    )


def newest_glibc(headers: Iterable[str]) -> str:
    """The version of the C library that the most demanding file asks for."""
    versions = {first or second for text in headers for first, second in _GLIBC.findall(text)}
    return max(versions, key=lambda version: tuple(map(int, version.split("."))))


def _headers(path: Path) -> str:
    command = ["objdump", "-p", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def is_elf(path: Path) -> bool:
    """Whether a file is a program or a library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
