"""Reads what was exported as its recipient could: pages are drawn, and the words in them read."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evidence_app.dossier.redaction import check, rendering
from evidence_app.dossier.redaction.check import Burned, Secrecy
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.progress import Progress
from evidence_app.sandbox.child import Child

ReadWords = Callable[[bytes], str]
"""Reads the words in a picture's file, line by line. Raises `EvidenceError` if that fails."""

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.dossier.redaction.rendering"
_TIMEOUT_S = 600.0


def require_unreadable(
    path: Path,
    secrecy: Secrecy,
    burned: Sequence[Burned] | None,
    read: ReadWords,
    progress: Progress,
) -> None:
    """Look for what was blacked out in the pages of a PDF as they are shown.

    Args:
        path: The file.
        secrecy: What must not be in it.
        burned: The pictures with something blacked out, whose pages are looked at; None for all
            pages.
        read: Reads a page.
        progress: Asked before each page whether to go on.

    Raises:
        EvidenceError: Something was found, or the pages could not be read.
    """
    if not _has_words(secrecy) or (burned is not None and not burned):
        return
    for page in progress.until_cancelled(_pages(path, burned)):
        require_none_read(page, secrecy, read)


def require_none_read(picture: bytes, secrecy: Secrecy, read: ReadWords) -> None:
    """Look for what was blacked out in a picture's file.

    Raises:
        EvidenceError: Something was found, or it could not be read.
    """
    if _has_words(secrecy) and check.Seeker(secrecy).is_in(read(picture)):
        _LOG.warning("what was blacked out can still be read in what is shown")
        raise EvidenceError(message(MessageCode.REDACTION_LEAKS))


def _has_words(secrecy: Secrecy) -> bool:
    return bool(secrecy.words or secrecy.passages)


def _pages(path: Path, burned: Sequence[Burned] | None) -> Iterator[bytes]:
    child = Child(_PROGRAM, rendering.MEMORY)
    try:
        with child.watched(_TIMEOUT_S), path.open("rb") as sent:
            child.send(None if burned is None else [picture.sha256 for picture in burned])
            child.send_file(sent)
        while True:
            page = io.BytesIO()
            with child.watched(_TIMEOUT_S):
                if child.receive().head != "page":
                    return
                child.receive_file(page)
            yield page.getvalue()
    except (EOFError, OSError, ValueError, TypeError, LookupError) as error:
        _LOG.warning("pages could not be drawn once more: %r", error)
        raise EvidenceError(message(MessageCode.REDACTION_UNREAD)) from error
    finally:
        child.stop()
