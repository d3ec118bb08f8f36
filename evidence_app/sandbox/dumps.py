"""Prevents core dumps: texts and password of a case must not leave the memory."""

from __future__ import annotations

import logging
import sys

_LOG = logging.getLogger(__name__)
_PR_SET_DUMPABLE = 4
_NO_FAULT_BOX = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX."""


def forbid() -> None:
    """Let no crash write this process's memory to the disk, and no other program read it.

    On Linux a limit of 0 is not enough: a collector of crashes, to which the kernel pipes the
    memory, is not bound by it, but it gets nothing of a process that cannot be dumped.
    """
    try:
        _forbid()
    except OSError:
        _LOG.warning("a crash could write memory to the disk", exc_info=True)


def _forbid() -> None:
    if sys.platform == "win32":
        _no_error_reports()
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        from evidence_app.sandbox.kernel import RealKernel

        RealKernel().prctl(_PR_SET_DUMPABLE, 0)


if sys.platform == "win32":

    def _no_error_reports() -> None:
        """Keep the program out of Windows Error Reporting, which keeps memory of what crashed."""
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_FAULT_BOX)
        flag_no_heap, flag_disable = 0x1, 0x20
        result = ctypes.windll.wer.WerSetFlags(flag_no_heap | flag_disable)
        if result != 0:
            raise OSError(f"WerSetFlags: {result:#x}")
