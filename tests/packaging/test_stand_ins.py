"""Libraries load without those that they name and never call, and nothing else is stood in for."""

import ctypes
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only bundles for Linux have them")

FOLDER = "av.libs"
LARGE = "libx265-1.so.1"
NEEDED_BY_LARGE = "libonly.so.1"


@pytest.fixture
def stand_ins(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.stand_ins")


def made(folder: Path, name: str, code: str, *options: str) -> None:
    """A library of that name."""
    source = folder / "code.c"
    source.write_text(code)
    place = folder / FOLDER if folder.name != FOLDER else folder
    search = [f"-L{place}", f"-Wl,-rpath,{place}", f"-Wl,-soname,{name}"]
    command = ["gcc", "-shared", "-fPIC", "-o", str(folder / name), str(source), *search, *options]
    subprocess.run(command, check=True)
    source.unlink()


@pytest.fixture
def bundle(tmp_path: Path, stand_ins: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One library that names a large one, which names another one."""
    folder = tmp_path / "_internal" / FOLDER
    folder.mkdir(parents=True)
    versions = tmp_path / "versions"
    versions.write_text("LARGE_1 { global: encode; };\n")
    made(folder, NEEDED_BY_LARGE, "int only(void) { return 3; }")
    large = "int only(void); int depth = 8; int encode(void) { return only(); } "
    large += "int version(void) { return 2; } int unused(void) { return 1; }"
    made(folder, LARGE, large, f"-l:{NEEDED_BY_LARGE}", f"-Wl,--version-script={versions}")
    user = "int encode(void); int version(void); "
    user += "int ask(void) { return 10 + encode() + version(); }"
    made(folder.parent, "libuser.so.1", user, f"-l:{LARGE}")
    monkeypatch.setattr(stand_ins, "STAND_INS", {f"{FOLDER}/libx265-*": (stand_ins.NOTHING, "")})
    return tmp_path


def test_what_names_a_large_library_loads_without_it(bundle: Path, stand_ins: ModuleType) -> None:
    folder = bundle / "_internal" / FOLDER
    (bundle / "_internal" / NEEDED_BY_LARGE).symlink_to(folder / NEEDED_BY_LARGE)
    stand_ins.put(bundle)
    assert ctypes.CDLL(str(folder.parent / "libuser.so.1")).ask() == 10
    assert not hasattr(ctypes.CDLL(str(folder / LARGE)), "unused")
    assert {path.name for path in (bundle / "_internal").rglob("*")} == {
        FOLDER, LARGE, "libuser.so.1",
    }  # fmt: skip


def test_nothing_stands_in_for_data(bundle: Path, stand_ins: ModuleType) -> None:
    folder = bundle / "_internal" / FOLDER
    made(folder.parent, "libreader.so.1", "extern int depth; int read(void) { return depth; }",
         f"-l:{LARGE}")  # fmt: skip
    with pytest.raises(stand_ins.SetUpError, match="depth of libx265-1"):
        stand_ins.put(bundle)


def test_a_library_that_is_not_there_any_more_is_told(bundle: Path, stand_ins: ModuleType) -> None:
    (bundle / "_internal" / FOLDER / LARGE).unlink()
    with pytest.raises(stand_ins.SetUpError, match="names 0 libraries"):
        stand_ins.put(bundle)
