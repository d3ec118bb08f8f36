"""An index that leads elsewhere than its table: nothing is lost or destroyed because of it."""

import hashlib
from pathlib import Path

import pytest
from hostile import make_case
from sqlcipher3 import dbapi2

from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, items, verification
from evidence_app.services.importing.importer import Importer
from evidence_app.services.importing.results import ImportOutcome

NEW = b"evidence that is in no case yet"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_case(tmp_path / "case.evcase")
    return tmp_path / "case.evcase"


def _forge(path: Path, table: str, statement: str, *, keeps_index: bool) -> None:
    """Change rows of a table and not its indexes, or the indexes and not its rows.

    A second table is changed as usual; then the two swap pages in the list of objects.
    """
    connection = dbapi2.connect(str(path), isolation_level=None)
    for pragma in ("foreign_keys=OFF", "secure_delete=ON", "writable_schema=ON"):
        connection.execute(f"PRAGMA {pragma}")
    query = "SELECT name, sql, type FROM sqlite_schema WHERE tbl_name = ? ORDER BY type DESC, name"
    objects = connection.execute(query, (table,)).fetchall()
    for _, sql, _ in objects:
        if sql:
            twin = sql.replace(f"TABLE {table}", "TABLE twin", 1).replace(
                f" ON {table}", " ON twin"
            )
            connection.execute(twin.replace("INDEX ", "INDEX twin_"))
    columns = "rowid, *" if table == "content_chunk" else "*"
    names = "rowid, content_id, seq, data" if table == "content_chunk" else ""
    into = f"twin ({names})" if names else "twin"
    connection.execute(f"INSERT INTO {into} SELECT {columns} FROM {table}")
    connection.execute(statement)
    for name, sql, kind in objects:
        if (kind == "table") is not keeps_index:
            continue
        other = "twin" if kind == "table" else f"twin_{name}"
        other = other if sql else name.replace(f"autoindex_{table}", "autoindex_twin")
        pages = [
            connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (one,))
            .fetchone()[0]
            for one in (name, other)
        ]  # fmt: skip
        update = "UPDATE sqlite_schema SET rootpage = ? WHERE name = ?"
        connection.executemany(update, [(pages[1], name), (pages[0], other)])
    connection.close()
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("DROP TABLE twin")
    connection.close()


def _kinds(path: Path) -> set[MismatchKind]:
    with cases.open_case(path, read_only=True) as case:
        return {mismatch.kind for mismatch in verification.verify(case).mismatches}


def test_a_new_file_is_not_taken_for_one_that_is_there(path: Path) -> None:
    digest = hashlib.sha256(NEW).hexdigest()
    statement = f"UPDATE twin SET sha256 = '{digest}' WHERE id = 2"
    _forge(path, "content", statement, keeps_index=False)
    assert _kinds(path) == {MismatchKind.DATABASE}
    with cases.open_case(path) as case, Importer(case) as importer:
        [result] = importer.run_bytes("new.txt", NEW)
    assert result.outcome is ImportOutcome.NOT_IMPORTED
    assert result.reason is not None
    assert result.reason.code is MessageCode.ORIGINAL_DAMAGED


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("content_chunk", "UPDATE twin SET content_id = 3 - content_id, seq = seq + 1"),
        ("content_chunk", "INSERT INTO twin VALUES (2, 9, x'00')"),
        ("tagging", "UPDATE twin SET item_id = 2"),
        ("event", "UPDATE twin SET item_id = 2 WHERE id = 1"),
    ],
)
def test_nothing_is_destroyed_by_an_index_that_lies(path: Path, table: str, statement: str) -> None:
    is_piece = table == "content_chunk"
    _forge(path, table, statement, keeps_index=is_piece)
    assert _kinds(path) == {MismatchKind.DATABASE}
    with cases.open_case(path) as case:
        items.trash(case, [2])
        with pytest.raises(UserError) as error:
            items.destroy(case, [2], "not mine")
        assert error.value.message.code is MessageCode.ROW_FORGED
        with items.stream_original(case, 1) as stream:
            assert stream.read()
