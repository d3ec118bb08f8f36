"""Checks a case file from its bytes and trusts none of its own statements."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from evidence_app.casefile import pieces
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.pieces import BrokenOriginalError
from evidence_app.casefile.schema import SEARCH_INDEXES, content_chunk, metadata
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.structure import form_of
from evidence_app.errors import DamagedError
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import Meter

_STOPPED = (
    DatabaseError,
    dbapi2.DatabaseError,
    DamagedError,
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
)
"""What a forged file can make of a check."""

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
_THREADS = 2
"""As many originals are hashed at once; more only make a disk seek."""


def database_itself(connection: Connection) -> Iterator[Mismatch]:
    """What is wrong with the file as a database."""
    yield from pages(connection)
    yield from structure(connection)


def pages(connection: Connection) -> Iterator[Mismatch]:
    """What SQLite itself finds wrong with pages, indexes and references.

    The pieces of originals are left to `originals`, which reads each of them anyway; here only
    their numbers are compared with the index by which they are found.
    """
    for table in (*metadata.tables, *_OF_SEARCH):
        if table == content_chunk.name:
            continue
        for (result,) in connection.exec_driver_sql(f'PRAGMA integrity_check("{table}")'):
            if result != "ok":
                yield Mismatch(MismatchKind.DATABASE, table, "ok", str(result))
        for row in connection.exec_driver_sql(f'PRAGMA foreign_key_check("{table}")'):
            where = f"{row[0]} {row[1]}"
            yield Mismatch(MismatchKind.DATABASE, where, f"a row in {row[2]}", "none")
    yield from _piece_numbers(connection)


_OF_SEARCH = tuple(
    f"{index}_{part}" for index in SEARCH_INDEXES for part in ("data", "idx", "docsize", "config")
)
"""The tables behind the search indexes."""

_PIECES = "SELECT rowid AS number, content_id, seq FROM content_chunk"
_INDEX_OF_PIECES = "sqlite_autoindex_content_chunk_1"


def _piece_numbers(connection: Connection) -> Iterator[Mismatch]:
    """Pieces that a scan of the table gives and the index does not, or the other way round.

    Whoever removes an original finds its pieces by the index.
    """
    in_table = f"{_PIECES} NOT INDEXED ORDER BY rowid"
    in_index = f"{_PIECES} INDEXED BY {_INDEX_OF_PIECES} ORDER BY content_id, seq"
    by_scan, by_index = (
        [tuple(row.values()) for row in database.as_stored(connection, query)]
        for query in (in_table, in_index)
    )
    numbers = [row[0] for row in by_scan]
    if any(first >= second for first, second in pairwise(numbers)):
        yield Mismatch(MismatchKind.DATABASE, content_chunk.name, "rows in order", "not in order")
    different = Counter(by_scan)
    different.subtract(by_index)
    for (_, content_id, seq), count in different.items():
        if count:
            where = f"content {content_id}, piece {seq}"
            expected, found = ("none", "in the index") if count < 0 else ("in the index", "none")
            yield Mismatch(MismatchKind.DATABASE, where, expected, found)


def roots(connection: Connection) -> list[int]:
    """The first page of each table and index, as the file lists them."""
    query = "SELECT rootpage FROM sqlite_schema WHERE typeof(rootpage) = 'integer' AND rootpage > 0"
    return [row[0] for row in connection.exec_driver_sql(query)]


def structure(connection: Connection) -> list[Mismatch]:
    """Schema objects that differ from those that the program makes, and contradictions."""
    return form_of(connection.connection.driver_connection).mismatches


def guarded(where: str, check: Callable[[], Iterable[Mismatch]]) -> Iterator[Mismatch]:
    """What a check finds; a file on which it cannot run is a mismatch too."""
    try:
        yield from check()
    except _STOPPED as error:
        yield Mismatch(MismatchKind.DATABASE, where, "readable", str(error).partition("\n")[0])


def sizes(connection: Connection) -> tuple[int, int]:
    """How many originals there are, and how many bytes they should have together."""
    query = (
        "SELECT count(*), total(CASE WHEN typeof(size) = 'integer' THEN size END) FROM content "
        "WHERE sha256 IS NOT NULL"
    )
    count, size = connection.exec_driver_sql(query).one()
    return int(count), int(size)


def originals(case: CaseFile, connection: Connection, bytes_read: Meter) -> Iterator[Mismatch]:
    """Originals whose bytes differ from those imported, and pieces that belong to no original.

    Args:
        case: Originals are read by several threads, each with a connection of its own.
        connection: Tells which originals there are.
        bytes_read: Counts the bytes that were read, on any of these threads.
    """
    names = _names(connection)
    query = "SELECT id, sha256, size FROM content WHERE sha256 IS NOT NULL ORDER BY id"
    rows = list(database.as_stored(connection, query))
    with ThreadPoolExecutor(_THREADS) as pool:
        jobs = [pool.submit(_original, case, row, names.get(row["id"]), bytes_read) for row in rows]
        try:
            for job in jobs:
                yield from job.result()
        finally:
            pool.shutdown(cancel_futures=True)
    stray = (
        "SELECT DISTINCT content_id FROM content_chunk WHERE content_id IS NULL "
        "OR content_id NOT IN (SELECT id FROM content)"
    )
    for row in database.as_stored(connection, stray):
        yield Mismatch(MismatchKind.ORIGINAL, f"content {row['content_id']}", "none", "bytes")


def _original(
    case: CaseFile, row: Mapping[str, Any], name: str | None, bytes_read: Meter
) -> list[Mismatch]:
    where, expected = name or f"content {row['id']}", str(row["sha256"])
    digest = hashlib.sha256()
    try:
        with case.read() as connection:
            for data in pieces.read(connection, row["id"], row["size"]):
                digest.update(data)
                bytes_read.advance(len(data))
    except BrokenOriginalError as error:
        kind = MismatchKind.ORIGINAL_SIZE if error.is_size else MismatchKind.ORIGINAL
        return [Mismatch(kind, where, error.expected, error.found)]
    except DamagedError as error:
        return [Mismatch(MismatchKind.ORIGINAL, where, expected, str(error))]
    if digest.hexdigest() != row["sha256"]:
        return [Mismatch(MismatchKind.ORIGINAL, where, expected, digest.hexdigest())]
    return []


def _names(connection: Connection) -> dict[object, str]:
    query = "SELECT content_id, filename FROM item ORDER BY id DESC"
    return {
        row["content_id"]: str(row["filename"]) for row in database.as_stored(connection, query)
    }


def imports(connection: Connection) -> Iterator[Mismatch]:
    """Items whose original is not the one that the log says was imported."""
    query = (
        "SELECT item.id, filename, sha256 FROM item JOIN content ON content.id = item.content_id"
    )
    items = {row["id"]: row for row in database.as_stored(connection, query)}
    for item_id, (filename, sha256) in _imported(connection).items():
        row = items.get(item_id)
        if row is None:
            where = f"{filename} (i{item_id})"
            yield Mismatch(MismatchKind.ITEM_ORIGINAL, where, sha256, "none")
        elif row["sha256"] != sha256:
            where = str(row["filename"])
            yield Mismatch(MismatchKind.ITEM_ORIGINAL, where, sha256, str(row["sha256"]))


def _imported(connection: Connection) -> dict[int, tuple[str, str]]:
    """File name and digest of each item that the log says was imported and not destroyed since."""
    query = "SELECT action, detail FROM custody_entry WHERE action IN (?, ?) ORDER BY seq"
    actions = (Action.IMPORT.value, Action.DESTROY.value)
    imported: dict[int, tuple[str, str]] = {}
    for row in database.as_stored(connection, query, actions):
        try:
            detail = json.loads(row["detail"])
            item_id, sha256 = int(detail["item"]), str(detail["sha256"])
            filename = str(detail.get("filename", ""))
        except _UNREADABLE:
            continue  # What is wrong with the entry itself is told by the check of the chain.
        if row["action"] == Action.DESTROY.value:
            imported.pop(item_id, None)
        else:
            imported[item_id] = (filename, sha256)
    return imported
