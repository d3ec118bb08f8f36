"""What was changed behind the program's back in originals and in the log is found."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled
from evidence_app.model.case import Jurisdiction
from evidence_app.model.verification import MismatchKind, Verification
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import cases, items, verification
from evidence_app.services.importing.importer import Importer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed case with two originals."""
    made = cases.create(
        tmp_path / "v.evcase",
        title="x",
        owner_name="",
        numbers=[],
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name * 100)
    with made:
        with Importer(made) as importer:
            importer.run([tmp_path / "a.txt", tmp_path / "b.txt"])
        items.set_note(made, 1, "mine")
    return tmp_path / "v.evcase"


def check(path: Path) -> Verification:
    with CaseFile.open(path, read_only=True) as case:
        return verification.verify(case)


def tamper(path: Path, statement: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(statement)
    connection.close()


def test_an_untouched_case_is_intact(path: Path) -> None:
    done = check(path)
    assert done.is_intact
    assert (done.originals, done.size, done.entries) == (2, 1000, 4)
    assert len(done.head) == 64


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        (
            "UPDATE content_chunk SET data = replace(data, 'a', 'b') WHERE content_id = 1",
            {MismatchKind.ORIGINAL},
        ),
        (
            "UPDATE content_chunk SET data = data || 'x' WHERE content_id = 1",
            {MismatchKind.ORIGINAL},
        ),
        (
            "DELETE FROM content_chunk WHERE content_id = 1",
            {MismatchKind.ORIGINAL_SIZE},
        ),
        (
            "UPDATE content SET sha256 = 'f' || substr(sha256, 2) WHERE id = 1",
            {MismatchKind.ORIGINAL, MismatchKind.ITEM_ORIGINAL},
        ),
        ("UPDATE item SET content_id = 2 WHERE id = 1", {MismatchKind.ITEM_ORIGINAL}),
        ("DELETE FROM item WHERE id = 2", {MismatchKind.ITEM_ORIGINAL}),
        (
            "UPDATE custody_entry SET detail = replace(detail, 'a.txt', 'c.txt') WHERE seq = 2",
            {MismatchKind.ENTRY_HASH},
        ),
        ("UPDATE custody_entry SET detail = 'x' WHERE seq = 2", {MismatchKind.ENTRY_HASH}),
        ("UPDATE custody_entry SET at = '2020-01-01' WHERE seq = 3", {MismatchKind.ENTRY_HASH}),
        (
            "DELETE FROM custody_entry WHERE seq = 3",
            {MismatchKind.ENTRY_MISSING, MismatchKind.ENTRY_LINK},
        ),
        ("UPDATE item SET content_id = 99 WHERE id = 1", {MismatchKind.DATABASE}),
    ],
)
def test_what_was_changed_is_found(path: Path, statement: str, kinds: set[MismatchKind]) -> None:
    tamper(path, statement)
    done = check(path)
    assert not done.is_intact
    assert {mismatch.kind for mismatch in done.mismatches} >= kinds


def test_every_column_of_every_entry_counts(path: Path) -> None:
    before = path.read_bytes()
    for column in ("at", "action", "program", "machine", "rows_digest", "prev_hash", "entry_hash"):
        for seq in (1, 2, 3, 4):
            tamper(path, f"UPDATE custody_entry SET {column} = {column} || 'x' WHERE seq = {seq}")
            assert not check(path).is_intact, (column, seq)
            path.write_bytes(before)


def test_it_can_be_stopped(path: Path) -> None:
    with CaseFile.open(path, read_only=True) as case, pytest.raises(Cancelled):
        verification.verify(case, progress=Progress(is_cancelled=lambda: True))


def test_the_numbers_are_told_on_the_way(path: Path) -> None:
    states: list[ProgressState] = []
    with CaseFile.open(path, read_only=True) as case:
        verification.verify(case, progress=Progress(states.append))
    assert [(state.done, state.total) for state in states] == [(500, 1000), (1000, 1000)]
