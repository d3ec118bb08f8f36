"""How to read and verify the dossier."""

from __future__ import annotations

from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import HASH, TINT, Style

_TEXT = Style(9.3, 13.8)
_PARTS = ("what", "times", "proves", "not_proves", "check")
_COMMANDS = (
    ("Linux", "sha256sum FILE"),
    ("macOS", "shasum -a 256 FILE"),
    ("Windows", "certutil -hashfile FILE SHA256"),
)


def write(book: DossierContext) -> None:
    """Write the chapter."""
    wording, sheet = book.wording, book.sheet
    zone = book.content.case.timezone
    for part in _PARTS:
        sheet.subheading(wording(f"reading.{part}_title"), keep_with=60)
        for paragraph in wording(f"reading.{part}", zone=zone).split("\n"):
            sheet.paragraph(paragraph, _TEXT, after=4)
        sheet.space(6)
    _write_commands(book)


def _write_commands(book: DossierContext) -> None:
    sheet = book.sheet
    sheet.room(len(_COMMANDS) * 17 + 10)
    for system, command in _COMMANDS:
        sheet.fill(sheet.geometry.left, sheet.y - 15, sheet.geometry.measure, 15, TINT)
        sheet.put(sheet.geometry.left + 8, sheet.y - 10.5, system, HASH)
        sheet.put(sheet.geometry.left + 90, sheet.y - 10.5, command, HASH)
        sheet.space(17)
