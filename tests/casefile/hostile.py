"""A case as it was left, attacks on its file, and what must be true of every one of them."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from evidence_app.casefile import schema
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.storage import connection as database
from evidence_app.cli import main
from evidence_app.cli.lists import LISTS
from evidence_app.errors import EvidenceError
from evidence_app.model.case import Jurisdiction
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import cases, findings, items, tags
from evidence_app.services.importing.importer import Importer

CALLS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<calls count="2">
  <call number="19000000017" duration="31" date="1772461267000" type="1" presentation="1" />
  <call number="+12025550143" duration="0" date="1772464867000" type="3" presentation="1" />
</calls>
"""


def make_case(path: Path) -> None:
    """A closed case with calls, a text, a tag, a finding and a dozen entries in its log."""
    with cases.create(
        path, title="mine", owner_name="Li", timezone="UTC", jurisdiction=Jurisdiction.OTHER
    ) as case:
        with Importer(case) as importer:
            importer.run_bytes("calls.xml", CALLS.encode())
            importer.run_bytes("letter.txt", b"We will come to your house.\n")
        subject = Subject(SubjectKind.ITEM, 1)
        made = tags.create(case, "worst")
        assert made.tag_id is not None
        tags.add(case, [subject], made.tag_id)
        findings.confirm(case, [subject], "threat_of_violence")
        for number in range(6):
            items.set_note(case, 1, f"note {number}")


def state(*folders: Path) -> dict[str, tuple[str, int]]:
    """Digest and time of change of every file in folders, by its path."""
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextlib.contextmanager
def raw(path: Path) -> Iterator[Any]:
    """The file, open with a tool that obeys everything."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        yield connection
    finally:
        connection.close()


def run_statements(path: Path, *statements: str) -> None:
    with raw(path) as connection:
        for statement in statements:
            connection.execute(statement)


def in_schema(*statements: str) -> tuple[str, ...]:
    """Statements that write into the list of objects itself."""
    version = "PRAGMA schema_version=987654"
    return ("PRAGMA writable_schema=ON", *statements, version)


@dataclass(frozen=True)
class Attack:
    """What is done to a file, and one of the kinds of mismatch that tell it."""

    name: str
    statements: tuple[str, ...] = ()
    kinds: frozenset[str] = field(default_factory=frozenset)
    work: Callable[[Path], None] | None = None

    def do(self, path: Path) -> None:
        run_statements(path, *self.statements)
        if self.work is not None:
            self.work(path)


def attack(
    name: str, *statements: str, kinds: str, work: Callable[[Path], None] | None = None
) -> Attack:
    return Attack(name, statements, frozenset(kinds.split()), work)


def rewrite_log(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change entries and compute every hash anew, as whoever holds only the file can."""
    with raw(path) as connection:
        connection.row_factory = dbapi2.Row
        rows = [dict(row) for row in connection.execute("SELECT * FROM custody_entry ORDER BY seq")]
        connection.execute("DELETE FROM custody_entry")
        before = custody.GENESIS
        for row in rows:
            row["detail"] = json.loads(row["detail"])
            change(row)
            row["prev_hash"] = before
            before = row["entry_hash"] = custody.hash_of(row)
            row["detail"] = json.dumps(row["detail"], ensure_ascii=False)
            names = ", ".join(row)
            connection.execute(
                f"INSERT INTO custody_entry ({names}) VALUES ({', '.join('?' * len(row))})",
                tuple(row.values()),
            )


def strip_to_version_2(path: Path) -> None:
    """Make of the file what a program of version 2 could have left, its chain included."""

    def change(row: dict[str, Any]) -> None:
        row.update(who=None, signer=None, signature=None)

    rewrite_log(path, change)
    copy_to_version_2(path)


def copy_to_version_2(path: Path) -> None:
    """Give the file the structure of version 2, and leave its rows and its chain as they are."""
    older = path.with_name("older")
    with database.empty_of_version(2) as connection:
        connection.execute("ATTACH ? AS newer", (str(path),))
        for table in _tables(connection):
            names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(f'DELETE FROM "{table}"')
            rows = f'SELECT {columns} FROM newer."{table}"'
            connection.execute(f'INSERT INTO "{table}" ({columns}) {rows}')
        connection.execute("DETACH newer")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=2")
        connection.execute("VACUUM INTO ?", (str(older),))
    with contextlib.closing(dbapi2.connect(str(older))) as connection:
        # Of a database in memory the size of pages stays what it is.
        connection.execute(f"PRAGMA page_size={database.PAGE_SIZE}")
        connection.execute("VACUUM")
    database.remove_files(path)
    older.rename(path)


def _tables(connection: Any) -> list[str]:
    """All tables with rows of their own, those behind the search index too."""
    query = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "AND name <> 'alembic_version' AND sql NOT LIKE '%USING fts5%'"
    )
    return [row[0] for row in connection.execute(query)]


READING = [["info"], ["verify"], *(["list", name] for name in sorted(LISTS))]
"""The commands that only read a case, without the case."""

FEW = [["verify"], ["list", "events"], ["list", "custody"]]


def check_reading(
    path: Path, capsys: pytest.CaptureFixture[str], verbs: list[list[str]] = FEW
) -> list[dict[str, Any]]:
    """No command that reads writes one byte or ends in a traceback; what `verify` lists."""
    before, listed = state(path.parent), []
    for verb, *more in verbs:
        command = [verb, str(path), *more]
        capsys.readouterr()
        status = main.run([*command, "--json"])
        out, err = capsys.readouterr()
        assert "Traceback" not in err, command
        assert "the program itself" not in err, (command, err)
        if command[0] == "verify":
            assert status == 1, command
            listed = [row for line in out.splitlines() for row in json.loads(line)["mismatches"]]
            assert listed or err, "refused without a word"
        assert state(path.parent) == before, command
    return listed


def check_refused(path: Path) -> None:
    """The file opens for reading only, or not at all; nothing can be changed in it."""
    before = state(path.parent)
    try:
        case = cases.open_case(path)
    except EvidenceError:
        assert state(path.parent) == before
        return
    with case:
        assert case.doubts
        with pytest.raises(EvidenceError):
            cases.edit_info(case, title="laundered")
        with pytest.raises(EvidenceError):
            tags.create(case, "laundered")
        with pytest.raises(EvidenceError), case.unlogged():
            pass
    assert state(path.parent) == before
    assert schema.SCHEMA_VERSION == 5, "attacks on the version below are of this one"
