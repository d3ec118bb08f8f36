"""Sets, changes or removes the password of the open case."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.services import passwords

_RATE_AFTER_MS = 150
_MINUTES = (5, 10, 30, 60, 0)


@dataclass(frozen=True, slots=True)
class PasswordAnswers:
    """What the person said.

    Attributes:
        old: The present password, or None if there is none.
        new: The new one, or None for no password.
        minutes: After so many minutes without use the case is locked; 0 for never.
        sheet: Whether a recovery sheet is wanted.
    """

    old: str | None
    new: str | None
    minutes: int
    sheet: bool


class PasswordDialog(QDialog):
    """What is asked depends on whether the case has a password.

    Attributes:
        answered: The answers, as `PasswordAnswers`.
    """

    answered = Signal(object)

    def __init__(self, *, is_locked: bool, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_locked = is_locked
        self.setWindowTitle(self.tr("Password of the case"))
        self.old, self.new, self.again = (QLineEdit() for _ in range(3))
        for field in (self.old, self.new, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(lambda: self._check())
        self.old_hint, self.again_hint = MissingHint(self.old), MissingHint(self.again)
        self.remove = QCheckBox(self.tr("Remove the password"))
        self.remove.setVisible(is_locked)
        self.remove.toggled.connect(self._check)
        self.meter = QProgressBar()
        self.meter.setRange(0, 4)
        self.meter.setTextVisible(False)
        self.meter.setMaximumHeight(6)
        self.meter.setAccessibleName(self.tr("Strength of the password"))
        self.strength = QLabel()
        self.strength.setWordWrap(True)
        self.minutes = QComboBox()
        for count in _MINUTES:
            label = self.tr("After %n minute(s) without use", "", count)
            self.minutes.addItem(label if count else self.tr("Only when I close it"), count)
        self.minutes.setCurrentIndex(max(self.minutes.findData(minutes), 0))
        self.sheet = QCheckBox(self.tr("Print the recovery code afterwards"))
        self.sheet.setChecked(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._rate)
        self.new.textChanged.connect(lambda: self._timer.start(_RATE_AFTER_MS))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self._rate()
        self._check()

    def _lay_out(self) -> None:
        warning = QLabel(
            self.tr(
                "Choose a password that you will remember, such as four or five "
                "unrelated words, and print the recovery code and keep it in a "
                "safe place. If you lose both, nobody can open the case any "
                "more, not even the makers of this program."
            )
        )
        copies = QLabel(
            self.tr(
                "The case file is rewritten, which takes a while. Earlier "
                "automatic backups are deleted, and a new one is made. A case "
                "with a password is not listed among the recent ones: remember "
                "where the file is."
            )
        )
        for label in (warning, copies):
            label.setWordWrap(True)
        copies.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.form = QFormLayout()
        self.form.setSpacing(theme.SPACE)
        if self._is_locked:
            self.form.addRow(self.tr("Current password"), self.old)
            self.form.addRow("", self.old_hint)
        self.form.addRow(self.tr("New password"), self.new)
        self.form.addRow("", self.meter)
        self.form.addRow("", self.strength)
        self.form.addRow(self.tr("Once more"), self.again)
        self.form.addRow("", self.again_hint)
        self.form.addRow(self.tr("Lock the case"), self.minutes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(warning)
        layout.addLayout(self.form)
        for part in (self.sheet, self.remove, copies, self.buttons):
            layout.addWidget(part)
        self.setMinimumWidth(520)

    def answers(self) -> PasswordAnswers:
        """What the person said."""
        new = None if self.remove.isChecked() else self.new.text()
        old = self.old.text() if self._is_locked else None
        return PasswordAnswers(old, new, self.minutes.currentData(), self.sheet.isChecked())

    def accept(self) -> None:
        """Hand over what was said."""
        answers = self.answers()
        for field in (self.old, self.new, self.again):
            field.clear()
        super().accept()
        self.answered.emit(answers)

    def _check(self) -> None:
        removing = self.remove.isChecked()
        for part in (self.new, self.again, self.sheet, self.minutes):
            part.setEnabled(not removing)
        fits = bool(self.new.text()) and self.new.text() == self.again.text()
        self._say_missing(removing)
        is_confirmed = not self._is_locked or bool(self.old.text())
        self.ok.setEnabled(is_confirmed and (removing or fits))
        if removing:
            self.ok.setText(self.tr("Remove the password"))
        else:
            self.ok.setText(
                self.tr("Change the password") if self._is_locked else self.tr("Set the password")
            )

    def _say_missing(self, removing: bool) -> None:
        needs_old = self._is_locked and not self.old.text()
        self.old_hint.say(self.tr("Please enter the current password.") if needs_old else "")
        hint = ""
        if not removing and not self.new.text():
            hint = self.tr("Please enter a new password.")
        elif not removing and not self.again.text():
            hint = self.tr("Please enter the new password once more.")
        elif not removing and self.new.text() != self.again.text():
            hint = self.tr("The two entries differ. Please enter the new password once more.")
        self.again_hint.say(hint)

    def _rate(self) -> None:
        typed = self.new.text()
        score = passwords.strength(typed).score
        self.meter.setValue(max(score, 1) if typed else 0)
        strengths = (
            self.tr("Very weak."),
            self.tr("Easy to guess."),
            self.tr("Somebody with time could guess it."),
            self.tr("Good."),
            self.tr("Very good."),
        )
        self.strength.setText(strengths[score] if typed else self.tr("Several words are best."))
