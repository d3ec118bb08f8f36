"""A real window on a screen of its own: drag from a file manager, mark, export, read the PDF."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from virtual_screen import Screen, wait_for

pytestmark = pytest.mark.e2e

WINDOW = (520, 0, 860, 700)
FILES = (0, 0, 500, 700)


def app(*arguments: object) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "evidence_app", *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


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
    assert {finding["violation"] for finding in findings} == {"third_party_contact"}
    names = {"en": "Contacting unrelated third parties", "zh": "向无关第三人催收"}
    for language, name in names.items():
        out = folder / f"{language}.pdf"
        app("export", case, "dossier", out, "--language", language)
        text = subprocess.run(["pdftotext", out, "-"], capture_output=True, text=True).stdout
        assert name in text.replace("\n", " ")
        assert "再不还钱就让你好看" in text.replace("\n", "")
        for item in app("list", case, "items"):
            assert str(item["sha256"])[:16] in text
