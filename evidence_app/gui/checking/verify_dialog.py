"""Checks the case from its bytes, and says plainly what that proves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from evidence_app.gui.appearance import texts
from evidence_app.gui.background.jobs import TaskHandle
from evidence_app.gui.checking.check_dialog import CheckDialog
from evidence_app.gui.checking.proof_dialog import ProofDialog
from evidence_app.gui.session import Session
from evidence_app.model.verification import Verification
from evidence_app.services import custody, verification
from evidence_app.services.cases import CaseFile


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Verification
    code: str


class VerifyDialog(CheckDialog):
    """The check of the open case."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("VerifyDialog", "Every original file is read again…"),
            QCoreApplication.translate("VerifyDialog", "Current check code"),
            parent,
        )
        self.setWindowTitle(self.tr("Check the case"))
        more = QPushButton(self.tr("What this proves, and what it doesn’t"))
        more.setAutoDefault(False)
        more.clicked.connect(self._explain)
        self.buttons.addButton(more, QDialogButtonBox.ButtonRole.HelpRole)
        self._session = session
        self.code.typed_code.connect(self._compare)
        case = session.case
        self.begin(lambda task: _check(case, task), self._show)

    def _compare(self, code: str) -> None:
        code_field = self.code
        self._session.query(
            lambda case: custody.compare_with(case, code),
            code_field.tell,
            code_field.refuse,
            owner=code_field,
        )

    def _explain(self) -> None:
        ProofDialog(self).open()

    def _show(self, outcome: _Outcome) -> None:
        result = outcome.result
        if result.is_intact:
            self.verdict.end(self._good_words(result), is_good=True)
        else:
            verdict_text = self.tr("%n thing(s) are not as they were.", "", len(result.mismatches))
            self.verdict.end(verdict_text, is_good=False)
        self.table.show_all(result.mismatches)
        self.facts.setText("\n".join(self._key_lines(result)))
        self.facts.setVisible(bool(result.signers))
        self.code.show_code(outcome.code)
        self.code.show()
        self.resize(860 if result.mismatches else 680, 520 if result.mismatches else 320)

    def _good_words(self, result: Verification) -> str:
        originals = self.tr(
            "%n original file(s) are unchanged since they came in.", "", result.originals
        )
        rows = self.tr("%n other item(s) agree with the history.", "", result.rows)
        entries = self.tr("%n entry(ies) of the history follow each other.", "", result.entries)
        return f"{originals} {rows} {entries}"

    def _key_lines(self, result: Verification) -> list[str]:
        lines = []
        for signer in result.signers:
            if signer.is_own:
                template = self.tr(
                    "Entries {0} to {1} are signed with the key of this computer: {2}"
                )
            elif signer.is_known:
                template = self.tr(
                    "Entries {0} to {1} are signed with the key of another "
                    "computer, seen here before: {2}"
                )
            else:
                template = self.tr(
                    "Entries {0} to {1} are signed with the key of a computer "
                    "that this one does not know: {2}"
                )
            lines.append(template.format(signer.first, signer.last, signer.public_key))
        if result.unsigned:
            lines.append(texts.message_text(verification.not_vouched_for(result)))
        return lines


def _check(case: CaseFile, task: TaskHandle) -> _Outcome:
    result = verification.verify(case, progress=task)
    return _Outcome(result, custody.check_code(case))
