"""What is done to a process on kernels and processors that are not this one."""

import errno
import os
import platform
import resource
import struct
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("of Linux", allow_module_level=True)

from evidence_app.sandbox import landlock, linux, seccomp, syscalls
from evidence_app.sandbox.protection import WHOLE, Gap
from evidence_app.sandbox.room import Room

ALLOW, KILL = 0x7FFF0000, 0x80000000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ME = 4711
FILES = frozenset({Gap.READS_FILES, Gap.WRITES_FILES})


class Scripted:
    """A kernel that answers as it is told to, and notes what it is asked."""

    def __init__(
        self, abi: int = 7, refuses: dict[int, int] | None = None, machine: str = "x86_64"
    ):
        self.abi = abi
        self.refuses = refuses or {}
        self.asked: list[tuple[int, tuple[object, ...]]] = []
        self.options: list[tuple[int, int]] = []
        self.count = 1
        self._machine = machine

    def machine(self) -> str:
        return self._machine

    def threads(self) -> int:
        return self.count

    def syscall(self, number: int, *arguments: int | bytes | None) -> int:
        self.asked.append((number, arguments))
        if number in self.refuses:
            raise OSError(self.refuses[number], os.strerror(self.refuses[number]))
        if number == 444:
            return self.abi if arguments[0] is None else os.open(os.devnull, os.O_RDONLY)
        return 0

    def prctl(self, option: int, value: int, more: int = 0) -> int:
        self.options.append((option, value))
        if option in self.refuses:
            raise OSError(self.refuses[option], os.strerror(self.refuses[option]))
        if option == 24 and value > 40:
            raise OSError(errno.EINVAL, "no such capability")
        return 0


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A room for a process that is not really limited: this one."""
    monkeypatch.setattr(resource, "setrlimit", lambda which, most: None)
    return Room(tmp_path, 1 << 30, (Path("/usr/lib"), tmp_path / "missing"))


def test_everything_is_offered_and_done_on_a_new_kernel(room: Room) -> None:
    for machine in ARCHITECTURES:
        kernel = Scripted(machine=machine)
        assert linux.offered(kernel) == WHOLE
        assert linux.confine(kernel, room) == WHOLE
        assert (38, 1) in kernel.options
        assert (4, 0) in kernel.options
        assert (1, 9) in kernel.options


@pytest.mark.parametrize(
    ("kernel", "gaps"),
    [
        (Scripted(refuses={444: errno.ENOSYS}), FILES),
        (Scripted(refuses={444: errno.EOPNOTSUPP}), FILES),
        (Scripted(refuses={444: errno.EPERM}), FILES),
        (Scripted(refuses={317: errno.EINVAL}), {Gap.ACTS}),
        (Scripted(refuses={317: errno.ENOSYS}), {Gap.ACTS}),
        (Scripted(machine="riscv64"), {Gap.ACTS}),
        (Scripted(refuses={444: errno.ENOSYS}, machine="armv7l"), FILES | {Gap.ACTS}),
    ],
)
def test_what_the_kernel_lacks_is_told_before_and_after(
    kernel: Scripted, gaps: set[Gap], room: Room
) -> None:
    assert linux.offered(kernel).gaps == gaps
    done = linux.confine(kernel, room)
    assert done.gaps == gaps
    assert done.reasons


@pytest.mark.parametrize(
    ("refused", "gap"),
    [(446, Gap.READS_FILES), (445, Gap.READS_FILES), (38, Gap.ACTS), (1, Gap.ACTS)],
)
def test_what_the_kernel_refuses_in_the_end_is_told(refused: int, gap: Gap, room: Room) -> None:
    done = linux.confine(Scripted(refuses={refused: errno.EPERM}), room)
    assert gap in done.gaps
    assert any("not permitted" in reason for reason in done.reasons)


def test_landlock_that_would_miss_a_thread_is_told(room: Room) -> None:
    kernel = Scripted()
    kernel.count = 2
    assert linux.confine(kernel, room).gaps == FILES


@pytest.mark.parametrize(
    ("abi", "size", "truncates"),
    [
        (1, 8, False),
        (2, 8, False),
        (3, 8, True),
        (4, 16, True),
        (5, 16, True),
        (6, 24, True),
        (9, 24, True),
    ],
)
def test_each_version_of_landlock_is_asked_for_what_it_knows(
    abi: int, size: int, truncates: bool, tmp_path: Path
) -> None:
    kernel = Scripted(abi)
    landlock.restrict(kernel, [Path("/usr/lib")], [Path("/dev/null")], [tmp_path])
    [described] = [
        arguments[0] for number, arguments in kernel.asked if number == 444 and arguments[0]
    ]
    assert isinstance(described, bytes)
    assert len(described) == size
    fields = struct.unpack(f"={size // 8}Q", described)
    assert bool(fields[0] & 1 << 14) is truncates
    assert fields[0] & 0x1FFF == 0x1FFF
    assert all(field == 3 for field in fields[1:])
    rules = [arguments[2] for number, arguments in kernel.asked if number == 445]
    library, device, own = (struct.unpack("=Qi", rule)[0] for rule in rules)  # type: ignore[arg-type]
    assert library == 0b1100
    assert device == 0b0110
    # It makes no links, pipes, sockets or devices, runs nothing, and moves nothing elsewhere.
    assert own & ~(1 << 14) == 0b1_1011_1110
    assert own & ~fields[0] == 0


def run(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the filter returns for a call: classic BPF, as ``seccomp(2)`` runs it."""
    data = [number, architecture or ARCHITECTURES[machine], 0, 0]
    for argument in (*arguments, *(0,) * (6 - len(arguments))):
        data += [argument & 0xFFFFFFFF, argument >> 32 & 0xFFFFFFFF]
    program = seccomp.program(machine, ME)
    assert len(program) < 4096
    at = accumulator = 0
    while True:
        code, if_true, if_false, value = program[at]
        match code:
            case 0x20:
                accumulator = data[value // 4]
                at += 1
                continue
            case 0x06:
                return value
            case 0x15:
                holds = accumulator == value
            case 0x35:
                holds = accumulator >= value
            case 0x45:
                holds = bool(accumulator & value)
            case _:
                raise AssertionError(code)
        at += 1 + (if_true if holds else if_false)


def refused(error: int) -> int:
    return 0x50000 | error


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_listed_calls_are_refused_and_others_are_not(machine: str) -> None:
    column = list(ARCHITECTURES).index(machine)
    groups = {
        errno.EPERM: (
            syscalls.CONNECTIONS,
            syscalls.PROGRAMS,
            syscalls.SHARED,
            syscalls.FILES,
            syscalls.SYSTEM,
        ),
        errno.EOPNOTSUPP: (syscalls.ATTRIBUTES,),
        errno.ENOSYS: (syscalls.RINGS,),
    }
    listed = set()
    for error, named in groups.items():
        for group in named:
            for name, numbers in group.items():
                if (number := numbers[column]) is not None:
                    listed.add(number)
                    assert run(machine, number) == refused(error), name
    listed |= {n for numbers in syscalls.CONDITIONAL.values() if (n := numbers[column]) is not None}
    for number in range(syscalls.LAST_KNOWN + 1):
        if number not in listed:
            assert run(machine, number) == ALLOW
    for number in (451, 470, 511, 547, 1 << 20):
        assert run(machine, number) == refused(errno.ENOSYS)
    assert run(machine, 0x40000000 | 39) == refused(errno.EPERM)
    for other in (0x40000003, 0x40000028, 0xC00000F3):
        assert run(machine, 0, architecture=other) == KILL


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_calls_are_judged_by_their_arguments(machine: str) -> None:
    column = list(ARCHITECTURES).index(machine)

    def judged(name: str, *arguments: int) -> bool:
        number = syscalls.CONDITIONAL[name][column]
        assert number is not None
        verdict = run(machine, number, *arguments)
        assert verdict in (ALLOW, refused(errno.EPERM))
        return verdict == ALLOW

    thread = 0x3D0F00
    assert judged("clone", thread)
    for process in (17, 0x1200011, 0x4111, thread | 0x10000000, thread | 0x40000000):
        assert not judged("clone", process)
    for name in ("kill", "tgkill"):
        assert judged(name, ME, ME, 6)
        for other in (0, 1, ME + 1, 0xFFFFFFFF, -1):
            assert not judged(name, other, other, 9)
    assert judged("prlimit64", 0) and judged("prlimit64", ME) and not judged("prlimit64", 1)
    assert judged("ioctl", 0, 0x5401) and judged("ioctl", 0, 0x5451)
    for evil in (0x5412, 0x541C, 0x8901, 0x40086602, 0x5412 | 1 << 32):
        assert not judged("ioctl", 0, evil)
    assert judged("fcntl", 0, 3) and judged("fcntl", 0, 1030)
    for evil in (8, 15, 10, 1024, 1026):
        assert not judged("fcntl", 0, evil)
    assert judged("prctl", 15) and not judged("prctl", 4) and not judged("prctl", 1)
    opening = [("openat", (0, 0))] + ([("open", (0,))] if machine == "x86_64" else [])
    for name, before in opening:
        assert judged(name, *before, os.O_RDONLY | os.O_CLOEXEC)
        assert judged(name, *before, os.O_WRONLY | os.O_TRUNC | os.O_CREAT)
        assert judged(name, *before, os.O_RDWR | os.O_TRUNC)
        assert not judged(name, *before, os.O_RDONLY | os.O_TRUNC)


def test_no_number_is_named_twice() -> None:
    groups = (
        syscalls.CONNECTIONS, syscalls.PROGRAMS, syscalls.SHARED, syscalls.FILES,
        syscalls.ATTRIBUTES, syscalls.SYSTEM, syscalls.RINGS, syscalls.CONDITIONAL,
    )  # fmt: skip
    for column in range(2):
        numbers = [
            row[column] for group in groups for row in group.values() if row[column] is not None
        ]
        assert len(numbers) == len(set(numbers))


def test_this_system_offers_what_it_then_does() -> None:
    from evidence_app.sandbox import inside
    from evidence_app.sandbox.kernel import RealKernel

    assert inside.offered() == linux.offered(RealKernel())
    assert RealKernel().machine() == platform.machine()
