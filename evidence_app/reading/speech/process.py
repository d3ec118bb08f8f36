"""Hands recordings to a closed-off process with a speech model, and takes the words from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import BinaryIO

from evidence_app import logs
from evidence_app.closing import Closing
from evidence_app.errors import Cancelled
from evidence_app.messages import MessageCode, message
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.speech import models
from evidence_app.reading.speech.models import SpeechModel
from evidence_app.reading.speech.recogniser import SIDES, Heard
from evidence_app.sandbox.child import BROKEN, Child
from evidence_app.sandbox.watch import Verdict

SILENCE_S = 300.0
"""Seconds for which the process may say nothing: the first words of a piece take the longest."""

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.reading.speech.worker"
_MEMORY = 12 << 30
_SAID_OF = {
    Verdict.TIMED_OUT: MessageCode.READER_TIMED_OUT,
    Verdict.GREEDY: MessageCode.READER_LIMIT,
}


class SpeechReader(Closing):
    """One process with one model, started when it is first needed and again after one died.

    Args:
        model: The model.
        silence_s: A process that says nothing for so long is ended.
    """

    def __init__(self, model: SpeechModel, silence_s: float = SILENCE_S) -> None:
        self._model = model
        self._silence_s = silence_s
        self._child: Child | None = None

    def close(self) -> None:
        """End the process; the next recording starts a new one."""
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def read(
        self, stream: BinaryIO, is_cancelled: Callable[[], bool] = lambda: False
    ) -> list[Heard]:
        """What is said in a recording, in its order.

        Args:
            stream: The recording's file; it can be rewound.
            is_cancelled: Asked often, from another thread; the process is ended when it says yes.

        Raises:
            ReadingFailure: This recording cannot be read, or the model is unfit or not installed.
            Cancelled: The person asked to stop.
        """
        if not models.is_installed():
            raise ReadingFailure(message(MessageCode.SPEECH_NOT_INSTALLED))
        is_new = self._child is None or not self._child.is_alive()
        if is_new:
            self.close()
            self._child = Child(_PROGRAM, _MEMORY)
        assert self._child is not None
        child, is_usable = self._child, False
        try:
            with child.watched(self._silence_s, is_cancelled) as watch:
                if is_new:
                    self._send_model(child)
                child.send(["recording"])
                child.send_file(stream)
                found = _answer(child)
            is_usable = True
            return found
        except BROKEN as error:
            raise _explained(watch.verdict, error) from error
        finally:
            if not is_usable or watch.verdict is not Verdict.WELL:
                self.close()

    def _send_model(self, child: Child) -> None:
        child.send(list(self._model.files))
        for name in self._model.files:
            with (self._model.folder / name).open("rb") as part:
                child.send_file(part)
        match child.receive().head:
            case ["ready"]:
                return
            case ["failed", str(code), str(details)]:
                raise _failure(code, details)
            case _:
                raise ValueError("a frame of an unknown kind")


def _answer(child: Child) -> list[Heard]:
    found: list[Heard] = []
    while True:
        match child.receive().head:
            case ["alive"]:
                continue
            case ["heard", [float(start), float(end), str(text), str(speaker), float(sure)]]:
                if not 0 <= start <= end or not 0 <= sure <= 1 or speaker not in ("", *SIDES):
                    raise ValueError("words that no process would hear")
                found.append(Heard(start, end, text, speaker, sure))
            case ["done"]:
                return sorted(found, key=lambda one: one.start_s)
            case ["failed", str(code), str(details)]:
                raise _failure(code, details)
            case _:
                raise ValueError("a frame of an unknown kind")


def _failure(code: str, details: str) -> ReadingFailure:
    if details:
        _LOG.warning("hearing a recording failed:\n%s", details)
    return ReadingFailure(message(MessageCode(code)))


def _explained(verdict: Verdict, error: Exception) -> Exception:
    if verdict is Verdict.CANCELLED:
        return Cancelled()
    _LOG.warning("a process that hears recordings ended (%s): %s", verdict, logs.kind_of(error))
    return ReadingFailure(message(_SAID_OF.get(verdict, MessageCode.READER_CRASHED)))
