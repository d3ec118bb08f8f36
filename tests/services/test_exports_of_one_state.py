"""An export is one state of the case, whatever is written to the case meanwhile."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.filters import EventFilter
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import events as timeline
from evidence_app.services import items, manual_entries, verification
from evidence_app.services.exporting import dossier_content, exports, tables
from evidence_app.services.importing.importer import Importer
from evidence_app.services.sample.sample_case import create_sample

MADE = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
OPTIONS = exports.DossierOptions(language="en")
MOMENTS = (1, 3, 10, 20, 40)
"""At which of the times that an export tells how far it is."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        create_sample(folder / "s.evcase").close()
    return folder / "s.evcase"


@pytest.fixture
def case(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaseFile]:
    monkeypatch.setattr(dossier_content, "now", lambda: MADE)
    with CaseFile.open(Path(shutil.copy(sample, tmp_path / "s.evcase"))) as opened:
        yield opened


class Interference:
    """Changes the case each time that an export tells how far it is."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self.done = 0
        self._ids = list(items.index(case, items.ItemFilter()))

    def __call__(self, state: ProgressState) -> None:
        self.change()

    def change(self) -> None:
        self.done += 1
        if self.done not in MOMENTS:
            return
        with Importer(self._case) as importer:
            importer.run_bytes(f"late-{self.done}.txt", f"came late {self.done}".encode())
        manual_entries.add_entry(self._case, type=EventType.VISIT, time=None, text="came late")
        if self._ids:
            doomed_id = self._ids.pop()
            items.trash(self._case, [doomed_id])
            items.destroy(self._case, [doomed_id], "while it was exported")
        for event_id in timeline.index(self._case, EventFilter()).ids[:3]:
            timeline.set_text(self._case, event_id, f"changed late {self.done}")
        for item_id in self._ids[:3]:
            items.rename(self._case, item_id, f"renamed late {self.done}")


def pages_of(path: Path) -> list[tuple[str, list[bytes]]]:
    """Words and pictures of each page."""
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    with pikepdf.open(path) as document:
        pictures = [
            [image.read_raw_bytes() for _, image in sorted(page.get_images().items())]
            for page in document.pages
        ]
    return list(zip(texts, pictures, strict=True))


def test_a_dossier(case: CaseFile, tmp_path: Path) -> None:
    quiet, disturbed = tmp_path / "quiet.pdf", tmp_path / "disturbed.pdf"
    exports.preview(case, quiet, OPTIONS)
    interference = Interference(case)
    exports.preview(case, disturbed, OPTIONS, progress=Progress(interference))
    assert interference.done > 20
    assert pages_of(disturbed) == pages_of(quiet)
    after = tmp_path / "after.pdf"
    exports.preview(case, after, OPTIONS)
    assert pages_of(after) != pages_of(quiet)
    assert verification.verify(case).is_intact


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table(
    case: CaseFile, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (timeline, tables):
        monkeypatch.setattr(module, "_PAGE", 10)

    def export(name: str, during: Callable[[], None]) -> bytes:
        out = tmp_path / f"{name}.{ending}"

        def is_cancelled() -> bool:
            during()
            return False

        exports.table(case, out, progress=Progress(is_cancelled=is_cancelled))
        if ending == "csv":
            return out.read_bytes()
        with zipfile.ZipFile(out) as book:
            return book.read("xl/worksheets/sheet1.xml")

    quiet = export("quiet", lambda: None)
    interference = Interference(case)
    assert export("disturbed", interference.change) == quiet
    assert interference.done > 20
    assert export("after", lambda: None) != quiet


def test_a_package(case: CaseFile, tmp_path: Path) -> None:
    quiet, disturbed = tmp_path / "quiet", tmp_path / "disturbed"
    # As the first package does of a case that was made on another computer.
    with case.change(Action.CHANGE_KEY, {}):
        pass
    with CaseFile.open(case.path, read_only=True) as reader:
        exports.package(reader, quiet, OPTIONS)
    interference = Interference(case)
    exports.package(case, disturbed, OPTIONS, progress=Progress(interference))
    assert interference.done > 20
    names = {path.relative_to(quiet) for path in quiet.rglob("*") if path.is_file()}
    assert names == {path.relative_to(disturbed) for path in disturbed.rglob("*") if path.is_file()}
    dossier = Path("data/dossier.pdf")
    assert pages_of(quiet / dossier) == pages_of(disturbed / dossier)
    made_of_dossier = {dossier, *(name for name in names if "manifest" in str(name))}
    made_of_dossier |= {name for name in names if name.suffix in (".sig", ".xlsx")}
    made_of_dossier.add(Path("bag-info.txt"))
    for name in names - made_of_dossier:
        assert (quiet / name).read_bytes() == (disturbed / name).read_bytes(), name
