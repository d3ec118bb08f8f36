"""Reads SubRip (.srt) and WebVTT (.vtt): cues with times, and who speaks if the file says so.

A library would leave out what it cannot read; here each line is a cue's or the file is refused
with the number of the line, so that no word of a transcript is lost unseen. Sources: the WebVTT
recommendation of W3C; SubRip has none, its form is that of the files which programs write.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence_app.errors import UserError
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.messages import MessageCode, message
from evidence_app.model.mark import Stretch
from evidence_app.model.transcript import Segment

MOST_BYTES = 16 << 20
"""A transcript of a day of speech has about one million characters."""

_ARROW = "-->"
_CLOCK = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>\n]{0,200}>")
_POSITION = re.compile(r"\{\\[^{}\n]{0,40}\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s([^<>\n]{1,200})>")
_SKIPPED = ("NOTE", "STYLE", "REGION")
_WIDE_FROM = 0x2E80


@dataclass(slots=True)
class _Cue:
    line: int
    stretch: Stretch
    texts: list[str] = field(default_factory=list)


def read(data: bytes) -> list[Segment]:
    """The segments of a transcript, in the order of their beginnings.

    Cues without words are left out.

    Args:
        data: The whole file.

    Raises:
        UserError: It is no transcript, or it cannot be read from some line on.
    """
    lines = _decoded(data).splitlines()
    is_web = bool(lines) and re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]) is not None
    segments = [_segment(cue, is_web) for cue in (_web_cues(lines) if is_web else _cues(lines))]
    texts = [segment for segment in segments if segment.text]
    if not texts:
        raise UserError(message(MessageCode.TRANSCRIPT_WITHOUT_WORDS))
    return sorted(texts, key=lambda segment: segment.stretch.start_s)


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise UserError(message(MessageCode.TRANSCRIPT_TOO_LARGE))
    name = encoding_of(data[:SNIFF_SIZE], complete=len(data) <= SNIFF_SIZE)
    try:
        if name is not None:
            return data.decode(name).replace("\0", "")
    except UnicodeDecodeError:
        pass
    raise UserError(message(MessageCode.TRANSCRIPT_NOT_TEXT))


def _cues(lines: Sequence[str]) -> list[_Cue]:
    """Cues of SubRip: what is not a number above times, and no times, goes on with the words."""
    cues: list[_Cue] = []
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else ""
        if _ARROW in line:
            cues.append(_Cue(number, _stretch(line, number)))
        elif not line.strip() or (line.strip().isdecimal() and _ARROW in following):
            continue
        elif not cues:
            raise _wrong(number)
        else:
            cues[-1].texts.append(line)
    return cues


def _web_cues(lines: Sequence[str]) -> list[_Cue]:
    """Cues of WebVTT: blocks between empty lines, with times in the first or second line."""
    cues: list[_Cue] = []
    number = 1
    while number < len(lines) and lines[number].strip():
        number += 1
    while number < len(lines):
        first = number
        while number < len(lines) and lines[number].strip():
            number += 1
        block = lines[first:number]
        number += 1
        if block and block[0].split(maxsplit=1)[0] not in _SKIPPED:
            cues.append(_web_cue(block, first + 1))
    return cues


def _web_cue(block: Sequence[str], number: int) -> _Cue:
    at = next((n for n, line in enumerate(block[:2]) if _ARROW in line), None)
    if at is None:
        raise _wrong(number)
    return _Cue(number + at, _stretch(block[at], number + at), list(block[at + 1 :]))


def _stretch(line: str, number: int) -> Stretch:
    match = _TIMES.fullmatch(line)
    if match is None:
        raise _wrong(number)
    parts = match.groups()
    start_s, end_s = _seconds(parts[:4]), _seconds(parts[4:])
    if end_s < start_s:
        raise UserError(message(MessageCode.TRANSCRIPT_ENDS_EARLY, line=number))
    return Stretch(start_s, end_s)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return (total * 1000 + int(fraction.ljust(3, "0"))) / 1000


def _segment(cue: _Cue, is_web: bool) -> Segment:
    text = "\n".join(cue.texts)
    speaker = ""
    if is_web:
        voices = {" ".join(html.unescape(voice).split()) for voice in _VOICE.findall(text)}
        # Two who speak in one cue are named with their words.
        speaker = voices.pop() if len(voices) == 1 else ""
        text = text if speaker else _VOICE.sub(r"\1: ", text)
        text = html.unescape(_TAG.sub("", text))
    else:
        text = _POSITION.sub("", _TAG.sub("", text))
    return Segment(cue.stretch, _one_line(text), speaker)


def _one_line(cue_text: str) -> str:
    """Wrapped lines as one; between two Chinese signs no blank is put."""
    text = ""
    for line in (" ".join(line_text.split()) for line_text in cue_text.splitlines()):
        if text and line:
            is_wide = ord(text[-1]) >= _WIDE_FROM and ord(line[0]) >= _WIDE_FROM
            text += "" if is_wide else " "
        text += line
    return text


def _wrong(number: int) -> UserError:
    return UserError(message(MessageCode.TRANSCRIPT_LINE, line=number))
