"""A snapshot is one state of a case for several threads, and stops nobody who writes."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from test_checkpoints import fill

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.snapshot import Snapshot
from evidence_app.casefile.storage import connection as database
from evidence_app.errors import InternalError, UserError
from evidence_app.services import cases, custody, items
from evidence_app.services.importing.importer import Importer

SECRET = b"what must be gone 4711 " * 40


def add(case: CaseFile, name: str, data: bytes) -> None:
    with Importer(case) as importer:
        importer.run_bytes(name, data)


def test_all_reads_are_of_one_state_from_its_beginning_on(case: CaseFile) -> None:
    add(case, "a.txt", b"first")
    with Snapshot(case) as state:
        cases.edit_info(case, title="other")
        add(case, "b.txt", b"second")
        assert cases.info(state).title == "测试 case"
        with ThreadPoolExecutor(4) as pool:
            indexes = list(pool.map(lambda _: items.index(state, items.ItemFilter()), range(40)))
        assert [list(index) for index in indexes] == [[1]] * 40
        with pytest.raises(UserError):
            cases.edit_info(state, title="changed")
    assert cases.info(case).title == "other"


def test_an_original_that_is_destroyed_meanwhile_can_be_read_to_its_end(case: CaseFile) -> None:
    data = os.urandom(5 << 20)
    add(case, "a.bin", data)
    with Snapshot(case) as state, items.open_original(state, 1) as stream:
        beginning = stream.read(100)
        items.trash(case, [1])
        items.destroy(case, [1], "")
        assert beginning + stream.read() == data


def test_what_is_destroyed_meanwhile_is_gone_when_it_ends(case: CaseFile) -> None:
    add(case, "secret.txt", SECRET)
    with Snapshot(case):
        items.trash(case, [1])
        began = time.monotonic()
        items.destroy(case, [1], "")
        assert time.monotonic() - began < 10, "destroying waited for the reader"
    log = case.path.with_name(f"{case.path.name}-wal")
    assert log.stat().st_size == 0
    assert SECRET[:60] not in case.path.read_bytes()


def test_of_several_the_last_one_that_ends_empties_the_log(case: CaseFile) -> None:
    add(case, "secret.txt", SECRET)
    log = case.path.with_name(f"{case.path.name}-wal")
    first, second = Snapshot(case), Snapshot(case)
    items.trash(case, [1])
    items.destroy(case, [1], "")
    first.close()
    assert log.stat().st_size > 0
    second.close()
    assert log.stat().st_size == 0


def test_the_log_does_not_grow_for_ever(case: CaseFile) -> None:
    log = case.path.with_name(f"{case.path.name}-wal")
    with Snapshot(case) as state:
        fill(case)
        count = custody.count(state)
    assert custody.count(case) == count + 9
    # One more change begins the log anew.
    for _ in range(2):
        fill(case)
    assert log.stat().st_size < 3 * database.WAL_SIZE


def test_it_is_over_when_it_is_closed(case: CaseFile) -> None:
    state = Snapshot(case)
    state.close()
    with pytest.raises(InternalError):
        cases.info(state)
    state.close()
