"""Acts in several sources are counted once, also after one of the sources was read again."""

from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import events as event_records
from evidence_app.model.custody import Action
from evidence_app.model.event import Event
from evidence_app.model.filters import EventFilter
from evidence_app.model.question import QuestionKind
from evidence_app.services import events as timeline
from evidence_app.services import items, questions
from evidence_app.services.importing.importer import Importer

START = 1_700_000_000_000


def bring(case: CaseFile, *paths: Path) -> list[int]:
    with Importer(case) as importer:
        return [result.item_id for result in importer.run(paths) if result.item_id is not None]


def read_again(case: CaseFile, item_id: int) -> None:
    with Importer(case) as importer:
        importer.read_again(item_id)


def events(case: CaseFile, item_id: int | None = None) -> list[Event]:
    event_filter = EventFilter() if item_id is None else EventFilter(item_id=item_id)
    return timeline.get_many(case, timeline.index(case, event_filter).ids)


def sources(case: CaseFile) -> list[list[str]]:
    """In which files each act that is shown stands."""
    return [
        [source.filename for source in timeline.sources(case, event.id)] for event in events(case)
    ]


def xml(path: Path, *starts: int) -> Path:
    calls = "".join(
        f'<call number="13800138001" duration="60" date="{start}" type="1" '
        f'readable_date="{path.name}" />'
        for start in starts
    )
    path.write_text(f'<?xml version="1.0"?><calls count="{len(starts)}">{calls}</calls>')
    return path


@pytest.mark.parametrize("order", [(0,), (1,), (0, 1), (1, 0), (2, 0, 1)])
def test_acts_of_overlapping_backups(case: CaseFile, tmp_path: Path, order: list[int]) -> None:
    times = [START + n * 60_000 for n in range(6)]
    files = [xml(tmp_path / f"{name}.xml", *times[n:]) for n, name in enumerate("abc")]
    ids = bring(case, *files)
    before = sources(case)
    assert [len(source) for source in before] == [1, 2, 3, 3, 3, 3]
    for n in order:
        read_again(case, ids[n])
    assert sources(case) == before
    assert [len(events(case, item_id)) for item_id in ids] == [6, 5, 4]


def test_rows_that_stand_twice_in_each_copy(case: CaseFile, tmp_path: Path) -> None:
    ids = bring(case, *(xml(tmp_path / f"{name}.xml", START, START) for name in "ab"))
    for item_id in (*ids, *ids):
        read_again(case, item_id)
    bring(case, xml(tmp_path / "c.xml", START, START, START))
    assert sorted(map(len, sources(case))) == [1, 3, 3]


def test_a_call_in_the_bill_and_in_the_phone(case: CaseFile, tmp_path: Path) -> None:
    bill = tmp_path / "bill.csv"
    # 2023-11-15 06:13:20 in Shanghai; the bill counts from the connection, 40 s later.
    bill.write_text(
        "对方号码,起始时间,通信方式,通话时长(秒)\n13800138001,2023-11-15 06:14:00,被叫,60\n"
    )
    ids = bring(case, xml(tmp_path / "phone.xml", START), bill)
    for item_id in (*ids, *ids):
        read_again(case, item_id)
        assert sources(case) == [["phone.xml", "bill.csv"]]


def _answer(case: CaseFile, item_id: int, kind: QuestionKind, value: str) -> None:
    [question] = [
        question
        for question in questions.list_questions(case)
        if question.item_id == item_id and question.question.kind is kind
    ]
    questions.answer(case, [question.id], value)


def test_acts_that_an_answer_tells_apart_or_brings_together(case: CaseFile, tmp_path: Path) -> None:
    rows = "03/04/2024 10:00,in,95001,3\n05/06/2024 11:00,out,95001,4\n"
    for name, last in (("a", 1), ("b", 2)):
        text = f"date,type,number,seconds\n{rows}07/08/2024 12:00,in,95001,{last}\n"
        (tmp_path / f"{name}.csv").write_text(text)
    first, second = bring(case, tmp_path / "a.csv", tmp_path / "b.csv")
    assert len(events(case)) == 6
    _answer(case, first, QuestionKind.DATE_ORDER, "dmy")
    assert len(events(case)) == 6
    _answer(case, second, QuestionKind.DATE_ORDER, "dmy")
    assert len(events(case)) == 4
    # The clock of one hung in New York; of the other it is not known, so these are other acts.
    _answer(case, first, QuestionKind.TIMEZONE, "America/New_York")
    assert len(events(case)) == 6
    _answer(case, second, QuestionKind.TIMEZONE, "America/New_York")
    assert len(events(case)) == 4
    assert sorted(map(len, sources(case))) == [1, 1, 2, 2]


def test_an_act_that_one_of_three_sources_does_not_tell_any_more(
    case: CaseFile, tmp_path: Path
) -> None:
    bring(case, *(xml(tmp_path / f"{name}.xml", START) for name in "abc"))
    [event] = events(case)
    with case.change(Action.ANSWER, {"item": event.item_id}, undoable=False) as change:
        event_records.remove_unused(change, [event.id])
    assert sources(case) == [["b.xml", "c.xml"]]


def test_a_record_that_an_earlier_version_linked_with_itself_comes_back(
    case: CaseFile, tmp_path: Path
) -> None:
    first, _ = bring(case, *(xml(tmp_path / f"{name}.xml", START) for name in "ab"))
    [event] = events(case)
    with case.change(Action.ANSWER, {"item": first}, undoable=False) as change:
        event_records.edit_event(change, event.id, same_as=event.id)
    assert sources(case) == []
    read_again(case, first)
    assert [sorted(source) for source in sources(case)] == [["a.xml", "b.xml"]]


def test_an_act_of_a_source_in_the_trash_is_its_own_when_the_other_one_changes(
    case: CaseFile, tmp_path: Path
) -> None:
    text = "date,type,number,seconds\n2024-04-13 10:00,in,95001,3\n2024-04-14 10:00,in,95001,3\n"
    (tmp_path / "a.csv").write_text(text)
    (tmp_path / "b.csv").write_text(text + "2024-04-15 10:00,in,95001,3\n")
    first, second = bring(case, tmp_path / "a.csv", tmp_path / "b.csv")
    items.trash(case, [second])
    _answer(case, first, QuestionKind.TIMEZONE, "America/New_York")
    items.restore(case, [second])
    assert len(events(case)) == 5
