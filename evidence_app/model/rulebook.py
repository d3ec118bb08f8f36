"""Rulebooks: what the law of a place says of collectors, as data that can be checked and cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from evidence_app.model.suggestion import Missing


class Force(StrEnum):
    """How binding an instrument is; it decides how a finding may be worded."""

    STATUTE = "statute"
    REGULATION = "regulation"
    PRESUMPTION = "presumption"
    GUIDANCE = "guidance"
    RECOMMENDED_STANDARD = "recommended_standard"
    SELF_REGULATION = "self_regulation"
    HEURISTIC = "heuristic"


class CollectorKind(StrEnum):
    """Who collects, or for whom: most rules bind only some of them."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer_finance"
    SMALL_LOAN = "small_loan"
    PRIVATE_LENDER = "private_lender"
    THIRD_PARTY_AGENCY = "third_party_agency"
    DEBT_BUYER = "debt_buyer"
    OTHER = "other"
    UNKNOWN = "unknown"


class Citing(StrEnum):
    """Whether a provision may stand on a page."""

    YES = "yes"
    AFTER_CHECK = "after_check"


@dataclass(frozen=True, slots=True)
class Provision:
    """One passage of an instrument.

    Attributes:
        instrument: The official name, in the instrument's own language.
        number: Its official number or date; empty if it has none.
        article: The article; empty where it was not seen.
        quote: The passage, word for word; empty where only its sense was seen.
        source: Where the passage was read.
        force: How binding it is.
        citing: Whether it may be printed as it is, or only with ``reservation``.
        reservation_en: What has to be checked before it is relied on, in English.
        reservation_zh: The same in Simplified Chinese.
        in_force_from: The first day on which acts fall under it; None if always.
        in_force_until: The last such day; None if it still is in force.
        fact: The identity of the passage among the facts that were checked; empty if none.
    """

    instrument: str
    number: str
    article: str
    quote: str
    source: str
    force: Force
    citing: Citing
    reservation_en: str
    reservation_zh: str
    in_force_from: date | None
    in_force_until: date | None
    fact: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether an act on that day falls under it."""
        if self.in_force_from is not None and day < self.in_force_from:
            return False
        return self.in_force_until is None or day <= self.in_force_until


@dataclass(frozen=True, slots=True)
class Rule:
    """What may not be done, as something that can be counted.

    Attributes:
        id: Its identity, as ``cn.gbt.hours``; it never changes.
        violation: The violation type's code.
        predicate: The kind of predicate that decides, as ``hours``.
        parameters: What the predicate is given, checked when the rulebook was loaded.
        applies_to: Whom it binds; empty if everybody.
        provision: What it rests on; None for a heuristic, which never cites law.
        explanation_en: What the rule says, in plain English.
        explanation_zh: The same in Simplified Chinese.
        refuted_by_en: What would show that it was not broken.
        refuted_by_zh: The same in Simplified Chinese.
        also: Further passages that the same act touches; they never decide.
        only_known_kinds: Whether it stays silent as long as nobody said who collects.
        asks: What it depends on and no event can state, so that it is always asked.
    """

    id: str
    violation: str
    predicate: str
    parameters: Mapping[str, Any]
    applies_to: frozenset[CollectorKind]
    provision: Provision | None
    explanation_en: str
    explanation_zh: str
    refuted_by_en: str
    refuted_by_zh: str
    also: tuple[Provision, ...] = ()
    only_known_kinds: bool = False
    asks: tuple[Missing, ...] = ()

    @property
    def force(self) -> Force:
        """How binding it is."""
        return self.provision.force if self.provision is not None else Force.HEURISTIC


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one place.

    Attributes:
        id: As ``cn`` or ``us-fl``; it never changes.
        version: The day on which its facts were last checked, ``2026-11-24``.
        name_en: The place, in English.
        name_zh: In Simplified Chinese.
        region: ISO 3166-1 alpha-2 code of the country; empty: it is of no country.
        timezone: IANA name, if the rules count hours of that zone wherever the person is; else
            empty: the zone of the case counts.
        rules: In the order in which they are shown.
    """

    id: str
    version: str
    name_en: str
    name_zh: str
    region: str
    timezone: str
    rules: tuple[Rule, ...]
