"""The reading process: decodes files from strangers under limits, far from the case file.

It is started by `reading_pool` and speaks `protocol` over its standard input and output. For
each file it is asked twice: with the file's head, whether it can read that at all, and then
with all the bytes, for the records.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from evidence_app.intake import protocol
from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Rendition

MEMORY_LIMIT = 3 << 30
_BATCH = 500


def main() -> None:
    """Serve files until the pipe is closed."""
    inlet, outlet = _pipes()
    _limit_memory()
    while True:
        try:
            request, _ = protocol.read_frame(inlet)
        except EOFError:
            return
        with tempfile.TemporaryFile(prefix="evidence-read-") as stream:
            _receive(inlet, stream)
            _serve(request, stream, outlet)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes; what libraries print goes to standard error instead."""
    inlet = os.fdopen(os.dup(0), "rb", buffering=1 << 20)
    outlet = os.fdopen(os.dup(1), "wb", buffering=1 << 20)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return inlet, outlet


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _receive(inlet: BinaryIO, stream: BinaryIO) -> None:
    while True:
        head, data = protocol.read_frame(inlet)
        if head == "end":
            stream.seek(0)
            return
        stream.write(data)


def _serve(request: dict[str, Any], stream: BinaryIO, outlet: BinaryIO) -> None:
    source = Source(stream, request["size"], request["filename"], request["region"])
    try:
        found = detect(source)
        stream.seek(0)
        if request["only_detect"]:
            protocol.write_frame(outlet, ["detected", found is not None])
            return
        if found is not None:
            _send(found.reader()(source), outlet)
        protocol.write_frame(outlet, ["done"])
    except ReadFailure as failure:
        protocol.write_frame(outlet, ["failed", protocol.message_values(failure.message)])
    except MemoryError:
        _fail(outlet, MessageCode.READER_LIMIT)
    except Exception:
        _log_traceback()
        _fail(outlet, MessageCode.READER_CRASHED)


def _fail(outlet: BinaryIO, code: MessageCode) -> None:
    protocol.write_frame(outlet, ["failed", protocol.message_values(message(code))])


def _log_traceback() -> None:
    import traceback

    traceback.print_exc()


def _send(records: Iterator[Record], outlet: BinaryIO) -> None:
    batch: list[Any] = []
    try:
        for record in records:
            if isinstance(record, Rendition):
                _flush(batch, outlet)
                protocol.write_frame(outlet, ["rendition", protocol.encode(record)], record.data)
                continue
            batch.append(protocol.encode(record))
            if len(batch) >= _BATCH:
                _flush(batch, outlet)
    finally:
        _flush(batch, outlet)


def _flush(batch: list[Any], outlet: BinaryIO) -> None:
    if batch:
        protocol.write_frame(outlet, ["records", batch])
        batch.clear()


if __name__ == "__main__":
    main()
