"""What the person chooses for a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["en", "zh"]
DossierLanguage = Literal["en", "zh", "both"]
"""Of a dossier: both are Chinese and English side by side."""

PageSize = Literal["a4", "letter"]


class Part(StrEnum):
    """A chapter that the person can choose; cover and contents always are there."""

    LIST = "list"
    GLANCE = "glance"
    FINDINGS = "findings"
    CHRONOLOGY = "chronology"
    EXHIBITS = "exhibits"
    LOGS = "logs"
    NUMBERS = "numbers"
    ORIGINALS = "originals"
    COMPLETENESS = "completeness"
    CUSTODY = "custody"
    READING = "reading"
    DECLARATION = "declaration"


class Profile(StrEnum):
    """For whom a dossier is made: which parts it has, in which order, and what it asks for."""

    COMPLAINT = "complaint"
    COURT = "court"
    POLICE = "police"
    FULL = "full"


PARTS: dict[Profile, tuple[Part, ...]] = {
    Profile.COMPLAINT: (
        Part.GLANCE,
        Part.FINDINGS,
        Part.CHRONOLOGY,
        Part.EXHIBITS,
        Part.LOGS,
        Part.LIST,
        Part.COMPLETENESS,
        Part.ORIGINALS,
        Part.CUSTODY,
        Part.READING,
        Part.DECLARATION,
    ),
    Profile.COURT: (
        Part.LIST,
        Part.GLANCE,
        Part.EXHIBITS,
        Part.CHRONOLOGY,
        Part.LOGS,
        Part.NUMBERS,
        Part.COMPLETENESS,
        Part.ORIGINALS,
        Part.CUSTODY,
        Part.READING,
        Part.DECLARATION,
    ),
    Profile.POLICE: (
        Part.GLANCE,
        Part.NUMBERS,
        Part.FINDINGS,
        Part.CHRONOLOGY,
        Part.EXHIBITS,
        Part.LOGS,
        Part.LIST,
        Part.COMPLETENESS,
        Part.ORIGINALS,
        Part.CUSTODY,
        Part.DECLARATION,
    ),
    Profile.FULL: (
        Part.GLANCE,
        Part.FINDINGS,
        Part.CHRONOLOGY,
        Part.EXHIBITS,
        Part.LOGS,
        Part.NUMBERS,
        Part.LIST,
        Part.COMPLETENESS,
        Part.ORIGINALS,
        Part.CUSTODY,
        Part.READING,
        Part.DECLARATION,
    ),
}
"""The parts of each profile in their order."""


@dataclass(frozen=True, slots=True)
class DossierOptions:
    """The choices.

    Attributes:
        language: Of everything that the program says itself.
        page: Paper size.
        profile: For whom it is; says what is asked for, unless ``request`` does.
        parts: The chapters in their order; None for those of the profile.
        binding_margin: Leave 28 mm at the left edge for binding or punching.
        request: What is asked for, in the person's words.
        only_findings: Leave out items and entries on which nothing was confirmed; the dossier
            says so.
        whole_originals: Put a file of which only some records are chosen into a package whole,
            with everything else that is in it; else only the chosen records go into it.
        with_location: Say where photos were taken and with which device, if their files tell, and
            put such files into a package as they are; else copies without that go into it.
        embed_originals: Let the originals lie within the dossier (PDF/A-3b); the list of originals
            is in it then, in any case.
    """

    language: DossierLanguage = "en"
    page: PageSize = "a4"
    profile: Profile = Profile.FULL
    parts: tuple[Part, ...] | None = None
    request: str = ""
    binding_margin: bool = False
    only_findings: bool = False
    whole_originals: bool = False
    with_location: bool = False
    embed_originals: bool = False

    @property
    def language_of_tables(self) -> Language:
        """Of the titles of tables for programs, which have only one."""
        return "en" if self.language == "both" else self.language

    def chapters(self) -> tuple[Part, ...]:
        """The chapters in their order, none twice."""
        chosen = PARTS[self.profile] if self.parts is None else self.parts
        needed = (Part.ORIGINALS,) if self.embed_originals else ()
        return tuple(dict.fromkeys((*chosen, *needed)))

    def has(self, part: Part) -> bool:
        """Whether a chapter is in it."""
        return part in self.chapters()

    def without(self, *parts: Part) -> tuple[Part, ...]:
        """The chapters but for some."""
        return tuple(part for part in self.chapters() if part not in parts)
