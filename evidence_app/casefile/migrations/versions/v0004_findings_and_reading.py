"""Findings with many subjects and their rule, debts, texts with their places, and jobs."""

from alembic import op

revision = "0004"
down_revision = "0003"

_COLUMNS = {
    "party": ("kind TEXT", "acts_for INTEGER REFERENCES party (id)"),
    "text_span": (
        "origin TEXT",
        "engine TEXT",
        '"left" FLOAT',
        "top FLOAT",
        "width FLOAT",
        "height FLOAT",
        "start_s FLOAT",
        "end_s FLOAT",
        "confidence FLOAT",
        "speaker TEXT",
        "corrected TEXT",
        "corrected_at TEXT",
    ),
    "finding": (
        "suggestion TEXT",
        "rulebook TEXT",
        "rulebook_version TEXT",
        "rule TEXT",
        "arithmetic TEXT",
        "missing TEXT",
        "evidence_digest TEXT",
        "reason TEXT",
        "decided_at TEXT",
        "decided_by TEXT",
    ),
    "mark": (
        "event_id INTEGER REFERENCES event (id)",
        "first_character INTEGER",
        "end_character INTEGER",
        "text TEXT",
        "created_at TEXT",
        "created_by TEXT",
    ),
}

_STATEMENTS = (
    "CREATE INDEX finding_suggestion ON finding (suggestion)",
    "CREATE INDEX mark_event ON mark (event_id)",
    """
    CREATE TABLE finding_subject (
        id INTEGER NOT NULL,
        finding_id INTEGER NOT NULL,
        role TEXT NOT NULL,
        item_id INTEGER,
        event_id INTEGER,
        mark_id INTEGER,
        PRIMARY KEY (id),
        CHECK ((item_id IS NOT NULL) + (event_id IS NOT NULL) + (mark_id IS NOT NULL) = 1),
        FOREIGN KEY(finding_id) REFERENCES finding (id),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(event_id) REFERENCES event (id),
        FOREIGN KEY(mark_id) REFERENCES mark (id)
    )
    """,
    "CREATE INDEX finding_subject_finding ON finding_subject (finding_id)",
    "CREATE INDEX finding_subject_item ON finding_subject (item_id)",
    "CREATE INDEX finding_subject_event ON finding_subject (event_id)",
    "CREATE INDEX finding_subject_mark ON finding_subject (mark_id)",
    """
    CREATE TABLE complaint_step (
        id INTEGER NOT NULL,
        complaint_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        event_id INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(complaint_id) REFERENCES complaint (id),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
    """,
    "CREATE INDEX complaint_step_complaint ON complaint_step (complaint_id)",
    "CREATE INDEX complaint_step_event ON complaint_step (event_id)",
    """
    CREATE TABLE debt (
        id INTEGER NOT NULL,
        creditor_id INTEGER NOT NULL,
        product TEXT NOT NULL,
        number TEXT NOT NULL,
        amount TEXT NOT NULL,
        borrowed_on TEXT,
        due_on TEXT,
        days_overdue INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(creditor_id) REFERENCES party (id)
    )
    """,
    "CREATE INDEX debt_creditor ON debt (creditor_id)",
    """
    CREATE TABLE case_rulebook (
        id INTEGER NOT NULL,
        rulebook TEXT NOT NULL,
        is_on BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (rulebook)
    )
    """,
    """
    CREATE TABLE proposal (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        state TEXT NOT NULL,
        position INTEGER NOT NULL,
        type TEXT NOT NULL,
        direction TEXT NOT NULL,
        outcome TEXT NOT NULL,
        name TEXT NOT NULL,
        identifier TEXT NOT NULL,
        text TEXT NOT NULL,
        duration_s FLOAT,
        count INTEGER,
        at TEXT,
        time_source TEXT,
        time_precision TEXT,
        time_raw TEXT,
        time_basis TEXT NOT NULL,
        time_doubts TEXT,
        page INTEGER,
        "left" FLOAT,
        top FLOAT,
        width FLOAT,
        height FLOAT,
        confidence FLOAT,
        event_id INTEGER,
        same_as INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(event_id) REFERENCES event (id),
        FOREIGN KEY(same_as) REFERENCES proposal (id)
    )
    """,
    "CREATE INDEX proposal_item ON proposal (item_id)",
    "CREATE INDEX proposal_event ON proposal (event_id)",
    "CREATE INDEX proposal_same_as ON proposal (same_as)",
    """
    CREATE TABLE thread_part (
        id INTEGER NOT NULL,
        thread INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (thread, position),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    "CREATE INDEX thread_part_item ON thread_part (item_id)",
    """
    CREATE TABLE job (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        engine TEXT NOT NULL,
        queued_at TEXT NOT NULL,
        finished_at TEXT,
        reason_code TEXT,
        reason_arguments TEXT,
        PRIMARY KEY (id),
        UNIQUE (item_id, kind),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
    "CREATE INDEX job_state ON job (state)",
    """
    CREATE TABLE saved_search (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (name)
    )
    """,
    """
    CREATE TABLE exhibit (
        id INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (number),
        UNIQUE (item_id),
        FOREIGN KEY(item_id) REFERENCES item (id)
    )
    """,
)


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _STATEMENTS:
        op.execute(statement)
