"""The process that makes PDF/A-2b of what ReportLab wrote, and checks it.

``python -m evidence_app.dossier.archival DRAWN CHECKED`` ends with 0 if CHECKED was written and
is valid, else with 1 and the reasons on the standard output.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

FLAVOUR = "2b"
"""Of PDF/A."""

_MOST_REASONS = 3
_MAPPING = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


def main(drawn: Path, checked: Path) -> int:
    """Make the file; return the exit code."""
    from pikepdf import pdfa

    try:
        make(drawn, checked)
    except pdfa.PdfaError as error:
        sys.stdout.write("; ".join(map(str, error.report.findings[:_MOST_REASONS])))
        return 1
    return 0


def make(drawn: Path, checked: Path) -> None:
    """Write a PDF/A-2b file that was validated after it was written.

    Raises:
        pikepdf.pdfa.PdfaError: It did not pass; there is no file.
    """
    import pikepdf
    from pikepdf import pdfa

    with pikepdf.open(drawn) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        _mend_character_maps(pdf)
        decimal = pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, decimal]))
        pdfa.save(pdf, checked, FLAVOUR)


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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
