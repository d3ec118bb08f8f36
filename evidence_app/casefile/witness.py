"""What this installation saw of the custody logs of cases: it remembers what a file may hide.

A case file alone cannot show that its last entries were cut off, for that is just what it looked
like before. So the hash of every entry that was seen here is kept in the person's data folder,
32 bytes each, one file a case, and which case was at which place.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from evidence_app import settings
from evidence_app.casefile import database
from evidence_app.model.verification import Head, Mismatch, MismatchKind

_LOG = logging.getLogger(__name__)
_SIZE = 32


@dataclass(frozen=True, slots=True)
class Observed:
    """The end of a log that is not noted yet.

    Attributes:
        case_id: Of which case.
        start: So many entries before it are noted.
        hashes: Of the entries since.
        is_shorter: Whether more entries are noted than there are.
    """

    case_id: str
    start: int
    hashes: bytes
    is_shorter: bool


class Witness:
    """What was seen of one case file.

    A data folder that cannot be written costs the memory, never the work on the case.
    """

    def __init__(self, path: Path) -> None:
        self._case_id = ""
        self._is_placed = False
        self._place = hashlib.sha256(str(path.absolute()).encode("utf-8", "replace")).hexdigest()

    def case_id(self) -> str:
        """The case that was seen at this place the last time; empty if none was."""
        return self._read(self._place_file()).decode("ascii", "replace")

    def doubts(self, connection: Connection) -> list[Mismatch]:
        """Where the log differs from what was seen: cut off, rewritten, or of another case."""
        case_id = _case_id(connection)
        before = self.case_id()
        if case_id and before and before != case_id:
            return [Mismatch(MismatchKind.SWAPPED, "1", before, case_id)]
        seen = self._read(_log_file(case_id)) if case_id else b""
        if not seen:
            return []
        hashes = _hashes(connection)
        if hashes[: len(seen)] == seen:
            return []
        return [_difference(seen, hashes)]

    def remember(self, connection: Connection) -> None:
        """Note the log as it is now."""
        self.note(self.observe(connection))

    def observe(self, connection: Connection) -> Observed | None:
        """What is to be noted of the log, also before a transaction is done; None without any."""
        # What a case is called never changes, and is asked after each change.
        case_id = self._case_id = self._case_id or _case_id(connection)
        if not case_id:
            return None
        known = _known_entries(_log_file(case_id))
        newest = "SELECT max(seq) FROM custody_entry"
        count = int(connection.exec_driver_sql(newest).scalar() or 0)
        start = known if known <= count else 0
        return Observed(case_id, start, _hashes(connection, start), start != known)

    def note(self, observed: Observed | None) -> None:
        """Keep what was observed, once it is durable in the case."""
        if observed is None:
            return
        path = _log_file(observed.case_id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if observed.is_shorter:
                path.write_bytes(observed.hashes)
            elif observed.hashes:
                with path.open("r+b" if path.exists() else "wb") as file:
                    file.seek(observed.start * _SIZE)
                    file.write(observed.hashes)
            place = self._place_file()
            if not self._is_placed and self._read(place) != observed.case_id.encode():
                place.write_bytes(observed.case_id.encode())
            self._is_placed = True
        except OSError:
            _LOG.warning("what was seen of the log could not be noted", exc_info=True)

    def start_anew(self, connection: Connection) -> None:
        """Forget what was seen and note the log as it is now."""
        case_id = _case_id(connection)
        if case_id:
            _log_file(case_id).unlink(missing_ok=True)
        self.remember(connection)

    def _place_file(self) -> Path:
        return _folder() / f"{self._place}.place"

    @staticmethod
    def _read(path: Path) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError:
            _LOG.warning("what was seen of the log cannot be read", exc_info=True)
            return b""


def compare_with(connection: Connection, given: Head) -> list[Mismatch]:
    """Where the log differs from a state that somebody was given, as in a printed dossier."""
    return _compare(_hashes(connection), given)


def compare_copy(entry_hashes: Iterable[str], given: Head) -> list[Mismatch]:
    """As `compare_with`, for the entries of a log that was handed over."""
    return _compare(b"".join(map(_bytes, entry_hashes)), given)


def _compare(hashes: bytes, given: Head) -> list[Mismatch]:
    at = (given.seq - 1) * _SIZE
    if given.first and not hashes.hex().startswith(given.first):
        return [Mismatch(MismatchKind.SWAPPED, "1", given.first, hashes[:_SIZE].hex())]
    if at >= len(hashes):
        return [_cut(given.seq, len(hashes) // _SIZE)]
    found = hashes[at : at + _SIZE].hex()
    if found != given.entry_hash:
        return [Mismatch(MismatchKind.REWRITTEN, str(given.seq), given.entry_hash, found)]
    return []


def _difference(seen: bytes, hashes: bytes) -> Mismatch:
    for at in range(0, min(len(seen), len(hashes)), _SIZE):
        expected, found = seen[at : at + _SIZE], hashes[at : at + _SIZE]
        if expected != found:
            kind = MismatchKind.REWRITTEN if at else MismatchKind.SWAPPED
            return Mismatch(kind, str(at // _SIZE + 1), expected.hex(), found.hex())
    return _cut(len(seen) // _SIZE, len(hashes) // _SIZE)


def _cut(expected: int, found: int) -> Mismatch:
    return Mismatch(MismatchKind.TAIL_CUT, str(found + 1), str(expected), str(found))


def _hashes(connection: Connection, skip: int = 0) -> bytes:
    """The hashes of entries, one after the other; what is no hash is digested to its length."""
    query = "SELECT entry_hash FROM custody_entry WHERE seq > ? ORDER BY seq"
    found = database.as_stored(connection, query, (skip,))
    return b"".join(_bytes(row["entry_hash"]) for row in found)


def _bytes(entry_hash: object) -> bytes:
    words = str(entry_hash)
    try:
        value = bytes.fromhex(words)
    except ValueError:
        value = b""
    if len(value) == _SIZE:
        return value
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).digest()


def _case_id(connection: Connection) -> str:
    row = next(database.as_stored(connection, "SELECT case_id FROM case_info LIMIT 1"), None)
    found = str(row["case_id"] or "") if row is not None else ""
    return found if found.isascii() and found.isalnum() else ""


def _log_file(case_id: str) -> Path:
    return _folder() / f"{case_id}.log"


def _folder() -> Path:
    return settings.data_folder() / "seen"


def _known_entries(path: Path) -> int:
    try:
        return path.stat().st_size // _SIZE
    except FileNotFoundError:
        return 0
    except OSError:
        _LOG.warning("what was seen of the log cannot be read", exc_info=True)
        return 0
