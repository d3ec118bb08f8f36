"""The reading process: killed, hanging, greedy, talkative, and always replaced."""

import io
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import intake_samples as samples
import pytest
import test_silk

from evidence_app.errors import Cancelled
from evidence_app.intake.event_cells import Setting, columns_of
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.process import limits
from evidence_app.intake.process import pool as reading_pool
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.intake.records import (
    Description,
    Enclosure,
    EventColumns,
    EventRecord,
    Record,
    Source,
)
from evidence_app.messages import MessageCode
from evidence_app.progress import SILENT, Progress
from evidence_app.sandbox import child
from evidence_app.sandbox.protection import WHOLE
from evidence_app.services.sample import files as sample_files

NO_STREAM = io.BytesIO()
SETTING = Setting("CN", ZoneInfo("UTC"))


@pytest.fixture
def pool() -> Iterator[ReadingPool]:
    with ReadingPool(1) as new_pool:
        yield new_pool


def read(pool: ReadingPool, data: bytes, progress: Progress = SILENT) -> list[Record]:
    return list(pool.read(Source(io.BytesIO(data), len(data), "x.bin", "CN"), progress))


def pid(pool: ReadingPool) -> int:
    child = pool._workers[0].helper.child
    assert child is not None
    return child.pid


def run_instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Start processes that run ``program`` where the worker would run."""
    root = str(Path(__file__).resolve().parents[2])
    script = f"import sys\nsys.path.insert(0, {root!r})\n{program}"
    isolated = [sys.executable, "-I", "-c", script]
    monkeypatch.setattr(child, "command", lambda module: isolated)


def slow_worker(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Start processes that run ``code`` where the worker would serve a file."""
    run_instead(
        monkeypatch,
        "import time\nfrom evidence_app.intake.process import worker\n"
        "from evidence_app.sandbox import frames\n"
        f"def serve(request, stream, companions, outlet):\n    {code}\n"
        "worker._serve = serve\nworker.main()\n",
    )


def test_reads_and_keeps_its_process(pool: ReadingPool) -> None:
    assert isinstance(read(pool, samples.picture("PNG"))[0], Description)
    first = pid(pool)
    assert isinstance(read(pool, b"some words\n")[0], Description)
    assert read(pool, b"") == []
    assert read(pool, bytes(1000)) == []
    assert pid(pool) == first


def test_same_records_as_in_this_process(pool: ReadingPool, tmp_path: Path) -> None:
    """A closed-off process has all that the decoders of every library need."""
    for name, data in everything(tmp_path):
        records = list(pool.read(Source(io.BytesIO(data), len(data), name, "CN")))
        assert isinstance(records[0], Description), name
        assert records[0].reader
        plain = [replace(records[0], reader=""), *records[1:]]
        expected = samples.read(data, name)
        assert isinstance(expected[0], Description)
        acts = [
            event
            for event in expected
            if isinstance(event, EventRecord) and event.place is not None
        ]
        assert cells(plain) == cells([columns_of(acts, SETTING)] if acts else []), name
        assert [comparable(record) for record in plain if not isinstance(record, EventColumns)] == [
            comparable(replace(expected[0], reader="")),
            *(comparable(record) for record in expected[1:] if record not in acts),
        ], name
    assert pool._workers[0].helper.child is not None
    assert pool._workers[0].helper.child.protection == WHOLE


def cells(records: Sequence[Record]) -> list[tuple[object, ...]]:
    """The cells of all acts, and the names of files that belong to them."""
    frames: list[tuple[object, ...]] = []
    for batch in samples.of_kind(records, EventColumns):
        names = dict(batch.enclosed)
        rows = zip(*batch.cells.values(), strict=True)
        frames += [(*row, list(names.get(place, ()))) for place, row in enumerate(rows)]
    return frames


def comparable(record: Record) -> Record:
    """A record without what differs in each process: its stream, and who read it."""
    if isinstance(record, Enclosure):
        return replace(record, stream=NO_STREAM)
    return replace(record, reader="") if isinstance(record, Description) else record


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """A file for each library that decodes, and those of the sample case."""
    for form in ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "HEIF", "AVIF"):
        yield f"IMG-20231201-WA0001.{form}", samples.picture(form)
    yield "a.wav", samples.wav()
    yield "a.amr", samples.amr_of_silence()
    yield "a.silk", test_silk.voice()
    for form, codec in (("mp4", "aac"), ("mp3", "mp3"), ("ogg", "libopus")):
        yield f"a.{form}", samples.sound(form, codec)
    yield "a.mp4", samples.video()
    yield "a.pdf", samples.pdf(["x"])
    yield "a.txt", b"words \xf0\x9f\x98\x80\n"
    yield from sample_files.files()


def test_killed_between_files(pool: ReadingPool) -> None:
    read(pool, b"words\n")
    os.kill(pid(pool), signal.SIGKILL)
    time.sleep(0.1)
    assert read(pool, b"words\n")


def test_killed_while_reading(pool: ReadingPool) -> None:
    data = ("line\n" * 2_000_000).encode()
    records = pool.read(Source(io.BytesIO(data), len(data), "x", None))
    next(records)
    os.kill(pid(pool), signal.SIGKILL)
    with pytest.raises(ReadFailure) as failure:
        list(records)
    assert failure.value.message.code is MessageCode.READER_CRASHED
    assert read(pool, b"words\n")


def test_killed_while_sending(pool: ReadingPool) -> None:
    read(pool, b"words\n")

    class Treacherous(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 2 << 20:
                os.kill(pid(pool), signal.SIGKILL)
            return super().read(size)

    data = b"words\n" * 2_000_000
    with pytest.raises(ReadFailure) as failure:
        list(pool.read(Source(Treacherous(data), len(data), "x", None)))
    assert failure.value.message.code is MessageCode.READER_CRASHED
    assert read(pool, b"words\n")


def test_hanging_process_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with ReadingPool(1, timeout_s=0.5) as pool:
        with monkeypatch.context() as patched:
            slow_worker(patched, "time.sleep(100)")
            began = time.monotonic()
            with pytest.raises(ReadFailure) as failure:
                read(pool, b"words\n")
            assert time.monotonic() - began < 10
        assert failure.value.message.code is MessageCode.READER_TIMED_OUT


def test_process_that_says_that_it_lives_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    slow_worker(
        monkeypatch,
        "[(frames.write_frame(outlet, ['alive', 0]), time.sleep(0.3)) for _ in range(8)]; "
        "frames.write_frame(outlet, ['done'])",
    )
    with ReadingPool(1, timeout_s=1.5) as pool:
        assert read(pool, b"words\n") == []


def test_time_of_the_receiver_does_not_count() -> None:
    data = ("line\n" * 400_000).encode()
    with ReadingPool(1, timeout_s=1) as pool:
        records = pool.read(Source(io.BytesIO(data), len(data), "x", None))
        next(records)
        time.sleep(1.6)
        assert len(list(records)) > 100


@pytest.mark.parametrize(
    "code",
    [
        "outlet.write(b'garbage' * 1000); outlet.flush(); time.sleep(100)",
        "outlet.write(b'\\xff' * 8); outlet.flush(); time.sleep(100)",
        "frames.write_frame(outlet, [])",
        "frames.write_frame(outlet, {})",
        "frames.write_frame(outlet, 7)",
        "frames.write_frame(outlet, ['records', [['act', 1]], 0])",
        "frames.write_frame(outlet, ['records', [['nothing', 1]], 0])",
        "frames.write_frame(outlet, ['failed', ['NO_SUCH_CODE', {}], ''])",
        "frames.write_frame(outlet, ['surprise'])",
        "frames.write_frame(outlet, ['alive'])",
        "frames.write_frame(outlet, ['alive', 'far'])",
        "frames.write_frame(outlet, ['records', []])",
        "frames.write_frame(outlet, ['records', [['acts', [], []]], 0])",
        "frames.write_frame(outlet, ['acts', [], [], 0])",
        "frames.write_frame(outlet, ['acts', [['call']] * 18, [], 0])",
        "frames.write_frame(outlet, ['acts', 7, [], 0])",
        "outlet.write(b'\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00' + b'[' * 65536); outlet.flush()",
        "raise SystemExit(3)",
    ],
)
def test_process_that_breaks_the_protocol(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    with ReadingPool(1, timeout_s=5) as pool:
        with monkeypatch.context() as patched:
            slow_worker(patched, code)
            with pytest.raises(ReadFailure) as failure:
                read(pool, b"words\n")
            assert failure.value.message.code is MessageCode.READER_CRASHED
        assert read(pool, b"words\n")


def test_endless_output_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OUTPUT", 8 << 20)
    with ReadingPool(1) as pool:
        with monkeypatch.context() as patched:
            slow_worker(
                patched,
                "text = ['text', 'x' * 100000, ['line', 1, '']]\n"
                "    while True: frames.write_frame(outlet, ['records', [text], 0])",
            )
            with pytest.raises(ReadFailure) as failure:
                read(pool, b"words\n")
            assert failure.value.message.code is MessageCode.READER_LIMIT
        assert read(pool, b"words\n")


def test_greedy_process_meets_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with ReadingPool(1) as pool:
        with monkeypatch.context() as patched:
            run_instead(
                patched,
                "from evidence_app.intake.process import worker, limits\n"
                "worker.detect = lambda source: bytearray(limits.MEMORY)\nworker.main()\n",
            )
            with pytest.raises(ReadFailure) as failure:
                read(pool, b"words\n")
            assert failure.value.message.code is MessageCode.READER_LIMIT
        assert read(pool, b"words\n")


def test_cancel_stops_at_once(pool: ReadingPool, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        slow_worker(patched, "time.sleep(100)")
        cancel = threading.Event()
        threading.Timer(0.5, cancel.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            read(pool, b"words\n", Progress(is_cancelled=cancel.is_set))
        assert time.monotonic() - began < 5
    assert read(pool, b"words\n")


def test_abandoned_reading_leaves_a_usable_pool(pool: ReadingPool) -> None:
    data = ("line\n" * 2_000_000).encode()
    records = pool.read(Source(io.BytesIO(data), len(data), "x", None))
    next(records)
    records.close()  # type: ignore[attr-defined]
    assert read(pool, b"words\n")


def test_cancel_while_all_processes_are_busy(pool: ReadingPool) -> None:
    busy = pool.read(Source(io.BytesIO(b"words\n"), 6, "x", None))
    next(busy)
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    with pytest.raises(Cancelled):
        read(pool, b"words\n", Progress(is_cancelled=cancel.is_set))
    list(busy)


def test_many_threads_share_few_processes() -> None:
    counts: list[int] = []
    with ReadingPool(2) as pool:

        def work(number: int) -> None:
            counts.append(len(read(pool, f"words {number}\n".encode())))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert counts == [3] * 12


class Endless(io.RawIOBase):
    """A large file of one byte, that counts what is read of it."""

    def __init__(self, byte: bytes, size: int) -> None:
        self.bytes_read = 0
        self._byte, self._size, self._at = byte, size, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        self._at = place
        return place

    def read(self, size: int = -1) -> bytes:
        remaining = self._size - self._at
        size = remaining if size < 0 else min(size, remaining)
        self._at += size
        self.bytes_read += size
        return self._byte * size


def test_of_a_large_unknown_file_only_the_head_is_sent(pool: ReadingPool) -> None:
    stream = Endless(b"\x00", 2 << 30)
    began = time.monotonic()
    counting_stream: BinaryIO = stream  # type: ignore[assignment]
    assert list(pool.read(Source(counting_stream, 2 << 30, "video.bin", None))) == []
    assert stream.bytes_read <= reading_pool.HEAD_SIZE
    assert time.monotonic() - began < 10


def test_large_workbook_is_recognised(pool: ReadingPool) -> None:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["起始时间", "对方号码", "通信方式", "通信时长"])
        for row in range(1, 12_001):
            number = f"138{row * 7919 % 100_000_000:08}"
            sheet.write_row(row, 0, [f"2023-01-02 11:{row % 60:02}:44", number, "主叫", "15秒"])
    assert len(out.getvalue()) > reading_pool.HEAD_SIZE
    assert len(cells(read(pool, out.getvalue()))) == 12_000


def test_no_stray_files_and_no_other_open_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with ReadingPool(1) as pool:
        records = pool.read(Source(io.BytesIO(samples.picture("PNG")), 10**5, "x", None))
        next(records)
        [own] = tmp_path.iterdir()
        assert list(own.iterdir()) == []
        list(records)
        targets = [str(path.readlink()) for path in Path(f"/proc/{pid(pool)}/fd").iterdir()]
        assert not [name for name in targets if name.startswith("socket:")]
        os.kill(pid(pool), signal.SIGKILL)
    assert list(tmp_path.iterdir()) == []


def test_odd_file_names_travel(pool: ReadingPool) -> None:
    for name in ("a\nb", "\udcff.png", "..", "", "名" * 500):
        assert list(pool.read(Source(io.BytesIO(b"x\n"), 2, name, None)))
