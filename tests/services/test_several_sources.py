"""Acts in several sources, files in files, questions, people behind many numbers, devices."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import select

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError
from evidence_app.model.event import Direction, Event
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.question import DateOrder, QuestionKind, TableMapping, mapping_values
from evidence_app.model.times import Instant, to_text
from evidence_app.progress import Progress
from evidence_app.services import (
    column_mappings,
    custody,
    devices,
    findings,
    items,
    parties,
    questions,
)
from evidence_app.services import events as timeline
from evidence_app.services.history import History
from evidence_app.services.importing.importer import (
    Importer,
    ImportOptions,
    ImportOutcome,
    ImportResult,
)

START = 1_700_000_000_000
PNG = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
).decode()


def bring(
    case: CaseFile, *paths: Path, import_options: ImportOptions | None = None
) -> list[ImportResult]:
    with Importer(case, import_options) as importer:
        return importer.run(paths)


def events(case: CaseFile, event_filter: EventFilter | None = None) -> list[Event]:
    return timeline.get_many(case, timeline.index(case, event_filter or EventFilter()).ids)


def xml(path: Path, *rows: tuple[str, int, int, int], name: str = "") -> Path:
    """A phone's log of (number, start in ms, seconds, type)."""
    calls = "".join(
        f'<call number="{number}" duration="{seconds}" date="{start}" type="{kind}" '
        f'contact_name="{name}" readable_date="{path.name}" />'
        for number, start, seconds, kind in rows
    )
    path.write_text(f'<?xml version="1.0"?><calls count="{len(rows)}">{calls}</calls>')
    return path


def bill(path: Path, *rows: str) -> Path:
    path.write_text("对方号码,起始时间,通信方式,通话时长(秒)\n" + "\n".join(rows) + "\n")
    return path


def test_overlapping_backups_add_nothing_twice(case: CaseFile, tmp_path: Path) -> None:
    rows = [("13800138001", START + n * 60_000, n, 1) for n in range(10)]
    first = xml(tmp_path / "a.xml", *rows[:7])
    second = xml(tmp_path / "b.xml", *reversed(rows[3:]), name="Li")
    [first_result, second_result] = bring(case, first, second)
    assert (first_result.events, first_result.known) == (7, 0)
    assert (second_result.events, second_result.known) == (7, 4)
    assert len(events(case)) == 10
    [party] = [party for party in parties.list_parties(case) if party.role is not Role.ME]
    assert party.event_count == 10
    both = [event for event in events(case) if len(timeline.sources(case, event.id)) == 2]
    assert len(both) == 4
    assert {source.filename for source in timeline.sources(case, both[0].id)} == {"a.xml", "b.xml"}


def test_rows_that_stand_twice_in_each_of_two_backups_are_two_acts(
    case: CaseFile, tmp_path: Path
) -> None:
    row = ("13800138001", START, 5, 1)
    bring(case, xml(tmp_path / "a.xml", row, row), xml(tmp_path / "b.xml", row, row))
    assert len(events(case)) == 2


def test_a_call_in_the_bill_and_in_the_phone_is_one(case: CaseFile, tmp_path: Path) -> None:
    # 2023-11-15 06:13:20 in Shanghai; the bill counts from the connection, 40 s later.
    phone = xml(
        tmp_path / "phone.xml",
        ("+8613800138001", START, 61, 1),
        ("+8613800138001", START + 3_600_000, 0, 3),
    )
    carrier = bill(
        tmp_path / "bill.csv",
        "13800138001,2023-11-15 06:14:00,被叫,60",
        "13800138001,2023-11-15 06:16:00,被叫,60",
        "13800138002,2023-11-15 06:13:20,被叫,61",
    )
    results = bring(case, phone, carrier)
    assert results[1].known == 1
    listed_events = events(case)
    assert len(listed_events) == 4
    others = timeline.other_sources(case, [listed_event.id for listed_event in listed_events])
    assert {key: [event.filename for event in value] for key, value in others.items()} == {
        listed_events[0].id: ["bill.csv"]
    }
    linked = timeline.sources(case, listed_events[0].id)
    assert [source.filename for source in linked] == ["phone.xml", "bill.csv"]
    assert len(events(case, EventFilter(item_id=results[1].item_id))) == 3


@pytest.mark.parametrize(
    "row",
    [
        "13800138001,2023-11-15 06:14:21,被叫,61",
        "13800138001,2023-11-15 06:13:21,被叫,64",
        "13800138001,2023-11-15 06:13:21,主叫,61",
        "138****8001,2023-11-15 06:13:21,被叫,61",
    ],
)
def test_what_differs_too_much_is_not_linked(case: CaseFile, tmp_path: Path, row: str) -> None:
    phone = xml(tmp_path / "phone.xml", ("13800138001", START, 61, 1))
    bring(case, phone, bill(tmp_path / "bill.csv", row, "13800138005,2023-11-15 01:00:00,被叫,1"))
    assert len(events(case)) == 3


def test_another_source_stands_in_for_one_in_the_trash(case: CaseFile, tmp_path: Path) -> None:
    rows = [("13800138001", START + n * 60_000, n, 1) for n in range(3)]
    files = [xml(tmp_path / f"{name}.xml", *rows[: 3 - n]) for n, name in enumerate("abc")]
    [first_result, second_result, third_result] = bring(case, *files)
    assert first_result.item_id and second_result.item_id and third_result.item_id
    history = History(case)
    history.record(items.trash(case, [first_result.item_id]))
    assert [event.filename for event in events(case)] == ["b.xml", "b.xml"]
    assert len(timeline.sources(case, events(case)[0].id)) == 3
    history.undo()
    assert [event.filename for event in events(case)] == ["a.xml"] * 3
    history.redo()
    items.restore(case, [first_result.item_id])
    assert len(events(case)) == 3


def test_withheld_and_masked_numbers_are_nobody(case: CaseFile, tmp_path: Path) -> None:
    bring(
        case,
        xml(
            tmp_path / "a.xml",
            ("-1", START, 1, 1),
            ("-2", START + 1000, 1, 1),
            ("138****8001", START + 2000, 1, 1),
            ("138****8001", START + 3000, 1, 1),
        ),
    )
    assert [event.party_id for event in events(case)] == [None] * 4


def mms(path: Path, *names: str) -> Path:
    entries = "".join(
        f'<mms date="{START + n}" msg_box="1" address="13800138001"><parts>'
        f'<part ct="image/png" cl="{name}" data="{PNG}"/></parts></mms>'
        for n, name in enumerate(names)
    )
    path.write_text(f'<?xml version="1.0"?><smses count="{len(names)}">{entries}</smses>')
    return path


def test_the_pictures_of_messages_are_items_even_if_they_are_the_same(
    case: CaseFile, tmp_path: Path
) -> None:
    results = bring(case, mms(tmp_path / "sms.xml", "a.png", "b.png"))
    assert [result.outcome for result in results] == [
        ImportOutcome.IMPORTED,
        ImportOutcome.IMPORTED,
        ImportOutcome.ALREADY_THERE,
    ]
    picture = results[1].item_id
    assert picture is not None and results[0].item_id is not None
    messages = events(case, EventFilter(item_id=results[0].item_id))
    assert [timeline.enclosed_items(case, message.id) for message in messages] == [
        [picture],
        [picture],
    ]
    assert items.containers(case, picture) == [results[0].item_id]
    with items.open_original(case, picture) as stream:
        assert stream.read() == base64.b64decode(PNG)


def test_files_in_a_file_that_were_missed_come_when_it_is_dropped_again(
    case: CaseFile, tmp_path: Path
) -> None:
    path = mms(tmp_path / "sms.xml", "a.png")
    stopped = False

    def stop(result: ImportResult) -> None:
        nonlocal stopped
        stopped = True

    with Importer(case) as importer:
        first = importer.run(
            [path], progress=Progress(is_cancelled=lambda: stopped), on_result=stop
        )
        assert [result.outcome for result in first] == [
            ImportOutcome.IMPORTED,
            ImportOutcome.NOT_IMPORTED,
        ]
        second = importer.run([path])
    assert [result.outcome for result in second] == [
        ImportOutcome.ALREADY_THERE,
        ImportOutcome.IMPORTED,
    ]


AMBIGUOUS = "date,type,number,seconds\n03/04/2024 10:00,in,95001,3\n05/06/2024 11:00,out,95001,4\n"


def test_an_answer_gives_times_to_entries_and_keeps_what_was_found(
    case: CaseFile, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(AMBIGUOUS)
    [result] = bring(case, path)
    assert result.outcome is ImportOutcome.PARTLY_READ
    open_questions = {
        question.question.kind: question for question in questions.list_questions(case)
    }
    assert set(open_questions) == {QuestionKind.DATE_ORDER, QuestionKind.TIMEZONE}
    before = events(case)
    assert [event.time for event in before] == [None, None]
    findings.confirm(case, [Subject(SubjectKind.EVENT, before[0].id)], "excessive_contact")
    [again] = questions.answer(case, [open_questions[QuestionKind.DATE_ORDER].id], "dmy")
    assert again.outcome is ImportOutcome.IMPORTED
    after = events(case)
    assert {event.id for event in after} == {event.id for event in before}
    assert [event.time and to_text(event.time.moment) for event in after] == [
        "2024-04-03T10:00:00",
        "2024-06-05T11:00:00",
    ]
    assert len(findings.list_findings(case)) == 1
    assert [question.question.kind for question in questions.list_questions(case)] == [
        QuestionKind.TIMEZONE
    ]
    questions.answer(case, [questions.list_questions(case)[0].id], "America/New_York")
    moments = [event.time.moment for event in events(case) if event.time]
    assert [to_text(moment) for moment in moments] == [
        "2024-04-03T10:00:00-04:00",
        "2024-06-05T11:00:00-04:00",
    ]
    assert all(isinstance(moment, Instant) for moment in moments)
    assert questions.list_questions(case) == []
    with pytest.raises(UsageError):
        questions.answer(case, [open_questions[QuestionKind.DATE_ORDER].id], "sideways")


def test_what_is_said_beforehand_is_not_asked(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(AMBIGUOUS)
    options = ImportOptions(
        date_order=DateOrder.MDY,
        timezone="Asia/Shanghai",
        device="my P40",
        owners=("13900000009", "李"),
    )
    [result] = bring(case, path, import_options=options)
    assert (result.outcome, result.questions) == (ImportOutcome.IMPORTED, ())
    assert result.item_id is not None
    device = devices.of_item(case, result.item_id)
    assert device is not None and device.name == "my P40"
    mine = [party for party in parties.list_parties(case) if party.role is Role.ME]
    assert "13900000009" in {identifier.raw for party in mine for identifier in party.identifiers}


def test_a_mapping_is_remembered_for_tables_with_the_same_heading(
    case: CaseFile, tmp_path: Path
) -> None:
    head = "Wann,Wer,Richtung,Sek\n"
    for name, day in (("a", 15), ("b", 16), ("c", 17)):
        (tmp_path / f"{name}.csv").write_text(
            f"{head}2024-03-{day} 14:30:00,+12025550143,her,12\n"
            f"2024-03-{day} 15:30:00,+12025550143,hin,12\n"
        )
    mapping = TableMapping(
        {"time": 0, "number": 1, "direction": 2, "duration": 3},
        ("Wann", "Wer", "Richtung", "Sek"),
        {"her": "incoming", "hin": "outgoing"},
    )
    bring(case, tmp_path / "a.csv", tmp_path / "b.csv")
    listed_questions = [
        question
        for question in questions.list_questions(case)
        if question.question.kind is QuestionKind.MAPPING
    ]
    assert len(listed_questions) == 2
    questions.answer(case, [listed_questions[0].id], mapping_values(mapping))
    assert len(events(case)) == 4
    bring(case, tmp_path / "c.csv")
    assert {event.direction for event in events(case)} == {Direction.INCOMING, Direction.OUTGOING}
    assert len(events(case)) == 6
    column_mappings.save(tmp_path / "m.json", mapping)
    assert column_mappings.load(tmp_path / "m.json") == mapping
    (tmp_path / "bad.json").write_text("[1]")
    with pytest.raises(UsageError):
        column_mappings.load(tmp_path / "bad.json")


WORDS = (
    "Date,Type,Number,Duration\n2024-03-{0} 14:30:00,Zugang,+12025550143,3\n"
    "2024-03-{0} 15:30:00,Abgang,+12025550143,4\n"
)


def test_words_and_units_are_asked_once_for_all_tables_with_the_same_heading(
    case: CaseFile, tmp_path: Path
) -> None:
    for day in (15, 16, 17):
        (tmp_path / f"{day}.csv").write_text(WORDS.format(day))
    results = bring(case, tmp_path / "15.csv", tmp_path / "16.csv")
    assert {result.outcome for result in results} == {ImportOutcome.PARTLY_READ}
    open_questions = questions.list_questions(case)
    word_questions = [
        open_question
        for open_question in open_questions
        if open_question.question.kind is QuestionKind.CALL_WORDS
    ]
    units = [
        open_question
        for open_question in open_questions
        if open_question.question.kind is QuestionKind.DURATION_UNIT
    ]
    assert (len(word_questions), len(units)) == (2, 2)
    assert {event.direction for event in events(case)} == {Direction.NONE}
    before = {event.id for event in events(case)}
    meanings = {"Zugang": "incoming", "Abgang": "outgoing"}
    questions.answer(case, [word_questions[0].id], meanings)
    unit = next(
        question
        for question in questions.list_questions(case)
        if question.question.kind is QuestionKind.DURATION_UNIT
    )
    with pytest.raises(UsageError):
        questions.answer(case, [unit.id], "hours")
    questions.answer(case, [unit.id], "Minutes")
    bring(case, tmp_path / "17.csv")
    listed_events = events(case)
    assert before < {listed_event.id for listed_event in listed_events}
    assert [listed_event.direction for listed_event in listed_events].count(Direction.INCOMING) == 3
    assert {listed_event.duration_s for listed_event in listed_events} == {180, 240}
    kinds = {question.question.kind for question in questions.list_questions(case)}
    assert kinds == {QuestionKind.TIMEZONE} or not kinds
    for wrong in ({"Zugang": "sideways"}, "x"):
        with pytest.raises(UsageError):
            questions.answer(case, [word_questions[0].id], wrong)


def test_an_answer_in_two_steps_keeps_the_first(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(WORDS.format(15).replace("Duration", "Seconds"))
    bring(case, tmp_path / "a.csv")
    for meanings in ({"Zugang": "incoming"}, {"Abgang": "outgoing"}):
        [question] = [
            question
            for question in questions.list_questions(case)
            if question.question.kind is QuestionKind.CALL_WORDS
        ]
        questions.answer(case, [question.id], meanings)
    assert [event.direction for event in events(case)] == [Direction.INCOMING, Direction.OUTGOING]


def test_the_rows_that_could_not_be_read_are_named(case: CaseFile, tmp_path: Path) -> None:
    rows = [f"2024-03-15 14:{n:02}:00,in,95001,{n}" for n in range(20)]
    for at in (3, 4, 9):
        rows[at] = "soon,in,95001,1"
    (tmp_path / "a.csv").write_text("\n".join(["date,type,number,seconds", *rows]))
    [result] = bring(case, tmp_path / "a.csv")
    assert result.outcome is ImportOutcome.PARTLY_READ
    assert result.reason is not None
    assert "17 entries were read, 3 rows could not be read: 5–6, 11." in result.reason.english()


def test_people_are_put_together_and_taken_apart_and_back(case: CaseFile, tmp_path: Path) -> None:
    rows = [(f"1380013800{n}", START + n * 60_000, n, 1) for n in range(1, 4)]
    bring(case, xml(tmp_path / "a.xml", *rows))
    history = History(case)
    ids = [party.id for party in parties.list_parties(case) if party.role is not Role.ME]
    before = parties.list_parties(case)
    history.record(parties.merge(case, ids, "Agency X"))
    [together] = [party for party in parties.list_parties(case) if party.role is not Role.ME]
    assert (together.name, together.event_count) == ("Agency X", 3)
    assert {event.party_id for event in events(case)} == {together.id}
    number = together.identifiers[1].normalized
    history.record(parties.split(case, together.id, [number]))
    apart = [party for party in parties.list_parties(case) if party.role is not Role.ME]
    assert sorted(party.event_count for party in apart) == [1, 2]
    with pytest.raises(UsageError):
        parties.split(case, together.id, ["+8613999999999"])
    history.undo()
    history.undo()
    assert parties.list_parties(case) == before
    actions = [entry.action.value for entry in custody.list_entries(case)]
    assert actions[-4:] == ["merge_parties", "split_party", "undo", "undo"]


def test_a_device_is_kept_and_can_be_described(case: CaseFile, tmp_path: Path) -> None:
    [result] = bring(case, xml(tmp_path / "a.xml", ("13800138001", START, 1, 1)))
    assert result.item_id is not None
    devices.assign(case, [result.item_id], "P40", holder="me", is_kept=True)
    device = devices.of_item(case, result.item_id)
    assert device is not None
    assert (device.name, device.holder, device.is_kept) == ("P40", "me", True)
    assert [device.name for device in devices.list_devices(case)] == ["P40"]


def test_every_item_has_one_row(case: CaseFile, tmp_path: Path) -> None:
    bring(case, mms(tmp_path / "sms.xml", "a.png", "b.png"))
    assert len(items.index(case, ItemFilter())) == 2
    with case.read() as connection:
        parts = connection.execute(select(schema.part)).all()
    assert len(parts) == 2
