"""Commands that keep a case safe: copies, password, rescue, and destroying what must go."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case, password_of
from evidence_app.cli.reading import accept_proposals
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.services import cases, copies, custody, doubts, items, passwords, timestamps
from evidence_app.services import certificates as certificates_of_items
from evidence_app.services.recovery import recover


@click.command("copy")
@click.argument("case", type=PATH)
@click.argument("out", type=PATH)
@JSON
def save_copy(case: Path, out: Path, as_json: bool) -> None:
    """Write the whole case to another file, even while it is in use."""
    with open_case(case, read_only=True) as opened:
        copies.save_copy(opened, out)
    output.print_record({"path": str(out), "size": out.stat().st_size}, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, metavar="[ID...]")
@JSON
def accept(case: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Put what pictures suggest (r12) on the timeline; without ID, accept doubts about a case.

    Doubts are there if a case differs from what this computer saw of it. To accept them is right
    if you know why: you put an older copy there, or the case was changed on another computer of
    yours. The log will say so.
    """
    if ids:
        accept_proposals(case, ids, as_json)
        return
    with cases.open_case(case, password=password_of(case)) as opened:
        accepted = [doubt.english() for doubt in doubts.sentences(opened)]
        if opened.doubts:
            doubts.accept(opened)
        newest = custody.head(opened)
    output.print_record(
        {"accepted": accepted, "custody_entry": newest.seq if newest else 0}, as_json
    )


@click.command("restore")
@click.argument("case", type=PATH)
@click.argument("copy", metavar="COPY")
@JSON
def restore_copy(case: Path, copy: str, as_json: bool) -> None:
    """Put a kept copy in the place of a case; COPY is a name from `list CASE copies`."""
    chosen = [kept_copy for kept_copy in copies.list_copies(case) if kept_copy.path.stem == copy]
    if not chosen:
        raise UsageError(message(MessageCode.COPY_NOT_FOUND, value=copy))
    copies.restore(chosen[0], case, password=password_of(chosen[0].path))
    output.print_record({"restored": copy, "path": str(case)}, as_json)


@click.command("password")
@click.argument("case", type=PATH)
@click.option("--remove", is_flag=True, help="Let the case have no password any more.")
@JSON
def change_password(case: Path, remove: bool, as_json: bool) -> None:
    """Set, change or remove the password of a case.

    The new one is asked for, or taken from EVIDENCE_APP_NEW_PASSWORD. Nobody can open the case
    without it, not even the makers of this program.
    """
    old = password_of(case)
    new = None if remove else _new_password()
    passwords.change_password(case, old, new)
    output.print_record({"path": str(case), "locked": new is not None}, as_json)


def _new_password() -> str:
    password = os.environ.get("EVIDENCE_APP_NEW_PASSWORD")
    if password is not None:
        return password
    if not sys.stdin.isatty():
        raise UserError(message(MessageCode.PASSWORD_EMPTY))
    typed: str = click.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)
    return typed


@click.command("recover")
@click.argument("case", type=PATH)
@click.argument("out", type=PATH)
@JSON
def recover_case(case: Path, out: Path, as_json: bool) -> int:
    """Rescue what is whole in a damaged case into a new one; status 3 if anything is lost."""
    report = recover(case, out, password=os.environ.get("EVIDENCE_APP_PASSWORD"))
    output.print_record(
        {
            "path": str(out),
            "originals": report.originals,
            "damaged": list(report.damaged),
            "nameless": report.nameless,
            "rows": report.rows,
            "lost_rows": report.lost_rows,
            "unvouched": report.unvouched,
        },
        as_json,
    )
    is_all = not (report.damaged or report.nameless or report.lost_rows or report.unvouched)
    return 0 if is_all else 3


@click.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ITEM...")
@click.option("--restore", is_flag=True, help="Take them back out of the trash.")
@JSON
def trash(case: Path, ids: tuple[str, ...], restore: bool, as_json: bool) -> None:
    """Put items into the trash; they and their events are no longer shown or exported."""
    with open_case(case) as opened:
        numbers = _items(opened, ids)
        edit = items.restore(opened, numbers) if restore else items.trash(opened, numbers)
    output.print_record({"items": list(ids), "custody_entry": edit.changes.entry}, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ITEM...")
@click.option("--reason", required=True, help="Why; it is kept in the log.")
@JSON
def destroy(case: Path, ids: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Remove items in the trash for good, with their originals. This cannot be undone."""
    with open_case(case) as opened:
        changes = items.destroy(opened, _items(opened, ids), reason)
    output.print_record({"destroyed": list(ids), "custody_entry": changes.entry}, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("item", metavar="ITEM")
@click.argument("certificates", nargs=-1, required=True, metavar="CERTIFICATE...")
@JSON
def certify(case: Path, item: str, certificates: tuple[str, ...], as_json: bool) -> None:
    """File items as certificates (a notary's deed, a timestamp of a service) of another item."""
    with open_case(case) as opened:
        [certified] = _items(opened, [item])
        edit = certificates_of_items.file(opened, certified, _items(opened, certificates))
    output.print_record({"item": item, "custody_entry": edit.changes.entry}, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.option(
    "--authority", metavar="ADDRESS", help="Whom to ask; the first known one if not given."
)
@JSON
def timestamp(case: Path, authority: str | None, as_json: bool) -> None:
    """Ask an authority on the internet to vouch that the present state existed now (RFC 3161).

    Only one SHA-256 leaves this computer.
    """
    address = authority or timestamps.known_authorities()[0].address
    with open_case(case) as opened:
        output.print_record(output.anchor_values(timestamps.request(opened, address)), as_json)


@click.command("save-timestamp")
@click.argument("case", type=PATH)
@click.argument("number", metavar="TIMESTAMP")
@click.argument("folder", type=PATH)
@JSON
def save_timestamp(case: Path, number: str, folder: Path, as_json: bool) -> None:
    """Write a timestamp (s1) into a folder, for checking it with other programs such as OpenSSL."""
    with open_case(case) as opened:
        written = timestamps.save(opened, number_of(number, "s"), folder)
    output.print_record({"paths": [str(path) for path in written]}, as_json)


def _items(case: cases.CaseFile, ids: tuple[str, ...] | list[str]) -> list[int]:
    numbers = [number_of(public_id, "i") for public_id in ids]
    for number in numbers:
        items.get(case, number)
    return numbers
