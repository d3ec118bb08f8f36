"""Reads the lexicons of ``resources/lexicons`` and checks them.

Each file is a TOML file of one language: ``[classes]``, ``[[entry]]``, ``[[harmless]]``; one file,
``spelling.toml``, says which spellings stand for which words. ``README.md`` beside them describes
them for authors.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from evidence_app import resources
from evidence_app.folding import simplified_characters
from evidence_app.rulebook import violations
from evidence_app.rulebook.lexicon_normal import Normaliser, Rewriting
from evidence_app.rulebook.lexicon_patterns import (
    Classes,
    Pattern,
    PatternError,
    compile_pattern,
)

URGES_SELF_HARM = "urges_self_harm"
LANGUAGES = ("zh", "en", "hinglish")
_LATIN_WORD = re.compile("[a-z]{3,}")


class Strength(StrEnum):
    """How much a hit says."""

    STRONG = "strong"
    """The words show the violation."""
    WEAK = "weak"
    """The words fit, and have harmless readings too."""


class Scope(StrEnum):
    """How far a harmless context reaches."""

    TEXT = "text"
    SENTENCE = "sentence"


class LexiconError(ValueError):
    """A lexicon is wrong: the file, the entry, and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that show violations.

    Attributes:
        id: Its name.
        language: One of :data:`LANGUAGES`.
        violations: The violation codes that a hit shows, or :data:`URGES_SELF_HARM`.
        strength: How much a hit says.
        is_certain: Whether the words are so specific that what a text resembles does not weaken
            them.
        keeps_negated: Whether the words themselves hold a negation ("won't let you go").
        patterns: Any of them is a hit.
        unless: Any of these in the same sentence, and there is no hit.
    """

    id: str
    language: str
    violations: tuple[str, ...]
    strength: Strength
    is_certain: bool
    keeps_negated: bool
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Harmless:
    """A context in which words show no violation: news, a warning, the person's own words.

    Attributes:
        id: Its name.
        scope: How far it reaches.
        is_of_unknown: Whether it counts only where nobody knows who speaks.
        violations: What it silences; empty: everything.
        patterns: Any of them is a hit.
        unless: Any of these in the same reach, and it silences nothing.
    """

    id: str
    scope: Scope
    is_of_unknown: bool
    violations: frozenset[str]
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class LexiconData:
    """Everything that the lexicons hold.

    Attributes:
        entries: What shows violations.
        harmless: What silences entries.
        negations: What makes a hit say the opposite, by language.
        negated_lists: What begins a list of things that are all negated, by language.
        list_ends: What such a list does not hold, so that it ends before, by language.
        addresses: Words that speak to somebody.
        normaliser: What brings a text into the spelling of the patterns.
    """

    entries: tuple[Entry, ...]
    harmless: tuple[Harmless, ...]
    negations: Mapping[str, tuple[Pattern, ...]]
    negated_lists: Mapping[str, tuple[Pattern, ...]]
    list_ends: Mapping[str, tuple[Pattern, ...]]
    addresses: tuple[Pattern, ...]
    normaliser: Normaliser


def load(folder: Path | None = None) -> LexiconData:
    """Read all lexicons of a folder, those of the program if none is named.

    Raises:
        LexiconError: One of them is wrong.
    """
    folder = folder or resources.path("lexicons")
    readers = [
        _Reader(path) for path in sorted(folder.glob("*.toml")) if path.name != "spelling.toml"
    ]
    entries = tuple(entry for reader in readers for entry in reader.entries())
    ids = [entry.id for entry in entries]
    for entry_id in ids:
        if ids.count(entry_id) > 1:
            raise LexiconError(f"two entries have the id {entry_id!r}")
    return LexiconData(
        entries,
        tuple(context for reader in readers for context in reader.harmless()),
        {reader.language: reader.list_of("negations") for reader in readers},
        {reader.language: reader.optional_list_of("negated_lists") for reader in readers},
        {reader.language: reader.optional_list_of("list_ends") for reader in readers},
        tuple(pattern for reader in readers for pattern in reader.list_of("addresses")),
        _normaliser(folder, frozenset(word for reader in readers for word in reader.words())),
    )


def _normaliser(folder: Path, vocabulary: frozenset[str]) -> Normaliser:
    spelling = tomllib.loads((folder / "spelling.toml").read_text(encoding="utf-8"))
    spellings = {
        variant: word
        for word, variants in spelling["words"].items()
        for variant in variants.split("|")
    }
    rewritings = [Rewriting(re.compile(row["find"]), row["write"]) for row in spelling["rewriting"]]
    pinyin = {word: syllables.split() for word, syllables in spelling["pinyin"].items()}
    return Normaliser(simplified_characters(), spellings, rewritings, pinyin, vocabulary)


_ENTRY_KEYS = frozenset(
    {"id", "violation", "also", "strength", "certain", "keeps_negated", "patterns", "unless"}
)


class _Reader:
    """Turns one file into entries and contexts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = path.read_text(encoding="utf-8")
        try:
            self._values: Mapping[str, Any] = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{path.name}: {error}") from error
        self.language = str(self._values.get("language"))
        if self.language not in LANGUAGES:
            raise LexiconError(f"{path.name}: `language` must be one of {', '.join(LANGUAGES)}")
        self._classes = Classes(self._values.get("classes", {}), self.language)

    def words(self) -> Iterator[str]:
        """All Latin words of the file."""
        yield from _LATIN_WORD.findall(self._text)

    def list_of(self, name: str) -> tuple[Pattern, ...]:
        """The patterns of a list that the whole file has once."""
        return self._patterns(name, self._values.get(name, []))

    def optional_list_of(self, name: str) -> tuple[Pattern, ...]:
        """The patterns of a list that a file may lack."""
        return self.list_of(name) if name in self._values else ()

    def entries(self) -> Iterator[Entry]:
        for table in self._values.get("entry", []):
            name = self._id(table)
            self._only(name, table, _ENTRY_KEYS)
            codes = (str(table.get("violation")), *table.get("also", ()))
            self._check_codes(name, codes)
            try:
                strength = Strength(table.get("strength", Strength.STRONG))
            except ValueError as error:
                raise self._error(name, "`strength` is neither strong nor weak") from error
            yield Entry(
                name,
                self.language,
                codes,
                strength,
                bool(table.get("certain", False)),
                bool(table.get("keeps_negated", False)),
                self._patterns(name, table.get("patterns", [])),
                self._unless(name, table),
            )

    def harmless(self) -> Iterator[Harmless]:
        for table in self._values.get("harmless", []):
            name = self._id(table)
            self._only(name, table, {"id", "scope", "speaker", "violations", "patterns", "unless"})
            codes = frozenset(table.get("violations", ()))
            self._check_codes(name, tuple(codes))
            if table.get("scope") not in tuple(Scope):
                raise self._error(name, "`scope` is neither text nor sentence")
            if table.get("speaker", "unknown") != "unknown":
                raise self._error(name, "`speaker` can only be unknown")
            yield Harmless(
                name,
                Scope(table["scope"]),
                "speaker" in table,
                codes,
                self._patterns(name, table.get("patterns", [])),
                self._unless(name, table),
            )

    def _unless(self, name: str, table: Mapping[str, Any]) -> tuple[Pattern, ...]:
        return self._patterns(name, table["unless"]) if "unless" in table else ()

    def _patterns(self, name: str, sources: object) -> tuple[Pattern, ...]:
        if not isinstance(sources, list) or not sources:
            raise self._error(name, "there are no patterns")
        try:
            return tuple(compile_pattern(str(source), self._classes) for source in sources)
        except PatternError as error:
            raise self._error(name, str(error)) from error

    def _id(self, table: Mapping[str, Any]) -> str:
        name = table.get("id")
        if not isinstance(name, str) or not name:
            raise self._error("?", "an `id` is missing")
        return name

    def _only(self, name: str, table: Mapping[str, Any], allowed: Set[str]) -> None:
        for key in table:
            if key not in allowed:
                raise self._error(name, f"`{key}` is not known here")

    def _check_codes(self, name: str, codes: tuple[str, ...]) -> None:
        allowed = {violation.code for violation in violations.all_types()} | {URGES_SELF_HARM}
        for code in codes:
            if code not in allowed:
                raise self._error(name, f"there is no violation type {code!r}")

    def _error(self, name: str, reason: str) -> LexiconError:
        return LexiconError(f"{self._path.name}: {name}: {reason}")
