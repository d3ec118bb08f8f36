"""Commands that mark evidence, and black things out of exports."""

from __future__ import annotations

import re
from pathlib import Path

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case, subject_of
from evidence_app.cli.tables import Values
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Stretch, Words
from evidence_app.model.region import Region
from evidence_app.services import cases, marks
from evidence_app.services import events as timeline

_DRAWN = [kind.value for kind in MarkKind if kind is not MarkKind.REDACTION]


class _Numbers(click.ParamType[tuple[float, ...]]):
    """Numbers with a comma between them."""

    def __init__(self, count: int, name: str) -> None:
        self.count, self.name = count, name

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """The numbers; wrong use if they are others or not so many."""
        try:
            numbers = tuple(float(number) for number in str(value).split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != self.count:
            self.fail(f"Give {self.name}.", param, ctx)
        return numbers


_BOX = _Numbers(4, "LEFT,TOP,WIDTH,HEIGHT")
_STRETCH = _Numbers(2, "FROM,TO")
_place_options = (
    click.option("--page", type=int, help="Of a document, from 1."),
    click.option(
        "--box",
        type=_BOX,
        multiple=True,
        metavar=_BOX.name,
        help="A rectangle, in shares (0 to 1) of width and height; repeatable.",
    ),
    click.option(
        "--stretch",
        type=_STRETCH,
        multiple=True,
        metavar=_STRETCH.name,
        help="A part of a recording, in seconds; repeatable.",
    ),
    click.option(
        "--words",
        multiple=True,
        help="These words, wherever they stand in the message (e3456); repeatable.",
    ),
)


@click.command()
@click.argument("case", type=PATH)
@click.argument("item")
@click.option("--kind", type=click.Choice(_DRAWN), default="highlight", show_default=True)
@_place_options[0]
@_place_options[1]
@_place_options[2]
@_place_options[3]
@click.option("--text", default="", help="What a text or a number says.")
@click.option("--note", default="", help="Your words on it.")
@JSON
def mark(
    case: Path,
    item: str,
    kind: str,
    page: int | None,
    box: tuple[tuple[float, ...], ...],
    stretch: tuple[tuple[float, ...], ...],
    words: tuple[str, ...],
    text: str,
    note: str,
    as_json: bool,
) -> None:
    """Mark places of an item (i12) or words of a message (e3456)."""
    with open_case(case) as opened:
        subject = subject_of(opened, item)
        places = _places(opened, subject, page, box, stretch, words)
        _add(opened, places, MarkKind(kind), text, note, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("item")
@_place_options[0]
@_place_options[1]
@_place_options[2]
@_place_options[3]
@click.option("--reason", default="", help="Why; it is printed.")
@JSON
def redact(
    case: Path,
    item: str,
    page: int | None,
    box: tuple[tuple[float, ...], ...],
    stretch: tuple[tuple[float, ...], ...],
    words: tuple[str, ...],
    reason: str,
    as_json: bool,
) -> None:
    """Black out places of an item (i12) or words of a message (e3456) in all that is exported.

    The original in the case stays as it is.
    """
    with open_case(case) as opened:
        subject = subject_of(opened, item)
        places = _places(opened, subject, page, box, stretch, words)
        _add(opened, places, MarkKind.REDACTION, "", reason, as_json)


@click.command()
@click.argument("case", type=PATH)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@JSON
def unmark(case: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Take marks (m4) away, those too that black something out."""
    with open_case(case) as opened:
        edit = marks.remove(opened, [number_of(public_id, "m") for public_id in ids])
    output.print_record({"unmarked": list(ids), "custody_entry": edit.changes.entry}, as_json)


def values(stored_mark: Mark) -> Values:
    """A mark."""
    return {
        "id": f"m{stored_mark.id}",
        "item_id": f"i{stored_mark.item_id}",
        "kind": stored_mark.kind.value,
        "page": stored_mark.page,
        "box": None if stored_mark.box is None else _listed(stored_mark.box),
        "stretch": None
        if stored_mark.stretch is None
        else [stored_mark.stretch.start_s, stored_mark.stretch.end_s],
        "event_id": None if stored_mark.words is None else f"e{stored_mark.words.event_id}",
        "characters": None
        if stored_mark.words is None
        else [stored_mark.words.first, stored_mark.words.end],
        "text": stored_mark.text,
        "note": stored_mark.note,
    }


def _listed(box: Region) -> list[float]:
    return [box.left, box.top, box.width, box.height]


def _places(
    case: cases.CaseFile,
    subject: Subject,
    page: int | None,
    boxes: tuple[tuple[float, ...], ...],
    stretches: tuple[tuple[float, ...], ...],
    passages: tuple[str, ...],
) -> list[Mark]:
    """The places as marks, whose kind and words are still to come."""
    if subject.kind is SubjectKind.EVENT:
        if boxes or stretches or not passages:
            raise click.UsageError("Of a message, give --words.")
        event = timeline.get(case, subject.id)
        spans = [
            Words(event.id, match.start(), match.end())
            for passage in passages
            for match in re.finditer(re.escape(passage), event.text)
        ]
        if not spans:
            raise click.UsageError("These words do not stand in the message.")
        return [Mark(0, event.item_id, MarkKind.REDACTION, words=span) for span in spans]
    if passages or not (boxes or stretches):
        raise click.UsageError("Of an item, give --box or --stretch.")
    return [
        *(Mark(0, subject.id, MarkKind.REDACTION, page, box=Region(*sides)) for sides in boxes),
        *(Mark(0, subject.id, MarkKind.REDACTION, stretch=Stretch(*times)) for times in stretches),
    ]


def _add(
    case: cases.CaseFile, places: list[Mark], kind: MarkKind, text: str, note: str, as_json: bool
) -> None:
    new_marks = [
        Mark(0, place.item_id, kind, place.page, place.box, place.stretch, place.words, text, note)
        for place in places
    ]
    edit = marks.add(case, new_marks)
    output.print_record({"marks": len(new_marks), "custody_entry": edit.changes.entry}, as_json)
