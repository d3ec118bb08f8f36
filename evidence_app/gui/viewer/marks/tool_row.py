"""The slim row of tools above what can be marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QToolButton, QWidget

from evidence_app.gui.appearance import icons
from evidence_app.model.mark import Mark, MarkKind

_ICONS: dict[MarkKind | None, str] = {
    None: "mouse-pointer-2",
    MarkKind.HIGHLIGHT: "highlighter",
    MarkKind.ARROW: "move-up-right",
    MarkKind.TEXT: "type",
    MarkKind.NUMBER: "hash",
    MarkKind.REDACTION: "redact",
}
_OF_SOUND = (None, MarkKind.HIGHLIGHT, MarkKind.REDACTION)


class MarkTools(QWidget):
    """Chooses what is drawn, and holds the words of the selected mark.

    Attributes:
        tool_chosen: Another kind of mark is drawn, or None: marks are selected.
        removal_wanted: The selected mark is to go.
        copies_wanted: The selected mark is to be put on all other pages too.
        words_written: The words of the selected mark are others now.
    """

    tool_chosen = Signal(object)
    removal_wanted = Signal()
    copies_wanted = Signal()
    words_written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[MarkKind | None, QToolButton] = {}
        self.remove, self.copy = QToolButton(), QToolButton()
        self.text_field = QLineEdit()
        self._group = QButtonGroup(self)
        self._kind: MarkKind | None = None
        self._is_paged = False
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(2)
        for kind, icon in _ICONS.items():
            button = self.buttons[kind] = self._button(icon)
            button.setCheckable(True)
            button.clicked.connect(lambda checked, kind=kind: self.tool_chosen.emit(kind))
            self._group.addButton(button)
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.text_field, 1)
        for button, icon in ((self.copy, "copy"), (self.remove, "trash-2")):
            button.setIcon(icons.icon(icon))
            button.setIconSize(QSize(16, 16))
            row.addWidget(button)
        self.buttons[None].setChecked(True)
        self.text_field.editingFinished.connect(self._on_words)
        self.remove.clicked.connect(lambda: self.removal_wanted.emit())
        self.copy.clicked.connect(lambda: self.copies_wanted.emit())
        self.retranslate()
        self.show_mark(None)

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(16, 16))
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        names = {
            None: self.tr("Select and move marks"),
            MarkKind.HIGHLIGHT: self.tr("Highlight: drag over it, or press Enter"),
            MarkKind.ARROW: self.tr("Arrow: drag to where it points, or press Enter"),
            MarkKind.TEXT: self.tr("Text: click where it goes, or press Enter"),
            MarkKind.NUMBER: self.tr("Number: click where it goes, or press Enter"),
            MarkKind.REDACTION: self.tr("Black out in exports: drag over it, or press Enter"),
        }
        named_buttons = [(self.buttons[kind], text) for kind, text in names.items()]
        named_buttons += [
            (self.remove, self.tr("Remove this mark (Delete)")),
            (self.copy, self.tr("Put this mark on all other pages too")),
        ]
        for button, text in named_buttons:
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._say_words()

    def set_tools(self, *, is_sound: bool, is_paged: bool) -> None:
        """Offer the tools that fit a recording, a document or a picture."""
        self._is_paged = is_paged
        for kind, button in self.buttons.items():
            button.setVisible(not is_sound or kind in _OF_SOUND)
        self.copy.setVisible(is_paged)

    def set_tool(self, tool: MarkKind | None) -> None:
        """Show which tool is in hand."""
        self.buttons[tool].setChecked(True)

    def show_mark(self, mark: Mark | None) -> None:
        """Hold the words of another mark, or of none."""
        self._kind = mark.kind if mark else None
        text = "" if mark is None else (mark.text if mark.kind is MarkKind.TEXT else mark.note)
        if not self.text_field.hasFocus() or not self.text_field.isModified():
            self.text_field.setText(text)
        for part in (self.text_field, self.remove, self.copy):
            part.setEnabled(mark is not None)
        self._say_words()

    def ask_for_text(self) -> None:
        """Wait for the text of a new text mark."""
        self._kind = MarkKind.TEXT
        self.text_field.clear()
        self.text_field.setEnabled(True)
        self._say_words()
        self.text_field.setFocus()

    def _say_words(self) -> None:
        hint = {
            None: "",
            MarkKind.TEXT: self.tr("What it says; then press Enter"),
            MarkKind.REDACTION: self.tr("Why it is blacked out (this is printed)"),
        }.get(self._kind, self.tr("Your note on this mark (it is printed)"))
        self.text_field.setPlaceholderText(hint)
        self.text_field.setAccessibleName(hint or self.tr("Your note on this mark (it is printed)"))

    def _on_words(self) -> None:
        if self.text_field.isModified():
            self.text_field.setModified(False)
            self.words_written.emit(self.text_field.text())
