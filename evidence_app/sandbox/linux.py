"""Closing off a process on Linux: rights, limits, Landlock and seccomp."""

from __future__ import annotations

import os
import resource
import signal
import struct
import sys
from collections.abc import Callable

from evidence_app.sandbox import landlock, seccomp
from evidence_app.sandbox.kernel import Kernel
from evidence_app.sandbox.protection import WHOLE, Gap, Protection, joined, lacking
from evidence_app.sandbox.room import Room

assert sys.platform == "linux"

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITIES_VERSION_3 = 0x20080522
_MOST_CAPABILITIES = 64
_MOST_DESCRIPTORS = 128
_NO_FILES = "Landlock is missing or switched off in this kernel"
_NO_CALLS = "seccomp is missing in this kernel, or the processor is none that we know"


def offered(kernel: Kernel) -> Protection:
    """What `confine` can reach on this system, without doing it."""
    files = WHOLE if landlock.version(kernel) else _no_landlock(_NO_FILES)
    calls = WHOLE if seccomp.is_available(kernel) else _no_seccomp(_NO_CALLS)
    return files.and_also(calls)


def confine(kernel: Kernel, room: Room) -> Protection:
    """Close this process off, for good; what the system refuses is told.

    It must have one thread only: Landlock binds this one and those that it starts.
    """
    return joined(
        (
            _step(lambda: _bind_to_parent(kernel), "the parent's end", Gap.ACTS),
            _step(lambda: _limit(room), "limits", Gap.ACTS),
            _step(lambda: _give_up_rights(kernel), "rights", Gap.ACTS),
            _restrict_files(kernel, room),
            _restrict_calls(kernel),
        )
    )


def _restrict_files(kernel: Kernel, room: Room) -> Protection:
    if not landlock.version(kernel):
        return _no_landlock(_NO_FILES)
    if kernel.threads() > 1:
        return _no_landlock("Landlock came too late: there are threads already")
    return _step(
        lambda: landlock.restrict(kernel, room.readable, room.used, [room.own]),
        "Landlock",
        Gap.READS_FILES,
        Gap.WRITES_FILES,
    )


def _restrict_calls(kernel: Kernel) -> Protection:
    if not seccomp.is_available(kernel):
        return _no_seccomp(_NO_CALLS)
    return _step(lambda: seccomp.restrict(kernel), "seccomp", Gap.ACTS)


def _no_landlock(reason: str) -> Protection:
    return lacking(reason, Gap.READS_FILES, Gap.WRITES_FILES)


def _no_seccomp(reason: str) -> Protection:
    return lacking(reason, Gap.ACTS)


def _step(do: Callable[[], None], step_name: str, *gaps: Gap) -> Protection:
    try:
        do()
    except OSError as error:
        return lacking(f"{step_name}: {error.strerror or error}", *gaps)
    return WHOLE


def _bind_to_parent(kernel: Kernel) -> None:
    """End with the program, and let nobody look into the memory or have it dumped."""
    kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(_PR_SET_DUMPABLE, 0)


def _limit(room: Room) -> None:
    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, room.memory),
        (resource.RLIMIT_FSIZE, room.largest_file),
        (resource.RLIMIT_NOFILE, _MOST_DESCRIPTORS),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    )
    for which, most in limits:
        _, highest = resource.getrlimit(which)
        most = most if highest == resource.RLIM_INFINITY else min(most, highest)
        resource.setrlimit(which, (most, most))


def _give_up_rights(kernel: Kernel) -> None:
    """No right of the administrator, even if it was started by one, and none by a program."""
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if os.geteuid() == 0:
        for capability in range(_MOST_CAPABILITIES):
            try:
                kernel.prctl(_PR_CAPBSET_DROP, capability)
            except OSError:
                break  # This kernel has no more of them.
    number = _CAPSET.get(kernel.machine())
    if number is not None:
        head = struct.pack("=Ii", _CAPABILITIES_VERSION_3, 0)
        kernel.syscall(number, head, struct.pack("=6I", *(0,) * 6))
