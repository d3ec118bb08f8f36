"""Large files: memory that does not grow with them, work that grows no faster, signs of life."""

import gc
import itertools
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import queries, search
from evidence_app.casefile.storage import page_cache
from evidence_app.errors import Cancelled
from evidence_app.intake.process.advance import Advance
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import items
from evidence_app.services.importing.importer import (
    Importer,
    ImportOutcome,
    ImportResult,
)
from evidence_app.services.importing.ingest import MOST_TOLD

START = datetime(2023, 1, 2, 8)  # noqa: DTZ001 - as exports write it, without a zone.


@pytest.fixture
def importer(case: CaseFile) -> Iterator[Importer]:
    with Importer(case) as made:
        yield made


def prose(megabytes: int) -> bytes:
    """Chinese text, in lines."""
    signs = "".join(chr(0x4E00 + n * 37 % 3000) for n in range(2000))
    line = "".join(f"{signs[n % 1900 : n % 1900 + 40]}。\n" for n in range(200))
    return line.encode() * (megabytes * (1 << 20) // len(line.encode()) + 1)


def calls(count: int, *, broken: bool = False) -> bytes:
    """A carrier's bill."""
    lines = ["起始时间,通信方式,对方号码,时长"]
    for n in range(count):
        at = "gestern" if broken and n > 60 else f"{START + timedelta(minutes=n):%Y-%m-%d %H:%M:%S}"
        lines.append(f"{at},{'主叫' if n % 3 else '被叫'},1990000{n % 900:04},{n % 600}")
    return "\n".join(lines).encode()


def chat(count: int) -> bytes:
    lines = [
        f"{START + timedelta(minutes=n):%d/%m/%Y, %H:%M} - {'李明' if n % 2 else '王'}: 还钱 {n}"
        for n in range(count)
    ]
    return "\n".join(lines).encode()


def import_file(importer: Importer, path: Path, **more: Any) -> ImportResult:
    [result] = importer.run([path], **more)
    return result


def most_memory(importer: Importer, path: Path) -> int:
    """Bytes by which the process that holds the case grows at most while it imports."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmHWM")
    assert import_file(importer, path).item_id is not None
    return _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(kilobytes) << 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forgets the peak when asked")
@pytest.mark.parametrize(
    ("small", "large"),
    [(prose(4), prose(24)), (calls(3_000), calls(24_000)), (chat(3_000), chat(24_000))],
)
def test_memory_does_not_grow_with_the_file(
    small: bytes, large: bytes, importer: Importer, tmp_path: Path
) -> None:
    for number, data in enumerate((small, large)):
        path = tmp_path / f"file-{number}"
        path.write_bytes(data)
        grown = most_memory(importer, path)
    assert grown < 80 << 20


def test_a_long_text_is_found_in_each_of_its_parts(
    case: CaseFile, importer: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    pieces = [
        "开头的词语\n".encode(),
        prose(3),
        "中间的威胁\n".encode(),
        prose(3),
        "最后的起诉\n".encode(),
    ]
    path.write_bytes(b"".join(pieces))
    item_id = import_file(importer, path).item_id
    assert item_id is not None

    def item_ids(query: str) -> list[int]:
        with case.read() as connection:
            item_filter = ItemFilter(text=query)
            return list(
                queries.item_index(connection, item_filter, ItemOrder.TIME, descending=False)
            )

    for words_ in ("开头的词语", "中间的威胁", "最后的起诉", "long"):
        assert item_ids(words_) == [item_id]
    assert item_ids("没有的词") == []
    items.set_note(case, item_id, "笔记在此")
    assert item_ids("笔记在此") == [item_id]
    assert item_ids("最后的起诉") == [item_id]
    with case.read() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM text_search_docsize").scalars().all()
    assert len(rows) == len(set(rows)) > 5
    assert len({row & search.FIRST_LINE for row in rows}) == 1


def test_words_are_indexed_one_by_one() -> None:
    text = "甲乙 丙x丁，〇戊 abc 한글ひら\nq"
    tokens = ["甲", "乙", "丙", "x", "丁", ",", "〇", "戊", "abc", "한", "글", "ひ", "ら", "q"]
    assert search.index_text(text).split() == tokens


def test_a_fingerprint_is_looked_up_in_an_item_of_any_size(
    case: CaseFile, importer: Importer, tmp_path: Path
) -> None:
    """Counted in steps of SQLite, not by the clock: they must not grow with the item."""
    steps: list[int] = []
    for count in (1_000, 8_000):
        path = tmp_path / f"{count}.csv"
        path.write_bytes(calls(count))
        item_id = import_file(importer, path).item_id
        assert item_id is not None
        with case.read() as connection:
            raw: Any = connection.connection.driver_connection
            step_counter = itertools.count()
            raw.set_progress_handler(lambda taken=step_counter: next(taken) < 0, 10)
            same_acts.with_occurrences(connection, item_id, list(range(100)))
            same_acts.shown_for(connection, item_id, list(range(100)))
            raw.set_progress_handler(None, 0)
            steps.append(next(step_counter))
    assert 0 < steps[1] < 2 * steps[0]


def test_the_larger_cache_is_given_back(case: CaseFile) -> None:
    def size(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

    with case.unlogged() as connection:
        usual = size(connection)
        with pytest.raises(ZeroDivisionError), page_cache.usual_after(connection):
            page_cache.enlarge(connection)
            page_cache.enlarge(connection)
            assert size(connection) < usual < 0
            raise ZeroDivisionError
        assert size(connection) == usual
        with page_cache.usual_after(connection):
            pass
        assert size(connection) == usual


def test_a_log_without_a_readable_row_is_told_in_part_and_kept_whole(
    case: CaseFile, importer: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(calls(3_000, broken=True))
    result = import_file(importer, path)
    assert result.outcome is ImportOutcome.PARTLY_READ
    assert result.skipped_count > MOST_TOLD
    assert len(result.skipped) == MOST_TOLD
    assert result.item_id is not None
    assert len(items.skipped(case, result.item_id)) == result.skipped_count


def test_progress_goes_on_from_receiving_to_the_end(importer: Importer, tmp_path: Path) -> None:
    for name, data, lows in (
        ("a.csv", calls(12_000), (0.05, 0.2, 0.4, 0.65, 0.8)),
        ("b.txt", chat(12_000), (0.4, 0.65, 0.8)),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        states: list[ProgressState] = []
        import_file(importer, path, progress=Progress(states.append))
        shares = [state.share for state in states]
        assert shares == sorted(shares)
        assert shares[-1] == 1
        for low in lows:
            assert [share for share in shares if low <= share < low + 0.2], (name, low)


@pytest.mark.parametrize("after", [0.1, 0.4, 0.7, 0.9])
def test_cancelling_at_any_moment_leaves_nothing(
    after: float, case: CaseFile, importer: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(calls(6_000))
    is_cancelled = False

    def look(state: ProgressState) -> None:
        nonlocal is_cancelled
        is_cancelled = is_cancelled or state.share >= after

    result = import_file(importer, path, progress=Progress(look, lambda: is_cancelled))
    assert result.outcome is ImportOutcome.NOT_IMPORTED
    with case.read() as connection:
        for table in ("item", "event", "content", "content_chunk", "event_search_docsize"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    is_cancelled = False
    assert import_file(importer, path).events == 6_000


def test_share_of_a_file_that_is_read_once_or_twice() -> None:
    once = Advance(100)
    assert [once.at(n, yields=True) for n in (0, 50, 100)] == [0, 0.5, 1]
    twice = Advance(100)
    assert [twice.at(n, yields=False) for n in (10, 60, 100)] == [0.05, 0.3, 0.5]
    assert [twice.at(n, yields=True) for n in (0, 50, 100)] == [0.5, 0.75, 1]
    odd = Advance(100)
    shares = [odd.at(n, yields=n > 40) for n in (90, 10, -5, 1 << 70, 3, 50, 2, 100)]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert Advance(0).at(0, yields=True) == 0


def test_a_step_of_the_end_that_raises_takes_all_back(case: CaseFile) -> None:
    from evidence_app.casefile.schema import tag
    from evidence_app.model.custody import Action

    def refuse(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), case.change(Action.EDIT_TAG, {}) as change:
        change.insert(tag, name="x", colour="")
        change.on_finish = refuse
    with case.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tag").scalar() == 0
