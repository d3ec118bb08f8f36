"""Reads the pages of an export once more, with what reads text in pictures of the case."""

from __future__ import annotations

from evidence_app.closing import Closing
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.progress import Progress
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.process import PictureReader


class SecondReader(Closing):
    """One reading process, started when it is needed; use it as a context manager.

    Args:
        progress: Asked often whether to go on.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._reader = PictureReader()

    def text_of(self, picture: bytes) -> str:
        """The words in a picture's file, line by line.

        Raises:
            Cancelled: The person asked to stop.
            EvidenceError: It cannot be read.
        """
        try:
            read = self._reader.read(picture, progress=self._progress)
        except ReadingFailure as failure:
            raise EvidenceError(message(MessageCode.REDACTION_UNREAD)) from failure
        return "\n".join(line.text for line in read.lines)

    def close(self) -> None:
        """End the process."""
        self._reader.close()
