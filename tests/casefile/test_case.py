"""The case file: durable, accounted for, one writer, originals byte for byte."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from evidence_app.casefile import originals, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import RowChange
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import search
from evidence_app.casefile.storage import connection as database
from evidence_app.errors import Cancelled, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.search import SearchQuery
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import cases, manual_entries
from evidence_app.services import events as timeline
from evidence_app.services.history import History


def test_migrations_make_the_schema(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "a.evcase") as case, case.read() as connection:
        context = MigrationContext.configure(connection)
        ours = [
            difference
            for difference in compare_metadata(context, schema.metadata)
            if "_search" not in str(difference)
        ]
    assert ours == []


def test_pragmas_of_a_new_file(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "a.evcase") as case, case.read() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "page_size",
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "application_id",
                "user_version",
            )
        }
    assert values == {
        "page_size": 16384,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "application_id": schema.APPLICATION_ID,
        "user_version": schema.SCHEMA_VERSION,
    }


def test_refuses_what_is_no_case(tmp_path: Path) -> None:
    other = tmp_path / "notes.evcase"
    other.write_bytes(b"SQLite format 3\x00" + bytes(4096))
    with pytest.raises(UserError) as refused:
        cases.open_case(other)
    assert refused.value.message.code is MessageCode.NOT_A_CASE
    assert other.read_bytes() == b"SQLite format 3\x00" + bytes(4096)
    with pytest.raises(UserError) as missing:
        cases.open_case(tmp_path / "gone.evcase")
    assert missing.value.message.code is MessageCode.CASE_NOT_FOUND


def test_one_writer_and_readers_beside_it(case: CaseFile) -> None:
    with pytest.raises(UserError) as refused:
        cases.open_case(case.path)
    assert refused.value.message.code is MessageCode.CASE_IN_USE
    with cases.open_case(case.path, read_only=True) as beside:
        assert cases.info(beside).title == "测试 case"
        with pytest.raises(UserError):
            cases.edit_info(beside, title="no")


def test_a_newer_file_opens_for_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "a.evcase"
    CaseFile.create(path).close()
    engine = database.engine_for(path, read_only=False)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    engine.dispose()
    with cases.open_case(path) as case:
        assert case.read_only


def test_every_change_has_its_entry_in_an_unbroken_chain(case: CaseFile) -> None:
    cases.edit_info(case, title="one")
    cases.edit_info(case, owner_name="two")
    with case.read() as connection:
        entries = custody.entries(connection)
        stored = connection.execute(select(schema.custody_entry)).mappings().all()
    assert [entry.action for entry in entries] == [
        Action.CREATE_CASE,
        Action.EDIT_CASE,
        Action.EDIT_CASE,
    ]
    assert [entry.seq for entry in entries] == [1, 2, 3]
    previous = custody.GENESIS
    for entry, row in zip(entries, stored, strict=True):
        assert entry.prev_hash == previous
        assert custody.hash_of(custody.decoded(row)) == entry.entry_hash
        previous = entry.entry_hash


def test_a_change_that_fails_leaves_neither_rows_nor_entry(case: CaseFile) -> None:
    with case.read() as connection:
        before = custody.count(connection)
    with pytest.raises(RuntimeError), case.change(Action.EDIT_CASE, {}) as change:
        change.update(schema.case_info, 1, title="lost")
        raise RuntimeError
    with case.read() as connection:
        assert custody.count(connection) == before
        assert case_records.info(connection).title == "测试 case"


@pytest.mark.parametrize("size", [0, 1, schema.CHUNK_SIZE, 20 * schema.CHUNK_SIZE + 7])
def test_originals_come_back_byte_for_byte(case: CaseFile, size: int) -> None:
    data = os.urandom(size)
    incoming = originals.receive(case, io.BytesIO(data))
    with case.change(Action.IMPORT, {}) as change:
        content_id = originals.adopt(change, incoming, "application/octet-stream")
    assert incoming.sha256 == hashlib.sha256(data).hexdigest()
    with originals.open_content(case, content_id) as stream:
        assert stream.read() == data
        stream.seek(size // 2)
        assert stream.read(5) == data[size // 2 : size // 2 + 5]


class _Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, as pipes do."""

    def __init__(self, data: bytes, pace: int) -> None:
        self._data, self._pace, self._at = data, pace, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._data[self._at : self._at + min(self._pace, size)]
        self._at += len(piece)
        return piece


def test_pieces_are_full_whatever_the_stream_gives(case: CaseFile) -> None:
    data = os.urandom(2 * schema.CHUNK_SIZE + 11)
    incoming = originals.receive(case, _Trickle(data, 100_003))
    assert [len(piece) for piece in incoming.chunks] == [schema.CHUNK_SIZE] * 2 + [11]


def test_cancelling_a_large_original_leaves_nothing(case: CaseFile) -> None:
    states = [ProgressState(0, 0)]
    progress = Progress(states.append, lambda: states[-1].done > 30 * schema.CHUNK_SIZE)
    data = io.BytesIO(bytes(40 * schema.CHUNK_SIZE))
    with pytest.raises(Cancelled):
        originals.receive(case, data, progress=progress)
    with case.read() as connection:
        assert connection.execute(select(schema.content_chunk.c.seq)).first() is None


def test_readers_go_on_while_somebody_writes(case: CaseFile) -> None:
    titles: list[str] = []
    with case.change(Action.EDIT_CASE, {}) as change:
        change.update(schema.case_info, 1, title="new")
        reader = threading.Thread(target=lambda: titles.append(cases.info(case).title))
        reader.start()
        reader.join(timeout=10)
    assert titles == ["测试 case"]
    assert cases.info(case).title == "new"


def test_kill_during_a_change_loses_nothing_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.evcase"
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from evidence_app.model.case import Jurisdiction
        from evidence_app.services import cases
        case = cases.create(Path(sys.argv[1]), title="0", timezone="UTC",
                            jurisdiction=Jurisdiction.OTHER)
        for number in range(1, 100000):
            cases.edit_info(case, title=str(number))
            print(number, flush=True)
    """)
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(25):
        reported = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split()
    child.stdout.close()
    child.wait()
    reported = max([reported, *map(int, rest)])
    with cases.open_case(path) as case:
        assert not case.read_only
        assert int(cases.info(case).title) >= reported
        with case.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_inverse_twice_is_the_change_itself() -> None:
    change = RowChange("tag", 1, None, {"id": 1, "name": "a"})
    assert change.inverse().inverse() == change


@given(st.text(), st.text())
@settings(max_examples=300, deadline=None)
def test_no_words_break_the_search(text: str, words: str) -> None:
    engine = database.dbapi2.connect(":memory:")
    try:
        engine.execute(schema.SEARCH_TABLES[0])
        clean = text.encode("utf-8", "replace").decode()
        engine.execute(
            "INSERT INTO item_search(rowid, text) VALUES (1, ?)", (search.index_text(clean),)
        )
        expression = search.match_expression(
            SearchQuery.of(words.encode("utf-8", "replace").decode())
        )
        if expression:
            engine.execute(
                "SELECT rowid FROM item_search WHERE item_search MATCH ?", (expression,)
            ).fetchall()
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("再不还钱就起诉你", "起诉", True),
        ("再不还钱就起诉你", "诉起", False),
        ("call me back, Müller", "muller", True),
        ("call me back", "bac", True),
        ("call me back", "ack", False),
        ("+86 138 0013 8000 来电", "8000 来", True),
        ("今天 pay 钱", "pay钱", True),
        ("再不還錢就上門", "还钱", True),
        ("再不还钱就上门", "還錢", True),
        ("ＡＢＣ　１２３", "abc 123", True),
        ("call me back", '"call me"', True),
        ("call me back", '"me call"', False),
        ("call me back", '"call m"', False),
        ("call me back", "call -back", False),
        ("call me", "call -back", True),
        ("call me back", "-back", True),
    ],
)
def test_search_finds_words(text: str, words: str, found: bool) -> None:
    engine = database.dbapi2.connect(":memory:")
    engine.execute(schema.SEARCH_TABLES[0])
    engine.execute("INSERT INTO item_search(rowid, text) VALUES (1, ?)", (search.index_text(text),))
    rows = engine.execute(
        "SELECT rowid FROM item_search WHERE item_search MATCH ?",
        (search.match_expression(SearchQuery.of(words)),),
    ).fetchall()
    engine.close()
    assert bool(rows) is found


def test_many_threads_read_at_once(case: CaseFile) -> None:
    titles: list[str] = []

    def read() -> None:
        for _ in range(50):
            titles.append(cases.info(case).title)

    threads = [threading.Thread(target=read) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert titles == ["测试 case"] * 600


def test_what_comes_back_by_undo_and_redo_is_found_again(tmp_path: Path) -> None:
    made = cases.create(
        tmp_path / "a.evcase",
        title="x",
        owner_name="",
        numbers=[],
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )

    def hits() -> int:
        return len(timeline.index(made, EventFilter(text="上门威胁")).ids)

    with made:
        history = History(made)
        for _ in range(2):
            history.record(
                manual_entries.add_entry(
                    made,
                    type=EventType.VISIT,
                    time=None,
                    direction=Direction.INCOMING,
                    identifier="",
                    text="上门威胁",
                )
            )
        assert hits() == 2
        history.undo()
        history.undo()
        assert hits() == 0
        history.redo()
        assert hits() == 1
        history.redo()
        assert hits() == 2
