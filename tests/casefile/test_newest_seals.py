"""The newest seals of a case: right whatever is sealed after what, and in little memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, StaticPool, create_engine
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import chain_check, seals
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody.newest_seals import NewestSeals
from evidence_app.casefile.custody.seals import GONE, SIZE, Seal
from evidence_app.casefile.schema import device
from evidence_app.errors import DamagedError, UserError
from evidence_app.model.custody import Action

ROWS = 40_000
RUN = 100
_DIGESTS = "SELECT digests FROM row_seal WHERE table_name = 'device'"


def seal(first: int, count: int, salt: int = 0) -> Seal:
    """A seal of made-up rows."""
    digests = [hashlib.sha256(f"{salt} {first + n}".encode()).digest() for n in range(count)]
    return Seal("event", first, b"".join(digests))


@contextmanager
def seal_table() -> Iterator[Connection]:
    """An empty table of seals, and nothing else."""
    raw = dbapi2.connect(":memory:", isolation_level=None)
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE row_seal (id INTEGER PRIMARY KEY, entry_seq, table_name, first_id, "
            "digests)"
        )
        yield connection
    engine.dispose()


@given(
    st.lists(
        st.tuples(st.integers(1, 2500), st.sampled_from((1, 2, 63, 64, 512, 1500)), st.booleans()),
        max_size=12,
    )
)
@settings(max_examples=30, deadline=None)
def test_the_newest_seal_of_each_row_is_found(made: list[tuple[int, int, bool]]) -> None:
    """Seals of few rows lie in memory, of many in the file; the newest counts in any order."""
    newest, expected = NewestSeals(), {}
    with seal_table() as connection:
        for salt, (first, count, is_gone) in enumerate(made):
            digests = GONE * count if is_gone else seal(first, count, salt).digests
            for stored in seals.keep(connection, salt, [Seal("event", first, digests)]):
                newest.put(stored)
            for n in range(count):
                expected[first + n] = digests[n * SIZE : (n + 1) * SIZE]
        for row_id in range(4100):
            assert newest.get(connection, "event", row_id) == expected.get(row_id, GONE)
    assert newest.highest("event") == max(expected, default=0)


def test_seals_of_an_entry_that_does_not_agree_are_not_believed() -> None:
    """They are dropped with all that was known before; what comes later counts."""
    newest = NewestSeals()
    with seal_table() as connection:
        for stored in seals.keep(connection, 1, [seal(1, 500), seal(600, 3), seal(700, 3, 1)]):
            newest.wait(stored)
        newest.decide(agrees=False)
        assert not newest.is_complete
        assert newest.get(connection, "event", 5) == newest.get(connection, "event", 600) == GONE
        newest.wait(seal(600, 3))
        newest.decide(agrees=True)
        assert newest.get(connection, "event", 601) == seal(601, 1).digests


def test_digests_that_were_changed_in_the_file_are_not_believed(tmp_path: Path) -> None:
    """Whoever writes into a row and its seal while the case is open is found out as well."""
    with CaseFile.create(tmp_path / "a.evcase") as case:
        with case.change(Action.IMPORT, {}) as change:
            rows = [{"name": str(number), "holder": ""} for number in range(100)]
            ids = change.insert_many(device, rows)
        with case.unlogged() as connection:
            digests = bytearray(connection.exec_driver_sql(_DIGESTS).scalar_one())
            connection.exec_driver_sql("UPDATE device SET holder = 'x' WHERE id = ?", (ids[7],))
            [(_, forged)] = seals.rows(connection, "device", f"WHERE id = {ids[7]}")
            digests[7 * SIZE : 8 * SIZE] = forged
            query = "UPDATE row_seal SET digests = ? WHERE table_name = 'device'"
            connection.exec_driver_sql(query, (bytes(digests),))
        with pytest.raises(UserError), case.change(Action.EDIT_EVENT, {}) as change:
            change.update(device, ids[7], name="y")


def test_a_seal_without_a_number_after_it_is_told() -> None:
    """A planted number that leaves none is damage, no number that runs over."""
    with seal_table() as connection:
        connection.exec_driver_sql("INSERT INTO row_seal (id) VALUES (?)", ((1 << 63) - 1,))
        with pytest.raises(DamagedError):
            list(seals.keep(connection, 1, [seal(1, 1)]))


def test_sealing_and_reading_seals_of_many_rows_takes_little_memory(tmp_path: Path) -> None:
    """The digests of all rows of a change never are in memory at once, nor when it is read."""
    full_size = ROWS * SIZE
    with CaseFile.create(tmp_path / "a.evcase") as case, case.unlogged() as connection:
        newest = NewestSeals()
        made = (seal(first, RUN) for first in range(1, ROWS, RUN))
        writing = _peak(lambda: custody.append(connection, Action.IMPORT, {}, made, newest.put))
        again = NewestSeals()
        reading = _peak(lambda: chain_check.follow(connection, again.wait, on_entry=again.decide))
        for row_id in (1, 100, 101, ROWS // 2, ROWS):
            expected = seal(row_id, 1).digests
            assert newest.get(connection, "event", row_id) == expected
            assert again.get(connection, "event", row_id) == expected
    assert writing < full_size * 0.8
    assert reading < full_size * 0.8


def _peak(work: Callable[[], object]) -> int:
    """How many bytes of Python's memory some work takes at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
