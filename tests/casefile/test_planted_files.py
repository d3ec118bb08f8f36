"""What lies beside a case file under a name that is the program's: links, pipes, folders."""

import contextlib
import os
import random
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import run_statements, state

from evidence_app.casefile.storage.connection import PAGE_SIZE
from evidence_app.cli import main
from evidence_app.errors import EvidenceError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases, passwords, tags, verification

SQLITE = ("case.evcase-wal", "case.evcase-shm", "case.evcase-journal")
LOCK = ".case.evcase.lock"
LEFT = tuple(
    f".case.evcase.{kind}{ending}"
    for kind in ("new", "old")
    for ending in ("", "-wal", "-shm", "-journal")
)
"""What a killed program may have left, and the next one removes."""

PRECIOUS = random.Random(11).randbytes(5000)

LINKS: dict[str, Callable[[Path, Path], None]] = {
    "link to a file": lambda folder, planted: planted.symlink_to(folder / "precious.txt"),
    "link to a case": lambda folder, planted: planted.symlink_to(folder / "other.evcase"),
    "link to a folder": lambda folder, planted: planted.symlink_to(folder / "photos"),
    "link to nothing": lambda folder, planted: planted.symlink_to(folder / "nothing"),
    "second name": lambda folder, planted: os.link(folder / "precious.txt", planted),
    "second name of a case": lambda folder, planted: os.link(folder / "other.evcase", planted),
    "pipe": lambda folder, planted: os.mkfifo(planted),
    "folder": lambda folder, planted: planted.mkdir(),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A computer with a case in a folder of its own; what is dear to the person lies elsewhere."""
    root = tmp_path_factory.mktemp("made")
    path, dear = root / "case" / "case.evcase", root / "dear"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(root / "home"))
        with cases.create(path, title="m", timezone="UTC", jurisdiction=Jurisdiction.OTHER) as case:
            tags.create(case, "worst")
    (dear / "photos").mkdir(parents=True)
    (dear / "photos" / "one.jpg").write_bytes(PRECIOUS)
    (dear / "precious.txt").write_bytes(PRECIOUS)
    shutil.copy(path, dear / "other.evcase")
    return root


@pytest.fixture
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "home"))
    return tmp_path / "case" / "case.evcase"


def _names_and_kinds() -> list[object]:
    pairs = [((name,), kind) for name in (*SQLITE, LOCK) for kind in LINKS]
    return [*pairs, *((LEFT, kind) for kind in LINKS)]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there that nobody has")
@pytest.mark.parametrize(("names", "kind"), _names_and_kinds())
def test_nothing_else_is_written_or_removed(
    path: Path, names: tuple[str, ...], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    dear, planted = path.parents[1] / "dear", [path.with_name(name) for name in names]
    for one in planted:
        LINKS[kind](dear, one)
    before, case_before = state(dear), state(path.parent)
    assert main.run(["info", str(path)]) in (0, 1)
    assert "the program itself" not in capsys.readouterr().err
    assert state(path.parent) == case_before
    with contextlib.suppress(EvidenceError), cases.open_case(path) as case:
        tags.create(case, "new")
    assert state(dear) == before
    assert not (dear / "nothing").exists()
    for one in planted:
        one.rmdir() if one.is_dir() and not one.is_symlink() else one.unlink(missing_ok=True)
    with cases.open_case(path) as case:
        assert verification.verify(case).is_intact, "the case itself is as it was"


def _journal(path: Path, pages: list[bytes], leader: Path | None) -> bytes:
    """A rollback journal of the first pages of a file, as SQLite leaves it after a kill.

    The format: https://sqlite.org/fileformat2.html#the_rollback_journal
    """
    magic, nonce, size = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 12345, path.stat().st_size
    numbers = struct.pack(">5L", len(pages), nonce, size // PAGE_SIZE, 512, PAGE_SIZE)
    made = (magic + numbers).ljust(512, b"\0")
    for number, page in enumerate(pages, 1):
        total = nonce + sum(page[at] for at in range(PAGE_SIZE - 200, 0, -200))
        made += struct.pack(">L", number) + page + struct.pack(">L", total)
    if leader is not None:
        name = str(leader).encode()
        start = struct.pack(">L", 0x40000000 // PAGE_SIZE + 1) + name
        made += start + struct.pack(">2L", len(name), sum(name)) + magic
    return made


@pytest.mark.parametrize("leader", ["none", "a file", "a case"])
@pytest.mark.parametrize("beside", [(), ("case.evcase-wal", LOCK)])
def test_a_journal_that_was_planted_is_taken_back_by_no_reader(
    path: Path, leader: str, beside: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even where it looks as if a writer had just ended; nor is the file that it names hurt."""
    dear = path.parents[1] / "dear"
    named = {"none": None, "a file": dear / "precious.txt", "a case": dear / "other.evcase"}
    first = path.read_bytes()[:PAGE_SIZE]
    run_statements(path, "UPDATE tag SET name = 'other'", "PRAGMA user_version=5")
    path.with_name("case.evcase-journal").write_bytes(_journal(path, [first], named[leader]))
    for name in beside:
        path.with_name(name).touch()
    before, dear_before = state(path.parent), state(dear)
    for verb in ("info", "verify"):
        main.run([verb, str(path)])
        assert state(path.parent) == before, verb
    with contextlib.suppress(EvidenceError), cases.open_case(path) as case:
        tags.create(case, "new")
    assert state(dear) == dear_before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there that nobody has")
@pytest.mark.parametrize("kind", ["pipe", "device", "loop"])
def test_what_is_no_file_is_no_case(path: Path, kind: str) -> None:
    other = path.with_name("other.evcase")
    if kind == "pipe":
        os.mkfifo(other)
    else:
        other.symlink_to("/dev/zero" if kind == "device" else other)
    with pytest.raises(UserError):
        cases.open_case(other)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there that nobody has")
def test_a_case_behind_a_link_is_the_case(path: Path) -> None:
    """One lock, one log beside it, one place; and a password leaves no plain file behind."""
    link = path.parents[1] / "link.evcase"
    link.symlink_to(path)
    with cases.open_case(path) as case:
        tags.create(case, "marked")
        with pytest.raises(UserError) as refused:
            cases.open_case(link)
        assert refused.value.message.code is MessageCode.CASE_IN_USE
        with cases.open_case(link, read_only=True) as seen:
            assert "marked" in {one.name for one in tags.list_tags(seen)}
    passwords.change_password(link, None, "words")
    assert link.is_symlink()
    assert cases.is_locked(path)
    with cases.open_case(link, password="words") as case:
        assert verification.verify(case).is_intact


@pytest.mark.skipif(os.name == "nt", reason="links need rights there that nobody has")
def test_a_case_with_a_second_name_is_only_read(path: Path) -> None:
    """Nobody else's copy is changed along, and no password leaves the plain file under it."""
    second = path.parents[1] / "second.evcase"
    os.link(path, second)
    before = second.read_bytes()
    with cases.open_case(path) as case:
        assert case.read_only
        codes = [one.code for one in case.notices]
        assert codes == [MessageCode.NOTICE_OTHER_NAME]
        with pytest.raises(UserError):
            tags.create(case, "new")
    with pytest.raises(UserError):
        passwords.change_password(path, None, "words")
    assert second.read_bytes() == before
    second.unlink()
    os.link(path, path.with_name(".case.evcase.old"))
    with cases.open_case(path) as case:
        tags.create(case, "new")
