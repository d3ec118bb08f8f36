"""Commands as a script gives them."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidence_app.cli import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        [row] = self.rows
        return row


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a command in this process."""

    def give(*arguments: object) -> Said:
        capsys.readouterr()
        status = main.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(status, out, err)

    return give


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command as a process of its own."""

    def begin(*arguments: object, **more: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "evidence_app", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=ROOT, **(pipes | more))

    return begin


@pytest.fixture
def case_path(run: Run, tmp_path: Path) -> Path:
    """A new case without evidence."""
    path = tmp_path / "案卷.evcase"
    result = run("new", path, "--timezone", "Asia/Shanghai", "--jurisdiction", "cn")
    assert result.status == 0, result.err
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty folder for files."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


CALLS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<calls count="2">
  <call number="19000000017" duration="31" date="1772461267000" type="1" presentation="1" />
  <call number="+12025550143" duration="0" date="1772464867000" type="3" presentation="1" />
</calls>
"""
BILL = "对方号码,通话起始时间,通话时长,呼叫类型\n19000000025,2026-03-05 22:10:00,35秒,被叫\n"


@pytest.fixture
def calls_xml() -> str:
    """Two calls as SMS Backup & Restore writes them."""
    return CALLS


@pytest.fixture
def bill() -> bytes:
    """One call as a Chinese carrier writes it, in GB18030."""
    return BILL.encode("gb18030")


@pytest.fixture
def filled(run: Run, case_path: Path, inbox: Path, calls_xml: str, bill: bytes) -> Path:
    """A case with two calls of an instant each and one of a wall clock."""
    (inbox / "calls.xml").write_text(calls_xml, encoding="utf-8")
    (inbox / "话单.csv").write_bytes(bill)
    result = run("import", case_path, inbox, "--json")
    assert result.status == 0, result.out + result.err
    return case_path
