"""Reads files in limited processes, and goes on with a new one where one dies."""

from __future__ import annotations

import io
import logging
import queue
from collections.abc import Callable, Iterator
from typing import Any

from evidence_app.closing import Closing
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.process import limits, protocol
from evidence_app.intake.process.advance import Advance
from evidence_app.intake.records import Enclosure, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.question import answer_values
from evidence_app.progress import SILENT, Progress
from evidence_app.sandbox.child import Child
from evidence_app.sandbox.frames import Frame
from evidence_app.sandbox.helper import Helper, HelperEnded
from evidence_app.sandbox.watch import Verdict

HEAD_SIZE = 256 << 10
"""So many bytes decide whether a file can be read at all."""

_PIECE = 1 << 20
_QUEUE_S = 0.1
_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.intake.process.worker"
_SAID_OF = {
    Verdict.TIMED_OUT: MessageCode.READER_TIMED_OUT,
    Verdict.GREEDY: MessageCode.READER_LIMIT,
}


class ReadingPool(Closing):
    """Some reading processes, started when they are first needed.

    Args:
        workers: How many files can be read at the same time.
        timeout_s: A process that says nothing for so long is ended.
    """

    def __init__(self, workers: int, timeout_s: float = limits.SILENCE_S) -> None:
        # The one that was used last is running already.
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._workers = [_Worker(timeout_s) for _ in range(workers)]
        for worker in self._workers:
            self._idle.put(worker)

    def close(self) -> None:
        """End the reading processes."""
        for worker in self._workers:
            worker.helper.close()

    def read(
        self,
        source: Source,
        progress: Progress = SILENT,
    ) -> Iterator[Record]:
        """The records of a file; none if no reader knows it.

        The stream of an enclosure can be read until the next record is asked for.

        Args:
            source: The file; what it says when alive is not asked.
            progress: Is told the share of the file that is read. It is asked often, from another
                thread, whether to go on; the process is ended when it is cancelled.

        Raises:
            ReadFailure: Nothing more can be read of the file.
            Cancelled: The person asked to stop.
        """
        worker = self._free(progress)
        try:
            yield from worker.read(source, progress)
        finally:
            self._idle.put(worker)

    def _free(self, progress: Progress) -> _Worker:
        while True:
            progress.check()
            try:
                return self._idle.get(timeout=_QUEUE_S)
            except queue.Empty:
                continue


class _Worker:
    def __init__(self, silence_s: float) -> None:
        self.helper = Helper(_PROGRAM, limits.MEMORY, silence_s)

    def read(self, source: Source, progress: Progress) -> Iterator[Record]:
        """See `ReadingPool.read`."""
        failure: ReadFailure | None = None
        try:
            with self.helper.exchange(progress) as child:
                try:
                    yield from _Exchange(child, progress).records(source)
                except ReadFailure as error:
                    failure = error
        except HelperEnded as ended:
            code = _SAID_OF.get(ended.verdict, MessageCode.READER_CRASHED)
            raise ReadFailure(message(code)) from ended
        if failure is None:
            return
        if failure.message.code is MessageCode.READER_LIMIT:
            # A process that tells of its failure goes on, but for this: its memory is in pieces.
            self.helper.close()
        raise failure


class _Exchange:
    """One file sent, its records received."""

    def __init__(self, child: Child, progress: Progress) -> None:
        self._child = child
        self._progress = progress
        self._advance = Advance(0)
        self._received = 0
        self._enclosed = 0
        self._size = 0
        self._zone = ""

    def records(self, source: Source) -> Iterator[Record]:
        """See `ReadingPool.read`."""
        self._size = source.size
        self._zone = source.zone
        self._advance = Advance(source.size)
        if source.size > HEAD_SIZE and not self._is_readable(source):
            return
        self._ask(source, source.size, only_detect=False)
        for stream in source.companions.values():
            self._child.send_file(stream)
        while True:
            frame = self._receive()
            if frame.head[0] == "done":
                return
            yield from self._decoded(frame)

    def _decoded(self, frame: Frame) -> Iterator[Record]:
        match frame.head[0]:
            case "failed":
                raise _failure(frame)
            case "rendition":
                yield protocol.decode(frame.head[1], frame.data)
            case "records":
                _, batch, position = frame.head
                self._progress.tell(self._advance.at(position, yields=_has_act(batch)))
                for encoded in batch:
                    yield protocol.decode(encoded, b"")
            case "acts":
                _, cells, enclosed, position = frame.head
                self._progress.tell(self._advance.at(position, yields=True))
                yield protocol.columns(cells, enclosed, self._zone)
            case "enclosure":
                yield from self._enclosure(frame)
            case "alive":
                self._progress.tell(self._advance.at(frame.head[1], yields=False))
            case _:
                raise ValueError("a frame of an unknown kind")

    def _enclosure(self, frame: Frame) -> Iterator[Record]:
        _, key, filename = frame.head[1]
        pieces = _Pieces(self._piece)
        stream = io.BufferedReader(pieces, _PIECE)
        yield Enclosure(str(key), str(filename), stream)
        pieces.finish()

    def _piece(self) -> bytes:
        """The next bytes of an enclosure, none at its end."""
        frame = self._receive(enclosed=True)
        while frame.head[0] == "alive":
            frame = self._receive(enclosed=True)
        match frame.head[0]:
            case "piece":
                return frame.data
            case "enclosed":
                return b""
            case "failed":
                raise _failure(frame)
            case _:
                raise ValueError("a frame of an unknown kind in an enclosure")

    def _is_readable(self, source: Source) -> bool:
        self._ask(source, HEAD_SIZE, only_detect=True)
        frame = self._receive()
        if frame.head[0] == "failed":
            raise _failure(frame)
        return bool(frame.head[1])

    def _ask(self, source: Source, size: int, *, only_detect: bool) -> None:
        request = {
            "size": source.size,
            "filename": source.filename,
            "region": source.region,
            "zone": source.zone,
            "own_zone": source.own_zone,
            "answers": answer_values(source.answers),
            "companions": [] if only_detect else list(source.companions),
            "depth": source.depth,
            "container": source.container,
            "only_detect": only_detect,
        }
        self._child.send(request)
        self._child.send_file(source.stream, size)

    def _receive(self, *, enclosed: bool = False) -> Frame:
        frame = self._child.receive()
        if enclosed:
            self._enclosed += frame.size
        else:
            self._received += frame.size
        if self._received > limits.output_of(self._size) or self._enclosed > limits.ENCLOSED:
            raise ReadFailure(message(MessageCode.READER_LIMIT))
        return frame


class _Pieces(io.RawIOBase):
    """The bytes of an enclosure, while they come through the pipe."""

    def __init__(self, next_piece: Callable[[], bytes]) -> None:
        self._next_piece = next_piece
        self._rest = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest and not self._ended:
            self._rest = self._next_piece()
            self._ended = not self._rest
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def finish(self) -> None:
        """Let go of what nobody read."""
        while not self._ended:
            self._ended = not self._next_piece()


def _has_act(batch: list[Any]) -> bool:
    return any(encoded[0] in ("act", "text", "skipped") for encoded in batch)


def _failure(frame: Frame) -> ReadFailure:
    _, values, details = frame.head
    if details:
        _LOG.warning("a reader failed:\n%s", details)
    return ReadFailure(protocol.message_from_json(values))
