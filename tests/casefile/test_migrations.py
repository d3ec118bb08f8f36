"""Files of older programs are copied, migrated in one transaction, and keep all they had."""

import contextlib
import os
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from old_cases import case_of_version
from sqlalchemy import select
from sqlcipher3 import dbapi2

from evidence_app import settings
from evidence_app.casefile import migrations, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import chain_check
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import structure
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.copies import BackupReason
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, copies, items, tags, verification
from evidence_app.services import (
    custody as custody_service,
)
from evidence_app.services import events as timeline
from evidence_app.services.exporting import exports

OLD_VERSIONS = range(1, schema.SCHEMA_VERSION)
UNSEALED_VERSIONS = [version for version in OLD_VERSIONS if version < chain_check.SIGNED_SINCE]
SEALED_VERSIONS = [version for version in OLD_VERSIONS if version >= chain_check.SIGNED_SINCE]

FIXTURES = Path(__file__).parent / "fixtures"
"""A case of each older version, really made by the program of that time: ``make_old_case.py``."""

_COUNTERS = {*range(24, 28), *range(40, 44), *range(92, 100)}
"""Places in the head of an SQLite file that count how often it was written, and by which SQLite."""

Tables = dict[str, list[dict[str, object]]]

_LATER = TimeReading(
    from_text("2026-03-02 09:31"), TimeSource.PERSON, TimePrecision.MINUTE, "2026-03-02 09:31"
)

EMPTY = {"time_anchor"}
"""Tables that programs of older versions had and never wrote to."""


def test_there_is_a_migration_to_each_version() -> None:
    folder = Path(migrations.__file__).parent
    numbers = [int(path.name[1:5]) for path in sorted(folder.glob("versions/v*.py"))]
    assert numbers == [*OLD_VERSIONS, schema.SCHEMA_VERSION]


@pytest.mark.parametrize("version", UNSEALED_VERSIONS)
def test_an_older_file_is_copied_and_migrated(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.evcase"
    case_of_version(version, path)
    before = _rows(path)
    with cases.open_case(path) as case:
        assert len(items.index(case, ItemFilter())) == 1
        [event] = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
        assert event.identifier == "95001"
        with case.read() as connection:
            context = MigrationContext.configure(connection)
            differences = [
                difference
                for difference in compare_metadata(context, schema.metadata)
                if "_search" not in str(difference)
            ]
            assert differences == []
            newest = custody.last(connection)
    assert newest is not None
    assert (newest.seq, newest.action) == (2, Action.MIGRATE_CASE)
    [copy] = (settings.data_folder() / "backups" / "abc").iterdir()
    assert newest.detail == {"from": version, "to": schema.SCHEMA_VERSION, "backup": copy.name}
    engine = database.engine_for(copy, read_only=True)
    with engine.connect() as connection:
        assert structure.form_of(connection.connection.driver_connection).version == version
        assert connection.execute(select(schema.case_info.c.title)).scalar() == "old"
    engine.dispose()
    assert _rows(copy) == before
    after = _rows(path)
    for table, rows in before.items():
        for old, new in zip(rows, after[table], strict=table != "custody_entry"):
            assert {name: new[name] for name in old} == old
    with cases.open_case(path) as case:
        assert verification.verify(case).is_intact


def _fixture(version: int) -> Path:
    return FIXTURES / f"case_v{version}.evcase"


@pytest.fixture
def old(tmp_path: Path, version: int) -> Path:
    return Path(shutil.copy(_fixture(version), tmp_path / "really old.evcase"))


def test_there_is_a_real_file_of_the_version_before_each_migration() -> None:
    """Whoever adds a migration makes a file with the last program before it."""
    folder = Path(migrations.__file__).parent
    numbers = [int(path.name[1:5]) for path in folder.glob("versions/v*.py")]
    needed = {number - 1 for number in numbers if number > 1}
    assert {version for version in needed if not _fixture(version).is_file()} == set()
    assert {path.name for path in FIXTURES.glob("*.evcase")} == {
        _fixture(version).name for version in needed
    }


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_real_file_is_what_its_name_says(old: Path, version: int) -> None:
    with contextlib.closing(database.connect(old, read_only=True)) as connection:
        assert structure.form_of(connection) == structure.Form(version)
    empty = {name for name, rows in _rows(old).items() if not rows}
    assert empty == EMPTY, "a table without a row shows nothing of what becomes of it"


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_real_old_file_keeps_all_that_it_had(old: Path, version: int) -> None:
    before, original_bytes = _rows(old), old.read_bytes()
    with cases.open_case(old) as case:
        assert not case.read_only
        assert case.doubts == ()
        _check_migrated(case, before, version)
        info = cases.info(case)
        [copy] = copies.list_copies(old)
        # What has changed in it can be changed further and leaves again.
        tags.create(case, "new")
        exports.table(case, old.parent / "table.csv")
        assert verification.verify(case).is_intact
    assert copy.occasion is BackupReason.UPDATE
    assert copy.path.parent.name == info.case_id
    assert _rows(copy.path) == before
    assert _differing(copy.path.read_bytes(), original_bytes) <= _COUNTERS
    _survived(before, _rows(old))
    # It is older no more: nothing is copied or migrated again.
    with cases.open_case(old) as case:
        assert verification.verify(case).is_intact
        [_] = copies.list_copies(old)
    assert sorted(path.name for path in old.parent.glob("*really*")) == [old.name]


def _differing(first: bytes, second: bytes) -> set[int]:
    assert len(first) == len(second)
    return {
        place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]
    }


def _check_migrated(case: CaseFile, before: Tables, version: int) -> None:
    log = custody_service.list_entries(case)
    written = [entry.action for entry in log[len(before["custody_entry"]) :]]
    # A signed log goes on with the key of this computer, and says so.
    is_signed = version in SEALED_VERSIONS
    assert written == [Action.CHANGE_KEY] * is_signed + [Action.MIGRATE_CASE]
    assert (log[-1].detail["from"], log[-1].detail["to"]) == (version, schema.SCHEMA_VERSION)
    mismatches = verification.verify(case)
    assert mismatches.mismatches == ()
    assert mismatches.originals == len(before["content"])
    assert mismatches.unsigned == (0 if is_signed else len(log) - 1)
    assert mismatches.size == sum(int(str(row["size"])) for row in before["content"])
    shown_ids = {item.id for item in items.get_many(case, items.index(case, ItemFilter()))}
    assert shown_ids == {row["id"] for row in before["item"] if row["trashed_at"] is None}
    assert len(timeline.index(case, EventFilter(text="单位")).ids) == 1
    for item in items.get_many(case, sorted(shown_ids)):
        with items.open_original(case, item.id) as stream:
            assert len(stream.read()) == item.size


def _survived(before: Tables, after: Tables) -> None:
    for table, rows in before.items():
        key = "seq" if table == "custody_entry" else "id"
        if table == "content_chunk":
            key = "content_id"
        rows_by_key = {row[key]: row for row in after[table]}
        for row in rows:
            assert {name: rows_by_key[row[key]][name] for name in row} == row, table


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_real_old_file_in_a_folder_that_cannot_be_written(
    old: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    original_bytes = old.read_bytes()
    old.chmod(0o444)
    old.parent.chmod(0o555)
    if os.access(old, os.W_OK):  # An administrator may write everywhere.
        monkeypatch.setattr(
            "evidence_app.casefile.storage.connection.is_writable", lambda path: False
        )
    try:
        for read_only in (True, False):
            with cases.open_case(old, read_only=read_only) as case:
                assert case.read_only
                assert len(timeline.index(case, EventFilter(text="单位")).ids) == 1
    finally:
        old.parent.chmod(0o755)
    assert old.read_bytes() == original_bytes
    assert copies.list_copies(old) == []


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_real_old_file_of_which_no_copy_can_be_made_stays(
    old: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    original_bytes = old.read_bytes()
    monkeypatch.setattr("evidence_app.casefile.storage.copies._ROOM", 1 << 80)
    with pytest.raises(UserError) as error:
        cases.open_case(old)
    assert error.value.message.code is MessageCode.NO_ROOM_FOR_COPY
    assert old.read_bytes() == original_bytes


def _kinds(case: CaseFile) -> dict[str, MismatchKind]:
    return {mismatch.where: mismatch.kind for mismatch in verification.verify(case).mismatches}


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_file_of_a_newer_version_is_only_read(old: Path, version: int) -> None:
    cases.open_case(old).close()
    next_one = schema.SCHEMA_VERSION + 1
    migrated = f"UPDATE alembic_version SET version_num = '{next_one:04}'"
    _change(old, [f"PRAGMA user_version={next_one}", migrated])
    original_bytes = old.read_bytes()
    with cases.open_case(old) as case:
        assert case.read_only
        assert not case.can_be_accepted
        assert _kinds(case) == {"version": MismatchKind.NEWER}
        assert len(timeline.index(case, EventFilter(text="单位")).ids) == 1
        with pytest.raises(UserError) as error:
            tags.create(case, "never")
        assert error.value.message.code is MessageCode.CASE_IN_DOUBT
    assert old.read_bytes() == original_bytes
    assert len(copies.list_copies(old)) == 1


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_what_a_newer_version_added_is_told_and_all_else_is_checked(
    old: Path, version: int
) -> None:
    cases.open_case(old).close()
    newer = f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}"
    _change(old, ["ALTER TABLE item ADD later TEXT", "CREATE TABLE latest (id INTEGER)", newer])
    added = dict.fromkeys(("version", "table item", "table latest"), MismatchKind.NEWER)
    with cases.open_case(old) as case:
        assert _kinds(case) == added
    # No version makes triggers, or leaves out what was there; rows are still held by the log.
    trigger = "CREATE TRIGGER t AFTER INSERT ON tag BEGIN DELETE FROM tag; END"
    rows = "UPDATE item SET imported_at = '2020-01-01T00:00:00+00:00' WHERE id = 1"
    _change(old, [rows, "DROP INDEX item_sort", trigger])
    forged = {
        "trigger t": MismatchKind.STRUCTURE,
        "index item_sort": MismatchKind.STRUCTURE,
        "item 1": MismatchKind.ROW_CHANGED,
    }
    with cases.open_case(old) as case:
        assert _kinds(case) == {**added, **forged}


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_the_log_of_a_newer_version_can_be_read(old: Path, version: int) -> None:
    cases.open_case(old).close()
    newer = f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}"
    _change(old, ["UPDATE custody_entry SET action = 'of_later' WHERE action = 'tag'", newer])
    with cases.open_case(old) as case:
        assert len(custody_service.list_entries(case)) == len(_rows(old)["custody_entry"])


@pytest.mark.parametrize("version", SEALED_VERSIONS)
def test_a_migration_vouches_for_no_row_that_was_sealed_before(old: Path, version: int) -> None:
    _change(old, ["UPDATE event SET text = 'forged' WHERE id = 1"])
    with cases.open_case(old) as case:
        assert _kinds(case) == {"event 1": MismatchKind.ROW_CHANGED}
        with pytest.raises(UserError) as error:
            timeline.correct_time(case, [1], _LATER)
        assert error.value.message.code is MessageCode.ROW_FORGED


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_an_older_file_is_read_as_it_is(old: Path, version: int) -> None:
    """Nothing is written; what vouches for its rows is what did before."""
    listed = {path: path.read_bytes() for path in old.parent.iterdir() if path.is_file()}
    with contextlib.closing(database.connect(old, read_only=True)) as connection:
        [entries] = connection.execute("SELECT count(*) FROM custody_entry").fetchone()
    with cases.open_case(old, read_only=True) as case:
        assert case.version == version
        assert len(timeline.index(case, EventFilter(text="单位")).ids) == 1
        done = verification.verify(case)
        assert done.mismatches == ()
        if version in UNSEALED_VERSIONS:
            assert (done.unsigned, done.signed_from, done.rows) == (entries, entries + 1, 0)
        else:
            assert (done.unsigned, done.signed_from) == (0, 1)
            assert done.rows > 0
    assert {path: path.read_bytes() for path in old.parent.iterdir() if path.is_file()} == listed
    assert copies.list_copies(old) == []


def _change(path: Path, statements: list[str]) -> None:
    engine = database.engine_for(path, read_only=False)
    with engine.connect() as connection, database.writing(connection).begin():
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _rows(path: Path) -> Tables:
    """All rows of the tables that hold what the person has, by their columns."""
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = dbapi2.Row
    names = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if "_search" not in row[0] and not row[0].startswith(("sqlite_", "alembic"))
    ]
    tables = {
        name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1')]
        for name in names
    }
    connection.close()
    return tables


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.evcase"
    case_of_version(1, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise RuntimeError("power")

    monkeypatch.setattr(custody, "append", fail)
    with pytest.raises(RuntimeError):
        CaseFile.open(path)
    assert path.read_bytes() == before
    monkeypatch.undo()
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "home"))
    CaseFile.open(path).close()
