"""The program's own log: what was done, how long it took, what failed, and nothing of a case.

Words of a case can be in the message of any exception, in its arguments, and in what a library
says. So the log has the kind of an error and where in the program it came from, never its message.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from evidence_app.errors import Cancelled, EvidenceError

_LOG = logging.getLogger(__name__)
_OURS = "evidence_app"


class LogFormatter(logging.Formatter):
    """Writes records without anything that could be of a case."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Say only where a library spoke: its words may be those of a file that it read."""
        if record.name.split(".")[0] != _OURS:
            record.message = f"{record.module}:{record.lineno}"
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:
        """Where in the program it came from, and what kind of error it is."""
        assert isinstance(ei, tuple)
        return plain_traceback(ei[1]) if ei[1] is not None else ""


def plain_traceback(error: BaseException) -> str:
    """The lines of the program that led to an error, and to those that caused it."""
    links: list[str] = []
    seen_ids: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen_ids:
        seen_ids.add(id(link))
        links.append("".join(traceback.format_tb(link.__traceback__)) + kind_of(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\ncaused by\n".join(links)


def kind_of(error: BaseException) -> str:
    """What kind of error it is, with its code or number."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, EvidenceError):
        return f"{name}: {error.message.code}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name}: errno {error.errno}"
    return name


@contextmanager
def step(name: str) -> Iterator[None]:
    """Log what a piece of work is, how it ended, and the seconds that it took.

    It serves as a decorator too.
    """
    began = time.monotonic()

    def took() -> float:
        return time.monotonic() - began

    try:
        yield
    except Cancelled:
        _LOG.info("%s: stopped after %.2f s", name, took())
        raise
    except EvidenceError as error:
        _LOG.info("%s: %s after %.2f s", name, kind_of(error), took())
        raise
    except Exception as error:
        _LOG.warning("%s: failed with %s after %.2f s", name, kind_of(error), took())
        raise
    _LOG.info("%s: done in %.2f s", name, took())
