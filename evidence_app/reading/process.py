"""Reads pictures in a closed-off process that stays between them."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from evidence_app import logs
from evidence_app.closing import Closing
from evidence_app.errors import Cancelled
from evidence_app.messages import MessageCode, message
from evidence_app.model.reading import ReadPicture
from evidence_app.reading import worker
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.values import picture_from
from evidence_app.sandbox.child import BROKEN, Child
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
        self._silence_s = silence_s
        self._child: Child | None = None

    def close(self) -> None:
        """End the process; the next picture starts a new one."""
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def read(
        self,
        source: bytes | Path | BinaryIO,
        taken_on: date | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> ReadPicture:
        """Read one picture.

        Args:
            source: The picture's file: its bytes, where it is, or a stream that can be rewound.
            taken_on: The day on which it was taken, if that is known.
            is_cancelled: Asked often, from another thread; the process is ended when it says yes.

        Raises:
            ReadingFailure: This picture cannot be read; the next one can.
            Cancelled: The person asked to stop.
        """
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return self._exchange(stream, taken_on, is_cancelled)
        if isinstance(source, bytes):
            return self._exchange(io.BytesIO(source), taken_on, is_cancelled)
        return self._exchange(source, taken_on, is_cancelled)

    def _exchange(
        self, stream: BinaryIO, taken_on: date | None, is_cancelled: Callable[[], bool]
    ) -> ReadPicture:
        child = self._running()
        is_usable = False
        try:
            with child.watched(self._silence_s, is_cancelled) as watch:
                child.send({"taken_on": None if taken_on is None else taken_on.isoformat()})
                child.send_file(stream)
                picture = _answer(child)
            is_usable = True
            return picture
        except ReadingFailure as failure:
            # A process that told of its failure goes on; its memory may be in pieces.
            is_usable = failure.message.code is not MessageCode.READER_LIMIT
            raise
        except BROKEN as error:
            raise _explained(watch.verdict, error) from error
        finally:
            if not is_usable or watch.verdict is not Verdict.WELL:
                self.close()

    def _running(self) -> Child:
        if self._child is not None and not self._child.is_alive():
            self.close()
        if self._child is None:
            self._child = Child(_PROGRAM, worker.MEMORY)
        return self._child


def _answer(child: Child) -> ReadPicture:
    while (frame := child.receive()).head[0] == "alive":
        pass
    match frame.head:
        case ["read", dict(values)]:
            return picture_from(values, frame.data)
        case ["failed", str(code), str(details)]:
            raise _failure(code, details)
        case _:
            raise ValueError("a frame of an unknown kind")


def _failure(code: str, details: str) -> ReadingFailure:
    if details:
        _LOG.warning("reading a picture failed:\n%s", details)
    return ReadingFailure(message(MessageCode(code)))


def _explained(verdict: Verdict, error: Exception) -> Exception:
    if verdict is Verdict.CANCELLED:
        return Cancelled()
    _LOG.warning("a process that reads pictures ended early (%s): %s", verdict, logs.kind_of(error))
    return ReadingFailure(message(_SAID_OF.get(verdict, MessageCode.READER_CRASHED)))
