"""The custody log as it is handed over: the chain whole, private values only where they are meant.

One entry is one line of canonical JSON (RFC 8785). An entry of the second form (`entry_form`)
stands there as it was hashed, with its hash, its signature, and the values that are disclosed,
each with its key. Of an entry of the first form only the hash, the links and the signature can be
shown without what is private in it: it is withheld.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import rfc8785
from sqlalchemy import Connection, select

from evidence_app.casefile.custody import entry_form
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.schema import custody_entry

DISCLOSED, WITHHELD = "disclosed", "withheld"
_OUTSIDE = frozenset({"entry_hash", "signature", DISCLOSED})
_TEXTS = ("at", "action", "prev_hash", "entry_hash")
_OF_ANY = frozenset({"seq", *_TEXTS, "signer", "signature"})
_OF_SECOND = _OF_ANY | {"program", "rows_digest", "form", entry_form.HIDDEN, DISCLOSED}
_OF_WITHHELD = _OF_ANY | {WITHHELD}

Choose = Callable[[str, str, object], bool]


@dataclass(frozen=True, slots=True)
class CopiedEntry:
    """An entry as it was handed over.

    Attributes:
        values: What the line says.
        disclosed: The private values that it shows and that were hashed, by name.
        problem: Why a disclosed value is none; empty if all are.
    """

    values: Mapping[str, Any]
    disclosed: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def is_withheld(self) -> bool:
        """Whether its hash cannot be recomputed."""
        return WITHHELD in self.values

    def hash(self) -> str:
        """The hash that it should have."""
        if self.is_withheld:
            return str(self.values["entry_hash"])
        return hashlib.sha256(self.canonical()).hexdigest()

    def canonical(self) -> bytes:
        """What its hash is over; nothing if that is withheld."""
        if self.is_withheld:
            return b""
        return rfc8785.dumps(
            {name: value for name, value in self.values.items() if name not in _OUTSIDE}
        )


def lines(connection: Connection, last_seq: int, choose: Choose) -> Iterator[bytes]:
    """The entries up to a number, one a line.

    Args:
        connection: On the case.
        last_seq: The number of the last.
        choose: Told an action, the name of a private value as `entry_form.private` has it, and
            the value; says whether it is disclosed.

    Raises:
        ValueError: The detail of an entry is no JSON.
    """
    query = select(custody_entry).where(custody_entry.c.seq <= last_seq)
    for row in connection.execute(query.order_by(custody_entry.c.seq)).mappings():
        values = custody.decoded(row)
        salt = entry_form.salt_of(values)
        line = _line(values, salt, choose) if salt else _withheld(values)
        yield rfc8785.dumps(line) + b"\n"


def _line(values: Mapping[str, Any], salt: str, choose: Choose) -> dict[str, Any]:
    action = values["action"]
    disclosed = [
        [name, value, entry_form.key_of(salt, name)]
        for name, value in entry_form.private(values)
        if choose(action, name, value)
    ]
    line = {**entry_form.hashed(values), **_present(values, ("entry_hash", "signature"))}
    return {**line, DISCLOSED: disclosed} if disclosed else line


def _withheld(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**_present(values, _OF_ANY), WITHHELD: True}


def _present(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}


def from_line(line: bytes) -> CopiedEntry:
    """The entry of a line.

    Raises:
        ValueError: The line is something else.
    """
    try:
        values = json.loads(line)
        is_plain = isinstance(values, dict) and rfc8785.dumps(values) + b"\n" == line
    except (RecursionError, rfc8785.CanonicalizationError) as error:
        raise ValueError("no entry") from error
    if not is_plain or not _is_entry(values):
        raise ValueError("no entry")
    disclosed, problem = _disclosed(values)
    return CopiedEntry(values, disclosed, problem)


def _is_entry(values: dict[str, Any]) -> bool:
    if type(values.get("seq")) is not int or values["seq"] < 1:
        return False
    if not all(isinstance(values.get(name), str) for name in _TEXTS):
        return False
    if WITHHELD in values:
        return values.keys() <= _OF_WITHHELD
    return values.keys() <= _OF_SECOND and values.get("form") == entry_form.FORM


def _disclosed(values: dict[str, Any]) -> tuple[dict[str, Any], str]:
    hidden, opened = values.get(entry_form.HIDDEN), {}
    digests = set(hidden) if isinstance(hidden, list) and all(map(_is_text, hidden)) else set()
    disclosed = values.get(DISCLOSED, [])
    for disclosed_value in disclosed if isinstance(disclosed, list) else [disclosed]:
        if (
            not isinstance(disclosed_value, list)
            or len(disclosed_value) != 3
            or not _is_text(disclosed_value[0])
        ):
            return {}, "no value"
        name, value, key = disclosed_value
        if name in opened or entry_form.hidden_digest(str(key), name, value) not in digests:
            return {}, name
        opened[name] = value
    return opened, ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)
