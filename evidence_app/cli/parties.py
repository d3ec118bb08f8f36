"""Commands that say who is who."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.party import Role
from evidence_app.services import parties


@click.command()
@click.argument("case", type=PATH)
@click.argument("identifier")
@click.option("--role", required=True, help=f"One of: {', '.join(Role)}.")
@click.option("--name", help="What the party is called.")
@JSON
def party(case: Path, identifier: str, role: str, name: str | None, as_json: bool) -> None:
    """Say who is behind a number or an address."""
    if role not in set(Role):
        known = ", ".join(Role)
        raise UsageError(message(MessageCode.UNKNOWN_ROLE, value=role, known=known))
    with open_case(case) as opened:
        edit = parties.assign(opened, identifier, Role(role), name)
    values = {"identifier": identifier, "role": role, "custody_entry": edit.changes.entry}
    output.one(values, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@click.option("--name", help="What they are called together.")
@JSON
def merge(case: Path, ids: tuple[str, ...], name: str | None, as_json: bool) -> None:
    """Put parties (p1 p2) together that are one person or agency."""
    with open_case(case) as opened:
        edit = parties.merge(opened, [number_of(one, "p") for one in ids], name)
    output.one({"merged": list(ids), "custody_entry": edit.changes.entry}, as_json)


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
    output.one(values, as_json)
