"""The first page: a new case, one of before, or the sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.checking.check_code_card import CheckCodeCard

_WIDTH = 620


class WelcomePage(QWidget):
    """What a newcomer sees.

    Attributes:
        new_case: The person wants a new case.
        open_other: The person wants to choose a case file.
        open_case: The person wants the case of that path.
        sample: The person wants the sample case.
        language: The person wants ``en`` or ``zh``.
    """

    new_case = Signal()
    open_other = Signal()
    open_case = Signal(str)
    sample = Signal()
    language = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._claim, self._drop, self._privacy = (QLabel() for _ in range(4))
        self._recent_heading = QLabel()
        self.card = CheckCodeCard()
        self.new_button, self.open_button, self.sample_button = (
            self._button(name, signal)
            for name, signal in (
                ("folder-plus", self.new_case),
                ("folder-open", self.open_other),
                ("book-open", self.sample),
            )
        )
        self.new_button.setProperty("primary", True)
        self.new_button.setIcon(icons.icon("folder-plus", QColor("white")))
        self.recent = QListWidget()
        self.recent.itemActivated.connect(self._on_recent)
        self.recent.itemClicked.connect(self._on_recent)
        self._english = QPushButton("English")
        self._chinese = QPushButton("简体中文")
        self._english.clicked.connect(lambda: self.language.emit("en"))
        self._chinese.clicked.connect(lambda: self.language.emit("zh"))
        self._lay_out()
        self.retranslate()

    def _button(self, icon: str, signal: object) -> QPushButton:
        button = QPushButton(icons.icon(icon), "")
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(48)
        button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined]
        return button

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(72, 72))
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        font.setBold(True)
        self._title.setFont(font)
        for label in (self._claim, self._drop, self._privacy):
            label.setWordWrap(True)
        self._drop.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._privacy.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(picture)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        column.addWidget(self._claim)
        for button in (self.new_button, self.open_button, self.sample_button):
            column.addWidget(button)
        column.addWidget(self._drop)
        column.addWidget(self.card)
        column.addWidget(self._recent_heading)
        column.addWidget(self.recent, 1)
        column.addWidget(self._privacy)
        column.addLayout(self._languages())
        self._centre(column)

    def _languages(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        for button in (self._english, self._chinese):
            button.setFlat(True)
            row.addWidget(button)
        return row

    def _centre(self, column: QVBoxLayout) -> None:
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(middle, 8)
        outer.addStretch(1)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.card.retranslate()
        self._title.setText(self.tr("Evidence App"))
        self._claim.setText(
            self.tr(
                "If debt collectors harass you, keep the evidence: put "
                "screenshots, call logs, recordings and messages in one place. "
                "The program puts them in order and makes a report that you can "
                "hand in with a complaint or a suit."
            )
        )
        self.new_button.setText(self.tr("Start a new case"))
        self.open_button.setText(self.tr("Open a case…"))
        self.sample_button.setText(self.tr("Look at the sample case"))
        self._drop.setText(self.tr("You can also drop your files right here."))
        self._recent_heading.setText(self.tr("Recent cases"))
        self.recent.setAccessibleName(self.tr("Recent cases"))
        self._privacy.setText(
            self.tr(
                "Everything stays on this computer. The program never uses the internet by itself."
            )
        )

    def show_recent(self, paths: list[str]) -> None:
        """List the recent cases; those that are gone are shown, but cannot be chosen."""
        self.recent.clear()
        for path in paths:
            there = Path(path).exists()
            line = QListWidgetItem(icons.icon("folder"), f"{Path(path).stem}\n{path}")
            line.setData(Qt.ItemDataRole.UserRole, path)
            if not there:
                line.setFlags(Qt.ItemFlag.NoItemFlags)
                line.setText(f"{Path(path).stem}\n{self.tr('no longer at {0}').format(path)}")
            self.recent.addItem(line)
        self._recent_heading.setVisible(bool(paths))
        self.recent.setVisible(bool(paths))

    def _on_recent(self, line: QListWidgetItem) -> None:
        self.open_case.emit(line.data(Qt.ItemDataRole.UserRole))
