"""Brings the window's translations up to date: collects new sentences, compiles what is done.

Run ``python packaging/translations.py`` after a text on screen was added or changed, translate
what is marked unfinished in ``resources/translations/*.ts`` with Qt Linguist, and run it again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)


def sources() -> list[str]:
    """The modules that have sentences for the person."""
    gui = sorted((ROOT / "evidence_app" / "gui").rglob("*.py"))
    return [str(path) for path in [ROOT / "evidence_app" / "messages.py", *gui]]


def collect(target: Path) -> None:
    """Write all sentences of the program to ``target``, keeping translations already there."""
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en"]
    _tool("lupdate", *options, *sources(), "-ts", str(target))


def compile_to(source: Path, target: Path) -> None:
    """Make the file that the program loads."""
    _tool("lrelease", "-silent", str(source), "-qm", str(target))


def _tool(name: str, *arguments: str) -> None:
    command = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(command), *arguments], check=True)


def main() -> None:
    """Collect and compile every language."""
    for language in LANGUAGES:
        texts = FOLDER / f"evidence_app_{language}.ts"
        collect(texts)
        compile_to(texts, texts.with_suffix(".qm"))


if __name__ == "__main__":
    main()
