"""The certificates that others made of an item: shown, opened, added, taken off."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QToolButton, QWidget

from evidence_app.gui.appearance import icons
from evidence_app.gui.common.fact_list import Section
from evidence_app.services import certificates

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.certificates import Certificates


class CertificatesSection(Section):
    """The certificates of an item, and the items that it certifies itself.

    Attributes:
        files_chosen: An item, and files that certify it.
        item_wanted: An item that is to be shown.
    """

    files_chosen = Signal(int, list)
    item_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item_id: int | None = None
        self._rows: list[QWidget] = []
        self.add_button = QToolButton()
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.clicked.connect(self._choose)
        self.add(self.add_button)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.heading.setText(self.tr("Certificates"))
        self.add_button.setText(self.tr("File a certificate…"))
        self.add_button.setIcon(icons.icon("file-check"))
        self.add_button.setToolTip(
            self.tr(
                "Certificates from others, such as a notary’s deed or a "
                "timestamp certificate, kept with this item"
            )
        )

    def show_certificates(self, item_id: int, item_certificates: Certificates) -> None:
        """Show what is known of an item."""
        self._item_id = item_id
        for row in self._rows:
            self.column.removeWidget(row)
            # It goes when nothing uses it any more; until then it is no part of what is shown.
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        writable = not self._session.case.read_only
        for certificate in item_certificates.of_item:
            label = certificate.item.title
            if certificate.is_match is not None:
                fits = (
                    self.tr("matches this file")
                    if certificate.is_match
                    else self.tr("does NOT fit")
                )
                label = f"{label} ({fits})"
            self._add_row(label, certificate.item.id, item_id if writable else None)
        for item in item_certificates.certified:
            self._add_row(self.tr("Certifies “{0}”").format(item.title), item.id, None)
        self.add_button.setVisible(writable)
        self.setVisible(writable or bool(self._rows))

    def _add_row(self, label: str, item_id: int, certified: int | None) -> None:
        """Add a line for an item, which can be taken off the one that it certifies, if given."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        link = QLabel()
        link.setTextFormat(Qt.TextFormat.PlainText)
        link.setWordWrap(True)
        link.setText(label)
        open_ = QToolButton()
        open_.setIcon(icons.icon("eye"))
        open_.setAutoRaise(True)
        open_.setToolTip(self.tr("Show"))
        open_.setAccessibleName(f"{self.tr('Show')}: {label}")
        open_.clicked.connect(partial(self.item_wanted.emit, item_id))
        line.addWidget(link, 1)
        line.addWidget(open_)
        if certified is not None:
            off = QToolButton()
            off.setIcon(icons.icon("unlink"))
            off.setAutoRaise(True)
            off.setToolTip(self.tr("Detach from this item"))
            off.setAccessibleName(f"{off.toolTip()}: {label}")
            off.clicked.connect(partial(self._take_off, certified, item_id))
            line.addWidget(off)
        link.setForegroundRole(QPalette.ColorRole.Text)
        self.column.insertWidget(self.column.indexOf(self.add_button), row)
        self._rows.append(row)

    def _choose(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("File a certificate"))
        if paths and self._item_id is not None:
            self.files_chosen.emit(self._item_id, [Path(path) for path in paths])

    def _take_off(self, certified: int, item_id: int) -> None:
        self._session.mutate(lambda case: certificates.detach(case, certified, item_id))
