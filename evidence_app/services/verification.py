"""Checking that a case is what was put into it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from evidence_app.casefile import chain_check, row_check, search_check, verification, witness
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.row_check import SealedRows
from evidence_app.errors import Cancelled
from evidence_app.model.verification import Head, Mismatch, Verification
from evidence_app.services import custody, timestamps


def verify(
    case: CaseFile,
    *,
    given: Head | None = None,
    keys: frozenset[str] = frozenset(),
    progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Verification:
    """Compute everything anew from the bytes, and collect all that does not agree.

    Every original is hashed, every row digested, the custody log followed from its first entry
    with its signatures, and compared with what this installation saw of it before. It shows what
    was changed since it was put in; not who made a file, nor whether it tells the truth.

    Args:
        case: The case.
        given: A state of the log that somebody was given before, as in a printed dossier.
        keys: The public keys that may have signed; any, if there are none.
        progress: Told the bytes of originals that were hashed, and of how many.
        is_cancelled: Asked often.

    Raises:
        Cancelled: The person asked to stop.
    """
    with case.read() as connection:
        count, total = verification.sizes(connection)
        counter = _Counter(total, progress, is_cancelled)
        sealed = SealedRows()
        chain = chain_check.follow(connection, sealed.put)
        found = [
            *verification.database_itself(connection),
            *chain.mismatches,
            *custody.not_trusted(chain.signers, keys),
            *case.doubts,
            *(witness.compare_with(connection, given) if given is not None else ()),
            *row_check.compare_all(connection, sealed, counter.add_rows),
            *search_check.compare(case.path, case.key, counter.add_rows),
            *verification.imports(connection),
            *verification.originals(case, connection, counter.add),
        ]
    return Verification(
        originals=count,
        size=counter.done,
        rows=counter.rows,
        entries=chain.entries,
        unsigned=chain.unsigned,
        signers=custody.marked(chain.signers),
        head=chain.head,
        mismatches=tuple(map(_printable, (*found, *timestamps.mismatches(case)))),
    )


def _printable(one: Mismatch) -> Mismatch:
    """The same in texts that can be shown: whoever tampers may leave what is no text."""
    where, expected, found = (
        text.encode("utf-8", "replace").decode() for text in (one.where, one.expected, one.found)
    )
    return Mismatch(one.kind, where, expected, found)


class _Counter:
    """Counts what was done, on several threads, and stops them."""

    def __init__(
        self, total: int, progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]
    ) -> None:
        self.done = 0
        self.rows = 0
        self._total, self._progress, self._is_cancelled = total, progress, is_cancelled
        self._guard = threading.Lock()

    def add(self, size: int) -> None:
        self._stop_if_asked()
        with self._guard:
            self.done += size
            self._progress(self.done, self._total)

    def add_rows(self, count: int) -> None:
        self._stop_if_asked()
        self.rows += count

    def _stop_if_asked(self) -> None:
        if self._is_cancelled():
            raise Cancelled
