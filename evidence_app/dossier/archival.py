"""The closed-off process that makes PDF/A of what ReportLab wrote, and checks it.

It is sent what is to lie within the file, then the pages, the pictures that they name and what the
parts of the pages are, then the files that are to lie within it. It answers with null and a valid
file (PDF/A-2b, or PDF/A-3b if files lie within it), or with the reasons why there is none.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier import associated_files, structure_tree
from evidence_app.dossier.associated_files import AssociatedFile
from evidence_app.sandbox import frames, inside

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

FLAVOUR, FLAVOUR_WITH_FILES = "2b", "3b"
"""Of PDF/A."""

MEMORY = 6 << 30
"""Bytes of address space that making and checking a long document may take."""

_MOST_CHECKED = 1 << 20
"""Bytes of elements of which the tree is made before the file is checked.

A larger one, of some 20,000 elements, is added afterwards: the check would read it into gigabytes
of memory, and its objects are of the same few forms, however many there are.
"""

_MOST_REASONS = 3
_PICTURE = re.compile(r"picture-(\d+)$")
_CHANGED_AT = re.compile(rb"\s*<xmp:MetadataDate>[^<]*</xmp:MetadataDate>")
_MAPPING = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


def main() -> None:
    """Serve one file."""
    inlet, outlet = inside.enter(MEMORY)
    folder = Path(tempfile.gettempdir())
    names = ("drawn", "pictures", "elements", "checked")
    drawn, pictures, elements, checked = (folder / name for name in names)
    request = frames.read_frame(inlet).head
    files = [AssociatedFile(**values) for values in request["associated"]]
    sources = [folder / f"file-{number}" for number in range(len(files))]
    for part in (drawn, pictures, elements, *sources):
        with part.open("wb") as received:
            frames.read_file(inlet, received)
    reasons = _reasons(drawn, pictures, elements, checked, files, sources)
    frames.write_frame(outlet, reasons)
    if reasons is None:
        with checked.open("rb") as result:
            frames.write_file(outlet, result)


def _reasons(
    drawn: Path,
    pictures: Path,
    elements: Path,
    checked: Path,
    files: Sequence[AssociatedFile],
    sources: Sequence[Path],
) -> str | None:
    """Make the file; why that failed, or None."""
    from pikepdf import pdfa

    try:
        make(drawn, pictures, elements, checked, files, sources)
    except pdfa.PdfaError as error:
        return "; ".join(map(str, error.report.findings[:_MOST_REASONS]))
    except Exception as error:  # whatever it is, the person learns why there is no file
        return f"{type(error).__name__}: {error}"
    return None


def make(
    drawn: Path,
    pictures: Path,
    elements: Path,
    checked: Path,
    files: Sequence[AssociatedFile] = (),
    sources: Sequence[Path] = (),
) -> None:
    """Write a PDF/A file that was validated after it was written.

    Args:
        drawn: The pages.
        pictures: What `PictureStore` wrote.
        elements: What `Structure` wrote.
        checked: The file.
        files: What is to lie within it; it is PDF/A-3b then, else PDF/A-2b.
        sources: Where these files are, in the same order.

    Raises:
        ValueError: What lies within it is not what should.
        pikepdf.pdfa.PdfaError: It did not pass; there is no file.
    """
    import pikepdf
    from pikepdf import pdfa

    flavour = FLAVOUR_WITH_FILES if files else FLAVOUR
    with pikepdf.open(drawn) as pdf, pikepdf.open(pictures) as store:
        put = _Pictures(pdf, store)
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
            put.on(page.obj)
        _mend_character_maps(pdf)
        decimal = pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, decimal]))
        structure_tree.prepare(pdf)
        associated_files.prepare(pdf, files)
        pdfa.prepare(pdf, flavour)
        _forget_the_hour(pdf)
        settings = pdfa.resolve_save_kwargs(flavour, deterministic_id=True)
        pdf.save(checked, **settings)
    associated_files.append(checked, files, sources)
    associated_files.require_whole(checked, files)
    plan = structure_tree.Plan(checked)
    if elements.stat().st_size > _MOST_CHECKED:
        _require_valid(checked, flavour, settings)
        structure_tree.append(checked, elements, plan)
    else:
        structure_tree.append(checked, elements, plan)
        _require_valid(checked, flavour, settings)


def _require_valid(checked: Path, flavour: str, settings: dict[str, Any]) -> None:
    from pikepdf import pdfa

    report = pdfa.validate_written(checked, flavour, settings)
    if not report.passed:
        raise pdfa.PdfaError(report)


def _forget_the_hour(pdf: Pdf) -> None:
    """Take the time of this change out of the properties: the same input makes the same file."""
    metadata = pdf.Root.Metadata
    metadata.write(_CHANGED_AT.sub(b"", metadata.read_bytes()))


class _Pictures:
    """Puts pictures where pages name them; their data is read when the file is written."""

    def __init__(self, pdf: Pdf, store: Pdf) -> None:
        self._pdf, self._store = pdf, store
        self._copies: dict[int, Object] = {}

    def on(self, page: Object) -> None:
        """Put those of one page in their places."""
        resources = page.get("/Resources")
        if resources is None or "/XObject" not in resources:
            return
        objects = resources.XObject
        for name in list(objects.keys()):
            match = _PICTURE.search(str(name))
            if match:
                objects[name] = self._copy(int(match[1]))

    def _copy(self, number: int) -> Object:
        if number not in self._copies:
            copy = self._pdf.copy_foreign(self._store.get_object(number, 0))
            self._copies[number] = copy
        return self._copies[number]


def _mend_character_maps(pdf: Pdf) -> None:
    """Write characters beyond the first plane as UTF-16, so that emoji can be searched for."""
    import pikepdf

    for each in pdf.objects:
        if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != pikepdf.Name.Font:
            continue
        stream = each.get("/ToUnicode")
        if isinstance(stream, pikepdf.Stream):
            data = stream.read_bytes()
            mended = _MAPPING.sub(_as_utf16, data)
            if mended != data:
                stream.write(mended)


def _as_utf16(match: re.Match[bytes]) -> bytes:
    units = chr(int(match[2], 16)).encode("utf-16-be").hex().upper()
    return b"<%b> <%b>" % (match[1], units.encode())
