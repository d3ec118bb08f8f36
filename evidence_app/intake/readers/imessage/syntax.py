"""How imessage-exporter writes a chat as text: its heads, and the lines that nobody wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from evidence_app.intake.readers.chat.lines import clock_of, wall_time
from evidence_app.model.times import TimePrecision, TimeReading

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = (
    rf"(?P<when>(?P<mon>{'|'.join(_MONTHS)})[a-z]{{0,6}} (?P<d>\d{{1,2}}), (?P<y>\d{{4}}) {{1,2}}"
    "(?P<h>\\d{1,2}):(?P<mi>\\d{2}):(?P<s>\\d{2})[ \u202f](?P<half>[AP]M))"
)
_HEAD = re.compile(
    rf"(?P<indent> *){_TIME}(?: \((?P<read>Read by (?P<by>.{{1,120}}?) after .{{1,120}})\))?",
    re.ASCII,
)
_ANNOUNCEMENT = re.compile(
    rf"{_TIME} .{{0,200}}\b(?:named|renamed|removed|added|left|changed|set|kept|joined|started|"
    r"stopped|pinned|unpinned)\b.*",
    re.ASCII,
)
_TAPBACKS = frozenset({"Tapbacks:", "Reactions:"})
_TAPBACK = re.compile(r"\s*(?:[^\s].{0,60} by .+|(?:.{1,30} )?Sticker from .+)")
_EFFECT = re.compile(
    "Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star[t]?|Sparkles|"
    "Spotlight|Slam|Loud|Gentle|Invisible Ink)"
)
_RESPONSE = "This message responded to an earlier message."
_MISSING = "Attachment missing!"
_PATH = re.compile(r"(?:~?/|[A-Za-z]:\\|attachments[/\\]).{0,500}\.[A-Za-z0-9]{1,8}")
_FILE = re.compile(
    r"[^\s/\\:]{1,200}\.(?:heic|heif|jpe?g|png|gif|webp|tiff?|mov|mp4|m4v|3gp|caf|amr|m4a|mp3|wav|"
    r"aac|pdf|vcf|pluginPayloadAttachment)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins a message.

    Attributes:
        indent: How many spaces stand before it; a reply inside another message has some.
        raw: The time as written.
        time: The time; None if there is none such.
        read: When the other side read it, in words; empty if that is not told.
        reader: Who read it.
    """

    indent: int
    raw: str
    time: TimeReading | None
    read: str
    reader: str


@dataclass(slots=True)
class Body:
    """What stands below the sender of a message.

    Attributes:
        lines: The lines that were written.
        files: The files that were sent.
        missing: How many files were sent, but are not there.
        marks: What the exporter notes, by what it is about.
        tapbacks: Each line of reactions with its number.
    """

    lines: list[str]
    files: list[str]
    missing: int
    marks: dict[str, str]
    tapbacks: list[tuple[int, str]]


def head_of(line: str) -> Head | None:
    """What a line states if it may begin a message, else None."""
    match = _HEAD.fullmatch(line.rstrip())
    if match is None:
        return None
    return Head(
        len(match["indent"]), match["when"], _time(match), match["read"] or "", match["by"] or ""
    )


def is_announcement(line: str) -> bool:
    """Whether a line tells of a change of the chat; it stands alone."""
    return _ANNOUNCEMENT.fullmatch(line) is not None


def body_of(lines: list[tuple[int, str]]) -> Body:
    """What the lines below a sender hold."""
    body = Body([], [], 0, {}, [])
    among_tapbacks = False
    for number, line in lines:
        among_tapbacks = among_tapbacks and _TAPBACK.fullmatch(line) is not None
        if line.strip() in _TAPBACKS or among_tapbacks:
            body.tapbacks += [(number, line.strip())] if among_tapbacks else []
            among_tapbacks = True
        else:
            _sort(line, body)
    while body.lines and not body.lines[-1].strip():
        body.lines.pop()
    return body


def _sort(line: str, body: Body) -> None:
    text = line.strip()
    if text == _RESPONSE:
        body.marks["reply"] = text
    elif _EFFECT.fullmatch(text):
        body.marks["effect"] = text
    elif _PATH.fullmatch(text):
        body.files.append(text)
    elif _FILE.fullmatch(text):
        body.files.append(text)
        body.missing += 1
    else:
        body.missing += text == _MISSING
        body.lines.append(line)


def _time(match: re.Match[str]) -> TimeReading | None:
    clock = clock_of(int(match["h"]), int(match["mi"]), int(match["s"]), match["half"])
    try:
        day = date(int(match["y"]), _MONTHS.index(match["mon"]) + 1, int(match["d"]))
    except ValueError:
        return None
    return wall_time(day, clock, TimePrecision.SECOND, match["when"]) if clock else None
