"""Nothing leaves the computer: all of it works without a network, and none is ever asked for."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from evidence_app.services.sample import files as sample_files

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
VISIT = Path(__file__).with_name("visit_window.py")
PROGRAMS = (
    "evidence_app.intake.process.worker",
    "evidence_app.dossier.picture_worker",
    "evidence_app.dossier.archival",
    VISIT.name,
)
"""What the journey starts besides commands; all of it is to be watched."""
SOCKET = "import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)"
BY_A_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


def watched(trace: Path) -> tuple[str, ...]:
    """Run what follows, and write down each use of a socket by it and all that it starts."""
    calls = "trace=execve,socket,connect,sendto,sendmsg,sendmmsg"
    return (
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-s",
        "4096",
        "-A",
        "-o",
        str(trace),
        "-e",
        calls,
    )


def families(trace: Path) -> set[str]:
    """The kinds of sockets that were made or written to."""
    calls = trace.read_text(encoding="utf-8", errors="replace")
    return set(re.findall(r"(?:\bsocket\(|sa_family=)(\w+)", calls))


def python(prefix: Sequence[str], *arguments: object) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [*prefix, sys.executable, *map(str, arguments)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def app(prefix: Sequence[str], *arguments: object) -> list[dict[str, Any]]:
    report = python(prefix, "-m", "evidence_app", *arguments, "--json")
    return [json.loads(line) for line in report.splitlines()]


def journey(prefix: Sequence[str], inbox: Path, folder: Path) -> None:
    """From files to a dossier, with questions left open, and a look at it in the window."""
    case = folder / "case.evcase"
    zone = ("--timezone", "Asia/Shanghai", "--jurisdiction", "cn")
    app(prefix, "new", case, *zone)
    imported = app(prefix, "import", case, inbox)
    assert {row["outcome"] for row in imported} == {"imported"}
    assert len(imported) == len(list(inbox.iterdir()))
    app(prefix, "tag", case, "i1", "--tag", "mine")
    app(prefix, "tag", case, "e1", "--violation", "threat_of_violence")
    [finding] = app(prefix, "list", case, "findings")
    assert finding["status"] == "confirmed"
    for kind, name in (("dossier", "dossier.pdf"), ("table", "events.csv")):
        app(prefix, "export", case, kind, folder / name)
        assert (folder / name).stat().st_size > 1000
    assert app(prefix, "verify", case)[0]["intact"] is True
    events = app(prefix, "list", case, "events")
    assert len(events) > 50
    python(prefix, VISIT, case, len(events))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    for name, data in sample_files.files():
        (folder / name).write_bytes(data)
    return folder


def test_all_of_it_works_without_a_network(
    inbox: Path, tmp_path: Path, apart: Callable[[str], list[str]]
) -> None:
    without_network = apart("net")
    python(without_network, "-c", "import socket; assert len(socket.if_nameindex()) == 1")
    journey(without_network, inbox, tmp_path)


def test_no_process_of_it_makes_a_socket_to_a_network(inbox: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    journey(watched(trace), inbox, tmp_path)
    started = re.findall(r"execve\(.*", trace.read_text(encoding="utf-8", errors="replace"))
    for program in PROGRAMS:
        assert any(program in command for command in started), f"{program} was not watched"
    assert families(trace) <= {"AF_UNIX"}


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_watch_sees_a_socket_of_a_process_that_a_process_started(
    tmp_path: Path, family: str
) -> None:
    trace = tmp_path / "trace"
    python(watched(trace), "-c", BY_A_CHILD, SOCKET.format(family=family))
    assert family in families(trace)
