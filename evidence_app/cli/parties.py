"""Commands that say who is who, what is owed, and what the person did."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import OWN_ACTS, EventType
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.times import TimeReading, TimeSource, from_text, precision_of_text
from evidence_app.services import debts, manual_entries, parties, suggestions


@click.command()
@click.argument("case", type=PATH)
@click.argument("identifier")
@click.option("--role", required=True, help=f"One of: {', '.join(Role)}.")
@click.option("--name", help="What the party is called.")
@click.option("--kind", help=f"What it is as a lender or collector: {', '.join(CollectorKind)}.")
@click.option(
    "--acts-for", metavar="PARTY", help="For whom it collects: a number, an address or an id (p3)."
)
@JSON
def party(
    case: Path,
    identifier: str,
    role: str,
    name: str | None,
    kind: str | None,
    acts_for: str | None,
    as_json: bool,
) -> None:
    """Say who is behind a number or an address, and for whom they collect."""
    if role not in set(Role):
        names = ", ".join(Role)
        raise UsageError(message(MessageCode.UNKNOWN_ROLE, value=role, known=names))
    collector_kind = suggestions.kind_of(kind) if kind is not None else None
    with open_case(case) as opened:
        principal = None if acts_for is None else parties.of_identifier(opened, acts_for).id
        edit = parties.assign(
            opened, identifier, Role(role), name, kind=collector_kind, acts_for=principal
        )
    values = {"identifier": identifier, "role": role, "custody_entry": edit.changes.entry}
    output.print_record(values, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("creditor")
@click.option("--product", help="What kind of loan.")
@click.option("--number", help="Of the contract or account, as you know it.")
@click.option("--amount", help="With its currency.")
@click.option("--borrowed", metavar="DAY", help="When the money was borrowed.")
@click.option("--due", metavar="DAY", help="When it was to be paid.")
@click.option("--overdue", type=int, metavar="DAYS", help="How many days it is late.")
@click.option("--note", help="Your own words.")
@click.option("--change", "changed", metavar="ID", help="Change this debt (d1) instead.")
@click.option("--remove", is_flag=True, help="With --change: take it off the list.")
@JSON
def debt(
    case: Path,
    creditor: str,
    borrowed: str | None,
    due: str | None,
    overdue: int | None,
    changed: str | None,
    remove: bool,
    as_json: bool,
    **texts: str | None,
) -> None:
    """Write down what you owe CREDITOR (a number, an address or an id as p3), or are said to."""
    changes: dict[str, Any] = {
        **texts,
        "borrowed_on": _day(borrowed),
        "due_on": _day(due),
        "days_overdue": overdue,
    }
    values = {name: value for name, value in changes.items() if value is not None}
    with open_case(case) as opened:
        owed_to = parties.of_identifier(opened, creditor).id
        if changed is None:
            edit = debts.add(opened, owed_to, **values)
        elif remove:
            edit = debts.remove(opened, number_of(changed, "d"))
        else:
            edit = debts.edit(opened, number_of(changed, "d"), creditor=owed_to, **values)
    debt_id = changed or f"d{edit.debt_id}"
    output.print_record({"debt": debt_id, "custody_entry": edit.changes.entry}, as_json)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(message(MessageCode.BAD_DAY, value=text)) from error


@click.command()
@click.argument("case", type=PATH)
@click.argument("kind", metavar="KIND")
@click.option("--at", required=True, metavar="TIME", help="When, as 2026-03-01T10:30 or a day.")
@click.option("--with", "identifier", default="", help="Whom it concerns; all if not given.")
@click.option("--by", help="How it was said: letter, message, email, call or visit.")
@click.option("--channel", "channels", multiple=True, help="Which contact it is about; repeatable.")
@click.option("--hours", metavar="18:00-20:00", help="For agreed_hours: from when to when.")
@click.option("--text", default="", help="Your own words.")
@JSON
def act(
    case: Path,
    kind: str,
    at: str,
    identifier: str,
    by: str | None,
    channels: tuple[str, ...],
    hours: str | None,
    text: str,
    as_json: bool,
) -> None:
    """Write down what you did: stop_request, dispute, payment, agreed_hours and so on."""
    act_type, how = (_event_type(word) if word is not None else None for word in (kind, by))
    when = TimeReading(from_text(at), TimeSource.PERSON, precision_of_text(at), at)
    with open_case(case) as opened:
        edit = manual_entries.add_own_act(
            opened,
            act_type or EventType.NOTE,
            time=when,
            identifier=identifier,
            by=how,
            channels=channels,
            hours=_hours(hours),
            text=text,
        )
    output.print_record(
        {"item_id": f"i{edit.item_id}", "custody_entry": edit.changes.entry}, as_json
    )


def _event_type(word: str) -> EventType:
    try:
        return EventType(word)
    except ValueError as error:
        names = ", ".join(sorted(OWN_ACTS))
        raise UsageError(message(MessageCode.NOT_AN_OWN_ACT, value=word, known=names)) from error


def _hours(text: str | None) -> tuple[time, time] | None:
    if text is None:
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError as error:
        raise UsageError(message(MessageCode.BAD_HOURS, value=text)) from error
    return start, end


@click.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@click.option("--name", help="What they are called together.")
@JSON
def merge(case: Path, ids: tuple[str, ...], name: str | None, as_json: bool) -> None:
    """Put parties (p1 p2) together that are one person or agency."""
    with open_case(case) as opened:
        edit = parties.merge(opened, [number_of(public_id, "p") for public_id in ids], name)
    output.print_record({"merged": list(ids), "custody_entry": edit.changes.entry}, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("id")
@click.argument("identifiers", nargs=-1, required=True, metavar="NUMBER...")
@JSON
def split(case: Path, id: str, identifiers: tuple[str, ...], as_json: bool) -> None:
    """Take numbers (in their normalized form) out of a party (p1), as a party of their own."""
    with open_case(case) as opened:
        edit = parties.split(opened, number_of(id, "p"), identifiers)
    values = {"split": id, "identifiers": list(identifiers), "custody_entry": edit.changes.entry}
    output.print_record(values, as_json)
