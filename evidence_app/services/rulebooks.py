"""Which rulebooks a case asks: those of its country, and what the person switched on or off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import debts as debt_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.rulebook import Rulebook
from evidence_app.rulebook import loader
from evidence_app.rulebook.loader import Library, RulebookProblem
from evidence_app.services.history import Edit, editing

__all__ = ["Library", "RulebookProblem"]

GENERAL = "general"
"""The rulebook of signs that cite no law; it counts everywhere."""
_HOURS = "hours"


@dataclass(frozen=True, slots=True)
class RulebookChoice:
    """A rulebook, and whether a case asks it.

    Attributes:
        rulebook: The rulebook.
        is_on: Whether it is asked.
        is_chosen: Whether the person said so; else it follows from the country of the case.
    """

    rulebook: Rulebook
    is_on: bool
    is_chosen: bool


def library() -> Library:
    """All valid rulebooks, also of the person's own folder, and the problems of the others."""
    return loader.library()


def check(path: Path) -> list[RulebookProblem]:
    """What is wrong with the rulebook in a file; nothing if it can be used."""
    return loader.check(path)


def choices(case: CaseFile) -> list[RulebookChoice]:
    """All rulebooks that can be used, and which of them the case asks."""
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
        switched = debt_records.switches(connection)
    return _choices(region, switched)


def _choices(region: str | None, switched: Mapping[str, bool]) -> list[RulebookChoice]:
    return [
        RulebookChoice(
            rulebook,
            switched.get(rulebook.id, _is_usual(rulebook, region)),
            rulebook.id in switched,
        )
        for rulebook in loader.library().rulebooks.values()
    ]


def _is_usual(rulebook: Rulebook, region: str | None) -> bool:
    # The rules of a state bind only who lives there: they are asked when they are switched on.
    is_of_country = bool(region) and rulebook.region == region and "-" not in rulebook.id
    return rulebook.id == GENERAL or is_of_country


def switch(case: CaseFile, rulebook: str, *, is_on: bool) -> Edit:
    """Have a case ask a rulebook, or ask it no longer.

    Raises:
        UsageError: There is no such rulebook.
    """
    _require(rulebook)
    detail = {"rulebook": rulebook, "is_on": is_on}
    with editing(case, Action.SWITCH_RULEBOOK, detail) as (change, new_edit):
        debt_records.switch(change, rulebook, is_on=is_on)
    return new_edit


def active(case: CaseFile, more: Sequence[str] = ()) -> list[Rulebook]:
    """The rulebooks that are active in a case; those that cite no law come first.

    Args:
        case: The case.
        more: Rulebooks to ask besides, as ``us-fl``.

    Raises:
        UsageError: There is no rulebook of that name.
    """
    for rulebook_id in more:
        _require(rulebook_id)
    on = [choice.rulebook for choice in choices(case) if choice.is_on or choice.rulebook.id in more]
    on.sort(key=lambda rulebook: rulebook.id != GENERAL)
    if on and on[0].id == GENERAL:
        by_law = (rule for rulebook in on[1:] for rule in rulebook.rules)
        if any(rule.predicate == _HOURS for rule in by_law):
            on[0] = _without_hours(on[0])
    return on


def _without_hours(rulebook: Rulebook) -> Rulebook:
    """Where the law names hours, usual ones are no sign of anything more."""
    rules = tuple(rule for rule in rulebook.rules if rule.predicate != _HOURS)
    return replace(rulebook, rules=rules)


def _require(rulebook: str) -> None:
    rulebooks = loader.library().rulebooks
    if rulebook not in rulebooks:
        names = ", ".join(sorted(rulebooks))
        raise UsageError(message(MessageCode.UNKNOWN_RULEBOOK, value=rulebook, known=names))
