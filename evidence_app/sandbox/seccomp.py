"""seccomp: the kernel refuses the calls that a process which only decodes never needs.

What is refused is a list, and what is not in it is allowed. A list of allowed calls would be
stricter, but depends on the C library, its version, the processor and each decoder: it breaks
reading where we never tried it, and is then switched off. So that the list of refused calls can
be complete, every number beyond those that we judged is refused too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence

from evidence_app.sandbox import syscalls
from evidence_app.sandbox.kernel import Kernel

_SECCOMP = {"x86_64": 317, "aarch64": 277}
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SET_FILTER, _IS_AVAILABLE = 1, 2
_ALL_THREADS = 1
_X32 = 0x40000000

_KILL, _ALLOW, _ERROR = 0x80000000, 0x7FFF0000, 0x00050000

_THREAD = 0x00010000
_NAMESPACES_AND_TRACING = 0x7E020000 | 0x00000080 | 0x00002000 | 0x00800000
_HARMLESS_IOCTLS = (0x5401, 0x5413, 0x5421, 0x541B, 0x5450, 0x5451)
"""TCGETS, TIOCGWINSZ, FIONBIO, FIONREAD, FIONCLEX, FIOCLEX: all that libraries need."""

_SIGNALLING_FCNTLS = (8, 15, 10, 1024, 1026)
"""F_SETOWN, F_SETOWN_EX, F_SETSIG, F_SETLEASE, F_NOTIFY: with them the kernel sends a signal
of choice to a process of choice, holds others up, or tells what they do."""

_UNDOING_PRCTLS = (1, 4, 62, 0x59616D61)
"""PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SCHED_CORE, PR_SET_PTRACER."""

Instruction = tuple[int, int, int, int]


def is_available(kernel: Kernel) -> bool:
    """Whether the kernel takes filters, on a processor whose numbers we know."""
    number = _SECCOMP.get(kernel.machine())
    if number is None:
        return False
    try:
        kernel.syscall(number, _IS_AVAILABLE, 0, struct.pack("=I", _ERROR))
    except OSError:
        return False
    return True


def restrict(kernel: Kernel) -> None:
    """Refuse the calls for good, in all threads; ``no_new_privs`` must be set.

    Raises:
        OSError: The kernel refused.
        KeyError: The processor is none whose numbers we know.
    """
    machine = kernel.machine()
    code = b"".join(
        struct.pack("=HBBI", *instruction) for instruction in program(machine, os.getpid())
    )
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    kernel.syscall(_SECCOMP[machine], _SET_FILTER, _ALL_THREADS, head)


def program(machine: str, own_pid: int) -> list[Instruction]:
    """The filter, in instructions of classic BPF.

    Args:
        machine: ``x86_64`` or ``aarch64``.
        own_pid: The only process to which it may send signals.
    """
    column = list(_ARCHITECTURES).index(machine)
    instructions = [
        *_load(4),
        *_unless_equal(_ARCHITECTURES[machine], _KILL),
        *_load(0),
        *_from(_X32, _error(errno.EPERM)),
        *_from(syscalls.LAST_KNOWN + 1, _error(errno.ENOSYS)),
    ]
    for group, error in _REFUSED:
        for numbers in group.values():
            if (number := numbers[column]) is not None:
                instructions += _if_equal(number, [_return(_error(error))])
    for name, judgement in _judgements(own_pid).items():
        if (number := syscalls.CONDITIONAL[name][column]) is not None:
            instructions += _if_equal(number, judgement)
    return [*instructions, _return(_ALLOW)]


_REFUSED = (
    (syscalls.CONNECTIONS, errno.EPERM),
    (syscalls.PROGRAMS, errno.EPERM),
    (syscalls.SHARED, errno.EPERM),
    (syscalls.FILES, errno.EPERM),
    (syscalls.ATTRIBUTES, errno.EOPNOTSUPP),
    (syscalls.SYSTEM, errno.EPERM),
    (syscalls.RINGS, errno.ENOSYS),
)


def _judgements(own_pid: int) -> dict[str, list[Instruction]]:
    """What is returned for calls whose arguments matter."""
    allow, refuse = _return(_ALLOW), _return(_error(errno.EPERM))
    only_self = [*_argument(0), *_if_equal(own_pid, [allow]), refuse]
    return {
        # A new thread is allowed, a new process is not.
        "clone": [
            *_argument(0),
            *_if_any(_NAMESPACES_AND_TRACING, [refuse]),
            *_if_any(_THREAD, [allow]),
            refuse,
        ],
        "kill": only_self,
        "tgkill": only_self,
        "prlimit64": [*_argument(0), *_if_equal(0, [allow]), *only_self],
        "ioctl": [*_argument(1), *_any_of(_HARMLESS_IOCTLS, [allow]), refuse],
        "fcntl": [*_argument(1), *_any_of(_SIGNALLING_FCNTLS, [refuse]), allow],
        "prctl": [*_argument(0), *_any_of(_UNDOING_PRCTLS, [refuse]), allow],
        "open": _no_emptying(1),
        "openat": _no_emptying(2),
    }


def _no_emptying(argument: int) -> list[Instruction]:
    """Landlock before version 3 lets a file that can only be read be emptied as it is opened."""
    allow, refuse = _return(_ALLOW), _return(_error(errno.EPERM))
    return [
        *_argument(argument),
        *_if_any(os.O_WRONLY | os.O_RDWR, [allow]),
        *_if_any(os.O_TRUNC, [refuse]),
        allow,
    ]


def _load(offset: int) -> list[Instruction]:
    return [(0x20, 0, 0, offset)]


def _argument(number: int) -> list[Instruction]:
    """The lower half of an argument: all that the kernel looks at in these calls."""
    return _load(16 + 8 * number)


def _return(value: int) -> Instruction:
    return (0x06, 0, 0, value)


def _error(number: int) -> int:
    return _ERROR | number


def _if_equal(value: int, then: Sequence[Instruction]) -> list[Instruction]:
    return [(0x15, 0, len(then), value), *then]


def _unless_equal(value: int, returned: int) -> list[Instruction]:
    return [(0x15, 1, 0, value), _return(returned)]


def _from(least: int, returned: int) -> list[Instruction]:
    return [(0x35, 0, 1, least), _return(returned)]


def _if_any(bits: int, then: Sequence[Instruction]) -> list[Instruction]:
    return [(0x45, 0, len(then), bits), *then]


def _any_of(values: Sequence[int], then: Sequence[Instruction]) -> list[Instruction]:
    return [instruction for value in values for instruction in _if_equal(value, then)]
