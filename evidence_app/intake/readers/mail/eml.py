"""One e-mail: .eml, and Apple Mail's .emlx, which has its length before and a list behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.mail.letter import letter_of, records, whole_text
from evidence_app.intake.readers.tables import labelled_text
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimeSource

_HEAD = 32 << 10
_LARGEST = 400 << 20
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60}):(?= |\t|\r?\n)", re.M)
_COUNT = re.compile(rb"(\d{1,12})[ \t]*\r?\n(?=[A-Za-z])")
_SIGNS = frozenset(
    b"received return-path delivered-to message-id mime-version subject from to date "
    b"content-type x-mailer reply-to dkim-signature".split()
)
_FEWEST_SIGNS = 3


def recognises(source: Source) -> bool:
    """Whether the file begins with the headers of an e-mail."""
    head = source.stream.read(_HEAD)
    counted = _COUNT.match(head)
    if not begins_like_mail(head[counted.end() :] if counted else head):
        return False
    # Messages that somebody listed have the same labels again and again, the words' among them.
    listed = labelled_text.form_of(head.decode("utf-8", "replace"))
    return listed is None or not listed.words


def begins_like_mail(head: bytes) -> bool:
    """Whether bytes begin with several headers that e-mails have."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if _HEADER.match(head) is None:
        return False
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(block)}
    return len(names & _SIGNS) >= _FEWEST_SIGNS and bool(names & {b"from", b"received", b"date"})


def read(source: Source) -> Iterator[Record]:
    """The e-mail and the files in it.

    Raises:
        ReadFailure: It is too large.
    """
    yield Description(ItemKind.EMAIL, "message/rfc822")
    if source.size > _LARGEST:
        raise ReadFailure(message(MessageCode.READER_LIMIT))
    source.stream.seek(0)
    data = source.stream.read().removeprefix(b"\xef\xbb\xbf")
    if counted := _COUNT.match(data):
        data = data[counted.end() :][: int(counted[1])]
    data = data.lstrip(b"\r\n")
    letter = letter_of(data, "")
    if letter.time is not None:
        yield replace(letter.time, source=TimeSource.DOCUMENT)
    yield TextBlock(whole_text(letter), SourcePlace(PlaceUnit.ENTRY, 1))
    for record in records(letter, SourcePlace(PlaceUnit.ENTRY, 1), source.answers):
        yield record
        if isinstance(record, EventRecord) and record.direction is Direction.NONE:
            names = [letter.sender[0], *(receiver[0] for receiver in letter.receivers)]
            candidates = list(dict.fromkeys(name for name in names if name))
            yield Question(QuestionKind.OWNER, {"candidates": candidates})
    if letter.is_remote:
        yield Notice(message(MessageCode.MAIL_REMOTE_LEFT))
