"""What the custody log holds, read for the window: entries, names of things, details by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.custody import CustodyEntry
from evidence_app.services import custody, items, parties, tags, violations
from evidence_app.services.cases import CaseFile
from evidence_app.services.package_cases import PackageCase

translate = QCoreApplication.translate
Detail = Mapping[str, object]

_MOST_NAMES = 3
_FIELDS = {
    "title": QT_TRANSLATE_NOOP("CustodyWords", "title"),
    "owner_name": QT_TRANSLATE_NOOP("CustodyWords", "name"),
    "timezone": QT_TRANSLATE_NOOP("CustodyWords", "time zone"),
    "jurisdiction": QT_TRANSLATE_NOOP("CustodyWords", "place"),
    "type": QT_TRANSLATE_NOOP("CustodyWords", "kind"),
    "direction": QT_TRANSLATE_NOOP("CustodyWords", "direction"),
    "outcome": QT_TRANSLATE_NOOP("CustodyWords", "outcome"),
    "party_id": QT_TRANSLATE_NOOP("CustodyWords", "person"),
    "role": QT_TRANSLATE_NOOP("CustodyWords", "role"),
    "name": QT_TRANSLATE_NOOP("CustodyWords", "name"),
    "note": QT_TRANSLATE_NOOP("CustodyWords", "note"),
    "text": QT_TRANSLATE_NOOP("CustodyWords", "words"),
}


@dataclass(frozen=True, slots=True)
class LogNames:
    """What things in the log are called now, by their numbers.

    Attributes:
        items: File names.
        tags: Names of tags.
        people: Names of people, or their first numbers.
    """

    items: Mapping[int, str] = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


def read_log(case: CaseFile, most: int) -> tuple[list[CustodyEntry], LogNames]:
    """The newest entries, newest first, and the present names of what they refer to."""
    log = case.log if isinstance(case, PackageCase) else custody.list_entries(case)
    entries = list(log)[::-1][:most]
    item_ids = sorted({number for entry in entries for number in _item_numbers(entry.detail)})
    names = LogNames(
        {item.id: item.filename for item in items.get_many(case, item_ids)},
        {tag.id: tag.name for tag in tags.list_tags(case)},
        {party.id: party.label() for party in parties.list_parties(case)},
    )
    return entries, names


def detail_lines(entry: CustodyEntry) -> list[tuple[str, str]]:
    """All values of an entry with their names, for the detailed view."""
    lines = [(name, _flat(value)) for name, value in entry.detail.items()]
    lines += [
        ("action", entry.action.value),
        ("at", entry.at.isoformat()),
        ("program", entry.program),
        ("machine", entry.machine),
        ("who", entry.who or ""),
        ("rows", entry.rows_digest),
        ("SHA-256", entry.entry_hash),
        ("previous", entry.prev_hash),
        ("signer", entry.signer or ""),
    ]
    return [(name, value) for name, value in lines if value]


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_flat(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_flat, value))
    return "" if value is None else str(value)


def say(text: str) -> str:
    """A text of the log in the window's language."""
    return translate("CustodyWords", text)


def _item_numbers(detail: Detail) -> list[int]:
    numbers = [detail.get("item"), detail.get("certificate"), detail.get("container")]
    for name in ("items", "certificates"):
        several = detail.get(name)
        numbers += several if isinstance(several, list) else []
    subjects = detail.get("subjects")
    for subject in subjects if isinstance(subjects, list) else []:
        if isinstance(subject, str) and subject[:1] == "i" and subject[1:].isdecimal():
            numbers.append(int(subject[1:]))
    return [
        number for number in numbers if isinstance(number, int) and not isinstance(number, bool)
    ]


class EntryDetails:
    """The details of one entry by name; missing values and those of another type are empty."""

    def __init__(self, detail: Detail, names: LogNames, where: ZoneInfo) -> None:
        self.detail, self.names, self.where = detail, names, where

    def text(self, name: str) -> str:
        """A text value, on one line."""
        value = self.detail.get(name)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A value that is a whole number."""
        value = self.detail.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def several(self, name: str) -> Sequence[object]:
        """A value that is a list."""
        value = self.detail.get(name)
        return value if isinstance(value, list) else ()

    def has(self, *names: str) -> bool:
        """Whether there is a value of any of these names."""
        return any(name in self.detail for name in names)

    def item(self, name: str = "item") -> str:
        """An item by its file name."""
        number = self.number(name)
        filename = self.names.items.get(number, "") if number is not None else ""
        return (
            translate("CustodyWords", "“{0}”").format(filename)
            if filename
            else translate("CustodyWords", "an item")
        )

    def tag(self) -> str:
        """A tag by its name."""
        number = self.number("tag")
        tag_name = self.names.tags.get(number, "") if number is not None else ""
        return self.text("name") or self.text("tag") or tag_name

    def person(self, name: str) -> str:
        """A person by name."""
        number = self.number(name)
        person_name = self.names.people.get(number, "") if number is not None else ""
        return (
            translate("CustodyWords", "“{0}”").format(person_name)
            if person_name
            else translate("CustodyWords", "a person")
        )

    def violation(self) -> str:
        """A violation type by its name."""
        code = self.text("violation")
        codes = {violation_type.code for violation_type in violations.all_types()}
        return texts.violation_name(code) if code in codes else code

    def subjects(self) -> str:
        """The items and entries that it is about: a few by name, else how many."""
        subjects = [str(subject) for subject in self.several("subjects")]
        numbers = _item_numbers({"subjects": list(self.several("subjects"))})
        return self._count_text(numbers, sum(subject[:1] == "e" for subject in subjects))

    def items(self, name: str = "items") -> str:
        """Several items: a few by name, else how many."""
        return self._count_text(_item_numbers({"items": list(self.several(name))}), 0)

    def _count_text(self, numbers: Sequence[int], entries: int) -> str:
        filenames = [self.names.items[number] for number in numbers if number in self.names.items]
        parts = []
        if numbers and len(filenames) == len(numbers) <= _MOST_NAMES:
            parts += [translate("CustodyWords", "“{0}”").format(filename) for filename in filenames]
        elif numbers:
            parts.append(translate("CustodyWords", "%n item(s)", "", len(numbers)))
        if entries:
            parts.append(translate("CustodyWords", "%n entry(ies)", "", entries))
        return translate("CustodyWords", ", ").join(parts)

    def fields(self) -> str:
        """Which values were changed, by name."""
        return translate("CustodyWords", ", ").join(
            say(label) for name, label in _FIELDS.items() if self.has(name)
        )
