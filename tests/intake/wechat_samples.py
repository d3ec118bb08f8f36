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
    found = detect(source)
    assert found is not None
    assert found.module == module.__name__.removeprefix("evidence_app.intake.readers.")
    return list(module.read(source))


def acts(found: list[Record]) -> list[EventRecord]:
    return [one for one in found if isinstance(one, EventRecord)]


def blocks(found: list[Record]) -> list[str]:
    return [one.text for one in found if isinstance(one, TextBlock)]


def sides(found: list[Record]) -> list[tuple[Direction, str, str]]:
    return [(one.direction, one.identifier, one.contact_name) for one in acts(found)]


def asked(found: list[Record]) -> set[QuestionKind]:
    return {one.kind for one in found if isinstance(one, Question)}


def accounted(found: list[Record]) -> int:
    """How many entries the records stand for."""
    return len([one for one in found if isinstance(one, EventRecord | SkippedEntry | TextBlock)])
