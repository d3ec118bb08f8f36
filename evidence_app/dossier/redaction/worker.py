"""The closed-off process that makes copies of originals in which something is blacked out.

A request is a frame with the ``task`` (a `Task`), ``marks`` by page, ``silent`` stretches and
``words``, followed by the original. It is answered by ``words`` by page and then, if the task
makes a file, by that file; or by ``error`` alone.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from evidence_app.dossier.redaction import documents, drawing, pictures, sounds, traces
from evidence_app.dossier.redaction.blanking import Blanking
from evidence_app.model.mark import Stretch
from evidence_app.sandbox import inside

MEMORY = 3 << 30
"""Bytes of address space that it may take."""


class Task(StrEnum):
    """What is asked for."""

    WORDS_UNDER = "words under"
    DOCUMENT = "document"
    PICTURE = "picture"
    TRACES = "traces"
    SOUND = "sound"


def main() -> None:
    """Answer requests until there are no more."""
    inside.serve_files(MEMORY, _answer)


def _answer(request: dict[str, Any], source: Path, target: Path) -> dict[str, Any]:
    return {"words": _done(request, source, target)}


def _done(request: dict[str, Any], source: Path, target: Path) -> dict[str, list[str]]:
    marks = {int(page): drawing.received(drawn) for page, drawn in request["marks"].items()}
    blanking = Blanking(request["words"])
    match Task(request["task"]):
        case Task.WORDS_UNDER:
            by_page = documents.words_under(source, marks)
            return {str(page): words for page, words in by_page.items()}
        case Task.DOCUMENT:
            documents.rasterised(source, target, marks, blanking)
        case Task.PICTURE:
            pictures.blacked_out(source, target, marks.get(0, []))
        case Task.TRACES:
            return {"0": sorted(traces.traces(source))}
        case Task.SOUND:
            sounds.muted(source, target, [Stretch(*times) for times in request["silent"]])
    return {}
