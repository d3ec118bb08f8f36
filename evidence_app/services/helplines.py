"""Whom a person can call when somebody urges them to harm themselves."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from evidence_app import resources
from evidence_app.casefile.case import CaseFile
from evidence_app.model.event import Direction, Event
from evidence_app.rulebook.lexicon import Speaker, lexicon
from evidence_app.rulebook.violations import Language
from evidence_app.services import cases, rule_facts


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number that somebody answers.

    Attributes:
        number: To call.
        name_en: What it is, as it follows "call".
        name_zh: The same in Chinese.
    """

    number: str
    name_en: str
    name_zh: str

    def name(self, language: Language) -> str:
        """What it is, in that language."""
        return self.name_zh if language == "zh" else self.name_en


def of_region(region: str | None) -> Helpline | None:
    """The line of a region (ISO 3166-1 alpha-2, upper case), if one is known."""
    return _lines().get(region or "")


def for_events(case: CaseFile, events: Iterable[Event]) -> Helpline | None:
    """The helpline of the case's country, if a message or an attachment urges to self-harm."""
    line = of_region(cases.info(case).jurisdiction.region())
    if line is None:
        return None
    shown_events = list(events)
    received = [event.text for event in shown_events if event.direction is not Direction.OUTGOING]
    facts = rule_facts.read(case, rule_facts.setting_of(case), [event.id for event in shown_events])
    received += [
        passage.text for contact in facts.contacts.values() for passage in contact.passages
    ]
    urged = any(lexicon().urges_self_harm(text, Speaker.UNKNOWN) for text in received if text)
    return line if urged else None


@cache
def _lines() -> dict[str, Helpline]:
    path = resources.path("helplines.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        region: Helpline(row["number"], row["name_en"], row["name_zh"])
        for region, row in rows.items()
    }
