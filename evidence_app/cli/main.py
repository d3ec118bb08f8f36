"""The commands. Exit status: 0 done, 1 failed, 2 wrong use, 3 something not or partly imported."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import click

import evidence_app
from evidence_app.cli import importing, output, reading, rules, safekeeping, search
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
from evidence_app.services.exporting import documents, exports, handing_over, package_verification
from evidence_app.services.sample import sample_case

_COLLECT_AFTER = 100_000
_LOG = logging.getLogger(__name__)


def run(arguments: Sequence[str]) -> int:
    """Do one command; return its exit status."""
    # What a command makes is many and short-lived: looking for cycles often costs a quarter.
    gc.set_threshold(_COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = commands.main(list(arguments), "evidence-app", standalone_mode=False)
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
    callback=lambda context, option, wanted: _version(context) if wanted else None,
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
    made = cases.create(
        case,
        title=title or case.stem,
        owner_name=name,
        numbers=me,
        timezone=timezone or cases.default_timezone(),
        jurisdiction=_jurisdiction(jurisdiction),
    )
    with made:
        output.one(_described(made), as_json)


@commands.command()
@click.argument("case", type=PATH)
@JSON
def info(case: Path, as_json: bool) -> None:
    """Say what a case is, with the check code of its present state."""
    with open_case(case, read_only=True) as opened:
        output.one(_described(opened), as_json)


@commands.command("list")
@click.argument("case", type=PATH)
@click.argument("what", type=click.Choice(sorted(LISTS)))
@JSON
def list_rows(case: Path, what: str, as_json: bool) -> None:
    """List what is in a case."""
    with open_case(case, read_only=True) as opened:
        rows = LISTS[what](opened)
        output.many(rows, Table(what, zone(cases.info(opened).timezone)), as_json)


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
        subjects = [subject_of(opened, one) for one in ids]
        if violation is not None:
            edit = findings.confirm(opened, subjects, violation)
        else:
            tag_id = tags.create(opened, name or "").tag_id
            assert tag_id is not None
            edit = tags.add(opened, subjects, tag_id)
    output.one({"tagged": list(ids), "custody_entry": edit.changes.entry}, as_json)


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
        found = items.get(opened, subject.id)
    output.one({"path": str(out), "sha256": found.sha256, "size": found.size}, as_json)


@commands.command()
@click.argument("case", type=PATH)
@click.argument(
    "what", type=click.Choice(["dossier", "docx", "html", "table", "package", "case-uco"])
)
@click.argument("out", type=PATH)
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", show_default=True)
@click.option("--page", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option(
    "--profile",
    type=click.Choice([one.value for one in exports.Profile]),
    default=exports.Profile.FULL.value,
    show_default=True,
    help="For whom: which chapters the dossier has, in which order, and what it asks for.",
)
@click.option(
    "--parts",
    metavar="PART,PART…",
    help="The chapters in their order instead: "
    + ", ".join(one.value for one in exports.Part)
    + ".",
)
@click.option("--request", default="", help="What is asked for, printed on the cover.")
@click.option("--only-findings", is_flag=True, help="Leave out what shows no violation.")
@click.option(
    "--whole-originals",
    is_flag=True,
    help="With --only-findings: put files of which only some entries are chosen into the package "
    "whole, with everything else that is in them.",
)
@click.option(
    "--split",
    metavar="SIZE",
    help="Divide a package in a .zip file into numbered parts of at most that size, such as 20M.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
@click.option(
    "--despite-mismatches",
    is_flag=True,
    help="Export although something is not as it was put in, and say in the document what.",
)
@JSON
def export(
    case: Path,
    what: str,
    out: Path,
    language: Literal["en", "zh"],
    page: Literal["a4", "letter"],
    profile: str,
    parts: str | None,
    request: str,
    only_findings: bool,
    whole_originals: bool,
    split: str | None,
    overwrite: bool,
    despite_mismatches: bool,
    as_json: bool,
) -> None:
    """Write what a case holds for somebody else.

    A dossier is a PDF file; docx has the same words to edit, html shows them in a browser. A table
    (.csv or .xlsx) has all events, case-uco (JSON-LD) exhibits and custody for other programs.

    A package holds the dossier, the originals, tables and the log, with lists by which everybody
    can check them (BagIt): in one file if OUT ends in .zip, else in a new folder. Of a file of
    which only some entries are chosen, only these leave the case.

    What goes out is compared with the log and with its SHA-256 values first. If something does not
    agree, nothing is written, unless --despite-mismatches is given.
    """
    if out.exists() and (out.is_dir() or not overwrite):
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out))
    part_size = _part_size(split, what, out)
    with open_case(case) as opened:
        options = exports.DossierOptions(
            language=language,
            page=page,
            profile=exports.Profile(profile),
            parts=_parts(parts),
            request=request,
            only_findings=only_findings,
            whole_originals=whole_originals,
        )
        try:
            if what == "table":
                exports.table(opened, out, language, despite_mismatches=despite_mismatches)
            else:
                _WRITERS[what](opened, out, options, despite_mismatches=despite_mismatches)
        except exports.MismatchError as error:
            output.warn_of(error.mismatches)
            raise
    written = {"path": str(out), "size": _size(out)}
    if part_size is not None:
        parts = handing_over.split(out, part_size)
        output.one({**written, "parts": [str(one) for one in parts]}, as_json)
    else:
        output.one(written, as_json)


_WRITERS: dict[str, Callable[..., object]] = {
    "dossier": exports.dossier,
    "docx": documents.word,
    "html": documents.html,
    "package": exports.package,
    "case-uco": documents.case_uco,
}


def _part_size(split: str | None, what: str, out: Path) -> int | None:
    if split is None:
        return None
    if what != "package" or out.suffix.lower() != ".zip":
        raise click.UsageError("--split divides a package in a .zip file.")
    return handing_over.size_of(split)


def _parts(written: str | None) -> tuple[exports.Part, ...] | None:
    """The chapters of ``--parts``; None if it was not given."""
    if written is None:
        return None
    known = [one.value for one in exports.Part]
    names = [name.strip() for name in written.split(",")]
    for name in names:
        if name not in known:
            choices = ", ".join(known)
            raise click.BadParameter(f"{name!r} is none of {choices}.", param_hint="--parts")
    return tuple(exports.Part(name) for name in names)


def _size(out: Path) -> int:
    files = out.rglob("*") if out.is_dir() else [out]
    return sum(file.stat().st_size for file in files if file.is_file())


@commands.command()
@click.argument("out", type=PATH)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
@JSON
def verifier(out: Path, overwrite: bool, as_json: bool) -> None:
    """Write the page (HTML) with which a browser alone checks evidence packages, without a network.

    Each package has a copy. Whoever changes a package can replace that copy too, so send this one
    to a recipient by another route.
    """
    if out.exists() and not (overwrite and out.is_file()):
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out))
    handing_over.write_verifier(out)
    output.one({"path": str(out), "size": _size(out)}, as_json)


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
    (a folder or a ZIP file): every file, those that are not listed too, and the same log. With
    --head, the log must still hold the state that a dossier names; with --key, only those keys
    may have signed. A package must be signed with the key that signed the end of its log, unless
    --key names another.
    """
    given = custody.from_check_code(code) if code is not None else None
    trusted = frozenset(map(str.lower, keys))
    if path.is_dir() or package_verification.is_package(path):
        checked = package_verification.verify(path, given=given, keys=trusted)
        output.one(output.package_values(checked), as_json)
        return 0 if checked.is_intact else 1
    with open_case(path, read_only=True) as opened:
        done = verification.verify(opened, given=given, keys=trusted)
    if done.unsigned:
        output.complain(verification.not_vouched_for(done).english())
    output.one(output.verification_values(done), as_json)
    return 0 if done.is_intact else 1


@commands.command("sample")
@click.argument("out", type=PATH)
@JSON
def make_sample(out: Path, as_json: bool) -> None:
    """Make the sample case."""
    with sample_case.create_sample(out) as made:
        output.one(_described(made), as_json)


def _described(case: cases.CaseFile) -> Values:
    """What a case is, with the check code of its present state."""
    values = output.case_values(cases.info(case), case.path)
    return {**values, "check_code": custody.check_code(case)}


def _jurisdiction(value: str | None) -> Jurisdiction:
    if value is None:
        return cases.default_jurisdiction()
    code = {"uk": "gb"}.get(value.lower(), value.lower())
    if code not in set(Jurisdiction):
        known = ", ".join(Jurisdiction)
        raise UsageError(message(MessageCode.UNKNOWN_JURISDICTION, value=value, known=known))
    return Jurisdiction(code)


for _command in (
    importing.import_files,
    importing.answer,
    importing.device,
    people.party,
    people.debt,
    people.act,
    people.merge,
    people.split,
    reading.read_items,
    reading.show_text,
    reading.list_proposals,
    reading.accept_proposals,
    reading.reject_proposals,
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
