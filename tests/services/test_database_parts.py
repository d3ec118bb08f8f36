"""What SQLite keeps beside a database is a part of it, wherever and in whatever order it comes."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.messages import MessageCode
from evidence_app.model.filters import EventFilter
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer, ImportOutcome, ImportResult

START = 1_700_000_000_000
CALLS = (
    "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, "
    "type INTEGER)"
)


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A folder with a database whose only row is in its log."""
    folder = tmp_path / "phone"
    folder.mkdir()
    connection = sqlite3.connect(tmp_path / "calllog.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(CALLS)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("INSERT INTO calls VALUES (1, '13800138001', ?, 5, 1)", (START,))
    connection.commit()
    for ending in ("", "-wal", "-shm"):
        data = (tmp_path / f"calllog.db{ending}").read_bytes()
        (folder / f"calllog.db{ending}").write_bytes(data)
    connection.close()
    (tmp_path / "calllog.db").unlink()
    return folder


def bring(case: CaseFile, *paths: Path) -> dict[str, ImportResult]:
    with Importer(case) as importer:
        return {result.path.rpartition("/")[2]: result for result in importer.run(paths)}


def count(case: CaseFile) -> int:
    return len(timeline.index(case, EventFilter()).ids)


def codes(result: ImportResult) -> set[MessageCode]:
    return {notice.code for notice in result.notices}


@pytest.mark.parametrize(
    "order", [("", "-wal", "-shm"), ("-shm", "-wal", ""), ("-wal", "", "-shm")]
)
def test_together_in_any_order(case: CaseFile, phone: Path, order: tuple[str, ...]) -> None:
    results = bring(case, *(phone / f"calllog.db{ending}" for ending in order))
    assert {result.outcome for result in results.values()} == {ImportOutcome.IMPORTED}
    assert count(case) == 1
    assert codes(results["calllog.db-wal"]) == {MessageCode.DATABASE_PART}
    assert codes(results["calllog.db-shm"]) == {MessageCode.DATABASE_PART}


def test_in_a_folder_and_in_an_archive(case: CaseFile, phone: Path, tmp_path: Path) -> None:
    (phone / "empty.db-wal").write_bytes(b"")
    (phone / "empty.db").write_bytes((phone / "calllog.db").read_bytes()[:100])
    results = bring(case, phone)
    assert codes(results["empty.db-wal"]) == {MessageCode.DATABASE_PART}
    assert results["calllog.db-shm"].outcome is ImportOutcome.IMPORTED
    assert count(case) == 1


def test_in_an_archive(case: CaseFile, phone: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for ending in ("-shm", "-wal", ""):
            archive.write(phone / f"calllog.db{ending}", f"data/calllog.db{ending}")
    results = bring(case, tmp_path / "a.zip")
    assert codes(results["calllog.db-wal"]) == {MessageCode.DATABASE_PART}
    assert results["calllog.db"].events == 1


def test_a_database_that_is_dropped_alone_takes_its_log_along(case: CaseFile, phone: Path) -> None:
    results = bring(case, phone / "calllog.db")
    assert set(results) == {"calllog.db", "calllog.db-wal"}
    assert count(case) == 1


def test_a_part_alone_says_what_it_is_and_is_read_once_the_database_is_there(
    case: CaseFile, phone: Path
) -> None:
    data = (phone / "calllog.db").read_bytes()
    (phone / "calllog.db").unlink()
    results = bring(case, phone)
    assert codes(results["calllog.db-wal"]) == {MessageCode.DATABASE_PART_ALONE}
    assert "calllog.db" in results["calllog.db-wal"].reason.english()  # type: ignore[union-attr]
    (phone / "calllog.db").write_bytes(data)
    assert bring(case, phone)["calllog.db"].events == 1


def test_a_log_that_comes_after_its_database_is_read_with_it(case: CaseFile, phone: Path) -> None:
    wal = (phone / "calllog.db-wal").read_bytes()
    (phone / "calllog.db-wal").unlink()
    bring(case, phone / "calllog.db")
    assert count(case) == 0
    (phone / "calllog.db-wal").write_bytes(wal)
    bring(case, phone / "calllog.db-wal")
    assert count(case) == 1


def test_a_change_that_was_cut_short_is_taken_back(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "calllog.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA cache_size=1")
    connection.execute(CALLS)
    connection.execute("INSERT INTO calls VALUES (1, '13800138001', ?, 5, 1)", (START,))
    connection.execute("BEGIN")
    for number in range(2, 4000):
        connection.execute(
            "INSERT INTO calls VALUES (?, '95001', ?, 5, 1)", (number, START + number)
        )
    phone = tmp_path / "phone"
    phone.mkdir()
    for ending in ("", "-journal"):
        (phone / f"calllog.db{ending}").write_bytes(Path(f"{path}{ending}").read_bytes())
    connection.close()
    results = bring(case, phone)
    assert codes(results["calllog.db-journal"]) == {MessageCode.DATABASE_PART}
    assert count(case) == 1
