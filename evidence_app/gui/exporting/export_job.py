"""What the export dialog has written: a preview, the dossier, or an evidence package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.background.jobs import TaskHandle
from evidence_app.gui.session import Session
from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.changes import Changes
from evidence_app.services.exporting import exports
from evidence_app.services.exporting.exports import DossierOptions, Signing

_WORDS = {
    "looking": QT_TRANSLATE_NOOP("ExportDialog", "Looking whether all is as it was put in"),
    "counting": QT_TRANSLATE_NOOP("ExportDialog", "Counting"),
    "summary": QT_TRANSLATE_NOOP("ExportDialog", "Summary"),
    "findings": QT_TRANSLATE_NOOP("ExportDialog", "Violations"),
    "timeline": QT_TRANSLATE_NOOP("ExportDialog", "Timeline"),
    "exhibits": QT_TRANSLATE_NOOP("ExportDialog", "Exhibits"),
    "originals": QT_TRANSLATE_NOOP("ExportDialog", "List of original files"),
    "checking": QT_TRANSLATE_NOOP("ExportDialog", "Checking the file"),
    "packing": QT_TRANSLATE_NOOP("ExportDialog", "Packing the original files"),
}


def step_text(step: str) -> str:
    """What is being done, in the language of the window."""
    return QCoreApplication.translate("ExportDialog", _WORDS.get(step, ""))


class Form(Enum):
    """As what it is written."""

    PREVIEW = auto()
    DOSSIER = auto()
    PACKAGE = auto()


@dataclass(frozen=True, slots=True)
class ExportJob:
    """One file to be written.

    Attributes:
        out: Where.
        options: How.
        form: As what.
        signature: With what it is signed, if it is.
        despite_mismatches: Whether the person wishes it although something does not agree.
    """

    out: Path
    options: DossierOptions
    form: Form
    signature: Signing | None = None
    despite_mismatches: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the person keeps it."""
        return self.form is not Form.PREVIEW

    def work(self, session: Session) -> Callable[[TaskHandle], Changes | None]:
        """What a thread has to do for it."""
        writers: dict[Form, Callable[..., Changes | None]] = {
            Form.PREVIEW: exports.preview,
            Form.DOSSIER: partial(self._kept, exports.dossier),
            Form.PACKAGE: partial(self._kept, exports.package),
        }
        case, write, out, options = session.case, writers[self.form], self.out, self.options
        return lambda task: write(case, out, options, progress=task)

    def _kept(self, write: Callable[..., Changes], *where: object, **steps: object) -> Changes:
        return write(
            *where, signature=self.signature, despite_mismatches=self.despite_mismatches, **steps
        )
