"""Text messages and calls of a phone that SMS Backup+ keeps as e-mails, one in each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from evidence_app.intake.readers.android.type_codes import CALL_TYPES, MESSAGE_TYPES, OTHER
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.records import EventRecord
from evidence_app.model.event import Direction, EventType, Outcome

HEADERS = tuple(f"X-smssync-{name}" for name in ("datatype", "type", "address", "date", "duration"))
"""The headers by which the app finds its own e-mails again."""

_KINDS = {"SMS": EventType.MESSAGE, "MMS": EventType.MESSAGE, "CALLLOG": EventType.CALL}
_MMS_TYPES = {
    "128": (Direction.OUTGOING, Outcome.UNKNOWN),
    "130": (Direction.INCOMING, Outcome.UNKNOWN),
    "132": (Direction.INCOMING, Outcome.UNKNOWN),
}
"""By the ``m_type`` of an MMS."""

_SECONDS = re.compile(r"\d{1,6}")


def as_on_the_phone(
    act: EventRecord, raw: Mapping[str, str], words: str, names: tuple[str, str]
) -> EventRecord:
    """An e-mail as the message or call that it keeps; unchanged if it keeps none.

    Args:
        act: The e-mail.
        raw: Its headers as written, by their names in small letters.
        words: Its words without the subject, which the app wrote.
        names: Of whom it is from, and of whom it goes to.
    """
    datatype, code, address, date, duration = (raw.get(name.lower(), "") for name in HEADERS)
    kind = _KINDS.get(datatype.upper())
    if kind is None or not code or not address:
        return act
    types = CALL_TYPES if kind is EventType.CALL else MESSAGE_TYPES | _MMS_TYPES
    direction, outcome = types.get(code, OTHER)
    seconds = float(duration) if _SECONDS.fullmatch(duration) else None
    if kind is EventType.CALL and seconds and direction is Direction.OUTGOING:
        outcome = Outcome.ANSWERED
    return replace(
        act,
        type=kind,
        direction=direction,
        outcome=outcome,
        time=from_unix(date) or act.time,
        duration_s=seconds if kind is EventType.CALL else None,
        identifier=address,
        contact_name=names[direction is Direction.OUTGOING],
        text="" if kind is EventType.CALL else words,
    )
