"""Consistent copies of case files, made while nothing is half written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from evidence_app import settings


def backup(path: Path, why: str) -> Path:
    """Copy a case file into the person's data folder with SQLite's own backup.

    Args:
        path: The case file.
        why: A word for the copy's name, as ``before-update``.

    Returns:
        Where the copy is.

    Raises:
        OSError, sqlcipher3.dbapi2.Error: No copy could be made; nothing is left of it.
    """
    folder = settings.data_folder() / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = folder / f"{path.stem} {stamp} {why}{path.suffix}"
    source = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    copy = dbapi2.connect(str(target))
    try:
        source.backup(copy)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        copy.close()
        source.close()
    return target
