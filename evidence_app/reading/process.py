"""Reads pictures and pages in a closed-off process that stays between them."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from evidence_app.closing import Closing
from evidence_app.messages import MessageCode, message
from evidence_app.model.reading import ReadPicture
from evidence_app.progress import SILENT, Progress
from evidence_app.reading import worker
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.values import picture_from
from evidence_app.sandbox.child import Child
from evidence_app.sandbox.helper import Helper, HelperEnded
from evidence_app.sandbox.watch import Verdict

SILENCE_S = 60.0
"""Seconds for which the process may say nothing; a part of a picture takes about one."""

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.reading.worker"
_SAID_OF = {
    Verdict.TIMED_OUT: MessageCode.READER_TIMED_OUT,
    Verdict.GREEDY: MessageCode.READER_LIMIT,
}


class PictureReader(Closing):
    """One reading process, started when it is first needed and again after one died.

    It is for one thread; two readers in two threads read twice as much.

    Args:
        silence_s: A process that says nothing for so long is ended.
    """

    def __init__(self, silence_s: float = SILENCE_S) -> None:
        self._helper = Helper(_PROGRAM, worker.MEMORY, silence_s)
        self._document: tuple[str, Child] | None = None

    def close(self) -> None:
        """End the process; the next picture starts a new one."""
        self._helper.close()

    def read(
        self,
        source: bytes | Path | BinaryIO,
        taken_on: date | None = None,
        progress: Progress = SILENT,
    ) -> ReadPicture:
        """Read one picture.

        Args:
            source: The picture's file: its bytes, where it is, or a stream that can be rewound.
            taken_on: The day on which it was taken, if that is known.
            progress: Asked often, from another thread; the process is ended when cancelled.

        Raises:
            ReadingFailure: This picture cannot be read; the next one can.
            Cancelled: The person asked to stop.
        """
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return self._exchange(stream, taken_on, progress)
        if isinstance(source, bytes):
            return self._exchange(io.BytesIO(source), taken_on, progress)
        return self._exchange(source, taken_on, progress)

    def read_page(
        self, source: BinaryIO, digest: str, number: int, progress: Progress = SILENT
    ) -> ReadPicture:
        """Read one page of a PDF document; a document whose pages follow one another is sent once.

        Args:
            source: The document's file, from its beginning.
            digest: Its SHA-256.
            number: Which page, from 1.
            progress: Asked often, from another thread; the process is ended when cancelled.

        Raises:
            ReadingFailure: This page cannot be read; the next one can.
            Cancelled: The person asked to stop.
        """

        def ask(child: Child) -> None:
            is_new = self._document != (digest, child)
            child.send({"page": number, "is_new": is_new})
            if is_new:
                child.send_file(source)
            self._document = (digest, child)

        return self._answered(ask, progress)

    def _exchange(self, stream: BinaryIO, taken_on: date | None, progress: Progress) -> ReadPicture:
        def ask(child: Child) -> None:
            self._document = None
            child.send({"taken_on": None if taken_on is None else taken_on.isoformat()})
            child.send_file(stream)

        return self._answered(ask, progress)

    def _answered(self, ask: Callable[[Child], None], progress: Progress) -> ReadPicture:
        try:
            with self._helper.exchange(progress) as child:
                ask(child)
                answer = _answer(child)
        except HelperEnded as ended:
            code = _SAID_OF.get(ended.verdict, MessageCode.READER_CRASHED)
            raise ReadingFailure(message(code)) from ended
        if isinstance(answer, ReadPicture):
            return answer
        if answer.message.code is MessageCode.READER_LIMIT:
            # A process that tells of its failure goes on, but for this: its memory is in pieces.
            self.close()
        raise answer


def _answer(child: Child) -> ReadPicture | ReadingFailure:
    while (frame := child.receive()).head[0] == "alive":
        pass
    match frame.head:
        case ["read", dict(values)]:
            return picture_from(values, frame.data)
        case ["failed", str(code), str(details)]:
            return _failure(code, details)
        case _:
            raise ValueError("a frame of an unknown kind")


def _failure(code: str, details: str) -> ReadingFailure:
    if details:
        _LOG.warning("reading a picture failed:\n%s", details)
    return ReadingFailure(message(MessageCode(code)))
