"""Reads rulebooks, checks them, and says with file and line what is wrong.

A rulebook is a TOML file: who, where and when; its instruments; its rules, each with the passage
that it rests on and the predicate that counts. ``resources/rulebooks/README.md`` describes it for
authors.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from evidence_app import resources, settings
from evidence_app.model.rulebook import (
    Citing,
    CollectorKind,
    Force,
    Provision,
    Rule,
    Rulebook,
)
from evidence_app.model.suggestion import Missing
from evidence_app.rulebook import toml_values

_Value = TypeVar("_Value")
_MOST_BYTES = 2_000_000
_MOST_TABLES = 2_000
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
    """A rulebook cannot be used.

    Attributes:
        problems: All that is wrong with it, by line.
    """

    def __init__(self, problems: tuple[RulebookProblem, ...]) -> None:
        super().__init__(
            "\n".join(f"{problem.path}:{problem.line}: {problem.reason}" for problem in problems)
        )
        self.problems = problems


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
        except RulebookError as error:
            problems.extend(error.problems)
            continue
        if rulebook.id in rulebooks:
            reason = f"there is a rulebook {rulebook.id!r} already; this one is left out"
            problems.append(RulebookProblem(path, 1, reason))
        else:
            rulebooks[rulebook.id] = rulebook
    return Library(rulebooks, tuple(problems))


def _files() -> Iterator[Path]:
    for folder in (resources.path("rulebooks"), own_folder()):
        if folder.is_dir():
            files = sorted(folder.glob("*.toml"))
            yield from (path for path in files if path.name != "violation_types.toml")


def check(path: Path) -> list[RulebookProblem]:
    """All that is wrong with a rulebook, by line; nothing if it can be used."""
    try:
        load(path)
    except RulebookError as error:
        return list(error.problems)
    return []


def load(path: Path) -> Rulebook:
    """Read one rulebook.

    Raises:
        RulebookError: It cannot be read, or something in it is wrong.
    """
    text = _text_of(path)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        problem = RulebookProblem(path, _line_of_syntax(error), f"it is no TOML: {error}")
        raise RulebookError((problem,)) from error
    return _Reader(path, text).rulebook(values)


def _text_of(path: Path) -> str:
    try:
        if not path.is_file():
            raise FileNotFoundError("there is no such file")
        if path.stat().st_size > _MOST_BYTES:
            raise OSError(f"it is larger than {_MOST_BYTES:,} bytes")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise RulebookError((RulebookProblem(path, 1, f"it cannot be read: {error}"),)) from error


def _line_of_syntax(error: Exception) -> int:
    at = re.search(r"at line (\d+)", str(error))
    return int(at[1]) if at is not None else 1


class _Lines:
    """Where the tables of a file begin."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._starts: dict[str, list[int]] = {"instrument": [], "rule": []}
        for number, line in enumerate(self._lines):
            header = re.match(r"\s*\[\[\s*(instrument|rule)\s*\]\]", line)
            if header is not None:
                self._starts[header[1]].append(number)

    def line(self, kind: str, place: int, key: str) -> int:
        """The line, from 1, of a key in the table of that kind and place; else of the table."""
        starts = self._starts.get(kind, [])
        first = starts[place] if place < len(starts) else 0
        others = (start for all_of in self._starts.values() for start in all_of if start > first)
        last = min(others, default=len(self._lines))
        looked_for = re.compile(rf"\s*\[*[\w.]*\b{re.escape(key)}\b[\w.]*\s*(=|\])")
        for number in range(first, last) if key else ():
            if looked_for.match(self._lines[number]):
                return number + 1
        return first + 1


class _Reader:
    """Turns the tables of one file into a rulebook, and notes all that is wrong on the way."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = _Lines(text)
        self._problems: list[RulebookProblem] = []
        self._where = ("", 0)

    def rulebook(self, values: Mapping[str, Any]) -> Rulebook:
        head = self._head(values)
        instruments: dict[str, _Instrument] = {}
        for table in self._each(values, "instrument"):
            name = self._tried("", toml_values.identity, table)
            if name in instruments:
                self._note(f"there are two instruments {name!r}", "id")
            instruments[name] = self._instrument(table)
        rules: dict[str, Rule] = {}
        for table in self._each(values, "rule"):
            rule = _RuleReader(table, instruments, head["id"], self._tried).rule()
            if rule.id in rules:
                self._note(f"there are two rules {rule.id!r}", "id")
            rules[rule.id] = rule
        if self._problems:
            raise RulebookError(tuple(sorted(self._problems, key=lambda problem: problem.line)))
        return Rulebook(**head, rules=tuple(rules.values()))

    def _head(self, values: Mapping[str, Any]) -> dict[str, str]:
        texts = ("name_en", "name_zh")
        self._tried(None, toml_values.only, values, {*texts, *_HEAD})
        version = self._tried(date.min, toml_values.day, values, "version")
        return {
            "id": self._tried("", toml_values.identity, values),
            "version": version.isoformat(),
            "region": self._tried("", toml_values.region, values),
            "timezone": self._tried("", toml_values.zone, values),
            **{name: self._tried("", toml_values.word, values, name) for name in texts},
        }

    def _each(self, values: Mapping[str, Any], kind: str) -> Iterator[Mapping[str, Any]]:
        tables = values.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._note(f"`{kind}` must be written as [[{kind}]]", kind)
            return
        if len(tables) > _MOST_TABLES:
            self._note(f"there are more than {_MOST_TABLES} of [[{kind}]]", kind)
            return
        for place, table in enumerate(tables):
            self._where = (kind, place)
            yield table
        self._where = ("", 0)

    def _instrument(self, table: Mapping[str, Any]) -> _Instrument:
        self._tried(None, toml_values.only, table, _INSTRUMENT)
        nothing: tuple[date | None, date | None] = (None, None)
        return _Instrument(
            self._tried("", toml_values.word, table, "name"),
            self._tried("", toml_values.text, table, "number"),
            self._tried(Force.GUIDANCE, toml_values.law, table),
            *self._tried(nothing, toml_values.period, table, None, None),
        )

    def _tried(self, otherwise: _Value, read: Callable[..., _Value], *arguments: Any) -> _Value:
        """What reading returns, or another value and a problem if something is wrong."""
        try:
            return read(*arguments)
        except toml_values.WrongValueError as error:
            self._note(str(error), error.key)
            return otherwise

    def _note(self, reason: str, key: str) -> None:
        line = self._lines.line(*self._where, key)
        self._problems.append(RulebookProblem(self._path, line, reason))


_HEAD = ("id", "version", "region", "timezone", "instrument", "rule")
_INSTRUMENT = {"id", "name", "number", "force", "in_force_from", "in_force_until"}
_PROVISION = {
    "instrument",
    "article",
    "quote",
    "source",
    "print",
    "fact",
    "force",
    "reservation_en",
    "reservation_zh",
    "in_force_from",
    "in_force_until",
}
_RULE = {
    "id",
    "violation",
    "applies_to",
    "only_known_kinds",
    "asks",
    "provision",
    "also",
    "predicate",
    *_TEXTS,
}


@dataclass(frozen=True, slots=True)
class _Instrument:
    name: str
    number: str
    force: Force
    in_force_from: date | None
    in_force_until: date | None


@dataclass(frozen=True, slots=True)
class _RuleReader:
    """Reads one rule.

    Attributes:
        table: As it stands in the file.
        instruments: Of the file, by id.
        rulebook: The id of the rulebook, with which those of its rules begin.
        tried: Notes what is wrong.
    """

    table: Mapping[str, Any]
    instruments: Mapping[str, _Instrument]
    rulebook: str
    tried: Callable[..., Any]

    def rule(self) -> Rule:
        """The rule, with stand-ins where something is wrong."""
        table = self.table
        self.tried(None, toml_values.only, table, _RULE)
        violation = self.tried("", toml_values.violation, table)
        kind, parameters = self.tried(("", {}), toml_values.predicate, table, violation)
        main = "provision" in table
        also = self.tried([], toml_values.tables, table, "also")
        texts = {name: self.tried("", toml_values.word, table, name) for name in _TEXTS}
        return Rule(
            id=self.tried("", toml_values.rule_identity, table, self.rulebook),
            violation=violation,
            predicate=kind,
            parameters=parameters,
            applies_to=frozenset(
                self.tried((), toml_values.choices, table, "applies_to", CollectorKind)
            ),
            provision=self.tried(None, self._provision, table["provision"]) if main else None,
            **texts,
            also=tuple(self.tried(None, self._provision, table) for table in also),
            only_known_kinds=self.tried(False, toml_values.flag, table, "only_known_kinds"),
            asks=self.tried((), toml_values.choices, table, "asks", Missing),
        )

    def _provision(self, table: Any) -> Provision:
        if not isinstance(table, dict):
            toml_values.fail("`provision` must be a table", "provision")
        toml_values.only(table, _PROVISION)
        name = toml_values.word(table, "instrument")
        if name not in self.instruments:
            toml_values.fail(f"there is no instrument {name!r}", "instrument")
        instrument = self.instruments[name]
        begin, end = toml_values.period(table, instrument.in_force_from, instrument.in_force_until)
        citing = toml_values.choice(table, "print", Citing)
        reservations = (
            toml_values.text(table, "reservation_en"),
            toml_values.text(table, "reservation_zh"),
        )
        if citing is Citing.AFTER_CHECK and not all(reservations):
            toml_values.fail(
                "what is printed after a check needs `reservation_en` and `reservation_zh`"
            )
        return Provision(
            instrument.name,
            instrument.number,
            toml_values.text(table, "article"),
            toml_values.text(table, "quote"),
            toml_values.word(table, "source"),
            toml_values.law(table) if "force" in table else instrument.force,
            citing,
            *reservations,
            begin,
            end,
            toml_values.text(table, "fact"),
        )
