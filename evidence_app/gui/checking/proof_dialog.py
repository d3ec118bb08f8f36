"""Explains in plain words what the case file proves, and what it does not."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme


class ProofDialog(QDialog):
    """One page of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What this proves, and what not"))
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
                "Unchanged since import: every file that you add is kept byte for byte, with its "
                "fingerprint (SHA-256). If a single bit changes, the check finds it."
            ),
            self.tr(
                "Tamper-evident: everything that is done to the case is a line in its log. Each "
                "line vouches for the one before it and for every row that it changed, and is "
                "signed with a key that stays on this computer. Whoever changes, adds or removes "
                "something with other tools is found out."
            ),
            self.tr(
                "Anybody can check: “evidence-app verify” computes everything anew and trusts no "
                "stored “ok”."
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
                "That nothing was left out. The dossier says what was chosen and what was not."
            ),
            self.tr("When it was, by more than the clock of this computer, unless a trusted "
                    "timestamp says so."),
            self.tr(
                "Anything against somebody who has this computer with its key: they could write "
                "a new log from the beginning. Somebody who holds only the file cannot."
            ),
        ]  # fmt: skip

    def _stronger(self) -> list[str]:
        return [
            self.tr(
                "Hand over a dossier early. Its last pages have a check code and the public key; "
                "whoever has them can see later whether the log up to there is still the same."
            ),
            self.tr(
                "Hand over an evidence package (Export menu) with the originals. Whoever gets it "
                "can check every file; files that were changed, removed or added are found."
            ),
            self.tr(
                "Get a trusted timestamp (Case menu). An independent authority then says that "
                "this state of the case existed at that time. Only a fingerprint is sent."
            ),
            self.tr(
                "File certificates of others beside the evidence: of a notary, 可信时间戳, "
                "权利卫士 and the like."
            ),
        ]
