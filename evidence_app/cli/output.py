"""What the commands print: JSON objects, or lines for people. The names are a contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

import click

from evidence_app.cli.tables import Table, Values, facts, import_lines
from evidence_app.errors import DamagedError
from evidence_app.messages import Message
from evidence_app.model.case import CaseInfo
from evidence_app.model.copies import KeptCopy
from evidence_app.model.coverage import Coverage, Gap
from evidence_app.model.custody import Anchor, CustodyEntry, UnreadableEntry
from evidence_app.model.device import Device
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, SourcePlace
from evidence_app.model.finding import Labels, Tag
from evidence_app.model.party import Debt, Party
from evidence_app.model.question import OpenQuestion, Question
from evidence_app.model.times import TimeReading, to_text
from evidence_app.model.verification import Mismatch, PackageVerification, Signer, Verification
from evidence_app.services import verification
from evidence_app.services.importing.importer import ImportResult

Rows = Iterable[Values]
_MOST_WARNINGS = 20


def print_rows(rows: Rows, table: Table, as_json: bool) -> None:
    """Print rows: each as JSON, or all of them as a table, also those before a failure."""
    if not as_json:
        read: list[Values] = []
        try:
            read.extend(rows)
        except DamagedError:
            if read:
                _lines(table, read)
            raise
        _lines(table, read)
        return
    for row in rows:
        print_record(row, as_json=True)


def _lines(table: Table, rows: Sequence[Values]) -> None:
    for line in table.lines(rows):
        click.echo(line)


def print_record(values: Values, as_json: bool) -> None:
    """Print one row: all of it as JSON, or what is known of it for people."""
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False))
        return
    for line in facts(values):
        click.echo(line)


def imported(result: ImportResult, as_json: bool) -> None:
    """Print what became of a file."""
    if as_json:
        print_record(import_values(result), as_json)
        return
    for line in import_lines(import_values(result)):
        click.echo(line)


def complain(sentence: str) -> None:
    """Print one sentence to standard error."""
    print(sentence, file=sys.stderr)  # noqa: T201 - the command line is a user interface.


def warn_of(mismatches: Sequence[Mismatch]) -> None:
    """Print the first mismatches to standard error."""
    for mismatch in mismatches[:_MOST_WARNINGS]:
        complain(f"{verification.mismatch_text(mismatch)}.")
    if len(mismatches) > _MOST_WARNINGS:
        complain("…")


def case_values(info: CaseInfo, path: Path) -> Values:
    """A case."""
    return {
        "path": str(path),
        "case_id": info.case_id,
        "title": info.title,
        "name": info.owner_name,
        "timezone": info.timezone,
        "jurisdiction": info.jurisdiction.value,
        "created_at": info.created_at.isoformat(),
    }


def import_values(result: ImportResult) -> Values:
    """What became of a file."""
    return {
        "path": result.path,
        "outcome": result.outcome.value,
        "item_id": None if result.item_id is None else f"i{result.item_id}",
        "events": result.events,
        "known": result.known,
        "reason": None if result.reason is None else message_values(result.reason),
        "skipped": [
            {
                "place": place_values(entry.place),
                "reason": message_values(entry.reason),
                "raw": entry.raw,
            }
            for entry in result.skipped
        ],
        "notices": [message_values(notice) for notice in result.notices],
        "questions": [_question(question) for question in result.questions],
    }


def item_values(item: Item, own: Labels) -> Values:
    """An item."""
    return {
        "id": f"i{item.id}",
        "kind": item.kind.value,
        "title": item.title,
        "filename": item.filename,
        "origin": item.origin,
        "sha256": item.sha256,
        "size": item.size,
        "media_type": item.media_type,
        "status": item.status.value,
        "imported_at": item.imported_at.isoformat(),
        **time_values("time", item.time),
        "width": item.width,
        "height": item.height,
        "duration_s": item.duration_s,
        "page_count": item.page_count,
        "events": item.event_count,
        "note": item.note,
        **_labels(own),
    }


def event_values(event: Event, own: Labels, others: Sequence[Event] = ()) -> Values:
    """An event, with the same act in other sources."""
    return {
        "id": f"e{event.id}",
        "item_id": f"i{event.item_id}",
        "type": event.type.value,
        "direction": event.direction.value,
        "outcome": event.outcome.value,
        **time_values("started_at", event.time),
        "duration_s": event.duration_s,
        "party": event.party,
        "party_id": None if event.party_id is None else f"p{event.party_id}",
        "identifier": event.identifier,
        "identifier_normalized": event.identifier_normalized,
        "is_number_withheld": event.is_number_withheld,
        "contact_name": event.contact_name,
        "text": event.text,
        "source": _source(event),
        "also_in": [_source(other) for other in others],
        **_labels(own),
    }


def _source(event: Event) -> Values:
    return {"file": event.filename, "place": place_values(event.place)}


def party_values(party: Party) -> Values:
    """A party."""
    return {
        "id": f"p{party.id}",
        "role": party.role.value,
        "kind": party.kind.value,
        "acts_for": None if party.acts_for is None else f"p{party.acts_for}",
        "name": party.name,
        "identifiers": [
            {"identifier": identifier.raw, "identifier_normalized": identifier.normalized}
            for identifier in party.identifiers
        ],
        "note": party.note,
        "events": party.event_count,
    }


def debt_values(debt: Debt) -> Values:
    """A debt."""
    return {
        "id": f"d{debt.id}",
        "creditor": f"p{debt.creditor}",
        "product": debt.product,
        "number": debt.number,
        "amount": debt.amount,
        "borrowed_on": None if debt.borrowed_on is None else debt.borrowed_on.isoformat(),
        "due_on": None if debt.due_on is None else debt.due_on.isoformat(),
        "days_overdue": debt.days_overdue,
        "note": debt.note,
    }


def tag_values(tag: Tag) -> Values:
    """A tag."""
    return {"id": f"t{tag.id}", "name": tag.name, "colour": tag.colour, "uses": tag.use_count}


def custody_values(entry: CustodyEntry) -> Values:
    """A line of the custody log."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="milliseconds"),
        "action": entry.action.value,
        "detail": entry.detail,
        "program": entry.program,
        "machine": entry.machine,
        "rows_digest": entry.rows_digest,
        "prev_hash": entry.prev_hash,
        "entry_hash": entry.entry_hash,
        "who": entry.who,
        "signer": entry.signer,
        "signature": entry.signature,
    }


def unreadable_values(entry: UnreadableEntry) -> Values:
    """A line of the custody log that cannot be read, in the form of the others."""
    values = dict.fromkeys(field.name for field in fields(CustodyEntry))
    return {**values, "seq": entry.seq, "action": "unreadable"}


def copy_values(kept_copy: KeptCopy) -> Values:
    """A copy that is kept."""
    return {
        "name": kept_copy.path.stem,
        "at": kept_copy.at.isoformat(timespec="seconds"),
        "occasion": kept_copy.occasion.value,
        "size": kept_copy.size,
        "path": str(kept_copy.path),
    }


def anchor_values(anchor: Anchor) -> Values:
    """A trusted timestamp."""
    return {
        "id": f"s{anchor.id}",
        "entry": anchor.seq,
        "address": anchor.address,
        "at": None if anchor.at is None else anchor.at.isoformat(),
        "authority": anchor.authority,
        "root": anchor.root,
        "root_sha256": anchor.root_sha256,
        "root_trusted_here": anchor.is_root_trusted,
        "revocation_unknown": list(anchor.revocation_unknown),
        "problem": anchor.problem,
    }


def question_values(open_question: OpenQuestion) -> Values:
    """A question."""
    return {
        "id": f"q{open_question.id}",
        "item_id": f"i{open_question.item_id}",
        "file": open_question.filename,
        **_question(open_question.question),
    }


def coverage_values(coverage: Coverage) -> Values:
    """What a log covers."""
    return {
        "item_id": f"i{coverage.item_id}",
        "file": coverage.filename,
        "kind": coverage.kind.value,
        "first": coverage.first.isoformat(),
        "last": coverage.last.isoformat(),
        "events": coverage.count,
        "gap": False,
    }


def gap_values(gap: Gap) -> Values:
    """Days that no log covers."""
    return {
        "item_id": None,
        "file": "",
        "kind": gap.kind.value,
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "events": 0,
        "gap": True,
    }


def verification_values(checked: Verification) -> Values:
    """What a check has found."""
    return {
        "intact": checked.is_intact,
        "originals": checked.originals,
        "bytes": checked.size,
        "rows": checked.rows,
        "entries": checked.entries,
        "unsigned_entries": checked.unsigned,
        "vouched_from_entry": checked.signed_from,
        "signers": list(map(_signer, checked.signers)),
        "head": checked.head,
        "mismatches": list(map(_mismatch, checked.mismatches)),
    }


def package_values(checked: PackageVerification) -> Values:
    """What a check of a package has found."""
    return {
        "intact": checked.is_intact,
        "files": checked.files,
        "bytes": checked.size,
        "case_id": checked.case_id,
        "signed_with": checked.signer,
        "this_computer": checked.is_own,
        "entries": checked.entries,
        "withheld_entries": checked.withheld,
        "rows": checked.rows,
        "unproven_rows": checked.unproven,
        "redacted_rows": checked.redacted,
        "signers": list(map(_signer, checked.signers)),
        "check_code": checked.code,
        "mismatches": list(map(_mismatch, checked.mismatches)),
    }


def _signer(signer: Signer) -> Values:
    return {
        "public_key": signer.public_key,
        "first": signer.first,
        "last": signer.last,
        "this_computer": signer.is_own,
        "known_here": signer.is_known,
    }


def _mismatch(mismatch: Mismatch) -> Values:
    return {
        "kind": mismatch.kind.value,
        "where": mismatch.where,
        "expected": mismatch.expected,
        "found": mismatch.found,
    }


def device_values(device: Device) -> Values:
    """A device."""
    return {
        "id": f"d{device.id}",
        "name": device.name,
        "holder": device.holder,
        "kept": device.is_kept,
    }


def _question(question: Question) -> Values:
    return {
        "kind": question.kind.value,
        "blocking": question.blocking,
        "detail": dict(question.detail),
    }


def time_values(name: str, reading: TimeReading | None) -> Values:
    """A time, and how it is known."""
    return {
        name: None if reading is None else to_text(reading.moment),
        "time_source": None if reading is None else reading.source.value,
        "time_precision": None if reading is None else reading.precision.value,
    }


def place_values(place: SourcePlace | None) -> Values | None:
    """Where in a file something stands."""
    if place is None:
        return None
    return {"unit": place.unit.value, "number": place.number, "sheet": place.sheet}


def _labels(own: Labels) -> Values:
    return {"violations": list(own.violations), "tags": [tag.name for tag in own.tags]}


def message_values(message: Message) -> Values:
    """A sentence, with the code by which programs know it."""
    return {"code": message.code.value, "text": message.english()}
