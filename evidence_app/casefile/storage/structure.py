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
    5: "3f35d975ef34d4c8f572925a83a092fcf3ac8530373370286a3b9b5fcc4d123e",
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
    objects, shared = _objects(connection)
    digest = _digest(objects)
    version = next(
        (number for number, known_digest in _DIGESTS.items() if known_digest == digest), 0
    )
    claimed = int(connection.execute("PRAGMA user_version").fetchone()[0])
    mismatches = list(shared)
    if claimed > schema.SCHEMA_VERSION:
        mismatches.append(_newer("version", str(schema.SCHEMA_VERSION), str(claimed)))
        if version != schema.SCHEMA_VERSION:
            mismatches.extend(_beside_newer(objects))
        return Form(schema.SCHEMA_VERSION, mismatches)
    if version == 0:
        closest = _closest(objects)
        mismatches.extend(_differences(expected(closest), objects))
    mismatches.extend(_contradictions(connection, version or closest, claimed))
    return Form(version, mismatches)


def _objects(connection: Any) -> tuple[Counter[SchemaObject], list[Mismatch]]:
    """All schema objects of a file, and those that use pages of other objects."""
    objects: Counter[SchemaObject] = Counter()
    owners: dict[int, str] = {}
    shared = []
    for types, *texts, page_type, page in connection.execute(_OBJECTS):
        kind, name, table, sql = (_text(text) for text in texts)
        has_pages = page_type == "integer" and page > 0
        # What is no text looks like text to a comparison of bytes.
        schema_object = SchemaObject(
            kind if types in _TYPES else f"{kind} ?", name, table, sql, has_pages
        )
        objects[schema_object] += 1
        if has_pages and page in owners:
            shared.append(
                Mismatch(
                    MismatchKind.STRUCTURE, schema_object.label(), "pages of its own", owners[page]
                )
            )
        elif has_pages:
            owners[page] = schema_object.label()
    encoding = str(connection.execute("PRAGMA encoding").fetchone()[0])
    if encoding != "UTF-8":
        shared.append(Mismatch(MismatchKind.STRUCTURE, "encoding", "UTF-8", encoding))
    return objects, shared


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else ""


def _digest(objects: Counter[SchemaObject]) -> str:
    rows = [
        (
            schema_object.kind,
            schema_object.name,
            schema_object.table,
            schema_object.sql,
            schema_object.has_pages,
        )
        for schema_object in sorted(objects.elements())
    ]
    return hashlib.sha256(orjson.dumps(rows)).hexdigest()


@functools.cache
def expected(version: int) -> Counter[SchemaObject]:
    """The objects of a file of a version, as its migrations make them."""
    with database.empty_of_version(version) as connection:
        return _objects(connection)[0]


def _closest(objects: Counter[SchemaObject]) -> int:
    """The version whose structure needs the fewest changes to become this one."""
    return min(
        reversed(_DIGESTS),
        key=lambda version: ((expected(version) - objects) + (objects - expected(version))).total(),
    )


def _differences(
    required: Counter[SchemaObject], objects: Counter[SchemaObject]
) -> Iterator[Mismatch]:
    missing, more = required - objects, objects - required
    by_label = {schema_object.label(): schema_object for schema_object in missing}
    for schema_object in sorted(more.elements()):
        before = by_label.pop(schema_object.label(), None)
        was = _NONE if before is None else before.sql
        yield Mismatch(
            MismatchKind.STRUCTURE,
            schema_object.label(),
            was,
            schema_object.sql or schema_object.table,
        )
    for label, schema_object in sorted(by_label.items()):
        yield Mismatch(
            MismatchKind.STRUCTURE, label, schema_object.sql or schema_object.table, _NONE
        )


def _beside_newer(objects: Counter[SchemaObject]) -> Iterator[Mismatch]:
    """What a file of a newer version has beside what this version makes.

    A newer program adds tables, indexes and columns; this one cannot check them, and says so. No
    program makes triggers or views, or leaves out what was there.
    """
    required = expected(schema.SCHEMA_VERSION)
    statements = {schema_object.label(): schema_object.sql for schema_object in required}
    for difference in _differences(required, objects):
        kind = difference.where.partition(" ")[0]
        is_new = difference.where not in statements and kind in ("table", "index")
        is_wider = kind == "table" and _is_wider(
            statements.get(difference.where, ""), difference.found
        )
        yield (
            _newer(difference.where, difference.expected, difference.found)
            if is_new or is_wider
            else difference
        )


def _is_wider(before: str, after: str) -> bool:
    """Whether a statement is one that was there, with columns added."""
    pairs = zip(before, after, strict=False)
    start = next((n for n, (first, second) in enumerate(pairs) if first != second), len(before))
    return bool(before) and len(after) > len(before) and after.endswith(before[start:])


def _newer(where: str, expected_value: str, value: str) -> Mismatch:
    return Mismatch(MismatchKind.NEWER, where, expected_value, value)


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
