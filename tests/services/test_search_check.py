"""What the search finds is what stands there: the check indexes all words anew and compares."""

import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import search_check
from evidence_app.casefile.records import items as item_records
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.evidence import RenditionKind
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.verification import MismatchKind
from evidence_app.services import events as timeline
from evidence_app.services import items, manual_entries, passwords, verification
from evidence_app.services.importing.importer import Importer
from evidence_app.services.sample import sample_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        sample_case.create_sample(folder / "sample.evcase").close()
    return folder / "sample.evcase"


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "copy.evcase"))


def tamper(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def mismatches(path: Path) -> set[tuple[MismatchKind, str]]:
    with CaseFile.open(path, read_only=True) as case:
        return {
            (mismatch.kind, mismatch.where) for mismatch in verification.verify(case).mismatches
        }


@pytest.mark.parametrize(
    ("statements", "where"),
    [
        (("DELETE FROM event_search WHERE rowid = 2",), "event 2"),
        (("DELETE FROM item_search WHERE rowid = 1",), "item 1"),
        (
            (
                "DELETE FROM event_search WHERE rowid = 2",
                "INSERT INTO event_search(rowid, text) VALUES (2, 'other')",
            ),
            "event 2",
        ),
        (("INSERT INTO event_search(rowid, text) VALUES (999999, 'planted')",), "event 999999"),
        (("INSERT INTO event_search(rowid, text) VALUES (-7, 'planted')",), "event -7"),
        (("INSERT INTO event_search(event_search) VALUES ('delete-all')",), "event 2"),
        (("DELETE FROM event_search_docsize WHERE id = 2",), "event 2"),
        (("UPDATE event_search_docsize SET id = -7 WHERE id = 2",), "event -7"),
        (("UPDATE event_search_docsize SET sz = x'7f' WHERE id = 2",), "event 2"),
        (("UPDATE event_search_docsize SET sz = x'' WHERE id = 2",), "event 2"),
        (("UPDATE item_search_docsize SET sz = x'00' WHERE id = 1",), "item 1"),
        (("INSERT INTO text_search_docsize VALUES (99, x'00', 1)",), "text_span 99"),
        (("UPDATE event_search_docsize SET sz = NULL WHERE id = 2",), "event_search"),
        (("UPDATE event_search_docsize SET sz = 'text' WHERE id = 2",), "event_search"),
        (("UPDATE text_search_docsize SET origin = 0.5 WHERE id = 1",), "text_search"),
        (("UPDATE event_search_data SET block = 'text' WHERE id = 1",), "event_search"),
        (("DELETE FROM event_search_data WHERE id = 1",), "event_search"),
        (("INSERT INTO event_search_data VALUES (1001, x'00')",), "event_search"),
        (("DELETE FROM text_search WHERE rowid = 2",), "text_span 2"),
        (("INSERT INTO text_search(rowid, text) VALUES (1 << 40 | 2, 'more')",), "text_span 2"),
        (("INSERT INTO item_search_data VALUES (990 << 37 | 1, x'00000004')",), "item_search"),
        (("DELETE FROM event_search_idx",), "event_search"),
        (("UPDATE item_search_idx SET pgno = 990",), "item_search"),
        (("INSERT INTO item_search_idx VALUES (990, x'00', 2)",), "item_search"),
        (("INSERT INTO item_search_config VALUES ('rank', 'x')",), "item_search"),
    ],
)
def test_an_index_of_other_words_is_found(
    path: Path, statements: tuple[str, ...], where: str
) -> None:
    assert mismatches(path) == set()
    tamper(path, *statements)
    assert (MismatchKind.SEARCH, where) in mismatches(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event_search_data WHERE id > 10",
        "UPDATE event_search_data SET block = x'00'",
        "UPDATE event_search_data SET block = 'text'",
        "UPDATE item_search_data SET block = randomblob(length(block))",
        "DELETE FROM item_search_config",
    ],
)
def test_an_index_that_cannot_be_read_is_found(path: Path, statement: str) -> None:
    tamper(path, statement)
    assert {kind for kind, _ in mismatches(path)} >= {MismatchKind.SEARCH}


def test_rows_are_compared_in_batches(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_check, "_ROWS", 3)
    assert mismatches(path) == set()
    tamper(path, "DELETE FROM event_search WHERE rowid = 9")
    assert mismatches(path) == {(MismatchKind.SEARCH, "event 9")}


def test_the_index_follows_every_change(case: CaseFile) -> None:
    manual_entries.add_entry(case, type=EventType.NOTE, time=None, text="电话威胁 first")
    timeline.set_text(case, 1, "另一句话 second")
    with Importer(case) as importer:
        importer.run_bytes("words.txt", "written down 起诉".encode())
        importer.read_again(2)
    items.rename(case, 2, "title of the second")
    assert items.index(case, ItemFilter(text="起诉")).tolist() == [2]
    assert list(timeline.index(case, EventFilter(text="second")).ids) == [1]
    assert verification.verify(case).is_intact
    with case.change(Action.EDIT_ITEM, {}) as change:
        item_records.forget_reading(change, 2)
    assert items.index(case, ItemFilter(text="起诉")).tolist() == []
    assert verification.verify(case).is_intact


def test_a_locked_case_too(case: CaseFile) -> None:
    manual_entries.add_entry(case, type=EventType.NOTE, time=None, text="电话威胁")
    case.close()
    passwords.change_password(case.path, None, "correct horse battery")
    with CaseFile.open(case.path, password="correct horse battery") as locked:
        assert verification.verify(locked).is_intact


@pytest.mark.parametrize("value", ["'text'", "7", "CAST(x'ff' AS TEXT)"])
def test_a_rendition_that_is_no_bytes_is_told_and_stops_nobody(path: Path, value: str) -> None:
    tamper(path, f"UPDATE rendition SET data = {value} WHERE id = 1")
    assert (MismatchKind.ROW_CHANGED, "rendition 1") in mismatches(path)
    with CaseFile.open(path, read_only=True) as case:
        with case.read() as connection:
            query = "SELECT item_id, kind FROM rendition WHERE id = 1"
            item_id, kind = connection.exec_driver_sql(query).one()
        assert items.rendition(case, item_id, RenditionKind(kind)) is None


def test_a_long_text_is_indexed_in_parts_and_agrees(case: CaseFile, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("明天还不还钱就去你单位 again and again.\n" * 30_000, encoding="utf-8")
    with Importer(case) as importer:
        importer.run([long])
    with case.read() as connection:
        parts = connection.exec_driver_sql("SELECT count(*) FROM text_search").scalar_one()
    assert parts > 1
    assert verification.verify(case).is_intact
    case.close()
    tamper(case.path, "DELETE FROM text_search WHERE rowid = (SELECT max(rowid) FROM text_search)")
    assert (MismatchKind.SEARCH, "text_span 1") in mismatches(case.path)
