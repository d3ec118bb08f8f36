"""Killed at any moment, the case opens, is intact, and holds all that was reported.

``EVIDENCE_APP_SOAK`` says how often each kind of work is killed; without it, a few times.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from old_cases import case_of_version

from evidence_app import scratch, settings
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.filters import ItemFilter
from evidence_app.services import cases, items, tags, verification
from evidence_app.services.cases import CaseFile
from evidence_app.services.exporting import package_verification
from evidence_app.services.sample import sample_case

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
VICTIM = Path(__file__).with_name("kill_victim.py")
TIMES = int(os.environ.get("EVIDENCE_APP_SOAK", "3"))
LONGEST_S = {"import": 1.5, "edit": 1.0, "export": 4.0, "password": 2.5, "migration": 2.0}
READY_S = 60


@dataclass
class Ground:
    """Where the victim works, and what was ever reported."""

    path: Path
    folder: Path
    password: str = ""
    reports: list[dict[str, Any]] = field(default_factory=list)

    def reported(self, name: str) -> list[Any]:
        return [report[name] for report in self.reports if name in report]


def kill_one(kind: str, ground: Ground, after_s: float) -> list[dict[str, Any]]:
    """Let a victim work for a while, kill all of it, and return what it reported."""
    command = [sys.executable, VICTIM, kind, ground.path, ground.folder]
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    if not first:
        pytest.fail(process.communicate()[1].decode())
    timer = threading.Timer(after_s, lambda: os.killpg(process.pid, signal.SIGKILL))
    timer.start()
    out, err = process.communicate(timeout=READY_S)
    timer.join()
    assert process.returncode == -signal.SIGKILL, err.decode()
    return [json.loads(line) for line in (first + out).splitlines() if line.endswith(b"}")]


def intact(path: Path, password: str, look: Callable[[CaseFile], None]) -> None:
    """The file opens for changes at once, nothing is wrong with it, and work can go on."""
    with cases.open_case(path, password=password or None) as case:
        result = verification.verify(case)
        assert result.is_intact, result.mismatches
        look(case)
        tags.create(case, f"goes on {time.monotonic_ns()}")
    remaining = [sibling.name for sibling in path.parent.iterdir() if path.name in sibling.name]
    assert remaining == [path.name]


def check_import(ground: Ground) -> None:
    def look(case: CaseFile) -> None:
        ids = items.index(case, ItemFilter())
        there = {item.sha256 for item in items.get_many(case, ids)}
        assert set(ground.reported("imported")) <= there

    intact(ground.path, "", look)


def check_edit(ground: Ground) -> None:
    def look(case: CaseFile) -> None:
        assert set(ground.reported("tag")) <= {tag.name for tag in tags.list_tags(case)}
        notes = ["", *ground.reported("note")]
        possible = {notes[-1], _next(notes[-1]), ground.reported("first")[-1]}
        assert items.get(case, 1).note in possible

    intact(ground.path, "", look)


def _next(note: str) -> str:
    """The note that the same victim writes after that one."""
    note_words = note.split()
    return f"tag {note_words[1]} {int(note_words[2]) + 1} note" if note_words else ""


def check_export(ground: Ground) -> None:
    for report in ground.reports:
        if "exported" in report:
            data = (ground.folder / report["exported"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == report["sha256"]
    with scratch.session():
        pass
    assert [
        sibling.name for sibling in ground.folder.iterdir() if sibling.name.startswith(".")
    ] == []
    assert list((settings.data_folder() / "scratch").iterdir()) == []
    assert {ground.folder / name for name in ground.reported("packed")} <= set(
        ground.folder.iterdir()
    )
    for path in ground.folder.iterdir():
        if path.is_dir():
            assert package_verification.verify(path).is_intact
        else:
            data = path.read_bytes()
            assert data.endswith((b"%%EOF\n", b"\n")), f"{path} was cut off"
    intact(ground.path, "", lambda case: None)


def check_password(ground: Ground) -> None:
    """The password is the last one that was reported, or the one that was being set."""
    passwords = ("", "first words", "other words")
    last_password = ground.reported("password")[-1]
    for password in (
        last_password,
        passwords[(passwords.index(last_password) + 1) % len(passwords)],
    ):
        if cases.is_locked(ground.path) is bool(password) and _fits(ground.path, password):
            intact(ground.path, password, lambda case: None)
            (ground.folder / "password").write_text(password)
            return
    pytest.fail("neither the old nor the new password fits")


def _fits(path: Path, password: str) -> bool:
    try:
        cases.open_case(path, password=password or None).close()
    except UserError as error:
        assert error.message.code is MessageCode.CASE_WRONG_PASSWORD
        return False
    return True


def check_migration(ground: Ground) -> None:
    begun = [name for name in ground.reported("begun") if (ground.folder / name).exists()]
    for name in begun:

        def look(case: CaseFile) -> None:
            assert items.get(case, 1).filename == "a.xml"

        with cases.open_case(ground.folder / name) as case:
            look(case)
        remaining = [sibling.name for sibling in ground.folder.iterdir() if name in sibling.name]
        assert remaining == [name]
    for path in ground.folder.glob("*.evcase"):
        path.unlink()


CHECKS = {
    "import": check_import,
    "edit": check_edit,
    "export": check_export,
    "password": check_password,
    "migration": check_migration,
}


@pytest.mark.parametrize("kind", list(CHECKS))
def test_killed_at_any_moment(kind: str, tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    ground = Ground(tmp_path / "cases" / "case.evcase", tmp_path / "folder")
    ground.folder.mkdir()
    ground.path.parent.mkdir()
    if kind == "migration":
        case_of_version(1, ground.path)
    else:
        sample_case.create_sample(ground.path).close()
    for count in range(TIMES):
        after_s = chance.uniform(0, LONGEST_S[kind])
        ground.reports += kill_one(kind, ground, after_s)
        try:
            CHECKS[kind](ground)
        except BaseException:
            print(f"{kind}: {count} of {count + 1} kills survived; seed {seed}, {after_s} s")
            raise
    print(f"{kind}: {TIMES} of {TIMES} kills survived, {len(ground.reports)} reports")
