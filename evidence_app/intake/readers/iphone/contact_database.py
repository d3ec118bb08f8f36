"""The iPhone's address book: AddressBook.sqlitedb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, opened, text
from evidence_app.intake.records import Contact, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

_NUMBERS_AND_MAIL = (3, 4)
_OPTIONAL = ("Middle", "Organization", "Department", "Nickname")
_CHINESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_APPLES_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")


@dataclass(slots=True)
class _Values:
    """What a card holds besides its name.

    Attributes:
        identifiers: Numbers and addresses.
        labelled: The same with the labels that stand at them.
    """

    identifiers: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)


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
        yield from _cards(copy)
        yield from copy.damage()


def _cards(copy: Copy) -> Iterator[Record]:
    values = _values(copy)
    optional = ", ".join(copy.column("ABPerson", name) for name in _OPTIONAL)
    query = (
        f'SELECT {copy.number("ABPerson")} AS "rowid", First, Last, {optional} '
        "FROM ABPerson ORDER BY 1"
    )
    count = 0
    for row in copy.rows(query):
        cells = {name: text(row[name]).strip() for name in ("First", "Last", *_OPTIONAL)}
        held = values.get(row["rowid"], _Values())
        name = _name(cells)
        count += 1
        yield Contact(name, tuple(held.identifiers))
        organization = cells["Organization"] if cells["Organization"] != name else ""
        summary = " ".join(filter(None, [name, organization, *held.labelled]))
        yield TextBlock(summary or "—", SourcePlace(PlaceUnit.ROW, row["rowid"], "ABPerson"))
    yield Notice(message(MessageCode.CONTACTS_READ, count=count))


def _name(cells: dict[str, str]) -> str:
    """What the card calls the person; the organisation if it names none."""
    first, middle, last = cells["First"], cells["Middle"], cells["Last"]
    if _CHINESE.search(first + last):
        name = f"{last}{middle}{first}"
    else:
        name = " ".join(filter(None, (first, middle, last)))
    return name or cells["Nickname"] or cells["Organization"] or cells["Department"]


def _values(copy: Copy) -> dict[int, _Values]:
    labels: dict[int, str] = {}
    if copy.has("ABMultiValueLabel", "value"):
        query = (
            f'SELECT {copy.number("ABMultiValueLabel")} AS "rowid", value FROM ABMultiValueLabel'
        )
        labels = {row["rowid"]: _label(text(row["value"])) for row in copy.rows(query)}
    label = copy.column("ABMultiValue", "label")
    values: dict[int, _Values] = {}
    query = f"SELECT record_id, property, value, {label} FROM ABMultiValue ORDER BY record_id"
    for row in copy.rows(query):
        value = text(row["value"]).strip()
        if row["property"] not in _NUMBERS_AND_MAIL or not value:
            continue
        held = values.setdefault(row["record_id"], _Values())
        if value not in held.identifiers:
            held.identifiers.append(value)
            held.labelled.append(f"{labels.get(row['label'], '')} {value}".strip())
    return values


def _label(written: str) -> str:
    """A label; Apple's own stand between signs of their own."""
    own = _APPLES_LABEL.match(written)
    return own[1] if own else written
