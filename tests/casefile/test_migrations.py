"""Files of older programs are copied, migrated in one transaction, and keep all they had."""

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from old_cases import case_of_version_1
from sqlalchemy import select

from evidence_app import settings
from evidence_app.casefile import custody, database, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import MendableError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.services import cases, items, timeline


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_version_1_is_copied_and_migrated(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "old.evcase"
    case_of_version_1(path)
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
    assert newest.detail == {"from": 1, "to": schema.SCHEMA_VERSION, "backup": copy.name}
    engine = database.engine_for(copy, read_only=True)
    assert database.schema_version(engine) == 1
    with engine.connect() as connection:
        assert connection.execute(select(schema.case_info.c.title)).scalar() == "old"
    engine.dispose()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.evcase"
    case_of_version_1(path)
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
    case_of_version_1(path)
    monkeypatch.setattr("evidence_app.casefile.case._writable", lambda path: False)
    with pytest.raises(MendableError) as error:
        CaseFile.open(path)
    assert error.value.message.code is MessageCode.CASE_OLDER
    assert json.loads(json.dumps(error.value.message.arguments)) == {}
