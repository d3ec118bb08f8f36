"""From the table ``predicate`` of a rulebook to the predicate that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from evidence_app.rulebook.contact import CHANNELS, OwnAct
from evidence_app.rulebook.predicates.base import COUNTERS, GROUPINGS, Predicate, plain
from evidence_app.rulebook.predicates.counts import CountInDays, CountInMinutes, ManyNumbers
from evidence_app.rulebook.predicates.hours import Hours, Minutes
from evidence_app.rulebook.predicates.others import ThirdParties
from evidence_app.rulebook.predicates.pauses import AfterOwnAct, Cooldown, NoticeDue
from evidence_app.rulebook.predicates.texts import RequiredContent, SaidInText

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday")
_GROUPS = {
    "every_day": range(8),
    "weekdays": range(5),
    "weekend": (5, 6),
    **{name: (number,) for number, name in enumerate(_DAYS)},
}


class ParameterError(ValueError):
    """A predicate's parameters are wrong; the text says which, in English."""


class _Table:
    """Parameters of one predicate, taken out one by one."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def whole_number(
        self, name: str, default: int | None = None, least: int = 0, most: int = 10_000
    ) -> int:
        value = self._values.pop(name, default)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or not least <= value <= most:
            raise ParameterError(f"`{name}` must be a whole number from {least} to {most}")
        return int(value)

    def flag(self, name: str) -> bool:
        value = self._values.pop(name, False)
        if not isinstance(value, bool):
            raise ParameterError(f"`{name}` must be true or false")
        return value

    def names(self, name: str, allowed: frozenset[str], *, may_be_empty: bool) -> tuple[str, ...]:
        value = self._values.pop(name, [])
        if not isinstance(value, list) or not (value or may_be_empty):
            raise ParameterError(f"`{name}` must be a list of words")
        for word in value:
            if not isinstance(word, str) or word not in allowed:
                choices = ", ".join(sorted(allowed))
                raise ParameterError(f"`{name}`: {word!r} is none of: {choices}")
        return tuple(value)

    def word(self, name: str, allowed: frozenset[str]) -> str:
        value = self._values.pop(name, None)
        if not isinstance(value, str) or value not in allowed:
            raise ParameterError(f"`{name}` must be one of: {', '.join(sorted(allowed))}")
        return str(value)

    def phrases(self, name: str) -> tuple[str, ...]:
        return _phrases(name, self._values.pop(name, None))

    def table(self, name: str) -> dict[str, Any]:
        value = self._values.pop(name, None)
        if not isinstance(value, dict) or not value:
            raise ParameterError(f"`{name}` must be a table")
        return value

    def end(self) -> None:
        if self._values:
            raise ParameterError(f"`{next(iter(self._values))}` is not known here")


def _hours(table: _Table) -> Hours:
    allowed: dict[int, tuple[Minutes, ...]] = {}
    for name, stretches in table.table("allowed").items():
        if name not in _GROUPS:
            raise ParameterError(f"`allowed`: {name!r} is none of: {', '.join(_GROUPS)}")
        if not isinstance(stretches, list) or len(stretches) > _MOST_STRETCHES:
            raise ParameterError(f"`allowed`: {name!r} must be a list of stretches of hours")
        for day in _GROUPS[name]:
            allowed[day] = tuple(_stretch(stretch) for stretch in stretches)
    return Hours(
        allowed,
        table.names("channels", frozenset(CHANNELS), may_be_empty=True),
        table.flag("agreed_hours"),
        table.flag("is_end_allowed"),
    )


_MOST_STRETCHES = 10


def _stretch(value: Any) -> Minutes:
    if not isinstance(value, list) or len(value) != 2:
        raise ParameterError('a stretch of hours must look like ["08:00", "22:00"]')
    start, end = (_minute(clock) for clock in value)
    if start >= end:
        raise ParameterError(
            f"a stretch of hours must end after it begins: {value}; one across midnight is two"
        )
    return start, end


def _minute(clock: Any) -> int:
    match = re.fullmatch(r"([01]\d|2[0-4]):([0-5]\d)", str(clock))
    if match is None or int(match[1]) * 60 + int(match[2]) > 24 * 60:
        raise ParameterError(f"{clock!r} is no time of the day such as 08:00")
    return int(match[1]) * 60 + int(match[2])


def _counted(table: _Table) -> str:
    return table.word("counted", frozenset(COUNTERS))


def _per(table: _Table) -> tuple[str, ...]:
    return table.names("per", GROUPINGS, may_be_empty=False)


def _after_own_act(table: _Table) -> AfterOwnAct:
    acts = table.names("acts", frozenset(OwnAct), may_be_empty=False)
    return AfterOwnAct(
        tuple(OwnAct(name) for name in acts),
        table.names("channels", frozenset(CHANNELS), may_be_empty=True),
        table.whole_number("allowed", 0),
        table.whole_number("grace_days", 0, most=_MOST_DAYS),
        table.flag("is_written"),
        table.flag("is_per_medium"),
    )


def _required_content(table: _Table) -> RequiredContent:
    return RequiredContent(
        table.names("channels", frozenset(CHANNELS), may_be_empty=False),
        {name: _phrases(name, phrases) for name, phrases in table.table("fields").items()},
        table.flag("is_first_only"),
    )


_MOST_PHRASES = 100
_LONGEST_PHRASE = 200


def _phrases(name: str, value: Any) -> tuple[str, ...]:
    """Words to look for. They are no patterns, so that none can take for ever."""
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_PHRASES:
        raise ParameterError(f"`{name}` must be a list of 1 to {_MOST_PHRASES} phrases")
    for phrase in value:
        if not isinstance(phrase, str) or not 0 < len(plain(phrase)) <= _LONGEST_PHRASE:
            raise ParameterError(f"`{name}`: a phrase is a text of 1 to {_LONGEST_PHRASE} signs")
    return tuple(plain(phrase) for phrase in value)


def _third_parties(table: _Table) -> ThirdParties:
    predicate = ThirdParties(
        table.whole_number("failures", 0),
        table.flag("is_next_day"),
        table.flag("only_after_refusal"),
    )
    if predicate.only_after_refusal and predicate.failures:
        raise ParameterError("`failures` means nothing beside `only_after_refusal`")
    return predicate


_MOST_DAYS = 3660
_PARSERS: Mapping[str, Callable[[_Table, str], Predicate]] = {
    "hours": lambda table, violation: _hours(table),
    "count_in_days": lambda table, violation: CountInDays(
        _counted(table),
        table.whole_number("limit"),
        table.whole_number("days", 1, 1, _MOST_DAYS),
        _per(table),
        table.flag("is_across_collectors"),
    ),
    "count_in_minutes": lambda table, violation: CountInMinutes(
        _counted(table),
        table.whole_number("limit", least=1),
        table.whole_number("minutes", least=1),
        _per(table),
    ),
    "many_numbers": lambda table, violation: ManyNumbers(
        table.whole_number("limit", least=1), _per(table)
    ),
    "cooldown": lambda table, violation: Cooldown(
        table.whole_number("days", least=1, most=_MOST_DAYS), _per(table)
    ),
    "after_own_act": lambda table, violation: _after_own_act(table),
    "third_parties": lambda table, violation: _third_parties(table),
    "notice_due": lambda table, violation: NoticeDue(
        table.whole_number("days", least=1, most=_MOST_DAYS), table.phrases("phrases")
    ),
    "said_in_text": lambda table, violation: SaidInText(violation),
    "required_content": lambda table, violation: _required_content(table),
}
KINDS = frozenset(_PARSERS)
"""The kinds of predicates that a rulebook can name."""


def predicate_of(kind: str, parameters: Mapping[str, Any], violation: str) -> Predicate:
    """The predicate of a rule.

    Raises:
        ParameterError: There is no such kind, or the parameters are not those that it takes.
    """
    if kind not in _PARSERS:
        raise ParameterError(f"`kind` must be one of: {', '.join(sorted(KINDS))}")
    table = _Table(parameters)
    predicate = _PARSERS[kind](table, violation)
    table.end()
    return predicate
