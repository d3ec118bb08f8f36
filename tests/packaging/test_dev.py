"""The set-up: what is missing is found, what is locked is locked, no address is named."""

import re
import subprocess
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev() -> ModuleType:
    spec = util.spec_from_file_location("dev", ROOT / "packaging" / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_missing_commands_are_named_with_their_packages(dev: ModuleType) -> None:
    wanted = {"sh": ("dash",), "no-such-command": ("some-package", "some-package-t64")}
    assert dev.missing_packages(wanted) == [("some-package", "some-package-t64")]


def test_the_stamp_follows_the_lock_and_the_project(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "runtime.txt").write_text("a==1")
    (tmp_path / "pyproject.toml").write_text("x")
    monkeypatch.setattr(dev, "LOCK", tmp_path)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    before = dev.fingerprint("runtime")
    assert dev.fingerprint("runtime") == before
    (tmp_path / "runtime.txt").write_text("a==2")
    assert dev.fingerprint("runtime") != before


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_requirement_has_a_version_and_hashes(name: str) -> None:
    text = (ROOT / "packaging" / "lock" / f"{name}.txt").read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[\w.\-\[\]]+==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_no_registry_is_named_anywhere() -> None:
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    names = ("py" + "pi.org", "pythonhosted" + ".org", "registry.npm" + "js")
    for name in filter(None, files):
        data = (ROOT / name).read_bytes()
        for registry in names:
            assert registry.encode() not in data, name


def test_without_a_screen_the_headless_way_is_shown(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(dev, "set_up", lambda lock, commands: None)
    assert dev.main(["run"]) == 2
    assert ".venv/bin/evidence-app --help" in capsys.readouterr().err
