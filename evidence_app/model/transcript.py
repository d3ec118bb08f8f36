"""What is said in a recording: segments with their times."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence_app.model.mark import Stretch


class TranscriptOrigin(StrEnum):
    """Where the words of a segment come from."""

    TYPED = "typed"
    """The person wrote them while listening."""
    FILE = "transcript_file"
    """Another program wrote them, in a file that the person chose."""
    SPEECH = "speech"
    """A speech model heard them."""


_UNSURE = 0.37
"""An average log probability of -1."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are said in a stretch of a recording.

    Attributes:
        stretch: When.
        text: The words, on one line.
        speaker: Who says them, as the source names it; empty if it does not.
        confidence: That of a model, from 0 to 1; 0 if the words are doubtful. None if no model
            heard them.
    """

    stretch: Stretch
    text: str
    speaker: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A segment that is kept in a case.

    Attributes:
        id: Its number in the case.
        stretch: When it is said.
        text: The words as their origin has them.
        corrected: What the person made of them; None if nothing.
        speaker: Who says them, or empty.
        origin: Where the words come from.
        source: The file or the engine that they come from; empty if the person typed them.
        confidence: That of a model, from 0 to 1; None if no model heard them.
    """

    id: int
    stretch: Stretch
    text: str
    corrected: str | None
    speaker: str
    origin: TranscriptOrigin
    source: str
    confidence: float | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether a model is so unsure of the words that they may be invented."""
        return self.corrected is None and self.confidence is not None and self.confidence < _UNSURE

    @property
    def words(self) -> str:
        """What holds: the person's text before that of a program."""
        return self.text if self.corrected is None else self.corrected
