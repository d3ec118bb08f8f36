"""Closing off a process on Windows; never tried by us on a real machine.

A job ends the process with the program, lets it start no other, and bounds its memory. At the
lowest level of integrity it can change nothing of the person's, but still read it.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

from evidence_app.sandbox.protection import WHOLE, Gap, Protection, lacking

_REASON = "on Windows files can still be read, and nothing of it was tried on a real machine"

_LIMITS = 0x8 | 0x100 | 0x400 | 0x2000
"""Of a job: number of processes, memory of each, no box when one crashes, end with the job."""

_NO_WINDOWS_WORK = 0xFF
"""All JOB_OBJECT_UILIMITS: no clipboard, no windows or handles of others, no end of the session."""

_EXTENDED, _UI = 9, 4
_LABEL_OF_FILES, _FILE_OBJECT = 0x10, 1
_TOKEN_QUERY_AND_ADJUST = 0x8 | 0x80
_TOKEN_INTEGRITY, _IS_INTEGRITY = 25, 0x20
_LOW = "S-1-16-4096"
_LOW_FOLDER = "S:(ML;OICI;NW;;;LW)"


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class _Label(ctypes.Structure):
    _fields_ = (("sid", ctypes.c_void_p), ("attributes", ctypes.c_uint32))


def limits(memory: int) -> ExtendedLimits:
    """What a job of one process may use.

    Args:
        memory: Bytes.
    """
    extended = ExtendedLimits()
    extended.basic.flags = _LIMITS
    extended.basic.processes = 1
    extended.process_memory = memory
    return extended


def offered() -> Protection:
    """What `confine` can reach."""
    return lacking(_REASON, Gap.READS_FILES, Gap.ACTS, Gap.UNTRIED)


if sys.platform == "win32":

    def hold(process: Any, memory: int) -> int:
        """Put a process into a job of its own; closing the job's handle ends it.

        Args:
            process: A `subprocess.Popen`, which keeps the handle that it started it with.
            memory: Bytes that it may use.

        Raises:
            OSError: The system refused.
        """
        kernel32 = _library("kernel32")
        job = int(_checked(kernel32.CreateJobObjectW(None, None)))
        limited, ui = limits(memory), ctypes.c_uint32(_NO_WINDOWS_WORK)
        for kind, value in ((_EXTENDED, limited), (_UI, ui)):
            handle, size = ctypes.c_void_p(job), ctypes.sizeof(value)
            _checked(kernel32.SetInformationJobObject(handle, kind, ctypes.byref(value), size))
        process_handle = ctypes.c_void_p(int(process._handle))  # noqa: SLF001 - there is no other.
        _checked(kernel32.AssignProcessToJobObject(ctypes.c_void_p(job), process_handle))
        return job

    def release(job: int) -> None:
        """End what is in a job."""
        _library("kernel32").CloseHandle(ctypes.c_void_p(job))

    def confine(own: Path) -> Protection:
        """Give up the right to change anything outside of a folder."""
        try:
            _let_low_write(own)
            _become_low()
        except OSError as error:
            return offered().and_also(lacking(f"integrity: {error}", Gap.WRITES_FILES))
        return offered().and_also(WHOLE)

    def _let_low_write(folder: Path) -> None:
        advapi32, descriptor = _library("advapi32"), ctypes.c_void_p()
        convert = advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW
        _checked(convert(_LOW_FOLDER, 1, ctypes.byref(descriptor), None))
        label, present, usual = ctypes.c_void_p(), ctypes.c_int(), ctypes.c_int()
        results = ctypes.byref(present), ctypes.byref(label), ctypes.byref(usual)
        _checked(advapi32.GetSecurityDescriptorSacl(descriptor, *results))
        error = advapi32.SetNamedSecurityInfoW(
            str(folder), _FILE_OBJECT, _LABEL_OF_FILES, None, None, None, label
        )
        if error:
            raise ctypes.WinError(error)

    def _become_low() -> None:
        advapi32, token = _library("advapi32"), ctypes.c_void_p()
        me = ctypes.c_void_p(-1)
        _checked(advapi32.OpenProcessToken(me, _TOKEN_QUERY_AND_ADJUST, ctypes.byref(token)))
        sid = ctypes.c_void_p()
        _checked(advapi32.ConvertStringSidToSidW(_LOW, ctypes.byref(sid)))
        label = _Label(sid, _IS_INTEGRITY)
        size = ctypes.sizeof(label) + int(advapi32.GetLengthSid(sid))
        label_arguments = _TOKEN_INTEGRITY, ctypes.byref(label), size
        _checked(advapi32.SetTokenInformation(token, *label_arguments))

    def _library(name: str) -> Any:
        return ctypes.WinDLL(name, use_last_error=True)

    def _checked(result: Any) -> Any:
        if not result:
            raise ctypes.WinError(ctypes.get_last_error())
        return result
