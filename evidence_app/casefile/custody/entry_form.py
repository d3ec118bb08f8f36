"""What the hash of a log entry is over, so that part of the entry can be withheld.

An entry of the first form is hashed whole: whoever is to recompute its hash must see all of it.
An entry of the second form has a salt, and is hashed with salted digests in the place of its
private values (each value of its detail, the person's login, the computer) and of the rows that
it changed. Whoever gets such an entry without a private value can neither read nor guess it, and
can still recompute the hash of the entry; for each value that he gets, he gets its own key too,
and sees that it is the one that was hashed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import rfc8785

from evidence_app.casefile.custody.seals import SIZE, Seal

FORM = 2
SALT = "salt"
"""Stands in the stored detail of an entry of the second form."""

HIDDEN = "hidden"
"""Holds the digests of the private values in what is hashed."""

_PRIVATE = ("who", "machine")
_NOT_HASHED = frozenset({"entry_hash", "signature"})
_DETAIL = "detail."


def new_salt() -> str:
    """The salt of an entry, 64 hexadecimal digits."""
    return secrets.token_hex(SIZE)


def salt_of(values: Mapping[str, Any]) -> str:
    """The salt of an entry whose detail is a value; empty for one of the first form."""
    detail = values["detail"]
    salt = detail.get(SALT) if isinstance(detail, dict) else None
    return salt if isinstance(salt, str) else ""


def hashed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the hash of an entry is over, given with its detail as a value.

    What entries of older versions do not have is left out.
    """
    present = {
        name: value
        for name, value in values.items()
        if name not in _NOT_HASHED and value is not None
    }
    salt = salt_of(values)
    if not salt:
        return present
    open_values = {
        name: value for name, value in present.items() if name not in ("detail", *_PRIVATE)
    }
    digests = sorted(
        hidden_digest(key_of(salt, name), name, value) for name, value in private(values)
    )
    return {**open_values, "form": FORM, HIDDEN: digests}


def is_free_of_private(canonical: bytes) -> bool:
    """Whether the hashed form of an entry contains nothing private."""
    try:
        entry = json.loads(canonical)
    except ValueError:
        return False
    return isinstance(entry, dict) and entry.get("form") == FORM


def private(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The private values of an entry of the second form, by name."""
    for name, value in values["detail"].items():
        if name != SALT:
            yield f"{_DETAIL}{name}", value
    for name in _PRIVATE:
        if values.get(name) is not None:
            yield name, values[name]


def key_of(salt: str, name: str) -> str:
    """The key of one private value or row; salt and other keys cannot be derived from it.

    The salt stands on both sides of the name, so that nobody can go on from one key to another.
    """
    return hashlib.sha256(f"{salt}{name}{salt}".encode()).hexdigest()


def hidden_digest(key: str, name: str, value: object) -> str:
    """What stands for a private value."""
    return hashlib.sha256(rfc8785.dumps([key, name, value])).hexdigest()  # type: ignore[list-item]


def row_name(table: str, row_id: int) -> str:
    """How a row is called where its key and its digest are computed."""
    return f"{table} {row_id}"


def row_leaf(key: str, name: str, digest: bytes) -> bytes:
    """What stands for a row, given its digest as its seal has it."""
    return hashlib.sha256(f"{key} {name} ".encode() + digest).digest()


def leaves(salt: str, seals: Iterable[Seal]) -> Iterator[bytes]:
    """What stands for the rows that an entry changed, a piece for each seal.

    The SHA-256 of all of it, one piece after the other, is the entry's ``rows_digest``.
    """
    for seal in seals:
        piece = bytearray()
        for place in range(0, len(seal.digests), SIZE):
            name = row_name(seal.table, seal.first + place // SIZE)
            digest = seal.digests[place : place + SIZE]
            piece += row_leaf(key_of(salt, name), name, digest)
        yield bytes(piece)
