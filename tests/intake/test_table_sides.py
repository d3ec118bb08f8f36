"""Who wrote or called in tables that tell it by names, places, or not for each row alike."""

import io

import pytest

from evidence_app.intake.readers.tables import call_table
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.question import Answers, Question, QuestionKind, TableWords


def read(text: str) -> list[Record]:
    data = text.encode()
    return list(call_table.read(Source(io.BytesIO(data), len(data), "x.csv", "US")))


def acts(records: list[Record]) -> list[tuple[object, ...]]:
    return [
        (event.type.value, event.direction.value, event.identifier, event.contact_name)
        for event in records
        if isinstance(event, EventRecord)
    ]


TABLES = {
    "both sides by name, of which one is me": (
        'Date,From,To,Text\n"Mar 2, 2025 9:14:22 AM",Bob,Me,Pay\n"Mar 2, 2025 9:15 AM",Me,Bob,No\n',
        [("message", "incoming", "Bob", ""), ("message", "outgoing", "Bob", "")],
    ),
    "me in the column for names, with a number": (
        "Date,Time,Contact,Phone Number,Message\n2025-03-02,09:14,Bob,+12125550123,Pay\n"
        "2025-03-02,09:15,Me,+12125550199,No\n",
        [
            ("message", "incoming", "+12125550123", "Bob"),
            ("message", "outgoing", "+12125550123", ""),
        ],
    ),
    "texts among calls": (
        "Date,Time,Type,Contact,Duration/Count\n2025-03-02,09:14,Incoming call,+12125550123,2 min\n"
        "2025-03-02,09:24,Outgoing text,+12125550123,1\n",
        [
            ("call", "incoming", "+12125550123", ""),
            ("message", "outgoing", "+12125550123", ""),
        ],
    ),
    "texts in a column of their own": (
        "Date,Destination,Number,Direction,Type\n"
        "2025-03-02 09:14,Incoming,2125550123,Incoming,Text\n"
        '2025-03-02 09:24,"Dallas, TX",2125550124,Outgoing,Picture Message\n',
        [("message", "incoming", "2125550123", ""), ("message", "outgoing", "2125550124", "")],
    ),
    "a message to a number that was called": (
        "Date;Heure;Numéro appelé;Type;Durée\n02/03/2025;09:14;0600000001;Appel émis;00h01m22s\n"
        "14/03/2025;09:14;0600000001;SMS;\n",
        [("call", "outgoing", "0600000001", ""), ("message", "outgoing", "0600000001", "")],
    ),
    "somebody's own list": (
        "日期时间,来电号码,是否接听\n"
        "2025-03-02 09:14,13800138000,是\n2025-03-02 10:14,13800138000,未接\n",
        [("call", "incoming", "13800138000", ""), ("call", "incoming", "13800138000", "")],
    ),
    "a column that says whether the owner wrote": (
        "date,is_from_me,handle,text\n2025-03-02 09:14,0,+12125550123,pay\n"
        "2025-03-02 09:15,1,+12125550123,no\n",
        [("message", "incoming", "+12125550123", ""), ("message", "outgoing", "+12125550123", "")],
    ),
    "the same as JSON": (
        '[{"date":"2025-03-02 09:14","from_me":false,"phone":"+12125550123","text":"pay"},'
        '{"date":"2025-03-02 09:15","from_me":true,"phone":"+12125550123","text":"no"}]',
        [("message", "incoming", "+12125550123", ""), ("message", "outgoing", "+12125550123", "")],
    ),
    "calls with notes": (
        "日期,时间,来电号码,是否接听,通话时长,内容\n2025-03-02,09:14,13800138000,是,1分22秒,威胁\n"
        "2025-03-02,10:14,13800138000,否,,\n",
        [("call", "incoming", "13800138000", ""), ("call", "incoming", "13800138000", "")],
    ),
    "a call to one's voicemail": (
        "Date,Time,Called number,Destination,Duration\n"
        "2025-03-02,09:14,2125550123,Dallas,00:01:00\n"
        "2025-03-02,09:24,2125550124,Voicemail,00:01:00\n",
        [("call", "outgoing", "2125550123", ""), ("call", "outgoing", "2125550124", "")],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_directions(name: str) -> None:
    text, expected = TABLES[name]
    records = read(text)
    assert acts(records) == expected
    assert not [record for record in records if isinstance(record, Question) and record.blocking]


def test_two_sides_in_every_row_are_asked_about() -> None:
    records = read(
        "Date,Caller,Callee,Duration\n2025-03-02 09:14,2125550123,2125550199,00:01:00\n"
        "2025-03-02 09:24,2125550199,2125550123,00:01:00\n"
    )
    assert {act[1] for act in acts(records)} == {"none"}
    [owner] = [record for record in records if isinstance(record, Question) and record.blocking]
    assert owner.kind is QuestionKind.OWNER
    assert set(owner.detail["candidates"]) == {"+12125550123", "+12125550199"}


def test_names_are_offered_as_they_are_written() -> None:
    records = read(
        "FROM,TO,DATE,CONTENT\nBob Lee,Ann Lee,2025-03-02 09:14,pay\n"
        "Ann Lee,Bob Lee,2025-03-02 09:15,no\n"
    )
    [owner] = [record for record in records if isinstance(record, Question) and record.blocking]
    assert set(owner.detail["candidates"]) == {"Bob Lee", "Ann Lee"}


def test_what_became_of_a_call_and_the_order_of_dates_that_a_weekday_stands_before() -> None:
    records = read(
        "Direction,From,To,Date,Time,Action Result,Duration\n"
        "Inbound,2125550123,2125550199,Sun 03/02/2025,9:14 AM,Accepted,0:01:22\n"
        "Inbound,2125550123,2125550199,Fri 03/14/2025,9:24 AM,Missed,0:00:22\n"
    )
    events = [event for event in records if isinstance(event, EventRecord)]
    assert [event.outcome.value for event in events] == ["answered", "missed"]
    assert [event.time.moment.at.month for event in events if event.time is not None] == [3, 3]


def test_a_word_that_means_nothing_leaves_the_number_that_was_called() -> None:
    heading = ("Date", "Number called", "Call type", "Duration")
    text = ",".join(heading) + "\n2025-03-02 09:14,2125550123,Mobile,00:01:22\n"
    answers = Answers(table_words=(TableWords(heading, {"Mobile": "nothing"}),))
    data = text.encode()
    records = call_table.read(Source(io.BytesIO(data), len(data), "x.csv", "US", answers=answers))
    assert [act[1] for act in acts(list(records))] == ["outgoing"]
