"""Hands recordings to a closed-off process with a speech model, and takes the words from it."""

from __future__ import annotations

import logging
from typing import BinaryIO

from evidence_app.closing import Closing
from evidence_app.messages import MessageCode, message
from evidence_app.progress import SILENT, Progress
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.speech import models
from evidence_app.reading.speech.models import SpeechModel
from evidence_app.reading.speech.recogniser import SIDES, Heard
from evidence_app.sandbox.child import Child
from evidence_app.sandbox.helper import Helper, HelperEnded
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
        self._helper = Helper(_PROGRAM, _MEMORY, silence_s)
        self._ready: Child | None = None

    def close(self) -> None:
        """End the process; the next recording starts a new one."""
        self._ready = None
        self._helper.close()

    def read(self, stream: BinaryIO, progress: Progress = SILENT) -> list[Heard]:
        """What is said in a recording, in its order.

        Args:
            stream: The recording's file; it can be rewound.
            progress: Asked often, from another thread; the process is ended when cancelled.

        Raises:
            ReadingFailure: This recording cannot be read, or the model is unfit or not installed.
            Cancelled: The person asked to stop.
        """
        if not models.is_installed():
            raise ReadingFailure(message(MessageCode.SPEECH_NOT_INSTALLED))
        # It may lie on a drive that is no longer there.
        models.look_at(self._model.folder)
        try:
            with self._helper.exchange(progress) as child:
                answer = self._ask(child, stream)
        except HelperEnded as ended:
            code = _SAID_OF.get(ended.verdict, MessageCode.READER_CRASHED)
            raise ReadingFailure(message(code)) from ended
        if isinstance(answer, ReadingFailure):
            self.close()
            raise answer
        return sorted(answer, key=lambda segment: segment.start_s)

    def _ask(self, child: Child, stream: BinaryIO) -> list[Heard] | ReadingFailure:
        if child is not self._ready:
            failure = self._send_model(child)
            if failure is not None:
                return failure
            self._ready = child
        child.send(["recording"])
        child.send_file(stream)
        return _answer(child)

    def _send_model(self, child: Child) -> ReadingFailure | None:
        child.send(list(self._model.files))
        for name in self._model.files:
            with (self._model.folder / name).open("rb") as part:
                child.send_file(part)
        match child.receive().head:
            case ["ready"]:
                return None
            case ["failed", str(code), str(details)]:
                return _failure(code, details)
            case _:
                raise ValueError("a frame of an unknown kind")


def _answer(child: Child) -> list[Heard] | ReadingFailure:
    segments: list[Heard] = []
    while True:
        match child.receive().head:
            case ["alive"]:
                continue
            case ["heard", [float(start), float(end), str(text), str(speaker), float(sure)]]:
                if not 0 <= start <= end or not 0 <= sure <= 1 or speaker not in ("", *SIDES):
                    raise ValueError("words that no process would hear")
                segments.append(Heard(start, end, text, speaker, sure))
            case ["done"]:
                return segments
            case ["failed", str(code), str(details)]:
                return _failure(code, details)
            case _:
                raise ValueError("a frame of an unknown kind")


def _failure(code: str, details: str) -> ReadingFailure:
    if details:
        _LOG.warning("hearing a recording failed:\n%s", details)
    return ReadingFailure(message(MessageCode(code)))
