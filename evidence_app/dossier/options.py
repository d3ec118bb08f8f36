"""What the person chooses for a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
PageSize = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class DossierOptions:
    """The choices.

    Attributes:
        language: Of everything that the program says itself.
        page: Paper size.
        include_timeline: Whether every entry is listed by day.
        include_exhibits: Whether the exhibits are shown; the list of originals always is there.
        include_call_logs: Whether the rows of call logs and message exports are printed.
        only_findings: Leave out items and entries on which nothing was confirmed; the dossier
            says so.
        whole_originals: Put a file of which only some records are chosen into a package whole,
            with everything else that is in it; else only the chosen records go into it.
    """

    language: Language = "en"
    page: PageSize = "a4"
    include_timeline: bool = True
    include_exhibits: bool = True
    include_call_logs: bool = True
    only_findings: bool = False
    whole_originals: bool = False
