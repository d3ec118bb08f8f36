"""A creditor with a debt and all who collect for it, written down in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import debts as debt_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.custody import Action
from evidence_app.model.party import Identifier, Party, Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services import debts, parties, short_texts
from evidence_app.services.history import Edit, editing


class Relation(StrEnum):
    """What somebody is to a creditor, as the person says."""

    UNKNOWN = "unknown"
    NONE = "none"
    CREDITOR = "creditor"
    AGENCY = "agency"
    OF_AGENCY = "of_agency"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls or writes, and what they are to the creditor.

    Attributes:
        party: The number of the party; None for somebody who is not in the case yet.
        relation: What they are to the creditor.
        agency: The name or number of the agency for which they work; for ``OF_AGENCY`` only.
        name: A name or number; for somebody who is not in the case yet.
    """

    party: int | None
    relation: Relation
    agency: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class DebtAnswers:
    """What the person says of a debt; what they do not know is empty or None."""

    product: str = ""
    number: str = ""
    amount: str = ""
    borrowed_on: date | None = None
    due_on: date | None = None
    days_overdue: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CreditorAnswers:
    """What the person says of one creditor.

    Attributes:
        creditor: The number of the party; None if it is not in the case yet.
        name: What it is called.
        kind: What it is as a lender.
        debt: The number of the debt; None for a new one.
        answers: What the debt is.
        callers: Who collects; those who are left out stay as they are.
    """

    creditor: int | None
    name: str
    kind: CollectorKind
    debt: int | None
    answers: DebtAnswers
    callers: Sequence[Caller] = ()


def relation_of(party: Party, creditor: int | None, people: Mapping[int, Party]) -> Relation:
    """What a party is to a creditor, as far as the case says.

    Args:
        party: The party.
        creditor: The creditor; None for one that is not in the case yet.
        people: All parties by their numbers.
    """
    if creditor is None or party.acts_for is None:
        return Relation.UNKNOWN
    if party.acts_for == creditor:
        return Relation.AGENCY if party.role is Role.AGENCY else Relation.CREDITOR
    principal = people.get(party.acts_for)
    if principal is not None and principal.acts_for == creditor:
        return Relation.OF_AGENCY
    return Relation.NONE


def save(case: CaseFile, answers: CreditorAnswers) -> Edit:
    """Keep what the person says of a creditor, its debt and who collects for it.

    Raises:
        UsageError: The creditor has no name; a day is later than the one that must follow it; a
            number of days is none; somebody would collect for themselves in the end.
    """
    name = short_texts.checked(answers.name)
    if not name:
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="name"))
    cells = _debt_cells(answers.answers)
    people = {party.id: party for party in parties.list_parties(case)}
    if answers.creditor is not None:
        parties.get(case, answers.creditor)
    if answers.debt is not None:
        debts.get(case, answers.debt)
    _require_no_circle(people, answers)
    detail: dict[str, Any] = {"creditor": answers.creditor, "name": name, **cells}
    if answers.debt is not None:
        detail["debt"] = answers.debt
    detail["callers"] = [
        f"{caller.party or caller.name}: {caller.relation.value}" for caller in answers.callers
    ]
    with editing(case, Action.EDIT_DEBT, detail) as (change, edit):
        region = case_records.info(change.connection).jurisdiction.region()
        creditor = _write_creditor(change, answers, name, region)
        if answers.debt is None:
            edit.debt_id = debt_records.add_debt(change, creditor, cells)
        else:
            debt_records.edit_debt(change, answers.debt, {"creditor_id": creditor, **cells})
        for caller in answers.callers:
            _write_caller(change, caller, creditor, people, region)
    return edit


def _debt_cells(answers: DebtAnswers) -> dict[str, Any]:
    if answers.borrowed_on and answers.due_on and answers.due_on < answers.borrowed_on:
        raise UsageError(message(MessageCode.DUE_BEFORE_BORROWED))
    return debts.cells(
        {
            "product": answers.product,
            "number": answers.number,
            "amount": answers.amount,
            "borrowed_on": answers.borrowed_on,
            "due_on": answers.due_on,
            "days_overdue": answers.days_overdue,
            "note": answers.note,
        }
    )


def _write_creditor(change: Change, answers: CreditorAnswers, name: str, region: str | None) -> int:
    creditor = answers.creditor
    if creditor is None:
        normalized = numbers.normalize(name, region)
        creditor = party_records.known_party(change, normalized)
        if creditor is None:
            identifier = Identifier(name, normalized)
            creditor = party_records.add_party(change, Role.CREDITOR, name, identifier)
    kind = None if answers.kind is CollectorKind.UNKNOWN else answers.kind.value
    role = Role.CREDITOR.value
    party_records.edit_party(change, creditor, role=role, name=name, kind=kind, acts_for=None)
    return creditor


def _write_caller(
    change: Change,
    caller: Caller,
    creditor: int,
    people: Mapping[int, Party],
    region: str | None,
) -> None:
    party_id = caller.party
    if party_id is None:
        party_id = _new_caller(change, caller.name, region)
    values = _caller_cells(caller, creditor, people.get(party_id), people)
    if party_id != creditor and values:
        party_records.edit_party(change, party_id, **values)


def _new_caller(change: Change, name: str, region: str | None) -> int:
    normalized = numbers.normalize(name, region)
    party_id = party_records.known_party(change, normalized)
    if party_id is not None:
        return party_id
    identifier = Identifier(name.strip(), normalized)
    is_number = not any(sign.isalpha() for sign in name)
    return party_records.add_party(
        change, Role.UNKNOWN, "" if is_number else name.strip(), identifier
    )


def _caller_cells(
    caller: Caller, creditor: int, party: Party | None, people: Mapping[int, Party]
) -> dict[str, Any]:
    """What becomes of a party; nothing if the person does not say more than is known."""
    if caller.relation is Relation.CREDITOR:
        return {"role": Role.COLLECTOR.value, "acts_for": creditor}
    if caller.relation is Relation.AGENCY:
        return {"role": Role.AGENCY.value, "acts_for": creditor}
    if caller.relation is Relation.OF_AGENCY:
        return {"role": Role.COLLECTOR.value, "acts_for": caller.agency}
    if party is None or relation_of(party, creditor, people) not in _COLLECTS:
        return {}
    return {"acts_for": None}


_COLLECTS = (Relation.CREDITOR, Relation.AGENCY, Relation.OF_AGENCY)


def _require_no_circle(people: Mapping[int, Party], answers: CreditorAnswers) -> None:
    """Refuse a chain of those who collect for each other that comes back to its beginning."""
    principal_of = {party.id: party.acts_for for party in people.values()}
    if answers.creditor is not None:
        principal_of[answers.creditor] = None
    for caller in answers.callers:
        party = people.get(caller.party or 0)
        if party is not None and party.id != answers.creditor:
            cells = _caller_cells(caller, answers.creditor or 0, party, people)
            principal_of[party.id] = cells.get("acts_for", party.acts_for)
    for start in principal_of:
        passed, following = {start}, principal_of[start]
        while following:
            if following in passed:
                label = people[start].label() if start in people else f"p{start}"
                raise UsageError(message(MessageCode.ACTS_FOR_ITSELF, name=label))
            passed.add(following)
            following = principal_of.get(following)
