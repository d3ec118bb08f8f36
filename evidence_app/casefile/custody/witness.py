"""What this installation saw of the custody logs of cases: it remembers what a file may hide.

A case file alone cannot show that its last entries were cut off, for that is just what it looked
like before. So the hash of every entry that was seen here is kept in the person's data folder,
32 bytes each, one file a case, which case was at which place, and which had a password. So are the
keys that signed what was seen: an entry that was added with another one is told, until the person
accepts it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection

from evidence_app import settings
from evidence_app.casefile.custody import signing
from evidence_app.casefile.schema import custody_entry
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import links
from evidence_app.model.verification import Head, Mismatch, MismatchKind

_LOG = logging.getLogger(__name__)
_SIZE = 32
_SPOTS = 16
"""So many entries of a log are compared with what was seen when a case is opened."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The end of a log that is not noted yet.

    Attributes:
        case_id: Of which case.
        start: So many entries before it are noted.
        hashes: Of the entries since.
        is_shorter: Whether more entries are noted than there are.
        signers: The keys that signed what is not noted yet, as far as they were looked at.
    """

    case_id: str
    start: int
    hashes: bytes
    is_shorter: bool
    signers: frozenset[str] = frozenset()


class Witness:
    """What was seen of one case file.

    A data folder that cannot be used costs the memory, never the work on the case.

    Attributes:
        is_failing: Whether what was seen could not be read or noted.
    """

    def __init__(self, path: Path) -> None:
        self.is_failing = False
        self._case_id = ""
        self._is_placed = False
        self._path = path
        place = str(links.followed(path).absolute())
        self._place = hashlib.sha256(place.encode("utf-8", "replace")).hexdigest()

    def case_id(self) -> str:
        """The case that was seen at this place the last time; empty if none was."""
        return self._read(self._place_file()).decode("ascii", "replace")

    def has_seen(self, connection: Connection) -> bool:
        """Whether this computer has seen the case before, wherever it was."""
        case_id = self._noted_case(connection, _case_id(connection))
        return bool(case_id and self._noted_hashes(case_id))

    def has_forgotten(self, connection: Connection) -> bool:
        """Whether this installation signed entries of a case of which it has no note."""
        own = sorted(signing.own_keys())
        mine = f"signer IN ({', '.join('?' * len(own))}) LIMIT 1"
        return not self.has_seen(connection) and bool(_signers(connection, mine, own))

    def misses_password(self, connection: Connection) -> bool:
        """Whether a file without a password is of a case that had one when it was seen last."""
        case_id = _case_id(connection)
        had_one = bool(case_id) and bool(self._read(_password_file(case_id)))
        return had_one and not database.is_locked(self._path)

    def is_signed_elsewhere(self, connection: Connection) -> bool:
        """Whether a key signed that is none of this installation."""
        own = sorted(signing.own_keys())
        foreign = f"signer NOT IN ({', '.join('?' * len(own))})"
        return bool(_signers(connection, f"{foreign} LIMIT 1", own))

    def doubts(self, connection: Connection) -> list[Mismatch]:
        """Where the log differs from what was seen: cut off, rewritten, or of another case.

        Of a long log the newest entry that was seen is compared, for it vouches for those before
        it, and some of these; `differences` compares all.
        """
        claimed = _case_id(connection)
        case_id = self._noted_case(connection, claimed)
        if case_id != claimed:
            return [
                Mismatch(MismatchKind.ROW_CHANGED, "case_info 1", case_id, claimed or "none"),
                *_differences(self._noted_hashes(case_id), _hashes(connection)),
            ]
        before = self.case_id()
        if case_id and before and before != case_id:
            return [Mismatch(MismatchKind.SWAPPED, "1", before, case_id)]
        noted_hashes = self._noted_hashes(case_id) if case_id else b""
        if not noted_hashes:
            return []
        if not _is_begun_by(connection, noted_hashes):
            mismatches = _differences(noted_hashes, _hashes(connection))
            return mismatches or [_cut(len(noted_hashes) // _SIZE, 0)]
        return self._unknown_keys(connection, case_id, len(noted_hashes) // _SIZE)

    def differences(self, connection: Connection) -> list[Mismatch]:
        """As `doubts`, but every entry that was seen is compared."""
        case_id = _case_id(connection)
        mismatches = _differences(
            self._noted_hashes(case_id) if case_id else b"", _hashes(connection)
        )
        return mismatches or self.doubts(connection)

    def known_keys(self, connection: Connection) -> frozenset[str]:
        """The keys of this installation, and those that signed the part of the log it has seen."""
        case_id = _case_id(connection)
        noted_count = len(self._noted_hashes(case_id)) // _SIZE if case_id else 0
        if not noted_count:
            return signing.own_keys()
        return self._known_keys(connection, case_id, noted_count)

    def _noted_case(self, connection: Connection, claimed: str) -> str:
        """The case of which the log was seen, whatever the file says which case it is.

        Whoever wants an older copy not to be noticed may give it another name.
        """
        if claimed and self._noted_hashes(claimed):
            return claimed
        query = (
            "SELECT entry_hash FROM custody_entry WHERE seq = 1 "
            "OR seq = (SELECT max(seq) FROM custody_entry) ORDER BY seq"
        )
        ends = [_bytes(row["entry_hash"]) for row in database.as_stored(connection, query)]
        for path in sorted(_folder().glob("*.log")) if ends else ():
            noted_hashes = self._read(path)
            if noted_hashes.startswith(ends[0]) or noted_hashes.find(ends[-1]) >= 0:
                return path.stem
        return claimed

    def _unknown_keys(
        self, connection: Connection, case_id: str, noted_count: int
    ) -> list[Mismatch]:
        """Entries beyond those that were seen, by keys that never signed any that were."""
        new = _signers(connection, "seq > ? GROUP BY signer", [noted_count])
        keys = self._known_keys(connection, case_id, noted_count) if new else frozenset()
        return [
            Mismatch(MismatchKind.UNKNOWN_KEY, str(first), "a known key", signer)
            for signer, first in sorted(new.items(), key=itemgetter(1))
            if signer not in keys
        ]

    def _known_keys(self, connection: Connection, case_id: str, noted_count: int) -> frozenset[str]:
        noted = self._read(_keys_file(case_id)).decode("ascii", "replace").split()
        # What was seen before keys were noted was taken as it was.
        before = noted or frozenset(_signers(connection, "seq <= ? GROUP BY signer", [noted_count]))
        return signing.own_keys().union(before)

    def remember(self, connection: Connection) -> None:
        """Note the log as it is now, with the keys that signed it."""
        observed = self.observe(connection)
        if observed is None:
            return
        new = frozenset(_signers(connection, "seq > ? GROUP BY signer", [observed.start]))
        keys = self._known_keys(connection, observed.case_id, observed.start)
        signers = keys | new if new - keys or not observed.start else frozenset()
        self.note(replace(observed, signers=signers))
        self._note_password(observed.case_id)

    def observe(self, connection: Connection) -> Observed | None:
        """What is to be noted of the log, also before a transaction is done; None without any."""
        # What a case is called never changes, and is asked after each change.
        case_id = self._case_id = self._case_id or _case_id(connection)
        if not case_id:
            return None
        noted_count = self._noted_count(_log_file(case_id))
        newest = "SELECT max(seq) FROM custody_entry"
        count = int(connection.exec_driver_sql(newest).scalar() or 0)
        start = noted_count if noted_count <= count else 0
        return Observed(case_id, start, _hashes(connection, start), start != noted_count)

    def note(self, observed: Observed | None) -> None:
        """Keep what was observed, once it is durable in the case."""
        if observed is None:
            return
        path = _log_file(observed.case_id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _refuse_planted(path, _keys_file(observed.case_id), self._place_file())
            if observed.is_shorter:
                path.write_bytes(observed.hashes)
            elif observed.hashes:
                with path.open("r+b" if path.exists() else "wb") as file:
                    file.seek(observed.start * _SIZE)
                    file.write(observed.hashes)
            if observed.signers:
                lines = "".join(f"{key}\n" for key in sorted(observed.signers))
                _keys_file(observed.case_id).write_text(lines, encoding="ascii", errors="replace")
            place = self._place_file()
            if not self._is_placed and self._read(place) != observed.case_id.encode():
                place.write_bytes(observed.case_id.encode())
            self._is_placed = True
        except OSError:
            self._complain("what was seen of the log could not be noted")

    def _note_password(self, case_id: str) -> None:
        mark = _password_file(case_id)
        try:
            _refuse_planted(mark)
            if database.is_locked(self._path):
                mark.write_bytes(b"1")
            else:
                mark.unlink(missing_ok=True)
        except OSError:
            self._complain("whether a case has a password could not be noted")

    def start_anew(self, connection: Connection) -> None:
        """Forget what was seen and note the log as it is now."""
        case_id = _case_id(connection)
        if case_id:
            try:
                _log_file(case_id).unlink(missing_ok=True)
                _keys_file(case_id).unlink(missing_ok=True)
            except OSError:
                self._complain("what was seen of the log could not be forgotten")
        self.remember(connection)

    def forget(self) -> None:
        """Forget the case that was seen at this place; it is gone."""
        case_id = self.case_id()
        try:
            if case_id:
                for noted in (_log_file, _keys_file, _password_file):
                    noted(case_id).unlink(missing_ok=True)
            self._place_file().unlink(missing_ok=True)
        except OSError:
            self._complain("what was seen of a case that is gone could not be forgotten")

    def _place_file(self) -> Path:
        return _folder() / f"{self._place}.place"

    def _noted_hashes(self, case_id: str) -> bytes:
        data = self._read(_log_file(case_id))
        return data[: len(data) // _SIZE * _SIZE]

    def _read(self, path: Path) -> bytes:
        try:
            _refuse_planted(path)
            return path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError:
            self._complain("what was seen of the log cannot be read")
            return b""

    def _noted_count(self, path: Path) -> int:
        try:
            return path.stat().st_size // _SIZE
        except FileNotFoundError:
            return 0
        except OSError:
            self._complain("what was seen of the log cannot be read")
            return 0

    def _complain(self, text: str) -> None:
        self.is_failing = True
        _LOG.warning(text, exc_info=True)


def compare_with(connection: Connection, head: Head) -> list[Mismatch]:
    """Where the log differs from a state that somebody was given, as in a printed dossier."""
    return _compare(_hashes(connection), head)


def compare_copy(entry_hashes: Iterable[str], head: Head) -> list[Mismatch]:
    """As `compare_with`, for the entries of a log that was handed over."""
    return _compare(b"".join(map(_bytes, entry_hashes)), head)


def _compare(hashes: bytes, head: Head) -> list[Mismatch]:
    at = (head.seq - 1) * _SIZE
    if head.first and not hashes.hex().startswith(head.first):
        return [Mismatch(MismatchKind.SWAPPED, "1", head.first, hashes[:_SIZE].hex())]
    if at >= len(hashes):
        return [_cut(head.seq, len(hashes) // _SIZE)]
    actual = hashes[at : at + _SIZE].hex()
    if actual != head.entry_hash:
        return [Mismatch(MismatchKind.REWRITTEN, str(head.seq), head.entry_hash, actual)]
    return []


def _differences(noted_hashes: bytes, hashes: bytes) -> list[Mismatch]:
    """The first entry that differs from what was seen; nothing if all of it is there."""
    if hashes[: len(noted_hashes)] == noted_hashes:
        return []
    for at in range(0, min(len(noted_hashes), len(hashes)), _SIZE):
        expected, actual = noted_hashes[at : at + _SIZE], hashes[at : at + _SIZE]
        if expected != actual:
            kind = MismatchKind.REWRITTEN if at else MismatchKind.SWAPPED
            return [Mismatch(kind, str(at // _SIZE + 1), expected.hex(), actual.hex())]
    return [_cut(len(noted_hashes) // _SIZE, len(hashes) // _SIZE)]


def _is_begun_by(connection: Connection, noted_hashes: bytes) -> bool:
    """Whether some of the entries that were seen, the newest among them, are there."""
    count = len(noted_hashes) // _SIZE
    places = sorted({0, count - 1, *range(0, count, -(-count // _SPOTS))})
    numbers = ", ".join("?" * len(places))
    query = f"SELECT seq, entry_hash FROM custody_entry WHERE seq IN ({numbers})"
    rows = database.as_stored(connection, query, [position + 1 for position in places])
    hashes = {row["seq"] - 1: _bytes(row["entry_hash"]) for row in rows}
    return all(
        hashes.get(position) == noted_hashes[position * _SIZE : (position + 1) * _SIZE]
        for position in places
    )


def _has_signers(connection: Connection) -> bool:
    """Whether the log is of a version that signs."""
    columns = connection.exec_driver_sql("PRAGMA table_info(custody_entry)")
    return any(column.name == custody_entry.c.signer.name for column in columns)


def _signers(connection: Connection, which: str, values: Sequence[object]) -> dict[str, int]:
    """The keys of the signed entries of which a condition is true, each with one of its entries.

    With ``GROUP BY signer`` it is the first of them.
    """
    if not _has_signers(connection):
        return {}
    column = "min(seq)" if "GROUP BY" in which else "seq"
    query = f"SELECT signer, {column} AS first FROM custody_entry WHERE signer IS NOT NULL AND "
    rows = database.as_stored(connection, query + which, values)
    return {str(row["signer"]): row["first"] for row in rows}


def _cut(expected: int, actual: int) -> Mismatch:
    return Mismatch(MismatchKind.TAIL_CUT, str(actual + 1), str(expected), str(actual))


def _hashes(connection: Connection, skip: int = 0) -> bytes:
    """The hashes of entries, one after the other; what is no hash is digested to its length."""
    query = "SELECT entry_hash FROM custody_entry WHERE seq > ? ORDER BY seq"
    rows = database.as_stored(connection, query, (skip,))
    return b"".join(_bytes(row["entry_hash"]) for row in rows)


def _bytes(entry_hash: object) -> bytes:
    text = str(entry_hash)
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) == _SIZE:
        return value
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _case_id(connection: Connection) -> str:
    row = next(database.as_stored(connection, "SELECT case_id FROM case_info LIMIT 1"), None)
    case_id = str(row["case_id"] or "") if row is not None else ""
    return case_id if case_id.isascii() and case_id.isalnum() else ""


def _refuse_planted(*paths: Path) -> None:
    """Neither read nor write what a link leads to, or a pipe: that would wait for ever."""
    for path in paths:
        if links.is_planted(path):
            raise OSError(f"{path.name} is no plain file")


def _log_file(case_id: str) -> Path:
    return _folder() / f"{case_id}.log"


def _keys_file(case_id: str) -> Path:
    return _folder() / f"{case_id}.keys"


def _password_file(case_id: str) -> Path:
    return _folder() / f"{case_id}.password"


def _folder() -> Path:
    return settings.data_folder() / "seen"
