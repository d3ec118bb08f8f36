"""Reading that can be given up: SQLite stops in the middle of a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection

_INSTRUCTIONS = 50_000
"""SQLite's machine does these in about a millisecond."""

_unwanted: ContextVar[Callable[[], bool] | None] = ContextVar("unwanted", default=None)


@contextmanager
def interruptible(is_unwanted: Callable[[], bool]) -> Iterator[None]:
    """Let statements of this thread fail with `Cancelled` as soon as they are not wanted.

    Within another one both are asked.
    """
    outer = _unwanted.get()
    token = _unwanted.set(
        is_unwanted if outer is None else lambda: outer() or is_unwanted(),
    )
    try:
        yield
    finally:
        _unwanted.reset(token)


def watch(connection: Connection) -> None:
    """Let SQLite ask, in the transaction that begins, whether it is still wanted.

    The pool gives the same connection to those who may be interrupted and to others.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(_unwanted.get(), _INSTRUCTIONS)
