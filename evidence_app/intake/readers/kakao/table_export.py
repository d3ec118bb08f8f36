"""Chats that KakaoTalk on a computer exported as a table: ``Date,User,Message``."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import head_lines, message_or_call, wall_time
from evidence_app.intake.readers.chat.participants import account, sides
from evidence_app.intake.readers.kakao.syntax import call_of, files_of, is_left_out
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.readers.support.worded_times import worded_time
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimeReading

_HEADING = ("date", "user", "message")
_LONGEST_CELL = 1 << 20
_STILL_ALIVE = 4096
_COLUMNS = 3
_SHOWN = 500
_APPS_OWN = ("님이 들어왔습니다.", "님이 나갔습니다.", "님을 초대했습니다.", "님을 내보냈습니다.")


def recognises(source: Source) -> bool:
    """Whether the table has exactly these columns."""
    lines = head_lines(source)
    first = next(csv.reader(lines[:1]), []) if lines else []
    return tuple(cell.strip().casefold() for cell in first) == _HEADING


def read(source: Source) -> Iterator[Record]:
    """Every message and call; the app's own lines as text."""
    yield Description(ItemKind.MESSAGES, "text/csv")
    authors: Counter[str] = Counter(row[1] for _number, row in _rows(source) if len(row) > 1)
    del authors[""]
    names = [name for name, _count in authors.most_common()]
    chat_sides = sides(names, source.answers.owners, "", is_group=False)
    left_out = 0
    for number, row in _rows(source):
        place = SourcePlace(PlaceUnit.ROW, number)
        time = _time(row[0]) if len(row) >= _COLUMNS else None
        text = "\n".join(row[2:]).strip()
        if text.endswith(_APPS_OWN) or (len(row) >= _COLUMNS and not row[1]):
            yield TextBlock(" ".join(row), place)
        elif time is None:
            value = row[0] if row else ""
            reason = message(MessageCode.ROW_BAD_TIME, value=value)
            yield SkippedEntry(place, reason, ",".join(row)[:_SHOWN])
        else:
            direction, other = chat_sides.of(row[1])
            call = call_of(text)
            left_out += is_left_out(text)
            yield message_or_call(
                call,
                direction=direction,
                time=time,
                identifier=account("KakaoTalk", other),
                contact_name=other,
                text=text,
                place=place,
                raw={"author": row[1], "time": row[0]},
                enclosed=files_of(text),
            )
    if left_out:
        yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=left_out))
    if chat_sides.owner is None and authors:
        yield ask_for_owner(authors)
    yield Question(QuestionKind.TIMEZONE, {}, blocking=False)


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading, numbered from 2 as in a spreadsheet."""
    csv.field_size_limit(_LONGEST_CELL)
    source.stream.seek(0)
    encoding = encoding_of(source.stream.read(SNIFF_SIZE)) or "utf-8"
    source.stream.seek(0)
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace", newline="")
    try:
        rows = csv.reader(line.replace("\0", "") for line in text)
        next(rows, None)
        for number, row in enumerate(rows, 2):
            if number % _STILL_ALIVE == 0:
                source.alive()
            if any(row):
                yield number, row
    finally:
        text.detach()


def _time(text: str) -> TimeReading | None:
    written_time = worded_time(text)
    day: date | None = written_time.full_date if written_time is not None else None
    if written_time is None or day is None or written_time.clock is None:
        return None
    return wall_time(day, written_time.clock, written_time.precision, text)
