"""Install the Debian package in bare systems, use it as a person does, and take it off again.

``sudo python3 packaging/try_in_clean_root.py dist/….deb [SUITE…]``, by default for bookworm and
trixie. It needs debootstrap and a connection, and takes some minutes for each. What it does: make
a bare root; install; open the sample case by its type; open it a second time; import a folder of
mixed files; read the text of pictures; export a signed dossier; open another case; show the help;
remove; compare the file system with what it was.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import time
import wave
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOTS = Path(__file__).resolve().parent.parent / "build" / "roots"
SUITES = ("bookworm", "trixie")
TOOLS = ("libglib2.0-bin", "xauth", "xdotool", "xvfb", "zstd")
"""What the trial needs in the root besides the package: a screen, and what a desktop would do."""

PERSON = "person"
HOME = f"/home/{PERSON}"
TYPE = "application/vnd.evidence-app.case+sqlite3"
SAMPLE_TITLE = "Sample case"
READABLE = "file criminal charges"
"""Words that stand in one of the sample's pictures, and nowhere else."""

WINDOW = "Evidence App$"
HELP = "^Help$"
_APT = ("apt-get", "-qq", "-y", "-o", "Dpkg::Use-Pty=0")
_ENVIRONMENT = {
    "DEBIAN_FRONTEND": "noninteractive",
    "DISPLAY": ":99",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
}
_MANAGERS_OWN = ("etc/ld.so.cache", "var/cache/", "var/lib/apt/", "var/lib/dpkg/", "var/log/")
"""Where the package manager notes what it did."""

_NOT_LOOKED_AT = ("dev", "proc", "run", "sys", "tmp")
_LONGEST_S = 180


class TrialError(Exception):
    """Something is not as it should be."""


def main(arguments: Sequence[str]) -> int:
    """Try the package in each suite; return the exit status."""
    if not arguments or os.geteuid() != 0:
        print(__doc__, file=sys.stderr)
        return 2
    if os.environ.get("EVIDENCE_APP_APART") != "1":
        # Mounts and processes of the trial end with it.
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        again = [*apart, sys.executable, __file__, *arguments]
        return subprocess.call(again, env={**os.environ, "EVIDENCE_APP_APART": "1"})
    package = Path(arguments[0]).resolve()
    for suite in arguments[1:] or SUITES:
        try:
            attempt(suite, package)
        except (TrialError, subprocess.CalledProcessError) as error:
            print(f"{suite}: {error}", file=sys.stderr)
            return 1
    return 0


def attempt(suite: str, package: Path) -> None:
    """Try the package in one suite.

    Raises:
        TrialError: Something is not as it should be.
    """
    with bare_root(suite) as root:
        shutil.copy(package, root / "var" / "tmp" / "evidence-app.deb")
        as_root(root, "useradd", "--create-home", PERSON)
        before = snapshot(root)
        began = time.monotonic()
        as_root(root, *_APT, "install", "--no-install-recommends", "/var/tmp/evidence-app.deb")
        installed = time.monotonic() - began
        listed = as_root(root, "dpkg", "-L", "evidence-app").splitlines()
        opened = use(root)
        as_root(root, *_APT, "purge", "--autoremove", "evidence-app")
        after = snapshot(root)
        changed = {path for path in after if after[path] != before.get(path)}
        gone = before.keys() - after.keys()
    report(suite, "installed, with what it needs, in", f"{installed:.0f} s")
    report(suite, "from then to the open sample", f"{opened:.1f} s")
    judge(suite, changed, gone, {path.removeprefix("/") for path in listed})


def judge(suite: str, changed: set[str], gone: set[str], listed: set[str]) -> None:
    """Say what the package left.

    Args:
        suite: Where it was tried.
        changed: Files that are new or not what they were.
        gone: Files that were there before.
        listed: What the package itself had brought.

    Raises:
        TrialError: Something outside of the person's own folder is left or gone.
    """
    homes = {path for path in changed if path.startswith(HOME.removeprefix("/") + "/")}
    others = {path for path in changed - homes if not path.startswith(_MANAGERS_OWN)}
    ours = {path for path in others if path in listed or "evidence" in path}
    report(suite, "left in the person's own folder", str(sorted(homes)))
    report(suite, "files left by other packages", str(len(others - ours)))
    report(suite, "left of ours", str(len(ours)))
    missing = {path for path in gone if not path.startswith(_MANAGERS_OWN)}
    if ours or missing:
        raise TrialError(f"left: {sorted(ours)}; gone: {sorted(missing)}")


def use(root: Path) -> float:
    """Do what a person does; return the seconds until the sample case was open."""
    (root / "tmp" / ".X11-unix").mkdir()
    (root / "tmp" / ".X11-unix").chmod(0o1777)
    # Else the screen begins anew when its last client leaves, and turns away who comes meanwhile.
    screen = ["Xvfb", ":99", "-noreset", "-screen", "0", "1280x900x24"]
    server = subprocess.Popen(_in(root, screen), env=_ENVIRONMENT)
    until(lambda: (root / "tmp/.X11-unix/X99").exists(), "a screen")
    began = time.monotonic()
    as_person(root, "evidence-app", "sample", f"{HOME}/sample.evcase")
    open_as_a_desktop_does(root, f"{HOME}/sample.evcase")
    until(lambda: any(SAMPLE_TITLE in title for title in windows(root)), "the sample's window")
    opened = time.monotonic() - began
    as_person(root, "cp", f"{HOME}/sample.evcase", f"{HOME}/no ending")
    for name in ("sample.evcase", "no ending"):
        kind = as_person(root, "gio", "info", "-a", "standard::content-type", f"{HOME}/{name}")
        if TYPE not in kind:
            raise TrialError(f"“{name}” is not known as a case: {kind}")
    as_person(root, "rm", f"{HOME}/no ending")
    as_person(root, "evidence-app", f"{HOME}/sample.evcase")
    if len(windows(root)) != 1:
        raise TrialError(f"a second start opened a second window: {windows(root)}")
    folder = root / HOME[1:] / "mixed 文件"
    write_mixed(folder)
    as_root(root, "chown", "-R", PERSON, f"{HOME}/mixed 文件")
    as_person(root, "evidence-app", "new", f"{HOME}/mine.evcase", "--me", "me@example.com")
    output = as_person(root, "evidence-app", "import", f"{HOME}/mine.evcase", f"{HOME}/mixed 文件")
    if output.count("imported:") < len(list(folder.iterdir())):
        raise TrialError(f"not all files were imported:\n{output}")
    read_pictures(root)
    arguments = ("dossier", f"{HOME}/mine.pdf", "--sign-here")
    as_person(root, "evidence-app", "export", f"{HOME}/mine.evcase", *arguments)
    dossier = (root / HOME[1:] / "mine.pdf").read_bytes()
    if not dossier.startswith(b"%PDF") or b"/ByteRange" not in dossier:
        raise TrialError("the dossier is no signed PDF")
    open_as_a_desktop_does(root, f"{HOME}/mine.evcase")
    until(lambda: len(windows(root)) == 2, "another case's window")
    press_f1(root)
    until(lambda: bool(windows(root, HELP)), "the help")
    for number in programs(root):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)
    until(lambda: not programs(root), "the end of the program")
    server.terminate()
    server.wait()
    return opened


def read_pictures(root: Path) -> None:
    """Read the sample's pictures, and find words of one of them.

    Raises:
        TrialError: The words are not found.
    """
    case = f"{HOME}/read.evcase"
    as_person(root, "evidence-app", "sample", case)
    if READABLE in as_person(root, "evidence-app", "search", case, READABLE):
        raise TrialError("the words of a picture were known before it was read")
    as_person(root, "evidence-app", "read", case)
    if READABLE not in as_person(root, "evidence-app", "search", case, READABLE):
        raise TrialError("the words of a picture are not found")


def press_f1(root: Path) -> None:
    """Press the key for help in one of the program's windows."""
    find = ["xdotool", "search", "--onlyvisible", "--limit", "1", "--name", WINDOW]
    subprocess.run(_in(root, [*find, "windowfocus", "key", "F1"]), env=_ENVIRONMENT, check=True)


def windows(root: Path, name: str = WINDOW) -> list[str]:
    """The titles of the program's windows that have such a title."""
    command = ["xdotool", "search", "--onlyvisible", "--name", name, "getwindowname", "%@"]
    result = subprocess.run(_in(root, command), env=_ENVIRONMENT, capture_output=True, text=True)
    return result.stdout.splitlines()


def programs(root: Path) -> list[int]:
    """The numbers of the program's processes that run; the trial sees only those of its own."""
    command = _in(root, ["pgrep", "-x", "-r", "DIRST", "evidence-app"])
    result = subprocess.run(command, env=_ENVIRONMENT, capture_output=True)
    return [int(number) for number in result.stdout.split()]


def until(is_so: Callable[[], bool], condition: str) -> None:
    """Wait until something is so.

    Raises:
        TrialError: It took too long.
    """
    last = time.monotonic() + _LONGEST_S
    while not is_so():
        if time.monotonic() > last:
            raise TrialError(f"waited {_LONGEST_S} s for {condition}")
        time.sleep(0.05)


def write_mixed(folder: Path) -> None:
    """Make a folder with a picture, a recording, a text, a letter, a call list and an archive."""
    folder.mkdir()
    (folder / "截图.png").write_bytes(picture())
    sound = io.BytesIO()
    with wave.open(sound, "wb") as recording:
        recording.setparams((1, 2, 8000, 8000, "NONE", ""))
        recording.writeframes(bytes(16000))
    (folder / "call.wav").write_bytes(sound.getvalue())
    (folder / "note.txt").write_text("They called at midnight. 他们半夜打来。\n", encoding="utf-8")
    (folder / "letter.eml").write_text(
        "From: collector@example.com\nTo: me@example.com\nSubject: Pay now\n"
        "Date: Mon, 02 Mar 2026 08:00:00 +0800\n\nPay today.\n",
        encoding="utf-8",
    )
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("inside.txt", "another note")


def picture() -> bytes:
    """A small picture in PNG."""
    lines = b"".join(b"\0" + bytes((200, 30, 30)) * 64 for _ in range(64))
    parts = (
        (b"IHDR", (64).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        png += len(data).to_bytes(4, "big") + name + data + check
    return png


@contextmanager
def bare_root(suite: str) -> Iterator[Path]:
    """A bare system with the tools of the trial; what is made once is kept for the next time."""
    ROOTS.mkdir(parents=True, exist_ok=True)
    saved_root = ROOTS / f"{suite}.tar"
    root = ROOTS / suite
    shutil.rmtree(root, ignore_errors=True)
    if not saved_root.exists():
        subprocess.run(["debootstrap", "--variant=minbase", suite, str(root)], check=True)
        as_root(root, *_APT, "update")
        as_root(root, *_APT, "install", "--no-install-recommends", *TOOLS, "procps")
        as_root(root, "apt-get", "clean")
        with tarfile.open(saved_root, "w") as archive:
            archive.add(root, ".")
    else:
        with tarfile.open(saved_root) as archive:
            archive.extractall(root, filter="fully_trusted")
    mounts = [("proc", root / "proc"), ("tmpfs", root / "dev" / "shm"), ("tmpfs", root / "tmp")]
    for kind, place in mounts:
        place.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", kind, kind, str(place)], check=True)
    try:
        yield root
    finally:
        for _, place in reversed(mounts):
            subprocess.run(["umount", "--lazy", str(place)], check=True)
        shutil.rmtree(root)


def snapshot(root: Path) -> dict[str, tuple[int, ...]]:
    """Each file and link of a root, with what tells that it was changed."""
    states = {}
    for folder, folders, names in os.walk(root):
        where = Path(folder).relative_to(root)
        if where == Path():
            folders[:] = [name for name in folders if name not in _NOT_LOOKED_AT]
        for name in names:
            state = (root / where / name).lstat()
            if not stat.S_ISSOCK(state.st_mode):
                size_and_time = state.st_mode, state.st_size, state.st_mtime_ns
                states[(where / name).as_posix()] = size_and_time
    return states


def as_root(root: Path, *command: str) -> str:
    """Run a command in a root; what it says."""
    return _output_of(["chroot", str(root), *command])


def as_person(root: Path, *command: str) -> str:
    """Run a command in a root as somebody without rights; what it says."""
    return _output_of(_in(root, command))


def open_as_a_desktop_does(root: Path, path: str) -> None:
    """Open a file with the program for its type, which goes on running."""
    command = _in(root, ["gio", "open", path])
    subprocess.run(command, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)


def _in(root: Path, command: Sequence[str]) -> list[str]:
    home = f"HOME={HOME}"
    return ["chroot", str(root), "runuser", "-u", PERSON, "--", "env", "-C", HOME, home, *command]


def _output_of(command: Sequence[str]) -> str:
    done = subprocess.run(command, env=_ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def report(suite: str, key: str, value: str) -> None:
    """Print one result."""
    print(f"{suite}: {key}: {value}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
