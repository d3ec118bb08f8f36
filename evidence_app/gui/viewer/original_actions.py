"""What can be done with an original: take an unaltered copy out, copy its hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from evidence_app.gui.appearance import texts
from evidence_app.services import items

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.changes import Changes
    from evidence_app.model.evidence import Item
    from evidence_app.services.cases import CaseFile

translate = QCoreApplication.translate


def save_original(session: Session, item: Item, parent: QWidget) -> None:
    """Ask where, and write an unaltered copy of the original there."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        translate("OriginalActions", "Save a copy of the original file"),
        item.filename,
    )
    if chosen:
        write_original(session, item, Path(chosen), parent)


def write_original(session: Session, item: Item, out: Path, parent: QWidget) -> None:
    """Write an unaltered copy of the original; a file that is there already is replaced."""

    def failed(error: Exception) -> None:
        QMessageBox.warning(
            parent,
            translate("OriginalActions", "Not saved"),
            texts.error_text(error),
        )

    def work(case: CaseFile) -> Changes:
        out.unlink(missing_ok=True)
        return items.extract(case, item.id, out)

    session.mutate(work, failed=failed)


def copy_hash(item: Item) -> None:
    """Put the hash of the original on the clipboard."""
    QGuiApplication.clipboard().setText(item.sha256)
