"""WeChat as text, as MemoTrace writes it: time and name in a line, the words below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from evidence_app.intake import wechat_kinds
from evidence_app.intake.chat_lines import head_lines, numbered
from evidence_app.intake.chat_owner import sides
from evidence_app.intake.records import ActRecord, Description, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock

_TIME = r"(?P<at>\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}:\d{2})"
_FIRST = re.compile(rf"{_TIME} (?P<who>\S[^\n]{{0,80}})", re.ASCII)
_LAST = re.compile(rf"(?P<who>\S[^\n]{{0,80}}?) {_TIME}", re.ASCII)
_LEAST = 2
_MOST_CANDIDATES = 12
_MINE = "我"


@dataclass(slots=True)
class _Entry:
    at: str
    who: str
    line: int
    words: list[str]


def recognises(source: Source) -> bool:
    """Whether the text begins with such a line, and has another after an empty one."""
    lines = [line.strip("\ufeff") for line in head_lines(source)]
    while lines and not lines[0].strip():
        lines.pop(0)
    pattern = _pattern(lines[0]) if lines else None
    if pattern is None:
        return False
    heads = [
        at
        for at, line in enumerate(lines)
        if pattern.fullmatch(line.rstrip()) and (at == 0 or not lines[at - 1].strip())
    ]
    has_words = all(at + 1 < len(lines) and lines[at + 1].strip() for at in heads[:_LEAST])
    return len(heads) >= _LEAST and has_words


def _pattern(line: str) -> re.Pattern[str] | None:
    return next((one for one in (_FIRST, _LAST) if one.fullmatch(line.rstrip())), None)


def read(source: Source) -> Iterator[Record]:
    """Every message."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    authors = Counter(entry.who for entry in _entries(source))
    chat = PurePath(source.filename).stem
    owners = [*source.answers.owners, _MINE]
    who = sides([name for name, _ in authors.most_common()], owners, chat, is_group=False)
    for entry in _entries(source):
        place = SourcePlace(PlaceUnit.LINE, entry.line)
        text = "\n".join(entry.words).strip()
        time = _time(entry.at)
        if time is None:
            yield SkippedEntry(place, message(MessageCode.ROW_BAD_TIME, value=entry.at), text[:500])
            continue
        direction, identifier = who.of(entry.who)
        told = wechat_kinds.told("", "", text, direction)
        yield ActRecord(
            told.type, direction, told.outcome, time, told.duration_s, identifier, identifier,
            told.text, place, {"time": entry.at, "who": entry.who},
        )  # fmt: skip
    if who.owner is None and authors:
        names = [name for name, _ in authors.most_common(_MOST_CANDIDATES)]
        yield Question(QuestionKind.OWNER, {"candidates": names})
    yield Question(QuestionKind.TIMEZONE, {"suggested": "Asia/Shanghai"}, blocking=False)


def _entries(source: Source) -> Iterator[_Entry]:
    """Each message: a head counts only at the beginning or after an empty line."""
    pattern: re.Pattern[str] | None = None
    entry: _Entry | None = None
    is_after_empty = True
    for number, line in numbered(source):
        words = line.strip("\ufeff").rstrip()
        if pattern is None:
            pattern = _pattern(words)
        found = pattern.fullmatch(words) if pattern is not None and is_after_empty else None
        if found is not None:
            if entry is not None:
                yield entry
            entry = _Entry(found["at"], found["who"].strip(), number, [])
        elif entry is not None:
            entry.words.append(words)
        is_after_empty = not words
    if entry is not None:
        yield entry


def _time(written: str) -> TimeReading | None:
    try:
        at = datetime.strptime(written, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - no zone is told.
    except ValueError:
        return None
    return TimeReading(WallClock(at), TimeSource.RECORD, TimePrecision.SECOND, written)
