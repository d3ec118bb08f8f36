"""Checks a case file from its bytes, trusting nothing that says of itself that it is right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, func, select

from evidence_app.casefile import custody
from evidence_app.casefile.schema import content, content_chunk, custody_entry, item
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind

OnBytes = Callable[[int], None]


def database(connection: Connection) -> Iterator[Mismatch]:
    """What SQLite itself finds wrong with its pages and references."""
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield Mismatch(MismatchKind.DATABASE, "pages", "ok", str(said))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Mismatch(MismatchKind.DATABASE, f"{row[0]} {row[1]}", f"a row in {row[2]}", "none")


def sizes(connection: Connection) -> tuple[int, int]:
    """How many originals there are, and how many bytes they should have together."""
    whole = select(func.count(), func.coalesce(func.sum(content.c.size), 0))
    count, size = connection.execute(whole.where(content.c.sha256.is_not(None))).one()
    return int(count), int(size)


def originals(connection: Connection, on_bytes: OnBytes) -> Iterator[Mismatch]:
    """Originals whose bytes are not those that were imported."""
    names = _names(connection)
    query = select(content).where(content.c.sha256.is_not(None)).order_by(content.c.id)
    for row in connection.execute(query).all():
        where = names.get(row.id, f"content {row.id}")
        digest, size = hashlib.sha256(), 0
        pieces = select(content_chunk.c.data).where(content_chunk.c.content_id == row.id)
        for (stored,) in connection.execute(pieces.order_by(content_chunk.c.seq)):
            # Whoever tampers may leave text where there were bytes.
            data = stored if isinstance(stored, bytes) else str(stored).encode()
            digest.update(data)
            size += len(data)
            on_bytes(len(data))
        if size != row.size:
            yield Mismatch(MismatchKind.ORIGINAL_SIZE, where, str(row.size), str(size))
        if digest.hexdigest() != row.sha256:
            yield Mismatch(MismatchKind.ORIGINAL, where, row.sha256, digest.hexdigest())


def _names(connection: Connection) -> dict[int, str]:
    query = select(item.c.content_id, item.c.filename).order_by(item.c.id.desc())
    return {row[0]: row[1] for row in connection.execute(query)}


def log(connection: Connection) -> Iterator[Mismatch]:
    """Entries of the custody log that were changed, removed, added or moved."""
    before, expected = custody.GENESIS, 1
    query = select(custody_entry).order_by(custody_entry.c.seq)
    for row in connection.execute(query).mappings():
        where = str(row["seq"])
        if row["seq"] != expected:
            yield Mismatch(MismatchKind.ENTRY_MISSING, where, str(expected), where)
        if row["prev_hash"] != before:
            yield Mismatch(MismatchKind.ENTRY_LINK, where, before, row["prev_hash"])
        found = _hash_of(dict(row))
        if found != row["entry_hash"]:
            yield Mismatch(MismatchKind.ENTRY_HASH, where, row["entry_hash"], found)
        before, expected = row["entry_hash"], row["seq"] + 1


def _hash_of(values: dict[str, object]) -> str:
    """The hash that an entry should have; a word for one whose words cannot be read at all."""
    try:
        return custody.hash_of({**values, "detail": json.loads(str(values["detail"]))})
    except ValueError:
        return "unreadable"


def imports(connection: Connection) -> Iterator[Mismatch]:
    """Items whose original is another than the one that the log says was imported."""
    query = select(item.c.id, item.c.filename, content.c.sha256).join(content)
    items = {row.id: row for row in connection.execute(query)}
    entries = select(custody_entry.c.detail).where(custody_entry.c.action == Action.IMPORT.value)
    for (text,) in connection.execute(entries.order_by(custody_entry.c.seq)):
        try:
            detail = json.loads(text)
            item_id, sha256 = int(detail["item"]), str(detail["sha256"])
        except (ValueError, TypeError, KeyError):
            continue  # What is wrong with the entry itself is told by `log`.
        row = items.get(item_id)
        if row is None:
            where = f"{detail.get('filename', '')} (i{item_id})"
            yield Mismatch(MismatchKind.ITEM_ORIGINAL, where, sha256, "none")
        elif row.sha256 != sha256:
            yield Mismatch(MismatchKind.ITEM_ORIGINAL, row.filename, sha256, row.sha256)


def head(connection: Connection) -> tuple[int, str]:
    """How many entries the log has, and the hash of the newest."""
    newest = select(custody_entry.c.entry_hash).order_by(custody_entry.c.seq.desc()).limit(1)
    return custody.count(connection), str(connection.execute(newest).scalar() or "")
