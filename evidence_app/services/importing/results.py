"""What an import tells: how far it is, and what became of each file."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.evidence import ItemStatus, PlaceUnit, SkippedEntry
from evidence_app.model.question import Question, QuestionKind
from evidence_app.progress import Progress, ProgressState
from evidence_app.services.importing.ingest import Ingested

_LOG = logging.getLogger(__name__)


class ImportOutcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    PARTLY_READ = "partly_read"
    KEPT_UNREAD = "kept_unread"
    NOT_IMPORTED = "not_imported"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one file; it is durable when this is reported.

    Attributes:
        path: The file, as it was given; for a file in a file, the way to it.
        outcome: What became of it.
        item_id: The item that it is now, or None.
        events: How many events it yielded.
        known: How many of them the case had from another source already.
        reason: Why it is not simply imported, or None.
        skipped: Its entries that could not be read, the first of them.
        skipped_count: How many could not be read.
        notices: What else is to be said of it.
        questions: What is to be asked about it.
    """

    path: str
    outcome: ImportOutcome
    item_id: int | None = None
    events: int = 0
    known: int = 0
    reason: Message | None = None
    skipped: tuple[SkippedEntry, ...] = ()
    skipped_count: int = 0
    notices: tuple[Message, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportProgress(ProgressState):
    """How far an import is; what is done, and its total, are bytes.

    Attributes:
        done_files: Files that are finished.
        total_files: All files, as far as folders were entered.
        current: The file in hand.
    """

    done_files: int = 0
    total_files: int = 0
    current: str = ""


OnResult = Callable[[ImportResult], None]


def result_of(path: str, ingested: Ingested, *, empty: bool) -> ImportResult:
    """What is told of a file that is in the case now."""
    if ingested.status is ItemStatus.READ:
        outcome, reason = ImportOutcome.IMPORTED, None
    elif ingested.status is ItemStatus.PARTLY_READ:
        outcome, reason = ImportOutcome.PARTLY_READ, _why_partly(ingested)
    else:
        outcome = ImportOutcome.KEPT_UNREAD
        code = MessageCode.EMPTY_FILE if empty else MessageCode.NOT_UNDERSTOOD
        reason = ingested.damage or message(code)
    return ImportResult(
        path,
        outcome,
        ingested.item_id,
        ingested.events,
        ingested.known,
        reason,
        tuple(ingested.skipped),
        ingested.skipped_count,
        tuple(ingested.notices),
        tuple(ingested.questions),
    )


def _why_partly(ingested: Ingested) -> Message:
    if ingested.damage is not None:
        return ingested.damage
    skipped = ingested.skipped_count
    if skipped:
        rows = _rows(ingested.skipped)
        code = MessageCode.ROWS_NOT_READ if rows else MessageCode.PARTLY_READ
        return message(code, read=ingested.events, skipped=skipped, rows=rows)
    kinds = {question.kind for question in ingested.questions if question.blocking}
    question_code = _CODES.get(min(kinds, key=list(QuestionKind).index))
    return message(question_code or MessageCode.QUESTION_NEEDS_ANSWER)


def _rows(skipped: Sequence[SkippedEntry]) -> str:
    """The numbers of rows that could not be read, those that follow on each other as a range."""
    if any(entry.place is None or entry.place.unit is not PlaceUnit.ROW for entry in skipped):
        return ""
    numbers = sorted({entry.place.number for entry in skipped if entry.place is not None})
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    listed = ["–".join(map(str, row_range)) for row_range in ranges[:_MOST_RANGES]]
    return ", ".join([*listed, *(["…"] if len(ranges) > _MOST_RANGES else [])])


_MOST_RANGES = 12
_CODES = {
    QuestionKind.DATE_ORDER: MessageCode.DATE_ORDER_UNKNOWN,
    QuestionKind.MAPPING: MessageCode.UNKNOWN_TABLE,
    QuestionKind.CONVERSATION: MessageCode.LOOKS_LIKE_CHAT,
    QuestionKind.OWNER: MessageCode.OWNER_UNKNOWN,
    QuestionKind.PASSWORD: MessageCode.ARCHIVE_ENCRYPTED,
    QuestionKind.CALL_WORDS: MessageCode.CALL_WORDS_UNKNOWN,
    QuestionKind.DURATION_UNIT: MessageCode.DURATION_UNIT_UNKNOWN,
    QuestionKind.ENCODING: MessageCode.ENCODING_UNKNOWN,
    QuestionKind.CORRESPONDENT: MessageCode.CORRESPONDENT_UNKNOWN,
    QuestionKind.YEAR: MessageCode.YEAR_UNKNOWN,
}


def refused(path: str, reason: Message) -> ImportResult:
    """What is told of a file that is not in the case."""
    return ImportResult(path, ImportOutcome.NOT_IMPORTED, reason=reason)


class ImportMeter:
    """Adds up how far an import is, and tells it.

    A file's bytes count as done when they are received, read and written: each is a part of the
    work, as large as it takes time with long logs.

    Args:
        files: What is imported.
        progress: Gets an `ImportProgress` each time.
    """

    def __init__(self, files: Sequence[Path], progress: Progress) -> None:
        self.progress = progress
        self._sizes = [_size(path) for path in files]
        self._total = sum(self._sizes)
        self._files = 0
        self._before = 0
        self._current = ""
        self._received = self._read = self._written = 0.0

    def of_parts(self) -> ImportMeter:
        """For the files in a file, whose bytes count already; it ends with this."""
        return ImportMeter((), self.progress.unshown())

    def expect(self, files: Sequence[Path]) -> None:
        """There are more files than was known."""
        sizes = [_size(path) for path in files]
        self._sizes += sizes
        self._total += sum(sizes)

    def begin_file(self, name: str) -> None:
        """A file is taken in hand."""
        self._current = name
        self._received = self._read = self._written = 0.0
        self._tell()

    def receiving(self) -> Progress:
        """Of the bytes of the file in hand that are received."""
        return self.progress.shown_by(lambda state: self.received(state.done))

    def reading(self) -> Progress:
        """Of the share of the file in hand that is read."""
        return self.progress.shown_by(self._show_read)

    def received(self, size: float) -> None:
        """So many bytes of it were received."""
        self._received = size
        self._tell()

    def written(self, share: float) -> None:
        """Such a share of what was read is indexed and sealed.

        Raises:
            Cancelled: The person asked to stop.
        """
        self.progress.check()
        self._read, self._written = 1.0, share
        self._tell()

    def finish_file(self) -> None:
        """It is done."""
        self._before += self._size()
        self._files += 1
        self._received = self._read = self._written = 0.0
        self._tell()

    def _show_read(self, state: ProgressState) -> None:
        self._read = state.share
        self._tell()

    def _size(self) -> int:
        return self._sizes[self._files] if self._files < len(self._sizes) else 0

    def _tell(self) -> None:
        received = _RECEIVING * min(self._received, self._size())
        worked = (_READING * self._read + _WRITING * self._written) * self._size()
        self.progress.show(
            ImportProgress(
                done=self._before + round(received + worked),
                total=self._total,
                done_files=self._files,
                total_files=len(self._sizes),
                current=self._current,
            )
        )


_RECEIVING, _READING, _WRITING = 0.05, 0.6, 0.35


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def log_counts(results: Sequence[ImportResult], seconds: float) -> None:
    """Say how much came in, and nothing of what."""
    counts = Counter(result.outcome.value for result in results)
    _LOG.info(
        "import: %d files, %d events, in %.2f s (%s)",
        len(results),
        sum(result.events for result in results),
        seconds,
        ", ".join(f"{name} {count}" for name, count in sorted(counts.items())),
    )
    for code, count in sorted(
        Counter(result.reason.code for result in results if result.reason).items()
    ):
        _LOG.info("import: %d with %s", count, code)
