"""What waits in several cases is read at the same time, here or on a cluster."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.reading import pixels
from evidence_app.reading.portable import Task, read_task
from evidence_app.services import backlog, cases, reading, verification
from evidence_app.services.importing.importer import Importer
from evidence_app.services.reading import ReadOutcome


def picture(words: str) -> bytes:
    drawn = Image.new("RGB", (360, 60), "white")
    font = ImageFont.load_default(24)
    ImageDraw.Draw(drawn).text((12, 12), words, "black", font=font)
    saved = BytesIO()
    drawn.save(saved, "PNG")
    return saved.getvalue()


@cache
def too_large() -> bytes:
    saved = BytesIO()
    Image.new("1", (8000, pixels.MOST_PIXELS // 8000 + 1)).save(saved, "PNG")
    return saved.getvalue()


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    made = []
    for name in ("first", "second"):
        path = tmp_path / f"{name}.evcase"
        with cases.create(
            path, title=name, timezone="UTC", jurisdiction=Jurisdiction.CHINA
        ) as case:
            with Importer(case) as importer:
                for number in range(3):
                    importer.run_bytes(f"{number}.png", picture(f"{name} picture {number}"))
                importer.run_bytes("large.png", too_large())
            reading.queue_unread(case)
        made.append(path)
    return made


def opened(paths: list[Path]) -> Iterator[tuple[Path, CaseFile]]:
    for path in paths:
        yield path, cases.open_case(path)


def words(path: Path) -> list[str]:
    with cases.open_case(path, read_only=True) as case:
        assert verification.verify(case).is_intact
        assert reading.counts(case).waiting == 0
        return [line.text for item in (1, 2, 3) for line in reading.lines(case, item)]


def assert_all_read(paths: list[Path]) -> None:
    for path in paths:
        assert words(path) == [f"{path.stem} picture {number}" for number in range(3)]


def test_two_processes_read_two_cases(paths: list[Path]) -> None:
    outcomes: list[tuple[Path, ReadOutcome]] = []
    with backlog.readers(2) as readers:
        backlog.Backlog(readers, lambda *one: outcomes.append(one)).run(opened(paths))
    assert_all_read(paths)
    assert {path for path, _ in outcomes} == set(paths)
    assert [one.item_id for _, one in outcomes if one.reason is not None] == [4, 4]


def test_a_cluster_of_two_reads_on_when_one_is_killed(paths: list[Path]) -> None:
    from distributed import LocalCluster

    killed: list[int] = []

    def told(_path: Path, _outcome: ReadOutcome) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        backlog.readers(1, cluster.scheduler_address) as readers,
    ):
        backlog.Backlog(readers, told).run(opened(paths))
    assert killed
    assert_all_read(paths)


def test_what_was_being_read_waits_when_the_cluster_is_gone(paths: list[Path]) -> None:
    class Gone(backlog.LocalReaders):
        def submit(self, task: Task):  # type: ignore[no-untyped-def]
            return self.executor.submit(lambda: [][0])

    with pytest.raises(UserError) as raised, Gone(1) as readers:
        backlog.Backlog(readers, lambda *_: None).run(opened(paths))
    assert raised.value.message.code is MessageCode.CLUSTER_LOST
    with cases.open_case(paths[0], read_only=True) as case:
        assert reading.counts(case).waiting == 4


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence_app.reading.cluster._TIMEOUT_S", 0.3)
    with pytest.raises(UserError) as raised:
        backlog.readers(1, "tcp://127.0.0.1:9")
    assert raised.value.message.code is MessageCode.CLUSTER_UNREACHABLE
    with pytest.raises(UserError):
        backlog.readers(1, "no address at all")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError) as raised:
        backlog.readers(1, "tcp://127.0.0.1:9")
    assert "evidence-app[cluster]" in raised.value.message.english()


def test_nothing_of_a_cluster_is_loaded_before_one_is_named() -> None:
    lines = "import sys, evidence_app.services.backlog; print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]


def test_an_item_is_read_from_its_bytes_alone() -> None:
    data = picture("plain bytes")
    [(code, values, _)] = read_task(data, "", "", ())
    assert (code, [line["text"] for line in json.loads(values)["lines"]]) == ("", ["plain bytes"])
    [(code, _, _)] = read_task(b"none", "", "", ())
    assert code
