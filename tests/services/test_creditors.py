"""A creditor, its debt and who collects for it: one step, one undo, and the rules follow."""

from datetime import date
from typing import Any

import pytest

from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode
from evidence_app.model.party import Party, Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services import creditors, debts, parties, rule_facts
from evidence_app.services.creditors import Caller, CreditorAnswers, DebtAnswers, Relation
from evidence_app.services.history import History

CALLER, AGENT = "19000000017", "19000000018"


def answers(*callers: Caller, **values: Any) -> CreditorAnswers:
    defaults: dict[str, Any] = {
        "creditor": None,
        "name": "某银行",
        "kind": CollectorKind.BANK,
        "debt": None,
        "answers": DebtAnswers("信用卡", "尾号 1234", "5000 元", date(2025, 1, 1), None, 90),
    }
    return CreditorAnswers(**(defaults | values), callers=callers)


def party(case: Any, identifier: str) -> Party:
    return parties.of_identifier(case, identifier)


@pytest.fixture
def people(case: Any) -> tuple[int, int]:
    for number in (CALLER, AGENT):
        parties.assign(case, number, Role.UNKNOWN)
    return party(case, CALLER).id, party(case, AGENT).id


def test_all_of_it_is_kept_in_one_step_and_taken_back_in_one(
    case: Any, people: tuple[int, int]
) -> None:
    agency, collector = people
    history = History(case)
    edit = creditors.save(
        case,
        answers(
            Caller(agency, Relation.AGENCY), Caller(collector, Relation.OF_AGENCY, agency=agency)
        ),
    )
    history.record(edit)
    [debt] = debts.list_debts(case)
    assert (debt.id, debt.days_overdue, debt.borrowed_on) == (edit.debt_id, 90, date(2025, 1, 1))
    setting = rule_facts.setting_of(case)
    assert setting.people[collector].collector == agency
    assert setting.people[collector].creditor_kind is CollectorKind.BANK
    assert setting.people[collector].debt == debt.id
    history.undo()
    assert debts.list_debts(case) == []
    assert party(case, CALLER).role is Role.UNKNOWN


def test_i_do_not_know_is_an_answer(case: Any, people: tuple[int, int]) -> None:
    creditor_answers = answers(
        Caller(people[0], Relation.UNKNOWN), kind=CollectorKind.UNKNOWN, answers=DebtAnswers()
    )
    creditors.save(case, creditor_answers)
    assert party(case, "某银行").kind is CollectorKind.UNKNOWN
    assert party(case, CALLER).role is Role.UNKNOWN
    [debt] = debts.list_debts(case)
    assert (debt.amount, debt.due_on, debt.days_overdue) == ("", None, None)


def test_saying_it_otherwise_changes_the_same_debt(case: Any, people: tuple[int, int]) -> None:
    edit = creditors.save(case, answers(Caller(people[0], Relation.CREDITOR)))
    bank = party(case, "某银行").id
    again = answers(
        Caller(people[0], Relation.UNKNOWN),
        creditor=bank,
        debt=edit.debt_id,
        name="另一银行",
        answers=DebtAnswers("网贷"),
    )
    creditors.save(case, again)
    [debt] = debts.list_debts(case)
    assert (debt.id, debt.product, debt.days_overdue) == (edit.debt_id, "网贷", None)
    assert parties.get(case, bank).name == "另一银行"
    assert party(case, CALLER).acts_for is None


def test_somebody_who_is_not_in_the_list_is_added(case: Any) -> None:
    creditors.save(case, answers(Caller(None, Relation.AGENCY, name="某某催收公司")))
    added = party(case, "某某催收公司")
    assert (added.role, added.name) == (Role.AGENCY, "某某催收公司")
    assert added.acts_for == party(case, "某银行").id


def test_who_collects_for_somebody_else_stays_there(case: Any, people: tuple[int, int]) -> None:
    creditors.save(case, answers(Caller(people[0], Relation.CREDITOR)))
    creditors.save(case, answers(Caller(people[0], Relation.NONE), name="某小贷"))
    assert party(case, CALLER).acts_for == party(case, "某银行").id


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, MessageCode.NEEDS_VALUE),
        ({"answers": DebtAnswers(days_overdue=-1)}, MessageCode.BAD_DAYS),
        (
            {"answers": DebtAnswers(borrowed_on=date(2025, 2, 1), due_on=date(2025, 1, 1))},
            MessageCode.DUE_BEFORE_BORROWED,
        ),
        ({"creditor": 999}, MessageCode.UNKNOWN_ID),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    case: Any, values: dict[str, Any], code: MessageCode
) -> None:
    before = len(parties.list_parties(case))
    with pytest.raises(UsageError) as refused:
        creditors.save(case, answers(**values))
    assert refused.value.message.code is code
    assert debts.list_debts(case) == []
    assert len(parties.list_parties(case)) == before


def test_nobody_collects_for_themselves_in_the_end(case: Any, people: tuple[int, int]) -> None:
    first, second = people
    with pytest.raises(UsageError) as refused:
        creditors.save(
            case,
            answers(
                Caller(first, Relation.OF_AGENCY, agency=second),
                Caller(second, Relation.OF_AGENCY, agency=first),
            ),
        )
    assert refused.value.message.code is MessageCode.ACTS_FOR_ITSELF
