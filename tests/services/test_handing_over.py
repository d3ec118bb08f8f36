"""What goes to a recipient beside a package: the page that checks it, and numbered parts."""

import hashlib
import shlex
import subprocess
from pathlib import Path

import pytest

from evidence_app.dossier.package import verifier_page
from evidence_app.errors import UsageError, UserError
from evidence_app.services.exporting import handing_over

PART = 64 << 10


def write_whole(folder: Path, size: int) -> tuple[Path, bytes]:
    data = bytes(place * 7 % 251 for place in range(size))
    path = folder / "证据 it's.zip"
    path.write_bytes(data)
    return path, data


def test_parts_are_joined_as_the_note_says(tmp_path: Path) -> None:
    path, data = write_whole(tmp_path, 2 * PART + 1)
    *parts, note = handing_over.split(path, PART)
    assert [part.stat().st_size for part in parts] == [PART, PART, 1]
    assert not path.exists()
    text = note.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    for part in parts:
        assert f"{hashlib.sha256(part.read_bytes()).hexdigest()}  {part.name}\n" in text
    [command] = [line.partition(": ")[2] for line in text.splitlines() if ": cat " in line]
    assert shlex.split(command)[-1] == path.name
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert path.read_bytes() == data


@pytest.mark.parametrize("size", [1, PART - 1, PART])
def test_what_fits_stays_whole(tmp_path: Path, size: int) -> None:
    path, data = write_whole(tmp_path, size)
    assert handing_over.split(path, PART) == [path]
    assert path.read_bytes() == data


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    path, data = write_whole(tmp_path, 2 * PART)
    there = tmp_path / f"{path.name}.002"
    there.write_bytes(b"mine")
    with pytest.raises(UserError):
        handing_over.split(path, PART)
    assert sorted(tmp_path.iterdir()) == sorted([path, there])
    assert (path.read_bytes(), there.read_bytes()) == (data, b"mine")


def test_sizes(tmp_path: Path) -> None:
    assert [handing_over.size_of(size_text) for size_text in ("64K", "20M", "1 gb", "100000")] == [
        64_000,
        20_000_000,
        1_000_000_000,
        100_000,
    ]
    for text in ("", "20", "1.5M", "-20M", "20X", "0", "９M\n\n"):
        with pytest.raises(UsageError):
            handing_over.size_of(text)
    path, _ = write_whole(tmp_path, 1000)
    with pytest.raises(UsageError):
        handing_over.split(path, 1)
    assert path.exists()


def test_the_page_is_written(tmp_path: Path) -> None:
    handing_over.write_verifier(tmp_path / "verify.html")
    assert (tmp_path / "verify.html").read_bytes() == verifier_page.page()
    with pytest.raises(UserError):
        handing_over.write_verifier(tmp_path / "no" / "verify.html")
