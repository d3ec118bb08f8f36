"""The one place where the window says what was just done, with a way to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from evidence_app.gui.appearance import icons, theme

_SEEN_MS = 12_000
_KEY = "F6"


class MessageStrip(QFrame):
    """A quiet line at the foot of the pages; it never takes the focus by itself.

    It goes away after a while, but not while the pointer or the focus is on it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_strip")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.act = QPushButton()
        self.act.setAutoDefault(False)
        self.act.clicked.connect(self._on_act)
        self.keep = QPushButton()
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self.hide)
        self.away = QToolButton()
        self.away.setAutoRaise(True)
        self.away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.keep)
        row.addWidget(self.act)
        row.addWidget(self.away)
        self._work: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SEEN_MS)
        self._timer.timeout.connect(self._hide_unless_used)
        self.retranslate()
        self.hide()

    def listen_in(self, window: QWidget) -> None:
        """Let a key of the window reach the strip."""
        QShortcut(QKeySequence(_KEY), window).activated.connect(self.reach)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.away.setIcon(icons.icon("x"))
        self.away.setToolTip(self.tr("Close this message"))
        self.away.setAccessibleName(self.away.toolTip())
        self.setAccessibleName(self.tr("What was just done"))
        self.setToolTip(self.tr("{0} goes to this message").format(_KEY))

    def say(self, text: str, act: str = "", work: Callable[[], None] | None = None) -> None:
        """Say what was done.

        Args:
            text: One sentence.
            act: What the button says; there is none if empty.
            work: What the button does.
        """
        self.keep.hide()
        self.sentence.setText(text)
        self._work = work
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self.setAccessibleDescription(text)
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def ask(self, text: str, keep: str, act: str, work: Callable[[], None]) -> None:
        """Ask whether to keep what was done; without an answer it is kept.

        Args:
            text: One sentence, which ends with the question.
            keep: What the button says that leaves it as it is.
            act: What the other button says.
            work: What the other button does.
        """
        self.say(text, act, work)
        self.keep.setText(keep)
        self.keep.show()

    def reach(self) -> None:
        """Put the focus on what can be done here."""
        if self.isVisible():
            (self.act if self.act.isVisible() else self.away).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()

    def _on_act(self) -> None:
        work = self._work
        self.hide()
        if work is not None:
            work()

    def _hide_unless_used(self) -> None:
        if self.underMouse() or any(
            button.hasFocus() for button in (self.keep, self.act, self.away)
        ):
            self._timer.start()
        else:
            self.hide()
