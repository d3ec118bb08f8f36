"""The custody log, for reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from evidence_app.casefile import custody
from evidence_app.casefile.case import CaseFile
from evidence_app.model.custody import CustodyEntry
from evidence_app.model.verification import Head, Signer


def list_entries(case: CaseFile) -> list[CustodyEntry]:
    """All entries, oldest first."""
    with case.read() as connection:
        return custody.entries(connection)


def head(case: CaseFile) -> CustodyEntry | None:
    """The newest entry, whose hash vouches for all before it."""
    with case.read() as connection:
        return custody.last(connection)


def count(case: CaseFile) -> int:
    """How many entries there are."""
    with case.read() as connection:
        return custody.count(connection)


def head_of(entries: Sequence[CustodyEntry]) -> Head:
    """The state that a log of these entries is in; there is at least one."""
    return Head(entries[-1].seq, entries[-1].entry_hash, entries[0].entry_hash)


def signers_of(entries: Iterable[CustodyEntry]) -> tuple[Signer, ...]:
    """Which keys signed which stretches of these entries."""
    found: list[Signer] = []
    for entry in entries:
        if entry.signer is None:
            continue
        if found and found[-1].public_key == entry.signer:
            found[-1] = replace(found[-1], last=entry.seq)
        else:
            found.append(Signer(entry.signer, entry.seq, entry.seq))
    return tuple(found)
