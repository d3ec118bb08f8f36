"""The commands. Exit status: 0 done, 1 failed, 2 wrong use, 3 something not or partly imported."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import click

import evidence_app
from evidence_app.cli import output
from evidence_app.cli.tables import Table
from evidence_app.errors import EvidenceError, MendableError, WrongUseError
from evidence_app.messages import MessageCode, message
from evidence_app.model.case import Jurisdiction
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.times import zone
from evidence_app.services import (
    cases,
    custody,
    exports,
    findings,
    imports,
    items,
    labels,
    parties,
    sample,
    tags,
    timeline,
)

_LOG = logging.getLogger(__name__)
_PAGE = 500
_PATH = click.Path(path_type=Path)
_MOST_DIGITS = 18


def _asked_for_json(context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    """Whether ``--json`` stands after the verb or before it."""
    root = context.find_root()
    return value or bool(root.params.get("as_json"))


_JSON = click.option(
    "--json", "as_json", is_flag=True, callback=_asked_for_json, help="One JSON object a line."
)


def run(arguments: Sequence[str]) -> int:
    """Do one command; return its exit status."""
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
    except WrongUseError as error:
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
        MessageCode.NEEDS_VALUE,
        MessageCode.TARGET_EXISTS,
        MessageCode.UNKNOWN_TABLE_FORMAT,
    }
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.version_option(evidence_app.__version__)
def commands(as_json: bool) -> None:
    """Organize evidence of debt-collection harassment in one case file."""


@commands.command()
@click.argument("case", type=_PATH)
@click.option("--title", help="What the case is called; the file's name if not given.")
@click.option("--name", default="", help="Your name.")
@click.option("--timezone", help="IANA name, as Asia/Shanghai; this computer's if not given.")
@click.option("--jurisdiction", help=f"One of: {', '.join(Jurisdiction)}.")
@click.option("--me", multiple=True, metavar="NUMBER", help="A number of your own; repeatable.")
@_JSON
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
        output.one(output.case_values(cases.info(made), case), as_json)


@commands.command()
@click.argument("case", type=_PATH)
@_JSON
def info(case: Path, as_json: bool) -> None:
    """Say what a case is."""
    with cases.open_case(case, read_only=True) as opened:
        output.one(output.case_values(cases.info(opened), case), as_json)


@commands.command("import")
@click.argument("case", type=_PATH)
@click.argument("paths", type=_PATH, nargs=-1, required=True)
@_JSON
def import_files(case: Path, paths: tuple[Path, ...], as_json: bool) -> int:
    """Bring files and folders into a case."""
    with cases.open_case(case) as opened, imports.Importer(opened) as importer:
        results = importer.run(paths, on_result=lambda result: output.imported(result, as_json))
    done = {imports.ImportOutcome.IMPORTED, imports.ImportOutcome.ALREADY_THERE}
    return 0 if all(result.outcome in done for result in results) else 3


@commands.command("list")
@click.argument("case", type=_PATH)
@click.argument(
    "what", type=click.Choice(["items", "events", "parties", "findings", "tags", "custody"])
)
@_JSON
def list_rows(case: Path, what: str, as_json: bool) -> None:
    """List what is in a case."""
    with cases.open_case(case, read_only=True) as opened:
        rows = _LISTS[what](opened)
        output.many(rows, Table(what, zone(cases.info(opened).timezone)), as_json)


def _list_items(case: cases.CaseFile) -> output.Rows:
    ids = items.index(case, ItemFilter())
    for start in range(0, len(ids), _PAGE):
        found = items.get_many(case, ids[start : start + _PAGE])
        subjects = [Subject(SubjectKind.ITEM, one.id) for one in found]
        own = labels.labels(case, subjects)
        for one, subject in zip(found, subjects, strict=True):
            yield output.item_values(one, own[subject])


def _list_events(case: cases.CaseFile) -> output.Rows:
    ids = timeline.index(case, EventFilter()).ids
    for start in range(0, len(ids), _PAGE):
        found = timeline.get_many(case, ids[start : start + _PAGE])
        subjects = [Subject(SubjectKind.EVENT, one.id) for one in found]
        own = labels.labels(case, subjects)
        for one, subject in zip(found, subjects, strict=True):
            yield output.event_values(one, own[subject])


def _list_parties(case: cases.CaseFile) -> output.Rows:
    return (output.party_values(one) for one in parties.list_parties(case))


def _list_findings(case: cases.CaseFile) -> output.Rows:
    return (output.finding_values(one) for one in findings.list_findings(case))


def _list_tags(case: cases.CaseFile) -> output.Rows:
    return (output.tag_values(one) for one in tags.list_tags(case))


def _list_custody(case: cases.CaseFile) -> output.Rows:
    return (output.custody_values(one) for one in custody.list_entries(case))


_LISTS: dict[str, Callable[[cases.CaseFile], output.Rows]] = {
    "items": _list_items,
    "events": _list_events,
    "parties": _list_parties,
    "findings": _list_findings,
    "tags": _list_tags,
    "custody": _list_custody,
}


@commands.command()
@click.argument("case", type=_PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--violation", metavar="CODE", help="The code of a violation type.")
@click.option("--tag", "name", metavar="NAME", help="A tag of your own; made if there is none.")
@_JSON
def tag(
    case: Path, ids: tuple[str, ...], violation: str | None, name: str | None, as_json: bool
) -> None:
    """Put a violation type or a tag of your own on items (i12) and events (e3456)."""
    if (violation is None) == (name is None):
        raise click.UsageError("Give either --violation or --tag.")
    with cases.open_case(case) as opened:
        subjects = [_subject(opened, one) for one in ids]
        if violation is not None:
            edit = findings.confirm(opened, subjects, violation)
        else:
            tag_id = tags.create(opened, name or "").tag_id
            assert tag_id is not None
            edit = tags.add(opened, subjects, tag_id)
    output.one({"tagged": list(ids), "custody_entry": edit.changes.entry}, as_json)


@commands.command()
@click.argument("case", type=_PATH)
@click.argument("item")
@click.argument("out", type=_PATH)
@_JSON
def extract(case: Path, item: str, out: Path, as_json: bool) -> None:
    """Write an original, unaltered, to a new file."""
    with cases.open_case(case) as opened:
        subject = _subject(opened, item)
        if subject.kind is not SubjectKind.ITEM:
            raise WrongUseError(message(MessageCode.UNKNOWN_ID, value=item))
        items.extract(opened, subject.id, out)
        found = items.get(opened, subject.id)
    output.one({"path": str(out), "sha256": found.sha256, "size": found.size}, as_json)


@commands.command()
@click.argument("case", type=_PATH)
@click.argument("what", type=click.Choice(["dossier", "table"]))
@click.argument("out", type=_PATH)
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", show_default=True)
@click.option("--page", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
@_JSON
def export(
    case: Path,
    what: str,
    out: Path,
    language: Literal["en", "zh"],
    page: Literal["a4", "letter"],
    overwrite: bool,
    as_json: bool,
) -> None:
    """Write the dossier as a PDF, or all events as a table (.csv or .xlsx)."""
    if out.exists() and not overwrite:
        raise MendableError(message(MessageCode.TARGET_EXISTS, path=out))
    with cases.open_case(case) as opened:
        if what == "dossier":
            options = exports.DossierOptions(language=language, page=page)
            exports.dossier(opened, out, options)
        else:
            exports.table(opened, out, language)
    output.one({"path": str(out), "size": out.stat().st_size}, as_json)


@commands.command()
@click.argument("case", type=_PATH)
@click.argument("identifier")
@click.option("--role", required=True, help=f"One of: {', '.join(Role)}.")
@click.option("--name", help="What the party is called.")
@_JSON
def party(case: Path, identifier: str, role: str, name: str | None, as_json: bool) -> None:
    """Say who is behind a number or an address."""
    if role not in set(Role):
        known = ", ".join(Role)
        raise WrongUseError(message(MessageCode.UNKNOWN_ROLE, value=role, known=known))
    with cases.open_case(case) as opened:
        edit = parties.assign(opened, identifier, Role(role), name)
    values = {"identifier": identifier, "role": role, "custody_entry": edit.changes.entry}
    output.one(values, as_json)


@commands.command("sample")
@click.argument("out", type=_PATH)
@_JSON
def make_sample(out: Path, as_json: bool) -> None:
    """Make the sample case."""
    with sample.create_sample(out) as made:
        output.one(output.case_values(cases.info(made), out), as_json)


def _jurisdiction(value: str | None) -> Jurisdiction:
    if value is None:
        return cases.default_jurisdiction()
    code = {"uk": "gb"}.get(value.lower(), value.lower())
    if code not in set(Jurisdiction):
        known = ", ".join(Jurisdiction)
        raise WrongUseError(message(MessageCode.UNKNOWN_JURISDICTION, value=value, known=known))
    return Jurisdiction(code)


def _subject(case: cases.CaseFile, public_id: str) -> Subject:
    """The item or event of a public id.

    Raises:
        WrongUseError: There is none in the case.
    """
    kinds = {"i": SubjectKind.ITEM, "e": SubjectKind.EVENT}
    letter, number = public_id[:1], public_id[1:]
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if letter not in kinds or not is_number:
        raise WrongUseError(message(MessageCode.UNKNOWN_ID, value=public_id))
    subject = Subject(kinds[letter], int(number))
    if subject.kind is SubjectKind.ITEM:
        items.get(case, subject.id)
    else:
        timeline.get(case, subject.id)
    return subject
