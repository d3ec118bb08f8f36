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


def known(case: CaseFile, given: ImportOptions, item_id: int | None = None) -> ReadingContext:
    """What is known about a new file, or about an item with the answers that it has.

    Numbers of the person's own and mappings that were given for other files help as well.
    """
    with case.read() as connection:
        asked = question_records.questions(connection)
        info = case_records.info(connection)
        names = _own_names(party_records.parties(connection), info.owner_name)
    answered = {
        one.question.kind: one.answer
        for one in asked
        if one.item_id == item_id and one.answer is not None
    }
    order = answered.get(QuestionKind.DATE_ORDER)
    timezone = answered.get(QuestionKind.TIMEZONE, given.timezone)
    owners = [*given.owners, *answered.get(QuestionKind.OWNER, ()), *names]
    mappings = [*given.mappings, *_mappings(asked)]
    if QuestionKind.MAPPING in answered:
        mappings.insert(0, mapping_from_json(answered[QuestionKind.MAPPING]))
    return ReadingContext(
        Answers(
            date_order=DateOrder(order) if order else given.date_order,
            owners=tuple(dict.fromkeys(owners)),
            mappings=tuple(mappings),
            password=given.password,
            table_words=tuple(_table_words(asked, item_id)),
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
    names = [value] if isinstance(value, str) else [str(one) for one in value]
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
    given = [] if value == "document" else value
    parts = [ConversationPart(one).value for one in given]
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
    me = [one for one in parties if one.role is Role.ME]
    names = [identifier.raw for one in me for identifier in one.identifiers]
    names += [one.name for one in me if one.name]
    return [*names, *([owner] if owner else [])]


def _table_words(asked: Sequence[OpenQuestion], item_id: int | None) -> list[TableWords]:
    """What was said of words and figures: of the item first, then of tables with a heading."""
    found: list[tuple[bool, TableWords]] = []
    for one in reversed(asked):
        detail = one.question.detail
        heading, is_own = tuple(detail.get("heading", ())), one.item_id == item_id
        if not heading and not is_own:
            continue
        if one.question.kind is QuestionKind.CALL_WORDS:
            # What was said before stands in the question that asks for the rest.
            meanings = {**detail.get("known", {}), **(one.answer or {})}
            found.append((is_own, TableWords(heading, meanings)))
        elif one.question.kind is QuestionKind.DURATION_UNIT and one.answer:
            found.append((is_own, TableWords(heading, unit=DurationUnit(one.answer))))
    return [words for _, words in sorted(found, key=lambda one: not one[0])]


def _mappings(asked: Sequence[OpenQuestion]) -> list[TableMapping]:
    return [
        mapping_from_json(one.answer)
        for one in reversed(asked)
        if one.question.kind is QuestionKind.MAPPING and one.answer is not None
    ]
