"""What is said in a recording: taken from another program's file, or written while listening."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import transcripts as records
from evidence_app.errors import UsageError, UserError
from evidence_app.intake.transcripts import subtitles
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.mark import Stretch
from evidence_app.model.transcript import Segment, TranscriptLine, TranscriptOrigin
from evidence_app.services import items
from evidence_app.services.history import Edit, editing

_SOUNDS = (ItemKind.RECORDING, ItemKind.VIDEO)
_TOLERANCE_S = 1.0
"""Programs measure the length of a recording differently by so much."""


def lines(case: CaseFile, item_id: int) -> list[TranscriptLine]:
    """The transcript of a recording, in its order."""
    with case.read() as connection:
        return records.lines(connection, item_id)


def take_file(case: CaseFile, item_id: int, path: Path) -> Edit:
    """Keep the transcript that a file (.srt or .vtt) has for a recording.

    It takes the place of what came from a file before, but for what the person corrected.

    Raises:
        UsageError: There is no such item, or it is no recording.
        UserError: The file cannot be read, or is the transcript of another recording.
    """
    item = recording(case, item_id)
    data = _content(path)
    segments = [_fitting(item, segment) for segment in subtitles.read(data)]
    detail: dict[str, Any] = {
        "item": item_id,
        "filename": path.name,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    with editing(case, Action.TRANSCRIBE, detail) as (change, edit):
        origin = TranscriptOrigin.FILE
        detail["segments"] = records.replace(change, item_id, segments, origin, path.name)
    return edit


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            # One byte too many tells that it is too large; the rest need not be read for that.
            return stream.read(subtitles.MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(message(MessageCode.TRANSCRIPT_UNREADABLE, reason=reason)) from error


def add(case: CaseFile, item_id: int, segment: Segment) -> Edit:
    """Keep what the person heard in a stretch of a recording.

    Raises:
        UsageError: There is no such item, or it is no recording.
        UserError: It has no words, or is not within the recording.
    """
    placed = _placed(recording(case, item_id), segment.stretch)
    written = replace(segment, stretch=placed, text=_trimmed(segment.text))
    with editing(case, Action.TRANSCRIBE, {"item": item_id, "segments": 1}) as (change, edit):
        records.add(change, item_id, [written], TranscriptOrigin.TYPED)
    return edit


def write(case: CaseFile, line_id: int, text: str) -> Edit:
    """Give a line other words; those of a program stay beside them.

    The program's own words, or none at all, take a correction back.

    Raises:
        UsageError: There is no such line.
        UserError: A line that the person typed is to have no words.
    """
    detail: dict[str, Any] = {"line": line_id}
    with editing(case, Action.CORRECT_TEXT, detail) as (change, edit):
        item_id, line = _line(change, line_id)
        corrected = " ".join(text.split())
        detail |= {"item": item_id, "read": line.text, "corrected": corrected}
        if corrected != line.words:
            _write(change, line, corrected)
    return edit


def _write(change: Change, line: TranscriptLine, corrected: str) -> None:
    if line.origin is TranscriptOrigin.TYPED:
        records.set_text(change, line.id, _trimmed(corrected))
    else:
        records.correct(change, line.id, None if corrected in ("", line.text) else corrected)


def set_stretch(case: CaseFile, line_id: int, stretch: Stretch) -> Edit:
    """Say from when to when a line is spoken.

    Raises:
        UsageError: There is no such line.
        UserError: That is not within the recording.
    """
    detail: dict[str, Any] = {"line": line_id}
    with editing(case, Action.TRANSCRIBE, detail) as (change, edit):
        item_id, _ = _line(change, line_id)
        placed = _placed(recording(case, item_id), stretch)
        detail |= {"item": item_id, "start_s": placed.start_s, "end_s": placed.end_s}
        records.set_stretch(change, line_id, placed)
    return edit


def split(case: CaseFile, line_id: int, at: int, at_s: float) -> Edit:
    """Make two lines of one.

    Args:
        case: The case.
        line_id: The line.
        at: So many characters of its words stay in it; the others go to the new line.
        at_s: When the new line begins, in seconds.

    Raises:
        UsageError: There is no such line.
        UserError: One of both would have no words or no time.
    """
    detail: dict[str, Any] = {"line": line_id}
    with editing(case, Action.TRANSCRIBE, detail) as (change, edit):
        item_id, line = _line(change, line_id)
        detail |= {"item": item_id, "at_s": at_s}
        head, tail = _trimmed(line.words[:at]), _trimmed(line.words[at:])
        if not line.stretch.start_s < at_s < line.stretch.end_s:
            raise UserError(message(MessageCode.SEGMENT_OUTSIDE))
        _write(change, line, head)
        records.set_stretch(change, line_id, Stretch(line.stretch.start_s, at_s))
        new = Segment(Stretch(at_s, line.stretch.end_s), tail, line.speaker)
        records.add(change, item_id, [new], TranscriptOrigin.TYPED)
    return edit


def remove(case: CaseFile, ids: Sequence[int]) -> Edit:
    """Remove lines from a transcript.

    Raises:
        UsageError: There is no such line.
    """
    detail: dict[str, Any] = {"lines": list(ids)}
    with editing(case, Action.TRANSCRIBE, detail) as (change, edit):
        removed = [_line(change, line_id) for line_id in ids]
        detail["item"] = removed[0][0] if removed else None
        records.remove(change, ids)
    return edit


def _line(change: Change, line_id: int) -> tuple[int, TranscriptLine]:
    item_and_line = records.line(change.connection, line_id)
    if item_and_line is None:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"x{line_id}"))
    return item_and_line


def recording(case: CaseFile, item_id: int) -> Item:
    """An item that can have a transcript.

    Raises:
        UsageError: There is no such item, or it is no recording.
    """
    item = items.get(case, item_id)
    if item.kind not in _SOUNDS:
        raise UsageError(message(MessageCode.NOT_A_RECORDING, value=f"i{item_id}"))
    return item


def _trimmed(written: str) -> str:
    text = " ".join(written.split())
    if not text:
        raise UserError(message(MessageCode.NEEDS_VALUE, field="text"))
    return text


def _placed(item: Item, stretch: Stretch) -> Stretch:
    last = item.duration_s or math.inf
    placed = Stretch(max(0.0, stretch.start_s), min(last, stretch.end_s))
    is_finite = math.isfinite(stretch.start_s) and math.isfinite(stretch.end_s)
    if not is_finite or placed.start_s >= placed.end_s:
        raise UserError(message(MessageCode.SEGMENT_OUTSIDE))
    return placed


def _fitting(item: Item, segment: Segment) -> Segment:
    """A segment of a file, cut to the end of the recording."""
    last = item.duration_s
    if last is None:
        return segment
    start_s, end_s = segment.stretch.start_s, segment.stretch.end_s
    if start_s > last + _TOLERANCE_S:
        raise UserError(message(MessageCode.TRANSCRIPT_OF_ANOTHER))
    return replace(segment, stretch=Stretch(min(start_s, last), min(end_s, last)))
