"""Trusted timestamps of states of the log, as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from evidence_app.casefile.change import Change
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.schema import time_anchor
from evidence_app.casefile.storage import connection as database


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """A timestamp as it is kept.

    Attributes:
        id: Its number.
        entry_seq: The number of the entry that was stamped.
        stamped: The canonical form of that entry, computed anew; empty if it cannot be.
        authority: The address that was asked.
        token: The answer, with the evidence for its certificates.
    """

    id: int
    entry_seq: int
    stamped: bytes
    authority: str
    token: bytes


def add(change: Change, entry_seq: int, authority: str, token: bytes) -> int:
    """Keep a timestamp; return its number."""
    return change.insert(
        time_anchor,
        entry_seq=entry_seq,
        authority=authority,
        token=token,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def all_of(connection: Connection) -> list[AnchorRecord]:
    """All timestamps, the oldest first."""
    # Whoever tampers may leave anything.
    rows = database.as_stored(connection, "SELECT * FROM time_anchor ORDER BY id")
    return [
        AnchorRecord(
            row["id"],
            row["entry_seq"] if type(row["entry_seq"]) is int else 0,
            _stamped(connection, row["entry_seq"]),
            row["authority"] if type(row["authority"]) is str else "",
            row["token"] if type(row["token"]) is bytes else b"",
        )
        for row in list(rows)
    ]


def _stamped(connection: Connection, seq: int) -> bytes:
    try:
        return custody.canonical_of(connection, seq)
    except (ValueError, TypeError, RecursionError):
        return b""
