"""What SQLite keeps beside a database: a part of it, which is read together with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from evidence_app.intake.readers.support.database_parts import main_of
from evidence_app.intake.records import MAIN, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind

_WRITE_AHEAD = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_INDEX_VERSION = (3_007_000).to_bytes(4, "little")
_INDEX_COPY = 48
"""Where the head of a shared-memory file stands a second time."""

_HEAD = 64
_MEDIA_TYPE = "application/vnd.sqlite3-part"


def recognises(source: Source) -> bool:
    """Whether the file is such a part, by what it begins with; a journal is emptied by zeros."""
    head = source.stream.read(_HEAD)
    if head.startswith((*_WRITE_AHEAD, _JOURNAL)):
        return True
    if head[:4] == _INDEX_VERSION == head[_INDEX_COPY : _INDEX_COPY + 4]:
        return True
    return main_of(source.filename) is not None and not any(head)


def read(source: Source) -> Iterator[Record]:
    """What it is, and whether the database is there."""
    yield Description(ItemKind.OTHER, _MEDIA_TYPE)
    name = main_of(source.filename) or source.filename
    is_there = MAIN in source.companions
    code = MessageCode.DATABASE_PART if is_there else MessageCode.DATABASE_PART_ALONE
    yield Notice(message(code, database=PurePosixPath(name).name), damaged=not is_there)
