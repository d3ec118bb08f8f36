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
    return next((one for one in _BOOKS if copy.has(one.table, one.names[0], one.ids[0])), None)


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
    wanted = (*book.names, *book.ids, *book.numbers)
    columns = ", ".join(copy.column(book.table, name) for name in wanted)
    number = copy.number(book.table)
    count = 0
    for row in copy.rows(f'SELECT {number} AS "rowid", {columns} FROM {book.table} ORDER BY 1'):
        accounts = [account(text(row[name])) for name in book.ids]
        if any(one.is_group for one in accounts):
            continue
        told = [one.identifier for one in accounts]
        told += [text(row[name]).strip() for name in book.numbers]
        identifiers = tuple(dict.fromkeys(filter(None, told)))
        name = next((found for one in book.names if (found := text(row[one]).strip())), "")
        count += 1
        yield Contact(name, identifiers)
        words = " ".join([name, *identifiers]).strip() or "—"
        yield TextBlock(words, SourcePlace(PlaceUnit.ROW, row["rowid"], book.table))
    yield Notice(message(MessageCode.CONTACTS_READ, count=count))
