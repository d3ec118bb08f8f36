"""Folders as people drop them: links in circles, sockets, odd names, no permission."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from evidence_app.intake.walk import WalkProblem, walk
from evidence_app.messages import MessageCode


def problems(paths: list[Path]) -> list[tuple[str, MessageCode]]:
    walked = walk(paths)
    return [(path.path.name, path.message.code) for path in walked if isinstance(path, WalkProblem)]


def test_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a", "c", "空 格\n行.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    names = [str(path.relative_to(tmp_path)) for path in walk([tmp_path]) if isinstance(path, Path)]
    assert names == ["a", "b/1", "b/2", "c", "空 格\n行.png"]


def test_circle_is_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(b"x")
    (tmp_path / "in" / "back").symlink_to(tmp_path, target_is_directory=True)
    assert problems([tmp_path]) == [("back", MessageCode.DIRECTORY_LOOP)]
    assert [path.name for path in walk([tmp_path]) if isinstance(path, Path)] == ["file"]


def test_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert problems([tmp_path]) == [("self", MessageCode.DIRECTORY_LOOP)]


def test_folder_that_was_dropped_twice_is_no_circle(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(b"x")
    paths = list(walk([tmp_path, tmp_path / "in", tmp_path]))
    assert paths == [tmp_path / "in" / "file"]


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "socket"))
        (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
        assert problems([tmp_path, tmp_path / "gone", Path("/dev/null")]) == [
            ("nowhere", MessageCode.FILE_VANISHED),
            ("pipe", MessageCode.NOT_A_REGULAR_FILE),
            ("socket", MessageCode.NOT_A_REGULAR_FILE),
            ("gone", MessageCode.FILE_VANISHED),
            ("null", MessageCode.NOT_A_REGULAR_FILE),
        ]


def test_names_that_no_system_takes(tmp_path: Path) -> None:
    paths = list(walk([tmp_path / ("x" * 300), Path("a\0b")]))
    assert [type(path) for path in paths] == [WalkProblem, WalkProblem]


def test_bytes_that_are_no_text_in_a_name(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.png", "wb") as file:  # noqa: PTH123
        file.write(b"x")
    [path] = walk([tmp_path])
    assert isinstance(path, Path) and path.read_bytes() == b"x"


def test_very_deep_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1500):
        os.mkdir("d")  # noqa: PTH102 - one step at a time, past what a path may hold.
        os.chdir("d")
    Path("file").write_bytes(b"x")
    os.chdir(tmp_path)
    names = [path.name for path in walk([Path("d")]) if isinstance(path, Path)]
    # What pytest forgets folders with is not made for such depths.
    subprocess.run(["rm", "-rf", "d"], check=True)
    assert names == ["file"]
