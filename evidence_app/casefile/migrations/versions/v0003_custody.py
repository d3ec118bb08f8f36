"""Seals of single rows, signatures of log entries, and certificates of evidence."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE custody_entry ADD COLUMN who TEXT",
    "ALTER TABLE custody_entry ADD COLUMN signer TEXT",
    "ALTER TABLE custody_entry ADD COLUMN signature TEXT",
    """
    CREATE TABLE row_seal (
        id INTEGER NOT NULL,
        entry_seq INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        first_id INTEGER NOT NULL,
        digests BLOB NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(entry_seq) REFERENCES custody_entry (seq)
    )
    """,
    """
    CREATE TABLE certificate (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        certified_id INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (item_id, certified_id),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(certified_id) REFERENCES item (id)
    )
    """,
    "CREATE INDEX certificate_certified ON certificate (certified_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
