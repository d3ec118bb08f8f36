"""Turns what SQLite says into what the person can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

from evidence_app.errors import DamageError, MendableError
from evidence_app.messages import MessageCode, message


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the person can mend as `MendableError`, damage as `DamageError`.

    Anything else passes: it is a bug of ours.
    """
    try:
        yield
    except DatabaseError as error:
        words = str(error.orig).lower()
        if "disk is full" in words:
            raise MendableError(message(MessageCode.DISK_FULL)) from error
        if "readonly" in words:
            raise MendableError(message(MessageCode.CASE_READ_ONLY)) from error
        if "locked" in words:
            raise MendableError(message(MessageCode.CASE_IN_USE)) from error
        if "malformed" in words or "disk i/o" in words:
            raise DamageError(message(MessageCode.CASE_DAMAGED, reason=words)) from error
        raise
