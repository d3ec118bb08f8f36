"""Reads samples of WeChat exports in tests."""

import io
from types import ModuleType

from evidence_app.intake.detect import detect
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.event import Direction
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind


def source_of(data: bytes | str, name: str = "x", answers: Answers | None = None) -> Source:
    raw = data if isinstance(data, bytes) else data.encode()
    return Source(io.BytesIO(raw), len(raw), name, answers=answers or Answers())


def read(
    module: ModuleType, data: bytes | str, name: str = "老王.csv", owners: tuple[str, ...] = ()
) -> list[Record]:
    """The records, if the file is recognised as the module's."""
    source = source_of(data, name, Answers(owners=owners))
    file_format = detect(source)
    assert file_format is not None
    assert file_format.module == module.__name__.removeprefix("evidence_app.intake.readers.")
    return list(module.read(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def blocks(records: list[Record]) -> list[str]:
    return [block.text for block in records if isinstance(block, TextBlock)]


def sides(records: list[Record]) -> list[tuple[Direction, str, str]]:
    return [(event.direction, event.identifier, event.contact_name) for event in acts(records)]


def questions_of(records: list[Record]) -> set[QuestionKind]:
    return {question.kind for question in records if isinstance(question, Question)}


def accounted(records: list[Record]) -> int:
    """How many entries the records stand for."""
    return len(
        [record for record in records if isinstance(record, EventRecord | SkippedEntry | TextBlock)]
    )
