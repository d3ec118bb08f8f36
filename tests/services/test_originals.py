"""Whoever gives out an original gives out the bytes that were imported, or says that he cannot."""

import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.schema import CHUNK_SIZE
from evidence_app.errors import DamagedError, EvidenceError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, items, verification
from evidence_app.services.importing.importer import Importer

SIZE = 2 * CHUNK_SIZE + 5
DATA = random.Random(11).randbytes(SIZE)
JUST_ONE = DATA[5 : CHUNK_SIZE + 5]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("originals")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        case = cases.create(
            folder / "a.evcase",
            title="x",
            owner_name="",
            numbers=[],
            timezone="Asia/Shanghai",
            jurisdiction=Jurisdiction.CHINA,
        )
        with case, Importer(case) as importer:
            importer.run_bytes("three pieces.bin", DATA)
            importer.run_bytes("empty.bin", b"")
            importer.run_bytes("beside.bin", DATA[:100])
            importer.run_bytes("just one.bin", JUST_ONE)
    return folder


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "home", tmp_path / "home")
    return Path(shutil.copy(made / "a.evcase", tmp_path / "a.evcase"))


def tamper(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


PIECE = "UPDATE content_chunk SET"
OF_FIRST = "WHERE content_id = 1"

TRICKS = {
    "split": (
        f"{PIECE} seq = seq + 1 {OF_FIRST} AND seq = 2",
        f"{PIECE} seq = 2 {OF_FIRST} AND seq = 1",
        "INSERT INTO content_chunk SELECT 1, 1, substr(data, 100) FROM content_chunk "
        "WHERE content_id = 1 AND seq = 0",
        f"{PIECE} data = substr(data, 1, 99) {OF_FIRST} AND seq = 0",
    ),
    "boundary moved": (
        f"{PIECE} data = data || (SELECT substr(data, 1, 7) FROM content_chunk WHERE "
        f"content_id = 1 AND seq = 1) {OF_FIRST} AND seq = 0",
        f"{PIECE} data = substr(data, 8) {OF_FIRST} AND seq = 1",
    ),
    "gap": (f"{PIECE} seq = 7 {OF_FIRST} AND seq = 2",),
    "renumbered": (f"{PIECE} seq = seq + 10 {OF_FIRST}",),
    "negative": (f"{PIECE} seq = -1 {OF_FIRST} AND seq = 0",),
    "fraction": (f"{PIECE} seq = 0.5 {OF_FIRST} AND seq = 1",),
    "number is text": (f"{PIECE} seq = 'x' {OF_FIRST} AND seq = 2",),
    "number is bad text": (f"{PIECE} seq = CAST(x'ff' AS TEXT) {OF_FIRST} AND seq = 2",),
    "swapped": (
        f"{PIECE} seq = 9 {OF_FIRST} AND seq = 0",
        f"{PIECE} seq = 0 {OF_FIRST} AND seq = 1",
        f"{PIECE} seq = 1 {OF_FIRST} AND seq = 9",
    ),
    "text": (f"{PIECE} data = CAST(data AS TEXT) {OF_FIRST} AND seq = 2",),
    "all text": (f"{PIECE} data = CAST(data AS TEXT)",),
    "number": (f"{PIECE} data = 5 {OF_FIRST} AND seq = 1",),
    "empty": (f"{PIECE} data = x'' {OF_FIRST} AND seq = 2",),
    "empty after the end": ("INSERT INTO content_chunk VALUES (1, 3, x'')",),
    "more after the end": ("INSERT INTO content_chunk VALUES (1, 3, x'00')",),
    "text after the end": ("INSERT INTO content_chunk VALUES (1, 3, '')",),
    "missing end": (f"DELETE FROM content_chunk {OF_FIRST} AND seq = 2",),
    "missing middle": (f"DELETE FROM content_chunk {OF_FIRST} AND seq = 1",),
    "all missing": (f"DELETE FROM content_chunk {OF_FIRST}",),
    "longer": (f"{PIECE} data = data || x'00' {OF_FIRST} AND seq = 2",),
    "shorter": (f"{PIECE} data = substr(data, 2) {OF_FIRST} AND seq = 2",),
    "another byte": (f"{PIECE} data = CAST(x'41' || substr(data, 2) AS BLOB) {OF_FIRST}",),
    "piece of another": (
        f"{PIECE} data = (SELECT data FROM content_chunk WHERE content_id = 4 AND seq = 0) "
        f"{OF_FIRST} AND seq = 0",
    ),
    "wrong size": ("UPDATE content SET size = size - 1 WHERE id = 1",),
    "huge size": ("UPDATE content SET size = 9223372036854775807 WHERE id = 1",),
    "negative size": ("UPDATE content SET size = -1 WHERE id = 1",),
    "no size": ("UPDATE content SET size = NULL WHERE id = 1",),
    "size is text": ("UPDATE content SET size = 'many' WHERE id = 1",),
    "another digest": ("UPDATE content SET sha256 = upper(sha256) WHERE id = 1",),
    "digest is bytes": ("UPDATE content SET sha256 = CAST(sha256 AS BLOB) WHERE id = 1",),
    "digest is bad text": ("UPDATE content SET sha256 = CAST(x'ff' AS TEXT) WHERE id = 1",),
    "no digest": ("UPDATE content SET sha256 = NULL WHERE id = 1",),
}

Read = Callable[[CaseFile, Path], bytes]


def _read_all(case: CaseFile, folder: Path) -> bytes:
    with items.open_original(case, 1) as stream:
        return stream.read()


def _read_end(case: CaseFile, folder: Path) -> bytes:
    with items.open_original(case, 1) as stream:
        stream.seek(-5, io.SEEK_END)
        return DATA[:-5] + stream.read()


def _stream(case: CaseFile, folder: Path) -> bytes:
    received = io.BytesIO()
    with items.stream_original(case, 1) as stream:
        shutil.copyfileobj(stream, received)
    return received.getvalue()


def _extract(case: CaseFile, folder: Path) -> bytes:
    items.extract(case, 1, folder / "out")
    return (folder / "out").read_bytes()


def _read_again(case: CaseFile, folder: Path) -> bytes:
    with Importer(case) as importer:
        importer.read_again(1)
    return DATA


def _import_again(case: CaseFile, folder: Path) -> bytes:
    with Importer(case) as importer:
        [result] = importer.run_bytes("once more.bin", DATA)
    if result.reason is not None:
        raise DamagedError(result.reason)
    assert result.item_id == 1
    return DATA


READERS: dict[str, Read] = {
    "read": _read_all,
    "seek": _read_end,
    "stream": _stream,
    "extract": _extract,
    "read again": _read_again,
    "import again": _import_again,
}


@pytest.mark.parametrize("name", READERS)
def test_whole_originals_are_given(path: Path, tmp_path: Path, name: str) -> None:
    with cases.open_case(path) as case:
        assert READERS[name](case, tmp_path) == DATA
        with items.open_original(case, 2) as stream:
            assert stream.read() == b""
        with items.stream_original(case, 2) as stream:
            assert stream.read() == b""
        with items.open_original(case, 4) as stream:
            assert stream.read() == JUST_ONE
        assert verification.verify(case).is_intact


@pytest.mark.parametrize("trick", TRICKS)
def test_what_is_not_whole_is_found_and_given_to_nobody(
    path: Path, tmp_path: Path, trick: str
) -> None:
    tamper(path, *TRICKS[trick])
    with cases.open_case(path) as case:
        kinds = {mismatch.kind for mismatch in verification.verify(case).mismatches}
        expected = {MismatchKind.ORIGINAL, MismatchKind.ORIGINAL_SIZE}
        if trick == "no digest":
            expected = {MismatchKind.ROW_REMOVED}
        assert kinds & expected, kinds
        for name, read in READERS.items():
            with pytest.raises(EvidenceError):
                read(case, tmp_path)
            assert not (tmp_path / "out").exists(), name


def test_the_item_is_named(path: Path) -> None:
    tamper(path, *TRICKS["another byte"])
    with cases.open_case(path) as case, pytest.raises(DamagedError) as refused:
        items.open_original(case, 1)
    assert refused.value.message.code is MessageCode.ORIGINAL_DAMAGED
    assert refused.value.message.arguments == {"item": "three pieces.bin"}


@pytest.mark.parametrize("trick", ["split", "another byte", "text", "gap", "missing end"])
def test_what_is_changed_after_it_was_opened_is_found_when_it_is_read(
    path: Path, tmp_path: Path, trick: str
) -> None:
    """All bytes are hashed once; from then on each piece must be what it was."""
    with cases.open_case(path) as case:
        assert _read_all(case, tmp_path) == DATA
        stream = items.open_original(case, 1)
        case.write_back()
        tamper(path, *TRICKS[trick])
        with pytest.raises(DamagedError), stream:
            stream.read()


def test_an_original_is_hashed_as_a_whole_only_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cases.open_case(path) as case:
        items.open_original(case, 1).close()

        def fail(*_: object) -> None:
            raise AssertionError("hashed again")

        monkeypatch.setattr(originals.pieces, "digests", fail)
        with items.open_original(case, 1) as stream:
            assert stream.read() == DATA


def test_a_part_that_was_read_before_the_end_is_no_harm(path: Path) -> None:
    with cases.open_case(path) as case:
        with items.stream_original(case, 1) as stream:
            assert stream.read(10) == DATA[:10]
        with cases.open_case(path, read_only=True) as other:
            assert verification.verify(other).is_intact
