"""The check code of an open case as one line."""

from __future__ import annotations

from datetime import datetime

from evidence_app.gui.checking.check_code_line import CheckCodeLine
from evidence_app.services import custody
from evidence_app.services.cases import CaseFile


def of_case(case: CaseFile) -> CheckCodeLine:
    """The line of the present state of a case."""
    now = datetime.now().astimezone()
    path = "" if case.key is not None else str(case.path.absolute())
    return CheckCodeLine(custody.check_code(case), f"{now:%Y-%m-%d %H:%M}", path)
