"""How long it takes to import and to check large files, beside plain tools: figures, no verdicts.

Run it as ``python tests/benchmarks/test_whole_files.py`` from the checkout.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

COUNT = 400
SIZE = 2_500_000
ROUNDS = 5
PASSWORD = "correct horse battery staple"


def timed(work: Callable[[], object]) -> float:
    """Seconds, with all that was written on the disk."""
    os.sync()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def copied(source: Path, target: Path) -> None:
    """What a careful person does without this program: copy, wait for the disk, hash."""
    subprocess.run(["cp", "-r", source, target], check=True)
    subprocess.run(["sync", "-f", target], check=True)
    hashed(target)


def hashed(folder: Path) -> None:
    """The SHA-256 of each file of a folder."""
    names = sorted(folder.iterdir())
    subprocess.run(["sha256sum", *names], check=True, stdout=subprocess.DEVNULL)


def imported(path: Path, inbox: Path, password: str | None) -> None:
    from evidence_app.services import cases
    from evidence_app.services.importing.importer import Importer

    with cases.open_case(path, password=password) as case, Importer(case) as importer:
        results = importer.run([inbox])
    assert all(one.item_id is not None for one in results)


def checked(path: Path, password: str | None) -> None:
    from evidence_app.services import cases, verification

    with cases.open_case(path, read_only=True, password=password) as case:
        assert verification.verify(case).is_intact


def new_case(path: Path, password: str | None) -> Path:
    from evidence_app.services import cases, passwords

    jurisdiction = cases.default_jurisdiction()
    cases.create(path, title=path.stem, timezone="UTC", jurisdiction=jurisdiction).close()
    if password is not None:
        passwords.change_password(path, None, password)
    return path


def compare(folder: Path, count: int, size: int, rounds: int) -> None:
    """Import and check, without and with a password, beside cp and sha256sum.

    A disk is not as fast one minute as the next: every round does all of it, and is compared with
    itself.
    """
    inbox = folder / "inbox"
    inbox.mkdir()
    for number in range(count):
        (inbox / f"{number}.bin").write_bytes(os.urandom(size))
    ratios: dict[str, list[float]] = {}
    for number in range(rounds):
        copying = timed(partial(copied, inbox, folder / "copy"))
        shutil.rmtree(folder / "copy")
        hashing = timed(partial(hashed, inbox))
        said = [f"cp, sync, sha256sum {copying:.2f} s; sha256sum {hashing:.2f} s"]
        for name, password in (("plain", None), ("locked", PASSWORD)):
            path = new_case(folder / f"{name}{number}.evcase", password)
            importing = timed(partial(imported, path, inbox, password))
            checking = timed(partial(checked, path, password))
            path.unlink()
            said.append(f"{name} import {importing:.2f} s, check {checking:.2f} s")
            ratios.setdefault(f"{name} import / copy", []).append(importing / copying)
            ratios.setdefault(f"{name} check, speed of sha256sum", []).append(hashing / checking)
        sys.stdout.write("; ".join(said) + "\n")
    for name, found in ratios.items():
        every = ", ".join(f"{one:.2f}" for one in found)
        sys.stdout.write(f"{name}: {statistics.median(found):.2f} ({every})\n")


def test_a_few_small_files_are_imported_and_checked(tmp_path: Path) -> None:
    """The benchmark itself works."""
    compare(tmp_path, 2, 1000, 1)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    with tempfile.TemporaryDirectory() as name:
        os.environ["EVIDENCE_APP_HOME"] = f"{name}/home"
        compare(Path(name), COUNT, SIZE, ROUNDS)
