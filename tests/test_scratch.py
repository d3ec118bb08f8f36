"""What is needed for a moment does not stay, not even when the program is killed."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from evidence_app import scratch, settings

KILLED = """
import os, signal, sys, tempfile
from pathlib import Path
from evidence_app import scratch
with scratch.session():
    kept = tempfile.mkdtemp()
    Path(kept, "words").write_text("plain")
    scratch.unfinished_beside(Path(sys.argv[1]) / "out.pdf").write_text("plain")
    package = scratch.unfinished_beside(Path(sys.argv[1]) / "package")
    package.mkdir()
    (package / "a").write_text("plain")
    Path(sys.argv[1], "finished.pdf").write_text("kept")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def left() -> list[Path]:
    root = settings.data_folder() / "scratch"
    return [path for path in root.rglob("*") if path.is_file()]


def test_nothing_of_a_killed_program_stays(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(work)], cwd=Path(__file__).parents[1])
    assert done.returncode == -signal.SIGKILL
    assert len(left()) > 1
    assert len(list(work.iterdir())) == 3
    with scratch.session():
        assert [path.name for path in work.iterdir()] == ["finished.pdf"]
        assert [path.suffix for path in left()] == [".lock"]
    assert left() == []


def test_a_program_at_work_keeps_its_files() -> None:
    with scratch.session(), tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).is_relative_to(settings.data_folder())
        assert Path(os.environ["TMPDIR"]) == Path(file.name).parent
        with scratch.session():
            assert Path(file.name).exists()
    assert left() == []


def test_afterwards_temporary_files_lie_where_they_did(tmp_path: Path) -> None:
    before = tempfile.gettempdir(), dict(os.environ)
    with scratch.session():
        assert tempfile.gettempdir() != before[0]
    assert (tempfile.gettempdir(), dict(os.environ)) == before


def test_without_a_place_of_its_own_the_system_s_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "file"))
    before = tempfile.gettempdir()
    with scratch.session():
        assert tempfile.gettempdir() == before
