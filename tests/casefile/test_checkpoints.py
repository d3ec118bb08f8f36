"""The write-ahead log is emptied while others write, and is empty when it must be."""

import io
import os
import time
from pathlib import Path

import pytest

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.originals import Incoming
from evidence_app.casefile.storage import connection as database
from evidence_app.model.custody import Action
from evidence_app.services import cases, passwords, verification

PIECE = 10 << 20
PIECES = 9


def fill(case: CaseFile) -> None:
    """Originals without items, more than the log may hold; less than SQLite waits for."""
    for _ in range(PIECES):
        incoming: Incoming = originals.receive(case, io.BytesIO(os.urandom(PIECE)))
        with case.change(Action.IMPORT, {}, undoable=False) as change:
            originals.adopt(change, incoming, "application/octet-stream")


@pytest.mark.parametrize("password", [None, "correct horse"])
def test_what_was_committed_comes_into_the_file_while_it_is_open(
    case: CaseFile, tmp_path: Path, password: str | None
) -> None:
    path = tmp_path / "filled.evcase"
    cases.create(
        path, title="a", timezone="UTC", jurisdiction=cases.info(case).jurisdiction
    ).close()
    if password is not None:
        passwords.change_password(path, None, password)
    assert PIECE * PIECES > database.WAL_SIZE
    with cases.open_case(path, password=password) as filled:
        fill(filled)
        until = time.monotonic() + 30
        while path.stat().st_size < database.WAL_SIZE and time.monotonic() < until:
            time.sleep(0.01)
        assert path.stat().st_size >= database.WAL_SIZE
        filled.write_back()
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
        assert verification.verify(filled).is_intact
    assert not path.with_name(f"{path.name}-wal").exists()


def test_a_small_log_starts_no_thread(case: CaseFile) -> None:
    cases.edit_info(case, title="other")
    assert case._checkpoints._thread is None


def test_closing_ends_the_thread(tmp_path: Path, case: CaseFile) -> None:
    fill(case)
    thread = case._checkpoints._thread
    assert thread is not None
    case.close()
    assert not thread.is_alive()
