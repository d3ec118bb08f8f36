"""The custody log, for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody import signing, witness
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import CustodyEntry, UnreadableEntry
from evidence_app.model.verification import Head, Mismatch, MismatchKind, Signer


def list_entries(case: CaseFile) -> list[CustodyEntry]:
    """All entries, oldest first.

    Raises:
        DamagedError: One cannot be read.
    """
    with case.read() as connection:
        return custody.entries(connection)


def readable_entries(case: CaseFile) -> list[CustodyEntry | UnreadableEntry]:
    """All entries, oldest first, with a mark in the place of each that cannot be read."""
    with case.read() as connection:
        return custody.readable_entries(connection)


def head(case: CaseFile) -> CustodyEntry | None:
    """The newest entry, whose hash vouches for all before it."""
    with case.read() as connection:
        return custody.last(connection)


def count(case: CaseFile) -> int:
    """How many entries there are."""
    with case.read() as connection:
        return custody.count(connection)


def check_code(case: CaseFile) -> str:
    """The present state of the log in one word, as dossiers print it; empty without an entry."""
    with case.read() as connection:
        newest = custody.state(connection)
    return "" if newest is None else newest.code()


def from_check_code(code: str) -> Head:
    """The state that a check code stands for.

    Raises:
        UsageError: It is no check code.
    """
    try:
        return Head.from_code(code)
    except ValueError as error:
        raise UsageError(message(MessageCode.WRONG_CHECK_CODE, value=code)) from error


def compare_with(case: CaseFile, code: str) -> list[Mismatch]:
    """Where the log differs from the state of a check code; nothing if it holds that state.

    Raises:
        UsageError: It is no check code.
    """
    printed = from_check_code(code)
    with case.read() as connection:
        return witness.compare_with(connection, printed)


def head_of(entries: Sequence[CustodyEntry]) -> Head:
    """The state that a log of these entries is in; there is at least one."""
    return Head(entries[-1].seq, entries[-1].entry_hash, entries[0].entry_hash)


def signers_of(entries: Iterable[CustodyEntry]) -> tuple[Signer, ...]:
    """Which keys signed which stretches of these entries."""
    signers: list[Signer] = []
    for entry in entries:
        if entry.signer is None:
            continue
        if signers and signers[-1].public_key == entry.signer:
            signers[-1] = replace(signers[-1], last=entry.seq)
        else:
            signers.append(Signer(entry.signer, entry.seq, entry.seq))
    return tuple(signers)


def marked(
    signers: Iterable[Signer], known_keys: frozenset[str] = frozenset()
) -> tuple[Signer, ...]:
    """The signers, each with whether it is this installation, or one that it knows."""
    own = signing.own_keys()
    return tuple(
        replace(
            signer, is_own=signer.public_key in own, is_known=signer.public_key in own | known_keys
        )
        for signer in signers
    )


def not_trusted(signers: Iterable[Signer], keys: frozenset[str]) -> Iterator[Mismatch]:
    """The signers whose keys are not among the trusted ones; none if nobody said which are."""
    for signer in signers:
        if keys and signer.public_key not in keys:
            yield Mismatch(
                MismatchKind.SIGNER, str(signer.first), "a trusted key", signer.public_key
            )
