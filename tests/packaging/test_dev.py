"""The set-up: what is missing is found, what is locked is locked, no address is named."""

import importlib
import io
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return loaded("dev", monkeypatch)


@pytest.fixture
def system_packages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return loaded("system_packages", monkeypatch)


def loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return importlib.import_module(name)


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody who is not root, on a machine whose only commands are in the folder returned."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    command(folder, "apt-get", "exit 1")
    return folder


def command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_missing_commands_are_named_with_their_packages(system_packages: ModuleType) -> None:
    packages = {"sh": "dash", "no-such-command": "some-package"}
    assert system_packages.missing(packages) == ["some-package"]


def test_all_that_is_missing_is_found_at_once(
    system_packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "_installed_libraries", set)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    packages = system_packages.missing({"no-such-command": "some-package"})
    assert "libegl1" in packages
    assert "some-package" in packages
    assert f"python3.{sys.version_info.minor}-venv" in packages


def test_without_a_terminal_there_is_one_line_to_paste(
    system_packages: ModuleType, stranger: Path
) -> None:
    command(stranger, "sudo", "exit 1")
    with pytest.raises(system_packages.SetUpError) as refusal:
        system_packages.install(["libegl1", "python3.11-venv"])
    lines = str(refusal.value).splitlines()
    assert lines[-1].strip() == (
        "sudo apt-get update && sudo apt-get install -y libegl1 python3.11-venv"
    )


def test_without_sudo_the_line_asks_for_root(system_packages: ModuleType, stranger: Path) -> None:
    with pytest.raises(system_packages.SetUpError) as refusal:
        system_packages.install(["libegl1"])
    assert "su -c 'apt-get update && apt-get install -y libegl1'" in str(refusal.value)


def test_a_terminal_is_asked_for_the_password_once_and_apt_asks_nothing(
    system_packages: ModuleType, stranger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "said"
    # As sudo does: no password by `-n`, and an environment of its own.
    command(
        stranger,
        "sudo",
        f'[ "$1" = -n ] && exit 1; echo "asked" >> {log}; shift 2; '
        f'exec /usr/bin/env -i PATH="$PATH" "$@"',
    )
    command(stranger, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {log}; read x || exit 0; exit 9')
    command(stranger, "sh", 'exec /bin/sh "$@"')
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    system_packages.install(["libegl1", "libgl1"])
    lines = log.read_text().splitlines()
    assert lines[0] == "asked"
    assert len(lines) == 3
    assert all(line.startswith("noninteractive ") for line in lines[1:])
    assert lines[2].endswith("libegl1 libgl1")


@pytest.mark.parametrize(
    "output",
    [
        "W: Failed to fetch http://…  Temporary failure resolving 'deb.debian.org'",
        "WARNING: Retrying … NewConnectionError('…: Failed to establish a new connection')",
        "E: Could not connect to 10.0.0.1:80. - connect (113: No route to host)",
    ],
)
def test_without_a_network_it_says_so(system_packages: ModuleType, output: str) -> None:
    assert "does not reach the internet" in system_packages.reason(f"{output}\nERROR: other")


def test_another_failure_is_told_in_its_last_line(system_packages: ModuleType) -> None:
    assert "no space left" in system_packages.reason("one\nERROR: no space left\n\n")


def test_pip_without_a_network_is_told_in_one_sentence(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    command(tmp_path, "python", 'echo "NameResolutionError: pip cannot" >&2; exit 1')
    with pytest.raises(dev.SetUpError, match="does not reach the internet"):
        dev._pip_install("-r", "some.txt")
    assert "NameResolutionError" in (tmp_path / "set-up.log").read_text()


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


def test_an_editable_install_copies_nothing(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", EDITABLE_WHEEL, tmp_path], cwd=ROOT, check=True, capture_output=True
    )
    [wheel] = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 100_000


EDITABLE_WHEEL = "import sys, hatchling.build as b; b.build_editable(sys.argv[1])"
