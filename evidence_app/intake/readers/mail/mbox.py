"""Many e-mails in one file: .mbox, as Gmail Takeout and Thunderbird write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evidence_app.intake.readers.mail.eml import begins_like_mail
from evidence_app.intake.readers.mail.letter import letter_of, records
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.question import Question, QuestionKind

_HEAD = 32 << 10
_LARGEST = 200 << 20
_MOST_CANDIDATES = 12
_FROM = b"From "
_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:")
_STUFFED = re.compile(rb"^>(>*From )", re.M)


def recognises(source: Source) -> bool:
    """Whether the file begins with the line between e-mails, and with an e-mail."""
    head = source.stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    line, _, rest = head.partition(b"\n")
    return line.startswith(_FROM) and begins_like_mail(rest)


def read(source: Source) -> Iterator[Record]:
    """Every e-mail and the files in it, one in memory at a time."""
    yield Description(ItemKind.MESSAGES, "application/mbox")
    people: Counter[str] = Counter()
    unsure = is_remote = False
    for number, data in enumerate(_letters(source), 1):
        place = SourcePlace(PlaceUnit.ENTRY, number)
        if data is None:
            yield SkippedEntry(place, message(MessageCode.READER_LIMIT), "")
            continue
        letter = letter_of(_STUFFED.sub(rb"\1", data), f"{number}/")
        is_remote = is_remote or letter.is_remote
        people.update(address[0] for address in (letter.sender, *letter.receivers) if address[0])
        for record in records(letter, place, source.answers):
            yield record
            if isinstance(record, EventRecord) and record.direction is Direction.NONE:
                unsure = True
    if is_remote:
        yield Notice(message(MessageCode.MAIL_REMOTE_LEFT))
    if unsure:
        names = [name for name, _ in people.most_common(_MOST_CANDIDATES)]
        yield Question(QuestionKind.OWNER, {"candidates": names})


def _letters(source: Source) -> Iterator[bytes | None]:
    """The e-mails; None for one that is too large.

    A line that begins with ``From `` is only the next e-mail's between an empty line and a
    header.
    """
    source.stream.seek(0)
    lines: list[bytes] = []
    size, is_after_empty, has_begun = 0, True, False
    for line, following in _with_next(source):
        if is_after_empty and line.startswith(_FROM) and _HEADER.match(following):
            if has_begun:
                yield b"".join(lines) if size <= _LARGEST else None
            lines, size, has_begun = [], 0, True
        elif has_begun:
            size += len(line)
            if size <= _LARGEST:
                lines.append(line)
            else:
                lines.clear()
        is_after_empty = line in (b"\n", b"\r\n")
        source.alive()
    if has_begun:
        yield b"".join(lines) if size <= _LARGEST else None


def _with_next(source: Source) -> Iterator[tuple[bytes, bytes]]:
    """Each line with the one that follows it."""
    before: bytes | None = None
    for line in source.stream:
        if before is not None:
            yield before, line
        before = line
    if before is not None:
        yield before, b""
