"""A text that stands in an item, as rules ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evidence_app.model.event import Direction


@dataclass(frozen=True, slots=True)
class ItemPassage:
    """Words of one side in a document, a picture or a recording.

    Attributes:
        text: The words.
        direction: Of a message in a picture: whose it is; ``NONE`` where that is not known.
        identifier: The other side's number or account as it stands there, or empty.
        speaker: Of a recording: ``me``, ``collector``, or a name that says nothing of the side;
            empty if not known.
        day: On which it was said, if it stands beside the words.
        is_read_by_machine: Whether the program read or heard it and the person did not confirm it.
    """

    text: str
    direction: Direction = Direction.NONE
    identifier: str = ""
    speaker: str = ""
    day: date | None = None
    is_read_by_machine: bool = False
