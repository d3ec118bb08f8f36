"""What a case file is made of, compared with an exact list: every object, and its statement.

The number that a file gives of its own version is a claim of whoever wrote the file. Which
version it has follows from what it is made of; where the two differ, the file is not trusted.
"""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from evidence_app.casefile import schema
from evidence_app.casefile.storage import connection as database
from evidence_app.model.verification import Mismatch, MismatchKind

_DIGESTS = {
    1: "651014f65a84a4f2e5bdca5a9261d8c8173cf33c9d302d6f7a54cc68c229e600",
    2: "f2689c994fe29b52a1fc72ec276c8a73b4f16b601a7f0a0fb7408fef18f0d605",
    3: "f0adda22974893282cff6db737002e5bc75ab67ae2d4c0b96f9f95f2cff3ca79",
    4: "1921c9d4c09009686cbcd889d2116ae343bed81b07d7951c53403f70c27b9d96",
}
"""The digest of all objects of a file of each version; a test holds them to the migrations."""

_OBJECTS = (
    "SELECT typeof(type) || typeof(name) || typeof(tbl_name) || typeof(sql), CAST(type AS BLOB), "
    "CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB), typeof(rootpage), rootpage "
    "FROM sqlite_schema"
)
_TYPES = {"texttexttexttext", "texttexttextnull"}
_NONE = "none"


@dataclass(frozen=True, slots=True, order=True)
class SchemaObject:
    """A table, index, trigger or view.

    Attributes:
        kind: ``table``, ``index``, ``trigger`` or ``view``; something else in a forged file.
        name: Its name.
        table: The table that it belongs to.
        sql: The statement that made it; empty for what SQLite makes by itself.
        has_pages: Whether it has pages of its own in the file.
    """

    kind: str
    name: str
    table: str
    sql: str
    has_pages: bool

    def label(self) -> str:
        """Kind and name."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is by its structure.

    Attributes:
        version: Of the schema that it has, exactly; 0 if it is that of none.
        mismatches: What differs from the closest version, and claims that contradict.
    """

    version: int
    mismatches: list[Mismatch] = field(default_factory=list)


def form_of(connection: Any) -> Form:
    """Which version of the schema a file has, and what differs.

    Args:
        connection: Of the driver, on the file.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: The file is damaged.
    """
    found, shared = _objects(connection)
    digest = _digest(found)
    version = next((number for number, one in _DIGESTS.items() if one == digest), 0)
    claimed = int(connection.execute("PRAGMA user_version").fetchone()[0])
    mismatches = list(shared)
    if claimed > schema.SCHEMA_VERSION:
        mismatches.append(_newer("version", str(schema.SCHEMA_VERSION), str(claimed)))
        if version != schema.SCHEMA_VERSION:
            mismatches.extend(_beside_newer(found))
        return Form(schema.SCHEMA_VERSION, mismatches)
    if version == 0:
        closest = _closest(found)
        mismatches.extend(_differences(expected(closest), found))
    mismatches.extend(_contradictions(connection, version or closest, claimed))
    return Form(version, mismatches)


def _objects(connection: Any) -> tuple[Counter[SchemaObject], list[Mismatch]]:
    """All objects of a file, and those that lie on the pages of others."""
    found: Counter[SchemaObject] = Counter()
    owners: dict[int, str] = {}
    shared = []
    for types, *texts, page_type, page in connection.execute(_OBJECTS):
        kind, name, table, sql = (_text(one) for one in texts)
        has_pages = page_type == "integer" and page > 0
        # What is no text looks like text to a comparison of bytes.
        one = SchemaObject(kind if types in _TYPES else f"{kind} ?", name, table, sql, has_pages)
        found[one] += 1
        if has_pages and page in owners:
            shared.append(
                Mismatch(MismatchKind.STRUCTURE, one.label(), "pages of its own", owners[page])
            )
        elif has_pages:
            owners[page] = one.label()
    encoding = str(connection.execute("PRAGMA encoding").fetchone()[0])
    if encoding != "UTF-8":
        shared.append(Mismatch(MismatchKind.STRUCTURE, "encoding", "UTF-8", encoding))
    return found, shared


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else ""


def _digest(objects: Counter[SchemaObject]) -> str:
    rows = [
        (one.kind, one.name, one.table, one.sql, one.has_pages)
        for one in sorted(objects.elements())
    ]
    return hashlib.sha256(orjson.dumps(rows)).hexdigest()


@functools.cache
def expected(version: int) -> Counter[SchemaObject]:
    """The objects of a file of a version, as its migrations make them."""
    with database.empty_of_version(version) as connection:
        return _objects(connection)[0]


def _closest(found: Counter[SchemaObject]) -> int:
    """The version whose structure needs the fewest changes to become this one."""
    return min(
        reversed(_DIGESTS),
        key=lambda version: ((expected(version) - found) + (found - expected(version))).total(),
    )


def _differences(wanted: Counter[SchemaObject], found: Counter[SchemaObject]) -> Iterator[Mismatch]:
    missing, more = wanted - found, found - wanted
    by_label = {one.label(): one for one in missing}
    for one in sorted(more.elements()):
        before = by_label.pop(one.label(), None)
        was = _NONE if before is None else before.sql
        yield Mismatch(MismatchKind.STRUCTURE, one.label(), was, one.sql or one.table)
    for label, one in sorted(by_label.items()):
        yield Mismatch(MismatchKind.STRUCTURE, label, one.sql or one.table, _NONE)


def _beside_newer(found: Counter[SchemaObject]) -> Iterator[Mismatch]:
    """What a file of a newer version has beside what this version makes.

    A newer program adds tables, indexes and columns; this one cannot check them, and says so. No
    program makes triggers or views, or leaves out what was there.
    """
    wanted = expected(schema.SCHEMA_VERSION)
    known = {one.label(): one.sql for one in wanted}
    for one in _differences(wanted, found):
        kind = one.where.partition(" ")[0]
        is_new = one.where not in known and kind in ("table", "index")
        is_wider = kind == "table" and _is_wider(known.get(one.where, ""), one.found)
        yield _newer(one.where, one.expected, one.found) if is_new or is_wider else one


def _is_wider(before: str, after: str) -> bool:
    """Whether a statement is one that was there, with columns added."""
    pairs = zip(before, after, strict=False)
    start = next((n for n, (one, other) in enumerate(pairs) if one != other), len(before))
    return bool(before) and len(after) > len(before) and after.endswith(before[start:])


def _newer(where: str, wanted: str, found: str) -> Mismatch:
    return Mismatch(MismatchKind.NEWER, where, wanted, found)


def _contradictions(connection: Any, version: int, claimed: int) -> Iterator[Mismatch]:
    if claimed != version:
        yield Mismatch(MismatchKind.VERSION, "version", str(version), str(claimed))
    try:
        rows = connection.execute("SELECT CAST(version_num AS TEXT) FROM alembic_version")
        migrations = [str(row[0]) for row in rows.fetchmany(9)]
    except database.DatabaseError:
        return  # The table is not there, or is not what it was: its structure says so.
    if migrations != [f"{version:04}"]:
        yield Mismatch(MismatchKind.VERSION, "migration", f"{version:04}", ", ".join(migrations))
