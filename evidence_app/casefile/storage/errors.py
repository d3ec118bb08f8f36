"""Turns errors of SQLite into messages that say what the person can do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlcipher3 import dbapi2

from evidence_app.errors import Cancelled, DamagedError, EvidenceError, UserError
from evidence_app.messages import MessageCode, message

_LOG = logging.getLogger(__name__)
_DAMAGE = (
    "malformed",
    "not a database",
    "corrupt",
    "unsupported file format",
    "not authorized",
    "prohibited",
)
"""The last two: a trigger or a view of the file was to be used."""
_DRIVE = ("disk i/o", "unable to open")


@contextmanager
def translated(path: Path | None = None) -> Iterator[None]:
    """Raise what the person can mend as `UserError`, damage as `DamagedError`.

    What was interrupted is `Cancelled`. Anything else passes: it is a bug of ours.

    Args:
        path: The file that is used: when it is gone, nothing else needs to be said.
    """
    try:
        yield
    except DatabaseError as error:
        to_raise = _sentence(str(error.orig).lower(), path)
        if to_raise is None:
            raise
        raise to_raise from error
    except dbapi2.DatabaseError as error:
        to_raise = _sentence(str(error).lower(), path)
        if to_raise is None:
            raise
        raise to_raise from error


@contextmanager
def forged_as_damage() -> Iterator[None]:
    """Raise errors from reading a file in doubt as `DamagedError`: no program wrote it so."""
    try:
        yield
    except (SQLAlchemyError, ValueError, TypeError, LookupError) as error:
        _LOG.info("a file in doubt cannot be read", exc_info=True)
        reason = type(error).__name__
        raise DamagedError(message(MessageCode.CASE_DAMAGED, reason=reason)) from error


def _sentence(text: str, path: Path | None) -> EvidenceError | Cancelled | None:
    if text == "interrupted":
        return Cancelled()
    if "disk is full" in text:
        return UserError(message(MessageCode.DISK_FULL))
    if path is not None and not path.exists():
        return UserError(message(MessageCode.CASE_GONE, path=path))
    if "could not decode" in text:
        # What SQLite says after the name of the column is the text itself.
        column = text.partition("column '")[2].partition("'")[0]
        return DamagedError(message(MessageCode.ROW_DAMAGED, row=column or "text"))
    if "readonly" in text:
        return UserError(message(MessageCode.CASE_READ_ONLY))
    if "locked" in text:
        return UserError(message(MessageCode.CASE_IN_USE))
    if any(sign in text for sign in _DAMAGE):
        return DamagedError(message(MessageCode.CASE_DAMAGED, reason=text))
    if any(sign in text for sign in _DRIVE):
        return UserError(message(MessageCode.DISK_FAILS, reason=text))
    return None
