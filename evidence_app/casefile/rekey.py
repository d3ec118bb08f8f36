"""Sets, changes and removes the password of a case file.

The case is written anew, with the other key or without one, into a file beside it, which then
takes its place in one step: whenever the computer stops, one of the two is there, whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from evidence_app.casefile import opening, schema
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import links
from evidence_app.casefile.storage import lock as case_lock
from evidence_app.casefile.storage.atomic_file import appearing, overwritten
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.casefile.storage.errors import translated
from evidence_app.errors import Cancelled, DamagedError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.progress import SILENT, Progress

_STEPS_BETWEEN = 20
"""Steps of SQLite's machine between two looks at progress and cancel; one may copy a megabyte."""


def rekey(
    path: Path,
    old: CipherKey | None,
    new: CipherKey | None,
    action: Action,
    *,
    progress: Progress = SILENT,
) -> None:
    """Write a closed case file anew with another key.

    Args:
        path: The file; nobody has it open.
        old: What opens it now, or None.
        new: What is to open it, or None for no password.
        action: What the log says of it.
        progress: Is told about how much of it is done, 0 to 1; if it is cancelled, the file is as
            it was.

    Raises:
        Cancelled: The person asked to stop.
        UserError, DamagedError: It could not be done; the file is as it was.
    """
    path = links.followed(path)
    lock = case_lock.take_lock(path)
    try:
        opening.refuse_if_forged(path, old)
        with (
            overwritten(path) if old is None else nullcontext(),
            translated(path),
            appearing(path) as waiting,
        ):
            _export(path, old, waiting, new, _Watch(path, waiting, progress))
            account(waiting, new, action, {})
            _compare(path, old, waiting, new)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(message(MessageCode.CANNOT_WRITE, path=path, reason=reason)) from error
    finally:
        case_lock.release_lock(lock)


class _Watch:
    def __init__(
        self,
        source: Path,
        target: Path,
        progress: Progress,
    ) -> None:
        self._size = max(source.stat().st_size, 1)
        self._target, self._progress = target, progress

    def __call__(self) -> bool:
        if self._target.exists():
            self._progress.tell(self._target.stat().st_size, self._size)
        return self._progress.is_cancelled()


def _export(
    source: Path, old: CipherKey | None, target: Path, new: CipherKey | None, watch: _Watch
) -> None:
    # Without a write-ahead log there is none left that could be taken for one of the new file.
    connection = database.connect(source, read_only=False, key=old, wal=False)
    target.touch()
    try:
        specification = new.specification() if new is not None else ""
        connection.execute("ATTACH ? AS target KEY ?", (str(target), specification))
        pragma = "cipher_page_size" if new is not None else "page_size"
        connection.execute(f"PRAGMA target.{pragma}={database.PAGE_SIZE}")
        # The file takes its name only once all of it is on the disk.
        connection.execute("PRAGMA target.synchronous=OFF")
        connection.set_progress_handler(watch, _STEPS_BETWEEN)
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        connection.set_progress_handler(None, 0)
        connection.execute(f"PRAGMA target.application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA target.user_version={schema.SCHEMA_VERSION}")
        connection.execute("DETACH target")
    except dbapi2.OperationalError as error:
        if watch():
            raise Cancelled from error
        raise
    finally:
        connection.close()


def account(path: Path, key: CipherKey | None, action: Action, detail: Mapping[str, Any]) -> None:
    """Write an entry into the log of a file that is about to take the place of a case."""
    engine = database.engine_for(path, read_only=False, key=key)
    try:
        with engine.connect() as connection, database.writing(connection).begin():
            custody.append(connection, action, detail)
    finally:
        engine.dispose()
    # Its write-ahead log is written back: the file has all, and stands alone.
    database.connect(path, read_only=False, key=key, wal=False).close()


def _compare(source: Path, old: CipherKey | None, target: Path, new: CipherKey | None) -> None:
    """Make sure that the new file is complete before the old one is removed."""
    before, after = _counts(source, old), _counts(target, new)
    before[schema.custody_entry.name] = after[schema.custody_entry.name]
    if before != after:
        raise DamagedError(message(MessageCode.CASE_DAMAGED, reason="copy differs"))


def _counts(path: Path, key: CipherKey | None) -> dict[str, Any]:
    connection = database.connect(path, read_only=True, key=key)
    try:
        counts = {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in schema.metadata.tables
        }
        pieces = "SELECT coalesce(sum(length(data)), 0) FROM content_chunk"
        counts["bytes"] = connection.execute(pieces).fetchone()[0]
    finally:
        connection.close()
    return counts
