"""Follows the custody log from its first entry: hashes, links, signatures and seals of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile import custody, entry_form, signing
from evidence_app.casefile.log_copy import CopiedEntry
from evidence_app.casefile.schema import custody_entry, row_seal
from evidence_app.casefile.seals import Seal
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind, Signer

_SIGNED_SINCE = 3
"""Entries are signed, and rows sealed, since that version of the schema."""


@dataclass(slots=True)
class Chain:
    """What the check learnt of the log.

    Attributes:
        entries: How many there are.
        last: The number of the newest; 0 without any.
        head: Its hash; empty without any.
        unsigned: How many are of before the log was signed.
        signers: Which keys signed, in the order of their first entries.
    """

    entries: int = 0
    last: int = 0
    head: str = ""
    unsigned: int = 0
    signers: list[Signer] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)


def follow(connection: Connection, on_seal: Callable[[Seal], None]) -> Chain:
    """Check every entry.

    Args:
        connection: On the case.
        on_seal: Gets each seal that an entry vouches for, the oldest first.
    """
    chain, signed_from = Chain(), _signed_from(_migrations(connection))
    groups = _groups(connection)
    group = next(groups, None)
    for row in connection.execute(select(custody_entry).order_by(custody_entry.c.seq)).mappings():
        values, is_signed = dict(row), row["seq"] >= signed_from
        _check_entry(chain, values, is_signed, _hash_of(values))
        while group is not None and group[0] < row["seq"]:
            chain.mismatches.append(_stray(group[0]))
            group = next(groups, None)
        own: list[Seal] = []
        if group is not None and group[0] == row["seq"]:
            own, group = group[1], next(groups, None)
        if is_signed and (found := _rows_digest(values, own)) != row["rows_digest"]:
            where, expected = str(row["seq"]), str(row["rows_digest"])
            chain.mismatches.append(Mismatch(MismatchKind.SEALS, where, expected, found))
        for seal in own:
            on_seal(seal)
    if group is not None:
        chain.mismatches.append(_stray(group[0]))
    return chain


def follow_copy(entries: Sequence[CopiedEntry]) -> Chain:
    """Check the entries of a log that was handed over without the rows that it vouches for.

    Which of them are of before the log was signed is not told: as many as come before the first
    signature may be.
    """
    chain = Chain()
    signed_from = next((one.values["seq"] for one in entries if one.values.get("signature")), 1)
    for one in entries:
        values = {"signer": None, "signature": None, **one.values}
        _check_entry(chain, values, values["seq"] >= signed_from, one.hash())
        if one.problem:
            where = str(values["seq"])
            chain.mismatches.append(
                Mismatch(MismatchKind.ENTRY_HASH, where, "what was hashed", one.problem)
            )
    return chain


def _check_entry(chain: Chain, values: Mapping[str, Any], is_signed: bool, entry_hash: str) -> None:
    """Check the next entry, which should have that hash, but not its seals."""
    before = chain.head if chain.entries else custody.GENESIS
    chain.mismatches.extend(_links(values, before, chain.last + 1, entry_hash))
    if is_signed:
        chain.mismatches.extend(_signature(values, str(values["seq"])))
        _note_signer(chain, values)
    else:
        chain.unsigned += 1
    chain.entries += 1
    chain.last, chain.head = values["seq"], str(values["entry_hash"])


def _links(values: Mapping[str, Any], before: str, expected: int, found: str) -> Iterator[Mismatch]:
    where = str(values["seq"])
    if values["seq"] != expected:
        yield Mismatch(MismatchKind.ENTRY_MISSING, where, str(expected), where)
    if values["prev_hash"] != before:
        yield Mismatch(MismatchKind.ENTRY_LINK, where, before, str(values["prev_hash"]))
    if found != values["entry_hash"]:
        yield Mismatch(MismatchKind.ENTRY_HASH, where, str(values["entry_hash"]), found)


def _hash_of(values: Mapping[str, Any]) -> str:
    """The hash that an entry should have; a word for one whose words cannot be read at all."""
    try:
        return custody.hash_of(custody.decoded(values))
    except (ValueError, TypeError, RecursionError):
        return "unreadable"


def _rows_digest(values: Mapping[str, Any], own: Sequence[Seal]) -> str:
    """What an entry should say of its rows; a word for one that cannot be read."""
    try:
        return custody.rows_digest(entry_form.salt_of(custody.decoded(values)), own)
    except (ValueError, TypeError, RecursionError):
        return "unreadable"


def _signature(values: Mapping[str, Any], where: str) -> Iterator[Mismatch]:
    signer, signature = values["signer"], values["signature"]
    if not signer or not signature:
        yield Mismatch(MismatchKind.SIGNATURE, where, "a signature", "none")
    elif not signing.is_signed(str(signer), str(signature), str(values["entry_hash"])):
        yield Mismatch(MismatchKind.SIGNATURE, where, f"by {signer}", str(signature))


def _note_signer(chain: Chain, values: Mapping[str, Any]) -> None:
    public = str(values["signer"] or "")
    if public and (not chain.signers or chain.signers[-1].public_key != public):
        chain.signers.append(Signer(public, values["seq"], values["seq"]))
    elif public:
        chain.signers[-1] = Signer(public, chain.signers[-1].first, values["seq"])


def _migrations(connection: Connection) -> list[tuple[int, str]]:
    """Number and detail of the entries of migrations."""
    query = select(custody_entry.c.seq, custody_entry.c.detail)
    migrations = query.where(custody_entry.c.action == Action.MIGRATE_CASE.value)
    found = connection.execute(migrations.order_by(custody_entry.c.seq))
    return [(row.seq, row.detail) for row in found]


def _signed_from(migrations: Iterable[tuple[int, str]]) -> int:
    """The number of the first entry that must be signed."""
    for seq, text in migrations:
        try:
            detail = json.loads(text)
            if detail["from"] < _SIGNED_SINCE <= detail["to"]:
                return int(seq)
        except (ValueError, TypeError, KeyError, RecursionError):
            continue  # The chain says what is wrong with the entry.
    return 1


def _groups(connection: Connection) -> Iterator[tuple[int, list[Seal]]]:
    query = select(row_seal).order_by(row_seal.c.entry_seq, row_seal.c.id)
    found: Iterable[Any] = connection.execute(query)
    for seq, rows in groupby(found, key=lambda row: row.entry_seq):
        yield seq, [Seal(row.table_name, row.first_id, _bytes(row.digests)) for row in rows]


def _bytes(stored: object) -> bytes:
    # Whoever tampers may leave text where there were bytes.
    return stored if isinstance(stored, bytes) else str(stored).encode()


def _stray(seq: int) -> Mismatch:
    return Mismatch(MismatchKind.SEALS, str(seq), "an entry", "none")
