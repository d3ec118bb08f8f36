"""The iPhone's address book: AddressBook.sqlitedb."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from evidence_app.intake.records import Contact, Description, Notice, Record, Source
from evidence_app.intake.sqlite_copy import MEDIA_TYPE, Copy, opened, text
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

_NUMBERS_AND_MAIL = (3, 4)


def recognises(source: Source) -> bool:
    """Whether the file is such a database."""
    with opened(source) as copy:
        return (
            copy is not None
            and copy.has("ABPerson", "First", "Last")
            and copy.has("ABMultiValue", "record_id", "property", "value")
        )


def read(source: Source) -> Iterator[Record]:
    """Every person with numbers and addresses."""
    yield Description(ItemKind.CONTACTS, MEDIA_TYPE)
    with opened(source) as copy:
        if copy is None:
            return
        try:
            yield from _cards(copy)
        except sqlite3.DatabaseError:
            yield Notice(message(MessageCode.DATABASE_DAMAGED), damaged=True)


def _cards(copy: Copy) -> Iterator[Record]:
    values: dict[int, list[str]] = {}
    for row in copy.rows("SELECT record_id, property, value FROM ABMultiValue"):
        if row["property"] in _NUMBERS_AND_MAIL and row["value"]:
            values.setdefault(row["record_id"], []).append(text(row["value"]))
    organization = copy.column("ABPerson", "Organization")
    query = f'SELECT rowid AS "rowid", First, Last, {organization} FROM ABPerson ORDER BY rowid'
    count = 0
    for row in copy.rows(query):
        name = " ".join(filter(None, (text(row["First"]), text(row["Last"]))))
        name = name or text(row["Organization"])
        numbers = values.get(row["rowid"], [])
        count += 1
        yield Contact(name, tuple(numbers))
        words = " ".join([name, *numbers]).strip()
        yield TextBlock(words or "—", SourcePlace(PlaceUnit.ROW, row["rowid"], "ABPerson"))
    yield Notice(message(MessageCode.CONTACTS_READ, count=count))
