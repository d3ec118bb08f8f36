"""Explains in plain words what the case file proves, and what it does not."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme


class ProofDialog(QDialog):
    """One page of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What this proves, and what it doesn’t"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setHtml(self._html())
        self.text.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
        self.resize(680, 620)

    def _html(self) -> str:
        parts = []
        for heading, points in self._chapters():
            lines = "".join(f'<li style="margin-bottom:6px">{point}</li>' for point in points)
            parts.append(f"<h3>{heading}</h3><ul>{lines}</ul>")
        return "".join(parts)

    def _chapters(self) -> list[tuple[str, list[str]]]:
        return [
            (self.tr("What it shows"), self._shows()),
            (self.tr("What it does not show"), self._does_not_show()),
            (self.tr("What you can do to make it stronger"), self._stronger()),
        ]

    def _shows(self) -> list[str]:
        return [
            self.tr(
                "Whether it was changed since import: every file is kept exactly "
                "as it is, with its SHA-256 value. If a single bit changes, the "
                "check finds it."
            ),
            self.tr(
                "Whether the case was tampered with: everything that is done to "
                "it is an entry in its history. Each entry is linked to the one "
                "before, holds the SHA-256 values of the data that it changed, "
                "and is signed with a key that stays on this computer. If "
                "something is changed, added or removed with other tools, the "
                "check finds it."
            ),
            self.tr(
                "Anyone can check: “evidence-app verify” recalculates everything "
                "and relies on no earlier result."
            ),
        ]

    def _does_not_show(self) -> list[str]:
        return [
            self.tr(
                "Who wrote a message, whether a picture tells the truth, or whether a file was "
                "changed before you added it. For that, the phone itself or the provider must be "
                "asked. Please keep the phone."
            ),
            self.tr(
                "That nothing was left out. The evidence report says what was "
                "chosen and what was not."
            ),
            self.tr("The exact time of import, unless there is a trusted "
                    "timestamp: it comes from this computer’s clock."),
            self.tr(
                "That the person with this computer did not rewrite the history: "
                "whoever has it and its key could. Somebody who has only the "
                "file cannot."
            ),
        ]  # fmt: skip

    def _stronger(self) -> list[str]:
        return [
            self.tr(
                "Hand over an evidence report early. Its last pages have a check "
                "code and the public key; whoever has them can see later whether "
                "the history up to there is still the same."
            ),
            self.tr(
                "Hand over an evidence package (Export menu) with the original "
                "files. Whoever gets it can check every file; files that were "
                "changed, removed or added are found."
            ),
            self.tr(
                "Get a trusted timestamp (Case menu). An independent timestamp "
                "service then states that what is in the case existed at that "
                "time. Only a SHA-256 value is sent."
            ),
            self.tr(
                "Add certificates from others to the evidence, such as a "
                "notary’s deed or a timestamp certificate."
            ),
        ]
