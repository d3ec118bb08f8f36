"""The scripts of the archive: what one puts into a home, the other takes out again."""

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def linux(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.linux")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose name needs quoting, with things of its own in it."""
    folder = tmp_path / "李 明 & 100% $HOME"
    theirs = folder / ".local" / "share" / "applications" / "other.desktop"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=true\n")
    case = folder / ".local" / "share" / "evidence-app" / "copies" / "a.evcase"
    case.parent.mkdir(parents=True)
    case.write_text("a kept copy")
    (folder / ".config" / "evidence-app").mkdir(parents=True)
    (folder / ".config" / "evidence-app" / "settings.json").write_text("{}")
    return folder


@pytest.fixture
def archive(linux: ModuleType, tmp_path: Path) -> Path:
    """The archive, unpacked, with a program that only says its arguments."""
    root = tmp_path / "archive"
    program = root / "program" / "evidence-app"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    icons = tmp_path / "icons"
    icons.mkdir()
    for size in linux.ICON_SIZES:
        (icons / f"{size}.png").write_text("a picture")
    linux.share(icons, root / "share")
    for name in ("install.sh", "uninstall.sh"):
        (root / name).write_bytes((ROOT / "packaging" / "linux" / name).read_bytes())
    return root


def run(script: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    command = ["sh", str(script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def files(home: Path) -> set[str]:
    paths = {path.relative_to(home).as_posix() for path in home.rglob("*")}
    # A cache of the desktop's, of the entries that are there.
    return paths - {".local/share/applications/mimeinfo.cache"}


def test_what_is_installed_can_be_started_and_goes_again(
    linux: ModuleType, archive: Path, home: Path
) -> None:
    before = files(home)
    assert run(archive / "install.sh", home).returncode == 0
    share = home / ".local" / "share"
    [line] = [
        line
        for line in (share / "applications" / f"{linux.ID}.desktop").read_text().splitlines()
        if line.startswith("Exec=")
    ]
    # As the specification says: unescape the string, split it, and make %% one sign again.
    arguments = shlex.split(line.removeprefix("Exec=").replace("\\\\", "\\"))
    program = arguments[0].replace("\\$", "$").replace("%%", "%")
    assert arguments[1:] == ["%F"]
    result = subprocess.run([program, "a b"], capture_output=True, text=True, check=True)
    assert result.stdout == "a b\n"
    assert (home / ".local" / "bin" / "evidence-app").resolve() == Path(program)
    for size in linux.ICON_SIZES:
        assert (share / f"icons/hicolor/{size}x{size}/apps/{linux.ID}.png").exists()
    assert (share / "mime" / "packages" / "evidence-app.xml").exists()
    assert run(archive / "install.sh", home).returncode == 0, "a newer version"
    done = run(home / ".local" / "lib" / "evidence-app" / "uninstall.sh", home)
    assert done.returncode == 0, done.stderr
    assert files(home) == before


def test_settings_go_only_if_that_is_wanted_and_copies_never(archive: Path, home: Path) -> None:
    run(archive / "install.sh", home)
    assert run(archive / "uninstall.sh", home, "--settings").returncode == 0
    assert not (home / ".config" / "evidence-app").exists()
    assert (home / ".local/share/evidence-app/copies/a.evcase").read_text() == "a kept copy"


def test_what_is_not_ours_is_not_replaced(archive: Path, home: Path) -> None:
    theirs = home / ".local" / "lib" / "evidence-app"
    theirs.mkdir(parents=True)
    (theirs / "notes.txt").write_text("mine")
    before = files(home)
    assert run(archive / "install.sh", home).returncode == 1
    assert files(home) == before
