"""Originals are found in damaged files without SQLite's help."""

import hashlib
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.casefile.carving import Carved
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases
from evidence_app.services.imports import Importer

PAGE = 16384


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    """The bytes of a case file, and its originals by digest."""
    folder = tmp_path_factory.mktemp("made")
    chance = random.Random(4)
    sizes = [0, 1, 100, 16_000, 16_400, 300_000, 1 << 20, (1 << 20) + 1, 3_500_000]
    originals = {}
    (folder / "in").mkdir()
    for number, size in enumerate(sizes):
        data = chance.randbytes(size)
        (folder / "in" / f"{number}.bin").write_bytes(data)
        originals[hashlib.sha256(data).hexdigest()] = data
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        with (
            cases.create(
                folder / "c.evcase", title="t", timezone="UTC", jurisdiction=Jurisdiction.OTHER
            ) as case,
            Importer(case) as importer,
        ):
            importer.run([folder / "in"])
    return (folder / "c.evcase").read_bytes(), originals


def found(path: Path) -> dict[str, bytes]:
    with Carved(path) as carved:
        return {one.sha256: b"".join(carved.pieces(one.id)) for one in carved.contents}


def test_all_of_a_whole_file(made: tuple[bytes, dict[str, bytes]], tmp_path: Path) -> None:
    data, originals = made
    (tmp_path / "c").write_bytes(data)
    assert found(tmp_path / "c") == originals


def test_without_its_first_pages(made: tuple[bytes, dict[str, bytes]], tmp_path: Path) -> None:
    data, originals = made
    (tmp_path / "c").write_bytes(os.urandom(PAGE) + data[PAGE:])
    assert found(tmp_path / "c") == originals


@pytest.mark.parametrize("seed", range(12))
def test_random_pages_overwritten(
    made: tuple[bytes, dict[str, bytes]], tmp_path: Path, seed: int
) -> None:
    """What comes back with its digest is right, and few pages cost few originals."""
    data, originals = made
    chance = random.Random(seed)
    broken = bytearray(data)
    pages = chance.sample(range(len(data) // PAGE), 3)
    for page in pages:
        broken[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    (tmp_path / "c").write_bytes(broken)
    whole = {
        digest
        for digest, bytes_ in found(tmp_path / "c").items()
        if hashlib.sha256(bytes_).hexdigest() == digest
    }
    assert whole <= originals.keys()
    touched_rows = any(
        b"application/octet-stream" in data[p * PAGE : (p + 1) * PAGE] for p in pages
    )
    assert touched_rows or len(whole) >= len(originals) - 3


def test_cut_off(made: tuple[bytes, dict[str, bytes]], tmp_path: Path) -> None:
    data, originals = made
    for share in range(0, 100, 7):
        (tmp_path / "c").write_bytes(data[: len(data) * share // 100])
        for digest, bytes_ in found(tmp_path / "c").items():
            if hashlib.sha256(bytes_).hexdigest() == digest:
                assert originals[digest] == bytes_


@given(st.binary(max_size=3 * 512), st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_it(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "c"
    head = b"SQLite format 3\x00\x02\x00" + bytes(82) if kind else b""
    path.write_bytes(head + (b"\x0d" if kind == 2 else b"") + data)
    for bytes_ in found(path).values():
        assert isinstance(bytes_, bytes)
