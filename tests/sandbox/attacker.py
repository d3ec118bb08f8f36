"""What code of an attacker tries that runs in a reading process; it is run there, by name.

Each function does one thing that it must not be able to, and raises if it is held back. ``targets``
says where the person's things are; of processes, only a stand-in for a victim is attacked.
"""

import ctypes
import mmap
import os
import platform
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

Targets = dict[str, Any]
ATTACKS: dict[str, Callable[[Targets], object]] = {}
LIBC = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"


def attack(function: Callable[[Targets], object]) -> Callable[[Targets], object]:
    ATTACKS[function.__name__] = function
    return function


def call(x86: int, arm: int, *arguments: Any) -> int:
    native = [
        ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments
    ]
    result = int(LIBC.syscall(ctypes.c_long(arm if ARM else x86), *native))
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def try_all(targets: Targets) -> dict[str, str]:
    """Try everything; what came of each: ``done``, or why not."""
    results = {}
    for name, function in ATTACKS.items():
        try:
            function(targets)
            results[name] = "done"
        except BaseException as error:
            results[name] = f"{type(error).__name__}: {error}"
    return results


@attack
def reads_the_signing_key(targets: Targets) -> None:
    Path(targets["key"]).read_bytes()


@attack
def reads_the_signing_key_in_a_new_thread(targets: Targets) -> None:
    key_bytes: list[bytes] = []
    thread = threading.Thread(
        target=lambda: key_bytes.append(os.read(os.open(targets["key"], 0), 9))
    )
    threading.excepthook = lambda args: None
    thread.start()
    thread.join()
    assert key_bytes


@attack
def finds_the_password(targets: Targets) -> None:
    assert targets["password"] in " ".join(os.environ.values())


@attack
def reads_the_environment_of_the_program(targets: Targets) -> None:
    assert Path(f"/proc/{targets['program']}/environ").read_bytes()


@attack
def reads_the_memory_of_the_program(targets: Targets) -> None:
    Path(f"/proc/{targets['program']}/mem").open("rb").close()


@attack
def sees_what_the_program_has_open(targets: Targets) -> None:
    os.listdir(f"/proc/{targets['program']}/fd")


@attack
def reads_the_command_of_the_program(targets: Targets) -> None:
    assert Path(f"/proc/{targets['program']}/cmdline").read_bytes()


@attack
def lists_processes(targets: Targets) -> None:
    os.listdir("/proc")


@attack
def writes_bashrc(targets: Targets) -> None:
    with Path(targets["home"], ".bashrc").open("a") as file:
        file.write("evil\n")


@attack
def adds_an_autostart(targets: Targets) -> None:
    Path(targets["home"], ".config", "evil.desktop").write_text("evil")


@attack
def lists_the_home_folder(targets: Targets) -> None:
    os.listdir(targets["home"])


@attack
def reads_the_secure_shell_key(targets: Targets) -> None:
    Path(targets["home"], ".ssh", "id_ed25519").read_bytes()


@attack
def opens_the_case(targets: Targets) -> None:
    Path(targets["case"]).read_bytes()


@attack
def appends_to_the_case(targets: Targets) -> None:
    with Path(targets["case"]).open("ab") as file:
        file.write(b"evil")


@attack
def empties_the_case(targets: Targets) -> None:
    os.truncate(targets["spare"], 0)


@attack
def removes_a_file(targets: Targets) -> None:
    os.unlink(targets["removable"])


@attack
def renames_a_file(targets: Targets) -> None:
    os.rename(targets["renamable"], targets["renamable"] + ".evil")


@attack
def links_a_file_into_its_folder(targets: Targets) -> None:
    os.link(targets["case"], "linked")


@attack
def plants_a_symbolic_link(targets: Targets) -> None:
    os.symlink(targets["key"], "planted")


@attack
def makes_a_pipe_with_a_name(targets: Targets) -> None:
    os.mkfifo("fifo")


@attack
def writes_to_the_folder_of_the_system(targets: Targets) -> None:
    Path("/tmp", f"evidence-evil-{targets['program']}").write_text("evil")


@attack
def writes_shared_memory(targets: Targets) -> None:
    Path("/dev/shm", f"evidence-evil-{targets['program']}").write_text("evil")


@attack
def reads_who_has_accounts(targets: Targets) -> None:
    Path("/etc/passwd").read_text()


@attack
def changes_times(targets: Targets) -> None:
    os.utime(targets["spare"], (0, 0))


@attack
def changes_permissions(targets: Targets) -> None:
    os.chmod(targets["spare"], 0o666)


@attack
def changes_the_owner(targets: Targets) -> None:
    os.chown(targets["spare"], os.getuid(), os.getgid())


@attack
def writes_an_attribute(targets: Targets) -> None:
    os.setxattr(targets["spare"], "user.evil", b"1")


@attack
def reads_attributes(targets: Targets) -> None:
    os.listxattr(targets["spare"])


@attack
def watches_a_folder(targets: Targets) -> None:
    watch = call(294, 26, 0)
    call(254, 27, watch, targets["home"].encode(), 0x2)


@attack
def connects_by_tcp(targets: Targets) -> None:
    socket.create_connection(("127.0.0.1", targets["tcp"]), 2).close()


@attack
def sends_by_udp(targets: Targets) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"evil", ("127.0.0.1", 9))


@attack
def listens(targets: Targets) -> None:
    socket.create_server(("127.0.0.1", 0)).close()


@attack
def connects_by_a_unix_socket(targets: Targets) -> None:
    socket.socket(socket.AF_UNIX).connect(targets["unix"])


@attack
def connects_by_an_abstract_socket(targets: Targets) -> None:
    socket.socket(socket.AF_UNIX).connect("\0" + targets["abstract"])


@attack
def makes_a_pair_of_sockets(targets: Targets) -> None:
    socket.socketpair()


@attack
def asks_the_kernel_by_netlink(targets: Targets) -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)


@attack
def runs_a_program(targets: Targets) -> None:
    subprocess.run(["/bin/true"], check=True)


@attack
def replaces_itself(targets: Targets) -> None:
    if targets["confined"]:  # Where it succeeds, nobody is left to tell.
        os.execv("/bin/true", ["true"])


@attack
def runs_a_program_from_memory(targets: Targets) -> None:
    memory = os.memfd_create("evil")
    os.write(memory, Path("/bin/true").read_bytes())
    assert subprocess.run([f"/proc/self/fd/{memory}"], pass_fds=[memory]).returncode == 0


@attack
def forks(targets: Targets) -> None:
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attack
def forks_by_the_newest_call(targets: Targets) -> None:
    arguments = struct.pack("=11Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0, 0, 0, 0)
    if (pid := call(435, 435, arguments, len(arguments))) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attack
def makes_a_user_namespace(targets: Targets) -> None:
    if targets["confined"]:
        call(272, 97, 0x10000000)


@attack
def makes_a_process_in_a_user_namespace(targets: Targets) -> None:
    if (pid := call(56, 220, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attack
def fills_the_disk_with_one_file(targets: Targets) -> None:
    with Path("huge").open("wb") as file:
        file.truncate(21 << 30)


@attack
def kills(targets: Targets) -> None:
    os.kill(targets["victim"], signal.SIGURG)


@attack
def kills_one_thread(targets: Targets) -> None:
    call(234, 131, targets["victim"], targets["victim"], signal.SIGURG)


@attack
def kills_by_the_old_call(targets: Targets) -> None:
    call(200, 130, targets["victim"], signal.SIGURG)


@attack
def kills_everybody(targets: Targets) -> None:
    os.kill(-1, 0)


@attack
def kills_by_a_queue(targets: Targets) -> None:
    information = struct.pack("=iiiiii", signal.SIGURG, 0, -1, 0, os.getpid(), os.getuid())
    call(129, 138, targets["victim"], signal.SIGURG, information.ljust(128, b"\0"))


@attack
def kills_by_a_handle(targets: Targets) -> None:
    handle = call(434, 434, targets["victim"], 0)
    call(424, 424, handle, signal.SIGURG, None, 0)


@attack
def kills_by_a_pipe(targets: Targets) -> None:
    import fcntl

    end, _ = os.pipe()
    fcntl.fcntl(end, 10, signal.SIGURG)
    fcntl.fcntl(end, fcntl.F_SETOWN, targets["victim"])


@attack
def kills_by_a_limit(targets: Targets) -> None:
    limit = struct.pack("=QQ", 1 << 40, 1 << 40)
    call(302, 261, targets["victim"], resource.RLIMIT_CPU, limit, None)


@attack
def slows_down(targets: Targets) -> None:
    os.setpriority(os.PRIO_PROCESS, targets["victim"], 19)


@attack
def takes_the_processors_away(targets: Targets) -> None:
    os.sched_setaffinity(targets["victim"], {0})


@attack
def traces(targets: Targets) -> None:
    call(101, 117, 0x4206, targets["victim"], 0, 0)


@attack
def reads_memory_of_another(targets: Targets) -> None:
    buffer = ctypes.create_string_buffer(8)
    local = struct.pack("=QQ", ctypes.addressof(buffer), 8)
    remote = struct.pack("=QQ", targets["address"], 8)
    call(310, 270, targets["victim"], local, 1, remote, 1, 0)


@attack
def takes_a_descriptor_of_another(targets: Targets) -> None:
    call(438, 438, call(434, 434, targets["victim"], 0), 0, 0)


@attack
def has_inherited_a_descriptor(targets: Targets) -> None:
    assert (
        targets["descriptor"] != "" and os.fstat(targets["descriptor"]).st_ino == targets["inode"]
    )


@attack
def uses_a_ring(targets: Targets) -> None:
    call(425, 425, 4, ctypes.create_string_buffer(120))


@attack
def loads_a_program_into_the_kernel(targets: Targets) -> None:
    call(321, 280, 0, ctypes.create_string_buffer(72), 72)


@attack
def measures_others(targets: Targets) -> None:
    attributes = struct.pack("=IIQ", 1, 128, 0).ljust(128, b"\0")
    call(298, 241, attributes, targets["victim"], -1, -1, 0)


@attack
def handles_page_faults(targets: Targets) -> None:
    call(323, 282, 1)


@attack
def uses_shared_memory_of_old(targets: Targets) -> None:
    LIBC.shmctl(call(29, 194, 0, 4096, 0o1600), 0, None)


@attack
def uses_a_message_queue(targets: Targets) -> None:
    LIBC.msgctl(call(68, 186, 0, 0o1600), 0, None)


@attack
def reads_keys_of_the_session(targets: Targets) -> None:
    call(250, 219, 0, -3, 1)


@attack
def opens_files_by_number(targets: Targets) -> None:
    handle = struct.pack("=Ii", 120, 0).ljust(128, b"\0")
    call(303, 264, -100, targets["case"].encode(), handle, ctypes.create_string_buffer(8), 0)


@attack
def mounts(targets: Targets) -> None:
    call(428, 428, -100, b"/", 1)


@attack
def changes_its_root(targets: Targets) -> None:
    if targets["confined"]:
        os.chroot(".")


@attack
def opens_a_terminal(targets: Targets) -> None:
    for name in ("/dev/ptmx", "/dev/tty", "/dev/console"):
        try:
            os.close(os.open(name, os.O_RDWR | os.O_NOCTTY))
            return
        except OSError:
            continue
    raise OSError("none")


@attack
def types_into_a_terminal(targets: Targets) -> None:
    import errno
    import fcntl

    try:
        fcntl.ioctl(0, 0x5412, b"x")
    except OSError as error:
        # That it is no terminal is no refusal.
        if error.errno != errno.ENOTTY:
            raise


@attack
def raises_its_limits(targets: Targets) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 15, 1 << 15))


@attack
def outlives_the_program(targets: Targets) -> None:
    call(157, 167, 1, 0, 0, 0, 0)


@attack
def becomes_dumpable(targets: Targets) -> None:
    call(157, 167, 4, 1, 0, 0, 0)


@attack
def has_a_right_of_the_administrator(targets: Targets) -> None:
    status = Path("/proc/self/status").read_text() if not targets["confined"] else ""
    head, data = struct.pack("=Ii", 0x20080522, 0), ctypes.create_string_buffer(24)
    call(125, 90, head, data)
    assert any(data.raw) or "CapEff" in status


@attack
def uses_numbers_of_another_architecture(targets: Targets) -> None:
    call(39 | 0x40000000, 172 | 0x40000000)


@attack
def uses_a_call_that_nobody_judged(targets: Targets) -> None:
    buffer = ctypes.create_string_buffer(64)
    call(459, 459, 100, buffer, ctypes.byref(ctypes.c_uint32(64)), 0)  # lsm_get_self_attr
    raise OSError("no answer")


@attack
def maps_a_device(targets: Targets) -> None:
    mmap.mmap(os.open("/dev/mem", os.O_RDONLY), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ)


def main(arguments: list[str]) -> None:
    """Be the reading process in which the code of a reader was taken over."""
    from evidence_app.intake.process import worker
    from evidence_app.sandbox import frames, inside
    from evidence_app.sandbox.protection import WHOLE

    if "unconfined" in arguments:
        inside.confine = lambda room: WHOLE  # type: ignore[assignment]

    def serve(request: Targets, stream: object, companions: object, outlet: Any) -> None:
        frames.write_frame(outlet, try_all(request["targets"]))

    worker._serve = serve  # type: ignore[assignment]
    worker.main()


if __name__ == "__main__":
    main(sys.argv[1:])
