"""Who is who: roles, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.custody import Action
from evidence_app.model.party import Identifier, Party, Role
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


def assign(case: CaseFile, identifier: str, role: Role, name: str | None = None) -> Edit:
    """Say what the party with that number or address is; it is made if there is none.

    Raises:
        UsageError: The identifier is empty or stands for a withheld number.
    """
    with case.read() as connection:
        region = case_records.info(connection).jurisdiction.region()
    normalized = numbers.normalize(identifier, region)
    if not normalized:
        raise UsageError(message(MessageCode.ROW_BAD_NUMBER, value=identifier))
    name = short_texts.checked(name) if name is not None else None
    detail = {"identifier": normalized, "role": role.value, "name": name}
    with editing(case, Action.EDIT_PARTY, detail) as (change, made):
        party_id = party_records.find_party(change.connection, normalized)
        if party_id is None:
            written = Identifier(identifier.strip(), normalized)
            party_records.add_party(change, role, name or "", written)
        else:
            values = {"role": role.value} | ({} if name is None else {"name": name})
            party_records.edit_party(change, party_id, **values)
    return made


def edit(
    case: CaseFile,
    party_id: int,
    *,
    role: Role | None = None,
    name: str | None = None,
    note: str | None = None,
) -> Edit:
    """Change what is known of a party; None leaves a value as it is."""
    words = short_texts.checked(name) if name is not None else None
    given = {"role": role.value if role else None, "name": words, "note": note}
    values = {key: value for key, value in given.items() if value is not None}
    with editing(case, Action.EDIT_PARTY, {"party": party_id, **values}) as (change, made):
        party_records.edit_party(change, party_id, **values)
    return made


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
    with editing(case, Action.MERGE_PARTIES, detail) as (change, made):
        for other in others:
            party_records.move_all(change, other.id, first.id)
        party_records.edit_party(
            change, first.id, name=found_name if words is None else words, role=role.value
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
