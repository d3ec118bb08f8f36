"""Whatever it does and however it is closed, the program ends soon and leaves a whole case.

Each test runs the program in a process of its own.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from virtual_screen import Screen

from evidence_app.model.case import Jurisdiction
from evidence_app.model.filters import EventFilter
from evidence_app.services import cases, copies, tags, verification
from evidence_app.services import events as timeline
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
VICTIM = Path(__file__).with_name("close_victim.py")
SOON_S = 12
"""On a busy computer; an idle one needs a tenth of it."""

LONGEST_S = 60
CALLS = 3000
LARGE = 12 << 20

WORKS = (
    "nothing", "opening", "sample", "unlocking", "importing", "answering", "dossier", "package",
    "preview", "table", "verifying", "checking", "password", "copying", "keeping", "restoring",
    "stamping", "rescuing", "reads", "edits",
)  # fmt: skip
WAYS = ("quit", "twice", "dialog", "keys")


@pytest.fixture(scope="module")
def source_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with calls, a large original and an open question; a package, files to import."""
    folder = tmp_path_factory.mktemp("made")
    inbox = folder / "inbox"
    inbox.mkdir()
    for number in range(200):
        (inbox / f"{number}.txt").write_text(f"call {number}")
    (inbox / "large.bin").write_bytes(os.urandom(LARGE))
    rows = "".join(
        f"+120255501{number % 100:02},2024-03-{1 + number % 28:02} 14:{number % 60:02}:00,in,9\n"
        for number in range(CALLS)
    )
    (folder / "calls.csv").write_text(f"number,date,type,duration\n{rows}")
    (folder / "asked.csv").write_text("date,type,number,duration\n03/04/2024 10:00,in,95001,3\n")
    (folder / "first.bin").write_bytes(os.urandom(LARGE))
    case = cases.create(
        folder / "the.evcase",
        title="The case",
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with case:
        with Importer(case) as importer:
            importer.run([folder / "calls.csv", folder / "asked.csv", folder / "first.bin"])
        exports.package(case, folder / "package.zip", DossierOptions("en"))
    return folder


@pytest.fixture
def ground(source_folder: Path, tmp_path: Path) -> Path:
    """A folder of one test, with all that the works need."""
    folder = tmp_path / "ground"
    shutil.copytree(source_folder, folder)
    return folder


@pytest.fixture
def silent_authority(ground: Path) -> Iterator[None]:
    """One that takes the question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (ground / "authority").write_text(f"http://127.0.0.1:{port}/")
        yield


def prepare(work: str, ground: Path) -> None:
    case = ground / "the.evcase"
    if work == "restoring":
        with cases.open_case(case) as opened:
            tags.create(opened, "before")
            copies.keep(opened)
    if work == "rescuing":
        content = case.read_bytes()
        (ground / "damaged.evcase").write_bytes(bytes(4096) + content[4096:])


def end_of(ground: Path, work: str, way: str, screen: Screen | None = None) -> float:
    """Run the program until it ends; return the seconds that it took to close."""
    environment = {"QT_QPA_PLATFORM": "offscreen"} if screen is None else screen.environment
    with subprocess.Popen(
        [sys.executable, VICTIM, ground, work, way],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        alarm = threading.Timer(LONGEST_S, process.kill)
        alarm.start()
        assert process.stdout is not None
        first, *window = process.stdout.readline().split() or [""]
        began = time.monotonic()
        if way.startswith("SIG"):
            process.send_signal(getattr(signal, way))
        if screen is not None:
            screen.ask_to_close(int(window[0]))
        _, errors = process.communicate()
        alarm.cancel()
    took = time.monotonic() - began
    assert first in ("closing", "now"), errors
    assert process.returncode == 0, f"{process.returncode} {errors}"
    assert "Traceback" not in errors and "QThread" not in errors, errors
    return took


def check(ground: Path, work: str) -> None:
    """The case is whole and can be worked on at once; nothing half done is left beside it."""
    # Before the case goes on: what was copied until then would be an older state of it.
    for name in ("copy.evcase", "rescued.evcase"):
        if (ground / name).exists():
            with cases.open_case(ground / name, read_only=True) as other:
                assert verification.verify(other).is_intact
    path = ground / "the.evcase"
    password = "correct horse battery staple" if cases.is_locked(path) else None
    with cases.open_case(path, password=password) as case:
        assert not case.doubts
        assert verification.verify(case).is_intact
        tags.create(case, "goes on")
        if work == "edits":
            ids = timeline.index(case, EventFilter(tag_id=1)).ids
            assert len(ids) == CALLS + 1, "an edit that was made is kept"
    expected = {"the.evcase", "package.zip", "inbox", "calls.csv", "asked.csv", "first.bin"}
    remaining = {path.name for path in ground.iterdir()} - expected
    assert remaining <= {"out.pdf", "out.zip", "out.xlsx", "copy.evcase", "damaged.evcase",
                    "rescued.evcase", "authority"}  # fmt: skip
    if "out.zip" in remaining:
        assert package_verification.verify(ground / "out.zip").is_intact


@pytest.mark.parametrize("way", ["x", "SIGTERM"])
@pytest.mark.parametrize("work", WORKS)
def test_every_work_ends_with_the_window(
    ground: Path, silent_authority: None, work: str, way: str
) -> None:
    prepare(work, ground)
    took = end_of(ground, work, way)
    assert took < SOON_S
    check(ground, work)


@pytest.mark.parametrize("way", [*WAYS, "SIGINT", "SIGHUP"])
@pytest.mark.parametrize("work", ["importing"])
def test_every_way_to_close_ends_the_program(
    ground: Path, silent_authority: None, work: str, way: str
) -> None:
    assert end_of(ground, work, way) < SOON_S
    check(ground, work)


@pytest.mark.parametrize("dialog", ["entry", "export"])
def test_the_desktop_asks_to_close_while_a_dialog_is_open(
    ground: Path, screen: Screen, dialog: str
) -> None:
    """The X of the window: Qt hears nothing of it while a modal dialog blocks the window."""
    assert end_of(ground, "importing", f"desktop {dialog}", screen) < SOON_S
    check(ground, "importing")
