"""Salvage: each original whose pages were not touched comes back, and nothing makes it fail."""

import hashlib
import io
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.casefile.rescue.carving import Carved
from evidence_app.casefile.schema import CHUNK_SIZE
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases
from evidence_app.services.importing.importer import Importer

PAGE = 16384
SIZES = (1, 10, 5000, 16000, 17000, 17000, 90_000, 300_000, CHUNK_SIZE, 3 * CHUNK_SIZE + 70_000)
LOCK_BYTE = 1 << 30


@dataclass
class Original:
    """One file that was imported, and the pages that its bytes and its row are in."""

    data: bytes
    pages: set[int] = field(default_factory=set)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Sound:
    """A case file before it is damaged."""

    data: bytes
    originals: list[Original]

    @property
    def pages(self) -> int:
        return len(self.data) // PAGE


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    chance = random.Random(7)
    path = tmp_path_factory.mktemp("carving") / "c.evcase"
    originals = [Original(chance.randbytes(size)) for size in SIZES]
    case = cases.create(path, title="x", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA)
    with case, Importer(case) as importer:
        for number, original in enumerate(originals):
            importer.run_bytes(f"{number}.bin", original.data)
    data = path.read_bytes()
    for original in originals:
        original.pages = set(pages_of(data, original))
    return Sound(data, originals)


def pages_of(data: bytes, original: Original) -> Iterator[int]:
    """Where the bytes are, found by looking for them: random ones occur but once."""
    yield data.index(original.sha256.encode()) // PAGE
    starts = [data[at + 4 : at + 12] for at in range(0, len(data), PAGE)]
    for begin in range(0, len(original.data), CHUNK_SIZE):
        piece = original.data[begin : begin + CHUNK_SIZE]
        if len(piece) > 8:
            yield data.index(piece[:16]) // PAGE
        if len(piece) > PAGE - 35:
            yield from (number for number, start in enumerate(starts) if start in piece)
    if len(original.data) == 1:
        yield from range(len(data) // PAGE)


def salvaged(data: bytes) -> set[str]:
    carved = Carved(io.BytesIO(data))
    return {
        content.sha256
        for content in carved.contents
        if hash_of(carved.pieces(content.id, content.size)) == content.sha256
    }


def hash_of(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def untouched(sound: Sound, touched: set[int]) -> set[str]:
    return {original.sha256 for original in sound.originals if not original.pages & touched}


def test_all_originals_of_a_sound_file(sound: Sound) -> None:
    carved = Carved(io.BytesIO(sound.data))
    facts = {content.sha256: (content.size, content.media_type) for content in carved.contents}
    assert {sha: size for sha, (size, _) in facts.items()} == {
        original.sha256: len(original.data) for original in sound.originals
    }
    assert all(media_type and "/" in media_type for _, media_type in facts.values())
    assert carved.ids == sorted(content.id for content in carved.contents)
    assert salvaged(sound.data) == {original.sha256 for original in sound.originals}
    by_number = {hash_of(carved.pieces(number)) for number in carved.ids}
    assert by_number == {original.sha256 for original in sound.originals}


@pytest.mark.parametrize(
    "head",
    [
        bytes(100),
        bytes(PAGE),
        random.Random(1).randbytes(PAGE),
        b"SQLite format 3\x00\x10\x00\x02\x02\x00",
        b"SQLite format 3\x00\x00\x01\x02\x02\x00",
        b"SQLite format 3\x00\x02\x00\x02\x02\xff",
        b"SQLite format 3\x00\x40\x00\x02\x02\x20",
    ],
)
def test_a_header_that_is_gone_or_lies_costs_nothing(sound: Sound, head: bytes) -> None:
    assert salvaged(head + sound.data[len(head) :]) == {
        original.sha256 for original in sound.originals
    }


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_pages(sound: Sound, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(sound.data)
    touched = {0, *chance.sample(range(sound.pages), 1 + seed)}
    for number in touched:
        data[number * PAGE : (number + 1) * PAGE] = chance.randbytes(PAGE)
    assert salvaged(bytes(data)) >= untouched(sound, touched)


@pytest.mark.parametrize("seed", range(12))
def test_a_file_that_was_cut_off(sound: Sound, seed: int) -> None:
    end = random.Random(seed).randrange(len(sound.data))
    touched = set(range(end // PAGE, sound.pages))
    assert salvaged(sound.data[:end]) >= untouched(sound, touched)


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits(sound: Sound, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(sound.data)
    flipped = [chance.randrange(len(data)) for _ in range(1 + seed)]
    for at in flipped:
        data[at] ^= 1 << chance.randrange(8)
    assert salvaged(bytes(data)) >= untouched(sound, {at // PAGE for at in flipped})


def test_what_the_damage_tests_expect_is_not_nothing(sound: Sound) -> None:
    shares = [
        len(untouched(sound, {0, *random.Random(seed).sample(range(sound.pages), 3)}))
        for seed in range(50)
    ]
    assert sum(shares) > 50


def test_pieces_of_an_original_that_the_file_says_nothing_of(sound: Sound) -> None:
    rows = sound.data.index(sound.originals[0].sha256.encode()) // PAGE
    data = sound.data[: rows * PAGE] + bytes(PAGE) + sound.data[(rows + 1) * PAGE :]
    carved = Carved(io.BytesIO(data))
    assert carved.contents == []
    digests = {hash_of(carved.pieces(number)) for number in carved.ids}
    assert digests == {original.sha256 for original in sound.originals}


def small_database(path: Path, page_size: int, reserved: int = 0, pages: int = 0) -> None:
    """Three originals as SQLite itself writes them, behind so many pages of nothing."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size={page_size}")
    connection.execute("PRAGMA user_version=1")
    connection.close()
    with path.open("r+b") as stream:
        stream.seek(20)
        stream.write(bytes([reserved]))
        stream.seek(28)
        stream.write(max(1, pages).to_bytes(4, "big"))
        stream.seek(105)
        stream.write((page_size - reserved & 0xFFFF).to_bytes(2, "big"))
        stream.truncate(max(1, pages) * page_size)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        "CREATE TABLE content (id INTEGER PRIMARY KEY, sha256 TEXT, size INTEGER, media_type TEXT)"
    )
    connection.execute(
        "CREATE TABLE content_chunk (content_id INTEGER, seq INTEGER, data BLOB,"
        " PRIMARY KEY (content_id, seq))"
    )
    for number, size in enumerate((3, CHUNK_SIZE, CHUNK_SIZE + 5), 1):
        store(connection, number, random.Random(number).randbytes(size))
    assert connection.execute("PRAGMA quick_check").fetchall()[0] == ("ok",) or pages
    connection.close()


def store(connection: sqlite3.Connection, number: int, data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    row = (number, sha256, len(data), None)
    connection.execute("INSERT INTO content VALUES (?, ?, ?, ?)", row)
    for seq in range(-(-len(data) // CHUNK_SIZE)):
        piece = data[seq * CHUNK_SIZE : (seq + 1) * CHUNK_SIZE]
        connection.execute("INSERT INTO content_chunk VALUES (?, ?, ?)", (number, seq, piece))


@pytest.mark.parametrize(
    ("page_size", "reserved"), [(512, 0), (512, 32), (4096, 80), (16384, 32), (65536, 0)]
)
def test_layouts_that_sqlite_writes(tmp_path: Path, page_size: int, reserved: int) -> None:
    small_database(tmp_path / "s.db", page_size, reserved)
    data = (tmp_path / "s.db").read_bytes()
    assert int.from_bytes(data[16:18], "big") == page_size % 65535
    assert data[20] == reserved
    assert len(salvaged(data)) == 3


def test_the_page_of_the_lock_byte_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    small_database(path, PAGE, pages=LOCK_BYTE // PAGE - 80)
    assert path.stat().st_size > LOCK_BYTE + PAGE
    with path.open("r+b", buffering=0) as stream:
        stream.seek(LOCK_BYTE)
        assert stream.read(PAGE) == bytes(PAGE)
        first = hashlib.sha256(random.Random(1).randbytes(3)).hexdigest()
        stream.seek(LOCK_BYTE - 90 * PAGE)
        rows = stream.read(80 * PAGE).index(first.encode()) // PAGE
        stream.seek(LOCK_BYTE - (90 - rows) * PAGE)
        copy = stream.read(PAGE)
        stream.seek(LOCK_BYTE)
        stream.write(copy)
        carved = Carved(stream)
        intact = [
            hash_of(carved.pieces(content.id)) == content.sha256 for content in carved.contents
        ]
    assert intact == [True] * 3


def test_a_chain_that_runs_in_a_circle_ends(sound: Sound) -> None:
    largest = sound.originals[-1]
    data = bytearray(sound.data)
    rows = {data.index(largest.data[at : at + 16]) // PAGE for at in (0, CHUNK_SIZE)}
    ring = sorted(largest.pages - rows)[5]
    data[ring * PAGE : ring * PAGE + 4] = (ring + 1).to_bytes(4, "big")
    carved = Carved(io.BytesIO(bytes(data)))
    [largest_content] = [content for content in carved.contents if content.sha256 == largest.sha256]
    sizes = [len(piece) for piece in carved.pieces(largest_content.id, largest_content.size)]
    assert len(sizes) == 4
    assert sum(sizes) < len(largest.data)


class Scratched(io.BytesIO):
    """A disk that refuses to read some pages."""

    bad: frozenset[int] = frozenset()

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() // PAGE in self.bad:
            raise OSError("bad sector")
        return super().read(size)


def test_a_page_that_the_disk_refuses_counts_as_damaged(sound: Sound) -> None:
    stream = Scratched(sound.data)
    stream.bad = frozenset({0, max(sound.originals[-1].pages)})
    carved = Carved(stream)
    intact = {content.sha256 for content in carved.contents} & {
        hash_of(carved.pieces(content.id, content.size)) for content in carved.contents
    }
    assert intact >= untouched(sound, set(stream.bad))
    assert sound.originals[-1].sha256 not in intact


@pytest.mark.parametrize(("number", "seq"), [(1, 1), (2, 0), (2, 7), (3, 0), (3, 1)])
def test_a_row_that_damage_gave_to_another_original(tmp_path: Path, number: int, seq: int) -> None:
    """A stray row, here before or behind the true ones, replaces none of them."""
    for rowid in (-5, 99):
        path = tmp_path / f"{rowid}.db"
        small_database(path, PAGE)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("CREATE TABLE rows AS SELECT rowid AS place, * FROM content_chunk")
        connection.execute("DROP TABLE content_chunk")
        connection.execute("CREATE TABLE content_chunk (content_id INTEGER, seq INT, data BLOB)")
        connection.execute(
            "INSERT INTO content_chunk (rowid, content_id, seq, data) SELECT * FROM rows"
        )
        connection.execute(
            "INSERT INTO content_chunk (rowid, content_id, seq, data) VALUES (?, ?, ?, ?)",
            (rowid, number, seq, b"stray"),
        )
        connection.execute("DROP TABLE rows")
        connection.close()
        assert len(salvaged(path.read_bytes())) == 3


def exhaust(data: bytes) -> None:
    carved = Carved(io.BytesIO(data))
    for number in {*carved.ids, *(content.id for content in carved.contents)}:
        for size in (None, 0, CHUNK_SIZE):
            assert all(len(piece) <= CHUNK_SIZE for piece in carved.pieces(number, size))


@given(st.binary(max_size=3000), st.sampled_from([512, 1024, 16384]))
@settings(max_examples=150, deadline=None)
def test_random_bytes_are_nothing(noise: bytes, page_size: int) -> None:
    head = b"SQLite format 3\x00" + page_size.to_bytes(2, "big") + bytes(82)
    exhaust(noise)
    exhaust((head + noise[:12]).ljust(page_size, b"\0") + b"\x0d" + noise)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_mutated_pages_never_fail(sound: Sound, data: st.DataObject) -> None:
    """The pages with the rows of pieces and originals, where a changed byte matters most."""
    leaves = [number for number in range(1, sound.pages) if sound.data[number * PAGE] == 0x0D]
    mutated = bytearray(sound.data)
    places = st.one_of(st.integers(0, 120), st.integers(0, PAGE - 1))
    changes = st.lists(
        st.tuples(st.sampled_from(leaves), places, st.integers(0, 255)), min_size=1, max_size=40
    )
    for number, at, value in data.draw(changes):
        mutated[number * PAGE + at] = value
    exhaust(bytes(mutated))
