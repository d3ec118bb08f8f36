"""What goes wrong with one file is told of that file, and costs the others nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.messages import Message, MessageCode, message
from evidence_app.services.importing.results import ImportResult, refused

_LOG = logging.getLogger(__name__)


def with_refusal(path: str, results: Iterable[ImportResult]) -> Iterator[ImportResult]:
    """What becomes of a file, and, if that ends with an error, why it is not imported."""
    try:
        yield from results
    except Exception as error:
        yield refused(path, _reason(error))


def _reason(error: Exception) -> Message:
    match error:
        case Cancelled():
            return message(MessageCode.IMPORT_CANCELLED)
        case FileNotFoundError():
            return message(MessageCode.FILE_VANISHED)
        case OSError():
            reason = error.strerror or type(error).__name__
            return message(MessageCode.FILE_UNREADABLE, reason=reason)
        case EvidenceError():
            return error.message
        case _:
            # A bug of ours at one file must not cost the person the files after it.
            _LOG.error("unexpected failure at a file", exc_info=error)
            return message(MessageCode.IMPORT_FAILED)
