"""Code of an attacker that runs in a reading process can do nothing to the person."""

import io
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.intake.process import limits
from evidence_app.sandbox import child
from evidence_app.sandbox.child import Child

if sys.platform != "linux":
    pytest.skip("the attacks are on Linux", allow_module_level=True)

ATTACKER = Path(__file__).with_name("attacker.py")
ROOT = Path(__file__).resolve().parents[2]
START = f"""
import runpy, sys
sys.path.insert(0, {str(ROOT)!r})
sys.argv = ["attacker", *sys.argv[1:]]
runpy.run_path({str(ATTACKER)!r}, run_name="__main__")
"""

SURE = {
    "reads_the_signing_key",
    "reads_the_signing_key_in_a_new_thread",
    "finds_the_password",
    "reads_the_environment_of_the_program",
    "lists_processes",
    "writes_bashrc",
    "lists_the_home_folder",
    "reads_the_secure_shell_key",
    "opens_the_case",
    "appends_to_the_case",
    "empties_the_case",
    "removes_a_file",
    "renames_a_file",
    "links_a_file_into_its_folder",
    "plants_a_symbolic_link",
    "changes_times",
    "changes_permissions",
    "watches_a_folder",
    "connects_by_tcp",
    "sends_by_udp",
    "listens",
    "connects_by_a_unix_socket",
    "connects_by_an_abstract_socket",
    "runs_a_program",
    "runs_a_program_from_memory",
    "forks",
    "fills_the_disk_with_one_file",
    "kills",
    "kills_one_thread",
    "kills_by_the_old_call",
    "kills_by_a_pipe",
    "kills_by_a_limit",
    "slows_down",
    "takes_the_processors_away",
    "uses_shared_memory_of_old",
    "uses_a_message_queue",
    "outlives_the_program",
    "becomes_dumpable",
}
"""What succeeds in any ordinary process, so that the attacks are known to be real ones."""


@pytest.fixture
def victim() -> Iterator[int]:
    """A process of the same person."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process.pid
        process.kill()


@pytest.fixture
def targets(
    tmp_path: Path, victim: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """Where the person's things are."""
    home = tmp_path / "person"
    for folder in (".ssh", ".config", "data"):
        (home / folder).mkdir(parents=True)
    things = {
        "key": home / "data" / "signing.key",
        "case": home / "case.evcase",
        "spare": home / "spare",
        "removable": home / "removable",
        "renamable": home / "renamable",
    }
    for path in (*things.values(), home / ".ssh" / "id_ed25519", home / ".bashrc"):
        path.write_text("of the person")
    password = secrets.token_hex(8)
    monkeypatch.setenv("EVIDENCE_APP_PASSWORD", password)
    name = secrets.token_hex(8)
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as unix,
        socket.socket(socket.AF_UNIX) as abstract,
        things["case"].open("rb") as opened,
    ):
        unix.bind(str(tmp_path / "bus"))
        unix.listen()
        abstract.bind(f"\0{name}")
        abstract.listen()
        yield {
            **{target: str(path) for target, path in things.items()},
            "home": str(home),
            "password": password,
            "program": os.getpid(),
            "victim": victim,
            "address": int(Path(f"/proc/{victim}/maps").read_text().split("-")[0], 16),
            "tcp": tcp.getsockname()[1],
            "unix": str(tmp_path / "bus"),
            "abstract": name,
            "descriptor": opened.fileno(),
            "inode": os.fstat(opened.fileno()).st_ino,
        }


def attacked(
    targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch, *, confined: bool
) -> dict[str, str]:
    """Run all attacks in a process that is started as a reading process is."""
    command = [*child.command("")[:-2], "-c", START, "" if confined else "unconfined"]
    monkeypatch.setattr(child, "command", lambda module: command)
    if not confined:
        surroundings = child.environment
        monkeypatch.setattr(
            child, "environment", lambda folder, ours: {**ours, **surroundings(folder, ours)}
        )
    process = Child("evidence_app.intake.process.worker", limits.MEMORY)
    try:
        with process.watched(60):
            process.send({"companions": [], "targets": {**targets, "confined": confined}})
            process.send_file(io.BytesIO(b"an evil picture"))
            outcomes: dict[str, str] = process.receive().head
        if confined:
            assert process.protection is not None
            assert process.protection.is_whole, process.protection.reasons
        return outcomes
    finally:
        process.stop()


def test_nothing_succeeds_in_a_reading_process(
    targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = attacked(targets, monkeypatch, confined=True)
    succeeded = [name for name, result in outcomes.items() if result == "done"]
    print(f"{len(succeeded)} of {len(outcomes)} attacks succeeded")
    assert succeeded == []
    assert len(outcomes) >= 70
    # None failed because it was written wrongly.
    odd = ("NameError", "AttributeError", "TypeError", "struct.error", "ImportError")
    assert [name for name, result in outcomes.items() if result.startswith(odd)] == []


def test_the_attacks_succeed_in_an_ordinary_process(
    targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = attacked(targets, monkeypatch, confined=False)
    succeeded = {name for name, result in outcomes.items() if result == "done"}
    print(f"{len(succeeded)} of {len(outcomes)} attacks succeeded")
    assert succeeded >= SURE, {name: outcomes[name] for name in SURE - succeeded}
