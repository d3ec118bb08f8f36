"""What goes into a bundle is chosen, large parts have a reason, and nothing is owned by nobody."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest

from evidence_app.services import licences

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def contents(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.contents")


@pytest.fixture
def parts(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.parts")


@pytest.fixture
def libraries(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.libraries")


@pytest.fixture
def owners(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.owners")


def test_all_resources_and_migrations_go_along(contents: ModuleType) -> None:
    places = {f"{folder}/{Path(path).name}" for path, folder in contents.own_files(ROOT)}
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file() and path.suffix != ".ts":
            name = path.relative_to(ROOT / "resources").as_posix()
            assert f"evidence_app/_resources/{name}" in places
    assert "evidence_app/casefile/migrations/versions/v0001_first.py" in places
    assert not [place for place in places if place.endswith((".ts", ".pyc"))]


def test_libraries_that_only_a_left_out_file_needs_are_left_out(contents: ModuleType) -> None:
    plugin = "PySide6/Qt/plugins/platforms"
    binaries = [
        ("PySide6/QtGui.abi3.so", "gui", "EXTENSION"),
        (f"{plugin}/libqxcb.so", "xcb", "BINARY"),
        (f"{plugin}/libqeglfs.so", "eglfs", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "qtgui", "BINARY"),
        ("PySide6/Qt/lib/libQt6EglFS.so.6", "qteglfs", "BINARY"),
        ("libxcb-cursor.so.0", "cursor", "BINARY"),
        ("libonly-eglfs.so.1", "only", "BINARY"),
        ("libpython3.11.so.1.0", "python", "BINARY"),
    ]
    needs = {
        "gui": ["libQt6Gui.so.6"],
        "xcb": ["libxcb-cursor.so.0", "libc.so.6"],
        "eglfs": ["libQt6EglFS.so.6"],
        "qteglfs": ["libonly-eglfs.so.1"],
    }
    needed = contents.needed(binaries, lambda path: needs.get(path, []))
    assert [path for _, path, _ in needed] == ["gui", "xcb", "qtgui", "cursor", "python"]
    links = [
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6EglFS.so.6", "PySide6/Qt/lib/libQt6EglFS.so.6", "SYMLINK"),
    ]
    assert contents.unbroken(links, needed) == links[:1]


@pytest.mark.parametrize(
    ("name", "is_used"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
    ],
)
def test_what_nothing_uses_is_left_out(name: str, is_used: bool, contents: ModuleType) -> None:
    assert contents.is_used(name) is is_used


def test_a_large_part_without_a_reason_stops_the_build(parts: ModuleType) -> None:
    assert "the window" in parts.questioned(Counter({"PySide6": 20_000_000}))[0]
    with pytest.raises(parts.UnquestionedError, match="torch takes 800 MB"):
        parts.questioned(Counter({"torch": 800_000_000}))


def test_parts_are_packages_or_single_libraries(parts: ModuleType) -> None:
    for file, part in {
        "_internal/PySide6/QtGui.abi3.so": "PySide6",
        "_internal/PySide6/Qt/lib/libQt6Gui.so.6": "PySide6/Qt/lib/libQt6Gui.so.6",
        "_internal/PySide6/Qt/plugins/platforms/libqxcb.so": "PySide6/Qt/plugins",
        "_internal/av.libs/libx265.so": "av.libs/libx265.so",
        "_internal/numpy/core/a.so": "numpy",
        "evidence-app": "evidence-app",
    }.items():
        assert parts.part_of(Path(file)) == part


def test_the_newest_c_library_that_is_asked_for_counts(libraries: ModuleType) -> None:
    headers = ["  0x09691974 0x00 05 GLIBC_2.3.4", "  0x06969196 0x00 02 GLIBC_2.36\n GLIBC_2.9"]
    assert libraries.newest_glibc(headers) == "2.36"


def test_what_the_bundle_does_not_have_is_asked_of_the_system(
    libraries: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF")
    (tmp_path / "libours.so.1").write_bytes(b"\x7fELF")
    (tmp_path / "text.txt").write_bytes(b"no program")
    needs = "  NEEDED   libours.so.1\n  NEEDED   libEGL.so.1\n  NEEDED  libc.so.6\n GLIBC_2.34"
    monkeypatch.setattr(libraries, "_headers", lambda path: needs)
    assert libraries.depends(tmp_path) == ["fontconfig-config", "libc6 (>= 2.34)", "libegl1"]
    (tmp_path / "libours.so.1").unlink()
    with pytest.raises(LookupError, match=r"libours\.so\.1"):
        libraries.depends(tmp_path)


def test_each_collected_file_has_an_owner(owners: ModuleType, tmp_path: Path) -> None:
    collected = tmp_path / "collected.json"
    files = [click.core.__file__, json.__file__, str(ROOT / "evidence_app" / "errors.py")]
    collected.write_text(json.dumps([[Path(path).name, path] for path in files]))
    owned = owners.owners(collected, ROOT)
    assert [library.name for library in owned.libraries] == ["click"]
    assert owned.packages == {}
    stranger = tmp_path / "libstranger.so.1"
    stranger.touch()
    collected.write_text(json.dumps([["libstranger.so.1", str(stranger)]]))
    with pytest.raises(LookupError, match=r"libstranger\.so\.1"):
        owners.owners(collected, ROOT)


def test_the_licences_of_all_libraries_are_collected() -> None:
    """In a checkout from what is installed; a bundle has them in one file."""
    text = licences.text()
    for name, words in {
        "SQLAlchemy": "Permission is hereby granted",
        "cryptography": "Apache License",
        "reportlab": "Redistribution and use",
        "lxml": "BSD",
    }.items():
        assert f"\n{name} " in text
        assert words in text
    assert "\npytest " not in text


def test_a_bundle_shows_the_licences_that_it_was_built_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "licences.txt"
    path.write_text("all of them")
    monkeypatch.setattr("evidence_app.resources.path", lambda name: tmp_path / name)
    assert licences.text() == "all of them"


def test_viewers_that_a_bundle_opens_find_their_own_libraries(
    script: Callable[[str], ModuleType],
) -> None:
    launch = script("bundle.launch")
    inside = {"LD_LIBRARY_PATH": "/bundle", "QT_PLUGIN_PATH": "/bundle/plugins", "HOME": "/h"}
    launch.give_back(inside)
    assert inside == {"HOME": "/h"}
    inside |= {"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/theirs"}
    launch.give_back(inside)
    assert inside == {"HOME": "/h", "LD_LIBRARY_PATH": "/theirs"}
