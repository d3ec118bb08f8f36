"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE case_info (
        id INTEGER NOT NULL,
        title TEXT NOT NULL,
        owner_name TEXT NOT NULL,
        timezone TEXT NOT NULL,
        jurisdiction TEXT NOT NULL,
        created_at TEXT NOT NULL,
        case_id TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE complaint (
        id INTEGER NOT NULL,
        body TEXT NOT NULL,
        reference TEXT NOT NULL,
        filed_at TEXT,
        status TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE content (
        id INTEGER NOT NULL,
        sha256 TEXT,
        size INTEGER,
        media_type TEXT,
        PRIMARY KEY (id),
        UNIQUE (sha256)
    )
    """,
    """
    CREATE TABLE custody_entry (
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        action TEXT NOT NULL,
        detail TEXT NOT NULL,
        program TEXT NOT NULL,
        machine TEXT NOT NULL,
        rows_digest TEXT NOT NULL,
        prev_hash TEXT NOT NULL,
        entry_hash TEXT NOT NULL,
        PRIMARY KEY (seq)
    )
    """,
    """
    CREATE TABLE export (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        filename TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE party (
        id INTEGER NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE tag (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        colour TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (name)
    )
    """,
    """
    CREATE TABLE content_chunk (
        content_id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (content_id, seq),
        FOREIGN KEY(content_id) REFERENCES content (id)
    )
    """,
    """
    CREATE TABLE item (
        id INTEGER NOT NULL,
        content_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        filename TEXT NOT NULL,
        origin TEXT NOT NULL,
        status TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        note TEXT NOT NULL,
        at TEXT,
        time_source TEXT,
        time_precision TEXT,
        time_raw TEXT,
        sort_ms INTEGER,
        width INTEGER,
        height INTEGER,
        duration_s FLOAT,
        page_count INTEGER,
        event_count INTEGER NOT NULL,
        metadata TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(content_id) REFERENCES content (id)
    )
    """,
    """
    CREATE INDEX item_content ON item (content_id)
    """,
    """
    CREATE INDEX item_sort ON item (sort_ms)
    """,
    """
    CREATE TABLE party_identifier (
        id INTEGER NOT NULL,
        party_id INTEGER NOT NULL,
        raw TEXT NOT NULL,
        normalized TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(party_id) REFERENCES party (id),
        UNIQUE (normalized)
    )
    """,
    """
    CREATE INDEX party_identifier_party ON party_identifier (party_id)
    """,
    """
    CREATE TABLE time_anchor (
        id INTEGER NOT NULL,
        entry_seq INTEGER NOT NULL,
        authority TEXT NOT NULL,
        token BLOB NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(entry_seq) REFERENCES custody_entry (seq)
    )
    """,
    """
    CREATE TABLE event (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        type TEXT NOT NULL,
        direction TEXT NOT NULL,
        outcome TEXT NOT NULL,
        at TEXT,
        time_source TEXT,
        time_precision TEXT,
        time_raw TEXT,
        sort_ms INTEGER,
        day TEXT,
        duration_s FLOAT,
        party_id INTEGER,
        identifier TEXT NOT NULL,
        identifier_normalized TEXT NOT NULL,
        contact_name TEXT NOT NULL,
        text TEXT NOT NULL,
        place_unit TEXT,
        place_number INTEGER,
        place_sheet TEXT,
        raw TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(party_id) REFERENCES party (id)
    )
    """,
    """
    CREATE INDEX event_item ON event (item_id)
    """,
    """
    CREATE INDEX event_party ON event (party_id)
    """,
    """
    CREATE INDEX event_sort ON event (sort_ms, id, day)
    """,
    """
    CREATE TABLE mark (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        page INTEGER,
        "left" FLOAT,
        top FLOAT,
        width FLOAT,
        height FLOAT,
        start_s FLOAT,
        end_s FLOAT,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    """
    CREATE INDEX mark_item ON mark (item_id)
    """,
    """
    CREATE TABLE notice (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        code TEXT NOT NULL,
        arguments TEXT NOT NULL,
        damaged BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    """
    CREATE INDEX notice_item ON notice (item_id)
    """,
    """
    CREATE TABLE rendition (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        media_type TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (item_id, kind),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    """
    CREATE TABLE skipped_entry (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        place_unit TEXT,
        place_number INTEGER,
        place_sheet TEXT,
        reason_code TEXT NOT NULL,
        reason_arguments TEXT NOT NULL,
        raw TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    """
    CREATE INDEX skipped_entry_item ON skipped_entry (item_id)
    """,
    """
    CREATE TABLE text_span (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        place_unit TEXT,
        place_number INTEGER,
        place_sheet TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    """
    CREATE INDEX text_span_item ON text_span (item_id)
    """,
    """
    CREATE TABLE finding (
        id INTEGER NOT NULL,
        violation TEXT NOT NULL,
        status TEXT NOT NULL,
        item_id INTEGER,
        event_id INTEGER,
        note TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CHECK ((item_id IS NULL) <> (event_id IS NULL)),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
    """,
    """
    CREATE INDEX finding_event ON finding (event_id)
    """,
    """
    CREATE INDEX finding_item ON finding (item_id)
    """,
    """
    CREATE INDEX finding_violation ON finding (violation)
    """,
    """
    CREATE TABLE tagging (
        id INTEGER NOT NULL,
        tag_id INTEGER NOT NULL,
        item_id INTEGER,
        event_id INTEGER,
        PRIMARY KEY (id),
        CHECK ((item_id IS NULL) <> (event_id IS NULL)),
        UNIQUE (tag_id, item_id, event_id),
        FOREIGN KEY(tag_id) REFERENCES tag (id),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
    """,
    """
    CREATE INDEX tagging_event ON tagging (event_id)
    """,
    """
    CREATE INDEX tagging_item ON tagging (item_id)
    """,
    """
    CREATE TABLE time_reading (
        id INTEGER NOT NULL,
        item_id INTEGER,
        event_id INTEGER,
        at TEXT NOT NULL,
        time_source TEXT NOT NULL,
        time_precision TEXT NOT NULL,
        time_raw TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
    """,
    """
    CREATE INDEX time_reading_event ON time_reading (event_id)
    """,
    """
    CREATE INDEX time_reading_item ON time_reading (item_id)
    """,
    """
    CREATE VIRTUAL TABLE item_search USING fts5(
        text,
        content='',
        contentless_delete=1,
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE event_search USING fts5(
        text,
        content='',
        contentless_delete=1,
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
