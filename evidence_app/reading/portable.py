"""One item from its bytes to what was read: plain values in, plain values out, wherever it runs.

The process that calls it starts another one, closed off, which reads; so do the workers of a
cluster, on which this program must be installed.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from evidence_app.messages import MessageCode, message
from evidence_app.model.reading import ReadPicture
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.process import PictureReader
from evidence_app.reading.values import picture_from, values_of

Answer = tuple[str, str, bytes]
"""The code of a failure or nothing, the values of `values_of` as JSON, the bytes beside them."""

_readers = threading.local()
_begun: list[PictureReader] = []


@dataclass(frozen=True, slots=True)
class Task:
    """A picture, or some pages of a document.

    Attributes:
        data: The file.
        digest: Its SHA-256.
        taken_on: The day on which a picture was taken, as ``2026-03-02``; empty if not known.
        pages: Which pages, from 1; none for a picture.
    """

    data: bytes
    digest: str
    taken_on: str = ""
    pages: tuple[int, ...] = ()


def read_task(data: bytes, digest: str, taken_on: str, pages: tuple[int, ...]) -> list[Answer]:
    """Read a picture, or each of some pages; one that cannot be read stops no other.

    The parts of a `Task` are given one by one: an older or newer program can read them too.

    Returns:
        One answer, or one for each page in their order.
    """
    reader = _reader()
    if pages:
        return [
            _answer(partial(reader.read_page, io.BytesIO(data), digest, page)) for page in pages
        ]
    day = date.fromisoformat(taken_on) if taken_on else None
    return [_answer(partial(reader.read, data, day))]


def _reader() -> PictureReader:
    """The reader of this thread: it keeps its models from one item to the next."""
    reader: PictureReader | None = getattr(_readers, "reader", None)
    if reader is None:
        reader = _readers.reader = PictureReader()
        _begun.append(reader)
    return reader


def _answer(read: Callable[[], ReadPicture]) -> Answer:
    try:
        values, data = values_of(read())
    except ReadingFailure as failure:
        return failure.message.code.value, "", b""
    return "", json.dumps(values), data


def end_readers() -> None:
    """End the closed-off processes of all threads."""
    while _begun:
        _begun.pop().close()


def picture_of(answer: Answer) -> ReadPicture:
    """What was read.

    Raises:
        ReadingFailure: It could not be read, or the answer is none that this program gives.
    """
    try:
        code, values, data = answer
        if not code:
            return picture_from(json.loads(values), data)
        failure = ReadingFailure(message(MessageCode(code)))
    except (ValueError, TypeError, LookupError) as error:
        raise ReadingFailure(message(MessageCode.READER_CRASHED)) from error
    raise failure
