"""The pages of a dossier, as they will be."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget


class DossierPreview(QStackedWidget):
    """Shows a PDF file, or a sentence as long as there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.view = QPdfView()
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(self.tr("Preview of the evidence report"))
        self.addWidget(self.words)
        self.addWidget(self.view)
        # Children go in the order in which they came: the view draws on a thread of its own, and
        # must be gone before what it draws.
        self.document = QPdfDocument(self)

    def say(self, text: str) -> None:
        """Show a sentence instead of pages."""
        self.words.setText(text)
        self.setCurrentWidget(self.words)

    def show_file(self, path: Path) -> int:
        """Show the pages of a file.

        Returns:
            How many pages it has.
        """
        self.forget()
        self.document.load(str(path))
        self.view.setDocument(self.document)
        self.setCurrentWidget(self.view)
        return self.document.pageCount()

    def forget(self) -> None:
        """Let the file go, once the view no longer draws it."""
        self.view.setDocument(None)  # type: ignore[arg-type]  # Qt takes none; its stub does not.
        self.document.close()
