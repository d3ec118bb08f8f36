"""The closed-off process that reads pictures; it keeps its models between two of them.

A request is a frame with ``taken_on`` (a day or nothing), followed by the picture's file. While
work goes on it says ``alive``; the answer is ``read`` with values and the bytes of the relief,
or ``failed`` with the code of a sentence and lines for the log.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, cast

from evidence_app import logs
from evidence_app.messages import MessageCode
from evidence_app.reading import values
from evidence_app.reading.failures import ReadingFailure
from evidence_app.sandbox import frames, inside
from evidence_app.sandbox.inside import Request

if TYPE_CHECKING:
    from evidence_app.reading.ocr import TextReader

MEMORY = 2 << 30
"""Bytes of address space; of these, about a third of a gigabyte is ever used at once."""

_NICE = 10


def main() -> None:
    """Read pictures until the pipe is closed."""
    if sys.platform != "win32":
        os.nice(_NICE)
    reader: TextReader | None = None
    for request in inside.requests(MEMORY):
        with tempfile.TemporaryFile(prefix="evidence-picture-") as kept:
            # On Windows it is a wrapper around one.
            received = cast("BinaryIO", kept)
            frames.read_file(request.inlet, received)
            received.seek(0)
            try:
                reader = reader or _reader()
                _answer(reader, received, request)
            except ReadingFailure as failure:
                _fail(request, failure.message.code, "")
            except (MemoryError, OverflowError) as error:
                _fail(request, MessageCode.READER_LIMIT, logs.plain_traceback(error))
            except Exception as error:  # A bug costs this one picture; the parent logs it.
                _fail(request, MessageCode.READER_CRASHED, logs.plain_traceback(error))


def _reader() -> TextReader:
    from evidence_app.reading.ocr import TextReader

    return TextReader()


def _answer(reader: TextReader, received: BinaryIO, request: Request) -> None:
    from evidence_app.reading.picture import read_picture

    taken_on = request.head["taken_on"]
    picture = read_picture(
        reader,
        received,
        None if taken_on is None else date.fromisoformat(taken_on),
        lambda: frames.write_frame(request.outlet, ["alive"]),
    )
    encoded, data = values.values_of(picture)
    frames.write_frame(request.outlet, ["read", encoded], data)


def _fail(request: Request, code: MessageCode, details: str) -> None:
    frames.write_frame(request.outlet, ["failed", code, details[-8000:]])
