"""Whether the evidence report is signed, with which key, and with whose word for the time."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.services import timestamps
from evidence_app.services.exporting.exports import Signing


class Signer(Enum):
    """Whose key signs."""

    NOBODY = auto()
    PERSON = auto()
    INSTALLATION = auto()


class SignatureBox(QWidget):
    """The choice of a signature; what it needs appears when it is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self.signer = QComboBox()
        self.signer.setAccessibleName(self.tr("Signature"))
        self.signer.addItem(self.tr("Not signed"), Signer.NOBODY)
        self.signer.addItem(self.tr("Signed with my certificate"), Signer.PERSON)
        self.signer.addItem(self.tr("Signed with this computer’s key"), Signer.INSTALLATION)
        self.file_button = QPushButton(self.tr("Choose the certificate file…"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password of the certificate file"))
        self.password.setAccessibleName(self.password.placeholderText())
        self.own_hint = QLabel(
            self.tr(
                "It shows that nothing was changed since. It does not prove who you are: nobody "
                "else vouches for this key."
            )
        )
        self.is_stamped = QCheckBox(self.tr("With a trusted timestamp"))
        self.is_stamped.setToolTip(
            self.tr(
                "This needs the internet. Only one SHA-256 value of the signature is sent to the "
                "timestamp service, which also learns your internet address."
            )
        )
        self.authority = QComboBox()
        self.authority.setEditable(True)
        self.authority.setAccessibleName(self.tr("Timestamp service"))
        self.authority.addItems([authority.address for authority in timestamps.known_authorities()])
        self.authority.setMinimumContentsLength(1)
        self.own_hint.setWordWrap(True)
        self.own_hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        self.signer.currentIndexChanged.connect(self._show_needed)
        self.is_stamped.toggled.connect(self._show_needed)
        self.file_button.clicked.connect(self._ask_file)
        self._show_needed()

    def signing(self) -> Signing | None:
        """What was chosen; None if it is not signed."""
        chosen = self.signer.currentData()
        if chosen is Signer.NOBODY:
            return None
        authority = self.authority.currentText().strip() if self.is_stamped.isChecked() else ""
        if chosen is Signer.INSTALLATION:
            return Signing(authority=authority)
        return Signing(self._file, self.password.text() or None, authority)

    def is_complete(self) -> bool:
        """Whether nothing is missing; if the certificate file is, it is asked for."""
        if self.signer.currentData() is not Signer.PERSON or self._file is not None:
            return True
        self._ask_file()
        return False

    def take_file(self, chosen: str) -> None:
        """Sign with the key in that file."""
        self._file = Path(chosen)
        self.file_button.setText(self._file.name)
        self.password.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        for row in (
            *(self.signer, self.file_button, self.password, self.own_hint),
            *(self.is_stamped, self.authority),
        ):
            layout.addWidget(row)

    def _show_needed(self) -> None:
        chosen = self.signer.currentData()
        for row in (self.file_button, self.password):
            row.setVisible(chosen is Signer.PERSON)
        self.own_hint.setVisible(chosen is Signer.INSTALLATION)
        self.is_stamped.setVisible(chosen is not Signer.NOBODY)
        self.authority.setVisible(chosen is not Signer.NOBODY and self.is_stamped.isChecked())

    def _ask_file(self) -> None:
        asking = QFileDialog(self, self.tr("Choose the certificate file"))
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.setNameFilter(self.tr("Certificate with its key (*.p12 *.pfx)"))
        asking.fileSelected.connect(self.take_file)
        asking.open()
