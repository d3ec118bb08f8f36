"""The commands. Exit status: 0 done, 1 failed, 2 wrong use, 3 something not or partly imported."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

import evidence_app
from evidence_app.cli import (
    exporting,
    importing,
    marks,
    output,
    reading,
    rules,
    safekeeping,
    search,
    transcripts,
)
from evidence_app.cli import parties as people
from evidence_app.cli.lists import LISTS
from evidence_app.cli.options import JSON, PATH, open_case, subject_of
from evidence_app.cli.tables import Table, Values
from evidence_app.errors import EvidenceError, UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.case import Jurisdiction
from evidence_app.model.finding import SubjectKind
from evidence_app.model.times import zone
from evidence_app.services import cases, custody, findings, items, protection, tags, verification
from evidence_app.services.exporting import package_verification
from evidence_app.services.sample import sample_case

_COLLECT_AFTER = 100_000
_LOG = logging.getLogger(__name__)


def _no_window(path: Path) -> int:
    output.complain(f"There is no window here that could show {path}.")
    return 2


def run(arguments: Sequence[str], show: Callable[[Path], int] = _no_window) -> int:
    """Do one command; return its exit status.

    Args:
        arguments: The command.
        show: Opens the window with a case or a package; returns its exit status.
    """
    # What a command makes is many and short-lived: looking for cycles often costs a quarter.
    gc.set_threshold(_COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = commands.main(list(arguments), "evidence-app", standalone_mode=False, obj=show)
    except click.exceptions.Abort:
        output.complain("Stopped. What was reported as done is done.")
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UsageError as error:
        output.complain(error.message.english())
        return 2
    except EvidenceError as error:
        output.complain(error.message.english())
        return 2 if error.message.code in _WRONG_USE else 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception:
        _LOG.exception("unexpected failure")
        output.complain("Something went wrong in the program itself; the details are in the log.")
        return 1
    return result if isinstance(result, int) else 0


_WRONG_USE = frozenset(
    {
        MessageCode.CASE_NOT_FOUND,
        MessageCode.CASE_EXISTS,
        MessageCode.NOT_A_CASE,
        MessageCode.NOT_A_PACKAGE,
        MessageCode.NEEDS_VALUE,
        MessageCode.TARGET_EXISTS,
        MessageCode.UNKNOWN_TABLE_FORMAT,
    }
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, option, is_wanted: _version(context) if is_wanted else None,
    help="Say the version, and how well this computer is protected from files of others.",
)
def commands(as_json: bool) -> None:
    """Organize evidence of debt-collection harassment in one case file."""


def _version(context: click.Context) -> None:
    click.echo(f"evidence-app, version {evidence_app.__version__}")
    click.echo(protection.sentence(protection.of_this_system()).english())
    context.exit()


@commands.command()
@click.argument("case", type=PATH)
@click.option("--title", help="What the case is called; the file's name if not given.")
@click.option("--name", default="", help="Your name.")
@click.option("--timezone", help="IANA name, as Asia/Shanghai; this computer's if not given.")
@click.option("--jurisdiction", help=f"One of: {', '.join(Jurisdiction)}.")
@click.option("--me", multiple=True, metavar="NUMBER", help="A number of your own; repeatable.")
@JSON
def new(
    case: Path,
    title: str | None,
    name: str,
    timezone: str | None,
    jurisdiction: str | None,
    me: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a new case file."""
    created = cases.create(
        case,
        title=title or case.stem,
        owner_name=name,
        numbers=me,
        timezone=timezone or cases.default_timezone(),
        jurisdiction=_jurisdiction(jurisdiction),
    )
    with created:
        output.print_record(_described(created), as_json)


@commands.command("open")
@click.argument("path", type=PATH, metavar="CASE|PACKAGE")
@click.pass_obj
def open_window(show: Callable[[Path], int], path: Path) -> int:
    """Open a case, or an evidence package, in the window.

    A package is checked first. It is shown as a case that cannot be changed, and nothing of it
    stays on this computer when it is closed.
    """
    if not path.exists():
        raise UserError(message(MessageCode.CASE_NOT_FOUND, path=path))
    return show(path)


@commands.command()
@click.argument("case", type=PATH)
@JSON
def info(case: Path, as_json: bool) -> None:
    """Say what a case is, with the check code of its present state."""
    with open_case(case, read_only=True) as opened:
        output.print_record(_described(opened), as_json)


@commands.command("list")
@click.argument("case", type=PATH)
@click.argument("what", type=click.Choice(sorted(LISTS)))
@JSON
def list_rows(case: Path, what: str, as_json: bool) -> None:
    """List what is in a case."""
    with open_case(case, read_only=True) as opened:
        rows = LISTS[what](opened)
        output.print_rows(rows, Table(what, zone(cases.info(opened).timezone)), as_json)


@commands.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--violation", metavar="CODE", help="The code of a violation type.")
@click.option("--tag", "name", metavar="NAME", help="A tag of your own; made if there is none.")
@JSON
def tag(
    case: Path, ids: tuple[str, ...], violation: str | None, name: str | None, as_json: bool
) -> None:
    """Put a violation type or a tag of your own on items (i12) and events (e3456)."""
    if (violation is None) == (name is None):
        raise click.UsageError("Give either --violation or --tag.")
    with open_case(case) as opened:
        subjects = [subject_of(opened, public_id) for public_id in ids]
        if violation is not None:
            edit = findings.confirm(opened, subjects, violation)
        else:
            tag_id = tags.create(opened, name or "").tag_id
            assert tag_id is not None
            edit = tags.add(opened, subjects, tag_id)
    output.print_record({"tagged": list(ids), "custody_entry": edit.changes.entry}, as_json)


@commands.command()
@click.argument("case", type=PATH)
@click.argument("item")
@click.argument("out", type=PATH)
@JSON
def extract(case: Path, item: str, out: Path, as_json: bool) -> None:
    """Write an original, unaltered, to a new file."""
    with open_case(case) as opened:
        subject = subject_of(opened, item)
        if subject.kind is not SubjectKind.ITEM:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=item))
        items.extract(opened, subject.id, out)
        stored_item = items.get(opened, subject.id)
    output.print_record(
        {"path": str(out), "sha256": stored_item.sha256, "size": stored_item.size}, as_json
    )


@commands.command()
@click.argument("path", type=PATH, metavar="CASE|PACKAGE")
@click.option(
    "--head", "code", metavar="CODE", help="The check code of a dossier that you were given."
)
@click.option(
    "--key", "keys", multiple=True, metavar="KEY", help="A public key that you trust; repeatable."
)
@JSON
def verify(path: Path, code: str | None, keys: tuple[str, ...], as_json: bool) -> int:
    """Compute everything anew from the bytes; status 1 if anything differs.

    Of a case: originals, rows, and the custody log with its signatures. Of an evidence package
    (a folder, a ZIP file or the first of its parts): every file, those that are not listed too,
    and the same log. With --head, the log must still hold the state that a dossier names; with
    --key, only those keys may have signed. A package must be signed with the key that signed the
    end of its log, unless --key names another.
    """
    head = custody.from_check_code(code) if code is not None else None
    trusted = frozenset(map(str.lower, keys))
    if path.is_dir() or package_verification.is_package(path):
        checked = package_verification.verify(path, head=head, keys=trusted)
        output.print_record(output.package_values(checked), as_json)
        return 0 if checked.is_intact else 1
    with open_case(path, read_only=True) as opened:
        report = verification.verify(opened, head=head, keys=trusted)
    if report.unsigned:
        output.complain(verification.not_vouched_for(report).english())
    output.print_record(output.verification_values(report), as_json)
    return 0 if report.is_intact else 1


@commands.command("sample")
@click.argument("out", type=PATH)
@JSON
def make_sample(out: Path, as_json: bool) -> None:
    """Make the sample case."""
    with sample_case.create_sample(out) as created:
        output.print_record(_described(created), as_json)


def _described(case: cases.CaseFile) -> Values:
    """What a case is, with the check code of its present state."""
    values = output.case_values(cases.info(case), case.path)
    return {**values, "check_code": custody.check_code(case)}


def _jurisdiction(value: str | None) -> Jurisdiction:
    if value is None:
        return cases.default_jurisdiction()
    code = {"uk": "gb"}.get(value.lower(), value.lower())
    if code not in set(Jurisdiction):
        names = ", ".join(Jurisdiction)
        raise UsageError(message(MessageCode.UNKNOWN_JURISDICTION, value=value, known=names))
    return Jurisdiction(code)


for _command in (
    importing.import_files,
    importing.answer,
    importing.device,
    exporting.export,
    exporting.verifier,
    people.party,
    people.debt,
    people.act,
    people.merge,
    people.split,
    marks.mark,
    marks.redact,
    marks.unmark,
    reading.read_items,
    reading.show_text,
    transcripts.transcribe,
    reading.list_proposals,
    reading.reject,
    rules.scan,
    search.search,
    rules.findings,
    rules.confirm,
    rules.dismiss,
    rules.unsure,
    rules.switch_rulebook,
    rules.list_rulebooks,
    safekeeping.save_copy,
    safekeeping.accept,
    safekeeping.restore_copy,
    safekeeping.change_password,
    safekeeping.recover_case,
    safekeeping.trash,
    safekeeping.destroy,
    safekeeping.certify,
    safekeeping.timestamp,
    safekeeping.save_timestamp,
):
    commands.add_command(_command)
