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
    """The newest entries, the newest first, and what they speak of is called now."""
    known = case.log if isinstance(case, PackageCase) else custody.list_entries(case)
    entries = list(known)[::-1][:most]
    wanted = sorted({number for one in entries for number in _item_numbers(one.detail)})
    names = LogNames(
        {one.id: one.filename for one in items.get_many(case, wanted)},
        {one.id: one.name for one in tags.list_tags(case)},
        {one.id: one.label() for one in parties.list_parties(case)},
    )
    return entries, names


def detail_lines(entry: CustodyEntry) -> list[tuple[str, str]]:
    """Everything that an entry holds, as names and values, for those who want to know."""
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
        return ", ".join(f"{name}: {_flat(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_flat, value))
    return "" if value is None else str(value)


def say(text: str) -> str:
    """A text of the log in the window's language."""
    return translate("CustodyWords", text)


def _item_numbers(detail: Detail) -> list[int]:
    found = [detail.get("item"), detail.get("certificate"), detail.get("container")]
    for name in ("items", "certificates"):
        several = detail.get(name)
        found += several if isinstance(several, list) else []
    subjects = detail.get("subjects")
    for one in subjects if isinstance(subjects, list) else []:
        if isinstance(one, str) and one[:1] == "i" and one[1:].isdecimal():
            found.append(int(one[1:]))
    return [one for one in found if isinstance(one, int) and not isinstance(one, bool)]


class Telling:
    """The details of one entry, each asked for by name; what is missing or odd is empty."""

    def __init__(self, detail: Detail, names: LogNames, where: ZoneInfo) -> None:
        self.detail, self.names, self.where = detail, names, where

    def text(self, name: str) -> str:
        """A value that is words."""
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
        known = self.names.items.get(number, "") if number is not None else ""
        return (
            translate("CustodyWords", "“{0}”").format(known)
            if known
            else translate("CustodyWords", "an item")
        )

    def tag(self) -> str:
        """A tag by its name."""
        number = self.number("tag")
        known = self.names.tags.get(number, "") if number is not None else ""
        return self.text("name") or self.text("tag") or known

    def person(self, name: str) -> str:
        """A person by name."""
        number = self.number(name)
        known = self.names.people.get(number, "") if number is not None else ""
        return (
            translate("CustodyWords", "“{0}”").format(known)
            if known
            else translate("CustodyWords", "a person")
        )

    def violation(self) -> str:
        """A violation type by its name."""
        code = self.text("violation")
        known = {one.code for one in violations.all_types()}
        return texts.violation_name(code) if code in known else code

    def subjects(self) -> str:
        """The items and entries that it is about: a few by name, else how many."""
        told = [str(one) for one in self.several("subjects")]
        numbers = _item_numbers({"subjects": list(self.several("subjects"))})
        return self._counted(numbers, sum(one[:1] == "e" for one in told))

    def items(self, name: str = "items") -> str:
        """Several items: a few by name, else how many."""
        return self._counted(_item_numbers({"items": list(self.several(name))}), 0)

    def _counted(self, numbers: Sequence[int], entries: int) -> str:
        known = [self.names.items[one] for one in numbers if one in self.names.items]
        parts = []
        if numbers and len(known) == len(numbers) <= _MOST_NAMES:
            parts += [translate("CustodyWords", "“{0}”").format(one) for one in known]
        elif numbers:
            parts.append(translate("CustodyWords", "%n item(s)", "", len(numbers)))
        if entries:
            parts.append(translate("CustodyWords", "%n entry(ies)", "", entries))
        return translate("CustodyWords", ", ").join(parts)

    def fields(self) -> str:
        """Which values were changed, by name."""
        return translate("CustodyWords", ", ").join(
            say(words) for name, words in _FIELDS.items() if self.has(name)
        )
