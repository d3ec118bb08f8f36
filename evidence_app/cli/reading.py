"""Commands that read pictures, and keep what the person decides on what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from re import compile as pattern

import click

from evidence_app import settings
from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case
from evidence_app.cli.tables import Table, Values
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.proposals import Proposal, ReadLine
from evidence_app.model.region import Region
from evidence_app.model.times import zone
from evidence_app.model.transcript import TranscriptLine
from evidence_app.services import backlog, cases, reading, speech, transcripts
from evidence_app.services import proposals as proposal_service
from evidence_app.services.history import Edit
from evidence_app.services.reading import ReadOutcome
from evidence_app.services.speech import HeardOutcome


@click.command("read")
@click.argument("names", nargs=-1, required=True, metavar="CASE... [ITEM...]")
@click.option("--pictures", is_flag=True, help="All pictures that were not read yet; the default.")
@click.option("--recordings", is_flag=True, help="The recordings that are named.")
@click.option(
    "--model", type=PATH, help="The folder of a speech model; else the one chosen in the window."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="So many processes of this computer read at the same time.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Read on a Dask cluster instead. The pictures and documents are sent there.",
)
@JSON
def read_items(
    names: tuple[str, ...],
    pictures: bool,
    recordings: bool,
    model: Path | None,
    workers: int,
    scheduler: str,
    as_json: bool,
) -> int:
    """Read the text in pictures, and on pages of PDF documents that carry no text.

    Of one case those that are named are read, else all that were not read yet; of several cases
    all that were not read yet.

    With --recordings, turn recordings into words by a speech model that you have; nothing is
    downloaded. What you corrected, accepted or dropped before stays as it is. Status 3 if a
    picture, page, recording or case could not be read.

    With --scheduler, the bytes of pictures and documents leave this computer for the cluster that
    you name. Name only one that you trust.
    """
    paths = [Path(name) for name in names if not _ITEM.fullmatch(name)]
    item_ids = [number_of(name, "i") for name in names if _ITEM.fullmatch(name)]
    if not paths or (item_ids and len(paths) > 1):
        raise click.UsageError("Name one case with items of it, or several cases.")
    if recordings:
        if scheduler or len(paths) > 1:
            raise click.UsageError("Recordings are heard on this computer, of one case at a time.")
        return _hear(paths[0], item_ids, model, as_json)
    failed: list[Path] = []

    def say_read(path: Path, outcome: ReadOutcome) -> None:
        if outcome.reason is not None:
            failed.append(path)
        output.print_record({"case": str(path), **_outcome_values(outcome)}, as_json)

    def open_each() -> Iterator[tuple[Path, cases.CaseFile]]:
        for path in paths:
            try:
                yield path, _queued(path, item_ids)
            except UserError as error:
                if len(paths) == 1:
                    raise
                failed.append(path)
                _tell_unopened(path, error, as_json)

    chosen = None if pictures or not item_ids else item_ids
    with backlog.readers(workers, scheduler) as readers:
        backlog.Backlog(readers, say_read).run(open_each(), chosen)
    return 3 if failed else 0


def _tell_unopened(path: Path, error: UserError, as_json: bool) -> None:
    reason = output.message_values(error.message)
    output.print_record({"case": str(path), "outcome": "failed", "reason": reason}, as_json)


_ITEM = pattern(r"[a-z]\d+")


def _queued(path: Path, item_ids: list[int]) -> cases.CaseFile:
    case = open_case(path)
    try:
        reading.queue_unread(case)
        reading.queue(case, item_ids)
    except BaseException:
        case.close()
        raise
    return case


def _hear(case: Path, item_ids: list[int], folder: Path | None, as_json: bool) -> int:
    if not item_ids:
        raise click.UsageError("Name the recordings: it can take as long as they are.")
    folder = folder or settings.speech_model()
    if folder is None:
        raise UserError(message(MessageCode.SPEECH_MODEL_NOT_CHOSEN))
    chosen = speech.choose_model(folder)
    failed: list[HeardOutcome] = []

    def say_heard(outcome: HeardOutcome) -> None:
        if outcome.reason is not None:
            failed.append(outcome)
        output.print_record(_heard_values(outcome), as_json)

    with open_case(case) as opened:
        speech.queue(opened, item_ids)
        speech.run(opened, chosen, on_heard=say_heard)
    return 3 if failed else 0


@click.command("text")
@click.argument("case", type=PATH)
@click.argument("item")
@JSON
def show_text(case: Path, item: str, as_json: bool) -> None:
    """List the lines that were read from a picture or pages, or the transcript of a recording.

    The former have their places and how sure they are, the latter their times in seconds.
    """
    with open_case(case, read_only=True) as opened:
        item_id = number_of(item, "i")
        where = zone(cases.info(opened).timezone)
        transcript = transcripts.lines(opened, item_id)
        if transcript:
            output.print_rows(
                map(_transcript_values, transcript), Table("transcript", where), as_json
            )
        else:
            lines = reading.lines(opened, item_id)
            output.print_rows(map(_line_values, lines), Table("lines", where), as_json)


@click.command("proposals")
@click.argument("case", type=PATH)
@click.option("--all", "is_all", is_flag=True, help="Also those that were accepted or dropped.")
@JSON
def list_proposals(case: Path, is_all: bool, as_json: bool) -> None:
    """List the messages and calls that pictures suggest; none is on the timeline before you accept.

    A row with a count stands for so many calls whose times are not in the picture.
    """
    with open_case(case, read_only=True) as opened:
        listed = (
            proposal_service.list_proposals(opened, state=None)
            if is_all
            else proposal_service.list_proposals(opened)
        )
        table = Table("proposals", zone(cases.info(opened).timezone))
        output.print_rows(map(_proposal_values, listed), table, as_json)


def accept_proposals(case: Path, ids: Sequence[str], as_json: bool) -> None:
    """Put what pictures suggest on the timeline, and print what was accepted."""
    with open_case(case) as opened:
        edit = proposal_service.accept(opened, _numbers(ids))
    _tell("accepted", ids, edit, as_json)


@click.command("reject")
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@JSON
def reject(case: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Drop what pictures suggest (r12); it is not suggested again."""
    with open_case(case) as opened:
        edit = proposal_service.reject(opened, _numbers(ids))
    _tell("rejected", ids, edit, as_json)


def _numbers(ids: Sequence[str]) -> list[int]:
    return [number_of(public_id, "r") for public_id in ids]


def _tell(decision: str, ids: Sequence[str], edit: Edit, as_json: bool) -> None:
    output.print_record({decision: list(ids), "custody_entry": edit.changes.entry}, as_json)


def _outcome_values(outcome: ReadOutcome) -> Values:
    reason = outcome.reason
    return {
        "item_id": f"i{outcome.item_id}",
        "page": outcome.page,
        "outcome": "read" if reason is None else "failed",
        "lines": outcome.lines,
        "proposals": outcome.proposals,
        "reason": None if reason is None else output.message_values(reason),
    }


def _heard_values(outcome: HeardOutcome) -> Values:
    reason = outcome.reason
    return {
        "item_id": f"i{outcome.item_id}",
        "outcome": "read" if reason is None else "failed",
        "segments": outcome.segments,
        "reason": None if reason is None else output.message_values(reason),
    }


def _line_values(line: ReadLine) -> Values:
    return {
        "id": f"x{line.id}",
        "page": line.page,
        "text": line.words,
        "read": line.text,
        "corrected": line.corrected,
        "confidence": round(line.confidence, 3),
        "box": _box(line.region),
        "engine": line.engine,
    }


def _transcript_values(line: TranscriptLine) -> Values:
    return {
        "id": f"x{line.id}",
        "start_s": round(line.stretch.start_s, 3),
        "end_s": round(line.stretch.end_s, 3),
        "speaker": line.speaker,
        "text": line.words,
        "read": line.text,
        "corrected": line.corrected,
        "origin": line.origin.value,
        "source": line.source,
        "confidence": None if line.confidence is None else round(line.confidence, 3),
        "is_doubtful": line.is_doubtful,
    }


def _proposal_values(proposal: Proposal) -> Values:
    return {
        "id": f"r{proposal.id}",
        "item_id": f"i{proposal.item_id}",
        "page": proposal.page,
        "state": proposal.state.value,
        "kind": proposal.kind.value,
        "direction": proposal.direction.value,
        "outcome": proposal.outcome.value,
        "name": proposal.name,
        "identifier": proposal.identifier,
        "text": proposal.text,
        **output.time_values("time", proposal.time),
        "time_words": proposal.time_words,
        "time_basis": proposal.basis.value,
        "time_doubts": sorted(proposal.doubts),
        "duration_s": proposal.duration_s,
        "count": proposal.count,
        "box": _box(proposal.region),
        "confidence": round(proposal.confidence, 3),
        "event_id": None if proposal.event_id is None else f"e{proposal.event_id}",
    }


def _box(region: Region | None) -> list[float] | None:
    if region is None:
        return None
    return [round(side, 4) for side in (region.left, region.top, region.width, region.height)]
