"""The reading process: decodes files from strangers under limits, far from the case file.

It is started by `reading_pool` and speaks `protocol` in `frames` over its two pipes. A
large file is asked for twice: with its head, whether anyone could read it at all, and then with
all its bytes, for the records. Between the two pipes there is nothing but one nameless
temporary file.
"""

from __future__ import annotations

import gc
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any, BinaryIO, cast

from evidence_app import logs
from evidence_app.intake import event_cells
from evidence_app.intake.detect import detect, may_be_read
from evidence_app.intake.event_cells import Setting
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.process import limits, protocol
from evidence_app.intake.records import Description, Enclosure, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Rendition, TextBlock
from evidence_app.model.question import answers_from_json
from evidence_app.model.times import zone
from evidence_app.sandbox import frames, inside

_BATCH = 500
_BATCH_TEXT = 1 << 20
_ALIVE_EVERY_S = 1.0
_COLLECT_AFTER = 100_000


def main() -> None:
    """Serve files until the pipe is closed."""
    # Records are short-lived and have no cycles: looking for some costs a third of the time.
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    for request in inside.requests(limits.MEMORY):
        with ExitStack() as files:
            stream = _receive(request.inlet, files)
            endings = request.head["companions"]
            companions = {ending: _receive(request.inlet, files) for ending in endings}
            _serve(request.head, stream, companions, request.outlet)


def _receive(inlet: BinaryIO, files: ExitStack) -> BinaryIO:
    copy = tempfile.TemporaryFile(prefix="evidence-read-")  # noqa: SIM115 - closed by the stack.
    stream = cast("BinaryIO", files.enter_context(copy))
    frames.read_file(inlet, stream)
    stream.seek(0)
    return stream


def _serve(
    request: dict[str, Any],
    stream: BinaryIO,
    companions: dict[str, BinaryIO],
    outlet: BinaryIO,
) -> None:
    zones = zone(request["zone"]), zone(request["own_zone"]) if request["own_zone"] else None
    answer = _Answer(outlet, stream, Setting(request["region"], *zones))
    source = Source(
        stream,
        request["size"],
        request["filename"],
        request["region"],
        zone=request["zone"],
        own_zone=request["own_zone"],
        answers=answers_from_json(request["answers"]),
        companions=companions,
        depth=request["depth"],
        container=request["container"],
        alive=answer.alive,
    )
    try:
        if request["only_detect"]:
            frames.write_frame(outlet, ["detected", may_be_read(source)])
            return
        file_format = detect(source)
        stream.seek(0)
        if file_format is not None:
            with answer.telling():
                answer.records(_signed(file_format.reader()(source), file_format.id))
        frames.write_frame(outlet, ["done"])
    except ReadFailure as failure:
        frames.write_frame(outlet, ["failed", protocol.message_values(failure.message), ""])
    except (MemoryError, OverflowError) as error:
        _fail(outlet, MessageCode.READER_LIMIT, error)
    except Exception as error:  # A reader's bug costs this one file; the parent logs it.
        _fail(outlet, MessageCode.READER_CRASHED, error)


def _signed(records: Iterator[Record], reader: str) -> Iterator[Record]:
    for record in records:
        if isinstance(record, Description):
            record = replace(record, reader=f"{reader} {record.reader}".rstrip())
        yield record


def _fail(outlet: BinaryIO, code: MessageCode, error: Exception) -> None:
    values = protocol.message_values(message(code))
    frames.write_frame(outlet, ["failed", values, logs.plain_traceback(error)[-8000:]])


class _Answer:
    """Sends records in batches, and now and then how far the reader is in the file.

    That it goes on is told whatever the reader does, as long as it gets further: one that hangs
    is not taken to live.
    """

    def __init__(self, outlet: BinaryIO, stream: BinaryIO, setting: Setting) -> None:
        self._outlet = outlet
        self._stream = stream
        self._setting = setting
        self._batch: list[Any] = []
        self._acts: list[EventRecord] = []
        self._text = 0
        self._last_sign = time.monotonic()
        self._position = 0
        self._lock = threading.Lock()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """The time in which a reader is at work."""
        over = threading.Event()
        thread = threading.Thread(target=self._tell, args=(over,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _tell(self, over: threading.Event) -> None:
        while not over.wait(_ALIVE_EVERY_S):
            before = self._position
            if self._place() != before:
                self.alive()

    def _place(self) -> int:
        if not self._stream.closed:
            self._position = self._stream.tell()
        return self._position

    def records(self, records: Iterator[Record]) -> None:
        """Send them all; if the reader fails, those that it yielded before."""
        try:
            for record in records:
                for part in limits.in_bounds(record):
                    self._add(part)
        finally:
            self._flush()

    def alive(self) -> None:
        """Say that work goes on, at most once a second."""
        if time.monotonic() - self._last_sign >= _ALIVE_EVERY_S:
            self._frame(["alive", self._place()])

    def _add(self, record: Record) -> None:
        if isinstance(record, Rendition):
            self._flush()
            self._frame(["rendition", protocol.encode(record)], record.data)
            return
        if isinstance(record, Enclosure):
            self._enclosure(record)
            return
        if isinstance(record, EventRecord) and record.place is not None:
            self._acts.append(record)
        else:
            self._batch.append(protocol.encode(record))
        self._text += len(record.text) if isinstance(record, (TextBlock, EventRecord)) else 0
        if max(len(self._batch), len(self._acts)) >= _BATCH or self._text >= _BATCH_TEXT:
            self._flush()

    def _enclosure(self, record: Enclosure) -> None:
        self._flush()
        self._frame(["enclosure", protocol.encode(record)])
        while piece := record.stream.read(frames.PIECE):
            self._frame(["piece"], piece)
        self._frame(["enclosed"])

    def _flush(self) -> None:
        batch, self._batch, self._text = self._batch, [], 0
        if batch:
            self._frame(["records", batch, self._place()])
        acts, self._acts = self._acts, []
        if acts:
            columns = event_cells.columns_of(acts, self._setting)
            self._frame([*protocol.encode(columns), self._place()])

    def _frame(self, head: Any, data: bytes = b"") -> None:
        with self._lock:
            frames.write_frame(self._outlet, head, data)
            self._last_sign = time.monotonic()
