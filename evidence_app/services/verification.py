"""Checking that a case is what was put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from evidence_app import logs
from evidence_app.casefile import verification
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import (
    chain_check,
    file_form,
    job_check,
    row_check,
    search_check,
    witness,
)
from evidence_app.casefile.custody.chain_check import Chain
from evidence_app.casefile.custody.row_check import SealedRows
from evidence_app.casefile.schema import SCHEMA_VERSION
from evidence_app.dossier.wording import Wording
from evidence_app.errors import DamagedError
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.evidence import Item
from evidence_app.model.times import zone
from evidence_app.model.verification import Head, Mismatch, MismatchKind, Verification
from evidence_app.progress import SILENT, Meter, Progress
from evidence_app.services import custody, items, timestamps

_PIECE = 1 << 20


def mismatch_text(mismatch: Mismatch) -> str:
    """What does not agree, in an English sentence."""
    return Wording("en", zone("UTC")).mismatch(mismatch)


class MismatchError(DamagedError):
    """What would be exported is not what was imported; nothing was exported.

    Attributes:
        mismatches: All that does not agree.
    """

    def __init__(self, mismatches: Sequence[Mismatch]) -> None:
        super().__init__(message(MessageCode.EXPORT_MISMATCH, count=len(mismatches)))
        self.mismatches = tuple(mismatches)


@logs.step("check a case")
def verify(
    case: CaseFile,
    *,
    head: Head | None = None,
    keys: frozenset[str] = frozenset(),
    progress: Progress = SILENT,
) -> Verification:
    """Compute everything anew from the bytes, and collect all that does not agree.

    Every original is hashed, every row digested, the custody log followed from its first entry
    with its signatures, and compared with what this installation saw of it before. It shows what
    was changed since it was put in; not who made a file, nor whether it tells the truth.

    Args:
        case: The case.
        head: A state of the log that somebody was given before, as in a printed dossier.
        keys: The public keys that may have signed; any, if there are none.
        progress: Is told the bytes of originals that were hashed, and of how many.

    Raises:
        Cancelled: The person asked to stop.
    """
    with case.read() as connection:
        check = _Check(case, connection, progress)
        mismatches = list(check.run(head, keys))
    chain = check.chain
    return Verification(
        originals=check.originals,
        size=check.bytes_read.done,
        rows=check.rows.done,
        entries=chain.entries,
        unsigned=chain.unsigned,
        signed_from=chain.signed_from,
        signers=custody.marked(
            chain.signers, frozenset() if case.is_new_here else check.known_keys
        ),
        head=chain.head,
        mismatches=tuple(map(_printable, dict.fromkeys(mismatches))),
    )


def check_state(state: CaseFile, progress: Progress = SILENT) -> tuple[Mismatch, ...]:
    """All that does not agree in a state of a case, but for the bytes of its originals.

    An export does this first; originals are hashed when they are read.

    Raises:
        Cancelled: The person asked to stop.
    """
    with state.read() as connection:
        sealed = SealedRows()
        chain = chain_check.follow(connection, sealed.put)
        mismatches = [
            *verification.database_itself(connection),
            *chain.mismatches,
            *state.doubts,
            *row_check.compare_all(connection, sealed, Meter(progress.unshown())),
            *verification.imports(connection),
        ]
    return (*mismatches, *timestamps.mismatches(state))


def damaged_originals(
    state: CaseFile, checked_items: Iterable[Item], progress: Progress = SILENT
) -> dict[int, Mismatch]:
    """The items, by number, whose originals are not what was imported; each is read to its end.

    Raises:
        Cancelled: The person asked to stop.
    """
    damaged: dict[int, Mismatch] = {}
    for item in checked_items:
        digest = _digest_of(state, item, progress)
        if digest != item.sha256:
            damaged[item.id] = Mismatch(MismatchKind.ORIGINAL, item.filename, item.sha256, digest)
    return damaged


def _digest_of(state: CaseFile, item: Item, progress: Progress) -> str:
    digest = hashlib.sha256()
    try:
        with items.open_original(state, item.id) as stream:
            while piece := stream.read(_PIECE):
                progress.check()
                digest.update(piece)
    except DamagedError:
        return "unreadable"
    return digest.hexdigest()


def not_vouched_for(checked: Verification) -> Message:
    """What a check of a case of an older program cannot show."""
    return message(
        MessageCode.NOT_VOUCHED_BEFORE, found=checked.unsigned, where=checked.signed_from
    )


class _Check:
    """One check of a case: each part is done although another part may have been stopped."""

    def __init__(
        self,
        case: CaseFile,
        connection: Any,
        progress: Progress,
    ) -> None:
        self._case, self._connection = case, connection
        self.chain = Chain()
        self.known_keys: frozenset[str] = frozenset()
        self.originals, self._size = 0, 0
        self._sealed = SealedRows()
        self._progress = progress
        self.bytes_read = Meter(progress)
        self.rows = Meter(progress.unshown())

    def run(self, head: Head | None, keys: frozenset[str]) -> Iterator[Mismatch]:
        connection = self._connection
        checks: dict[str, Callable[[], Iterable[Mismatch]]] = {
            "originals": self._count,
            "pages": lambda: verification.pages(connection),
            "head": self._head,
            "structure": self._structure,
            "log": self._follow,
            "keys": lambda: custody.not_trusted(self.chain.signers, keys),
            "known keys": self._know,
            "seen": lambda: self._case.differences(connection),
            "code": lambda: witness.compare_with(connection, head) if head is not None else (),
            "rows": self._rows,
            "jobs": lambda: job_check.compare(connection) if self._is_of_now() else (),
            "search index": self._search,
            "imports": lambda: verification.imports(connection),
            "bytes": lambda: verification.originals(self._case, connection, self.bytes_read),
            "timestamps": lambda: timestamps.mismatches(self._case),
        }
        for name, check in checks.items():
            yield from verification.guarded(name, check)

    def _count(self) -> Iterable[Mismatch]:
        self.originals, self.bytes_read.total = verification.sizes(self._connection)
        return ()

    def _know(self) -> Iterable[Mismatch]:
        self.known_keys = self._case.known_keys(self._connection)
        return ()

    def _is_sealed(self) -> bool:
        return self._case.version >= chain_check.SIGNED_SINCE

    def _is_of_now(self) -> bool:
        return self._case.version == SCHEMA_VERSION

    def _structure(self) -> Iterable[Mismatch]:
        # One of an older version is read through a copy: it was looked at when it was opened.
        return verification.structure(self._connection) if self._is_of_now() else ()

    def _head(self) -> Iterable[Mismatch]:
        if not self._is_of_now():
            return ()
        roots = verification.roots(self._connection)
        return file_form.check(self._case.path, self._case.key, roots)

    def _follow(self) -> Iterable[Mismatch]:
        if self._is_sealed():
            self.chain = chain_check.follow(self._connection, self._sealed.put)
        else:
            self.chain = chain_check.follow_unsigned(self._connection)
        return self.chain.mismatches

    def _rows(self) -> Iterable[Mismatch]:
        if not self._is_sealed():
            return ()
        return row_check.compare_all(self._connection, self._sealed, self.rows)

    def _search(self) -> Iterable[Mismatch]:
        if not self._is_of_now():
            return ()
        return search_check.compare(self._case.path, self._case.key, self._progress)


def _printable(mismatch: Mismatch) -> Mismatch:
    """The mismatch with printable texts: tampered cells may hold characters that are none."""
    where, expected, value = (
        text.encode("utf-8", "replace").decode()
        for text in (mismatch.where, mismatch.expected, mismatch.found)
    )
    return Mismatch(mismatch.kind, where, expected, value)
