"""Takes the pictures that the two READMEs show, of the real window with the sample case.

``python3 packaging/dev.py screenshots`` runs this. The window is shown on a screen that nobody
sees (Xvfb), in English and in Chinese; the page of the report comes from a PDF that is made here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow
    from evidence_app.services.cases import CaseFile
    from evidence_app.services.violations import Language

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "packaging" / "screenshots"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
NAMES = ("evidence", "timeline", "suggestions", "report")
LARGEST_BYTES = 150_000
_SIZE = (1180, 740)
_SCREEN = "1280x800x24"
_REPORT_WIDTH = 760
_COLOURS = 96
_SETTLED_S = 2.0
_REPORT_PAGE = 3
_SHOWN_ITEM = 4


def main() -> int:
    """Take all pictures; return the exit status."""
    PICTURES.mkdir(exist_ok=True)
    with _screen() as display, tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "EVIDENCE_APP_HOME": home,
            "LANG": "C.UTF-8",
        }
        _take(Path(home))
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"{name}  {size / 1000:.0f} kB")
    return int(any(size > LARGEST_BYTES for size in sizes.values()))


@contextmanager
def _screen() -> Iterator[str]:
    """A screen that nobody sees; gives its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            yield f":{os.read(reading, 16).decode().strip()}"
        finally:
            os.close(reading)
            server.terminate()


def _take(home: Path) -> None:
    # The program is loaded only now: Qt asks for its screen when it is.
    from PySide6.QtWidgets import QApplication

    from evidence_app.gui import app
    from evidence_app.gui.appearance.theme import Theme
    from evidence_app.services.sample import sample_case

    path = home / "sample.evcase"
    case = sample_case.create_sample(path)
    for language in LANGUAGES:
        _take_report(case, home / "report.pdf", language)
    case.close()
    application = QApplication(sys.argv[:1])
    window = app.make_window(application)
    window.settings.knows_first_steps = True
    window.use_theme(Theme.LIGHT)
    window.resize(*_SIZE)
    window.show()
    for language in LANGUAGES:
        window.use_language(language)
        window.open_case(path)
        _wait(lambda: _has_read_all(window))
        _take_window(window, language)
        window.close_case()
        _wait(lambda: not window.desk.closer.is_closing())
    window.close()
    _wait(lambda: not window.isVisible())


def _has_read_all(window: MainWindow) -> bool:
    """Whether the case is open and all its pictures were read."""
    from evidence_app.services import reading

    workspace = window.workspace
    if workspace is None or workspace.reading.is_busy():
        return False
    counts = reading.counts(workspace.session.case)
    return counts.total > 0 and counts.waiting == 0


def _take_window(window: MainWindow, language: Language) -> None:
    """Take a picture of each of the pages that are shown."""
    from evidence_app.gui.workspace import Page

    workspace = window.workspace
    assert workspace is not None
    for name, page in zip(NAMES, (Page.EVIDENCE, Page.TIMELINE, Page.FINDINGS), strict=False):
        workspace.show_page(page)
        if page is Page.EVIDENCE:
            _wait(lambda: workspace.evidence.model.rowCount() > 0)
            workspace.evidence.view.select([_SHOWN_ITEM])
        _wait(lambda: False, _SETTLED_S, is_needed=False)
        with tempfile.TemporaryDirectory() as folder:
            taken = Path(folder) / "taken.png"
            window.grab().save(str(taken))
            with Image.open(taken) as picture:
                _save(picture, name, language)


def _take_report(case: CaseFile, out: Path, language: Language) -> None:
    """Make a report and take a picture of one of its pages."""
    import pypdfium2

    from evidence_app.services.exporting import exports
    from evidence_app.services.exporting.exports import DossierOptions

    exports.dossier(case, out, DossierOptions(language=language))
    with pypdfium2.PdfDocument(out) as report:
        page = report[_REPORT_PAGE]
        picture = page.render(scale=_REPORT_WIDTH / page.get_width()).to_pil()
    _save(picture, "report", language)


def _save(picture: Image.Image, name: str, language: Language) -> None:
    """Write a picture with no more colours than it needs."""
    few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}-{language}.png", optimize=True)


def _wait(is_there: Callable[[], bool], longest_s: float = 180, *, is_needed: bool = True) -> None:
    """Let the window work until it is there.

    Raises:
        TimeoutError: It took too long, and it is needed.
    """
    from PySide6.QtTest import QTest

    ends = time.monotonic() + longest_s
    QTest.qWait(500)
    while not is_there():
        if time.monotonic() > ends:
            if is_needed:
                raise TimeoutError("the window did not get so far")
            return
        QTest.qWait(50)


if __name__ == "__main__":
    sys.exit(main())
