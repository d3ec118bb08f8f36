"""What the rules make of a case: suggestions, each with the events it rests on and what it counts.

A suggestion itself is never kept: only what the person decides on it is part of the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import seals
from evidence_app.casefile.records import acts as act_records
from evidence_app.casefile.records import findings as finding_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.finding import Finding, FindingStatus
from evidence_app.model.rulebook import CollectorKind, Rulebook
from evidence_app.model.suggested import Citation, LookAgain, Suggested
from evidence_app.progress import SILENT, Progress
from evidence_app.rulebook import scan
from evidence_app.rulebook.asking import CitedHit
from evidence_app.rulebook.contact import Surroundings
from evidence_app.rulebook.grouping import by_strength
from evidence_app.rulebook.scan import Uncounted
from evidence_app.services import decisions, rule_facts, rulebooks
from evidence_app.services.contradictions import contradiction
from evidence_app.services.decisions import Grounds
from evidence_app.services.explanations import Explanation, explain

__all__ = [
    "CaseScan",
    "Explanation",
    "LookAgain",
    "Suggested",
    "SuggestionEngine",
    "Uncounted",
    "contradiction",
    "explain",
    "kind_of",
    "scan_case",
]


@dataclass(frozen=True, slots=True)
class CaseScan:
    """What all rules make of a case.

    Attributes:
        suggestions: Those too on which the person decided. First by rulebook and rule, as the
            rulebooks order them; what is new after a change comes last.
        uncounted: Events that no rule could count, and why.
        rulebooks: The rulebooks that were asked.
        look_again: The confirmed findings that have lost their ground, and why, by their number.
    """

    suggestions: tuple[Suggested, ...]
    uncounted: tuple[Uncounted, ...]
    rulebooks: tuple[Rulebook, ...]
    look_again: Mapping[int, LookAgain] = field(default_factory=dict)

    def open(self) -> list[Suggested]:
        """Those on which nothing was decided yet."""
        return [
            suggestion
            for suggestion in self.suggestions
            if suggestion.status is FindingStatus.SUGGESTED
        ]


def kind_of(word: str | None) -> CollectorKind:
    """Who collects, by its word on the command line; unknown without one.

    Raises:
        UsageError: There is no such kind.
    """
    try:
        return CollectorKind(word) if word is not None else CollectorKind.UNKNOWN
    except ValueError as error:
        kinds = ", ".join(CollectorKind)
        raise UsageError(message(MessageCode.UNKNOWN_KIND, value=word, known=kinds)) from error


def scan_case(
    case: CaseFile,
    more: Sequence[str] = (),
    kind: CollectorKind = CollectorKind.UNKNOWN,
) -> CaseScan:
    """Ask the rules once.

    Args:
        case: The case.
        more: Rulebooks to ask besides those of the case, as ``us-fl``.
        kind: Who collects, where the case does not say it.

    Raises:
        UsageError: There is no rulebook of that name.
    """
    return SuggestionEngine(case, more, kind).scan()


def chosen(case_scan: CaseScan, ids: Iterable[str]) -> list[Suggested]:
    """The suggestions of some identities.

    Raises:
        UsageError: There is none of one of them.
    """
    by_id = {suggestion.id: suggestion for suggestion in case_scan.suggestions}
    for suggestion_id in ids:
        if suggestion_id not in by_id:
            raise UsageError(message(MessageCode.UNKNOWN_SUGGESTION, value=suggestion_id))
    return [by_id[suggestion_id] for suggestion_id in dict.fromkeys(ids)]


class SuggestionEngine:
    """Asks the rules of an open case, and again after each change only about what it touched.

    It may be used from one thread at a time.
    """

    def __init__(
        self,
        case: CaseFile,
        more: Sequence[str] = (),
        kind: CollectorKind = CollectorKind.UNKNOWN,
    ) -> None:
        """Begin without having asked anything; arguments as for `scan_case`."""
        self._case = case
        self._more = tuple(more)
        self._kind = kind
        self._seal: int | None = None

    def scan(self, progress: Progress = SILENT) -> CaseScan:
        """What the rules make of the case as it is now.

        Args:
            progress: Asked between rules; nothing can be asked of this engine once cancelled.

        Raises:
            Cancelled: The person asked to stop.
            UsageError: There is no rulebook of a name that was given.
        """
        with self._case.read() as connection:
            seal = seals.newest(connection)
            changed = (
                None if self._seal is None else act_records.changed_since(connection, self._seal)
            )
            decided = finding_records.of_suggestions(connection)
        if changed is None:
            self._begin(progress)
        elif changed:
            self._renew(changed)
        self._seal = seal
        return self._result(decided)

    def _begin(self, progress: Progress) -> None:
        self._rulebooks = rulebooks.active(self._case, self._more)
        self._setting = rule_facts.setting_of(self._case, self._kind)
        self._facts = rule_facts.read(self._case, self._setting)
        self._prints: dict[int, bytes] = {}
        self._members: dict[str, dict[int, Citation]] = {}
        self._grouped: dict[str, Suggested] = {}
        self._scanner = scan.Scanner(
            self._rulebooks, self._facts.contacts.values(), self._surroundings(), progress
        )
        self._group_all()

    def _renew(self, changed: set[int]) -> None:
        fresh = rule_facts.read(self._case, self._setting, sorted(changed))
        before = [
            self._facts.contacts.pop(event_id) for event_id in changed & self._facts.contacts.keys()
        ]
        agreed = {
            event_id
            for event_id in changed
            if self._facts.agreed_hours.pop(event_id, None) is not None
        }
        for event_id in changed:
            self._prints.pop(event_id, None)
        self._facts.contacts.update(fresh.contacts)
        self._facts.item_of.update(fresh.item_of)
        self._facts.agreed_hours.update(fresh.agreed_hours)
        if agreed or fresh.agreed_hours:
            self._scanner.surround(self._surroundings())
        delta = self._scanner.replace(before, list(fresh.contacts.values()))
        if delta is None:
            self._group_all()
        else:
            self._group(*delta)

    def _surroundings(self) -> Surroundings:
        return Surroundings(agreed_hours=tuple(self._facts.agreed_hours.values()))

    def _result(self, decided: Sequence[Finding]) -> CaseScan:
        suggested = list(self._grouped.values())
        contacts = self._facts.contacts
        grounds = Grounds(self._scanner, contacts, suggested, self._digest)
        return CaseScan(
            decisions.applied(suggested, decided),
            scan.uncounted(list(contacts.values())),
            tuple(self._rulebooks),
            grounds.lost(decided),
        )

    def _group_all(self) -> None:
        self._members, self._grouped = {}, {}
        self._group([], self._scanner.cited_hits())

    def _group(self, removed: Iterable[CitedHit], added: Iterable[CitedHit]) -> None:
        """One suggestion for all rules that the same events may have broken."""
        touched: dict[str, None] = {}
        for finding in removed:
            self._members.get(finding.id, {}).pop(id(finding.citation), None)
            touched[finding.id] = None
        for finding in added:
            self._members.setdefault(finding.id, {})[id(finding.citation)] = finding.citation
            touched[finding.id] = None
        for name in touched:
            members = self._members.get(name)
            if members:
                self._grouped[name] = self._suggested(name, by_strength(members.values()))
            else:
                self._members.pop(name, None)
                self._grouped.pop(name, None)

    def _suggested(self, name: str, citations: tuple[Citation, ...]) -> Suggested:
        ids = citations[0].suggestion.event_ids()
        items = {self._facts.item_of[event_id] for event_id in ids}
        return Suggested(name, citations, tuple(sorted(items)), self._digest(ids))

    def _digest(self, event_ids: Iterable[int]) -> str:
        """What rules see of some events, in one word."""
        hasher = hashlib.sha256()
        for event_id in sorted(set(event_ids)):
            fingerprint = self._prints.get(event_id)
            if fingerprint is None:
                fingerprint = rule_facts.fingerprint(self._facts.contacts[event_id])
                self._prints[event_id] = fingerprint
            hasher.update(fingerprint)
        return hasher.hexdigest()
