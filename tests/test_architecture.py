"""The layers hold, and files and functions stay small enough to be read."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "evidence_app"
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
MEDIAN_FILE, MEDIAN_FUNCTION = 150, 10


def _sources() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def _lengths() -> dict[Path, int]:
    return {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _sources()}


def _functions() -> Iterator[tuple[str, int]]:
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield where, node.end_lineno - node.lineno + 1


def test_imports_point_downwards_only() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_anchoring_can_send_a_request() -> None:
    """What import-linter cannot tell from `urllib.parse`, which only takes addresses apart."""
    senders = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "urllib.request" in path.read_text(encoding="utf-8")
    ]
    assert senders == ["anchoring/authority.py"]


def test_of_qts_network_only_local_sockets_are_used() -> None:
    users = {
        str(path.relative_to(PACKAGE)): re.findall(r"from PySide6\.QtNetwork import (.*)", text)
        for path in PACKAGE.rglob("*.py")
        if "QtNetwork" in (text := path.read_text(encoding="utf-8"))
    }
    assert users == {"gui/case/one_window.py": ["QLocalServer, QLocalSocket"]}


def test_files_can_be_read() -> None:
    lengths = _lengths()
    assert {path: size for path, size in lengths.items() if size > LONGEST_FILE} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_FILE


def test_functions_can_be_read() -> None:
    functions = dict(_functions())
    assert {where: size for where, size in functions.items() if size > LONGEST_FUNCTION} == {}
    assert statistics.median(functions.values()) <= MEDIAN_FUNCTION


def test_the_heavy_libraries_wait_until_they_are_needed() -> None:
    """A start loads none of what only some work needs."""
    heavy = [
        "reportlab", "pikepdf", "av", "pillow_heif", "numpy", "phonenumbers", "lxml", "cv2",
        "rapidocr", "onnxruntime",
    ]  # fmt: skip
    program = (
        "import sys; import evidence_app.bootstrap, evidence_app.cli.main; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_commands_do_not_load_qt() -> None:
    program = (
        "import sys; import evidence_app.cli.main; "
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_page_on_the_architecture_names_what_is_there() -> None:
    page = (PACKAGE / "README.md").read_text(encoding="utf-8")
    named = {name.split(".")[0] for name in re.findall(r"`([a-z_]+/[a-z_/.]*)`", page)}
    missing = [
        name
        for name in sorted(
            named
            - {"data/excerpts", "resources/texts", "resources/rulebooks", "resources/verifier"}
        )
        if not (PACKAGE / f"{name}.py").exists() and not (PACKAGE / name).is_dir()
    ]
    assert missing == []
