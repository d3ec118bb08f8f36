"""Sentences for the person, as data: a code and arguments, worded where they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence_app.messages.cases import CASE_TEXTS
from evidence_app.messages.codes import MessageCode
from evidence_app.messages.doubts import DOUBT_TEXTS
from evidence_app.messages.files import FILE_TEXTS
from evidence_app.messages.marking import QT_TRANSLATE_NOOP
from evidence_app.messages.transcripts import TRANSCRIPT_TEXTS

__all__ = ["QT_TRANSLATE_NOOP", "Message", "MessageCode", "message"]

TEXTS = {**FILE_TEXTS, **CASE_TEXTS, **DOUBT_TEXTS, **TRANSCRIPT_TEXTS}
"""The English sentence of each code."""


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with its arguments.

    Attributes:
        code: Which sentence.
        arguments: What stands in its places; every value is already text.
    """

    code: MessageCode
    arguments: dict[str, str] = field(default_factory=dict)

    def english(self) -> str:
        """The sentence in English."""
        return self.worded(TEXTS[self.code])

    def source_text(self) -> str:
        """The English sentence with its places still open: the key of its translation."""
        return TEXTS[self.code]

    def worded(self, template: str) -> str:
        """Fill the places of ``template``, a translation of `source_text`."""
        return template.format_map(self.arguments)


def message(code: MessageCode, **arguments: object) -> Message:
    """Make a message; arguments become text."""
    return Message(code, {name: str(value) for name, value in arguments.items()})
