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
        scanned = suggestions.scan_case(opened, more, suggestions.kind_of(kind))
    for suggested in scanned.suggestions:
        if as_json:
            output.print_record(_values(suggested), as_json)
        else:
            click.echo(_line(suggested))
    for lost in scanned.uncounted:
        output.complain(explanations.uncounted_sentence(lost, "en"))
    if not scanned.suggestions:
        output.complain("Nothing is suggested: the rules found nothing to count in this case.")


def _values(suggested: Suggested) -> dict[str, Any]:
    suggestion, rule = suggested.suggestion, suggested.rule
    return {
        "id": suggested.id,
        "violation": suggested.violation,
        "rulebook": suggested.rulebook.id,
        "rulebook_version": suggested.rulebook.version,
        "rule": rule.id,
        "force": rule.force.value,
        "provision": _provision(rule.provision),
        "events": [f"e{subject.event_id}" for subject in suggestion.subjects],
        "roles": {f"e{subject.event_id}": subject.role.value for subject in suggestion.subjects},
        "items": [f"i{item_id}" for item_id in suggested.item_ids],
        "arithmetic": dict(suggestion.arithmetic),
        "explanation": {
            "en": explanations.explain(suggested, "en").sentence,
            "zh": explanations.explain(suggested, "zh").sentence,
        },
        "says": {"en": rule.explanation_en, "zh": rule.explanation_zh},
        "refuted_by": {"en": rule.refuted_by_en, "zh": rule.refuted_by_zh},
        "missing": [missing.value for missing in suggestion.missing],
        "how_to_get_it": {
            language: [fact.how for fact in explanations.explain(suggested, language).missing]
            for language in ("en", "zh")
        },
        "status": suggested.status.value,
        "before": suggested.before.value if suggested.before is not None else None,
        "finding": None if suggested.finding_id is None else f"f{suggested.finding_id}",
        "also": [_citation(citation) for citation in suggested.citations[1:]],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "rulebook": citation.rulebook.id,
        "rule": citation.rule.id,
        "force": citation.rule.force.value,
        "provision": _provision(citation.rule.provision),
        "arithmetic": dict(citation.suggestion.arithmetic),
        "missing": [missing.value for missing in citation.suggestion.missing],
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


def _line(suggested: Suggested) -> str:
    explained = explanations.explain(suggested, "en")
    named = violations.get(suggested.violation).name("en")
    events = " ".join(f"e{event_id}" for event_id in suggested.suggestion.event_ids()[:8])
    more = len(suggested.subjects) - 8
    status = "" if suggested.status is FindingStatus.SUGGESTED else f" [{suggested.status.value}]"
    back = (
        ""
        if suggested.before is None
        else f" [{suggested.before.value} before its evidence changed]"
    )
    return (
        f"{suggested.id}{status}{back}  {named}: {explained.sentence} "
        f"({suggested.rule.id}: {explained.provision or 'no law'})  {events}"
        f"{f' and {more} more' if more > 0 else ''}"
    )


@click.command()
@click.argument("case", type=PATH)
@JSON
def findings(case: Path, as_json: bool) -> None:
    """List what was decided: rule, arithmetic, events, who, when and why."""
    with open_case(case, read_only=True) as opened:
        listed = decisions.list_findings(opened)
        lost = suggestions.scan_case(opened).look_again
    for finding in listed:
        values = finding_values(finding)
        values["look_again"] = lost[finding.id].value if finding.id in lost else None
        if as_json:
            output.print_record(values, as_json)
        else:
            doubt = f" [look again: {values['look_again']}]" if finding.id in lost else ""
            named = violations.get(finding.violation).name("en")
            rule = f" ({values['rule']})" if values["rule"] else ""
            subjects = " ".join(values["subjects"])
            click.echo(f"f{finding.id}  {finding.status.value}{doubt}  {named}{rule}  {subjects}")


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
        output.print_record({"status": status.value, "ids": list(ids)}, as_json)

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
    finding_ids = [number_of(public_id, "f") for public_id in ids if len(public_id) != _LENGTH]
    named = [suggestion_id for suggestion_id in ids if len(suggestion_id) == _LENGTH]
    chosen = suggestions.chosen(scanned(), named) if named else []
    if finding_ids:
        decisions.decide_again(case, finding_ids, status, reason)
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
    output.print_record(values, as_json)


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
            output.print_record(values, as_json)
        else:
            click.echo(f"{rulebook.id:8} {rulebook.name_en}: {len(rulebook.rules)} rules")
    for problem in library.problems:
        output.complain(f"{problem.path}:{problem.line}: {problem.reason}")
    return 1 if library.problems else 0
