"""A file that comes from an attacker: nothing in it makes the program sign what was forged."""

import shutil
from pathlib import Path

import pytest
from hostile import (
    READING,
    Attack,
    attack,
    check_reading,
    check_refused,
    copy_to_version_2,
    in_schema,
    make_case,
    rewrite_log,
    run_statements,
    strip_to_version_2,
)

from evidence_app.casefile import schema

FORGED = "UPDATE event SET text = 'I agree to pay', duration_s = 1 WHERE id = 1"
NO_SEALS = "DELETE FROM row_seal"
SOME_SEALS = "DELETE FROM row_seal WHERE table_name = 'event'"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def made(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.evcase"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(home))
        make_case(path)
    return path


@pytest.fixture(params=["where it was made", "elsewhere"])
def copy(
    request: pytest.FixtureRequest,
    home: Path,
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The file, on the computer that knows it and on one that does not."""
    there = tmp_path / "computer"
    if request.param == "elsewhere":
        there.mkdir()
    else:
        shutil.copytree(home, there)
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(there))
    folder = tmp_path / "folder"
    folder.mkdir()
    return Path(shutil.copy(made, folder / "case.evcase"))


def _no_signatures(path: Path) -> None:
    rewrite_log(path, lambda row: row.update(who=None, signer=None, signature=None))


def _as_version_1(path: Path) -> None:
    strip_to_version_2(path)
    run_statements(path, "PRAGMA user_version=1")


VERSIONS = [
    attack(
        f"{description}, version {version}",
        FORGED,
        *statements,
        f"PRAGMA user_version={version}",
        kinds="version newer",
    )
    for description, statements in {
        "forged": (),
        "forged, no seals": (NO_SEALS,),
        "forged, some seals gone": (SOME_SEALS,),
        "forged, another migration": (
            NO_SEALS,
            "UPDATE alembic_version SET version_num = '0002'",
        ),
        "forged, no migration": (NO_SEALS, "DELETE FROM alembic_version"),
    }.items()
    for version in (-1, 0, 1, 2, 3, 4, schema.SCHEMA_VERSION + 1, 99, 2**31 - 1)
]
"""The class of M1 and M4: the number that the file gives of itself relaxes nothing."""

OLD_LOOKS = [
    attack(
        "seals dropped, said to be old",
        FORGED,
        "DROP TABLE row_seal",
        "PRAGMA user_version=2",
        kinds="structure version",
    ),
    attack(
        "signatures dropped, said to be old",
        FORGED,
        kinds="entry_hash",
        work=copy_to_version_2,
    ),
    attack("looks like version 2, but says 1", work=_as_version_1, kinds="version"),
]


def _named(name: str, kind: str = "TRIGGER") -> str:
    if kind == "TRIGGER":
        body = "AFTER INSERT ON event BEGIN UPDATE event SET text = 'x' WHERE id = new.id; END"
        return f'CREATE TRIGGER "{name}" {body}'
    if kind == "VIEW":
        return f'CREATE VIEW "{name}" AS SELECT * FROM event'
    if kind == "INDEX":
        return f'CREATE INDEX "{name}" ON event (text)'
    return f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY, text TEXT)'


NAMES = ("x", "alembic_t", "alembic_version2", "item_search_more", "Event ", "случай", "x\u200b")
OBJECTS = [
    attack(f"{kind} {name}", _named(name, kind), kinds="structure")
    for kind in ("TRIGGER", "VIEW", "INDEX", "TABLE")
    for name in NAMES
]

_TRIGGER = (
    "CREATE TRIGGER {name} AFTER INSERT ON event BEGIN UPDATE event SET text = 1 "
    "WHERE id = new.id; END"
)
STRUCTURES = [
    *OBJECTS,
    *(
        attack(
            f"a trigger called {name} through the list of objects",
            *in_schema(
                "INSERT INTO sqlite_schema VALUES ('trigger', "
                f"'{name}', 'event', 0, '{_TRIGGER.format(name='hidden')}')"
            ),
            kinds="structure",
        )
        for name in ("sqlite_autoindex_event_9", "sqlite_stat9", "alembic_version", "event")
    ),
    attack(
        "a trigger instead of a view of ours",
        "ALTER TABLE tag RENAME TO tag_before",
        "CREATE VIEW tag AS SELECT * FROM tag_before",
        "CREATE TRIGGER t INSTEAD OF INSERT ON tag BEGIN SELECT 1; END",
        kinds="structure",
    ),
    attack(
        "a table that is a view",
        "ALTER TABLE event RENAME TO event_before",
        "CREATE VIEW event AS SELECT * FROM event_before WHERE id > 1",
        kinds="structure",
    ),
    attack(
        "a trigger on the log",
        "CREATE TRIGGER t BEFORE INSERT ON custody_entry BEGIN SELECT RAISE(IGNORE); END",
        kinds="structure",
    ),
    attack(
        "a trigger on seals",
        "CREATE TRIGGER t AFTER INSERT ON row_seal BEGIN "
        "DELETE FROM row_seal WHERE id = new.id; END",
        kinds="structure",
    ),
    attack("an index dropped", "DROP INDEX event_sort", kinds="structure"),
    attack(
        "every index dropped",
        *(
            f"DROP INDEX {name}"
            for name in ("event_sort", "event_item", "item_sort", "item_content")
        ),
        kinds="structure",
    ),
    attack(
        "a dropped index in a newer file",
        "DROP INDEX event_sort",
        "PRAGMA user_version=99",
        kinds="structure",
    ),
    attack(
        "a unique index that stops imports",
        "CREATE UNIQUE INDEX one_tag ON tag (colour)",
        kinds="structure",
    ),
    attack(
        "an index with an expression", "CREATE INDEX x ON event (upper(text))", kinds="structure"
    ),
    attack(
        "an index of part",
        "DROP INDEX event_sort",
        "CREATE INDEX event_sort ON event (sort_ms, id, day, same_as, item_id) WHERE sort_ms > 0",
        kinds="structure",
    ),
    attack("a column more", "ALTER TABLE event ADD COLUMN x TEXT DEFAULT 'x'", kinds="structure"),
    attack(
        "a generated column", "ALTER TABLE event ADD COLUMN x AS (text || 'x')", kinds="structure"
    ),
    attack("a column less", "ALTER TABLE rendition DROP COLUMN media_type", kinds="structure"),
    attack("a column renamed", "ALTER TABLE event RENAME COLUMN text TO words", kinds="structure"),
    attack(
        "another default",
        *in_schema(
            "UPDATE sqlite_schema SET sql = replace(sql, 'note TEXT NOT NULL', "
            "'note TEXT NOT NULL DEFAULT ''x''') WHERE name = 'item'"
        ),
        kinds="structure",
    ),
    attack(
        "another collation",
        *in_schema(
            "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT NOT NULL', "
            "'name TEXT NOT NULL COLLATE NOCASE') WHERE name = 'party'"
        ),
        kinds="structure",
    ),
    attack(
        "a check that is gone",
        *in_schema(
            "UPDATE sqlite_schema SET sql = replace(sql, "
            "'CHECK ((item_id IS NULL) <> (event_id IS NULL)),', '') WHERE name = 'tagging'"
        ),
        kinds="structure",
    ),
    attack(
        "a check that calls a function",
        *in_schema(
            "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (', "
            "'CHECK (load_extension(''x'') AND ') WHERE name = 'tagging'"
        ),
        kinds="structure",
    ),
    attack(
        "deletes that spread",
        *in_schema(
            "UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES item (id)', "
            "'REFERENCES item (id) ON DELETE CASCADE') WHERE name = 'event'"
        ),
        kinds="structure",
    ),
    attack(
        "spaces only",
        *in_schema("UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'event'"),
        kinds="structure",
    ),
    attack(
        "two objects of one name",
        *in_schema(
            "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'item_sort'"
        ),
        kinds="structure database",
    ),
    attack(
        "two tables on the same pages",
        *in_schema(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema "
            "WHERE name = 'mark') WHERE name = 'complaint'"
        ),
        kinds="structure database",
    ),
    attack(
        "an index on the pages of another",
        *in_schema(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema "
            "WHERE name = 'event_item') WHERE name = 'event_party'"
        ),
        kinds="structure database",
    ),
    attack(
        "a name with a zero in it",
        *in_schema(
            "INSERT INTO sqlite_schema VALUES ('table', 'ev' || char(0) || 'ent', 'event', 0, NULL)"
        ),
        kinds="structure",
    ),
    attack(
        "a name in other case",
        *in_schema("UPDATE sqlite_schema SET name = 'EVENT_SORT' WHERE name = 'event_sort'"),
        kinds="structure",
    ),
    attack(
        "a list entry that is bytes",
        *in_schema("UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'event_sort'"),
        kinds="structure",
    ),
    attack("statistics", "ANALYZE", kinds="structure"),
    attack(
        "statistics of a planner that is misled",
        "ANALYZE",
        "UPDATE sqlite_stat1 SET stat = '1 1'",
        kinds="structure",
    ),
    attack(
        "counters of numbers",
        "CREATE TABLE x (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "DROP TABLE x",
        kinds="structure",
    ),
    attack(
        "the search index is another",
        "DROP TABLE item_search",
        "CREATE VIRTUAL TABLE item_search USING fts5(text)",
        kinds="structure",
    ),
    attack(
        "a table of another module",
        "CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
        kinds="structure",
    ),
    attack("no list of migrations", "DROP TABLE alembic_version", kinds="structure"),
    attack("two migrations", "INSERT INTO alembic_version VALUES ('0006')", kinds="version"),
    attack("no seals at all", "DROP TABLE row_seal", kinds="structure"),
]

ENDS = [
    attack(
        "the last signature is gone",
        "UPDATE custody_entry SET signature = NULL WHERE seq = "
        "(SELECT max(seq) FROM custody_entry)",
        kinds="signature",
    ),
    attack(
        "the last entry is by another key",
        "UPDATE custody_entry SET signer = printf('%064d', 1) WHERE seq = "
        "(SELECT max(seq) FROM custody_entry)",
        kinds="signature entry_hash",
    ),
    attack(
        "the last entry was changed",
        "UPDATE custody_entry SET detail = '{}' WHERE seq = (SELECT max(seq) FROM custody_entry)",
        kinds="entry_hash",
    ),
    attack(
        "the last entry follows nothing",
        "UPDATE custody_entry SET entry_hash = printf('%064d', 1) WHERE seq = "
        "(SELECT max(seq) - 1 FROM custody_entry)",
        kinds="entry_link",
    ),
    attack(
        "the last entry is of another number",
        "UPDATE custody_entry SET seq = seq + 9 WHERE seq = (SELECT max(seq) FROM custody_entry)",
        kinds="entry_missing entry_hash",
    ),
    attack(
        "the last entry lost its seals",
        "DELETE FROM row_seal WHERE entry_seq = (SELECT max(seq) FROM custody_entry)",
        kinds="seals",
    ),
    attack("all seals are gone", FORGED, NO_SEALS, kinds="seals"),
    attack(
        "a seal more",
        "INSERT INTO row_seal (entry_seq, table_name, first_id, digests) "
        "SELECT 9999, 'event', 1, zeroblob(32)",
        kinds="seals",
    ),
    attack("an empty log", "DELETE FROM custody_entry", kinds="entry_missing seals tail_cut"),
    attack("a log without signatures", FORGED, NO_SEALS, work=_no_signatures, kinds="signature"),
    attack(
        "a last entry of other types",
        "UPDATE custody_entry SET entry_hash = x'00', detail = x'ff', at = 5, signer = 7 "
        "WHERE seq = (SELECT max(seq) FROM custody_entry)",
        kinds="entry_hash database",
    ),
]

ATTACKS = [*VERSIONS, *OLD_LOOKS, *STRUCTURES, *ENDS]


@pytest.mark.parametrize("forgery", ATTACKS, ids=lambda one: one.name)
def test_is_found_at_once_and_written_never(
    forgery: Attack, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forgery.do(copy)
    listed = check_reading(copy, capsys)
    if listed:
        assert {mismatch["kind"] for mismatch in listed} & forgery.kinds, listed
    check_refused(copy)


@pytest.mark.parametrize("forgery", [VERSIONS[0], OLD_LOOKS[0], STRUCTURES[0], ENDS[0]])
def test_no_command_that_reads_writes(
    forgery: Attack, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forgery.do(copy)
    check_reading(copy, capsys, READING)
