"""Nothing of a case with a password is left in plain text, whenever the program was killed.

``EVIDENCE_APP_SOAK`` says how often it is killed; without it, a few times.
"""

import os
import random
import tempfile
from pathlib import Path

import pytest
from kill_victim import MARKER
from test_kill import Ground, kill_one

from evidence_app import scratch
from evidence_app.errors import UserError
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases, copies, doubts, passwords, verification
from evidence_app.services.importing.importer import Importer

pytestmark = pytest.mark.e2e

TIMES = int(os.environ.get("EVIDENCE_APP_SOAK", "3"))
LONGEST_S = 3.0
TEXT = "plain-marker-of-a-text"


def _make(path: Path) -> None:
    with (
        cases.create(path, title=MARKER, timezone="UTC", jurisdiction=Jurisdiction.OTHER) as case,
        Importer(case) as importer,
    ):
        importer.run_bytes("a.txt", f"{TEXT}\n".encode())
        importer.run_bytes("b.bin", os.urandom(4 << 20))


def _lock(path: Path) -> None:
    """What the person does next: opens the case, and sets a password unless it has one."""
    with scratch.session():
        is_locked = cases.is_locked(path)
        with cases.open_case(path, password="words" if is_locked else None) as case:
            if case.doubts:
                doubts.accept(case)  # It was killed when an older copy was just put back.
            assert verification.verify(case).is_intact
        if not is_locked:
            passwords.change_password(path, None, "words")


def _traces(root: Path) -> list[Path]:
    """Files in which a marker stands."""
    return [
        path
        for path in root.rglob("*")
        if path.is_file() and any(text.encode() in path.read_bytes() for text in (MARKER, TEXT))
    ]


def test_no_plain_trace_after_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    ground = Ground(tmp_path / "cases" / "case.evcase", tmp_path / "folder")
    ground.folder.mkdir()
    ground.path.parent.mkdir()
    _make(ground.path)
    assert _traces(tmp_path) == [ground.path], "a marker that cannot be found shows nothing"
    remaining = 0
    for count in range(TIMES):
        after_s = chance.uniform(0, LONGEST_S)
        kill_one("traces", ground, after_s)
        remaining += len(list(tmp_path.rglob(".*.new*")))
        _lock(ground.path)
        for saved in ground.folder.iterdir():
            # The person saved these where they wanted, and knows of them.
            if not saved.name.startswith("."):
                saved.unlink()
        assert _traces(tmp_path) == [], (count, seed, after_s)
        # A kill before the first byte of a journal leaves an empty one, which SQLite uses again.
        siblings = [file.name for file in ground.path.parent.iterdir() if file.stat().st_size]
        assert siblings == ["case.evcase"]
    print(f"no plain trace after {TIMES} of {TIMES} kills; {remaining} unfinished copies were left")


def test_forgotten_copies_are_written_over(tmp_path: Path) -> None:
    """Their bytes are gone although the file still has another name."""
    path = tmp_path / "case.evcase"
    _make(path)
    with cases.open_case(path) as case:
        cases.edit_info(case, title=f"{MARKER} again")
        copies.keep(case)
        [copy] = copies.list_copies(path)
    reader = copy.path.open("rb")
    before = path.open("rb")
    passwords.change_password(path, None, "words")
    for open_file in (reader, before):
        with open_file:
            assert not any(open_file.read())
    with pytest.raises(UserError):
        cases.open_case(path)
