"""The closed-off process that turns recordings into words; it keeps its model between two of them.

First come the names of the model's files and the files, which are kept in its own folder: it can
read nothing of the person's. Then, for each recording, a frame ``recording`` and the file. While
work goes on it says ``alive``; words are ``heard`` as they come; then ``done``, or ``failed`` with
the code of a sentence and lines for the log.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from evidence_app import logs
from evidence_app.messages import MessageCode
from evidence_app.reading.speech.models import MODEL_FILES
from evidence_app.reading.speech.recogniser import Recogniser
from evidence_app.sandbox import frames, inside

MEMORY = 12 << 30
"""Bytes of address space; the largest models take about three."""

_NICE = 10


def main() -> None:
    """Take a model in, then recordings until the pipe is closed."""
    if sys.platform != "win32":
        os.nice(_NICE)
    inlet, outlet = inside.enter(MEMORY)
    try:
        recogniser = _loaded(inlet)
    except EOFError:
        return
    except Exception as error:  # The engine names no errors: whatever it is, the model is unfit.
        _fail(outlet, MessageCode.SPEECH_MODEL_DAMAGED, logs.plain_traceback(error))
        return
    frames.write_frame(outlet, ["ready"])
    while True:
        try:
            frames.read_frame(inlet)
        except EOFError:
            return
        with tempfile.TemporaryFile(prefix="evidence-recording-") as file:
            # On Windows it is a wrapper around one.
            received = cast("BinaryIO", file)
            frames.read_file(inlet, received)
            received.seek(0)
            _answer(recogniser, received, outlet)


def _loaded(inlet: BinaryIO) -> Recogniser:
    folder = Path(tempfile.mkdtemp(prefix="evidence-model-"))
    for name in frames.read_frame(inlet).head:
        if name not in MODEL_FILES:
            raise ValueError("no file of a model")
        with (folder / name).open("wb") as stream:
            frames.read_file(inlet, stream)
    return Recogniser(folder)


def _answer(recogniser: Recogniser, received: BinaryIO, outlet: BinaryIO) -> None:
    try:
        for segment in recogniser.hear(received, lambda: frames.write_frame(outlet, ["alive"])):
            values = [
                segment.start_s,
                segment.end_s,
                segment.text,
                segment.speaker,
                segment.confidence,
            ]
            frames.write_frame(outlet, ["heard", values])
        frames.write_frame(outlet, ["done"])
    except ValueError as error:
        _fail(outlet, MessageCode.RECORDING_NOT_HEARD, logs.plain_traceback(error))
    except (MemoryError, OverflowError) as error:
        _fail(outlet, MessageCode.READER_LIMIT, logs.plain_traceback(error))
    except Exception as error:  # A bug costs this one recording; the parent logs it.
        _fail(outlet, MessageCode.READER_CRASHED, logs.plain_traceback(error))


def _fail(outlet: BinaryIO, code: MessageCode, details: str) -> None:
    frames.write_frame(outlet, ["failed", code, details[-8000:]])
