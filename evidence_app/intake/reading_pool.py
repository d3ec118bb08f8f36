"""Reads files in limited processes, and goes on with a new one where one dies."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from evidence_app.errors import Cancelled
from evidence_app.intake import protocol
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import Record
from evidence_app.messages import MessageCode, message

HEAD_SIZE = 256 << 10
"""So many bytes decide whether a file can be read at all."""

_PIECE = 1 << 20
_LOG = logging.getLogger(__name__)


class ReadingPool:
    """Some reading processes, started when they are first needed.

    Args:
        workers: How many files can be read at the same time.
        timeout_s: A process that says nothing for so long is ended.
    """

    def __init__(self, workers: int, timeout_s: float = 60) -> None:
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._workers = [_Worker(timeout_s) for _ in range(workers)]
        for worker in self._workers:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.stop()

    def read(
        self,
        stream: BinaryIO,
        size: int,
        filename: str,
        region: str | None,
        is_cancelled: Callable[[], bool],
    ) -> Iterator[Record]:
        """The records of a file; none if no reader knows it.

        Args:
            stream: Its bytes, seekable, at 0.
            size: How many they are.
            filename: As dropped.
            region: By whose habits local telephone numbers are read, or None.
            is_cancelled: Asked often; the process is ended when it says yes.

        Raises:
            ReadFailure: Nothing more can be read of the file.
            Cancelled: The person asked to stop.
        """
        worker = self._idle.get()
        try:
            yield from worker.read(stream, size, filename, region, is_cancelled)
        except GeneratorExit:
            worker.stop()
            raise
        finally:
            self._idle.put(worker)


class _Worker:
    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None

    def read(
        self,
        stream: BinaryIO,
        size: int,
        filename: str,
        region: str | None,
        is_cancelled: Callable[[], bool],
    ) -> Iterator[Record]:
        request = {"size": size, "filename": filename, "region": region}
        with _Watch(self, self._timeout_s, is_cancelled) as watch:
            try:
                if size > HEAD_SIZE and not self._detects(request, stream, watch):
                    return
                stream.seek(0)
                self._send({**request, "only_detect": False}, stream, size, watch)
                yield from self._records(watch)
            except (EOFError, OSError, ValueError, TypeError, KeyError) as error:
                self.stop()
                watch.explain(error)

    def stop(self) -> None:
        """End the process; the next file starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)

    def kill(self) -> None:
        """End the process from another thread; whoever waits for it finds it gone."""
        process = self._process
        if process is not None:
            process.kill()

    def _detects(self, request: dict[str, Any], stream: BinaryIO, watch: _Watch) -> bool:
        self._send({**request, "only_detect": True}, stream, HEAD_SIZE, watch)
        [head, *values], _ = protocol.read_frame(self._outlet())
        if head == "failed":
            raise ReadFailure(protocol.message_back(values[0]))
        return bool(values[0])

    def _send(self, request: dict[str, Any], stream: BinaryIO, size: int, watch: _Watch) -> None:
        inlet = self._inlet()
        protocol.write_frame(inlet, request)
        left = size
        while left > 0 and (piece := stream.read(min(_PIECE, left))):
            protocol.write_frame(inlet, "piece", piece)
            left -= len(piece)
            watch.alive()
        protocol.write_frame(inlet, "end")

    def _records(self, watch: _Watch) -> Iterator[Record]:
        while True:
            [head, *values], data = protocol.read_frame(self._outlet())
            watch.alive()
            if head == "done":
                return
            if head == "failed":
                raise ReadFailure(protocol.message_back(values[0]))
            if head == "rendition":
                yield protocol.decode(values[0], data)
            else:
                for encoded in values[0]:
                    yield protocol.decode(encoded, b"")

    def _inlet(self) -> BinaryIO:
        if self._process is None:
            self._process = _start()
        assert self._process.stdin is not None
        return self._process.stdin  # type: ignore[return-value]

    def _outlet(self) -> BinaryIO:
        if self._process is None or self._process.stdout is None:
            raise EOFError
        return self._process.stdout  # type: ignore[return-value]


class _Watch:
    """Ends a process that is silent for too long or no longer wanted."""

    def __init__(self, worker: _Worker, timeout_s: float, is_cancelled: Callable[[], bool]) -> None:
        self._worker = worker
        self._timeout_s = timeout_s
        self._is_cancelled = is_cancelled
        self._last = time.monotonic()
        self._over = threading.Event()
        self._timed_out = False
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, name="reading watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def alive(self) -> None:
        """Note that the process has done something."""
        self._last = time.monotonic()

    def explain(self, error: Exception) -> None:
        """Raise why the process is gone."""
        if self._cancelled:
            raise Cancelled from error
        _LOG.warning("a reading process ended early: %r", error)
        late = MessageCode.READER_TIMED_OUT if self._timed_out else MessageCode.READER_CRASHED
        raise ReadFailure(message(late)) from error

    def _run(self) -> None:
        while not self._over.wait(0.1):
            self._cancelled = self._is_cancelled()
            self._timed_out = time.monotonic() - self._last > self._timeout_s
            if self._cancelled or self._timed_out:
                self._worker.kill()
                return


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "evidence_app.intake.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=root,
    )


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError as error:
        _LOG.debug("closing a pipe of an ended process: %s", error)
