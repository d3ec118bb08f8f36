"""Attacks on the log as a whole: old looks, foreign keys, rollback, and a clock that is wrong."""

import contextlib
import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hostile import (
    READING,
    check_reading,
    check_refused,
    make_case,
    raw,
    rewrite_log,
    run_statements,
    state,
    strip_to_version_2,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from evidence_app import settings as folders
from evidence_app.casefile import opening, schema
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody import seals
from evidence_app.casefile.custody.witness import Witness
from evidence_app.casefile.storage import structure
from evidence_app.cli import main
from evidence_app.errors import EvidenceError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.services import cases, doubts, passwords, tags, verification
from evidence_app.services import custody as log


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case that this computer made, in a folder of its own."""
    path = tmp_path / "folder" / "case.evcase"
    path.parent.mkdir()
    make_case(path)
    return path


@contextlib.contextmanager
def computer(tmp_path: Path, name: str):  # type: ignore[no-untyped-def]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(tmp_path / name))
        yield


def kinds(path: Path) -> set[str]:
    with cases.open_case(path, read_only=True) as case:
        return {mismatch.kind.value for mismatch in verification.verify(case).mismatches}


def test_a_perfect_old_look_is_a_doubt_where_the_case_was_seen(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_statements(path, "UPDATE event SET text = 'forged' WHERE id = 1")
    strip_to_version_2(path)
    listed = check_reading(path, capsys)
    assert {row["kind"] for row in listed} <= {"swapped", "rewritten"}
    check_refused(path)


def test_elsewhere_it_is_an_old_file_for_which_nothing_vouches(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_statements(
        path,
        "UPDATE event SET text = 'forged' WHERE id = 1",
        "DELETE FROM event_search WHERE rowid = 1",
        "INSERT INTO event_search(rowid, text) SELECT id, concat_ws(char(10), text, contact_name, "
        "identifier, identifier_normalized) FROM event WHERE id = 1",
    )
    strip_to_version_2(path)
    with computer(tmp_path, "elsewhere"):
        before = state(path.parent)
        assert main.run(["verify", str(path), "--json"]) == 0
        out, err = capsys.readouterr()
        [report] = [json.loads(line) for line in out.splitlines()]
        assert report["vouched_from_entry"] == report["entries"] + 1
        assert report["unsigned_entries"] == report["entries"] > 0
        assert report["signers"] == []
        assert "Nothing shows whether" in err
        assert state(path.parent) == before
        # Brought up to date it says so for ever.
        cases.open_case(path).close()
        with cases.open_case(path, read_only=True) as case:
            done = verification.verify(case)
        assert done.is_intact
        assert done.signed_from == done.unsigned + 1 == done.entries


def test_a_migration_that_never_was_takes_no_signature_away(path: Path, tmp_path: Path) -> None:
    """An entry at the end that says that all before it is of an old program."""

    def forge(_: Path) -> None:
        with cases.open_case(path) as case:
            if case.doubts:
                doubts.accept(case)
            with case.change(Action.MIGRATE_CASE, {"from": 2, "to": 3}) as change:
                change.touched = {"event": {1}}

    run_statements(path, "UPDATE event SET text = 'forged' WHERE id = 1")
    with computer(tmp_path, "attacker"):
        forge(path)
        # His own program seals the row anew; the log before still has its signatures.
        with cases.open_case(path, read_only=True) as case:
            assert verification.verify(case).signed_from == 1
    assert "unknown_key" in kinds(path)


def test_a_forged_log_with_a_late_migration_is_found_by_whoever_sees_it(path: Path) -> None:
    def unsign(row: dict[str, object]) -> None:
        if row["seq"] != 5:
            row.update(who=None, signer=None, signature=None)
        if row["seq"] == 9:
            row.update(action="migrate_case", detail={"from": 2, "to": 3})

    rewrite_log(path, unsign)
    assert "signature" in kinds(path)


def test_a_foreign_key_is_told_until_it_is_accepted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with computer(tmp_path, "elsewhere"), cases.open_case(path) as case:
        assert [notice.code for notice in case.notices] == [MessageCode.NOTICE_ELSEWHERE]
        cases.edit_info(case, title="changed there")
        there = log.list_entries(case)[-1].seq - 1
    listed = check_reading(path, capsys)
    assert [(row["kind"], row["where"]) for row in listed] == [("unknown_key", str(there))]
    check_refused(path)
    assert main.run(["tag", str(path), "i1", "--tag", "x"]) == 1
    assert "does not know" in capsys.readouterr().err
    assert main.run(["accept", str(path)]) == 0
    assert main.run(["tag", str(path), "i1", "--tag", "x"]) == 0
    assert main.run(["verify", str(path)]) == 0
    with cases.open_case(path) as case:
        accepted = [
            entry for entry in log.list_entries(case) if entry.action is Action.ACCEPT_STATE
        ]
        assert [doubt[0] for doubt in accepted[0].detail["doubts"]] == ["unknown_key"]
    # A third computer is told too, although one stranger is known.
    with computer(tmp_path, "third"), cases.open_case(path) as case:
        cases.edit_info(case, title="changed by a third")
    assert kinds(path) == {"unknown_key"}


@pytest.mark.parametrize("version", [2, 3, schema.SCHEMA_VERSION, schema.SCHEMA_VERSION + 1, 99])
def test_an_older_copy_is_noticed_whatever_it_says(
    path: Path, version: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = Path(shutil.copy(path, tmp_path / "older"))
    with cases.open_case(path) as case:
        tags.create(case, "what they want to hide")
    shutil.copy(older, path)
    run_statements(path, f"PRAGMA user_version={version}")
    assert "tail_cut" in {mismatch["kind"] for mismatch in check_reading(path, capsys, READING)}
    check_refused(path)
    assert main.run(["accept", str(path)]) == (0 if version == schema.SCHEMA_VERSION else 1)


OTHER_CASES = (
    "UPDATE case_info SET case_id = 'a-b'",
    "UPDATE case_info SET case_id = ''",
    "UPDATE case_info SET case_id = x'00'",
    f"UPDATE case_info SET case_id = '{'f' * 32}'",
    "UPDATE case_info SET case_id = upper(case_id)",
    "DELETE FROM case_info",
)


@pytest.mark.parametrize("name", ["case.evcase", "renamed.evcase"])
def test_an_older_copy_that_says_it_is_another_case_is_noticed(
    path: Path, name: str, tmp_path: Path
) -> None:
    """By its log, which this computer saw, whatever the file is called and calls itself."""
    older = Path(shutil.copy(path, tmp_path / "older"))
    with cases.open_case(path) as case:
        tags.create(case, "what they want to hide")
    path = path.rename(path.with_name(name))
    for statement in OTHER_CASES:
        shutil.copy(older, path)
        run_statements(path, statement)
        check_refused(path)
        with cases.open_case(path) as case:
            assert {one.kind.value for one in case.doubts} == {"row_changed", "tail_cut"}
            assert not case.can_be_accepted
    assert {"row_changed", "tail_cut"} <= kinds(path)


def test_a_computer_that_forgot_what_it_saw_says_so(path: Path) -> None:
    def codes() -> list[MessageCode]:
        with cases.open_case(path) as case:
            assert not case.doubts
            return [one.code for one in case.notices]

    assert codes() == []
    shutil.rmtree(folders.data_folder() / "seen")
    assert codes() == [MessageCode.NOTICE_FORGOTTEN]
    assert codes() == []


def test_a_doubt_that_nobody_can_accept(path: Path) -> None:
    run_statements(path, "CREATE TRIGGER t AFTER INSERT ON tag BEGIN SELECT 1; END")
    before = state(path.parent)
    with cases.open_case(path) as case:
        assert not case.can_be_accepted
        with pytest.raises(UserError) as error:
            doubts.accept(case)
        assert error.value.message.code is MessageCode.CASE_IN_DOUBT
    assert state(path.parent) == before
    with pytest.raises(EvidenceError):
        passwords.change_password(path, None, "words")
    assert state(path.parent) == before


def test_a_trigger_that_comes_while_the_case_is_open_does_nothing(path: Path) -> None:
    with cases.open_case(path) as case:
        with raw(path) as other:
            other.execute(
                "CREATE TRIGGER t AFTER INSERT ON tag BEGIN "
                "UPDATE tag SET name = 'forged' WHERE id = new.id; END"
            )
            other.execute("CREATE VIEW v AS SELECT * FROM tag")
        with pytest.raises(EvidenceError):
            tags.create(case, "mine")
        with pytest.raises(EvidenceError), case.read() as connection:
            connection.exec_driver_sql("SELECT * FROM v").all()
        assert [tag.name for tag in tags.list_tags(case)] == ["worst"]


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("kind", ["whole", "cut", "newer"])
def test_commands_that_read_leave_no_trace(
    path: Path,
    kind: str,
    locked: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    older = Path(shutil.copy(path, tmp_path / "older"))
    if kind == "cut":
        with cases.open_case(path) as case:
            tags.create(case, "hidden")
        shutil.copy(older, path)
    if kind == "newer":
        run_statements(path, "PRAGMA user_version=9")
    if locked and kind == "whole":
        passwords.change_password(path, None, "words")
    monkeypatch.setenv("EVIDENCE_APP_PASSWORD", "words")
    before = state(path.parent)
    for verb, *more in READING:
        status = main.run([verb, str(path), *more])
        assert status == (1 if verb == "verify" and kind != "whole" else 0)
        assert state(path.parent) == before, verb
    if locked and kind == "whole":
        monkeypatch.setenv("EVIDENCE_APP_PASSWORD", "wrong")
        capsys.readouterr()
        assert main.run(["verify", str(path)]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
        assert state(path.parent) == before


def test_what_a_killed_program_left_is_read_and_stays(path: Path) -> None:
    """Its write-ahead log holds what was committed; a reader sees it and writes nothing."""
    killed = path.with_name("killed.evcase")
    with cases.open_case(path) as case:
        tags.create(case, "committed")
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", f"{killed}{ending}")
    assert Path(f"{killed}-wal").stat().st_size > 0
    before = state(path.parent)
    with cases.open_case(killed, read_only=True) as case:
        assert "committed" in {tag.name for tag in tags.list_tags(case)}
        assert verification.verify(case).is_intact
    assert state(path.parent) == before


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("planted", [b"", b"nothing that SQLite knows"])
def test_files_that_were_planted_beside_a_forged_case_stay(
    path: Path, ending: str, planted: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    run_statements(path, "CREATE TABLE alembic_x (id INTEGER)")
    Path(f"{path}{ending}").write_bytes(planted)
    check_reading(path, capsys)
    if ending != "-journal" or not planted:
        check_refused(path)


def test_a_reader_notices_that_somebody_writes(path: Path) -> None:
    with cases.open_case(path, read_only=True) as reader:
        assert cases.info(reader).title == "mine"
        with cases.open_case(path) as writer:
            cases.edit_info(writer, title="newer")
            assert cases.info(reader).title == "newer"
        assert cases.info(reader).title == "newer"
        assert verification.verify(reader).is_intact
    # What the writer could not move into the file while somebody read is moved by the next one.
    cases.open_case(path).close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with cases.open_case(path, read_only=True) as reader:
        assert cases.info(reader).title == "newer"


def test_a_witness_that_cannot_be_kept_is_told(path: Path, tmp_path: Path) -> None:
    home = tmp_path / "broken"
    (home / "data").mkdir(parents=True)
    (home / "data" / "seen").write_text("in the way")
    with computer(tmp_path, "broken"), cases.open_case(path) as case:
        tags.create(case, "still works")
        assert MessageCode.NOTICE_WITNESS in {notice.code for notice in case.notices}
    with cases.open_case(path, read_only=True) as case:
        assert case.notices == ()


def test_a_clock_that_went_back_is_told_and_noted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=6 * 365)

    with monkeypatch.context() as patch:
        patch.setattr(custody, "datetime", Later)
        with cases.open_case(path) as case:
            tags.create(case, "in six years")
    with cases.open_case(path) as case:
        assert [notice.code for notice in case.notices] == [MessageCode.NOTICE_CLOCK]
        tags.create(case, "now")
        newest = log.list_entries(case)[-1]
        assert datetime.fromisoformat(newest.detail["clock_was_at"]) > newest.at
        tags.create(case, "and again")
        assert "clock_was_at" not in log.list_entries(case)[-1].detail
        assert verification.verify(case).is_intact


def test_the_list_of_objects_is_that_of_the_migrations() -> None:
    for version, digest in structure._DIGESTS.items():
        assert structure._digest(structure.expected(version)) == digest


ENTRIES = 100_000


def test_opening_is_quick_at_any_size(path: Path) -> None:
    """The look at a case with a hundred thousand entries takes less than 100 ms."""
    with cases.open_case(path) as case:
        newest = log.list_entries(case)[-1]
    values = {name: getattr(newest, name) for name in newest.__slots__}
    values.update(at=values["at"].isoformat(), action=values["action"].value)
    rows = []
    for seq in range(newest.seq + 1, newest.seq + ENTRIES):
        values.update(seq=seq, prev_hash=values["entry_hash"], detail={"note": "x" * 200})
        values.update(rows_digest=seals.EMPTY_DIGEST, who="x")
        values["entry_hash"] = f"{seq:064x}"
        rows.append({**values, "detail": json.dumps(values["detail"])})
    with raw(path) as connection:
        names = ", ".join(rows[0])
        places = ", ".join(f":{name}" for name in rows[0])
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO custody_entry ({names}) VALUES ({places})", rows)
        connection.execute("COMMIT")
    hashes = b"".join(bytes.fromhex(row["entry_hash"]) for row in rows)
    case_id = Witness(path).case_id()
    with cases.open_case(path, read_only=True):
        pass
    with (folders.data_folder() / "seen" / f"{case_id}.log").open("ab") as file:
        file.write(hashes)
    opening.examine_file(path, None)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        opening.examine_file(path, None)
        times.append(time.perf_counter() - start)
    print(f"a case of {ENTRIES} entries was looked at in {min(times) * 1000:.1f} ms")
    assert min(times) < 0.1


STATEMENTS = st.sampled_from(
    [
        "CREATE TABLE {n} (id INTEGER PRIMARY KEY)",
        "CREATE VIEW {n} AS SELECT 1",
        "CREATE INDEX {n} ON {t} (rowid)",
        "CREATE UNIQUE INDEX {n} ON {t} (id)",
        "CREATE TRIGGER {n} AFTER INSERT ON {t} BEGIN SELECT 1; END",
        "CREATE TRIGGER {n} BEFORE DELETE ON {t} BEGIN SELECT RAISE(IGNORE); END",
        "ALTER TABLE {t} ADD COLUMN {n}",
        "ALTER TABLE {t} RENAME TO {n}",
        "DROP TABLE {t}",
        "DROP INDEX event_sort",
        "PRAGMA user_version={v}",
        "PRAGMA application_id={v}",
        "UPDATE sqlite_schema SET sql = sql || '/**/' WHERE name = '{t}'",
        "UPDATE sqlite_schema SET tbl_name = '{n}' WHERE name = 'event_sort'",
        "DELETE FROM sqlite_schema WHERE name = '{t}'",
        "UPDATE sqlite_schema SET rootpage = {v} WHERE name = '{t}'",
        "ANALYZE",
    ]
)
TABLES = st.sampled_from(["event", "item", "tag", "mark", "row_seal", "complaint", "device"])
NAMES = st.sampled_from(["x", "alembic_x", "item_search_x", "sqlite_x", "Item2", "事件", "_"])
NUMBERS = st.integers(-(2**31), 2**31 - 1)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(statement=STATEMENTS, table=TABLES, name=NAMES, number=NUMBERS, header=st.integers(16, 99))
def test_whatever_is_done_to_the_structure_is_refused_or_told(
    path: Path, statement: str, table: str, name: str, number: int, header: int
) -> None:
    copy = Path(shutil.copy(path, path.with_name("copy.evcase")))
    sql = statement.format(t=table, n=f'"{name}"' if "'{n}'" not in statement else name, v=number)
    with contextlib.suppress(dbapi2.Error), raw(copy) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(sql)
    _refused_or_told(path, copy)
    data = bytearray(path.read_bytes())
    data[header] ^= 1 + number % 255
    copy.write_bytes(data)
    _refused_or_told(path, copy)


def _refused_or_told(path: Path, copy: Path) -> None:
    """Unless the content is just what it was, whatever the head of the file says."""
    for left in copy.parent.glob("copy.evcase-*"):
        left.unlink()
    before = state(copy.parent)
    try:
        with cases.open_case(copy, read_only=True) as case:
            mismatches = verification.verify(case).mismatches
        assert mismatches or _content(copy) == _content(path)
    except EvidenceError:
        pass
    assert state(copy.parent) == before


def _content(path: Path) -> list[object]:
    connection = dbapi2.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        names = connection.execute("SELECT * FROM sqlite_schema ORDER BY 1, 2").fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()
        rows = [connection.execute(f'SELECT * FROM "{name[1]}"').fetchall() for name in names
                if name[0] == "table" and not name[1].endswith("_search")]  # fmt: skip
        return [[(*name[:3], name[4]) for name in names], version, rows]
    finally:
        connection.close()


def test_no_kind_of_doubt_is_without_a_sentence() -> None:
    for kind in MismatchKind:
        for expected, actual in (("a", "b"), ("none", "b"), ("a", "none")):
            text = doubts.sentence(Mismatch(kind, "here", expected, actual)).english()
            assert "{" not in text
