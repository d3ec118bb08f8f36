"""Runs all benchmarks, or those of which a word is in the name, and prints one table.

``python3 packaging/dev.py bench [word …]``. A verdict compares with the ratio that we aim at; no
test fails by the clock.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import figures  # noqa: E402 - the folder is none of Python's own.

_VERSIONS = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "lxml")


def main(words: list[str]) -> None:
    """Run, and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: list[figures.Figure] = []
    for path in sorted(HERE.glob("test_*.py")):
        if not words or any(word in path.stem for word in words):
            found += _measured(path)
    sys.stdout.write(f"\n{figures.table(found)}\n\n{machine()}\n")


def _measured(path: Path) -> Iterator[figures.Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCE_APP_HOME"] = f"{folder}/home"
        for figure in _module(path).figures(Path(folder)):
            sys.stdout.write(f"{figure.name}: {figure.seconds:.3f} s, {figure.ratio:.2f}\n")
            sys.stdout.flush()
            yield figure


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def machine() -> str:
    """What it ran on."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _VERSIONS)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} × {platform.machine()}, {platform.platform()}, load {load}; "
        f"Python {platform.python_version()}, {versions}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
