"""A suggestion in words: the act, the arithmetic, the passage, what would refute it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from evidence_app.gui.appearance import languages, texts, theme
from evidence_app.gui.timeline.delegate import bold
from evidence_app.model.suggested import Suggested
from evidence_app.services.explanations import Explanation
from evidence_app.services.helplines import Helpline


class Words(QWidget):
    """What is said of one suggestion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Suggested, Explanation] | None = None
        self._helpline: Helpline | None = None
        self.name, self.sentence, self.says = QLabel(), QLabel(), QLabel()
        self.provision, self.quotation, self.force = QLabel(), QLabel(), QLabel()
        self.refuted, self.missing, self.help = QLabel(), QLabel(), QLabel()
        labels = (self.name, self.help, self.sentence, self.says, self.provision, self.quotation,
                  self.force, self.missing, self.refuted)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.SPACE)
        for label in labels:
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        for label in (self.name, self.provision):
            label.setFont(bold(label.font()))
        for label in (self.quotation, self.help):
            label.setProperty("quotation", True)
        self.help.hide()
        for label in (self.force, self.says):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = self.sentence.font()
        font.setPointSizeF(font.pointSizeF() * 1.1)
        self.sentence.setFont(font)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        if self._shown is not None:
            self.show_explanation(*self._shown)
            self.show_helpline(self._helpline)

    def show_explanation(self, suggested: Suggested, explanation: Explanation) -> None:
        """Show what is said of a suggestion; whom to call is told once its acts were read."""
        if self._shown is not None and self._shown[0].id != suggested.id:
            self.show_helpline(None)
        self._shown = suggested, explanation
        self.name.setText(texts.violation_name(suggested.violation))
        also = [rule.name for rule in explanation.also if rule.name]
        provision = explanation.provision
        if also:
            more = self.tr("See also: {0}").format("; ".join(dict.fromkeys(also)))
            provision = "\n".join(paragraph for paragraph in (provision, more) if paragraph)
        refuted = explanation.refuted_by
        parts = {
            self.sentence: self._sentence(suggested, explanation),
            self.says: explanation.says,
            self.provision: provision,
            self.quotation: explanation.quotation,
            self.force: "\n".join(
                sentence
                for sentence in (explanation.force_words, explanation.reservation)
                if sentence
            ),
            self.missing: "\n".join(
                self.tr("Not known: {0} {1}").format(fact.what, fact.how).strip()
                for fact in explanation.missing
            ),
            self.refuted: self.tr("What would speak against it: {0}").format(refuted)
            if refuted
            else "",
        }
        for label, text in parts.items():
            label.setText(text)
            label.setVisible(bool(text))

    def _sentence(self, suggested: Suggested, explanation: Explanation) -> str:
        if suggested.before is None:
            return explanation.sentence
        again = self.tr("You decided on this before; what it rests on has changed since.")
        return f"{explanation.sentence}\n{again}"

    def show_helpline(self, line: Helpline | None) -> None:
        """Tell whom to call, once a message urges the person to harm themselves."""
        self._helpline = line
        self.help.setVisible(line is not None)
        if line is not None:
            name = line.name_zh if languages.spoken() == "zh" else line.name_en
            self.help.setText(
                self.tr(
                    "Nobody has the right to write this to you. If it weighs on you, call {0} "
                    "({1}). Somebody listens there."
                ).format(line.number, name)
            )
