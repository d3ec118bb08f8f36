"""Databases with tables that only the phone understands: they never hide the others."""

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_app.intake.detect import detect
from evidence_app.intake.records import Contact, EventRecord, Notice, Record, Source
from evidence_app.model.evidence import TextBlock

START = 1_700_000_000_000
COCOA = START // 1000 - 978_307_200

KINDS: dict[str, tuple[str, ...]] = {
    "iphone_contacts": (
        "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT, Last TEXT)",
        "CREATE TABLE ABMultiValue (record_id INTEGER, property INTEGER, value TEXT)",
        "INSERT INTO ABPerson VALUES (1, 'Ann', 'Li')",
        "INSERT INTO ABMultiValue VALUES (1, 3, '+15550101')",
    ),
    "iphone_calls": (
        "CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZDATE REAL, ZDURATION REAL, ZADDRESS, "
        "ZORIGINATED INTEGER, ZANSWERED INTEGER)",
        f"INSERT INTO ZCALLRECORD VALUES (1, {COCOA}, 5, '+15550101', 0, 1)",
    ),
    "iphone_messages": (
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, date INTEGER, is_from_me INTEGER, "
        "text TEXT)",
        f"INSERT INTO message VALUES (1, {COCOA}, 0, 'pay')",
    ),
    "android_calls": (
        "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, "
        "duration INTEGER, type INTEGER)",
        f"INSERT INTO calls VALUES (1, '+15550101', {START}, 5, 1)",
    ),
    "android_messages": (
        "CREATE TABLE sms (_id INTEGER PRIMARY KEY, address TEXT, date INTEGER, type INTEGER, "
        "body TEXT)",
        f"INSERT INTO sms VALUES (1, '+15550101', {START}, 1, 'pay')",
    ),
}


def schema(connection: sqlite3.Connection, kind: str, name: str, page: int, sql: str) -> None:
    """Put a definition into the schema that this SQLite would not take."""
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", (kind, name, name, page, sql)
    )


def unknown_tokenizer(connection: sqlite3.Connection) -> None:
    sql = 'CREATE VIRTUAL TABLE ABPersonFullTextSearch USING fts3(a, tokenize="ab_cf_tokenizer")'
    schema(connection, "table", "ABPersonFullTextSearch", 0, sql)


def unknown_module(connection: sqlite3.Connection) -> None:
    schema(connection, "table", "secret", 0, "CREATE VIRTUAL TABLE secret USING apples_own(a)")


def broken_view(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE VIEW v AS SELECT apples_function(a) FROM nowhere")


def broken_definition(connection: sqlite3.Connection) -> None:
    schema(connection, "table", "torn", 2, "CREATE TABLE torn (a, b")


def own_collation(connection: sqlite3.Connection) -> None:
    connection.create_collation("LOCALIZED", lambda a, b: (a > b) - (a < b))
    connection.execute("CREATE TABLE names (a TEXT COLLATE LOCALIZED)")
    connection.execute("CREATE INDEX by_name ON names (a)")


def own_function_in_index(connection: sqlite3.Connection) -> None:
    connection.create_function("phone_key", 1, lambda value: value, deterministic=True)
    connection.execute("CREATE TABLE keys (a TEXT)")
    connection.execute("CREATE INDEX by_key ON keys (phone_key(a))")


def without_rowid(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE odd (a TEXT PRIMARY KEY) WITHOUT ROWID")


def generated_columns(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE made (a INTEGER, b AS (a * 2), c AS (a + 1) STORED)")


def own_trigger(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE t (a)")
    connection.execute("CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT apples(new.a); END")


STRANGE = [
    unknown_tokenizer,
    unknown_module,
    broken_view,
    broken_definition,
    own_collation,
    own_function_in_index,
    without_rowid,
    generated_columns,
    own_trigger,
]


def read(data: bytes, module: str) -> list[Record]:
    source = Source(io.BytesIO(data), len(data), "x")
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == module
    return list(file_format.reader()(source))


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("module", KINDS)
def test_one_strange_table_never_hides_the_others(
    tmp_path: Path, module: str, strange: Callable[[sqlite3.Connection], None]
) -> None:
    connection = sqlite3.connect(tmp_path / "x.db")
    for statement in KINDS[module]:
        connection.execute(statement)
    strange(connection)
    connection.commit()
    connection.close()
    records = read((tmp_path / "x.db").read_bytes(), module)
    assert len([record for record in records if isinstance(record, EventRecord | Contact)]) == 1
    assert not [notice for notice in records if isinstance(notice, Notice) and notice.damaged]


def test_a_table_without_numbers_of_its_own_and_generated_columns_is_read(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db")
    connection.execute(
        "CREATE TABLE calls (number TEXT, date INTEGER PRIMARY KEY, duration INTEGER, kind TEXT, "
        "type AS (CAST(kind AS INTEGER))) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO calls (number, date, duration, kind) VALUES (?, ?, ?, ?)",
        [("+15550101", START, 5, "1"), ("+15550102", START + 1000, 0, "3")],
    )
    connection.commit()
    connection.close()
    records = read((tmp_path / "x.db").read_bytes(), "android_calls")
    acts = [event for event in records if isinstance(event, EventRecord)]
    assert [(event.identifier, event.place and event.place.number) for event in acts] == [
        ("+15550101", 1),
        ("+15550102", 2),
    ]


def test_what_stands_before_a_damaged_place_is_kept_and_the_damage_said(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db")
    for statement in KINDS["android_messages"]:
        connection.execute(statement)
    rows = [(n, "95001", START + n, 1, "x" * 500) for n in range(2, 300)]
    connection.executemany("INSERT INTO sms VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date INTEGER, msg_box INTEGER)")
    connection.execute(f"INSERT INTO pdu VALUES (1, {START // 1000}, 1)")
    connection.commit()
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    data = bytearray((tmp_path / "x.db").read_bytes())
    half = len(data) // page // 2 * page
    data[half : half + page] = b"\xff" * page
    records = read(bytes(data), "android_messages")
    acts = [event for event in records if isinstance(event, EventRecord)]
    assert 10 < len(acts) < 300
    assert any(event.place and event.place.sheet == "pdu" for event in acts)
    assert any(isinstance(record, Notice) and record.damaged for record in records)


def test_cards_with_labels_organisations_and_several_numbers(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "AddressBook.sqlitedb")
    connection.execute(
        "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT, Last TEXT, Middle TEXT, "
        "Organization TEXT, Department TEXT, Nickname TEXT)"
    )
    connection.execute(
        "CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, "
        "identifier INTEGER, label INTEGER, value TEXT)"
    )
    connection.execute("CREATE TABLE ABMultiValueLabel (value TEXT)")
    connection.executemany(
        "INSERT INTO ABMultiValueLabel VALUES (?)", [("_$!<Mobile>!$_",), ("收债",)]
    )
    connection.executemany(
        "INSERT INTO ABPerson VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (1, "明", "李", None, None, None, None),
            (2, "Ann", "Li", "B.", "Acme", None, None),
            (3, None, None, None, "催收公司", None, None),
            (4, None, None, None, None, None, None),
        ],
    )
    connection.executemany(
        "INSERT INTO ABMultiValue (record_id, property, label, value) VALUES (?, ?, ?, ?)",
        [
            (1, 3, 1, "13800138000"),
            (1, 3, 2, "010-5555 0101"),
            (1, 3, 2, "13800138000"),
            (1, 4, None, "li@example.org"),
            (2, 22, 1, "http://example.org"),
            (3, 3, 1, "95001"),
        ],
    )
    unknown_tokenizer(connection)
    connection.commit()
    connection.close()
    records = read((tmp_path / "AddressBook.sqlitedb").read_bytes(), "iphone_contacts")
    assert [contact for contact in records if isinstance(contact, Contact)] == [
        Contact("李明", ("13800138000", "010-5555 0101", "li@example.org")),
        Contact("Ann B. Li", ()),
        Contact("催收公司", ("95001",)),
        Contact("", ()),
    ]
    assert [block.text for block in records if isinstance(block, TextBlock)] == [
        "李明 Mobile 13800138000 收债 010-5555 0101 li@example.org",
        "Ann B. Li Acme",
        "催收公司 Mobile 95001",
        "—",
    ]
