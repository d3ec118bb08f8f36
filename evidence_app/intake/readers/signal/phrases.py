"""What Signal says of calls, and how the tool that exports its backups writes times."""

from __future__ import annotations

import re

from evidence_app.intake.readers.chat.lines import wall_time
from evidence_app.intake.readers.support.worded_times import worded_time
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.times import TimePrecision, TimeReading

_MISSED = re.compile(
    r"missed (?:(?:audio|voice|video|group) )*call(?: from (?P<other>.+))?\.?", re.I
)
_CAME = re.compile(
    r"(?:(?P<other>.+?) ?called you|incoming (?:(?:audio|voice|video|group) )*call"
    r"(?: from (?P<from>.+))?)\.?",
    re.I,
)
_WENT = re.compile(
    r"(?:you called(?: (?P<other>.+))?|outgoing (?:(?:audio|voice|video|group) )*call"
    r"(?: to (?P<to>.+))?|unanswered (?:(?:audio|voice|video|group) )*call)\.?",
    re.I,
)
_DECLINED = re.compile(r"(?:you )?declined (?:(?:an?|audio|voice|video|group) )*call\.?", re.I)


def call_in(text: str, chat: str) -> tuple[Direction, Outcome, str] | None:
    """Who called, what became of it, and the other side; None if a text tells of no call.

    Args:
        text: What Signal says.
        chat: The other side if the text does not name it.
    """
    plain = " ".join(text.split())
    if match := _MISSED.fullmatch(plain):
        return Direction.INCOMING, Outcome.MISSED, match["other"] or chat
    if match := _CAME.fullmatch(plain):
        return Direction.INCOMING, Outcome.UNKNOWN, match["other"] or match["from"] or chat
    if match := _WENT.fullmatch(plain):
        return Direction.OUTGOING, Outcome.UNKNOWN, match["other"] or match["to"] or chat
    if _DECLINED.fullmatch(plain):
        return Direction.INCOMING, Outcome.REJECTED, chat
    return None


def time_of(written: str) -> TimeReading | None:
    """The time of an entry; None if it is none."""
    time = worded_time(written)
    if time is None or time.full_date is None or time.clock is None:
        return None
    return wall_time(time.full_date, time.clock, TimePrecision.SECOND, written)
