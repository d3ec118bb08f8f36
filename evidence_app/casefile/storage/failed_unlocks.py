"""The times of wrong passwords on a locked case, kept until they can go into its log.

They are kept in the data folder under the salt of the file, which says nothing of the case.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from evidence_app import settings
from evidence_app.casefile.storage.cipher import CipherKey

_LOG = logging.getLogger(__name__)
_MOST = 1000


def note(key: CipherKey) -> None:
    """Remember that a wrong password was tried now."""
    path = _file(key)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{now}\n")
    except OSError:
        _LOG.warning("a wrong password could not be noted", exc_info=True)


def take(key: CipherKey) -> list[str]:
    """When wrong passwords were tried, the newest thousand; they are forgotten here."""
    path = _file(key)
    try:
        times = path.read_text("ascii").split()
        path.unlink()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError):
        _LOG.warning("the wrong passwords cannot be read", exc_info=True)
        return []
    return times[-_MOST:]


def _file(key: CipherKey) -> Path:
    return settings.data_folder() / "attempts" / key.salt.hex()
