"""A crash writes nothing of a case to the disk."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("core dumps of Linux", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
WINDOW = "from evidence_app.gui import app; app.run = lambda files: wait()"
COMMAND = "from evidence_app.cli import main; main.run = lambda arguments, show: wait()"
PROGRAM = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (1 << 30, 1 << 30))

def wait():
    secret = "of the person"
    print("ready", flush=True)
    sys.stdin.read()

{patch}
from evidence_app import bootstrap
{forbid}
bootstrap.run({arguments})
"""


def crash(folder: Path, kind: str, signalled: signal.Signals, forbid: str = "") -> list[str]:
    """Crash a program; what it left in its folder."""
    patch, arguments = (WINDOW, []) if kind == "window" else (COMMAND, ["verify"])
    program = PROGRAM.format(patch=patch, arguments=arguments, forbid=forbid)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen",
        "EVIDENCE_APP_HOME": str(folder / "home"),
    }  # fmt: skip
    work = folder / "work"
    work.mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=work, env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        dumpable = "" if forbid else _owner(process.pid)
        process.send_signal(signalled)
    assert process.returncode == -signalled
    if not forbid:
        assert dumpable == "root"
    return [path.name for path in work.iterdir()]


def _owner(pid: int) -> str:
    """Who owns what the kernel shows of a process: root, if it must not be looked into."""
    limit = [
        line for line in Path(f"/proc/{pid}/limits").read_text().splitlines() if "core" in line
    ]
    assert limit[0].split()[4:6] == ["0", "0"]
    return Path(f"/proc/{pid}/environ").owner()


@pytest.mark.parametrize("kind", ["window", "command"])
@pytest.mark.parametrize("signalled", [signal.SIGABRT, signal.SIGSEGV])
def test_a_crash_leaves_no_core(tmp_path: Path, kind: str, signalled: signal.Signals) -> None:
    assert crash(tmp_path, kind, signalled) == []


def test_without_it_a_crash_leaves_one_where_the_system_keeps_them(tmp_path: Path) -> None:
    pattern = Path("/proc/sys/kernel/core_pattern").read_text()
    forbid = "bootstrap.dumps.forbid = lambda: None"
    dumps = crash(tmp_path, "command", signal.SIGABRT, forbid)
    assert bool(dumps) is not pattern.startswith(("|", "/"))
