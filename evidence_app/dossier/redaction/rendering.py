"""The closed-off process that draws pages of a finished PDF, so that they can be read once more.

It is sent the SHA-256 of the pictures whose pages are wanted, or null for all pages, then the
file; it answers with ``page`` and a PNG file for each of them, and ``done``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from evidence_app.dossier.redaction import check
from evidence_app.sandbox import frames, inside

MEMORY = 3 << 30
"""Bytes of address space that it may take."""

_SCALE = 2.0
"""Pixels of a point: as in the check of what is shown black, and letters can well be read."""


def main() -> None:
    """Serve one file."""
    import pikepdf
    import pypdfium2

    inlet, outlet = inside.enter(MEMORY)
    folder = Path(tempfile.gettempdir())
    path, drawn = folder / "finished.pdf", folder / "page.png"
    digests = frames.read_frame(inlet).head
    with path.open("wb") as received:
        frames.read_file(inlet, received)
    with pypdfium2.PdfDocument(path) as view, pikepdf.open(path) as document:
        for index, page in enumerate(document.pages):
            if digests is not None and not check.digests_of(page).keys() & set(digests):
                continue
            sheet = view[index]
            sheet.render(scale=_SCALE).to_pil().save(drawn, "PNG", compress_level=1)
            sheet.close()
            frames.write_frame(outlet, "page")
            with drawn.open("rb") as picture:
                frames.write_file(outlet, picture)
    frames.write_frame(outlet, "done")
