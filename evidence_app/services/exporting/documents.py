"""What leaves the case in other forms than PDF, from the same content as the dossier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier import case_uco as graphs
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.options import DossierOptions
from evidence_app.model.changes import Changes
from evidence_app.services import custody
from evidence_app.services.exporting import exports


@logs.step("export a graph")
def case_uco(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    despite_mismatches: bool = False,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Changes:
    """Write exhibits, hashes and custody as a CASE/UCO graph (JSON-LD); otherwise as a dossier.

    Raises:
        Cancelled: ``is_cancelled`` said so.
        MismatchError: Something in the case is not as it was put in.
        UserError: The file cannot be written.
    """

    def write(state: CaseFile, content: DossierContent, unfinished: Path) -> None:
        unfinished.write_bytes(graphs.to_bytes(content, custody.list_entries(state)))

    return exports.document(
        *(case, out, "case-uco", options, write),
        despite_mismatches,
        lambda *_: None,
        is_cancelled,
    )
