"""WhatsApp's address books: wa.db on Android, ContactsV2.sqlite on the iPhone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, opened, text
from evidence_app.intake.readers.whatsapp.jids import account
from evidence_app.intake.records import Contact, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock


@dataclass(frozen=True, slots=True)
class _Book:
    """An address book.

    Attributes:
        table: Its table.
        names: The columns with names, the surest first.
        ids: The columns with ids of WhatsApp's.
        numbers: The columns with telephone numbers.
    """

    table: str
    names: tuple[str, ...]
    ids: tuple[str, ...]
    numbers: tuple[str, ...]


_BOOKS = (
    _Book("wa_contacts", ("display_name", "wa_name"), ("jid",), ("number",)),
    _Book("ZWAADDRESSBOOKCONTACT", ("ZFULLNAME",), ("ZWHATSAPPID", "ZLID"), ("ZPHONENUMBER",)),
)


def recognises(source: Source) -> bool:
    """Whether the file is one of the two."""
    with opened(source) as copy:
        return copy is not None and _book(copy) is not None


def _book(copy: Copy) -> _Book | None:
    return next((book for book in _BOOKS if copy.has(book.table, book.names[0], book.ids[0])), None)


def read(source: Source) -> Iterator[Record]:
    """Everybody with a name and a number."""
    yield Description(ItemKind.CONTACTS, MEDIA_TYPE)
    with opened(source) as copy:
        book = _book(copy) if copy is not None else None
        if copy is None or book is None:
            return
        yield from _cards(copy, book)
        yield from copy.damage()


def _cards(copy: Copy, book: _Book) -> Iterator[Record]:
    fields = (*book.names, *book.ids, *book.numbers)
    columns = ", ".join(copy.column(book.table, name) for name in fields)
    number = copy.number(book.table)
    count = 0
    for row in copy.rows(f'SELECT {number} AS "rowid", {columns} FROM {book.table} ORDER BY 1'):
        accounts = [account(text(row[name])) for name in book.ids]
        if any(member.is_group for member in accounts):
            continue
        values = [member.identifier for member in accounts]
        values += [text(row[name]).strip() for name in book.numbers]
        identifiers = tuple(dict.fromkeys(filter(None, values)))
        name = next((value for column in book.names if (value := text(row[column]).strip())), "")
        count += 1
        yield Contact(name, identifiers)
        summary = " ".join([name, *identifiers]).strip() or "—"
        yield TextBlock(summary, SourcePlace(PlaceUnit.ROW, row["rowid"], book.table))
    yield Notice(message(MessageCode.CONTACTS_READ, count=count))
