"""Make what people install: ``python3 packaging/build.py linux``, on the system that it is for.

Everything comes from the lock. What is made lies in ``dist/``: packages, their bill of materials,
and the licences of all that is in them. ``audit`` asks a service whether faults are known of what
the lock names, which needs a connection.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import system_packages
from bundle import contents, libraries, linux, macos, parts, stand_ins, windows
from system_packages import SetUpError, say

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "lock"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
TOOLS = {
    "dpkg-deb": "dpkg",
    "gcc": "gcc",
    "nm": "binutils",
    "objdump": "binutils",
    "strip": "binutils",
    "zstd": "zstd",
}
"""Commands that a build for Linux calls, each with Debian's package."""

_SYSTEMS = {"linux": "linux", "windows": "win32", "macos": "darwin"}


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; return the exit status."""
    [command] = arguments if len(arguments) == 1 else [""]
    try:
        if command == "audit":
            return audit()
        if _SYSTEMS.get(command) == sys.platform:
            build(command)
            return 0
    except (SetUpError, parts.UnquestionedError, LookupError) as error:
        say(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        say(f"This step failed: {' '.join(map(str, error.cmd))}")
        return 1
    say("usage: python3 packaging/build.py linux|windows|macos|audit")
    say("A bundle is made on the system that it is for.")
    return 2


def build(system: str) -> None:
    """Make the bundle for this system, and the packages that it is handed out in."""
    epoch = _epoch()
    os.environ.update(SOURCE_DATE_EPOCH=str(epoch), PYTHONHASHSEED="0")
    if system == "linux":
        system_packages.install(system_packages.missing(TOOLS))
    python = environment("bundle", ["runtime", "bundle"])
    bundle = _bundle(python)
    work = BUILD / "work" / "evidence-app"
    if system == "linux":
        stand_ins.put(bundle)
        libraries.strip(bundle)
    licences = _resources(bundle) / "licences.txt"
    parts_file = work / "parts.json"
    script = str(ROOT / "packaging" / "bundle" / "materials.py")
    _run(str(python), script, str(work / "collected.json"), str(licences), str(parts_file))
    say("The largest parts, and why they are there:")
    sizes = parts.sizes(bundle)
    for line in parts.questioned(sizes):
        say(f"  {line}")
    say(f"Unpacked: {sum(sizes.values()) / 1e6:.0f} MB")
    DIST.mkdir(exist_ok=True)
    version = contents.version(ROOT)
    name = f"evidence-app-{version}-{system}-{platform.machine().lower()}"
    _bill(python, parts_file, DIST / f"{name}.cdx.json")
    shutil.copyfile(licences, DIST / f"{name}-licences.txt")
    pack = {"linux": linux.pack, "windows": windows.pack, "macos": macos.pack}[system]
    for path in pack(bundle, DIST / name, version, epoch, python):
        say(f"Made {path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.0f} MB")


def audit() -> int:
    """Ask whether faults are known of the locked versions; 0 if of none, and all were asked of."""
    tools = environment("inspect", ["inspect"])
    locked = str(LOCK / "runtime.txt")
    options = ["--disable-pip", "--require-hashes", "--strict", "-r", locked]
    return subprocess.call([str(tools), "-m", "pip_audit", *options])


def environment(name: str, locks: Sequence[str]) -> Path:
    """An environment with exactly what the lock says; the interpreter in it."""
    folder = BUILD / f"environment-{name}"
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = folder / scripts / ("python.exe" if sys.platform == "win32" else "python")
    requirements = "".join((LOCK / f"{lock}.txt").read_text(encoding="utf-8") for lock in locks)
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == requirements:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "venv", str(folder))
    say(f"Installing what the lock names for {name} …")
    for lock in locks:
        options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
        _run(str(python), "-m", "pip", "install", *options, "-r", str(LOCK / f"{lock}.txt"))
    stamp.write_text(requirements, encoding="utf-8")
    return python


def _bundle(python: Path) -> Path:
    """Let PyInstaller make the folder with the program in it."""
    say("Collecting the program; this takes some minutes …")
    recipe = str(ROOT / "packaging" / "bundle" / "evidence-app.spec")
    places = ["--distpath", str(BUILD / "bundle"), "--workpath", str(BUILD / "work")]
    os.environ["PYTHONPATH"] = str(ROOT)
    icons = BUILD / "icons"
    _run(str(python), str(ROOT / "packaging" / "bundle" / "icons.py"), str(icons))
    log = BUILD / "pyinstaller.log"
    with log.open("w", encoding="utf-8") as file:
        command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", *places, recipe]
        if subprocess.call(command, stdout=file, stderr=file):
            raise SetUpError(f"PyInstaller failed; all that it said is in {log}.")
    return BUILD / "bundle" / ("Evidence App.app" if sys.platform == "darwin" else "evidence-app")


def _resources(bundle: Path) -> Path:
    inside = "Contents/Resources" if sys.platform == "darwin" else "_internal"
    return bundle / inside / "evidence_app" / "_resources"


def _bill(python: Path, parts_file: Path, target: Path) -> None:
    tools = environment("inspect", ["inspect"])
    script = ROOT / "packaging" / "bundle" / "bill.py"
    _run(str(tools), str(script), str(python), str(parts_file), str(target))


def _epoch() -> int:
    """Seconds since 1970 of the commit that is built, which stand for all times in a package."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return int(epoch)
    command = ["git", "log", "-1", "--format=%ct"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(result.stdout)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
