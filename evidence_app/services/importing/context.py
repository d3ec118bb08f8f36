"""What is known about a file that it does not tell itself, from the person and the case."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.casefile.records import questions as question_records
from evidence_app.errors import UsageError
from evidence_app.intake.readers.tables.call_words import MEANINGS
from evidence_app.intake.readers.tables.encoding import CANDIDATES
from evidence_app.messages import MessageCode, message
from evidence_app.model.party import Party, Role
from evidence_app.model.question import (
    Answers,
    ConversationPart,
    DateOrder,
    DurationUnit,
    OpenQuestion,
    QuestionKind,
    TableMapping,
    TableWords,
    mapping_from_json,
)
from evidence_app.model.times import zone

_FIRST_YEAR = 1995
_UNICODE = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be"})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person said beforehand, for all files of an import.

    Attributes:
        date_order: How dates as 03/04/26 are written, or None.
        owners: Numbers and names of the person whose phone or account it is.
        timezone: IANA name of the zone of wall-clock times, or None for the case's.
        mappings: What the columns of tables hold.
        password: To open archives.
        device: The phone or computer that the files come from, or empty.
    """

    date_order: DateOrder | None = None
    owners: tuple[str, ...] = ()
    timezone: str | None = None
    mappings: tuple[TableMapping, ...] = ()
    password: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a reader is told, and by what zone its wall-clock times are understood.

    Attributes:
        answers: See `intake.records.Source`.
        where: The zone of the case.
        own_zone: The zone of wall-clock times, if it was said.
        region: See `intake.records.Source`.
    """

    answers: Answers
    where: ZoneInfo
    own_zone: ZoneInfo | None
    region: str | None


def context_for(
    case: CaseFile, options: ImportOptions, item_id: int | None = None
) -> ReadingContext:
    """What is known about a new file, or about an item with the answers that it has.

    Numbers of the person's own and mappings that were given for other files help as well.
    """
    with case.read() as connection:
        questions = question_records.questions(connection)
        info = case_records.info(connection)
        names = _own_names(party_records.parties(connection), info.owner_name)
    answered = {
        open_question.question.kind: open_question.answer
        for open_question in questions
        if open_question.item_id == item_id and open_question.answer is not None
    }
    order = answered.get(QuestionKind.DATE_ORDER)
    timezone = answered.get(QuestionKind.TIMEZONE, options.timezone)
    owners = [*options.owners, *answered.get(QuestionKind.OWNER, ()), *names]
    mappings = [*options.mappings, *_mappings(questions)]
    if QuestionKind.MAPPING in answered:
        mappings.insert(0, mapping_from_json(answered[QuestionKind.MAPPING]))
    return ReadingContext(
        Answers(
            date_order=DateOrder(order) if order else options.date_order,
            owners=tuple(dict.fromkeys(owners)),
            mappings=tuple(mappings),
            password=options.password,
            table_words=tuple(_table_words(questions, item_id)),
            encoding=answered.get(QuestionKind.ENCODING, ""),
            correspondent=answered.get(QuestionKind.CORRESPONDENT, ""),
            conversation=_parts(answered.get(QuestionKind.CONVERSATION)),
            year=answered.get(QuestionKind.YEAR),
        ),
        zone(info.timezone),
        zone(timezone) if timezone else None,
        info.jurisdiction.region(),
    )


def checked(kind: QuestionKind, value: Any) -> Any:
    """An answer in the form in which it is kept.

    Raises:
        UsageError: It is no answer to a question of that kind.
    """
    try:
        return _CHECKS[kind](value)
    except (ValueError, TypeError, KeyError, AttributeError, LookupError) as error:
        raise UsageError(message(MessageCode.WRONG_ANSWER, value=value)) from error


def _names(value: Any) -> list[str]:
    names = [value] if isinstance(value, str) else [str(name) for name in value]
    return [name.strip() for name in names if name.strip()]


def _mapping(value: Any) -> Any:
    mapping_from_json(value)
    return value


def _meanings(value: Any) -> dict[str, str]:
    return {str(word): _meaning(meaning) for word, meaning in value.items()}


def _meaning(value: str) -> str:
    if value not in MEANINGS:
        raise ValueError(value)
    return value


def _encoding(value: str) -> str:
    name = value.strip().lower()
    if name not in CANDIDATES and codecs.lookup(name).name not in _UNICODE:
        raise ValueError(value)
    return name


def _name(value: str) -> str:
    if not value.strip():
        raise ValueError(value)
    return value.strip()


def _year(value: Any) -> int:
    year = int(value)
    if not _FIRST_YEAR <= year <= datetime.now(UTC).year + 1:
        raise ValueError(value)
    return year


def _parts(answer: Any) -> tuple[ConversationPart, ...] | None:
    return None if answer is None else tuple(map(ConversationPart, answer))


def _checked_parts(value: Any) -> list[str]:
    """What the parts of a conversation are; nothing for a document."""
    items = [] if value == "document" else value
    parts = [ConversationPart(part).value for part in items]
    if parts and (len(set(parts)) < len(parts) or len(parts) != len(ConversationPart)):
        raise ValueError(value)
    return parts


_CHECKS: Mapping[QuestionKind, Callable[[Any], Any]] = {
    QuestionKind.DATE_ORDER: lambda value: DateOrder(str(value).lower()).value,
    QuestionKind.TIMEZONE: lambda value: zone(str(value)).key,
    QuestionKind.OWNER: _names,
    QuestionKind.MAPPING: _mapping,
    # The password itself is not kept: it may open more than this file.
    QuestionKind.PASSWORD: lambda value: True,
    QuestionKind.DURATION_UNIT: lambda value: DurationUnit(str(value).lower()).value,
    QuestionKind.CALL_WORDS: _meanings,
    QuestionKind.ENCODING: lambda value: _encoding(str(value)),
    QuestionKind.CORRESPONDENT: lambda value: _name(str(value)),
    QuestionKind.CONVERSATION: _checked_parts,
    QuestionKind.YEAR: _year,
}


def _own_names(parties: Sequence[Party], owner: str) -> list[str]:
    me = [party for party in parties if party.role is Role.ME]
    names = [identifier.raw for party in me for identifier in party.identifiers]
    names += [party.name for party in me if party.name]
    return [*names, *([owner] if owner else [])]


def _table_words(questions: Sequence[OpenQuestion], item_id: int | None) -> list[TableWords]:
    """What words and figures mean: in the item first, then in tables with the same heading."""
    meanings: list[tuple[bool, TableWords]] = []
    for open_question in reversed(questions):
        detail = open_question.question.detail
        heading, is_own = tuple(detail.get("heading", ())), open_question.item_id == item_id
        if not heading and not is_own:
            continue
        if open_question.question.kind is QuestionKind.CALL_WORDS:
            # What was said before stands in the question that asks for the rest.
            of_words = {**detail.get("known", {}), **(open_question.answer or {})}
            meanings.append((is_own, TableWords(heading, of_words)))
        elif open_question.question.kind is QuestionKind.DURATION_UNIT and open_question.answer:
            meanings.append((is_own, TableWords(heading, unit=DurationUnit(open_question.answer))))
    meanings.sort(key=lambda own_and_words: not own_and_words[0])
    return [table_words for _, table_words in meanings]


def _mappings(questions: Sequence[OpenQuestion]) -> list[TableMapping]:
    return [
        mapping_from_json(open_question.answer)
        for open_question in reversed(questions)
        if open_question.question.kind is QuestionKind.MAPPING and open_question.answer is not None
    ]
