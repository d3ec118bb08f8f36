"""How long it takes to import and to check large files, beside plain tools: figures, no verdicts.

Run it as ``python tests/benchmarks/test_whole_files.py`` from the checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

COUNT = 400
SIZE = 2_500_000
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
    from evidence_app.services.imports import Importer

    with cases.open_case(path, password=password) as case, Importer(case) as importer:
        results = importer.run([inbox])
    assert all(one.item_id is not None for one in results)


def checked(path: Path, password: str | None) -> None:
    from evidence_app.services import cases, verification

    with cases.open_case(path, read_only=True, password=password) as case:
        assert verification.verify(case).is_intact


def compare(folder: Path, count: int, size: int) -> None:
    """Import and check, without and with a password, beside cp and sha256sum in the same run."""
    from evidence_app.services import cases, passwords

    inbox = folder / "inbox"
    inbox.mkdir()
    for number in range(count):
        (inbox / f"{number}.bin").write_bytes(os.urandom(size))
    copying = timed(partial(copied, inbox, folder / "copy"))
    hashing = min(timed(partial(hashed, inbox)) for _ in range(3))
    total = count * size / 1e6
    sys.stdout.write(f"{total:.0f} MB: cp, sync, sha256sum {copying:.2f} s; sum {hashing:.2f} s\n")
    for name, password in (("plain", None), ("locked", PASSWORD)):
        path = folder / f"{name}.evcase"
        cases.create(
            path, title=name, timezone="UTC", jurisdiction=cases.default_jurisdiction()
        ).close()
        if password is not None:
            passwords.change_password(path, None, password)
        importing = timed(partial(imported, path, inbox, password))
        checking = min(timed(partial(checked, path, password)) for _ in range(2))
        sys.stdout.write(
            f"{name}: import {importing:.2f} s ({importing / copying:.2f} of cp, sync, sha256sum); "
            f"check {checking:.2f} s ({total / checking:.0f} MB/s, speed {hashing / checking:.2f} "
            "of sha256sum)\n"
        )


def test_a_few_small_files_are_imported_and_checked(tmp_path: Path) -> None:
    """The benchmark itself works."""
    compare(tmp_path, 2, 1000)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    with tempfile.TemporaryDirectory() as name:
        os.environ["EVIDENCE_APP_HOME"] = f"{name}/home"
        compare(Path(name), COUNT, SIZE)
