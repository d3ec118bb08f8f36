"""Lets nothing out in which something that was blacked out can still be found."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evidence_app.dossier.redaction import check
from evidence_app.dossier.redaction.check import Burned, Secrecy
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.sandbox.child import Child

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.dossier.redaction.check"
_TIMEOUT_S = 1800.0
_POLL_S = 0.05


def require_no_leaks(
    path: Path, secrecy: Secrecy, burned: Sequence[Burned], alive: Callable[[], None]
) -> None:
    """Look through a finished PDF for what was blacked out.

    Args:
        path: The file.
        secrecy: What must not be in it.
        burned: The pictures that must be black where they say.
        alive: Is called often; may raise `Cancelled`.

    Raises:
        EvidenceError: Something was found, or the file could not be looked through.
    """
    if not secrecy and not burned:
        return
    child = Child(_PROGRAM, check.MEMORY)
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="looking for leaks") as thread:
            asked = thread.submit(_found, child, path, secrecy, burned)
            try:
                while not asked.done():
                    alive()
                    time.sleep(_POLL_S)
            except BaseException:
                child.kill()
                raise
        found = asked.result()
    finally:
        child.stop()
    if found:
        _LOG.warning("what was blacked out can still be found: %s", ", ".join(found))
        raise EvidenceError(message(MessageCode.REDACTION_LEAKS))


def _found(child: Child, path: Path, secrecy: Secrecy, burned: Sequence[Burned]) -> list[str]:
    request = {
        "words": secrecy.words,
        "passages": secrecy.passages,
        "sha256": secrecy.sha256,
        "burned": [
            {"sha256": one.sha256, "black": [dataclasses.astuple(box) for box in one.black]}
            for one in burned
        ],
    }
    try:
        with child.watched(_TIMEOUT_S), path.open("rb") as sent:
            child.send(request)
            child.send_file(sent)
            return [str(one) for one in child.receive().head]
    except (EOFError, OSError, ValueError, TypeError, LookupError) as error:
        return [type(error).__name__]
