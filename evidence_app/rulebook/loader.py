"""Reads rulebooks, checks them, and says with file and line what is wrong.

A rulebook is a TOML file: who, where and when; its instruments; its rules, each with the passage
that it rests on and the predicate that counts. ``resources/rulebooks/README.md`` describes it for
authors.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import available_timezones

from evidence_app import resources, settings
from evidence_app.model.rulebook import (
    Citing,
    CollectorKind,
    Force,
    Provision,
    Rule,
    Rulebook,
)
from evidence_app.rulebook import violations
from evidence_app.rulebook.parameters import ParameterError, predicate_of

_Choice = TypeVar("_Choice", Force, Citing)
_TEXTS = ("explanation_en", "explanation_zh", "refuted_by_en", "refuted_by_zh")


@dataclass(frozen=True, slots=True)
class RulebookProblem:
    """What is wrong with a rulebook.

    Attributes:
        path: Its file.
        line: The line, from 1, where it is or begins.
        reason: What is wrong, in English, for whoever writes rulebooks.
    """

    path: Path
    line: int
    reason: str


class RulebookError(ValueError):
    """A rulebook cannot be used."""

    def __init__(self, problem: RulebookProblem) -> None:
        super().__init__(f"{problem.path}:{problem.line}: {problem.reason}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Library:
    """All rulebooks that there are.

    Attributes:
        rulebooks: Those that can be used, by id.
        problems: Why others cannot.
    """

    rulebooks: Mapping[str, Rulebook]
    problems: tuple[RulebookProblem, ...]


def own_folder() -> Path:
    """Where a person or a clinic puts rulebooks of their own."""
    return settings.data_folder() / "rulebooks"


@cache
def library() -> Library:
    """The rulebooks of the program, and those of the person's own folder."""
    rulebooks: dict[str, Rulebook] = {}
    problems: list[RulebookProblem] = []
    for path in _files():
        try:
            rulebook = load(path)
            if rulebook.id in rulebooks:
                raise RulebookError(
                    _problem(path, "", f"there is a rulebook {rulebook.id!r} already")
                )
            rulebooks[rulebook.id] = rulebook
        except RulebookError as error:
            problems.append(error.problem)
    return Library(rulebooks, tuple(problems))


def _files() -> Iterator[Path]:
    for folder in (resources.path("rulebooks"), own_folder()):
        if folder.is_dir():
            files = sorted(folder.glob("*.toml"))
            yield from (path for path in files if path.name != "violation_types.toml")


def load(path: Path) -> Rulebook:
    """Read one rulebook.

    Raises:
        RulebookError: It cannot be read, or something in it is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulebookError(_problem(path, "", f"it cannot be read: {error}")) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(RulebookProblem(path, _line_of_syntax(error), str(error))) from error
    return _Reader(path, text).rulebook(values)


def _line_of_syntax(error: tomllib.TOMLDecodeError) -> int:
    words = str(error).rpartition("at line ")[2].split(",")[0]
    return int(words) if words.isdigit() else 1


def _problem(path: Path, text: str, reason: str, anchor: str = "") -> RulebookProblem:
    """A problem at the first line that holds ``anchor``."""
    for number, line in enumerate(text.splitlines(), 1):
        if anchor and anchor in line:
            return RulebookProblem(path, number, reason)
    return RulebookProblem(path, 1, reason)


class _Reader:
    """Turns the tables of one file into a rulebook."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._anchor = ""

    def rulebook(self, values: Mapping[str, Any]) -> Rulebook:
        self._only(
            values,
            {"id", "version", "name_en", "name_zh", "region", "timezone", "instrument", "rule"},
        )
        instruments = {}
        for table in self._tables(values, "instrument"):
            self._anchor = f'id = "{table.get("id")}"'
            instruments[self._word(table, "id")] = self._instrument(table)
        rules = []
        for table in self._tables(values, "rule"):
            self._anchor = f'id = "{table.get("id")}"'
            rules.append(self._rule(table, instruments))
        self._anchor = ""
        if len({rule.id for rule in rules}) != len(rules):
            self._fail("two rules have the same id")
        return Rulebook(
            self._word(values, "id"),
            self._day(values, "version").isoformat(),
            self._word(values, "name_en"),
            self._word(values, "name_zh"),
            self._word(values, "region"),
            self._zone(values),
            tuple(rules),
        )

    def _instrument(self, table: Mapping[str, Any]) -> Mapping[str, Any]:
        self._only(table, {"id", "name", "number", "force", "in_force_from", "in_force_until"})
        begin = self._day(table, "in_force_from") if "in_force_from" in table else None
        end = self._day(table, "in_force_until") if "in_force_until" in table else None
        if begin is not None and end is not None and end < begin:
            self._fail("`in_force_until` is before `in_force_from`")
        return {
            "instrument": self._word(table, "name"),
            "number": str(table.get("number", "")),
            "force": self._choice(table, "force", Force),
            "in_force_from": begin,
            "in_force_until": end,
        }

    def _rule(self, table: Mapping[str, Any], instruments: Mapping[str, Any]) -> Rule:
        self._only(table, {"id", "violation", "applies_to", "provision", "predicate", *_TEXTS})
        violation = self._word(table, "violation")
        if violation not in {one.code for one in violations.all_types()}:
            self._fail(f"there is no violation type {violation!r}")
        parameters = dict(self._table(table, "predicate"))
        kind = str(parameters.pop("kind", ""))
        try:
            predicate_of(kind, parameters, violation)
        except ParameterError as error:
            self._fail(f"predicate: {error}")
        return Rule(
            self._word(table, "id"),
            violation,
            kind,
            parameters,
            frozenset(self._kinds(table)),
            self._provision(table["provision"], instruments) if "provision" in table else None,
            *(self._word(table, name) for name in _TEXTS),
        )

    def _kinds(self, table: Mapping[str, Any]) -> Iterator[CollectorKind]:
        for word in table.get("applies_to", []):
            try:
                yield CollectorKind(word)
            except ValueError:
                self._fail(f"`applies_to`: {word!r} is none of: {', '.join(CollectorKind)}")

    def _provision(self, table: Mapping[str, Any], instruments: Mapping[str, Any]) -> Provision:
        known = {"instrument", "article", "quote", "source", "print", "reservation_en"}
        self._only(table, known | {"reservation_zh", "force"})
        name = self._word(table, "instrument")
        if name not in instruments:
            self._fail(f"there is no instrument {name!r}")
        citing = self._choice(table, "print", Citing)
        reservations = [str(table.get(f"reservation_{language}", "")) for language in ("en", "zh")]
        if citing is Citing.AFTER_CHECK and not all(reservations):
            self._fail("what is printed after a check needs `reservation_en` and `reservation_zh`")
        values = dict(instruments[name])
        if "force" in table:
            values["force"] = self._choice(table, "force", Force)
        return Provision(
            article=str(table.get("article", "")),
            quote=str(table.get("quote", "")),
            source=self._word(table, "source"),
            citing=citing,
            reservation_en=reservations[0],
            reservation_zh=reservations[1],
            **values,
        )

    def _zone(self, values: Mapping[str, Any]) -> str:
        name = str(values.get("timezone", ""))
        if name and name not in available_timezones():
            self._fail(f"`timezone`: there is no zone {name!r}")
        return name

    def _only(self, table: Mapping[str, Any], known: set[str]) -> None:
        for name in table:
            if name not in known:
                self._fail(f"`{name}` is not known here", anchor=f"{name} =")

    def _tables(self, values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        tables = values.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._fail(f"`{name}` must be written as [[{name}]]")
        return list(tables)

    def _table(self, table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = table.get(name)
        if not isinstance(value, dict):
            self._fail(f"`{name}` is missing, or no table")
        return dict(value)

    def _word(self, table: Mapping[str, Any], name: str) -> str:
        value = table.get(name)
        if not isinstance(value, str) or not value.strip():
            self._fail(f"`{name}` is missing, or no text")
        return str(value)

    def _day(self, table: Mapping[str, Any], name: str) -> date:
        value = table.get(name)
        if not isinstance(value, date):
            self._fail(f"`{name}` must be a day such as 2026-01-31")
        return value

    def _choice(self, table: Mapping[str, Any], name: str, kind: type[_Choice]) -> _Choice:
        try:
            return kind(str(table.get(name)))
        except ValueError:
            self._fail(f"`{name}` must be one of: {', '.join(kind)}")

    def _fail(self, reason: str, anchor: str = "") -> NoReturn:
        where = anchor or self._anchor
        within = f" (in {self._anchor})" if self._anchor and anchor else ""
        raise RulebookError(_problem(self._path, self._text, reason + within, where))
