"""Case files as older versions of the program wrote them."""

import hashlib
from pathlib import Path

import rfc8785
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from evidence_app.casefile import schema
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.storage import connection as database
from evidence_app.model.custody import Action

ROWS = {
    1: (
        "INSERT INTO case_info VALUES (1, 'old', 'Li', 'Asia/Shanghai', 'cn', "
        "'2026-01-01T00:00:00+00:00', 'abc')",
        f"INSERT INTO content VALUES (1, '{hashlib.sha256(bytes(1)).hexdigest()}', 1, 'text/xml')",
        "INSERT INTO content_chunk VALUES (1, 0, x'00')",
        "INSERT INTO item (id, content_id, kind, title, filename, origin, status, "
        "imported_at, note, event_count, metadata) VALUES (1, 1, 'call_log', 'a', 'a.xml', "
        "'', 'read', '2026-01-01T00:00:00+00:00', '', 1, '{}')",
        "INSERT INTO event (id, item_id, type, direction, outcome, at, time_source, "
        "time_precision, time_raw, sort_ms, day, identifier, identifier_normalized, "
        "contact_name, text, raw) VALUES (1, 1, 'call', 'incoming', 'answered', "
        "'2026-01-01T00:00:00Z', 'record', 'second', '', 1767225600000, '2026-01-01', "
        "'95001', '95001', '', '', '{}')",
        "INSERT INTO item_search (rowid, text) VALUES (1, 'a a.xml')",
        "INSERT INTO event_search (rowid, text) VALUES (1, '95001 95001')",
    ),
    2: (
        "INSERT INTO device (id, name, holder, is_kept) VALUES (1, 'my phone', 'Li', 1)",
        "UPDATE item SET device_id = 1, reader = 'call_log'",
    ),
}
"""Rows of what each version without seals brought, in its own words."""


def case_of_version(version: int, path: Path) -> None:
    """A file as that version wrote it: one item with one call, and what came with each version.

    Raises:
        KeyError: Nobody has said yet what came with that version.
    """
    path.touch()
    engine = database.engine_for(path, read_only=False)
    with engine.connect() as connection, database.writing(connection).begin():
        config = Config()
        config.set_main_option("script_location", "evidence_app:casefile/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, f"{version:04}")
        for rows in (ROWS[number] for number in range(1, version + 1)):
            for statement in rows:
                connection.exec_driver_sql(statement)
        _old_entry(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={version}")
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
