"""Fixtures for all tests."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases

if os.environ.get("CI"):
    # Elsewhere other examples are drawn each time.
    hypothesis.settings.register_profile("the same", derandomize=True)
    hypothesis.settings.load_profile("the same")

# What several folders of tests use stands beside the tests that it is closest to.
for _folder in ("anchoring", "benchmarks", "casefile", "e2e", "reading", "services"):
    sys.path.insert(0, str(Path(__file__).parent / _folder))

from own_authority import World, build_world, site  # noqa: E402 - found by the lines above.


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings, logs and backups of the tests apart from the person's."""
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "home"))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A new case in China's time zone; closed at the end with no transaction open."""
    made = cases.create(
        tmp_path / "case.evcase",
        title="测试 case",
        owner_name="李明",
        numbers=["+86 139 0000 0001"],
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    yield made
    made.close()
    give_up = time.monotonic() + 20
    while _side_files(tmp_path) and time.monotonic() < give_up:
        gc.collect()  # A pool that lent a connection closes it once nobody holds the pool.
        time.sleep(0.05)  # A scan of the rules that a widget began reads to its end.
    assert not _side_files(tmp_path), "a transaction is still open"


def _side_files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith("case.evcase-")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An authority for trusted timestamps on loopback."""
    folder = tmp_path / "authority"
    folder.mkdir()
    with site() as made:
        yield build_world(made, folder)


@pytest.fixture
def apart() -> Callable[[str], list[str]]:
    """Puts a command into a namespace of its own: ``mount`` or ``net``, with the rights of root.

    Some machines (containers, hardened kernels) forbid that. A test that needs it is left out
    there, and says so.
    """

    def prefix(kind: str) -> list[str]:
        command = ["unshare", f"--{kind}"]
        if os.geteuid() != 0:
            command.append("--map-root-user")
        tried = subprocess.run([*command, "true"], capture_output=True, text=True)
        if tried.returncode:
            pytest.skip(f"this machine forbids namespaces ({tried.stderr.strip()})")
        return command

    return prefix
