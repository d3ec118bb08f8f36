"""The texts of the inspector about an item or event."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.gui.common import event_texts
from evidence_app.gui.inspector.facts import SubjectFacts
from evidence_app.model.changes import Area
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.evidence import Item, ItemStatus
from evidence_app.services.importing.importer import CLIPBOARD

translate = QCoreApplication.translate

SHOWN = (Area.ITEMS, Area.EVENTS, Area.PARTIES, Area.CASE)
"""The parts of the case of which the inspector says anything, labels apart."""


def heading(facts: SubjectFacts) -> str:
    """What it is, in a few words."""
    if facts.event is None:
        parts = [texts.item_kind(facts.item.kind)]
        if facts.item.status is not ItemStatus.READ:
            parts.append(texts.item_status(facts.item.status))
        return " · ".join(parts)
    event = facts.event
    parts = [texts.event_type(event.type)]
    if event.direction is not Direction.NONE:
        parts.append(texts.direction(event.direction))
    if event.outcome is not Outcome.UNKNOWN:
        parts.append(texts.outcome(event.outcome))
    if event.duration_s is not None:
        parts.append(texts.duration(event.duration_s))
    return " · ".join(parts)


def party_facts(facts: SubjectFacts) -> list[tuple[str, str]]:
    """Who takes part, each with the role."""
    event = facts.event
    if event is not None and event.party_id is None:
        return [("", event_texts.other_side(event))]
    party_rows = []
    for party in facts.parties:
        number = party.identifiers[0].raw if party.identifiers else ""
        if event is not None and event.identifier:
            number = event.identifier
        name = party.name or (event.contact_name if event is not None else "")
        both = name if name == number else f"{name}  {number}".strip()
        party_rows.append((texts.role(party.role), both))
    return party_rows


def origin_facts(facts: SubjectFacts, where: ZoneInfo) -> list[tuple[str, str]]:
    """Where it came from, how large it is, its hash."""
    item, event = facts.item, facts.event
    place = texts.place(event.place) if event is not None and event.place else ""
    return [
        (translate("InspectorWords", "File"), item.filename),
        (translate("InspectorWords", "Place in the file"), place),
        (translate("InspectorWords", "Also found in"), _sources(facts)),
        (translate("InspectorWords", "Files that belong to it"), _names(facts.enclosed)),
        (translate("InspectorWords", "Inside (archive)"), _names(facts.containers)),
        (translate("InspectorWords", "Device"), _device(facts)),
        _origin(item, where),
        (translate("InspectorWords", "Added"), texts.stamp(item.imported_at, where)),
        (translate("InspectorWords", "Size"), _measures(item)),
        (translate("InspectorWords", "Type"), item.media_type),
        (translate("InspectorWords", "Entries"), _entries(facts)),
        (translate("InspectorWords", "SHA-256 value"), item.sha256),
    ]


def _origin(item: Item, where: ZoneInfo) -> tuple[str, str]:
    if item.origin == CLIPBOARD:
        return translate("InspectorWords", "Pasted"), texts.stamp(item.imported_at, where)
    return translate("InspectorWords", "Folder"), item.origin


def _sources(facts: SubjectFacts) -> str:
    return "\n".join(
        f"{source.filename} · {texts.place(source.place)}" if source.place else source.filename
        for source in facts.sources
    )


def _names(items: Sequence[Item]) -> str:
    return "\n".join(item.filename for item in items)


def _device(facts: SubjectFacts) -> str:
    device = facts.device
    if device is None:
        return ""
    custody = {
        True: translate("InspectorWords", "still there"),
        False: translate("InspectorWords", "no longer there"),
        None: "",
    }[device.is_kept]
    return " · ".join(part for part in (device.name, device.holder, custody) if part)


def _measures(item: Item) -> str:
    parts = [texts.size(item.size)]
    if item.width and item.height:
        parts.append(f"{item.width} × {item.height}")
    if item.duration_s:
        parts.append(texts.duration(item.duration_s))
    if item.page_count:
        parts.append(translate("InspectorWords", "%n page(s)", "", item.page_count))
    return " · ".join(parts)


def _entries(facts: SubjectFacts) -> str:
    count = facts.item.event_count
    if facts.event is not None or (count < 2 and not facts.skipped):
        return ""
    count_text = translate("InspectorWords", "%n entry(ies)", "", count)
    if facts.skipped:
        skipped = translate("InspectorWords", "%n could not be read", "", facts.skipped)
        count_text = f"{count_text}, {skipped}"
    return count_text
