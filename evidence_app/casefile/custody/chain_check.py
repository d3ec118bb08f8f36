"""Follows the custody log from its first entry: hashes, links, signatures and seals of rows."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from evidence_app.casefile.custody import entry_form, seals, signing
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody.log_copy import CopiedEntry
from evidence_app.casefile.custody.seals import Seal
from evidence_app.casefile.schema import custody_entry, row_seal
from evidence_app.casefile.storage import connection as database
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind, Signer

SIGNED_SINCE = 3
"""Entries are signed, and rows sealed, since that version of the schema."""

_OUT_OF_ORDER = (
    "SELECT 1 FROM (SELECT typeof(entry_seq) <> 'integer' "
    "OR entry_seq < lag(entry_seq) OVER (ORDER BY id) AS is_odd FROM row_seal) "
    "WHERE is_odd LIMIT 1"
)
_MOST_SEALS = 8 << 20
"""Bytes of seals of the newest entry that are digested at once; more wait for the whole check."""


@dataclass(slots=True)
class Chain:
    """What the check learnt of the log.

    Attributes:
        entries: How many there are.
        last: The number of the newest; 0 without any.
        head: Its hash; empty without any.
        unsigned: How many are of before the log was signed.
        signed_from: The number of the first that is signed, and vouches for rows.
        signers: Which keys signed, in the order of their first entries.
    """

    entries: int = 0
    last: int = 0
    head: str = ""
    unsigned: int = 0
    signed_from: int = 1
    signers: list[Signer] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)


def follow(
    connection: Connection,
    on_seal: Callable[[Seal], None],
    *,
    on_entry: Callable[[bool], None] = lambda agrees: None,
    signatures: bool = True,
) -> Chain:
    """Check every entry.

    Args:
        connection: On the case.
        on_seal: Gets each seal of which an entry says that it vouches for it, the oldest first.
        on_entry: Told after the seals of each entry whether all of the entry agrees.
        signatures: Whether all signatures are checked; else only that of the newest entry, on
            which the hashes of all others depend.
    """
    chain, signed_from = Chain(), _believed(connection, _signed_from(_migrations(connection)))
    chain.signed_from = signed_from
    newest = connection.exec_driver_sql("SELECT max(seq) FROM custody_entry").scalar()
    groups = _groups(connection)
    group = next(groups, None)
    for values in custody.as_stored(connection):
        verify_hash = values["seq"] >= signed_from
        while group is not None and group[0] < values["seq"]:
            chain.mismatches.append(_stray(group[0]))
            group = next(groups, None)
        mismatches = len(chain.mismatches)
        checks_signature = signatures or values["seq"] == newest
        _check_entry(chain, values, verify_hash, _hash_of(values), checks_signature)
        is_own = group is not None and group[0] == values["seq"]
        own = group[1] if group is not None and is_own else iter(())
        own = custody.passed_on(own, on_seal) if verify_hash else own
        chain.mismatches.extend(_seals(values, own, verify_hash))
        group = next(groups, None) if is_own else group
        on_entry(len(chain.mismatches) == mismatches)
    if group is not None:
        chain.mismatches.append(_stray(group[0]))
    if signatures:
        chain.mismatches.extend(_numbers(connection))
    return chain


def _numbers(connection: Connection) -> Iterator[Mismatch]:
    """Check that the numbers of the seals have no gap: they decide which seal is newest."""
    query = "SELECT count(*), min(id), max(id) FROM row_seal"
    count, first, last = connection.exec_driver_sql(query).one()
    if count and (first, last) != (1, count):
        numbers = f"{first} to {last}"
        yield Mismatch(MismatchKind.DATABASE, row_seal.name, f"1 to {count}", numbers)


def _seals(values: Mapping[str, Any], own: Iterator[Seal], verify_hash: bool) -> Iterator[Mismatch]:
    # Entries of before the log was signed have no seals; those that they seem to have are planted.
    expected = str(values["rows_digest"]) if verify_hash else seals.EMPTY_DIGEST
    computed = _rows_digest(values, own) if verify_hash else seals.digest(own)
    if computed != expected:
        yield Mismatch(MismatchKind.SEALS, str(values["seq"]), expected, computed)


def follow_copy(entries: Sequence[CopiedEntry]) -> Chain:
    """Check the entries of a log that was handed over without the rows that it vouches for.

    Which of them are of before the log was signed is not told: as many as come before the first
    signature may be.
    """
    chain = Chain()
    signed_from = next(
        (entry.values["seq"] for entry in entries if entry.values.get("signature")), 1
    )
    chain.signed_from = signed_from
    for entry in entries:
        values = {"signer": None, "signature": None, **entry.values}
        _check_entry(chain, values, values["seq"] >= signed_from, entry.hash())
        if entry.problem:
            where = str(values["seq"])
            chain.mismatches.append(
                Mismatch(MismatchKind.ENTRY_HASH, where, "what was hashed", entry.problem)
            )
    return chain


def follow_unsigned(connection: Connection) -> Chain:
    """Check the entries of a file of a version that signed and sealed nothing.

    It has no columns for signatures, or they are empty. An entry that says that the file was
    brought to a version that signs contradicts what the file is.
    """
    chain = Chain()
    empty: dict[str, Any] = dict.fromkeys(custody_entry.c.keys())
    rows = connection.exec_driver_sql("SELECT * FROM custody_entry ORDER BY seq").mappings()
    for row in rows:
        values = {**empty, **row}
        _check_entry(chain, values, False, _hash_of(values))
        is_migration = values["action"] == Action.MIGRATE_CASE.value
        if is_migration and _migrated(str(values["detail"]))[1] >= SIGNED_SINCE:
            where, expected = str(values["seq"]), f"older than {SIGNED_SINCE}"
            detail = str(values["detail"])
            chain.mismatches.append(Mismatch(MismatchKind.VERSION, where, expected, detail))
    chain.signed_from = chain.last + 1
    return chain


def check_end(connection: Connection) -> list[Mismatch]:
    """Check the newest entry alone, with the seals that it vouches for: in no time at any size."""
    columns = ", ".join(custody_entry.c.keys())
    query = f"SELECT {columns} FROM custody_entry ORDER BY seq DESC LIMIT 2"
    try:
        rows = list(database.as_stored(connection, query))
        if not rows:
            return list(_without_entry(connection))
        before = rows[1]["entry_hash"] if len(rows) > 1 else custody.GENESIS
        expected = rows[1]["seq"] + 1 if len(rows) > 1 else 1
        return [
            *_links(rows[0], str(before), expected, _hash_of(rows[0])),
            *_signature(rows[0], str(rows[0]["seq"])),
            *_last_seals(connection, rows[0]),
        ]
    except (DatabaseError, database.DatabaseError) as error:
        problem = str(error).partition("\n")[0]
        return [Mismatch(MismatchKind.DATABASE, custody_entry.name, "readable", problem)]


def _without_entry(connection: Connection) -> Iterator[Mismatch]:
    """What is there although nothing was ever done."""
    for table in (*seals.TABLES, row_seal.name):
        if connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first() is not None:
            yield Mismatch(MismatchKind.ENTRY_MISSING, "1", "an entry", "none")
            return


def _last_seals(connection: Connection, entry: Mapping[str, Any]) -> Iterator[Mismatch]:
    # They are written in the order of the entries: there is no need of an index.
    query = "SELECT id, entry_seq, table_name, first_id, digests FROM row_seal ORDER BY id DESC"
    own: list[Seal] = []
    size = 0
    for row in database.as_stored(connection, query):
        if type(row["entry_seq"]) is not int or row["entry_seq"] > entry["seq"]:
            yield _stray(row["entry_seq"])
            return
        if row["entry_seq"] < entry["seq"]:
            break
        seal = _seal(row)
        size += len(seal.digests)
        if size > _MOST_SEALS:
            return
        own.append(seal)
    if (computed := _rows_digest(entry, reversed(own))) != entry["rows_digest"]:
        where = str(entry["seq"])
        yield Mismatch(MismatchKind.SEALS, where, str(entry["rows_digest"]), computed)


def _check_entry(
    chain: Chain,
    values: Mapping[str, Any],
    verify_hash: bool,
    entry_hash: str,
    checks_signature: bool = True,
) -> None:
    """Check the next entry, which should have that hash, but not its seals."""
    before = chain.head if chain.entries else custody.GENESIS
    chain.mismatches.extend(_links(values, before, chain.last + 1, entry_hash))
    if verify_hash:
        if checks_signature:
            chain.mismatches.extend(_signature(values, str(values["seq"])))
        _note_signer(chain, values)
    else:
        chain.unsigned += 1
    chain.entries += 1
    chain.last, chain.head = values["seq"], str(values["entry_hash"])


def _links(
    values: Mapping[str, Any], before: str, expected: int, computed: str
) -> Iterator[Mismatch]:
    where = str(values["seq"])
    if values["seq"] != expected:
        yield Mismatch(MismatchKind.ENTRY_MISSING, where, str(expected), where)
    if values["prev_hash"] != before:
        yield Mismatch(MismatchKind.ENTRY_LINK, where, before, str(values["prev_hash"]))
    if computed != values["entry_hash"]:
        yield Mismatch(MismatchKind.ENTRY_HASH, where, str(values["entry_hash"]), computed)


def _hash_of(values: Mapping[str, Any]) -> str:
    """The hash that an entry should have; a word for one whose words cannot be read at all."""
    try:
        return custody.hash_of(custody.decoded(values))
    except (ValueError, TypeError, RecursionError):
        return "unreadable"


def _rows_digest(values: Mapping[str, Any], own: Iterator[Seal]) -> str:
    """What an entry should say of its rows, all of which are gone through.

    It is a word for one that cannot be read.
    """
    try:
        return custody.rows_digest(entry_form.salt_of(custody.decoded(values)), own)
    except (ValueError, TypeError, RecursionError):
        deque(own, maxlen=0)
        return "unreadable"


def _signature(values: Mapping[str, Any], where: str) -> Iterator[Mismatch]:
    signer, signature = values["signer"], values["signature"]
    if not signer or not signature:
        yield Mismatch(MismatchKind.SIGNATURE, where, "a signature", "none")
    elif not signing.verify_hash(str(signer), str(signature), str(values["entry_hash"])):
        yield Mismatch(MismatchKind.SIGNATURE, where, f"by {signer}", str(signature))


def _note_signer(chain: Chain, values: Mapping[str, Any]) -> None:
    public = str(values["signer"] or "")
    if public and (not chain.signers or chain.signers[-1].public_key != public):
        chain.signers.append(Signer(public, values["seq"], values["seq"]))
    elif public:
        chain.signers[-1] = Signer(public, chain.signers[-1].first, values["seq"])


def _migrations(connection: Connection) -> list[tuple[int, str]]:
    """Number and detail of the entries of migrations."""
    query = "SELECT seq, detail FROM custody_entry WHERE action = ? ORDER BY seq"
    rows = database.as_stored(connection, query, (Action.MIGRATE_CASE.value,))
    return [(row["seq"], row["detail"]) for row in rows]


def _signed_from(migrations: Iterable[tuple[int, str]]) -> int:
    """The number of the first entry that must be signed, as the log tells."""
    for seq, text in migrations:
        before, after = _migrated(text)
        if before < SIGNED_SINCE <= after:
            return int(seq)
    return 1


def _migrated(detail: str) -> tuple[int, int]:
    """From and to which version an entry of a migration says it went; zeros if it says nothing."""
    try:
        values = json.loads(detail)
        return int(values["from"]), int(values["to"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return 0, 0  # The chain says what is wrong with the entry.


def _believed(connection: Connection, signed_from: int) -> int:
    """A log in which something was signed or sealed before is not one of before that."""
    if signed_from == 1:
        return 1
    signed = custody_entry.c.signer.is_not(None) | custody_entry.c.signature.is_not(None)
    queries = (
        select(custody_entry.c.seq).where(custody_entry.c.seq < signed_from, signed),
        select(row_seal.c.id).where(row_seal.c.entry_seq < signed_from),
    )
    vouched = any(connection.execute(query.limit(1)).first() is not None for query in queries)
    return 1 if vouched else signed_from


def _groups(connection: Connection) -> Iterator[tuple[int, Iterator[Seal]]]:
    # The program writes them in the order of the entries. To sort millions of digests, SQLite
    # would have all of them in memory.
    sorting = "entry_seq, id" if connection.exec_driver_sql(_OUT_OF_ORDER).first() else "id"
    columns = "id, entry_seq, table_name, first_id, digests"
    every_row = database.as_stored(connection, f"SELECT {columns} FROM row_seal ORDER BY {sorting}")
    for seq, rows in groupby(every_row, key=lambda row: _number(row["entry_seq"])):
        yield seq, map(_seal, rows)


def _number(stored: object) -> int:
    # Whoever tampers may leave anything; no entry has that number.
    return stored if type(stored) is int else 0


def _seal(row: Mapping[str, Any]) -> Seal:
    table, first, digests = row["table_name"], row["first_id"], row["digests"]
    if type(table) is str and table.isascii() and type(first) is int and type(digests) is bytes:
        return Seal(table, first, digests, row["id"])
    return Seal("", 0, b"")


def _stray(seq: object) -> Mismatch:
    return Mismatch(MismatchKind.SEALS, str(seq), "an entry", "none")
