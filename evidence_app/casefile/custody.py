"""The append-only, hash-chained log of everything that is done to a case."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection, func, insert, select

import evidence_app
from evidence_app.casefile.schema import custody_entry
from evidence_app.model.custody import Action, CustodyEntry

GENESIS = "0" * 64
"""The predecessor of the first entry."""


def append(
    connection: Connection, action: Action, detail: Mapping[str, Any], rows_digest: str
) -> int:
    """Write the next entry; return its number."""
    head = last(connection)
    values: dict[str, Any] = {
        "seq": head.seq + 1 if head else 1,
        "at": datetime.now().astimezone().isoformat(timespec="milliseconds"),
        "action": action.value,
        "detail": dict(detail),
        "program": f"evidence-app {evidence_app.__version__}",
        "machine": _machine(),
        "rows_digest": rows_digest,
        "prev_hash": head.entry_hash if head else GENESIS,
    }
    values["entry_hash"] = hash_of(values)
    values["detail"] = json.dumps(values["detail"], ensure_ascii=False)
    connection.execute(insert(custody_entry).values(values))
    return int(values["seq"])


def hash_of(values: Mapping[str, Any]) -> str:
    """SHA-256 of the entry's canonical JSON (RFC 8785), its own hash left out."""
    hashed = {name: value for name, value in values.items() if name != "entry_hash"}
    return hashlib.sha256(rfc8785.dumps(hashed)).hexdigest()


def last(connection: Connection) -> CustodyEntry | None:
    """The newest entry: its hash vouches for all before it."""
    newest = select(custody_entry).order_by(custody_entry.c.seq.desc()).limit(1)
    row = connection.execute(newest).mappings().one_or_none()
    return None if row is None else _entry(row)


def entries(connection: Connection) -> list[CustodyEntry]:
    """All entries, oldest first."""
    rows = connection.execute(select(custody_entry).order_by(custody_entry.c.seq))
    return [_entry(row) for row in rows.mappings()]


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(custody_entry)).scalar_one()


def _entry(row: Mapping[Any, Any]) -> CustodyEntry:
    values = dict(row)
    values["at"] = datetime.fromisoformat(values["at"])
    values["action"] = Action(values["action"])
    values["detail"] = json.loads(values["detail"])
    return CustodyEntry(**values)


def _machine() -> str:
    return f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
