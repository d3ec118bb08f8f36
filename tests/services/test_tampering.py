"""Whatever is changed in a case file beside the program is found, in every table and column."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from own_authority import build_world, site
from sqlalchemy import Boolean, Float, Integer, LargeBinary
from sqlcipher3 import dbapi2

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody import seals, signing
from evidence_app.errors import UserError
from evidence_app.model.custody import Action
from evidence_app.model.verification import Head, MismatchKind, Verification
from evidence_app.services import cases, doubts, timestamps, verification
from evidence_app.services import custody as log
from evidence_app.services.sample.sample_case import create_sample

FLIPS = 60


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def one_installation(
    home: Path, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The computer on which the case was made, as it was then."""
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(shutil.copytree(home, tmp_path / "home")))


@pytest.fixture(scope="module")
def full(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case with a row in every table that the program has."""
    path = tmp_path_factory.mktemp("full") / "full.evcase"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(home))
        with create_sample(path) as case:
            fill(case)
            with site() as made:
                world = build_world(made, tmp_path_factory.mktemp("authority"))
                timestamps.request(case, world.address)
            with case.read() as connection:
                empty = [name for name in seals.TABLES if not seals.count(connection, name)]
            assert empty == [], "a table that the test does not try"
    return path


def fill(case: CaseFile) -> None:
    """Rows of what the sample does not have; those that it has are left as they are."""
    now = datetime.now(UTC).isoformat()
    item = {"item_id": 1}
    expected = {
        schema.device: {"name": "phone", "holder": "", "is_kept": True},
        schema.enclosure: {"event_id": 1, "name": "a.jpg", "item_id": 2},
        schema.part: {"container_id": 1, "key": "a", "item_id": 2},
        schema.question: {**item, "kind": "zone", "detail": "{}", "blocking": False},
        schema.contact: {**item, "name": "n", "raw": "1", "normalized": "1"},
        schema.skipped_entry: {
            **item,
            "reason_code": "row_unreadable",
            "reason_arguments": "{}",
            "raw": "x",
        },
        schema.notice: {**item, "code": "partly_read", "arguments": "{}", "damaged": False},
        schema.mark: {**item, "kind": "highlight", "note": "n"},
        schema.complaint: {"body": "b", "reference": "r", "status": "open", "note": ""},
        schema.export: {
            "kind": "dossier",
            "filename": "f",
            "sha256": "0" * 64,
            "size": 1,
            "created_at": now,
        },
        schema.certificate: {**item, "certified_id": 2},
        schema.finding_subject: {"finding_id": 1, "role": "act", "event_id": 1},
        schema.complaint_step: {
            "complaint_id": 1,
            "kind": "filed",
            "day": "2026-03-20",
            "note": "",
        },
        schema.debt: {"creditor_id": 1, "product": "p", "number": "1", "amount": "2", "note": ""},
        schema.case_rulebook: {"rulebook": "us-fl", "is_on": True},
        schema.proposal: {
            **item,
            "state": "proposed",
            "position": 1,
            "type": "message",
            "direction": "incoming",
            "outcome": "unknown",
            "name": "",
            "identifier": "",
            "text": "t",
            "time_basis": "none",
        },
        schema.thread_part: {**item, "thread": 1, "position": 1},
        schema.saved_search: {"name": "n", "query": "q"},
        schema.exhibit: {**item, "number": 1},
    }
    with case.change(Action.EDIT_CASE, {}) as change:
        for table, values in expected.items():
            if not seals.count(change.connection, table.name):
                change.insert(table, **values)
        for table in (schema.tagging, schema.finding):
            assert seals.count(change.connection, table.name)


@pytest.fixture
def copy(full: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full, tmp_path / "copy.evcase"))


def check(path: Path, **options: object) -> Verification:
    with CaseFile.open(path, read_only=True) as case:
        return verification.verify(case, **options)  # type: ignore[arg-type]


def tamper(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_the_full_case_is_intact(copy: Path) -> None:
    done = check(copy)
    assert done.mismatches == ()
    assert done.rows > 100
    assert [signer.is_own for signer in done.signers] == [True]


def _columns() -> Iterator[tuple[str, str, str]]:
    for name in seals.TABLES:
        for column in schema.metadata.tables[name].columns:
            yield name, column.name, _other(column.type)


def _other(kind: object) -> str:
    if isinstance(kind, Integer | Boolean | Float):
        return "coalesce({0}, 0) + 1"
    if isinstance(kind, LargeBinary):
        return "CAST({0} || 'x' AS BLOB)"
    return "coalesce({0}, '') || 'x'"


@pytest.mark.parametrize("table", seals.TABLES)
def test_every_column_of_every_table(full: Path, tmp_path: Path, table: str) -> None:
    for name, column, other in _columns():
        if name != table:
            continue
        path = Path(shutil.copy(full, tmp_path / f"{column}.evcase"))
        row = f"SELECT max(id) FROM {table}"
        tamper(path, f'UPDATE {table} SET "{column}" = {other.format(chr(34) + column + chr(34))} '
                     f"WHERE id = ({row})")  # fmt: skip
        mismatches = {mismatch.kind for mismatch in check(path).mismatches}
        expected = {MismatchKind.ROW_CHANGED}
        if column == "id":
            expected = {MismatchKind.ROW_ADDED, MismatchKind.ROW_REMOVED}
        assert mismatches >= expected, column


@pytest.mark.parametrize("table", seals.TABLES)
def test_removed_and_added_rows(full: Path, tmp_path: Path, table: str) -> None:
    removed = Path(shutil.copy(full, tmp_path / "removed.evcase"))
    tamper(removed, f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    assert MismatchKind.ROW_REMOVED in {mismatch.kind for mismatch in check(removed).mismatches}
    added = Path(shutil.copy(full, tmp_path / "added.evcase"))
    names = [column.name for column in schema.metadata.tables[table].columns]
    unique = {
        *("sha256", "name", "normalized", "tag_id", "kind", "certified_id"),
        *("rulebook", "thread", "number", "item_id"),
    }
    cells = [
        "id + 1000" if name == "id" else f'"{name}" || 9' if name in unique else f'"{name}"'
        for name in names
    ]
    listed = ", ".join(f'"{name}"' for name in names)
    tamper(
        added,
        f"INSERT INTO {table} ({listed}) SELECT {', '.join(cells)} FROM {table} LIMIT 1",
    )
    assert MismatchKind.ROW_ADDED in {mismatch.kind for mismatch in check(added).mismatches}


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE row_seal SET digests = zeroblob(length(digests)) WHERE id = 3", "seals"),
        ("UPDATE row_seal SET first_id = first_id + 1 WHERE id = 3", "seals"),
        ("UPDATE row_seal SET table_name = 'tag' WHERE id = 3", "seals"),
        ("UPDATE row_seal SET entry_seq = entry_seq + 1 WHERE id = 3", "seals"),
        ("UPDATE row_seal SET entry_seq = 9999 WHERE id = 3", "seals"),
        ("UPDATE row_seal SET digests = 'text' WHERE id = 3", "seals"),
        ("DELETE FROM row_seal WHERE id = 3", "seals"),
        ("DELETE FROM row_seal", "row_added"),
        ("UPDATE row_seal SET id = id + 9 WHERE id = (SELECT max(id) FROM row_seal)", "database"),
        ("UPDATE row_seal SET id = -id WHERE id = 1", "database"),
        ("UPDATE custody_entry SET who = 'somebody' WHERE seq = 2", "entry_hash"),
        ("UPDATE custody_entry SET signer = NULL WHERE seq = 2", "signature"),
        ("UPDATE custody_entry SET signature = NULL WHERE seq = 2", "signature"),
        ("UPDATE custody_entry SET signature = 'zz' WHERE seq = 2", "signature"),
        ("UPDATE custody_entry SET signature = upper(signature) WHERE seq = 2", "signature"),
        ("UPDATE custody_entry SET signature = signature || ' ' WHERE seq = 2", "signature"),
        ("UPDATE custody_entry SET seq = 100000 WHERE seq = 2", "entry_missing"),
        ("CREATE TRIGGER t AFTER UPDATE ON item BEGIN SELECT 1; END", "structure"),
        ("DROP INDEX item_sort", "structure"),
        ("CREATE TABLE other (id INTEGER)", "structure"),
        ("ALTER TABLE item ADD COLUMN other TEXT", "structure"),
        ("UPDATE item SET title = CAST(x'ff' AS TEXT) WHERE id = 2", "row_changed"),
        ("INSERT INTO content_chunk VALUES (9999, 0, x'00')", "original"),
        ("INSERT INTO content_chunk SELECT 1, 9, x'00'", "original"),
    ],
)
def test_other_ways(copy: Path, statement: str, kind: str) -> None:
    tamper(copy, statement)
    assert kind in {mismatch.kind.value for mismatch in check(copy).mismatches}


def test_entries_that_change_places(copy: Path) -> None:
    tamper(
        copy,
        "UPDATE custody_entry SET seq = -1 WHERE seq = 2",
        "UPDATE custody_entry SET seq = 2 WHERE seq = 3",
        "UPDATE custody_entry SET seq = 3 WHERE seq = -1",
    )
    assert MismatchKind.ENTRY_LINK in {mismatch.kind for mismatch in check(copy).mismatches}


def test_random_bits_anywhere_in_the_file(full: Path, tmp_path: Path) -> None:
    """A flipped bit is found, or lies in bytes that belong to nothing and nobody reads."""
    data = bytearray(full.read_bytes())
    chance = random.Random(20261124)
    before = _content(full)
    for number in range(FLIPS):
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        path = tmp_path / f"{number}.evcase"
        data[place] ^= 1 << bit
        path.write_bytes(data)
        data[place] ^= 1 << bit
        try:
            is_intact = check(path).is_intact
        except Exception as error:
            assert type(error).__name__ in {"DamagedError", "UserError"}, error
            continue
        assert not is_intact or _content(path) == before, (place, bit)


def _content(path: Path) -> list[object]:
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [
            connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
            for name in sorted(schema.metadata.tables)
        ]
    finally:
        connection.close()


def _as_other_machine(tmp_path: Path, work: Callable[[], None]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "elsewhere"))
        work()


def test_a_case_goes_on_with_the_key_of_another_computer(copy: Path, tmp_path: Path) -> None:
    def work() -> None:
        with cases.open_case(copy) as case:
            cases.edit_info(case, title="elsewhere")
            actions = [entry.action for entry in log.list_entries(case)]
        assert actions[-2:] == [Action.CHANGE_KEY, Action.EDIT_CASE]

    _as_other_machine(tmp_path, work)
    done = check(copy)
    assert [mismatch.kind for mismatch in done.mismatches] == [MismatchKind.UNKNOWN_KEY]
    assert [(signer.is_own, signer.is_known) for signer in done.signers] == [
        (True, True),
        (False, False),
    ]
    mine = done.signers[0].public_key
    with cases.open_case(copy) as case:
        doubts.accept(case)
    done = check(copy)
    assert done.is_intact
    assert [(signer.is_own, signer.is_known) for signer in done.signers[:2]] == [
        (True, True),
        (False, True),
    ]
    not_mine = check(copy, keys=frozenset({mine})).mismatches
    assert [mismatch.kind for mismatch in not_mine] == [MismatchKind.SIGNER]


def test_cut_tail_rewritten_chain_and_swapped_file_are_told_apart(
    full: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(full, tmp_path / "case.evcase"))
    with cases.open_case(path) as case:
        cases.edit_info(case, title="what they want to hide")
        code = Head.from_code(log.head_of(log.list_entries(case)).code())
    assert check(path, head=code).is_intact

    def kinds(**options: object) -> set[MismatchKind]:
        return {mismatch.kind for mismatch in check(path, **options).mismatches}

    shutil.copy(full, path)
    assert kinds() == kinds(head=code) == {MismatchKind.TAIL_CUT}

    def write_another_end() -> None:
        with cases.open_case(path) as case:
            cases.edit_info(case, title="what they want to show")
        assert kinds(head=code) == {MismatchKind.REWRITTEN}
        assert kinds() == set(), "nobody on that computer saw the other end"

    _as_other_machine(tmp_path, write_another_end)
    assert kinds() == kinds(head=code) == {MismatchKind.REWRITTEN}

    with create_sample(tmp_path / "second.evcase"):
        pass
    shutil.copy(tmp_path / "second.evcase", path)
    assert kinds() == kinds(head=code) == {MismatchKind.SWAPPED}


def test_a_chain_written_anew_without_the_key(copy: Path) -> None:
    """Every hash fits, but nobody signed it."""
    connection = dbapi2.connect(str(copy), isolation_level=None)
    connection.row_factory = dbapi2.Row
    rows = [dict(row) for row in connection.execute("SELECT * FROM custody_entry ORDER BY seq")]
    before = custody.GENESIS
    for row in rows:
        detail = json.loads(row["detail"])
        if row["seq"] == 2:
            detail["filename"] = "another.txt"
        row.update(prev_hash=before, detail=json.dumps(detail, ensure_ascii=False))
        before = row["entry_hash"] = custody.hash_of({**row, "detail": detail})
        connection.execute(
            "UPDATE custody_entry SET detail = ?, prev_hash = ?, entry_hash = ? WHERE seq = ?",
            (row["detail"], row["prev_hash"], row["entry_hash"], row["seq"]),
        )
    connection.close()
    kinds = {mismatch.kind for mismatch in check(copy).mismatches}
    assert {MismatchKind.SIGNATURE, MismatchKind.REWRITTEN} <= kinds
    assert MismatchKind.ENTRY_HASH not in kinds


def test_what_differs_can_be_accepted_and_the_log_says_so(full: Path, tmp_path: Path) -> None:
    cut = Path(shutil.copy(full, tmp_path / "older.evcase"))
    with cases.open_case(cut) as case:
        cases.edit_info(case, title="newer")
    older = Path(shutil.copy(full, cut))
    with cases.open_case(older) as case:
        assert [doubt.kind for doubt in case.doubts] == [MismatchKind.TAIL_CUT]
        with pytest.raises(UserError):
            cases.edit_info(case, title="still in doubt")
        doubts.accept(case)
        cases.edit_info(case, title="no more")
        assert log.list_entries(case)[-2].action is Action.ACCEPT_STATE
    with cases.open_case(older) as case:
        assert case.doubts == ()
        assert verification.verify(case).is_intact


def test_the_key_stays_out_of_the_case_and_is_readable_by_nobody_else(
    copy: Path, home: Path
) -> None:
    key = home / "data/key/custody-key.pem"
    assert key.stat().st_mode & 0o077 == 0
    assert key.read_bytes().split()[3][:40] not in copy.read_bytes()


def test_a_damaged_key_is_kept_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "own"))
    folder = tmp_path / "own" / "data" / "key"
    folder.mkdir(parents=True)
    (folder / "custody-key.pem").write_text("nonsense")
    assert len(signing.installation_key().public) == 64
    paths = [path for path in folder.iterdir() if path.name.startswith("damaged-")]
    assert [path.read_text() for path in paths] == ["nonsense"]
