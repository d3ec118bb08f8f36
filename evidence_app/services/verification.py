"""Checking that a case is what was put into it."""

from __future__ import annotations

from collections.abc import Callable

from evidence_app.casefile import verification
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled
from evidence_app.model.verification import Mismatch, Verification


def verify(
    case: CaseFile,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Verification:
    """Hash every original again, and follow the custody log from its first entry.

    It shows what was changed in originals, in the log, and between the two. It does not show
    changes of other rows, as notes or times; nor who made a file, or whether it tells the truth.

    Args:
        case: The case.
        progress: Told the bytes that were hashed, and of how many.
        is_cancelled: Asked often.

    Raises:
        Cancelled: The person asked to stop.
    """
    with case.read() as connection:
        count, total = verification.sizes(connection)
        done = 0

        def on_bytes(size: int) -> None:
            nonlocal done
            if is_cancelled():
                raise Cancelled
            done += size
            progress(done, total)

        found: list[Mismatch] = [
            *verification.database(connection),
            *verification.log(connection),
            *verification.imports(connection),
            *verification.originals(connection, on_bytes),
        ]
        entries, head = verification.head(connection)
    return Verification(count, done, entries, head, tuple(found))
