"""Starting, holding and ending closed-off processes."""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence_app.model.question import Answers, answer_values
from evidence_app.sandbox import child, room, watch
from evidence_app.sandbox.child import Child
from evidence_app.sandbox.protection import Gap, Protection, protection_back
from evidence_app.sandbox.watch import Verdict

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import os, sys, tempfile, time
from pathlib import Path
sys.path.insert(0, {root!r})
from evidence_app.sandbox import frames, inside
inlet, outlet = inside.enter(2 << 30)
here = Path(tempfile.gettempdir())
frames.read_frame(inlet)
{code}
"""

ANY_REQUEST = {
    "size": 10, "filename": "x", "region": None, "answers": answer_values(Answers()),
    "companions": [], "depth": 0, "container": "", "only_detect": True, "width": 1, "height": 1,
    "taken_on": None, "zone": "Asia/Shanghai", "own_zone": "", "associated": [],
}  # fmt: skip
"""What each of the programs understands."""


def start(monkeypatch: pytest.MonkeyPatch, code: str) -> Child:
    """A closed-off process that runs ``code`` when it is spoken to."""
    program = SERVE.format(root=str(ROOT), code=code)
    monkeypatch.setattr(child, "command", lambda module: [sys.executable, "-I", "-c", program])
    return Child("", 2 << 30)


@contextmanager
def stopped(process: Child) -> Iterator[None]:
    """Stop a process at the end, even if it did not do what it should."""
    try:
        yield
    finally:
        process.stop()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_process_knows_only_what_it_needs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EVIDENCE_APP_PASSWORD", "HOME", "LD_LIBRARY_PATH", "PYTHONSTARTUP", "DISPLAY"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LC_TIME", "C.UTF-8")
    process = start(monkeypatch, "frames.write_frame(outlet, [dict(os.environ), os.getcwd()])")
    with process.watched(20):
        process.send({})
        environment, here = process.receive().head
    assert environment["LC_TIME"] == "C.UTF-8"
    assert here == str(process.folder)
    assert set(environment) <= {
        "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "TEMP", "TMP", "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
    } | {name for name in environment if name.startswith("LC_")}  # fmt: skip
    process.stop()
    assert list(folder.iterdir()) == []


def test_a_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child.command("evidence_app.intake.process.worker") == [
        sys.executable, "--closed-off", "evidence_app.intake.process.worker",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("module", "files"),
    [
        ("evidence_app.intake.process.worker", 1),
        ("evidence_app.dossier.picture_worker", 1),
        ("evidence_app.dossier.archival", 3),
        ("evidence_app.reading.worker", 1),
    ],
)
def test_both_ways_in_close_the_process_off(
    module: str, files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = [sys.executable, "-P", "-m", "evidence_app", child.VERB, module]
    for command in (child.command(module), bundled):
        monkeypatch.setattr(child, "command", lambda module, command=command: command)
        process = Child(module, 2 << 30)
        with stopped(process), process.watched(20):
            process.send(ANY_REQUEST)
            for _ in range(files):
                process.send_file(io.BytesIO(b"no picture"))
            process.receive()
        assert process.protection is not None
        assert process.protection.is_whole


def test_a_process_ends_with_the_program(folder: Path) -> None:
    """Even if it is busy, and the program was killed."""
    busy = SERVE.format(root=str(ROOT), code="time.sleep(600)")
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from evidence_app.sandbox import child
child.command = lambda module: [sys.executable, "-I", "-c", {busy!r}]
one = child.Child("", 2 << 30)
print(one.pid, flush=True)
with one.watched(60):
    one.send(dict())
    one.receive()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        assert Path(f"/proc/{pid}").exists()
        parent.kill()
    deadline = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_outlives_the_thread_that_asked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    made: list[Child] = []
    code = "frames.write_frame(outlet, 'well')"
    thread = threading.Thread(target=lambda: made.append(start(monkeypatch, code)))
    thread.start()
    thread.join()
    time.sleep(0.3)
    with made[0].watched(20):
        made[0].send({})
        assert made[0].receive().head == "well"
    made[0].stop()


@pytest.mark.parametrize(
    "code",
    [
        "for n in range(100): (here / str(n)).write_bytes(bytes(1 << 20))",
        "for n in range(2000): (here / str(n)).touch()",
        "files = [tempfile.TemporaryFile() for _ in range(20)]\n"
        "for one in files: one.write(bytes(1 << 22)), one.flush()",
        "import mmap\nfor n in range(20):\n"
        "    name = here / 'x'; one = name.open('w+b'); one.write(bytes(1 << 22)); one.flush()\n"
        "    globals()[f'm{n}'] = mmap.mmap(one.fileno(), 1 << 22); one.close(); name.unlink()",
    ],
)
def test_a_process_that_fills_the_disk_is_ended(
    code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_MOST_KEPT", 32 << 20)
    monkeypatch.setattr(watch, "_MOST_FILES", 1000)
    monkeypatch.setattr(watch, "_FAIR_SHARE", 16 << 20)
    monkeypatch.setattr(watch, "_FLOOR", room.free_bytes(folder) + (1 << 40))
    process = start(monkeypatch, f"{code}\ntime.sleep(600)")
    with process.watched(60) as watching, pytest.raises(EOFError):
        process.send({})
        process.receive()
    assert watching.verdict is Verdict.GREEDY
    process.stop()
    assert list(folder.iterdir()) == []


def test_what_a_process_hid_is_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "(here / 'a').mkdir(); (here / 'a' / 'b').mkdir(0); (here / 'c').write_text('x')\n"
        "frames.write_frame(outlet, 'well')"
    )
    process = start(monkeypatch, code)
    with process.watched(20):
        process.send({})
        assert process.receive().head == "well"
    process.stop()
    assert list(folder.iterdir()) == []


def test_a_process_that_does_not_say_how_it_is_closed_off_is_not_listened_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = (
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom evidence_app.sandbox import frames\n"
        "frames.write_frame(sys.stdout.buffer, ['records', []])"
    )
    monkeypatch.setattr(child, "command", lambda module: [sys.executable, "-I", "-c", program])
    process = Child("", 2 << 30)
    with process.watched(20), pytest.raises(ValueError, match="did not say"):
        process.receive()
    process.stop()


def test_a_partly_closed_process_is_told_to_the_log_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(child, "_reported", set())
    program = (
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from evidence_app.sandbox import frames, inside\n"
        "from evidence_app.sandbox.protection import Gap, lacking\n"
        "inside.confine = lambda room: lacking('an old kernel', Gap.ACTS)\n"
        "inlet, outlet = inside.enter(2 << 30)\nframes.write_frame(outlet, 'well')"
    )
    monkeypatch.setattr(child, "command", lambda module: [sys.executable, "-I", "-c", program])
    for _ in range(2):
        process = Child("", 2 << 30)
        with process.watched(20):
            assert process.receive().head == "well"
        assert process.protection == Protection(frozenset({Gap.ACTS}), ("an old kernel",))
        process.stop()
    assert [
        record.getMessage() for record in caplog.records if "an old kernel" in record.getMessage()
    ] == ["files from others are read in a partly closed-off process: an old kernel"]


def test_protection_travels() -> None:
    made = Protection(frozenset(Gap), ("a", "b"))
    assert protection_back(made.values()) == made
    with pytest.raises(ValueError):
        protection_back([["no such gap"], []])


def test_the_home_folder_is_never_among_the_programs_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "site-packages"
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path), "/", str(packages)])
    monkeypatch.setattr(Path, "home", lambda: packages / "person")
    folders = room.program_files()
    assert packages not in folders
    assert tmp_path not in folders
    assert Path("/") not in folders
    assert ROOT not in folders
    assert ROOT / "evidence_app" in folders


def test_a_bundled_program_can_read_its_own_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """PyInstaller puts the modules at the end of the program itself, beside its folder."""
    program, folder = tmp_path / "evidence-app", tmp_path / "_internal"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder), raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert {program, folder} <= set(room.program_files())
