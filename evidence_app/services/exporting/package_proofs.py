"""What a package holds so that its tables can be compared with the log, and of the log itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import log_copy
from evidence_app.casefile.custody.row_proofs import RowProver
from evidence_app.dossier.content import DossierContent, Exhibit
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.package import layout
from evidence_app.model.custody import Action
from evidence_app.model.event import Event
from evidence_app.model.times import to_text
from evidence_app.services import events as timeline
from evidence_app.services import timestamps
from evidence_app.services.exporting.redaction import Redactions

_OF_STAMPS = frozenset({"detail.entry", "detail.authority", "detail.at"})
_SHOWN: dict[str, frozenset[str]] = {
    Action.CREATE_CASE.value: frozenset({"detail.case_id"}),
    Action.MIGRATE_CASE.value: frozenset({"detail.from", "detail.to"}),
    Action.CHANGE_KEY.value: frozenset({"detail.before"}),
    Action.TIMESTAMP.value: _OF_STAMPS,
}
"""The private values of log entries that every package shows, by action."""

_ARRIVALS = frozenset({Action.IMPORT.value, Action.ADD_ENTRY.value, Action.RECOVER.value})
_SHA256 = "detail.sha256"


def files(
    case: CaseFile, content: DossierContent, redactions: Redactions, last_seq: int
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Names and contents of the log up to an entry, and of all that belongs to it."""
    yield layout.LOG, _log(case, content, last_seq)
    yield from _rows(case, content, redactions)
    for name, data in timestamps.files(case, last_seq).items():
        yield f"{layout.TIMESTAMPS}{name}", [data]


def _log(case: CaseFile, content: DossierContent, last_seq: int) -> Iterator[bytes]:
    """The log up to an entry: of its private values those of what is in the package, no others."""
    digests = {exhibit.item.sha256 for exhibit in content.exhibits}

    def choose(action: str, name: str, value: object) -> bool:
        if action in _ARRIVALS:
            return name == _SHA256 and value in digests
        return name in _SHOWN.get(action, ())

    with case.read() as connection:
        yield from log_copy.lines(connection, last_seq, choose)


def _rows(
    case: CaseFile, content: DossierContent, redactions: Redactions
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Names and contents of the files by which the events can be compared with the log.

    Rows in which something is blacked out are withheld: only what stands for them in the log goes.
    """
    ids = [event.id for event in content.access.events()]
    with case.read() as connection:
        prover = RowProver(connection, "event", ids)
        rows = (
            row.withheld() if redactions.is_touched(row.cells) else row for row in prover.rows(ids)
        )
        yield layout.ROWS, (row.to_line() for row in rows)
        for entry, leaves in prover.leaves():
            yield layout.leaves(entry), [leaves]


def is_excerpt(content: DossierContent, options: DossierOptions, exhibit: Exhibit) -> bool:
    """Whether only some records of an exhibit were chosen, and only they go into the package."""
    if not options.only_findings or options.whole_originals or exhibit.violations:
        return False
    count = sum(1 for _ in content.access.item_events(exhibit.item.id))
    return count < exhibit.item.event_count


def record_of(event: Event, raw: str) -> dict[str, Any]:
    """A chosen record: where it stood, what was read from it, and its fields as they stood there.

    Args:
        event: Which was read from it.
        raw: Its fields, a JSON object.
    """
    place, time = event.place, event.time
    return {
        "event": event.id,
        "place": None if place is None else [place.unit.value, place.number, place.sheet],
        "type": event.type.value,
        "direction": event.direction.value,
        "outcome": event.outcome.value,
        "time": None if time is None else to_text(time.moment),
        "time_as_written": None if time is None else time.raw,
        "duration_s": event.duration_s,
        "identifier": event.identifier,
        "contact_name": event.contact_name,
        "text": event.text,
        "fields": orjson.loads(raw),
    }


def excerpt(
    case: CaseFile, content: DossierContent, redactions: Redactions, exhibit: Exhibit
) -> bytes:
    """The chosen records of an exhibit, in the place of the whole file whose digest it names."""
    item = exhibit.item
    events = list(content.access.item_events(item.id))
    records = [
        record_of(event, redactions.fields(item.id, timeline.raw_fields(case, event.id)))
        for event in events
    ]
    values = {
        "original": {
            "name": item.filename,
            "sha256": item.sha256,
            "size": item.size if item.sha256 else 0,
        },
        "records": records,
        "left_out": item.event_count - len(events),
    }
    return orjson.dumps(values, option=orjson.OPT_INDENT_2)
