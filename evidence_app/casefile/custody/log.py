"""The append-only, hash-chained log of everything that is done to a case."""

from __future__ import annotations

import functools
import getpass
import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import NoneType
from typing import Any

import rfc8785
from sqlalchemy import Connection, func, select

import evidence_app
from evidence_app.casefile.custody import entry_form, seals, signing
from evidence_app.casefile.custody.seals import Seal
from evidence_app.casefile.schema import custody_entry
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cells import damaged
from evidence_app.errors import DamagedError
from evidence_app.model.custody import Action, CustodyEntry, UnreadableEntry
from evidence_app.model.verification import Head

GENESIS = "0" * 64
"""The predecessor of the first entry."""

_CLOCK_MARGIN = timedelta(days=1)
"""Clocks of two computers, or a zone set wrong, differ by less."""
_KINDS = {
    column.name: {column.type.python_type, NoneType if column.nullable else column.type.python_type}
    for column in custody_entry.c
}
_LAST = 1 << 53
"""No entry has that number: canonical JSON has none so high."""


def append(
    connection: Connection,
    action: Action,
    detail: Mapping[str, Any],
    changed: Iterable[Seal] = (),
    on_seal: Callable[[Seal], object] = lambda seal: None,
) -> int:
    """Write the next entry, signed with the key of this installation; return its number.

    If the entry before it was signed with another key, one that says so is written first.

    Args:
        connection: The transaction of the change.
        action: What was done.
        detail: More of it, as JSON values.
        changed: The rows that were changed.
        on_seal: Is told each seal as it is kept.

    Raises:
        DamagedError: The log cannot be gone on with.
    """
    key, head = signing.installation_key(), last(connection)
    if head is not None and not 0 < head.seq < _LAST:
        raise damaged(f"custody_entry {head.seq}")
    if head is not None and head.signer not in (None, key.public):
        before = {"before": head.signer}
        head = _write(connection, head, key, Action.CHANGE_KEY, before, (), on_seal)
        if action is Action.CHANGE_KEY:
            return head.seq
    return _write(connection, head, key, action, detail, changed, on_seal).seq


def _write(
    connection: Connection,
    head: CustodyEntry | None,
    key: signing.Key,
    action: Action,
    detail: Mapping[str, Any],
    changed: Iterable[Seal],
    on_seal: Callable[[Seal], object],
) -> CustodyEntry:
    later = _if_later(head.at.isoformat()) if head else ""
    if later:
        detail = {**detail, "clock_was_at": later}
    salt = entry_form.new_salt()
    seq = head.seq + 1 if head else 1
    new_seals = passed_on(seals.keep(connection, seq, changed), on_seal)
    values: dict[str, Any] = {
        "seq": seq,
        "at": datetime.now().astimezone().isoformat(timespec="milliseconds"),
        "action": action.value,
        "detail": {**detail, entry_form.SALT: salt},
        "who": user_name(),
        "program": f"evidence-app {evidence_app.__version__}",
        "machine": _machine(),
        "rows_digest": rows_digest(salt, new_seals),
        "prev_hash": head.entry_hash if head else GENESIS,
        "signer": key.public,
    }
    values["entry_hash"] = hash_of(values)
    values["signature"] = key.sign(values["entry_hash"])
    row = {**values, "detail": json.dumps(values["detail"], ensure_ascii=False)}
    connection.exec_driver_sql(_INSERT, tuple(row[name] for name in _COLUMNS))
    return _entry(row)


def passed_on(new_seals: Iterable[Seal], on_seal: Callable[[Seal], object]) -> Iterator[Seal]:
    """The same seals; somebody is told each in passing."""
    for seal in new_seals:
        on_seal(seal)
        yield seal


def hash_of(values: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form of an entry."""
    return hashlib.sha256(canonical(values)).hexdigest()


def canonical(values: Mapping[str, Any]) -> bytes:
    """What the hash of an entry is over, as canonical JSON (RFC 8785): see `entry_form`."""
    return rfc8785.dumps(entry_form.hashed(values))


def rows_digest(salt: str, changed: Iterable[Seal]) -> str:
    """What an entry says of the rows that it changed; without a salt, as the first form did."""
    if not salt:
        return seals.digest(changed)
    hasher = hashlib.sha256()
    for piece in entry_form.leaves(salt, changed):
        hasher.update(piece)
    return hasher.hexdigest()


def canonical_of(connection: Connection, seq: int) -> bytes:
    """The canonical form of the entry of that number, computed from what is stored.

    Raises:
        ValueError: There is no such entry, or its detail is no JSON.
    """
    row = next(as_stored(connection, "WHERE seq = ?", (seq,)), None)
    if row is None:
        raise ValueError(seq)
    return canonical(decoded(row))


_COLUMNS = tuple(custody_entry.c.keys())
_NEWEST = select(custody_entry).order_by(custody_entry.c.seq.desc()).limit(1)
_INSERT = (
    f"INSERT INTO custody_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
)
"""Needed at each change: to build a statement takes longer than to run it."""


def as_stored(
    connection: Connection, condition: str = "", parameters: Sequence[object] = ()
) -> Iterator[dict[str, Any]]:
    """Entries with whatever stands in their cells, oldest first."""
    query = f"SELECT {', '.join(_COLUMNS)} FROM custody_entry {condition} ORDER BY seq"
    return database.as_stored(connection, query, parameters)


def decoded(row: Mapping[Any, Any]) -> dict[str, Any]:
    """An entry as it is stored, with its detail as a value.

    Raises:
        ValueError: The detail is no JSON.
    """
    return {**row, "detail": json.loads(str(row["detail"]))}


def last(connection: Connection) -> CustodyEntry | None:
    """The newest entry: its hash vouches for all before it."""
    row = connection.execute(_NEWEST).mappings().one_or_none()
    return None if row is None else _entry(row)


def later_than_now(connection: Connection) -> str:
    """When the newest entry was made, if that is more than a day from now; else nothing."""
    newest = select(custody_entry.c.at).order_by(custody_entry.c.seq.desc()).limit(1)
    return _if_later(str(connection.execute(newest).scalar() or ""))


def _if_later(at: str) -> str:
    try:
        is_later = datetime.fromisoformat(at) > datetime.now(UTC) + _CLOCK_MARGIN
    except (ValueError, TypeError):
        return ""  # The check of the log says what is wrong with it.
    return at if is_later else ""


def state(connection: Connection) -> Head | None:
    """The state that the log is in, whatever its entries say; None without any entry."""
    columns = select(custody_entry.c.seq, custody_entry.c.entry_hash).limit(1)
    newest = connection.execute(columns.order_by(custody_entry.c.seq.desc())).first()
    oldest = connection.execute(columns.order_by(custody_entry.c.seq)).first()
    if newest is None or oldest is None:
        return None
    return Head(newest.seq, str(newest.entry_hash), str(oldest.entry_hash))


def entries(connection: Connection) -> list[CustodyEntry]:
    """All entries, oldest first.

    Raises:
        DamagedError: One cannot be read.
    """
    return [_entry(row) for row in as_stored(connection)]


def readable_entries(connection: Connection) -> list[CustodyEntry | UnreadableEntry]:
    """All entries, oldest first, with a mark in the place of each that cannot be read."""
    return [_entry_or_mark(row) for row in as_stored(connection)]


def _entry_or_mark(row: Mapping[Any, Any]) -> CustodyEntry | UnreadableEntry:
    try:
        return _entry(row)
    except DamagedError as error:
        return UnreadableEntry(row["seq"], error.message)


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(custody_entry)).scalar_one()


def _entry(row: Mapping[Any, Any]) -> CustodyEntry:
    try:
        _refuse_odd_cells(row)
        values = decoded(row)
        values["at"] = _time(values["at"])
        values["action"] = Action(values["action"])
        if not isinstance(values["detail"], dict):
            raise ValueError("no object")
        values["detail"].pop(entry_form.SALT, None)
    except (ValueError, OverflowError, RecursionError) as error:
        raise damaged(f"custody_entry {row['seq']}") from error
    return CustodyEntry(**values)


def _refuse_odd_cells(row: Mapping[Any, Any]) -> None:
    """Refuse cells of another kind than the program writes, and text that is no UTF-8."""
    for name, cell in row.items():
        if type(cell) not in _KINDS[name]:
            raise ValueError(name)
        if isinstance(cell, str):
            cell.encode()


def _time(text: str) -> datetime:
    """When an entry was made; at no end of the calendar, so that it has a time in any zone."""
    at = datetime.fromisoformat(text)
    for margin in (-_CLOCK_MARGIN, _CLOCK_MARGIN):
        at.astimezone(UTC) + margin
    return at


@functools.cache
def _machine() -> str:
    import tzlocal

    system = f"{platform.system()} {platform.release()}"
    return f"{system}, Python {platform.python_version()}, {tzlocal.get_localzone_name()}"


@functools.cache
def user_name() -> str:
    """The name under which the person is logged in on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
