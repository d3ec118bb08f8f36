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
        found = party_records.parties(connection, party_id)
    if not found:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"p{party_id}"))
    return found[0]


def of_identifier(case: CaseFile, identifier: str) -> Party:
    """The party with that number or address, or of that number in the case, as ``p3``.

    Raises:
        UsageError: There is none.
    """
    if identifier[:1] == "p" and identifier[1:].isdecimal():
        return get(case, int(identifier[1:]))
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
        found = party_records.find_party(connection, numbers.normalize(identifier, region))
    if found is None:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=identifier))
    return get(case, found)


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
        known = {one.id: one for one in party_records.parties(connection)}
    normalized = numbers.normalize(identifier, region)
    if not normalized:
        raise UsageError(message(MessageCode.ROW_BAD_NUMBER, value=identifier))
    values = _values(role=role, name=name, kind=kind, acts_for=acts_for)
    detail = {"identifier": normalized, "name": None, **values}
    with editing(case, Action.EDIT_PARTY, detail) as (change, made):
        party_id = party_records.known_party(change, normalized)
        _require_no_circle(known, party_id, acts_for)
        if party_id is None:
            written = Identifier(identifier.strip(), normalized)
            party_id = party_records.add_party(change, role, "", written)
        party_records.edit_party(change, party_id, **values)
    return made


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
        known = {one.id: one for one in party_records.parties(connection)}
    _require_no_circle(known, party_id, acts_for)
    values = _values(role=role, name=name, note=note, kind=kind, acts_for=acts_for)
    with editing(case, Action.EDIT_PARTY, {"party": party_id, **values}) as (change, made):
        party_records.edit_party(change, party_id, **values)
    return made


def _values(
    *,
    role: Role | None,
    name: str | None,
    kind: CollectorKind | None,
    acts_for: int | None,
    note: str | None = None,
) -> dict[str, Any]:
    """The cells to write; what is None is left out."""
    given: dict[str, Any] = {
        "role": role.value if role is not None else None,
        "name": short_texts.checked(name) if name is not None else None,
        "note": note,
        "kind": kind.value if kind is not None else None,
    }
    values = {key: value for key, value in given.items() if value is not None}
    if acts_for is not None:
        values["acts_for"] = acts_for or None
    return values


def _require_no_circle(
    known: Mapping[int, Party], party_id: int | None, acts_for: int | None
) -> None:
    """Refuse a chain of those who collect for each other that comes back to its beginning."""
    passed = {party_id}
    following = acts_for or None
    while following is not None:
        if following not in known:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"p{following}"))
        if following in passed:
            name = known[following].label() or f"p{following}"
            raise UsageError(message(MessageCode.ACTS_FOR_ITSELF, name=name))
        passed.add(following)
        following = known[following].acts_for


def add_own_numbers(case: CaseFile, names: Sequence[str]) -> None:
    """Know the numbers of the person's own for all files to come; names are left to each file."""
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
        known = {
            identifier.normalized
            for one in party_records.parties(connection)
            if one.role is Role.ME
            for identifier in one.identifiers
        }
    for name in names:
        normalized = numbers.normalize(name, region)
        if normalized.lstrip("+").isdigit() and normalized not in known:
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
    words = short_texts.checked(name) if name is not None else None
    detail = {"into": first.id, "parties": [other.id for other in others]}
    found_name = next((one.name for one in (first, *others) if one.name), "")
    role = next((one.role for one in (first, *others) if one.role is not Role.UNKNOWN), first.role)
    unknown = CollectorKind.UNKNOWN
    kind = next((one.kind for one in (first, *others) if one.kind is not unknown), unknown)
    merged = {one.id for one in (first, *others)}
    principals = (one.acts_for for one in (first, *others))
    acts_for = next((one for one in principals if one is not None and one not in merged), None)
    with editing(case, Action.MERGE_PARTIES, detail) as (change, made):
        for other in others:
            party_records.move_all(change, other.id, first.id)
        party_records.edit_party(
            change,
            first.id,
            name=found_name if words is None else words,
            role=role.value,
            kind=None if kind is unknown else kind.value,
            acts_for=acts_for,
        )
    return made


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
    own = {one.normalized: one for one in party.identifiers}
    for identifier in identifiers:
        if identifier not in own:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=identifier))
    if not identifiers or len(set(identifiers)) == len(own):
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="NUMBER"))
    detail = {"party": party_id, "identifiers": list(identifiers)}
    with editing(case, Action.SPLIT_PARTY, detail) as (change, made):
        new = party_records.add_nameless(change, party.role)
        for identifier in identifiers:
            party_records.move_identifier(change, own[identifier].normalized, new)
    return made
