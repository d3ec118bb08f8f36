"""Checks a case file from its bytes, trusting nothing that says of itself that it is right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from evidence_app.casefile import pieces
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.pieces import BrokenOriginalError
from evidence_app.casefile.schema import content, content_chunk, custody_entry, item, metadata
from evidence_app.casefile.structure import form_of
from evidence_app.errors import DamageError
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind

OnBytes = Callable[[int], None]
_STOPPED = (
    DatabaseError,
    dbapi2.DatabaseError,
    DamageError,
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
)
"""What a forged file can make of a check."""

_THREADS = 2
"""As many originals are hashed at once; more only make a disk seek."""


def pages(connection: Connection) -> Iterator[Mismatch]:
    """What SQLite itself finds wrong with pages, indexes and references.

    The pieces of originals are left to `originals`, which reads each of them anyway.
    """
    for table in metadata.tables:
        if table == content_chunk.name:
            continue
        for (said,) in connection.exec_driver_sql(f'PRAGMA integrity_check("{table}")'):
            if said != "ok":
                yield Mismatch(MismatchKind.DATABASE, table, "ok", str(said))
        for row in connection.exec_driver_sql(f'PRAGMA foreign_key_check("{table}")'):
            where = f"{row[0]} {row[1]}"
            yield Mismatch(MismatchKind.DATABASE, where, f"a row in {row[2]}", "none")


def structure(connection: Connection) -> list[Mismatch]:
    """Objects that are not those that the program makes, and what contradicts them."""
    return form_of(connection.connection.driver_connection).mismatches


def guarded(where: str, check: Callable[[], Iterable[Mismatch]]) -> Iterator[Mismatch]:
    """What a check finds; that the file does not even let it be done is a mismatch too."""
    try:
        yield from check()
    except _STOPPED as error:
        yield Mismatch(MismatchKind.DATABASE, where, "readable", str(error).partition("\n")[0])


def sizes(connection: Connection) -> tuple[int, int]:
    """How many originals there are, and how many bytes they should have together."""
    whole = select(func.count(), func.coalesce(func.sum(content.c.size), 0))
    count, size = connection.execute(whole.where(content.c.sha256.is_not(None))).one()
    return int(count), int(size)


def originals(case: CaseFile, connection: Connection, on_bytes: OnBytes) -> Iterator[Mismatch]:
    """Originals whose bytes are not those that were imported, and bytes that belong to none.

    Args:
        case: Originals are read by several threads, each with a connection of its own.
        connection: Tells which originals there are.
        on_bytes: Told on any of these threads how many more bytes were read.
    """
    names = _names(connection)
    query = select(content).where(content.c.sha256.is_not(None)).order_by(content.c.id)
    rows = connection.execute(query).all()
    with ThreadPoolExecutor(_THREADS) as pool:
        jobs = [
            pool.submit(_original, case, row, names.get(row.id, f"content {row.id}"), on_bytes)
            for row in rows
        ]
        try:
            for job in jobs:
                yield from job.result()
        finally:
            pool.shutdown(cancel_futures=True)
    known = select(content.c.id)
    stray = select(content_chunk.c.content_id).where(content_chunk.c.content_id.not_in(known))
    for content_id in connection.execute(stray.distinct()).scalars():
        yield Mismatch(MismatchKind.ORIGINAL, f"content {content_id}", "none", "bytes")


def _original(case: CaseFile, row: Row[Any], where: str, on_bytes: OnBytes) -> list[Mismatch]:
    digest = hashlib.sha256()
    try:
        with case.read() as connection:
            for data in pieces.read(connection, row.id, row.size):
                digest.update(data)
                on_bytes(len(data))
    except BrokenOriginalError as error:
        kind = MismatchKind.ORIGINAL_SIZE if error.is_size else MismatchKind.ORIGINAL
        return [Mismatch(kind, where, error.expected, error.found)]
    except DamageError as error:
        return [Mismatch(MismatchKind.ORIGINAL, where, str(row.sha256), str(error))]
    if digest.hexdigest() != row.sha256:
        return [Mismatch(MismatchKind.ORIGINAL, where, str(row.sha256), digest.hexdigest())]
    return []


def _names(connection: Connection) -> dict[int, str]:
    query = select(item.c.content_id, item.c.filename).order_by(item.c.id.desc())
    return {row[0]: row[1] for row in connection.execute(query)}


def imports(connection: Connection) -> Iterator[Mismatch]:
    """Items whose original is another than the one that the log says was imported."""
    query = select(item.c.id, item.c.filename, content.c.sha256).join(content)
    items = {row.id: row for row in connection.execute(query)}
    for item_id, (filename, sha256) in _imported(connection).items():
        row = items.get(item_id)
        if row is None:
            where = f"{filename} (i{item_id})"
            yield Mismatch(MismatchKind.ITEM_ORIGINAL, where, sha256, "none")
        elif row.sha256 != sha256:
            yield Mismatch(MismatchKind.ITEM_ORIGINAL, row.filename, sha256, str(row.sha256))


def _imported(connection: Connection) -> dict[int, tuple[str, str]]:
    """File name and digest of each item that the log says was imported and not destroyed since."""
    told = (Action.IMPORT.value, Action.DESTROY.value)
    query = select(custody_entry.c.action, custody_entry.c.detail)
    found: dict[int, tuple[str, str]] = {}
    entries = query.where(custody_entry.c.action.in_(told)).order_by(custody_entry.c.seq)
    for action, text in connection.execute(entries):
        try:
            detail = json.loads(text)
            item_id, sha256 = int(detail["item"]), str(detail["sha256"])
        except (ValueError, TypeError, KeyError):
            continue  # What is wrong with the entry itself is told by the check of the chain.
        if action == Action.DESTROY.value:
            found.pop(item_id, None)
        else:
            found[item_id] = (str(detail.get("filename", "")), sha256)
    return found
