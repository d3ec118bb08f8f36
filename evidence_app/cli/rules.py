"""Commands that ask the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, open_case
from evidence_app.services import suggestions, violations
from evidence_app.services.suggestions import Suggested


@click.command()
@click.argument("case", type=PATH)
@click.option("--rulebook", "more", multiple=True, help="Ask this rulebook too, as us-fl.")
@click.option("--kind", help="Who collects, where the case does not say it: bank, …")
@JSON
def scan(case: Path, more: tuple[str, ...], kind: str | None, as_json: bool) -> None:
    """Suggest which rules the collectors broke, with what was counted. Nothing is kept."""
    with open_case(case, read_only=True) as opened:
        done = suggestions.scan_case(opened, more, suggestions.kind_of(kind))
    for one in done.suggestions:
        if as_json:
            output.one(_values(one), as_json)
        else:
            click.echo(_sentence(one))
    for lost in done.uncounted:
        output.complain(
            f"{len(lost.event_ids)} events could not be counted: {lost.reason.value} not known."
        )


def _values(one: Suggested) -> dict[str, Any]:
    suggestion, rule, provision = one.suggestion, one.rule, one.rule.provision
    return {
        "id": one.id,
        "violation": suggestion.violation,
        "rulebook": suggestion.rulebook_id,
        "rule": rule.id,
        "force": rule.force.value,
        "provision": None
        if provision is None
        else {
            "instrument": provision.instrument,
            "number": provision.number,
            "article": provision.article,
            "quote": provision.quote,
            "source": provision.source,
            "print": provision.citing.value,
            "reservation_en": provision.reservation_en,
            "reservation_zh": provision.reservation_zh,
        },
        "events": [f"e{subject.event_id}" for subject in suggestion.subjects],
        "roles": {f"e{one.event_id}": one.role.value for one in suggestion.subjects},
        "items": [f"i{item_id}" for item_id in one.item_ids],
        "arithmetic": dict(suggestion.arithmetic),
        "explanation": {"en": rule.explanation_en, "zh": rule.explanation_zh},
        "refuted_by": {"en": rule.refuted_by_en, "zh": rule.refuted_by_zh},
        "missing": [missing.value for missing in suggestion.missing],
        "status": "suggested",
    }


def _sentence(one: Suggested) -> str:
    named = violations.get(one.suggestion.violation).name("en")
    rule = one.rule
    basis = "a sign, no law" if rule.provision is None else rule.provision.instrument
    counted = ", ".join(suggestions.words(one.suggestion))
    events = " ".join(f"e{event_id}" for event_id in one.suggestion.event_ids()[:8])
    more = len(one.suggestion.subjects) - 8
    return (
        f"{one.id}  {named}: {counted} ({rule.id}: {basis}; {rule.force.value})  {events}"
        f"{f' and {more} more' if more > 0 else ''}"
    )


@click.command()
@click.option("--check", "path", type=PATH, help="Say what is wrong with a rulebook's file.")
@JSON
def rulebooks(path: Path | None, as_json: bool) -> int:
    """List the rulebooks, or check one that somebody writes."""
    if path is not None:
        problems = suggestions.check(path)
        for problem in problems:
            output.complain(f"{problem.path}:{problem.line}: {problem.reason}")
        return 1 if problems else 0
    library = suggestions.library()
    for rulebook in library.rulebooks.values():
        values = {
            "id": rulebook.id,
            "version": rulebook.version,
            "name_en": rulebook.name_en,
            "name_zh": rulebook.name_zh,
            "region": rulebook.region,
            "rules": len(rulebook.rules),
        }
        if as_json:
            output.one(values, as_json)
        else:
            click.echo(f"{rulebook.id:8} {rulebook.name_en}: {len(rulebook.rules)} rules")
    for problem in library.problems:
        output.complain(f"{problem.path}:{problem.line}: {problem.reason}")
    return 1 if library.problems else 0
