"""Calls into the Linux kernel that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import platform
from pathlib import Path
from typing import Protocol


class Kernel(Protocol):
    """What is asked of the kernel; tests answer in its place."""

    def syscall(self, number: int, *arguments: int | bytes | None) -> int:
        """Do a system call; returns what it returned.

        Raises:
            OSError: It failed.
        """
        ...

    def prctl(self, option: int, value: int, more: int = 0) -> int:
        """Change or ask a property of this process.

        Raises:
            OSError: It failed.
        """
        ...

    def machine(self) -> str:
        """The architecture, as ``uname -m`` says it."""
        ...

    def threads(self) -> int:
        """How many threads this process has."""
        ...


class RealKernel:
    """The kernel that runs here."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None, use_errno=True)
        self._library.syscall.restype = ctypes.c_long

    def syscall(self, number: int, *arguments: int | bytes | None) -> int:
        """See `Kernel`."""
        native = [
            ctypes.c_long(argument) if isinstance(argument, int) else ctypes.c_char_p(argument)
            for argument in arguments
        ]
        return _checked(self._library.syscall(ctypes.c_long(number), *native))

    def prctl(self, option: int, value: int, more: int = 0) -> int:
        """See `Kernel`."""
        wide = [ctypes.c_ulong(number) for number in (value, more, 0, 0)]
        return _checked(self._library.prctl(ctypes.c_int(option), *wide))

    def machine(self) -> str:
        """See `Kernel`."""
        return platform.machine()

    def threads(self) -> int:
        """See `Kernel`."""
        return len(list(Path("/proc/self/task").iterdir()))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
