"""Finds numbers of other people in the words of messages, for the person to black out or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.casefile.case import CaseFile
from evidence_app.model import numbers
from evidence_app.model.event import Event
from evidence_app.model.mark import MarkKind, Words
from evidence_app.model.party import Role
from evidence_app.services import cases, marks, parties
from evidence_app.services import events as timeline

ACCUSED = (Role.ME, Role.CREDITOR, Role.AGENCY, Role.COLLECTOR, Role.AUTHORITY)
"""Their numbers are what the case is about."""

_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class ProposedRedaction:
    """Words that are probably somebody else's number.

    Attributes:
        place: Where they stand.
        text: What they are.
    """

    place: Words
    text: str


def of_event(case: CaseFile, event_id: int) -> list[ProposedRedaction]:
    """Numbers of others in a message that are not blacked out yet; nothing is changed.

    Raises:
        UsageError: There is no such event.
    """
    return list(_proposed(case, timeline.get(case, event_id), *_own_numbers_and_region(case)))


def all_proposed(case: CaseFile) -> Iterator[ProposedRedaction]:
    """Those of all messages, by time."""
    own_numbers, region = _own_numbers_and_region(case)
    for event in timeline.stream(case, timeline.EventFilter()):
        yield from _proposed(case, event, own_numbers, region)


def _own_numbers_and_region(case: CaseFile) -> tuple[frozenset[str], str | None]:
    """The numbers that are not to be blacked out, and by whose habits numbers are read."""
    own_numbers = {
        identifier.normalized
        for party in parties.list_parties(case)
        if party.role in ACCUSED
        for identifier in party.identifiers
    }
    return frozenset(own_numbers), cases.info(case).jurisdiction.region()


def _proposed(
    case: CaseFile, event: Event, own_numbers: frozenset[str], region: str | None
) -> Iterator[ProposedRedaction]:
    stretches = sorted({*_telephones(event, own_numbers, region), *_identities(event.text)})
    if not stretches:
        return
    hidden = [
        mark.words
        for mark in marks.of_event(case, event.id)
        if mark.kind is MarkKind.REDACTION and mark.words is not None
    ]
    for first, end in stretches:
        if not any(stretch.first < end and first < stretch.end for stretch in hidden):
            yield ProposedRedaction(Words(event.id, first, end), event.text[first:end])


def _telephones(
    event: Event, own_numbers: frozenset[str], region: str | None
) -> Iterator[tuple[int, int]]:
    """Where numbers of mobile and ordinary telephones stand, of nobody whom the case is about."""
    import phonenumbers
    from phonenumbers import PhoneNumberType

    if not any(character.isdigit() for character in event.text):
        return
    private = {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
    for match in phonenumbers.PhoneNumberMatcher(event.text, region):
        normal = numbers.normalize(match.raw_string, region)
        is_private = phonenumbers.number_type(match.number) in private
        if is_private and normal not in own_numbers and normal != event.identifier_normalized:
            yield match.start, match.end


def _identities(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers of Chinese identity cards stand, whose last sign checks the others.

    Source: GB 11643-1999.
    """
    for match in _IDENTITY.finditer(text):
        digits = match[0].upper()
        total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
        if _CHECK[total % 11] == digits[-1]:
            yield match.span()
