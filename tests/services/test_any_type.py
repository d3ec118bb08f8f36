"""Whatever stands in whatever cell: a check names it, and whoever reads it gets one sentence.

``EVIDENCE_APP_THOROUGH=3`` tries every value in every column of so many rows; else a part is tried
that is the same each time.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2
from test_tampering import fill

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import seals
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.evidence import RenditionKind
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.verification import MismatchKind
from evidence_app.services import (
    cases,
    certificates,
    coverage,
    custody,
    devices,
    findings,
    items,
    labels,
    manual_entries,
    parties,
    questions,
    tags,
    timestamps,
    verification,
)
from evidence_app.services import events as timeline
from evidence_app.services.exporting import tables
from evidence_app.services.importing import context as answers
from evidence_app.services.importing.importer import Importer

THOROUGH = int(os.environ.get("EVIDENCE_APP_THOROUGH", "0"))
BY_CHANCE = 1
"""So many values are tried in each column otherwise."""

TOGETHER = 4
"""So many of them in one file, each in another table."""

Trial = tuple[str, str, str]
"""A table, its column, and a name of `VALUES`."""

VALUES = {
    "null": "NULL",
    "zero": "0",
    "integer": "7",
    "negative": "-1",
    "huge": "9223372036854775807",
    "smallest": "-9223372036854775808",
    "float": "1.5",
    "infinity": "9e999",
    "minus infinity": "-9e999",
    "empty": "''",
    "text": "'x'",
    "long text": f"'{'9' * 5000}'",
    "nul": "'a' || char(0) || 'b'",
    "no utf-8": "CAST(x'ff41' AS TEXT)",
    "half a surrogate pair": "CAST(x'eda080' AS TEXT)",
    "bytes": "x'00ff'",
    "no bytes": "x''",
    "broken json": "'{\"a\": ['",
    "another json": "'[1, null, {}]'",
    "deep json": f"'{'[' * 20000}'",
    "another date": "'2026-13-45T99:99:99'",
}

READINGS: dict[str, Callable[[CaseFile], object]] = {
    "info": cases.info,
    "numbers": cases.own_numbers,
    "context_for": lambda case: answers.context_for(case, answers.ImportOptions()),
    "items": lambda case: items.get_many(case, items.index(case, ItemFilter())),
    "texts": lambda case: items.texts(case, 1),
    "skipped": lambda case: items.skipped(case, 1),
    "times": lambda case: items.time_readings(case, 1),
    "metadata": lambda case: items.metadata(case, 1),
    "renditions": lambda case: [items.rendition(case, 1, kind) for kind in RenditionKind],
    "parts": lambda case: (items.parts(case, 1), items.containers(case, 2)),
    "notices": lambda case: items.notices(case, list(MessageCode)),
    "original": lambda case: items.open_original(case, 1).close(),
    "events": lambda case: list(timeline.stream(case, EventFilter())),
    "index": lambda case: timeline.index(case, EventFilter()),
    "span": timeline.span,
    "event times": lambda case: timeline.time_readings(case, 1),
    "raw": lambda case: timeline.raw_fields(case, 1),
    "enclosed": lambda case: timeline.enclosed_items(case, 1),
    "others": lambda case: timeline.other_sources(case, [1]),
    "places": timeline.linked_places,
    "table": lambda case: list(tables.rows(case, timeline.stream(case, EventFilter()), "en")),
    "coverage": coverage.list_coverage,
    "gaps": coverage.list_gaps,
    "parties": parties.list_parties,
    "findings": findings.list_findings,
    "tags": tags.list_tags,
    "labels": lambda case: labels.labels(
        case, [Subject(SubjectKind.ITEM, 1), Subject(SubjectKind.EVENT, 1)]
    ),
    "questions": questions.list_questions,
    "devices": lambda case: (devices.list_devices(case), devices.of_items(case)),
    "certificates": lambda case: certificates.of_item(case, 1),
    "log": custody.list_entries,
    "readable log": custody.readable_entries,
    "head": custody.head,
    "code": custody.check_code,
    "anchors": timestamps.list_anchors,
    "stamps": lambda case: timestamps.files(case, 99),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small case with a row in every table."""
    folder = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        case = cases.create(
            folder / "small.evcase",
            title="x",
            owner_name="me",
            numbers=["+86 139 0000 0001"],
            timezone="Asia/Shanghai",
            jurisdiction=Jurisdiction.CHINA,
        )
        with case:
            with Importer(case) as importer:
                calls = "date,time,number,type\n2026-04-13,10:00,95001,incoming\n"
                importer.run_bytes("calls.csv", calls.encode())
                importer.run_bytes("words.txt", b"some words")
            manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="came")
            tags.add(case, [Subject(SubjectKind.EVENT, 1)], tags.create(case, "a tag").tag_id or 0)
            findings.confirm(case, [Subject(SubjectKind.ITEM, 1)], "abusive_visit")
            fill(case)
            _fill_more(case)
            case.write_back()
            with case.read() as connection:
                counts = {name: seals.count(connection, name) for name in seals.TABLES}
        assert [name for name, count in counts.items() if not count] == []
        yield folder / "small.evcase"


def _fill_more(case: CaseFile) -> None:
    now = datetime.now(UTC).isoformat()
    with case.change(Action.EDIT_CASE, {}) as change:
        change.insert(
            schema.rendition, item_id=1, kind="thumbnail", media_type="image/png", data=b"x"
        )
        change.insert(schema.time_anchor, entry_seq=1, authority="a", token=b"x", created_at=now)
        change.insert(
            schema.time_reading,
            item_id=1,
            event_id=None,
            at="2026-04-13",
            time_source="file",
            time_precision="day",
            time_raw="",
        )
        if not seals.count(change.connection, "text_span"):
            change.insert(schema.text_span, item_id=1, text="words")


def _trials() -> Iterator[Trial]:
    # The same on every day: what fails can be run again. THOROUGH tries all.
    chance = random.Random(739944)
    for table in schema.metadata.sorted_tables:
        if table.name in schema.WORK_TABLES:
            continue
        for column in table.columns:
            names = list(VALUES) if THOROUGH else chance.sample(list(VALUES), BY_CHANCE)
            for name in names:
                yield table.name, column.name, name


def _put(path: Path, table: str, column: str, value: str, row: int) -> bool:
    """Write a value into a cell, whatever the table demands; whether the cell is another now."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.text_factory = bytes
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    query = f'SELECT rowid, typeof("{column}"), "{column}" FROM "{table}"'
    before = connection.execute(f"{query} ORDER BY rowid LIMIT 1 OFFSET {row}").fetchone()
    if before is None:
        return False
    sql = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    try:
        if value == "NULL":
            _write_schema(connection, table, sql.replace(b" NOT NULL", b""))
            connection.close()
            connection = dbapi2.connect(str(path), isolation_level=None)
            connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(
            f'UPDATE "{table}" SET "{column}" = {value} WHERE rowid = {int(before[0])}'
        )
    except dbapi2.DatabaseError:
        return False  # Another row has it, or the column can only hold numbers.
    finally:
        if value == "NULL":
            _write_schema(connection, table, sql)
        connection.text_factory = bytes
        after = connection.execute(f"{query} ORDER BY rowid LIMIT 1 OFFSET {row}").fetchone()
        connection.close()
    return bool(after != before)


def _write_schema(connection: Any, table: str, sql: bytes) -> None:
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "UPDATE sqlite_schema SET sql = CAST(? AS TEXT) WHERE name = ?", (sql, table)
    )
    connection.execute("PRAGMA writable_schema=RESET")


def _groups() -> Iterator[list[Trial]]:
    """Trials that are made in one file: of sealed tables several, each of another table."""
    trials = list(_trials())
    yield from ([trial] for trial in trials if trial[0] not in seals.TABLES)
    sealed = [trial for trial in trials if trial[0] in seals.TABLES]
    count = len(sealed) if THOROUGH else -(-len(sealed) // TOGETHER)
    yield from (sealed[at::count] for at in range(count))


def test_every_kind_of_value_in_every_column(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small.parent / "home", tmp_path / "home", dirs_exist_ok=True)
    path = tmp_path / "copy.evcase"
    tried, problems = Counter[str](), list[str]()
    for group in _groups():
        assert len({table for table, _, _ in group}) == len(group)
        for row in range(THOROUGH or 1):
            shutil.copy(small, path)
            changed = [
                (table, column, name)
                for table, column, name in group
                if _put(path, table, column, VALUES[name], row)
            ]
            tables = [table for table, _, _ in changed]
            tried.update(tables)
            where = f"{changed} (row {row})"
            if changed:
                problems += [f"{where}: {problem}" for problem in _problems(path, tables)]
    print(f"{tried.total()} values were tried, {len(problems)} not found or not told")
    assert "\n".join(problems) == ""
    assert tried.keys() == schema.metadata.tables.keys() - schema.WORK_TABLES


def _problems(path: Path, tables: Collection[str]) -> Iterator[str]:
    try:
        with CaseFile.open(path, read_only=True) as case:
            try:
                mismatches = verification.verify(case).mismatches
            except Exception as error:
                yield f"the check ended with {error!r}"
                return
            if not mismatches:
                yield "not found"
            for table in set(tables) & set(seals.TABLES):
                if not any(
                    mismatch.where.startswith(f"{table} ") or mismatch.kind is MismatchKind.DATABASE
                    for mismatch in mismatches
                ):
                    yield f"{table} not named: {mismatches}"
            yield from _readings(case)
    except EvidenceError as error:
        yield f"cannot be opened: {error}"


def _readings(case: CaseFile) -> Iterator[str]:
    for name, read in READINGS.items():
        try:
            read(case)
        except EvidenceError:
            continue
        except Exception as error:
            yield f"{name} ended with {error!r}"


STATEMENTS = {
    "no description": ("DELETE FROM case_info",),
    "two descriptions": (
        "INSERT INTO case_info SELECT 2, title, owner_name, timezone, jurisdiction, created_at, "
        "case_id FROM case_info",
    ),
    "no version": ("DELETE FROM alembic_version",),
    "another version": ("UPDATE alembic_version SET version_num = x'ff'",),
    "no log": ("DELETE FROM custody_entry",),
    "no seals": ("DELETE FROM row_seal",),
    "seals twice": (
        "INSERT INTO row_seal SELECT id + 999, entry_seq, table_name, first_id, "
        "digests FROM row_seal",
    ),
    "seals moved": ("UPDATE row_seal SET id = 9999 - id",),
    "entries renumbered": ("UPDATE custody_entry SET seq = seq + 1000",),
    "the last entry far away": (
        "UPDATE custody_entry SET seq = 9223372036854775807 WHERE seq = (SELECT max(seq) "
        "FROM custody_entry)",
    ),
    "a negative entry": (
        "UPDATE custody_entry SET seq = -seq WHERE seq = (SELECT max(seq) FROM custody_entry)",
    ),
    "a seal far away": (
        "INSERT INTO row_seal VALUES (9223372036854775807, 1, 'tag', 9223372036854775807, "
        "zeroblob(64))",
    ),
    "a large seal": ("INSERT INTO row_seal VALUES (9999, 1, 'tag', -5, zeroblob(1000001))",),
    "rows far away": ("UPDATE tag SET id = 9223372036854775807",),
    "rows before zero": ("UPDATE event SET id = -id",),
    "exchanged": (
        "UPDATE event SET id = -1 WHERE id = 1",
        "UPDATE event SET id = 1 WHERE id = 2",
        "UPDATE event SET id = 2 WHERE id = -1",
    ),
    "a piece of nothing": ("INSERT INTO content_chunk VALUES (x'ff', CAST(x'ff' AS TEXT), 5)",),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_other_ways_to_confuse_a_check(small: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(small.parent / "home", tmp_path / "home", dirs_exist_ok=True)
    path = Path(shutil.copy(small, tmp_path / "copy.evcase"))
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in STATEMENTS[name]:
        connection.execute(statement)
    connection.close()
    assert list(_problems(path, ())) == []
    try:
        with cases.open_case(path) as case:
            tags.create(case, "one more")
            items.set_note(case, 1, "a note")
    except EvidenceError:
        pass
