"""Commands that bring files in, and answer what the files cannot tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case, subject_of
from evidence_app.cli.sign_of_life import SignOfLife
from evidence_app.messages import MessageCode, message
from evidence_app.model.finding import SubjectKind
from evidence_app.model.question import DateOrder, QuestionKind, mapping_values
from evidence_app.model.times import zone
from evidence_app.progress import Progress
from evidence_app.services import column_mappings, devices, dropped_files, questions
from evidence_app.services.importing import importer as imports
from evidence_app.services.importing.results import refused

_DONE = {imports.ImportOutcome.IMPORTED, imports.ImportOutcome.ALREADY_THERE}


@click.command("import")
@click.argument("case", type=PATH)
@click.argument("paths", type=PATH, nargs=-1, required=True)
@click.option(
    "--date-order",
    type=click.Choice([order.value for order in DateOrder], case_sensitive=False),
    help="How dates as 03/04/26 are written.",
)
@click.option(
    "--owner",
    "owners",
    multiple=True,
    metavar="NUMBER",
    help="Your own number or name; repeatable.",
)
@click.option("--timezone", metavar="ZONE", help="Where the clocks of the files hung.")
@click.option(
    "--mapping", "mapping_files", multiple=True, type=PATH, help="What the columns hold, as JSON."
)
@click.option("--password", default="", help="To open archives.")
@click.option("--device", default="", metavar="NAME", help="Which phone the files come from.")
@JSON
def import_files(
    case: Path,
    paths: tuple[Path, ...],
    date_order: str | None,
    owners: tuple[str, ...],
    timezone: str | None,
    mapping_files: tuple[Path, ...],
    password: str,
    device: str,
    as_json: bool,
) -> int:
    """Bring files and folders into a case."""
    import_options = imports.ImportOptions(
        date_order=DateOrder(date_order) if date_order else None,
        owners=owners,
        timezone=zone(timezone).key if timezone else None,
        mappings=tuple(map(column_mappings.load, mapping_files)),
        password=password,
        device=device,
    )
    life = SignOfLife()

    def say(result: imports.ImportResult) -> None:
        life.close()
        output.imported(result, as_json)

    with open_case(case) as opened, imports.Importer(opened, import_options) as importer:
        others = _other_cases(opened.path, paths)
        results = [refused(str(path), message(MessageCode.IS_A_CASE)) for path in others.cases]
        for result in results:
            say(result)
        results += importer.run(
            paths,
            leave_out=others.beside.union(others.cases),
            progress=Progress(life.show),
            on_result=say,
        )
    return 0 if all(result.outcome in _DONE for result in results) else 3


def _other_cases(own: Path, paths: tuple[Path, ...]) -> dropped_files.DroppedFiles:
    """The case files among the paths to import, except the open one, which reports itself."""
    dropped = dropped_files.sort(paths)
    return replace(
        dropped,
        cases=tuple(case_path for case_path in dropped.cases if not case_path.samefile(own)),
    )


@click.command()
@click.argument("case", type=PATH)
@click.argument("question")
@click.argument("value")
@JSON
def answer(case: Path, question: str, value: str, as_json: bool) -> int:
    """Answer a question (q3).

    VALUE is an order (dmy, mdy, ymd), the year of the newest entry, a zone, a number or name, a
    mapping's file, a password, minutes or seconds, the name of an encoding, or what words mean:
    WORD=MEANING, with commas between them and nothing before the sign for rows without a word. A
    MEANING is incoming, outgoing, missed, rejected, blocked, voicemail, answered, unanswered, or
    nothing. Of a conversation: time,author,text in the order of its parts, or document.
    """
    with open_case(case) as opened:
        open_question = questions.get(opened, number_of(question, "q"))
        results = questions.answer(
            opened, [open_question.id], _meant(open_question.question.kind, value)
        )
        for result in results:
            output.imported(result, as_json)
    return 0 if all(result.outcome in _DONE for result in results) else 3


def _meant(kind: QuestionKind, value: str) -> Any:
    if kind is QuestionKind.MAPPING:
        return mapping_values(column_mappings.load(Path(value)))
    if kind is QuestionKind.CALL_WORDS:
        pairs = [pair.rpartition("=") for pair in value.split(",")]
        return {word.strip(): meaning.strip().lower() for word, _, meaning in pairs}
    if kind is QuestionKind.CONVERSATION and value != "document":
        return [part.strip() for part in value.split(",")]
    return value


@click.command()
@click.argument("case", type=PATH)
@click.argument("name")
@click.argument("items", nargs=-1, required=True)
@click.option("--holder", help="In whose hands it is.")
@click.option("--kept/--gone", "is_kept", default=None, help="Whether it is still there.")
@JSON
def device(
    case: Path,
    name: str,
    items: tuple[str, ...],
    holder: str | None,
    is_kept: bool | None,
    as_json: bool,
) -> None:
    """Say from which phone or computer items (i12) come."""
    with open_case(case) as opened:
        subjects = [subject_of(opened, public_id) for public_id in items]
        ids = [subject.id for subject in subjects if subject.kind is SubjectKind.ITEM]
        edit = devices.assign(opened, ids, name, holder, is_kept)
    values = {"device": name, "items": list(items), "custody_entry": edit.changes.entry}
    output.print_record(values, as_json)
