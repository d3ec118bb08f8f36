"""Set up, run and test the program from a checkout, with nothing but Python and Debian's apt.

``python3 packaging/dev.py run`` opens the window, ``test`` runs all checks and tests without a
screen, ``bench`` measures against baselines and prints a table, ``screenshots`` takes the
pictures of the READMEs, ``lock`` renews the locked versions. The first start makes ``.venv``;
later ones take no longer than the program itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import system_packages
from system_packages import SetUpError, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "packaging" / "lock"
OLDEST = (3, 11)


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; return the exit status."""
    commands = {
        "run": run,
        "test": test,
        "bench": bench,
        "screenshots": screenshots,
        "lock": lock,
    }
    if not arguments or arguments[0] not in commands:
        say(f"usage: python3 packaging/dev.py {'|'.join(commands)} [arguments]")
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
    return subprocess.call([str(PYTHON), "-m", "evidence_app", *arguments], cwd=ROOT)


def test(arguments: list[str]) -> int:
    """Set up and run all checks, then all tests, or the given ones, without a screen."""
    set_up("dev", system_packages.TEST_COMMANDS)
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
        *(["mypy", "--platform", system] for system in ("win32", "darwin")),
        ["lint-imports"],
    ]
    _run_together([] if arguments else checks, environment)
    # All of them take long for one processor; a few start faster without helpers. One helper more
    # than processors works while others wait for a process or a clock.
    helpers = str((os.cpu_count() or 1) + 1)
    shared = [] if arguments else ["-n", helpers, "--dist", "worksteal"]
    tests = [str(PYTHON), "-m", "pytest", *shared, *arguments]
    return subprocess.call(tests, cwd=ROOT, env=environment)


def _run_together(checks: Sequence[Sequence[str]], environment: Mapping[str, str]) -> None:
    """Run all checks at once, for each is one process; print in their order what they say.

    Raises:
        subprocess.CalledProcessError: One did not pass.
    """
    running = [
        (check, subprocess.Popen(check, cwd=ROOT, env=environment, stdout=subprocess.PIPE))
        for check in checks
    ]
    failed = []
    for check, process in running:
        output, _ = process.communicate()
        sys.stdout.buffer.write(output)
        sys.stdout.flush()
        if process.returncode:
            failed.append(subprocess.CalledProcessError(process.returncode, check))
    if failed:
        raise failed[0]


def bench(arguments: list[str]) -> int:
    """Set up and run the benchmarks, or those of which a word is in the name."""
    set_up("dev", system_packages.TEST_COMMANDS)
    benchmarks = ROOT / "tests" / "benchmarks" / "run.py"
    return subprocess.call([str(PYTHON), str(benchmarks), *arguments], cwd=ROOT)


def screenshots(_arguments: list[str]) -> int:
    """Set up and take the pictures that the READMEs show, on a screen that nobody sees."""
    set_up("runtime", {"Xvfb": "xvfb"})
    script = ROOT / "packaging" / "screenshots.py"
    return subprocess.call([str(PYTHON), str(script)], cwd=ROOT)


def lock(_arguments: list[str]) -> int:
    """Renew the locked versions and hashes; the index is the one that uv is set to use."""
    set_up("dev", {})
    uv = shutil.which("uv", path=str(PYTHON.parent)) or shutil.which("uv")
    if uv is None:
        raise SetUpError("Renewing the lock needs uv: .venv/bin/python -m pip install uv")
    sources = {
        "runtime": ["pyproject.toml", "packaging/lock/build.in"],
        "dev": ["pyproject.toml", "packaging/lock/build.in", "--extra", "dev"],
        "bundle": ["packaging/lock/bundle.in"],
        "inspect": ["packaging/lock/inspect.in"],
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


def set_up(lock_name: str, commands: Mapping[str, str]) -> None:
    """Make the environment what the lock says, unless it is so already."""
    if sys.version_info < OLDEST:
        raise SetUpError("The program needs Python 3.11 or newer.")
    stamp = VENV / f"set-up-{lock_name}"
    expected = fingerprint(lock_name)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == expected:
        return
    system_packages.install(system_packages.missing(commands))
    _make_venv()
    say("Installing what the program needs; this takes a minute or two the first time …")
    _pip_install("--require-hashes", "-r", str(LOCK / f"{lock_name}.txt"))
    _pip_install("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(expected)


def _pip_install(*arguments: str) -> None:
    """Let pip install something; what it writes is kept beside what it installs.

    Raises:
        SetUpError: It failed; most often because there is no connection.
    """
    options = ["--quiet", "--disable-pip-version-check", "--no-input"]
    command = [str(PYTHON), "-m", "pip", "install", *options, *arguments]
    log = VENV / "set-up.log"
    with log.open("w+", encoding="utf-8", errors="replace") as file:
        if subprocess.call(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file) == 0:
            return
        file.seek(0)
        raise SetUpError(
            f"{system_packages.reason(file.read())} Then start again: it goes on from here.\n"
            f"  (All that was said is in {log}.)"
        )


def fingerprint(lock_name: str) -> str:
    """What the environment depends on, as one hash."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (LOCK / f"{lock_name}.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make_venv() -> None:
    """Make the environment; one that was left half made is made anew."""
    works = [str(PYTHON), "-c", "import pip"]
    if PYTHON.exists() and subprocess.run(works, capture_output=True).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
