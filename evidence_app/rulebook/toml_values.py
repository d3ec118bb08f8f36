"""Takes single values out of the tables of a rulebook, and says which of them is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar
from zoneinfo import available_timezones

from evidence_app.model.rulebook import Citing, CollectorKind, Force
from evidence_app.model.suggestion import Missing
from evidence_app.rulebook import violations
from evidence_app.rulebook.parameters import ParameterError, predicate_of

_LONGEST_TEXT = 5_000
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_Choice = TypeVar("_Choice", Force, Citing, CollectorKind, Missing)


class WrongValueError(ValueError):
    """One value is wrong.

    Attributes:
        key: The key whose line it is; empty if the whole table is meant.
    """

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.key = key


def fail(reason: str, key: str = "") -> NoReturn:
    """Give up on a value."""
    raise WrongValueError(reason, key)


def only(table: Mapping[str, Any], allowed: set[str]) -> None:
    """Refuse keys that are not known."""
    for name in table:
        if name not in allowed:
            fail(f"`{name}` is not known here; known are: {', '.join(sorted(allowed))}", name)


def text(table: Mapping[str, Any], name: str) -> str:
    """A text; empty if it is missing."""
    value = table.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        fail(f"`{name}` must be a text of at most {_LONGEST_TEXT} signs", name)
    return str(value)


def word(table: Mapping[str, Any], name: str) -> str:
    """A text that must be there."""
    value = text(table, name)
    if not value.strip():
        fail(f"`{name}` is missing", name)
    return value


def identity(table: Mapping[str, Any]) -> str:
    """The id of a table."""
    value = word(table, "id")
    if not _ID.fullmatch(value):
        fail(f"`id`: {value!r} must consist of a-z, 0-9, dot, hyphen and underscore", "id")
    return value


def rule_identity(table: Mapping[str, Any], rulebook: str) -> str:
    """A rule's id, which begins with that of its rulebook."""
    value = identity(table)
    if rulebook and not value.startswith(f"{rulebook}."):
        fail(f"`id`: {value!r} must begin with that of the rulebook, {rulebook}.", "id")
    return value


def flag(table: Mapping[str, Any], name: str) -> bool:
    """True or false; false if it is missing."""
    value = table.get(name, False)
    if not isinstance(value, bool):
        fail(f"`{name}` must be true or false", name)
    return bool(value)


def day(table: Mapping[str, Any], name: str) -> date:
    """A day that must be there."""
    value = table.get(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        fail(f"`{name}` must be a day such as 2026-01-31, without quotation marks", name)
    return value


def period(
    table: Mapping[str, Any], since: date | None, until: date | None
) -> tuple[date | None, date | None]:
    """From when until when it is in force; what the table does not say stays as given."""
    begin = day(table, "in_force_from") if "in_force_from" in table else since
    end = day(table, "in_force_until") if "in_force_until" in table else until
    if begin is not None and end is not None and end < begin:
        fail("`in_force_until` is before `in_force_from`", "in_force_until")
    return begin, end


def choice(table: Mapping[str, Any], name: str, kind: type[_Choice]) -> _Choice:
    """One word of an enumeration."""
    return _one_of(table.get(name), name, kind)


def _one_of(value: Any, name: str, kind: type[_Choice]) -> _Choice:
    try:
        return kind(str(value))
    except ValueError:
        fail(f"`{name}`: {value!r} is none of: {', '.join(kind)}", name)


def choices(table: Mapping[str, Any], name: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
    """Words of an enumeration; none if they are missing."""
    values = table.get(name, [])
    if not isinstance(values, list):
        fail(f"`{name}` must be a list of words", name)
    return tuple(_one_of(value, name, kind) for value in values)


def law(table: Mapping[str, Any]) -> Force:
    """How binding a passage is. A heuristic cites none: its rule has no provision."""
    force = choice(table, "force", Force)
    if force is Force.HEURISTIC:
        fail("a heuristic rests on no instrument: leave `provision` out", "force")
    return force


def violation(table: Mapping[str, Any]) -> str:
    """A violation type's code."""
    value = word(table, "violation")
    if value not in {violation_type.code for violation_type in violations.all_types()}:
        fail(f"there is no violation type {value!r}", "violation")
    return value


def predicate(table: Mapping[str, Any], violation: str) -> tuple[str, Mapping[str, Any]]:
    """The kind of a predicate and its checked parameters."""
    value = table.get("predicate")
    if not isinstance(value, dict):
        fail("`predicate` is missing, or no table", "predicate")
    parameters = dict(value)
    kind = str(parameters.pop("kind", ""))
    try:
        predicate_of(kind, parameters, violation)
    except ParameterError as error:
        fail(f"predicate: {error}", "predicate")
    return kind, parameters


def tables(table: Mapping[str, Any], name: str) -> list[Any]:
    """The tables of an array; none if it is missing."""
    value = table.get(name, [])
    if not isinstance(value, list):
        fail(f"`{name}` must be written as [[rule.{name}]]", name)
    return value


def region(values: Mapping[str, Any]) -> str:
    """The code of a country; empty for none."""
    code = text(values, "region")
    if not re.fullmatch(r"([A-Z]{2})?", code):
        fail("`region` must be the two letters of a country, or empty: all of them", "region")
    return code


def zone(values: Mapping[str, Any]) -> str:
    """A time zone; empty for none."""
    name = text(values, "timezone")
    if name and name not in available_timezones():
        fail(f"`timezone`: there is no zone {name!r}", "timezone")
    return name
