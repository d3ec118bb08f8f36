"""What code of an attacker tries that runs in a reading process; it is run there, by name.

Each function does one thing that it must not be able to, and raises if it is held back. ``told``
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

Told = dict[str, Any]
ATTACKS: dict[str, Callable[[Told], object]] = {}
LIBC = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"


def attack(function: Callable[[Told], object]) -> Callable[[Told], object]:
    ATTACKS[function.__name__] = function
    return function


def call(x86: int, arm: int, *arguments: Any) -> int:
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result = int(LIBC.syscall(ctypes.c_long(arm if ARM else x86), *given))
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def try_all(told: Told) -> dict[str, str]:
    """Try everything; what came of each: ``done``, or why not."""
    found = {}
    for name, function in ATTACKS.items():
        try:
            function(told)
            found[name] = "done"
        except BaseException as error:
            found[name] = f"{type(error).__name__}: {error}"
    return found


@attack
def reads_the_signing_key(told: Told) -> None:
    Path(told["key"]).read_bytes()


@attack
def reads_the_signing_key_in_a_new_thread(told: Told) -> None:
    found: list[bytes] = []
    thread = threading.Thread(target=lambda: found.append(os.read(os.open(told["key"], 0), 9)))
    threading.excepthook = lambda args: None
    thread.start()
    thread.join()
    assert found


@attack
def finds_the_password(told: Told) -> None:
    assert told["password"] in " ".join(os.environ.values())


@attack
def reads_the_environment_of_the_program(told: Told) -> None:
    assert Path(f"/proc/{told['program']}/environ").read_bytes()


@attack
def reads_the_memory_of_the_program(told: Told) -> None:
    Path(f"/proc/{told['program']}/mem").open("rb").close()


@attack
def sees_what_the_program_has_open(told: Told) -> None:
    os.listdir(f"/proc/{told['program']}/fd")


@attack
def reads_the_command_of_the_program(told: Told) -> None:
    assert Path(f"/proc/{told['program']}/cmdline").read_bytes()


@attack
def lists_processes(told: Told) -> None:
    os.listdir("/proc")


@attack
def writes_bashrc(told: Told) -> None:
    with Path(told["home"], ".bashrc").open("a") as file:
        file.write("evil\n")


@attack
def adds_an_autostart(told: Told) -> None:
    Path(told["home"], ".config", "evil.desktop").write_text("evil")


@attack
def lists_the_home_folder(told: Told) -> None:
    os.listdir(told["home"])


@attack
def reads_the_secure_shell_key(told: Told) -> None:
    Path(told["home"], ".ssh", "id_ed25519").read_bytes()


@attack
def opens_the_case(told: Told) -> None:
    Path(told["case"]).read_bytes()


@attack
def appends_to_the_case(told: Told) -> None:
    with Path(told["case"]).open("ab") as file:
        file.write(b"evil")


@attack
def empties_the_case(told: Told) -> None:
    os.truncate(told["spare"], 0)


@attack
def removes_a_file(told: Told) -> None:
    os.unlink(told["removable"])


@attack
def renames_a_file(told: Told) -> None:
    os.rename(told["renamable"], told["renamable"] + ".evil")


@attack
def links_a_file_into_its_folder(told: Told) -> None:
    os.link(told["case"], "linked")


@attack
def plants_a_symbolic_link(told: Told) -> None:
    os.symlink(told["key"], "planted")


@attack
def makes_a_pipe_with_a_name(told: Told) -> None:
    os.mkfifo("fifo")


@attack
def writes_to_the_folder_of_the_system(told: Told) -> None:
    Path("/tmp", f"evidence-evil-{told['program']}").write_text("evil")


@attack
def writes_shared_memory(told: Told) -> None:
    Path("/dev/shm", f"evidence-evil-{told['program']}").write_text("evil")


@attack
def reads_who_has_accounts(told: Told) -> None:
    Path("/etc/passwd").read_text()


@attack
def changes_times(told: Told) -> None:
    os.utime(told["spare"], (0, 0))


@attack
def changes_permissions(told: Told) -> None:
    os.chmod(told["spare"], 0o666)


@attack
def changes_the_owner(told: Told) -> None:
    os.chown(told["spare"], os.getuid(), os.getgid())


@attack
def writes_an_attribute(told: Told) -> None:
    os.setxattr(told["spare"], "user.evil", b"1")


@attack
def reads_attributes(told: Told) -> None:
    os.listxattr(told["spare"])


@attack
def watches_a_folder(told: Told) -> None:
    watch = call(294, 26, 0)
    call(254, 27, watch, told["home"].encode(), 0x2)


@attack
def connects_by_tcp(told: Told) -> None:
    socket.create_connection(("127.0.0.1", told["tcp"]), 2).close()


@attack
def sends_by_udp(told: Told) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"evil", ("127.0.0.1", 9))


@attack
def listens(told: Told) -> None:
    socket.create_server(("127.0.0.1", 0)).close()


@attack
def connects_by_a_unix_socket(told: Told) -> None:
    socket.socket(socket.AF_UNIX).connect(told["unix"])


@attack
def connects_by_an_abstract_socket(told: Told) -> None:
    socket.socket(socket.AF_UNIX).connect("\0" + told["abstract"])


@attack
def makes_a_pair_of_sockets(told: Told) -> None:
    socket.socketpair()


@attack
def asks_the_kernel_by_netlink(told: Told) -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)


@attack
def runs_a_program(told: Told) -> None:
    subprocess.run(["/bin/true"], check=True)


@attack
def replaces_itself(told: Told) -> None:
    if told["confined"]:  # Where it succeeds, nobody is left to tell.
        os.execv("/bin/true", ["true"])


@attack
def runs_a_program_from_memory(told: Told) -> None:
    memory = os.memfd_create("evil")
    os.write(memory, Path("/bin/true").read_bytes())
    assert subprocess.run([f"/proc/self/fd/{memory}"], pass_fds=[memory]).returncode == 0


@attack
def forks(told: Told) -> None:
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attack
def forks_by_the_newest_call(told: Told) -> None:
    arguments = struct.pack("=11Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0, 0, 0, 0)
    if (pid := call(435, 435, arguments, len(arguments))) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attack
def makes_a_user_namespace(told: Told) -> None:
    if told["confined"]:
        call(272, 97, 0x10000000)


@attack
def makes_a_process_in_a_user_namespace(told: Told) -> None:
    if (pid := call(56, 220, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attack
def fills_the_disk_with_one_file(told: Told) -> None:
    with Path("huge").open("wb") as file:
        file.truncate(21 << 30)


@attack
def kills(told: Told) -> None:
    os.kill(told["victim"], signal.SIGURG)


@attack
def kills_one_thread(told: Told) -> None:
    call(234, 131, told["victim"], told["victim"], signal.SIGURG)


@attack
def kills_by_the_old_call(told: Told) -> None:
    call(200, 130, told["victim"], signal.SIGURG)


@attack
def kills_everybody(told: Told) -> None:
    os.kill(-1, 0)


@attack
def kills_by_a_queue(told: Told) -> None:
    information = struct.pack("=iiiiii", signal.SIGURG, 0, -1, 0, os.getpid(), os.getuid())
    call(129, 138, told["victim"], signal.SIGURG, information.ljust(128, b"\0"))


@attack
def kills_by_a_handle(told: Told) -> None:
    handle = call(434, 434, told["victim"], 0)
    call(424, 424, handle, signal.SIGURG, None, 0)


@attack
def kills_by_a_pipe(told: Told) -> None:
    import fcntl

    end, _ = os.pipe()
    fcntl.fcntl(end, 10, signal.SIGURG)
    fcntl.fcntl(end, fcntl.F_SETOWN, told["victim"])


@attack
def kills_by_a_limit(told: Told) -> None:
    limit = struct.pack("=QQ", 1 << 40, 1 << 40)
    call(302, 261, told["victim"], resource.RLIMIT_CPU, limit, None)


@attack
def slows_down(told: Told) -> None:
    os.setpriority(os.PRIO_PROCESS, told["victim"], 19)


@attack
def takes_the_processors_away(told: Told) -> None:
    os.sched_setaffinity(told["victim"], {0})


@attack
def traces(told: Told) -> None:
    call(101, 117, 0x4206, told["victim"], 0, 0)


@attack
def reads_memory_of_another(told: Told) -> None:
    buffer = ctypes.create_string_buffer(8)
    local = struct.pack("=QQ", ctypes.addressof(buffer), 8)
    remote = struct.pack("=QQ", told["address"], 8)
    call(310, 270, told["victim"], local, 1, remote, 1, 0)


@attack
def takes_a_descriptor_of_another(told: Told) -> None:
    call(438, 438, call(434, 434, told["victim"], 0), 0, 0)


@attack
def has_inherited_a_descriptor(told: Told) -> None:
    assert told["descriptor"] != "" and os.fstat(told["descriptor"]).st_ino == told["inode"]


@attack
def uses_a_ring(told: Told) -> None:
    call(425, 425, 4, ctypes.create_string_buffer(120))


@attack
def loads_a_program_into_the_kernel(told: Told) -> None:
    call(321, 280, 0, ctypes.create_string_buffer(72), 72)


@attack
def measures_others(told: Told) -> None:
    attributes = struct.pack("=IIQ", 1, 128, 0).ljust(128, b"\0")
    call(298, 241, attributes, told["victim"], -1, -1, 0)


@attack
def handles_page_faults(told: Told) -> None:
    call(323, 282, 1)


@attack
def uses_shared_memory_of_old(told: Told) -> None:
    LIBC.shmctl(call(29, 194, 0, 4096, 0o1600), 0, None)


@attack
def uses_a_message_queue(told: Told) -> None:
    LIBC.msgctl(call(68, 186, 0, 0o1600), 0, None)


@attack
def reads_keys_of_the_session(told: Told) -> None:
    call(250, 219, 0, -3, 1)


@attack
def opens_files_by_number(told: Told) -> None:
    handle = struct.pack("=Ii", 120, 0).ljust(128, b"\0")
    call(303, 264, -100, told["case"].encode(), handle, ctypes.create_string_buffer(8), 0)


@attack
def mounts(told: Told) -> None:
    call(428, 428, -100, b"/", 1)


@attack
def changes_its_root(told: Told) -> None:
    if told["confined"]:
        os.chroot(".")


@attack
def opens_a_terminal(told: Told) -> None:
    for name in ("/dev/ptmx", "/dev/tty", "/dev/console"):
        try:
            os.close(os.open(name, os.O_RDWR | os.O_NOCTTY))
            return
        except OSError:
            continue
    raise OSError("none")


@attack
def types_into_a_terminal(told: Told) -> None:
    import errno
    import fcntl

    try:
        fcntl.ioctl(0, 0x5412, b"x")
    except OSError as error:
        # That it is no terminal is no refusal.
        if error.errno != errno.ENOTTY:
            raise


@attack
def raises_its_limits(told: Told) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 15, 1 << 15))


@attack
def outlives_the_program(told: Told) -> None:
    call(157, 167, 1, 0, 0, 0, 0)


@attack
def becomes_dumpable(told: Told) -> None:
    call(157, 167, 4, 1, 0, 0, 0)


@attack
def has_a_right_of_the_administrator(told: Told) -> None:
    status = Path("/proc/self/status").read_text() if not told["confined"] else ""
    head, data = struct.pack("=Ii", 0x20080522, 0), ctypes.create_string_buffer(24)
    call(125, 90, head, data)
    assert any(data.raw) or "CapEff" in status


@attack
def uses_numbers_of_another_architecture(told: Told) -> None:
    call(39 | 0x40000000, 172 | 0x40000000)


@attack
def uses_a_call_that_nobody_judged(told: Told) -> None:
    buffer = ctypes.create_string_buffer(64)
    call(459, 459, 100, buffer, ctypes.byref(ctypes.c_uint32(64)), 0)  # lsm_get_self_attr
    raise OSError("no answer")


@attack
def maps_a_device(told: Told) -> None:
    mmap.mmap(os.open("/dev/mem", os.O_RDONLY), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ)


def main(arguments: list[str]) -> None:
    """Be the reading process in which the code of a reader was taken over."""
    from evidence_app.intake.process import worker
    from evidence_app.sandbox import frames, inside
    from evidence_app.sandbox.protection import WHOLE

    if "unconfined" in arguments:
        inside.confine = lambda room: WHOLE  # type: ignore[assignment]

    def serve(request: Told, stream: object, companions: object, outlet: Any) -> None:
        frames.write_frame(outlet, try_all(request["told"]))

    worker._serve = serve  # type: ignore[assignment]
    worker.main()


if __name__ == "__main__":
    main(sys.argv[1:])
