"""Asks a closed-off process for copies of originals in which something is blacked out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from evidence_app.closing import Closing
from evidence_app.dossier.redaction import drawing, worker
from evidence_app.dossier.redaction.drawing import Drawn
from evidence_app.dossier.redaction.traces import Trace
from evidence_app.dossier.redaction.worker import Task
from evidence_app.model.mark import Stretch
from evidence_app.progress import SILENT, Progress
from evidence_app.sandbox.helper import Helper, HelperEnded

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.dossier.redaction.worker"
_SILENCE_S = 600.0

Marks = Mapping[int, Sequence[Drawn]]
"""By page, from 1; those of a picture under 0."""


class CopyMaker(Closing):
    """One closed-off process, started when it is needed; use it as a context manager."""

    def __init__(self, progress: Progress = SILENT) -> None:
        self._progress = progress
        self._helper = Helper(_PROGRAM, worker.MEMORY, _SILENCE_S)

    def close(self) -> None:
        """End the process; the next copy starts another."""
        self._helper.close()

    def words_under(self, document: BinaryIO, marks: Marks) -> dict[int, list[str]] | None:
        """The words that stand under redactions, by page; None if it cannot be read."""
        answer = self._ask(Task.WORDS_UNDER, document, marks, (), (), None)
        if answer is None:
            return None
        return {int(page): list(words) for page, words in answer["words"].items()}

    def traces(self, picture: BinaryIO) -> frozenset[Trace]:
        """What a picture's file tells of place and device; everything if it cannot be read."""
        answer = self._ask(Task.TRACES, picture, {}, (), (), None)
        return frozenset(Trace) if answer is None else frozenset(map(Trace, answer["words"]["0"]))

    def make(
        self,
        task: Task,
        original: BinaryIO,
        target: Path,
        *,
        marks: Marks,
        silent: Sequence[Stretch] = (),
        words: Sequence[str] = (),
    ) -> bool:
        """Write a copy; whether there is one.

        Args:
            task: Which kind of copy.
            original: Its bytes.
            target: Where the copy goes.
            marks: To be burned in.
            silent: Stretches of sound.
            words: What is blacked out wherever it stands.

        Raises:
            Cancelled: The person asked to stop.
        """
        return self._ask(task, original, marks, silent, words, target) is not None

    def _ask(
        self,
        task: Task,
        original: BinaryIO,
        marks: Marks,
        silent: Sequence[Stretch],
        words: Sequence[str],
        target: Path | None,
    ) -> dict[str, Any] | None:
        request = {
            "task": task.value,
            "marks": {str(page): drawing.sent(drawn) for page, drawn in marks.items()},
            "silent": [(stretch.start_s, stretch.end_s) for stretch in silent],
            "words": list(words),
        }
        try:
            with self._helper.exchange(self._progress) as child:
                answer = child.ask(request, original, target)
        except HelperEnded:
            return None
        if "error" in answer:
            _LOG.warning("a copy with something blacked out could not be made")
            return None
        return answer
