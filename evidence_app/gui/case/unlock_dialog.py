"""Asks for the password of a locked case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme

_ICON = 32


class UnlockDialog(QDialog):
    """One field; the code of a recovery sheet is taken too.

    Attributes:
        entered: The password or recovery code as typed.
    """

    entered = Signal(str)

    def __init__(self, path: Path, parent: QWidget | None = None, *, again: bool = False) -> None:
        """Make the dialog.

        Args:
            path: The locked case.
            parent: Qt's parent.
            again: Whether a password was wrong just now.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Locked case"))
        picture = QLabel()
        picture.setPixmap(icons.icon("lock", theme.accent()).pixmap(_ICON, _ICON))
        name = QLabel(self.tr("“{0}” is locked. Please enter its password.").format(path.stem))
        name.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(picture)
        head.addWidget(name, 1)
        self.wrong = QLabel(self.tr("This password does not open the case. Please try again."))
        self.wrong.setWordWrap(True)
        palette = self.wrong.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.bad())
        self.wrong.setPalette(palette)
        self.wrong.setVisible(again)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password"))
        self.field.setPlaceholderText(self.tr("Password or recovery code"))
        show_typed = QCheckBox(self.tr("Show what I type"))
        show_typed.toggled.connect(self._show_typed)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(self.tr("Open"))
        self.ok.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.ok.setEnabled(bool(text)))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(head)
        for part in (self.wrong, self.field, show_typed, self.buttons):
            layout.addWidget(part)
        self.setMinimumWidth(440)

    def accept(self) -> None:
        """Hand over what was typed."""
        typed = self.field.text()
        self.field.clear()
        super().accept()
        self.entered.emit(typed)

    def _show_typed(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
