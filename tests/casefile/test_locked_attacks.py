"""Attacks on a case with a password by somebody who does not know it, and by somebody who does.

Each page of a locked file is authenticated, but not its age: pages of an older copy fit as well.
"""

import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import make_case, state
from sqlcipher3 import dbapi2

from evidence_app.casefile import opening, schema
from evidence_app.casefile.storage import cipher
from evidence_app.casefile.storage.connection import PAGE_SIZE
from evidence_app.casefile.storage.pages import Pages
from evidence_app.errors import DamagedError, EvidenceError
from evidence_app.messages import MessageCode
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, items, passwords, verification
from evidence_app.services.importing.importer import Importer

WORDS = "words"
_FIRST_FREE = 32


@pytest.fixture(scope="module", autouse=True)
def quick_keys() -> Iterator[None]:
    """How long a key takes to derive is no matter here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "_ROUNDS", 10)
        yield


@pytest.fixture(scope="module")
def made(quick_keys: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked case in which something was destroyed, an older copy of it, and another case."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        for name in ("case", "other"):
            make_case(folder / f"{name}.evcase")
            passwords.change_password(folder / f"{name}.evcase", None, WORDS)
        path = folder / "case.evcase"
        with cases.open_case(path, password=WORDS) as case, Importer(case) as importer:
            [result] = importer.run_bytes("large.bin", bytes(range(256)) * 4000)
            assert result.item_id is not None
            items.trash(case, [result.item_id])
            items.destroy(case, [result.item_id], "not mine")
        shutil.copy(path, folder / "older")
        with cases.open_case(path, password=WORDS) as case, Importer(case) as importer:
            importer.run_bytes("newer.bin", bytes(range(256)) * 900)
    return folder


@pytest.fixture
def folder(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, at the same place: the computer knows which case was there."""
    kept = made.with_name("kept")
    if not kept.exists():
        shutil.copytree(made, kept)
    shutil.rmtree(made)
    shutil.copytree(kept, made)
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(made / "home"))
    return made


def _put_back(path: Path, older: Path, *numbers: int) -> None:
    """Put pages of an older copy back, as whoever has both files can."""
    old, data = older.read_bytes(), bytearray(path.read_bytes())
    for number in numbers:
        place = slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
        data[place] = old[place]
    path.write_bytes(data)


def _kinds(path: Path) -> set[MismatchKind]:
    with cases.open_case(path, read_only=True, password=WORDS) as case:
        return {mismatch.kind for mismatch in verification.verify(case).mismatches}


def test_an_older_list_of_free_pages_makes_nobody_write_over_an_original(folder: Path) -> None:
    path, older = folder / "case.evcase", folder / "older"
    assert _kinds(path) == set()
    key = opening.key_of(older, WORDS)
    with older.open("rb") as file:
        first_free = int.from_bytes(Pages(file, key).page(1)[_FIRST_FREE : _FIRST_FREE + 4])
    _put_back(path, older, 1, first_free)
    assert MismatchKind.DATABASE in _kinds(path)
    before = path.read_bytes()
    with cases.open_case(path, password=WORDS) as case:
        assert [doubt.kind for doubt in case.doubts] == [MismatchKind.DATABASE]
        assert case.read_only and not case.can_be_accepted
        newest = items.index(case, items.ItemFilter())
        for item_id in newest:
            items.open_original(case, item_id).close()
    assert path.read_bytes() == before


def test_no_page_of_an_older_copy_can_be_put_back_unnoticed(folder: Path) -> None:
    path, older = folder / "case.evcase", folder / "older"
    old, new = older.read_bytes(), path.read_bytes()
    places = range(0, min(len(old), len(new)), PAGE_SIZE)
    differing = [at // PAGE_SIZE + 1 for at in places
                 if old[at : at + PAGE_SIZE] != new[at : at + PAGE_SIZE]]  # fmt: skip
    assert len(differing) > 6
    for number in differing[:6]:
        path.write_bytes(new)
        _put_back(path, older, number)
        try:
            assert _kinds(path), number
        except DamagedError:
            continue


def test_what_is_behind_the_end_of_a_locked_file_is_found(folder: Path) -> None:
    path = folder / "case.evcase"
    with path.open("ab") as file:
        file.write((folder / "older").read_bytes()[PAGE_SIZE : 2 * PAGE_SIZE])
    assert _kinds(path) == {MismatchKind.DATABASE}


def test_a_log_of_another_case_beside_it_is_no_wrong_password(folder: Path) -> None:
    path = folder / "case.evcase"
    pages = (folder / "other.evcase").read_bytes()
    frames = [(number, pages[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]) for number in (1, 2)]
    path.with_name("case.evcase-wal").write_bytes(_log_of(frames, len(pages) // PAGE_SIZE))
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(DamagedError):
            cases.open_case(path, read_only=read_only, password=WORDS)
    assert path.read_bytes() == before
    path.with_name("case.evcase-wal").unlink()
    with cases.open_case(path, password=WORDS) as case:
        assert case.notices == () and not case.has_changes, "nobody tried a wrong password"


def _log_of(frames: list[tuple[int, bytes]], size: int) -> bytes:
    """A write-ahead log of pages; its checksums need no key (https://sqlite.org/walformat.html)."""
    salts = struct.pack(">II", 11, 22)
    log = struct.pack(">IIII", 0x377F0682, 3007000, PAGE_SIZE, 0) + salts
    sums = _sums(log, (0, 0))
    log += struct.pack(">II", *sums)
    for place, (number, data) in enumerate(frames, 1):
        head = struct.pack(">II", number, size if place == len(frames) else 0)
        sums = _sums(data, _sums(head, sums))
        log += head + salts + struct.pack(">II", *sums) + data
    return log


def _sums(data: bytes, before: tuple[int, int]) -> tuple[int, int]:
    first, second = before
    for one, other in struct.iter_unpack("<II", data):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def test_an_older_state_in_a_log_beside_it_is_noticed(folder: Path) -> None:
    path, older = folder / "case.evcase", (folder / "older").read_bytes()
    count = len(older) // PAGE_SIZE
    new = path.read_bytes()
    frames = [
        (number, page)
        for number in range(1, count + 1)
        if (page := older[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        != new[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    ]
    path.with_name("case.evcase-wal").write_bytes(_log_of(frames, count))
    with cases.open_case(path, password=WORDS) as case:
        assert {doubt.kind for doubt in case.doubts} == {MismatchKind.TAIL_CUT}


def test_another_locked_case_in_its_place_is_noticed(folder: Path) -> None:
    path = folder / "case.evcase"
    shutil.copy(folder / "other.evcase", path)
    assert _kinds(path) == {MismatchKind.SWAPPED}


def test_the_same_case_without_a_password_in_its_place_is_told(folder: Path) -> None:
    """By whoever knows the password: what is added from then on would be open to all."""
    path = folder / "case.evcase"
    key = opening.key_of(path, WORDS)
    assert key is not None
    connection = dbapi2.connect(str(path))
    for pragma in key.pragmas():
        connection.execute(pragma)
    connection.execute("ATTACH ? AS plain KEY ''", (str(folder / "plain"),))
    connection.execute(f"PRAGMA plain.page_size={PAGE_SIZE}")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute(f"PRAGMA plain.application_id={schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA plain.user_version={schema.SCHEMA_VERSION}")
    connection.close()
    (folder / "plain").replace(path)
    with cases.open_case(path) as case:
        assert [notice.code for notice in case.notices] == [MessageCode.NOTICE_UNLOCKED]
        assert not case.read_only
    passwords.change_password(path, None, WORDS)
    passwords.change_password(path, WORDS, None)
    with cases.open_case(path) as case:
        assert case.notices == (), "removed by the program itself"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET text = 'forged' WHERE id = 1",
        "DELETE FROM event WHERE id = 1",
        "UPDATE content_chunk SET data = zeroblob(length(data)) WHERE content_id = 1",
        "DELETE FROM custody_entry WHERE seq = (SELECT max(seq) FROM custody_entry)",
        "CREATE TRIGGER t AFTER INSERT ON tag BEGIN SELECT 1; END",
    ],
)
def test_whoever_knows_the_password_is_as_one_who_holds_an_open_file(
    folder: Path, statement: str
) -> None:
    path = folder / "case.evcase"
    key = opening.key_of(path, WORDS)
    assert key is not None
    connection = dbapi2.connect(str(path), isolation_level=None)
    for pragma in (*key.pragmas(), "PRAGMA foreign_keys=OFF"):
        connection.execute(pragma)
    connection.execute(statement)
    connection.close()
    assert _kinds(path)


def test_another_salt_opens_with_no_password(folder: Path) -> None:
    path = folder / "case.evcase"
    path.write_bytes((folder / "other.evcase").read_bytes()[:16] + path.read_bytes()[16:])
    before = state(folder)
    with pytest.raises(EvidenceError):
        cases.open_case(path, password=WORDS)
    assert {name: digest for name, digest in state(folder).items() if "home" not in name} == {
        name: digest for name, digest in before.items() if "home" not in name
    }
