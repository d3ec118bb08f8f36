"""What left no file behind: a visit, a letter, a call without a trace, a note."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from datetime import time as clock

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError, UserError
from evidence_app.intake.records import Description, EventRecord, Record
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import OWN_ACTS, Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.times import TimeReading, to_text
from evidence_app.rulebook.contact import CHANNELS
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing
from evidence_app.services.importing.ingest import NewItem, ingest

_MEDIA_TYPE = "text/plain"

BY, MEDIA, HOURS = "said by", "concerns", "agreed hours"
"""The fields of an entry on what the person did: by letter or call; through what; from when."""


def add_entry(
    case: CaseFile,
    *,
    type: EventType,
    time: TimeReading | None,
    direction: Direction = Direction.NONE,
    outcome: Outcome = Outcome.UNKNOWN,
    identifier: str = "",
    duration_s: float | None = None,
    text: str = "",
    title: str = "",
) -> Edit:
    """Write down what happened, in the person's own words.

    The words become an original of their own, so that the dossier can show what was written
    at the time, unaltered.

    Raises:
        UserError: There are no words at all.
    """
    heading = short_texts.checked(title) or text.strip().split("\n")[0][:60]
    if not heading:
        raise UserError(message(MessageCode.NEEDS_VALUE, field="text"))
    act = EventRecord(
        type, direction, outcome, time, duration_s, identifier.strip(), "", text, place=None
    )
    return _add(case, act, heading)


def add_own_act(
    case: CaseFile,
    act: EventType,
    *,
    time: TimeReading | None,
    identifier: str = "",
    by: EventType | None = None,
    channels: Sequence[str] = (),
    hours: tuple[clock, clock] | None = None,
    text: str = "",
) -> Edit:
    """Write down what the person did, or somebody on their behalf; rules build on it.

    Args:
        case: The case.
        act: What was done, one of `model.event.OWN_ACTS`.
        time: When.
        identifier: Whom it concerns: a number, an address or a name of the other side; for
            ``refused_for_other`` the relative who must be left alone. Empty: all who collect.
        by: How it was said: by letter, message, e-mail, call or visit; None if not known.
        channels: Which contact it concerns, names of `rulebook.contact.CHANNELS`; empty: all.
        hours: For ``agreed_hours``: from when to when contact was agreed on.
        text: The person's words.

    Raises:
        UsageError: It is nothing that the person did; a channel is not known; agreed hours are
            missing, or end when they begin.
    """
    if act not in OWN_ACTS:
        names = ", ".join(sorted(OWN_ACTS))
        raise UsageError(message(MessageCode.NOT_AN_OWN_ACT, value=act.value, known=names))
    raw = _own_act_fields(act, by, channels, hours)
    record = EventRecord(
        act,
        Direction.OUTGOING,
        Outcome.UNKNOWN,
        time,
        None,
        identifier.strip(),
        "",
        text,
        place=None,
        raw=raw,
    )
    return _add(case, record, text.strip().split("\n")[0][:60] or act.value.replace("_", " "))


def _own_act_fields(
    act: EventType,
    by: EventType | None,
    channels: Sequence[str],
    hours: tuple[clock, clock] | None,
) -> dict[str, str]:
    if (act is EventType.AGREED_HOURS) != (hours is not None):
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="hours"))
    for channel in channels:
        if channel not in CHANNELS:
            names = ", ".join(CHANNELS)
            raise UsageError(message(MessageCode.UNKNOWN_CHANNEL, value=channel, known=names))
    fields = {}
    if by is not None:
        fields[BY] = by.value
    if channels:
        fields[MEDIA] = " ".join(channels)
    if hours is not None:
        begin, end = (f"{at:%H:%M}" for at in hours)
        if begin == end:
            raise UsageError(message(MessageCode.BAD_HOURS, value=f"{begin}-{end}"))
        fields[HOURS] = f"{begin}-{end}"
    return fields


def _add(case: CaseFile, act: EventRecord, heading: str) -> Edit:
    original_text = _original_text(act, heading)
    incoming = originals.receive(case, io.BytesIO(original_text.encode()))
    records: list[Record] = [
        Description(ItemKind.NOTE, _MEDIA_TYPE),
        *([act.time] if act.time else []),
        TextBlock(act.text or heading, SourcePlace(PlaceUnit.LINE, 1)),
        act,
    ]
    detail = {"type": act.type.value, "title": heading, "sha256": incoming.sha256}
    with editing(case, Action.ADD_ENTRY, detail) as (change, edit):
        arrival = NewItem(heading, "", incoming)
        edit.item_id = ingest(change, arrival, records, media_type=_MEDIA_TYPE).item_id
    return edit


def _original_text(act: EventRecord, title: str) -> str:
    lines = [
        f"written: {datetime.now().astimezone().isoformat(timespec='seconds')}",
        f"type: {act.type.value}",
        f"time: {to_text(act.time.moment) if act.time else ''}",
        f"with: {act.identifier}",
        *(f"{name}: {value}" for name, value in act.raw.items()),
        f"title: {title}",
        "",
        act.text,
    ]
    return "\n".join(lines) + "\n"
