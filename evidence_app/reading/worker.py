"""The closed-off process that reads pictures and pages; it keeps its models between two of them.

A request is a frame with ``taken_on`` (a day or nothing), followed by the picture's file; or one
with ``page`` (from 1) and ``is_new``, followed by the document's file if that is true: else it is
the document of the request before. While work goes on it says ``alive``; the answer is ``read``
with values and the bytes of the relief, or ``failed`` with the code of a sentence and lines for
the log.
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
    from evidence_app.model.reading import ReadPicture
    from evidence_app.reading.ocr import TextReader

MEMORY = 2 << 30
"""Bytes of address space; of these, about a third of a gigabyte is ever used at once."""

_NICE = 10


def main() -> None:
    """Read pictures and pages until the pipe is closed."""
    if sys.platform != "win32":
        os.nice(_NICE)
    reader: TextReader | None = None
    received: BinaryIO | None = None
    for request in inside.requests(MEMORY):
        if received is None or request.head.get("is_new", True):
            received = _received(request, received)
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


def _received(request: Request, before: BinaryIO | None) -> BinaryIO:
    if before is not None:
        before.close()
    # On Windows it is a wrapper around one.
    file = cast("BinaryIO", tempfile.TemporaryFile(prefix="evidence-picture-"))  # noqa: SIM115
    frames.read_file(request.inlet, file)
    return file


def _reader() -> TextReader:
    from evidence_app.reading.ocr import TextReader

    return TextReader()


def _answer(reader: TextReader, received: BinaryIO, request: Request) -> None:
    encoded, data = values.values_of(_read(reader, received, request))
    frames.write_frame(request.outlet, ["read", encoded], data)


def _read(reader: TextReader, received: BinaryIO, request: Request) -> ReadPicture:
    from evidence_app.reading.pages import read_page
    from evidence_app.reading.picture import read_picture

    def alive() -> None:
        frames.write_frame(request.outlet, ["alive"])

    if "page" in request.head:
        return read_page(reader, received, request.head["page"], alive)
    taken_on = request.head["taken_on"]
    day = None if taken_on is None else date.fromisoformat(taken_on)
    return read_picture(reader, received, day, alive)


def _fail(request: Request, code: MessageCode, details: str) -> None:
    frames.write_frame(request.outlet, ["failed", code, details[-8000:]])
