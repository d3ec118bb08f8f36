"""An index of texts with one row for each page, picture or recording, where there was one per item.

The rows of all indexes are made anew after each migration.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    """
    CREATE VIRTUAL TABLE text_search USING fts5(
        text,
        content='',
        contentless_delete=1,
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    "CREATE INDEX text_span_page ON text_span (item_id, place_number) WHERE place_unit = 'page'",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
