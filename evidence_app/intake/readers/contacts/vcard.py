"""Address books as cards: .vcf of versions 2.1, 3.0 and 4.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from evidence_app.intake.failures import cut_off
from evidence_app.intake.readers.contacts.vcard_lines import Property, properties
from evidence_app.intake.records import Contact, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

_HEAD = 4096
_BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\s*\r?\n", re.I)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_URI = re.compile(r"^(?:tel|sms|mailto):", re.I)


@dataclass(slots=True)
class _Card:
    full: str = ""
    parts: list[str] = field(default_factory=list)
    organization: str = ""
    identifiers: list[str] = field(default_factory=list)

    def name(self) -> str:
        """What the card calls the person."""
        if self.full.strip():
            return self.full.strip()
        family, given_name, *_ = [*self.parts, "", ""]
        if _CHINESE.search(family + given_name):
            return f"{family}{given_name}".strip() or self.organization
        return f"{given_name} {family}".strip() or self.organization


def recognises(source: Source) -> bool:
    """Whether the file begins with a card."""
    return _BEGIN.match(source.stream.read(_HEAD)) is not None


def read(source: Source) -> Iterator[Record]:
    """Every card."""
    source.stream.seek(0)
    yield Description(ItemKind.CONTACTS, "text/vcard")
    count = 0
    card: _Card | None = None
    for line in properties(source.stream):
        source.alive()
        is_card = line.value.strip().upper() == "VCARD"
        if line.name == "BEGIN" and is_card:
            # A card that was cut off is told as far as it goes.
            if card is not None:
                count += 1
                yield from _contact_records(card, count)
            card = _Card()
        elif line.name == "END" and is_card and card is not None:
            count += 1
            yield from _contact_records(card, count)
            card = None
        elif card is not None:
            _take(card, line)
    if card is not None:
        count += 1
        yield from _contact_records(card, count)
        yield Notice(cut_off(count), damaged=True)
    yield Notice(message(MessageCode.CONTACTS_READ, count=count))


def _take(card: _Card, line: Property) -> None:
    match line.name:
        case "FN":
            card.full = card.full or line.text()
        case "N":
            card.parts = line.parts()
        case "ORG":
            card.organization = " ".join(filter(None, line.parts()))
        case "TEL" | "EMAIL" | "IMPP":
            written = _URI.sub("", unquote(line.text().strip()))
            if written and written not in card.identifiers:
                card.identifiers.append(written)


def _contact_records(card: _Card, number: int) -> Iterator[Record]:
    name = card.name()
    yield Contact(name, tuple(card.identifiers))
    text = " ".join([name, *card.identifiers]).strip() or "—"
    yield TextBlock(text, SourcePlace(PlaceUnit.ENTRY, number))
