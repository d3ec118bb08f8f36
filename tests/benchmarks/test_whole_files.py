"""How long it takes to import and to check large files, beside plain tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from figures import Figure, timed

COUNT = 400
SIZE = 2_500_000
ROUNDS = 5
PASSWORD = "correct horse battery staple"


def synced(work: Callable[[], object]) -> float:
    """Seconds that the work takes, on a disk that has nothing else to write."""
    os.sync()
    return timed(work)


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


def figures(
    folder: Path, count: int = COUNT, size: int = SIZE, rounds: int = ROUNDS
) -> Iterator[Figure]:
    """Import and check, without and with a password, beside cp and sha256sum.

    A disk is not as fast one minute as the next: every round does all of it, is compared with
    itself, and the round in the middle counts.
    """
    inbox = folder / "inbox"
    inbox.mkdir()
    for number in range(count):
        (inbox / f"{number}.bin").write_bytes(os.urandom(size))
    measured: dict[str, list[Figure]] = {}
    for number in range(rounds):
        for figure in _round(folder, inbox, number):
            measured.setdefault(figure.name, []).append(figure)
    for one in measured.values():
        yield sorted(one, key=lambda figure: figure.ratio)[len(one) // 2]


def _round(folder: Path, inbox: Path, number: int) -> Iterator[Figure]:
    copying = synced(partial(copied, inbox, folder / "copy"))
    shutil.rmtree(folder / "copy")
    hashing = synced(partial(hashed, inbox))
    for name, password, import_aim, check_aim in (
        ("plain", None, 1.2, 1 / 4.6),
        ("locked", PASSWORD, 2, 1 / 1.6),
    ):
        path = new_case(folder / f"{name}{number}.evcase", password)
        importing = synced(partial(imported, path, inbox, password))
        checking = synced(partial(checked, path, password))
        path.unlink()
        copy = "cp, sync, sha256sum"
        yield Figure(f"import of files, {name}", importing, copy, copying, import_aim)
        yield Figure(f"check of files, {name}", checking, "sha256sum", hashing, round(check_aim, 3))


def test_a_few_small_files_are_imported_and_checked(tmp_path: Path) -> None:
    """The benchmark itself works."""
    assert len(list(figures(tmp_path, 2, 1000, 1))) == 4
