"""Brings the window's translations up to date: collects new sentences, compiles what is done.

Run ``python packaging/translations.py`` after a text on screen was added or changed, translate
what is marked unfinished in ``resources/translations/*.ts`` with Qt Linguist, and run it again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = {"zh_CN": (), "en": ("-pluralonly",)}
"""English needs only what differs between one and several."""


def sources() -> list[str]:
    """The modules that have sentences for the person."""
    gui = sorted((ROOT / "evidence_app" / "gui").rglob("*.py"))
    texts = sorted((ROOT / "evidence_app" / "messages").glob("*.py"))
    return [str(path) for path in [*texts, *gui]]


def collect(target: Path, *extra: str) -> None:
    """Write the sentences of the program to ``target``, keeping translations already there."""
    options = [*extra, "-no-obsolete", "-locations", "none", "-source-language", "en"]
    _tool("lupdate", *options, *sources(), "-ts", str(target))


def compile_to(source: Path, target: Path) -> None:
    """Make the file that the program loads, in which counts are written as the language does."""
    text = source.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        counted = Path(folder) / source.name
        counted.write_text(_NUMBER_FORM.sub(_in_the_language, text), encoding="utf-8")
        _tool("lrelease", "-silent", str(counted), "-qm", str(target))


_NUMBER_FORM = re.compile(r"<numerusform>[^<]*</numerusform>")


def _in_the_language(form: re.Match[str]) -> str:
    """With Qt's mark for a number with the separators of the language in the place of plain %n."""
    return form[0].replace("%n", "%Ln")


def _tool(name: str, *arguments: str) -> None:
    command = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(command), *arguments], check=True)


def main() -> None:
    """Collect and compile every language."""
    for language, options in LANGUAGES.items():
        texts = FOLDER / f"evidence_app_{language}.ts"
        collect(texts, *options)
        compile_to(texts, texts.with_suffix(".qm"))


if __name__ == "__main__":
    main()
