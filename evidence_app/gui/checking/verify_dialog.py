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
    found: Verification
    code: str


class VerifyDialog(CheckDialog):
    """The check of the open case."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("VerifyDialog", "Every original file is read again …"),
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
        shown = self.code
        self._session.query(
            lambda case: custody.compare_with(case, code), shown.tell, shown.refuse, owner=shown
        )

    def _explain(self) -> None:
        ProofDialog(self).open()

    def _show(self, outcome: _Outcome) -> None:
        found = outcome.found
        if found.is_intact:
            self.verdict.end(self._good_words(found), is_good=True)
        else:
            words = self.tr("%n thing(s) are not as they were.", "", len(found.mismatches))
            self.verdict.end(words, is_good=False)
        self.table.show_all(found.mismatches)
        self.facts.setText("\n".join(self._key_lines(found)))
        self.facts.setVisible(bool(found.signers))
        self.code.show_code(outcome.code)
        self.code.show()
        self.resize(860 if found.mismatches else 680, 520 if found.mismatches else 320)

    def _good_words(self, found: Verification) -> str:
        originals = self.tr(
            "%n original file(s) are unchanged since they came in.", "", found.originals
        )
        rows = self.tr("%n other item(s) agree with the history.", "", found.rows)
        entries = self.tr("%n entry(ies) of the history follow each other.", "", found.entries)
        return f"{originals} {rows} {entries}"

    def _key_lines(self, found: Verification) -> list[str]:
        lines = []
        for one in found.signers:
            if one.is_own:
                words = self.tr("Entries {0} to {1} are signed with the key of this computer: {2}")
            elif one.is_known:
                words = self.tr(
                    "Entries {0} to {1} are signed with the key of another "
                    "computer, seen here before: {2}"
                )
            else:
                words = self.tr(
                    "Entries {0} to {1} are signed with the key of a computer "
                    "that this one does not know: {2}"
                )
            lines.append(words.format(one.first, one.last, one.public_key))
        if found.unsigned:
            lines.append(texts.message_text(verification.not_vouched_for(found)))
        return lines


def _check(case: CaseFile, task: TaskHandle) -> _Outcome:
    found = verification.verify(case, progress=task)
    return _Outcome(found, custody.check_code(case))
