"""Files within files, questions, contacts, devices, and acts that stand in several sources."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    CREATE TABLE device (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        holder TEXT NOT NULL,
        is_kept BOOLEAN,
        PRIMARY KEY (id),
        UNIQUE (name)
    )
    """,
    "ALTER TABLE item ADD COLUMN reader TEXT",
    "ALTER TABLE item ADD COLUMN device_id INTEGER REFERENCES device (id)",
    "ALTER TABLE event ADD COLUMN fingerprint INTEGER",
    "ALTER TABLE event ADD COLUMN same_as INTEGER REFERENCES event (id)",
    "DROP INDEX event_sort",
    "CREATE INDEX event_sort ON event (sort_ms, id, day, same_as, item_id)",
    "CREATE INDEX event_fingerprint ON event (fingerprint)",
    "CREATE INDEX event_identifier ON event (identifier_normalized, sort_ms)",
    "CREATE INDEX event_same_as ON event (same_as)",
    """
    CREATE TABLE enclosure (
        id INTEGER NOT NULL,
        event_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        item_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(event_id) REFERENCES event (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    "CREATE INDEX enclosure_event ON enclosure (event_id)",
    "CREATE INDEX enclosure_item ON enclosure (item_id)",
    """
    CREATE TABLE part (
        id INTEGER NOT NULL,
        container_id INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        item_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(container_id) REFERENCES item (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    "CREATE INDEX part_container ON part (container_id)",
    "CREATE INDEX part_item ON part (item_id)",
    """
    CREATE TABLE question (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL,
        blocking BOOLEAN NOT NULL,
        answer TEXT,
        answered_at TEXT,
        PRIMARY KEY (id),
        UNIQUE (item_id, kind),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    """
    CREATE TABLE contact (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        raw TEXT NOT NULL,
        normalized TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    "CREATE INDEX contact_item ON contact (item_id)",
    "CREATE INDEX contact_normalized ON contact (normalized)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
