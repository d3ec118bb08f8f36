"""Files of older programs are copied, migrated in one transaction, and keep all they had."""

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from old_cases import case_of_version
from sqlalchemy import select
from sqlcipher3 import dbapi2

from evidence_app import settings
from evidence_app.casefile import custody, database, migrations, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import MendableError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.services import cases, items, timeline, verification

OLD_VERSIONS = range(1, schema.SCHEMA_VERSION)
"""A version that is not among `ROWS` fails these tests: each migration needs an old file."""


def test_there_is_a_migration_to_each_version() -> None:
    folder = Path(migrations.__file__).parent
    numbers = [int(path.name[1:5]) for path in sorted(folder.glob("versions/v*.py"))]
    assert numbers == [*OLD_VERSIONS, schema.SCHEMA_VERSION]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_an_older_file_is_copied_and_migrated(
    tmp_path: Path, version: int, read_only: bool
) -> None:
    path = tmp_path / "old.evcase"
    case_of_version(version, path)
    before = _rows(path)
    with cases.open_case(path, read_only=read_only) as case:
        assert len(items.index(case, ItemFilter())) == 1
        [event] = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
        assert event.identifier == "95001"
        with case.read() as connection:
            context = MigrationContext.configure(connection)
            differences = [
                one
                for one in compare_metadata(context, schema.metadata)
                if "_search" not in str(one)
            ]
            assert differences == []
            newest = custody.last(connection)
    assert newest is not None
    assert (newest.seq, newest.action) == (2, Action.MIGRATE_CASE)
    [copy] = (settings.data_folder() / "backups" / "abc").iterdir()
    assert newest.detail == {"from": version, "to": schema.SCHEMA_VERSION, "backup": copy.name}
    engine = database.engine_for(copy, read_only=True)
    assert database.schema_version(engine) == version
    with engine.connect() as connection:
        assert connection.execute(select(schema.case_info.c.title)).scalar() == "old"
    engine.dispose()
    assert _rows(copy) == before
    after = _rows(path)
    for table, rows in before.items():
        for old, new in zip(rows, after[table], strict=table != "custody_entry"):
            assert {name: new[name] for name in old} == old
    with cases.open_case(path) as case:
        assert verification.verify(case).is_intact


def _rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of the tables that hold what the person has, by their columns."""
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = dbapi2.Row
    names = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if "_search" not in row[0] and not row[0].startswith(("sqlite_", "alembic"))
    ]
    found = {
        name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1')]
        for name in names
    }
    connection.close()
    return found


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


def test_an_older_file_that_cannot_be_written_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.evcase"
    case_of_version(1, path)
    monkeypatch.setattr("evidence_app.casefile.case._writable", lambda path: False)
    with pytest.raises(MendableError) as error:
        CaseFile.open(path)
    assert error.value.message.code is MessageCode.CASE_OLDER
    assert json.loads(json.dumps(error.value.message.arguments)) == {}
