"""Who is who: roles, names and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.custody import Action
from evidence_app.model.party import Identifier, Party, Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing


def list_parties(case: CaseFile) -> list[Party]:
    """All parties, those with most events first."""
    with case.read() as connection:
        return party_records.parties(connection)


def get(case: CaseFile, party_id: int) -> Party:
    """One party.

    Raises:
        UsageError: There is none of that number.
    """
    with case.read() as connection:
        parties = party_records.parties(connection, party_id)
    if not parties:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"p{party_id}"))
    return parties[0]


def of_identifier(case: CaseFile, identifier: str) -> Party:
    """The party with that number or address, or of that number in the case, as ``p3``.

    Raises:
        UsageError: There is none.
    """
    if identifier[:1] == "p" and identifier[1:].isdecimal():
        return get(case, int(identifier[1:]))
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
        party_id = party_records.find_party(connection, numbers.normalize(identifier, region))
    if party_id is None:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=identifier))
    return get(case, party_id)


def assign(
    case: CaseFile,
    identifier: str,
    role: Role,
    name: str | None = None,
    *,
    kind: CollectorKind | None = None,
    acts_for: int | None = None,
) -> Edit:
    """Say what the party with that number or address is; it is made if there is none.

    Args:
        case: The case.
        identifier: A number, an address or a name.
        role: What the party is to the case.
        name: What it is called; None leaves it as it is.
        kind: What it is as a lender or collector; None leaves it as it is.
        acts_for: The party for which it collects; 0: for nobody; None leaves it as it is.

    Raises:
        UsageError: The identifier is empty or stands for a withheld number; or the party would
            collect for itself in the end.
    """
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
        people = {party.id: party for party in party_records.parties(connection)}
    normalized = numbers.normalize(identifier, region)
    if not normalized:
        raise UsageError(message(MessageCode.ROW_BAD_NUMBER, value=identifier))
    values = _values(role=role, name=name, kind=kind, acts_for=acts_for)
    detail = {"identifier": normalized, "name": None, **values}
    with editing(case, Action.EDIT_PARTY, detail) as (change, new_edit):
        party_id = party_records.known_party(change, normalized)
        _require_no_circle(people, party_id, acts_for)
        if party_id is None:
            written = Identifier(identifier.strip(), normalized)
            party_id = party_records.add_party(change, role, "", written)
        party_records.edit_party(change, party_id, **values)
    return new_edit


def edit(
    case: CaseFile,
    party_id: int,
    *,
    role: Role | None = None,
    name: str | None = None,
    note: str | None = None,
    kind: CollectorKind | None = None,
    acts_for: int | None = None,
) -> Edit:
    """Change what is known of a party; None leaves a value as it is.

    Args:
        case: The case.
        party_id: The party.
        role: What it is to the case.
        name: What it is called.
        note: The person's words.
        kind: What it is as a lender or collector; ``unknown`` if the person does not know.
        acts_for: The party for which it collects; 0: for nobody, or the person does not know.

    Raises:
        UsageError: It would collect for itself in the end, or for a party that is not there.
    """
    with case.read() as connection:
        people = {party.id: party for party in party_records.parties(connection)}
    _require_no_circle(people, party_id, acts_for)
    values = _values(role=role, name=name, note=note, kind=kind, acts_for=acts_for)
    with editing(case, Action.EDIT_PARTY, {"party": party_id, **values}) as (change, new_edit):
        party_records.edit_party(change, party_id, **values)
    return new_edit


def _values(
    *,
    role: Role | None,
    name: str | None,
    kind: CollectorKind | None,
    acts_for: int | None,
    note: str | None = None,
) -> dict[str, Any]:
    """The cells to write; what is None is left out."""
    changes: dict[str, Any] = {
        "role": role.value if role is not None else None,
        "name": short_texts.checked(name) if name is not None else None,
        "note": note,
        "kind": kind.value if kind is not None else None,
    }
    values = {key: value for key, value in changes.items() if value is not None}
    if acts_for is not None:
        values["acts_for"] = acts_for or None
    return values


def _require_no_circle(
    people: Mapping[int, Party], party_id: int | None, acts_for: int | None
) -> None:
    """Refuse a chain of those who collect for each other that comes back to its beginning."""
    passed = {party_id}
    following = acts_for or None
    while following is not None:
        if following not in people:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"p{following}"))
        if following in passed:
            name = people[following].label() or f"p{following}"
            raise UsageError(message(MessageCode.ACTS_FOR_ITSELF, name=name))
        passed.add(following)
        following = people[following].acts_for


def add_own_numbers(case: CaseFile, names: Sequence[str]) -> None:
    """Know the numbers of the person's own for all files to come; names are left to each file."""
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
        own = {
            identifier.normalized
            for party in party_records.parties(connection)
            if party.role is Role.ME
            for identifier in party.identifiers
        }
    for name in names:
        normalized = numbers.normalize(name, region)
        if normalized.lstrip("+").isdigit() and normalized not in own:
            assign(case, name, Role.ME)


def merge(case: CaseFile, party_ids: Sequence[int], name: str | None = None) -> Edit:
    """Put several parties together: they are one person or agency with several numbers.

    The first keeps its number, role and note; it takes the name of another if it has none.

    Raises:
        UsageError: There are not two, or one is not there.
    """
    first, *others = [get(case, party_id) for party_id in dict.fromkeys(party_ids)]
    if not others:
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="ID ID"))
    checked_name = short_texts.checked(name) if name is not None else None
    detail = {"into": first.id, "parties": [other.id for other in others]}
    found_name = next((party.name for party in (first, *others) if party.name), "")
    role = next(
        (party.role for party in (first, *others) if party.role is not Role.UNKNOWN), first.role
    )
    unknown = CollectorKind.UNKNOWN
    kind = next((party.kind for party in (first, *others) if party.kind is not unknown), unknown)
    merged = {party.id for party in (first, *others)}
    principals = (party.acts_for for party in (first, *others))
    acts_for = next(
        (party_id for party_id in principals if party_id is not None and party_id not in merged),
        None,
    )
    with editing(case, Action.MERGE_PARTIES, detail) as (change, new_edit):
        for other in others:
            party_records.move_all(change, other.id, first.id)
        party_records.edit_party(
            change,
            first.id,
            name=found_name if checked_name is None else checked_name,
            role=role.value,
            kind=None if kind is unknown else kind.value,
            acts_for=acts_for,
        )
    return new_edit


def split(case: CaseFile, party_id: int, identifiers: Sequence[str]) -> Edit:
    """Make a party of its own of some of a party's identifiers, with their events.

    Args:
        case: The case.
        party_id: The party that they are taken from.
        identifiers: In their compared form.

    Raises:
        UsageError: An identifier is not the party's, or none would be left.
    """
    party = get(case, party_id)
    own = {identifier.normalized: identifier for identifier in party.identifiers}
    for identifier in identifiers:
        if identifier not in own:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=identifier))
    if not identifiers or len(set(identifiers)) == len(own):
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="NUMBER"))
    detail = {"party": party_id, "identifiers": list(identifiers)}
    with editing(case, Action.SPLIT_PARTY, detail) as (change, new_edit):
        new = party_records.add_nameless(change, party.role)
        for identifier in identifiers:
            party_records.move_identifier(change, own[identifier].normalized, new)
    return new_edit
