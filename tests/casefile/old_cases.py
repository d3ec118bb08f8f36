"""Case files as older versions of the program wrote them."""

import hashlib
from pathlib import Path

import rfc8785
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from evidence_app.casefile import custody, database, schema
from evidence_app.model.custody import Action


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
