"""Sentences for the person, as data: a code and arguments, worded where they are shown."""

from __future__ import annotations

from collections.abc import Callable
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

_COUNTS = frozenset(
    {"count", "declared", "length", "limit", "megabytes", "minutes", "most", "read", "skipped"}
)
"""The arguments that say how many, in whatever sentence they stand."""

_FURTHER_COUNTS = {
    MessageCode.COUNT_DIFFERS: frozenset({"found"}),
    MessageCode.DOUBT_TAIL_CUT: frozenset({"found", "expected"}),
    MessageCode.NOT_VOUCHED_BEFORE: frozenset({"found"}),
}
"""Those that say something else in other sentences."""

_MOST_DIGITS = 18
GroupDigits = Callable[[int], str]


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

    def worded(self, template: str, grouped: GroupDigits = "{:,}".format) -> str:
        """Fill the places of a template.

        Args:
            template: A translation of `source_text`.
            grouped: Writes a count with the separators of the template's language.
        """
        counts = _COUNTS | _FURTHER_COUNTS.get(self.code, frozenset())
        return template.format_map(
            {
                name: grouped(int(value)) if name in counts and _is_number(value) else value
                for name, value in self.arguments.items()
            }
        )


def _is_number(value: str) -> bool:
    """Whether it is written in plain digits; some come from files of strangers."""
    return value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS


def message(code: MessageCode, **arguments: object) -> Message:
    """Make a message; arguments become text."""
    return Message(code, {name: str(value) for name, value in arguments.items()})
