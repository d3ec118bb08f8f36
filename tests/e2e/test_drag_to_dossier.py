"""A real window on a screen of its own: drag from a file manager, mark, export, read the PDF."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.e2e

WINDOW = (520, 0, 860, 700)
FILES = (0, 0, 500, 700)


class Screen:
    """A virtual screen with a window manager, and the programs on it."""

    def __init__(self, home: Path) -> None:
        self._programs: list[subprocess.Popen[bytes]] = []
        reading, writing = os.pipe()
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x760x24"]
        self._server = subprocess.Popen(
            server, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            display = told.readline().strip()
        self.environment = {
            **os.environ,
            "DISPLAY": f":{display}",
            "QT_QPA_PLATFORM": "xcb",
            "EVIDENCE_APP_HOME": str(home),
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
        }
        self.start("openbox")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._programs.append(program)
        return program

    def do(self, *arguments: object) -> str:
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def place(self, find: tuple[str, str], where: tuple[int, int, int, int]) -> str:
        found = wait_for(lambda: self.do("search", "--onlyvisible", *find).split("\n")[-1])
        x, y, width, height = where
        self.do("windowsize", "--sync", found, width, height)
        self.do("windowmove", found, x, y)
        self.do("windowactivate", "--sync", found)
        return found

    def close(self) -> None:
        for program in reversed(self._programs):
            program.kill()
            program.wait()
        self._server.terminate()
        self._server.wait()


def wait_for(check: Callable[[], object], seconds: float = 40) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return str(found)
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def app(*arguments: object) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "evidence_app", *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    home = tmp_path / "home"
    home.mkdir()
    made = Screen(home)
    yield made
    made.close()


def test_from_a_drag_to_a_dossier(screen: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    Image.new("RGB", (300, 600), "teal").save(folder / "Screenshot_20260302_224107.png")
    (folder / "短信.txt").write_text("再不还钱就让你好看", encoding="utf-8")
    case = tmp_path / "case.evcase"
    app("new", case, "--title", "Drag", "--timezone", "Asia/Shanghai", "--jurisdiction", "cn")
    program = screen.start(sys.executable, "-m", "evidence_app", str(case))
    screen.place(("--name", "Drag"), WINDOW)
    screen.start("pcmanfm", "--no-desktop", str(folder))
    files = screen.place(("--class", "pcmanfm"), FILES)
    time.sleep(2)
    screen.do("windowactivate", "--sync", files)
    screen.do("key", "ctrl+a")
    time.sleep(1)
    drag(screen, (210, 150), (860, 420))
    wait_for(lambda: len(app("list", case, "items")) == 2)
    time.sleep(2)
    window = screen.place(("--name", "Drag"), WINDOW)
    screen.do("key", "Escape")
    time.sleep(1)
    screen.do("windowactivate", "--sync", window)
    screen.do("mousemove", 760, 330, "click", 1)
    time.sleep(0.5)
    screen.do("key", "ctrl+a")
    screen.do("key", "4")
    wait_for(lambda: len(app("list", case, "findings")) == 2)
    screen.do("key", "ctrl+q")
    assert program.wait(20) == 0
    export_and_check(case, tmp_path)


def drag(screen: Screen, begin: tuple[int, int], end: tuple[int, int]) -> None:
    screen.do("mousemove", *begin, "mousedown", 1)
    for step in range(1, 31):
        x = begin[0] + (end[0] - begin[0]) * step // 30
        y = begin[1] + (end[1] - begin[1]) * step // 30
        screen.do("mousemove", x, y)
        time.sleep(0.02)
    time.sleep(0.6)
    screen.do("mouseup", 1)


def export_and_check(case: Path, folder: Path) -> None:
    findings = app("list", case, "findings")
    assert {one["violation"] for one in findings} == {"third_party_contact"}
    names = {"en": "Contacting unrelated third parties", "zh": "向无关第三人催收"}
    for language, words in names.items():
        out = folder / f"{language}.pdf"
        app("export", case, "dossier", out, "--language", language)
        text = subprocess.run(["pdftotext", out, "-"], capture_output=True, text=True).stdout
        assert words in text.replace("\n", " ")
        assert "再不还钱就让你好看" in text.replace("\n", "")
        for item in app("list", case, "items"):
            assert str(item["sha256"])[:16] in text
