"""What a dossier says of confirmed findings: the acts, and the rule with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from evidence_app.dossier.bilingual import text_in
from evidence_app.dossier.content import Basis, Breach, Exhibit, FindingGroup, Instance
from evidence_app.dossier.options import DossierLanguage, Language
from evidence_app.model.event import Event
from evidence_app.model.finding import Finding, Ground, SubjectKind
from evidence_app.model.rulebook import Provision, Rule
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.model.times import epoch_ms
from evidence_app.rulebook import violations
from evidence_app.services import explanations, rulebooks


def groups(
    confirmed: Sequence[Finding],
    events: Mapping[int, Event],
    exhibits: Sequence[Exhibit],
    where: ZoneInfo,
    language: DossierLanguage,
) -> tuple[FindingGroup, ...]:
    """The confirmed findings by violation type, in the order of the taxonomy.

    Args:
        confirmed: All of them.
        events: What they rest on, by number.
        exhibits: The items in the dossier.
        where: The zone by which acts are ordered.
        language: Of the dossier.
    """
    teller = _Teller(events, exhibits, where, language)
    result = []
    for violation_type in violations.all_types():
        own_findings = [
            finding for finding in confirmed if finding.violation == violation_type.code
        ]
        if own_findings:
            name = text_in(language, violation_type.name)
            explanation = text_in(language, violation_type.explanation)
            instances, bases = teller.instances(own_findings), teller.bases(own_findings)
            lacking = teller.not_known(own_findings)
            code = violation_type.code
            result.append(FindingGroup(code, name, explanation, instances, bases, lacking))
    return tuple(result)


class _Teller:
    """Says what findings rest on."""

    def __init__(
        self,
        events: Mapping[int, Event],
        exhibits: Sequence[Exhibit],
        where: ZoneInfo,
        language: DossierLanguage,
    ) -> None:
        self._events = events
        self._by_item = {exhibit.item.id: exhibit for exhibit in exhibits}
        self._by_number = {exhibit.number: exhibit for exhibit in exhibits}
        self._where = where
        self._language = language

    def instances(self, findings: Sequence[Finding]) -> tuple[Instance, ...]:
        """The acts and items, each once with all that was written on it, by time."""
        notes: dict[tuple[int | None, int | None], list[str]] = {}
        marks: dict[int, list[int]] = {}
        for finding in findings:
            for event_id in finding.acts():
                note = finding.note if finding.ground is None else ""
                notes.setdefault((None, event_id), []).append(note)
            item_ids = set(finding.subjects_of(SubjectKind.ITEM))
            if finding.subject.kind is SubjectKind.ITEM:
                item_ids.add(finding.subject.id)
                on_it = marks.setdefault(finding.subject.id, [])
                on_it += finding.subjects_of(SubjectKind.MARK)
            for whole_id in item_ids:
                notes.setdefault((whole_id, None), []).append(finding.note)
        rows = []
        for (item_id, act_id), several in notes.items():
            note = "\n".join(dict.fromkeys(text for text in several if text.strip()))
            event = self._events.get(act_id) if act_id is not None else None
            exhibit = self._by_item.get(event.item_id if event is not None else item_id or 0)
            if exhibit is not None:
                drawn = tuple(dict.fromkeys(marks.get(item_id or 0, ())))
                rows.append(Instance(exhibit.number, event, note, drawn))
        return tuple(sorted(rows, key=self._time))

    def _time(self, instance: Instance) -> tuple[bool, int, int]:
        item = self._by_number[instance.exhibit].item
        reading = instance.event.time if instance.event is not None else item.time
        at = epoch_ms(reading.moment, self._where) if reading is not None else 0
        return reading is None, at, instance.event.id if instance.event is not None else 0

    def bases(self, findings: Sequence[Finding]) -> tuple[Basis, ...]:
        """The rules by which findings were suggested, each with its findings by time."""
        by_rule: dict[tuple[str, str, str], list[tuple[Finding, Ground]]] = {}
        for finding in findings:
            if (ground := finding.ground) is not None:
                key = ground.rulebook, ground.rule, ground.rulebook_version
                by_rule.setdefault(key, []).append((finding, ground))
        return tuple(map(self._basis, by_rule.values()))

    def not_known(self, findings: Sequence[Finding]) -> tuple[str, ...]:
        """What is not known of some findings."""
        lacking = {
            fact: None
            for finding in findings
            if finding.ground is not None
            for fact in finding.ground.missing
        }
        return tuple(text_in(self._language, partial(_not_known, fact)) for fact in lacking)

    def _basis(self, findings: Sequence[tuple[Finding, Ground]]) -> Basis:
        ground = findings[0][1]
        rule = _rule(ground)
        provision = rule.provision if rule is not None else None
        strength = rule.force if rule is not None else None
        conditions = {self._condition(ground, rule) for _, ground in findings}
        breaches = [
            self._breach(finding, ground, rule, is_conditional=len(conditions) > 1)
            for finding, ground in findings
        ]
        breaches.sort(key=lambda breach: [self._time(instance) for instance in breach.events[:1]])
        return Basis(
            force=text_in(self._language, partial(explanations.force_words, strength))
            if strength is not None
            else "",
            provision=explanations.cited(provision, "en").name if provision is not None else "",
            quotation=provision.quote if provision is not None else "",
            reservation=text_in(self._language, partial(_reservation, provision)),
            condition=conditions.pop() if len(conditions) == 1 else "",
            rule=f"{ground.rule} ({ground.rulebook_version})",
            breaches=tuple(breaches),
        )

    def _condition(self, ground: Ground, rule: Rule | None) -> str:
        if rule is None:
            return ""
        tell = partial(explanations.condition, _suggestion(ground, ""), rule)
        return text_in(self._language, tell)

    def _breach(
        self, finding: Finding, ground: Ground, rule: Rule | None, *, is_conditional: bool
    ) -> Breach:
        events = tuple(sorted(self._all(finding), key=self._time))
        if rule is None:
            return Breach("", events, finding.note)
        suggestion = _suggestion(ground, finding.violation)
        tell = partial(
            explanations.sentence_for_others, suggestion, rule, with_condition=is_conditional
        )
        return Breach(text_in(self._language, tell), events, finding.note)

    def _all(self, finding: Finding) -> Iterable[Instance]:
        for event_id in finding.subjects_of(SubjectKind.EVENT):
            event = self._events.get(event_id)
            exhibit = self._by_item.get(event.item_id) if event is not None else None
            if exhibit is not None:
                yield Instance(exhibit.number, event)


def _rule(ground: Ground) -> Rule | None:
    """The rule by which it was suggested, if the program still has it."""
    rulebook = rulebooks.library().rulebooks.get(ground.rulebook)
    rules = rulebook.rules if rulebook is not None else ()
    return next((rule for rule in rules if rule.id == ground.rule), None)


def _reservation(provision: Provision | None, language: Language) -> str:
    return "" if provision is None else explanations.cited(provision, language).reservation


def _suggestion(ground: Ground, violation: str) -> Suggestion:
    return Suggestion(
        ground.rule, ground.rulebook, violation, (), ground.arithmetic, ground.missing
    )


def _not_known(fact: Missing, language: Language) -> str:
    return explanations.not_known([fact], language)[0]
