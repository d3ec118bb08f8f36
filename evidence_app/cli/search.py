"""Searching a case from the command line."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, open_case
from evidence_app.cli.tables import Table, Values
from evidence_app.model.search import OF_TEXTS, Hit, HitKind, HitOrder
from evidence_app.model.times import zone
from evidence_app.services import cases
from evidence_app.services import search as search_service

_LETTERS = {HitKind.FINDING: "f", HitKind.PARTY: "p"} | dict.fromkeys(OF_TEXTS, "x")


@click.command()
@click.argument("case", type=PATH)
@click.argument("query")
@click.option(
    "--in", "kinds", type=click.Choice(list(HitKind)), multiple=True, help="Look only there."
)
@click.option(
    "--order", type=click.Choice(list(HitOrder)), default=HitOrder.RELEVANCE, show_default=True
)
@click.option("--limit", type=click.IntRange(1), default=search_service.LIMIT, show_default=True)
@JSON
def search(
    case: Path,
    query: str,
    kinds: tuple[HitKind, ...],
    order: HitOrder,
    limit: int,
    as_json: bool,
) -> None:
    """Search all of a case: words, "phrases", and -words that must not occur."""
    with open_case(case, read_only=True) as opened:
        result = search_service.find(
            opened, query, kinds=kinds or tuple(HitKind), order=order, limit=limit
        )
        table = Table("hits", zone(cases.info(opened).timezone))
        output.print_rows(map(_values, result.all_hits()), table, as_json)


def _values(hit: Hit) -> Values:
    return {
        "id": _public_id(hit),
        "kind": hit.kind.value,
        "item_id": None if hit.item is None else f"i{hit.item.id}",
        **output.time_values("time", hit.time),
        "who": hit.title,
        "text": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
        "place": output.place_values(hit.place),
        "start_s": hit.start_s,
    }


def _public_id(hit: Hit) -> str:
    letter = _LETTERS.get(hit.kind)
    if letter is None and hit.subject is not None:
        return hit.subject.public_id()
    return f"{letter}{hit.id}"
