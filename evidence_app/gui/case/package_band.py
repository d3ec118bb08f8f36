"""The line above the pages that says that an evidence package is shown, and no case."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.common.saved_files import open_file
from evidence_app.services.package_cases import PackageCase

_ICON = 18


class PackageBand(QFrame):
    """Seen as long as the package is open.

    Attributes:
        check_wanted: The person wants to see what was checked.
    """

    check_wanted = Signal()

    def __init__(self, case: PackageCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("package_band")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._case = case
        self._picture, self.words = QLabel(), QLabel()
        self.report, self.check = QPushButton(), QPushButton()
        self.words.setWordWrap(True)
        self.report.setVisible(case.report is not None)
        self.report.clicked.connect(self._open_report)
        self.check.clicked.connect(self.check_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.report)
        row.addWidget(self.check)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        case = self._case
        name = case.source.name
        sentences = [
            self.tr("This is the evidence package “{0}”. It cannot be changed.").format(name)
        ]
        if case.checked.is_intact:
            sentences.append(
                self.tr(
                    "Checked: nothing was changed, added or taken away since it was made, as far "
                    "as its signature vouches."
                )
            )
        else:
            count = len(case.checked.mismatches)
            sentences.append(
                self.tr(
                    "Checked: %n problem(s) found. Do not rely on what is shown here.", "", count
                )
            )
        if case.missing:
            sentences.append(self.tr("%n file(s) of its list are not in it.", "", case.missing))
        if case.unreadable:
            sentences.append(self.tr("%n line(s) cannot be shown.", "", case.unreadable))
        sentences.append(self.tr("It does not tell what each person is to the case."))
        self.words.setText(" ".join(sentences))
        self.report.setText(self.tr("Evidence report"))
        self.check.setText(self.tr("What was checked…"))
        picture, colour = ("package", None) if case.checked.is_intact else (
            "triangle-alert", theme.warn())  # fmt: skip
        self._picture.setPixmap(icons.icon(picture, colour).pixmap(QSize(_ICON, _ICON)))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything anew in another language, and draw in the colours of now."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()

    def _open_report(self) -> None:
        if self._case.report is not None:
            open_file(self._case.report)
