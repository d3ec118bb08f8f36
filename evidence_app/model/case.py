"""What a case is about, and where its rules come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CASE_ENDING = ".evcase"
"""How the name of a case file ends."""


class Jurisdiction(StrEnum):
    """Whose rules apply, as ISO 3166-1 alpha-2 codes in lower case."""

    CHINA = "cn"
    UNITED_STATES = "us"
    UNITED_KINGDOM = "gb"
    INDIA = "in"
    AUSTRALIA = "au"
    PHILIPPINES = "ph"
    INDONESIA = "id"
    OTHER = "other"

    def region(self) -> str | None:
        """The region by whose habits telephone numbers are read, or None."""
        return None if self is Jurisdiction.OTHER else self.value.upper()


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """What the person says of the whole case.

    Attributes:
        title: What the person calls it.
        owner_name: The person's name.
        timezone: IANA name of the zone in which days are counted.
        jurisdiction: Whose rules apply.
        created_at: Aware.
        case_id: A random identity that travels with the file.
    """

    title: str
    owner_name: str
    timezone: str
    jurisdiction: Jurisdiction
    created_at: datetime
    case_id: str
