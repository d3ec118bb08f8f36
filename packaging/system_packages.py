"""What the program needs of Debian or Ubuntu: find all that is missing, install it in one step."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXrandr.so.2": "libxrandr2",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libpulse.so.0": "libpulse0",
    "libva-drm.so.2": "libva-drm2",
    "libva-x11.so.2": "libva-x11-2",
    "libva.so.2": "libva2",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Libraries that Qt loads and its wheels do not hold, each with its package.

Newer releases call some packages otherwise (``libcups2t64``); these provide the old name.
"""

TEST_COMMANDS = {
    "Xvfb": "xvfb",
    "chromium": "chromium",
    "ffmpeg": "ffmpeg",
    "git": "git",
    "openbox": "openbox",
    "openssl": "openssl",
    "pcmanfm": "pcmanfm",
    "pdftotext": "poppler-utils",
    "strace": "strace",
    "unshare": "util-linux",
    "xdotool": "xdotool",
}
"""Commands that the tests call, each with its package."""

_OFFLINE = re.compile(
    "Temporary failure|Name or service not known|Network is unreachable|Failed to fetch"
    "|NewConnectionError|NameResolutionError|Could not connect|Connection (refused|timed out)"
    "|ConnectTimeout|ReadTimeout|ProxyError"
)
"""What apt-get and pip say when they reach nobody."""

_APT = "DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -qq -o DPkg::Lock::Timeout=300"
_KEEP_SETTINGS = "-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold"


class SetUpError(Exception):
    """The set-up cannot go on; the text says what the person can do."""


def missing(commands: Mapping[str, str]) -> list[str]:
    """The packages to install, in alphabetical order, without repeats.

    Args:
        commands: Commands that must be there, each with its package, besides what Qt and the
            virtual environment need.
    """
    if sys.platform != "linux":
        return []
    libraries = _installed_libraries()
    packages = {package for library, package in QT_LIBRARIES.items() if library not in libraries}
    packages |= {package for name, package in commands.items() if shutil.which(name) is None}
    # Debian splits what makes virtual environments off its python3.
    if importlib.util.find_spec("ensurepip") is None:
        packages.add(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return sorted(packages)


def install(packages: Sequence[str]) -> None:
    """Install packages through apt-get: as root, or through sudo, which may ask for a password.

    Raises:
        SetUpError: Nobody here may do that, or it failed. The text has a line to paste.
    """
    if not packages:
        return
    command = [*_as_root(packages), "sh", "-c", _script(packages)]
    say(
        f"The window needs {len(packages)} system packages: {' '.join(packages)}\nInstalling them …"
    )
    # Nobody could see a question of a package: without input there is none to wait for. sudo
    # asks for its password on the terminal itself.
    step = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if step.returncode:
        raise SetUpError(
            f"{reason(step.stderr)} Then start again, or run this line:\n"
            f"  {line_to_paste(packages)}"
        )


def reason(output: str) -> str:
    """Why a download failed, and what to do, in one or two sentences.

    Args:
        output: What the tool wrote.
    """
    if _OFFLINE.search(output):
        return (
            "This computer does not reach the internet, and the first start has to download "
            "what the program needs. Connect it."
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return f"Installing what the program needs failed: {lines[-1] if lines else 'no reason given'}."


def _as_root(packages: Sequence[str]) -> list[str]:
    """What to put before a command so that it runs as root; nothing if we are root.

    Raises:
        SetUpError: There is no apt-get, or no way to become root from here.
    """
    if shutil.which("apt-get") is None:
        names = " ".join(packages)
        raise SetUpError(
            f"Please install what these packages of Debian are called on your system:\n  {names}"
        )
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is not None and not _needs_password(sudo):
        return [sudo, "-n"]
    if sudo is None or not sys.stdin.isatty():
        raise SetUpError(
            "Some system packages are missing. Please install them with this line, then start "
            f"again:\n  {line_to_paste(packages)}"
        )
    return [sudo, "-p", "Your password (%u), to install system packages: "]


def _needs_password(sudo: str) -> bool:
    return subprocess.run([sudo, "-n", "true"], capture_output=True).returncode != 0


def line_to_paste(packages: Sequence[str]) -> str:
    """One line for a terminal that installs packages."""
    names = " ".join(packages)
    if os.geteuid() == 0:
        return f"apt-get update && apt-get install -y {names}"
    if shutil.which("sudo") is None:
        return f"su -c 'apt-get update && apt-get install -y {names}'"
    return f"sudo apt-get update && sudo apt-get install -y {names}"


def _script(packages: Iterable[str]) -> str:
    # The settings stand in the script, since sudo drops the environment of the person.
    names = shlex.join(packages)
    return f"{_APT} update && {_APT} install -y --no-install-recommends {_KEEP_SETTINGS} {names}"


def _installed_libraries() -> set[str]:
    ldconfig = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
    if ldconfig is None:
        return set(QT_LIBRARIES)
    listed = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in listed.stdout.splitlines()[1:] if line.split()}


def say(text: str) -> None:
    """Print a line for the person."""
    print(text, file=sys.stderr, flush=True)
