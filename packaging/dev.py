"""Set up, run and test the program from a checkout, with nothing but Python and Debian's apt.

``python3 packaging/dev.py run`` opens the window, ``test`` runs all checks and tests without a
screen, ``lock`` renews the locked versions. The first start makes ``.venv``; later ones take no
longer than the program itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "packaging" / "lock"
OLDEST = (3, 11)

QT_LIBRARIES = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libXrandr.so.2": ("libxrandr2",),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libfreetype.so.6": ("libfreetype6",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libglib-2.0.so.0": ("libglib2.0-0", "libglib2.0-0t64"),
    "libpulse.so.0": ("libpulse0",),
    "libva.so.2": ("libva2",),
    "libva-drm.so.2": ("libva-drm2",),
    "libva-x11.so.2": ("libva-x11-2",),
    "libnss3.so": ("libnss3",),
}
"""What Qt loads and its wheels do not hold, with the names of its package."""

TEST_COMMANDS = {
    "Xvfb": ("xvfb",),
    "xdotool": ("xdotool",),
    "openbox": ("openbox",),
    "pdftotext": ("poppler-utils",),
    "pcmanfm": ("pcmanfm",),
    "ffmpeg": ("ffmpeg",),
    "strace": ("strace",),
    "openssl": ("openssl",),
}
"""What the tests of the window, the network and timestamps need, with the names of its package."""


class SetUpError(Exception):
    """The set-up cannot go on; the words say what the person can do."""


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; return the exit status."""
    commands = {"run": run, "test": test, "lock": lock}
    if not arguments or arguments[0] not in commands:
        say("usage: python3 packaging/dev.py run|test|lock [arguments]")
        return 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except SetUpError as error:
        say(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        say(f"This step failed: {' '.join(map(str, error.cmd))}")
        return 1
    except KeyboardInterrupt:
        say("Stopped. Start it again to go on.")
        return 130


def run(arguments: list[str]) -> int:
    """Set up and open the window, or do a command of the program."""
    set_up("runtime", {})
    if not arguments and not _has_display():
        say(
            "There is no screen to open the window on. The same can be done without a window:\n"
            "  .venv/bin/evidence-app --help"
        )
        return 2
    return subprocess.call([str(PYTHON), "-m", "evidence_app", *arguments], cwd=ROOT)


def test(arguments: list[str]) -> int:
    """Set up and run all checks, then all tests, or the given ones, without a screen."""
    set_up("dev", TEST_COMMANDS)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    checks = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
    ]
    for check in [] if arguments else checks:
        subprocess.run(check, cwd=ROOT, env=environment, check=True)
    tests = [str(PYTHON), "-m", "pytest", *arguments]
    return subprocess.call(tests, cwd=ROOT, env=environment)


def lock(_arguments: list[str]) -> int:
    """Renew the locked versions and hashes; the index is the one that uv is set to use."""
    set_up("dev", {})
    uv = shutil.which("uv", path=str(PYTHON.parent)) or shutil.which("uv")
    if uv is None:
        raise SetUpError("Renewing the lock needs uv: .venv/bin/python -m pip install uv")
    sources = {
        "runtime": ["pyproject.toml", "packaging/lock/build.in"],
        "dev": ["pyproject.toml", "packaging/lock/build.in", "--extra", "dev"],
    }
    for name, inputs in sources.items():
        options = [
            "--universal",
            "--generate-hashes",
            "--no-header",
            "--no-annotate",
            "--upgrade",
            "-q",
        ]
        target = ["--python-version", "3.11", "-o", str(LOCK / f"{name}.txt")]
        command = [uv, "pip", "compile", *inputs, *options, *target]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return 0


def set_up(lock_name: str, commands: Mapping[str, tuple[str, ...]]) -> None:
    """Make the environment what the lock says, unless it is so already."""
    if sys.version_info < OLDEST:
        raise SetUpError("The program needs Python 3.11 or newer.")
    stamp = VENV / f"set-up-{lock_name}"
    wanted = fingerprint(lock_name)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    install_system(missing_packages(commands))
    _make_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    say("Installing what the program needs; this takes a minute or two the first time …")
    requirements = str(LOCK / f"{lock_name}.txt")
    subprocess.run([*pip, "--require-hashes", "-r", requirements], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    stamp.write_text(wanted)


def fingerprint(lock_name: str) -> str:
    """What the environment depends on, as one hash."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (LOCK / f"{lock_name}.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def missing_packages(commands: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Debian packages that are not there, each with its names in different releases."""
    if sys.platform != "linux":
        return []
    known = _known_libraries()
    missing = [names for library, names in QT_LIBRARIES.items() if library not in known]
    missing += [names for command, names in commands.items() if shutil.which(command) is None]
    return missing


def _known_libraries() -> set[str]:
    ldconfig = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
    if ldconfig is None:
        return set(QT_LIBRARIES)
    listed = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in listed.stdout.splitlines()[1:] if line.split()}


def install_system(missing: Sequence[tuple[str, ...]]) -> None:
    """Install packages through apt-get where that is allowed, else name them.

    Raises:
        SetUpError: They have to be installed by somebody who may.
    """
    if not missing:
        return
    apt = _apt()
    names = " ".join(one[0] for one in missing)
    if apt is None:
        raise SetUpError(f"These system packages are missing; please install them:\n  {names}")
    say(f"Installing system packages: {names}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update", "-qq"], check=True, env=environment)
    wanted = [_available(one) for one in missing]
    install = [*apt, "install", "-y", "-qq", "--no-install-recommends", *wanted]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)


def _apt() -> list[str] | None:
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    if os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", apt]
    return None


def _available(names: tuple[str, ...]) -> str:
    """The name that this release of Debian has for a package."""
    for name in names[1:]:
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True, text=True)
        if shown.returncode == 0 and shown.stdout:
            return name
    return names[0]


def _make_venv() -> None:
    """Make the environment; one that was left half made is made anew."""
    works = [str(PYTHON), "-c", "import pip"]
    if PYTHON.exists() and subprocess.run(works, capture_output=True).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of python3.
    except ImportError:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_system([(version,)])
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def say(words: str) -> None:
    """Tell the person."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
