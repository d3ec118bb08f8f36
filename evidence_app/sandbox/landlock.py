"""Landlock: this process and its threads reach only the files that are named here.

The kernel's documentation is ``Documentation/userspace-api/landlock.rst``. Its rules say nothing
of times, owners and attributes of files; `seccomp` refuses to change those.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from evidence_app.sandbox.kernel import Kernel

assert sys.platform == "linux"

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_BENEATH = 1

_WRITE, _READ, _LIST = 1 << 1, 1 << 2, 1 << 3
_REMOVE_FOLDER, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE_FOLDER, _MAKE_FILE = 1 << 7, 1 << 8
_TRUNCATE = 1 << 14
_OF_FILES = _WRITE | _READ | _TRUNCATE
_OWN = _OF_FILES | _LIST | _REMOVE_FOLDER | _REMOVE_FILE | _MAKE_FOLDER | _MAKE_FILE

_CONNECT_AND_BIND = 0b11
_SOCKETS_AND_SIGNALS = 0b11


def version(kernel: Kernel) -> int:
    """The version of Landlock that the kernel has; 0 if there is none, or it is switched off."""
    try:
        return kernel.syscall(_CREATE, None, 0, _VERSION)
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM):
            return 0
        raise


def restrict(
    kernel: Kernel, readable: Iterable[Path], used: Iterable[Path], own: Iterable[Path]
) -> None:
    """Give up all other files, for good. It binds threads that are started from now on.

    Args:
        kernel: Where to ask.
        readable: Files and folders that can be read, with all that is in them.
        used: Files that can be read and written.
        own: Folders in which files can be made, written and removed.

    Raises:
        OSError: The kernel refused.
    """
    abi = version(kernel)
    handled = _handled(abi)
    rules = kernel.syscall(_CREATE, *_ruleset(abi, handled), 0)
    try:
        for paths, rights in ((readable, _READ | _LIST), (used, _READ | _WRITE), (own, _OWN)):
            for path in paths:
                _allow(kernel, rules, path, rights & handled)
        kernel.syscall(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _handled(abi: int) -> int:
    """All file rights that this version of Landlock knows; each is refused unless allowed."""
    handled = (1 << 13) - 1
    for since, right in ((2, 1 << 13), (3, _TRUNCATE), (5, 1 << 15)):
        if abi >= since:
            handled |= right
    return handled


def _ruleset(abi: int, handled: int) -> tuple[bytes, int]:
    """The description of all that is refused, as long as this version reads it."""
    network = _CONNECT_AND_BIND if abi >= 4 else 0
    scoped = _SOCKETS_AND_SIGNALS if abi >= 6 else 0
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    return struct.pack("=QQQ", handled, network, scoped)[:size], size


def _allow(kernel: Kernel, rules: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # Nothing that is not there needs to be read.
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            rights &= _OF_FILES
        kernel.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", rights, opened), 0)
    finally:
        os.close(opened)
