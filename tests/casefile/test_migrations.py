"""Files of older programs are copied, migrated in one transaction, and keep all they had."""

import hashlib
import json
from pathlib import Path

import pytest
import rfc8785
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select

from evidence_app import settings
from evidence_app.casefile import custody, database, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import MendableError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.services import cases, items, timeline


def case_of_version_1(path: Path) -> None:
    """A file as the first version wrote it: one item with one call."""
    path.touch()
    engine = database.engine_for(path, read_only=False)
    with engine.connect() as connection, database.writing(connection).begin():
        config = Config()
        config.set_main_option("script_location", "evidence_app:casefile/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            "INSERT INTO case_info VALUES (1, 'old', 'Li', 'Asia/Shanghai', 'cn', "
            "'2026-01-01T00:00:00+00:00', 'abc')",
            "INSERT INTO content VALUES (1, '" + "0" * 64 + "', 1, 'text/xml')",
            "INSERT INTO content_chunk VALUES (1, 0, x'00')",
            "INSERT INTO item (id, content_id, kind, title, filename, origin, status, "
            "imported_at, note, event_count, metadata) VALUES (1, 1, 'call_log', 'a', 'a.xml', "
            "'', 'read', '2026-01-01T00:00:00+00:00', '', 1, '{}')",
            "INSERT INTO event (id, item_id, type, direction, outcome, at, time_source, "
            "time_precision, time_raw, sort_ms, day, identifier, identifier_normalized, "
            "contact_name, text, raw) VALUES (1, 1, 'call', 'incoming', 'answered', "
            "'2026-01-01T00:00:00Z', 'record', 'second', '', 1767225600000, '2026-01-01', "
            "'95001', '95001', '', '', '{}')",
        ):
            connection.exec_driver_sql(statement)
        _old_entry(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version=1")
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    engine.dispose()


def _old_entry(connection: Connection) -> None:
    """The first entry as programs wrote it before entries were signed."""
    values: dict[str, object] = {
        "seq": 1,
        "at": "2026-01-01T08:00:00.000+08:00",
        "action": Action.CREATE_CASE.value,
        "detail": {},
        "program": "evidence-app 0.1.0",
        "machine": "Linux",
        "rows_digest": "0" * 64,
        "prev_hash": custody.GENESIS,
    }
    values["entry_hash"] = hashlib.sha256(rfc8785.dumps(values)).hexdigest()  # type: ignore[arg-type]
    values["detail"] = "{}"
    names, places = ", ".join(values), ", ".join("?" * len(values))
    connection.exec_driver_sql(
        f"INSERT INTO custody_entry ({names}) VALUES ({places})", tuple(values.values())
    )


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
