"""Questions: what a file cannot tell and only the person knows; asked, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class QuestionKind(StrEnum):
    """What is asked."""

    PASSWORD = "password"
    MAPPING = "mapping"
    DATE_ORDER = "date_order"
    OWNER = "owner"
    TIMEZONE = "timezone"
    CALL_WORDS = "call_words"
    DURATION_UNIT = "duration_unit"
    ENCODING = "encoding"
    CORRESPONDENT = "correspondent"
    CONVERSATION = "conversation"
    YEAR = "year"


class DurationUnit(StrEnum):
    """What a column of durations counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"


class DateOrder(StrEnum):
    """In which order dates as 03/04/26 are written."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the columns of a table hold, as the person said.

    Attributes:
        columns: For each meaning (``time``, ``number``, ``direction``, ``duration``, ``name``,
            ``text``, ``date``, ``clock``, ``caller``, ``callee``, ``minutes``, ``seconds``,
            ``outcome``) the position of its column, from 0.
        heading: The words of the row that stands above the entries; empty if none does. A table
            with the same heading is read by the same mapping.
        directions: What words in the direction column mean: ``incoming``, ``outgoing`` or
            ``missed``, by the word.
    """

    columns: Mapping[str, int]
    heading: tuple[str, ...] = ()
    directions: Mapping[str, str] = field(default_factory=dict)


class ConversationPart(StrEnum):
    """What a part of each line of a conversation is."""

    TIME = "time"
    AUTHOR = "author"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class TableWords:
    """What the person said of the words and figures in tables of one layout.

    Attributes:
        heading: The row that stands above the entries; empty if none does.
        meanings: What words say of who called and what became of it, by the word; the empty word
            stands for what has none. The meanings are those of `intake.call_words.MEANINGS`.
        unit: What durations count, or None.
    """

    heading: tuple[str, ...]
    meanings: Mapping[str, str] = field(default_factory=dict)
    unit: DurationUnit | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known about a file that it does not tell itself.

    Attributes:
        date_order: How its dates are written, or None.
        owners: Numbers, addresses and names of the person whose phone or account it is.
        mappings: What the columns of tables hold; the newest that fits is taken.
        password: To open it, or empty.
        table_words: What words and figures of tables mean; the first that fits is taken.
        encoding: In what encoding its words are, by Python's name, or empty.
        correspondent: Whose conversation with the owner it is, or empty.
        conversation: What the parts of its lines are, in the order in which the question showed
            them; nothing if it is only a document; None if that was not said.
        year: The year of the newest of its dates that have none, or None.
    """

    date_order: DateOrder | None = None
    owners: tuple[str, ...] = ()
    mappings: tuple[TableMapping, ...] = ()
    password: str = ""
    table_words: tuple[TableWords, ...] = ()
    encoding: str = ""
    correspondent: str = ""
    conversation: tuple[ConversationPart, ...] | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a file does not tell.

    Attributes:
        kind: What is asked.
        detail: What helps to answer, as JSON values: for ``date_order`` ``samples`` (dates as
            written); for ``owner`` ``candidates`` (names or numbers that occur); for ``mapping``
            ``rows`` (the first rows as words), ``guess`` (a mapping's ``columns``) and
            ``heading_row`` (from 0, or -1); for ``timezone`` ``assumed``; for ``call_words``
            ``words`` (for each the ``word``, empty for none, its ``count``, and ``rows`` as
            examples) and ``heading``; for ``duration_unit`` ``samples`` (as written) and
            ``heading``; for ``encoding`` ``samples`` (how words look, by the encoding); for
            ``conversation`` ``rows`` (the first messages, each as time, author and text); for
            ``year`` ``samples`` (the oldest and the newest date as written, each with how many
            years it is before that of the newest).
        blocking: Whether entries lack something until it is answered.
    """

    kind: QuestionKind
    detail: Mapping[str, Any] = field(default_factory=dict)
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about an item of the case.

    Attributes:
        id: Its number in the case.
        item_id: The item that it is about.
        filename: The item's file name.
        origin: The folder or file that it comes from.
        question: What is asked.
        answer: What was answered, as a JSON value; None while it is open.
    """

    id: int
    item_id: int
    filename: str
    origin: str
    question: Question
    answer: Any = None


def answer_values(answers: Answers) -> dict[str, Any]:
    """Answers as JSON values."""
    return {
        "date_order": answers.date_order,
        "owners": list(answers.owners),
        "password": answers.password,
        "conversation": None if answers.conversation is None else list(answers.conversation),
        "mappings": [mapping_values(mapping) for mapping in answers.mappings],
        "table_words": [
            {
                "heading": list(table_words.heading),
                "meanings": dict(table_words.meanings),
                "unit": table_words.unit,
            }
            for table_words in answers.table_words
        ],
        "encoding": answers.encoding,
        "correspondent": answers.correspondent,
        "year": answers.year,
    }


def answers_from_json(values: dict[str, Any]) -> Answers:
    """The reverse of `answer_values`."""
    order, parts = values["date_order"], values["conversation"]
    return Answers(
        date_order=DateOrder(order) if order else None,
        owners=tuple(values["owners"]),
        mappings=tuple(map(mapping_from_json, values["mappings"])),
        password=values["password"],
        table_words=tuple(
            TableWords(
                tuple(table_words["heading"]),
                table_words["meanings"],
                DurationUnit(table_words["unit"]) if table_words["unit"] else None,
            )
            for table_words in values["table_words"]
        ),
        encoding=values["encoding"],
        correspondent=values["correspondent"],
        conversation=None if parts is None else tuple(map(ConversationPart, parts)),
        year=values["year"],
    )


def mapping_values(mapping: TableMapping) -> dict[str, Any]:
    """A mapping of columns as JSON values."""
    return {
        "columns": dict(mapping.columns),
        "heading": list(mapping.heading),
        "directions": dict(mapping.directions),
    }


def mapping_from_json(values: dict[str, Any]) -> TableMapping:
    """The reverse of `mapping_values`.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: The values are no mapping.
    """
    return TableMapping(
        columns={str(name): int(position) for name, position in values["columns"].items()},
        heading=tuple(map(str, values.get("heading", ()))),
        directions={str(a): str(b) for a, b in values.get("directions", {}).items()},
    )
