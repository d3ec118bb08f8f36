"""Commands that ask the rules, and keep what the person decides on their suggestions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from evidence_app.cli import output
from evidence_app.cli.finding_values import finding_values
from evidence_app.cli.options import JSON, PATH, number_of, open_case
from evidence_app.model.finding import FindingStatus
from evidence_app.model.rulebook import Provision
from evidence_app.model.suggested import Citation, Suggested
from evidence_app.services import cases, explanations, rulebooks, suggestions, violations
from evidence_app.services import findings as decisions

_MORE = click.option(
    "--rulebook", "more", multiple=True, help="Ask this rulebook too, as us-fl; repeatable."
)
_KIND = click.option("--kind", help="Who collects, where the case does not say it: bank, …")
_LENGTH = 12
"""Signs of a suggestion's identity."""


@click.command()
@click.argument("case", type=PATH)
@_MORE
@_KIND
@JSON
def scan(case: Path, more: tuple[str, ...], kind: str | None, as_json: bool) -> None:
    """Suggest which rules the collectors broke, with what was counted. Nothing is kept."""
    with open_case(case, read_only=True) as opened:
        done = suggestions.scan_case(opened, more, suggestions.kind_of(kind))
    for one in done.suggestions:
        if as_json:
            output.one(_values(one), as_json)
        else:
            click.echo(_line(one))
    for lost in done.uncounted:
        output.complain(explanations.uncounted_sentence(lost, "en"))
    if not done.suggestions:
        output.complain("Nothing is suggested: the rules found nothing to count in this case.")


def _values(one: Suggested) -> dict[str, Any]:
    suggestion, rule = one.suggestion, one.rule
    return {
        "id": one.id,
        "violation": one.violation,
        "rulebook": one.rulebook.id,
        "rulebook_version": one.rulebook.version,
        "rule": rule.id,
        "force": rule.force.value,
        "provision": _provision(rule.provision),
        "events": [f"e{subject.event_id}" for subject in suggestion.subjects],
        "roles": {f"e{one.event_id}": one.role.value for one in suggestion.subjects},
        "items": [f"i{item_id}" for item_id in one.item_ids],
        "arithmetic": dict(suggestion.arithmetic),
        "explanation": {
            "en": explanations.explain(one, "en").sentence,
            "zh": explanations.explain(one, "zh").sentence,
        },
        "says": {"en": rule.explanation_en, "zh": rule.explanation_zh},
        "refuted_by": {"en": rule.refuted_by_en, "zh": rule.refuted_by_zh},
        "missing": [missing.value for missing in suggestion.missing],
        "how_to_get_it": {
            language: [fact.how for fact in explanations.explain(one, language).missing]
            for language in ("en", "zh")
        },
        "status": one.status.value,
        "before": one.before.value if one.before is not None else None,
        "finding": None if one.finding_id is None else f"f{one.finding_id}",
        "also": [_citation(citation) for citation in one.citations[1:]],
    }


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "rulebook": one.rulebook.id,
        "rule": one.rule.id,
        "force": one.rule.force.value,
        "provision": _provision(one.rule.provision),
        "arithmetic": dict(one.suggestion.arithmetic),
        "missing": [missing.value for missing in one.suggestion.missing],
    }


def _provision(provision: Provision | None) -> dict[str, Any] | None:
    if provision is None:
        return None
    return {
        "instrument": provision.instrument,
        "number": provision.number,
        "article": provision.article,
        "quote": provision.quote,
        "source": provision.source,
        "print": provision.citing.value,
        "reservation_en": provision.reservation_en,
        "reservation_zh": provision.reservation_zh,
    }


def _line(one: Suggested) -> str:
    explained = explanations.explain(one, "en")
    named = violations.get(one.violation).name("en")
    events = " ".join(f"e{event_id}" for event_id in one.suggestion.event_ids()[:8])
    more = len(one.subjects) - 8
    status = "" if one.status is FindingStatus.SUGGESTED else f" [{one.status.value}]"
    back = "" if one.before is None else f" [{one.before.value} before its evidence changed]"
    return (
        f"{one.id}{status}{back}  {named}: {explained.sentence} "
        f"({one.rule.id}: {explained.provision or 'no law'})  {events}"
        f"{f' and {more} more' if more > 0 else ''}"
    )


@click.command()
@click.argument("case", type=PATH)
@JSON
def findings(case: Path, as_json: bool) -> None:
    """List what was decided: rule, arithmetic, events, who, when and why."""
    with open_case(case, read_only=True) as opened:
        found = decisions.list_findings(opened)
        lost = suggestions.scan_case(opened).look_again
    for one in found:
        values = finding_values(one)
        values["look_again"] = lost[one.id].value if one.id in lost else None
        if as_json:
            output.one(values, as_json)
        else:
            doubt = f" [look again: {values['look_again']}]" if one.id in lost else ""
            named = violations.get(one.violation).name("en")
            rule = f" ({values['rule']})" if values["rule"] else ""
            subjects = " ".join(values["subjects"])
            click.echo(f"f{one.id}  {one.status.value}{doubt}  {named}{rule}  {subjects}")


def _deciding(status: FindingStatus, about: str) -> click.Command:
    """A command that keeps one decision on suggestions and findings."""

    @click.argument("case", type=PATH)
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @click.option("--reason", default="", help="Why, in your own words.")
    @_MORE
    @_KIND
    @JSON
    def decide(
        case: Path,
        ids: tuple[str, ...],
        reason: str,
        more: tuple[str, ...],
        kind: str | None,
        as_json: bool,
    ) -> None:
        with open_case(case) as opened:
            _decide(opened, ids, status, reason, lambda: _scanned(opened, more, kind))
        output.one({"status": status.value, "ids": list(ids)}, as_json)

    decide.__doc__ = about
    return click.command(_COMMANDS[status])(decide)


def _scanned(case: cases.CaseFile, more: Sequence[str], kind: str | None) -> suggestions.CaseScan:
    return suggestions.scan_case(case, more, suggestions.kind_of(kind))


def _decide(
    case: cases.CaseFile,
    ids: Sequence[str],
    status: FindingStatus,
    reason: str,
    scanned: Callable[[], suggestions.CaseScan],
) -> None:
    known = [number_of(one, "f") for one in ids if len(one) != _LENGTH]
    named = [one for one in ids if len(one) == _LENGTH]
    chosen = suggestions.chosen(scanned(), named) if named else []
    if known:
        decisions.decide_again(case, known, status, reason)
    if chosen:
        decisions.decide(case, chosen, status, reason)


_COMMANDS = {
    FindingStatus.CONFIRMED: "confirm",
    FindingStatus.DISMISSED: "dismiss",
    FindingStatus.UNSURE: "unsure",
}
confirm = _deciding(
    FindingStatus.CONFIRMED, "Confirm suggestions (as scan names them) or findings (f3)."
)
dismiss = _deciding(
    FindingStatus.DISMISSED,
    "Dismiss suggestions or findings; they return only if their evidence changes.",
)
unsure = _deciding(FindingStatus.UNSURE, "Note that you are not sure of suggestions or findings.")


@click.command("rulebook")
@click.argument("case", type=PATH)
@click.argument("id")
@click.option("--on/--off", "is_on", required=True, help="Whether the case asks it.")
@JSON
def switch_rulebook(case: Path, id: str, is_on: bool, as_json: bool) -> None:
    """Have a case ask a rulebook, as us-fl, or ask it no longer."""
    with open_case(case) as opened:
        edit = rulebooks.switch(opened, id, is_on=is_on)
    values = {"rulebook": id, "is_on": is_on, "custody_entry": edit.changes.entry}
    output.one(values, as_json)


@click.command("rulebooks")
@click.option("--check", "path", type=PATH, help="Say what is wrong with a rulebook's file.")
@JSON
def list_rulebooks(path: Path | None, as_json: bool) -> int:
    """List the rulebooks, or check one that somebody writes."""
    if path is not None:
        problems = rulebooks.check(path)
        for problem in problems:
            output.complain(f"{problem.path}:{problem.line}: {problem.reason}")
        return 1 if problems else 0
    library = rulebooks.library()
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
