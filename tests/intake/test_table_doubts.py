"""What a table of calls leaves open is asked; nothing is decided without a word."""

import io

import pytest

from evidence_app.intake.readers.tables import call_table
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry
from evidence_app.model.question import (
    Answers,
    DateOrder,
    DurationUnit,
    Question,
    QuestionKind,
    TableMapping,
    TableWords,
)
from evidence_app.model.times import to_text


def read(text: str, answers: Answers | None = None, name: str = "calls.csv") -> list[Record]:
    data = text.encode()
    source = Source(io.BytesIO(data), len(data), name, answers=answers or Answers())
    assert call_table.recognises(source)
    return list(call_table.read(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def questions_of(records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in records if isinstance(question, Question)}


def notices(records: list[Record]) -> set[MessageCode]:
    return {notice.message.code for notice in records if isinstance(notice, Notice)}


def test_a_bill_without_a_column_for_numbers_is_taken_in_and_says_so() -> None:
    records = read(
        "起始时间,通信地点,通信方式,通信时长,通信类型\n2024-03-15 14:30:00,北京,被叫,1分5秒,国内\n"
    )
    [event] = acts(records)
    assert (event.direction, event.duration_s, event.identifier) == (Direction.INCOMING, 65, "")
    assert MessageCode.TABLE_WITHOUT_NUMBERS in notices(records)
    assert QuestionKind.MAPPING not in questions_of(records)


@pytest.mark.parametrize(
    "text",
    [
        "Date,Project,Duration\n2024-03-15,House,3 h\n2024-03-16,Garden,2 h\n",
        "Date,Type,Status\n2024-03-15,a,b\n2024-03-16,c,d\n",
    ],
)
def test_a_table_that_is_not_about_calls_does_not_become_one(text: str) -> None:
    records = read(text, name="work.csv")
    assert not acts(records)


HEAD = "Date,Type,Number,Duration (sec)\n"
ODD = (
    HEAD
    + "2024-03-15 14:30:00,Zugang,+12025550143,12\n"
    + "2024-03-15 14:31:00,Zugang,+12025550144,13\n"
    + "2024-03-15 14:32:00,Abgang,+12025550144,14\n"
    + "2024-03-15 14:33:00,,+12025550145,15\n"
    + "2024-03-15 14:34:00,Incoming,+12025550146,16\n"
)


def test_words_for_the_direction_that_are_not_known_are_asked_with_their_rows() -> None:
    question = questions_of(read(ODD))[QuestionKind.CALL_WORDS]
    assert question.blocking
    listed = {entry["word"]: entry for entry in question.detail["words"]}
    assert {word: entry["count"] for word, entry in listed.items()} == {
        "Zugang": 2,
        "Abgang": 1,
        "": 1,
    }
    assert listed["Abgang"]["rows"] == ["2024-03-15 14:32:00 · Abgang · +12025550144 · 14"]
    assert question.detail["heading"] == ["Date", "Type", "Number", "Duration (sec)"]


def test_the_answer_is_obeyed_and_what_was_not_answered_is_asked_again_with_it() -> None:
    heading = ("Date", "Type", "Number", "Duration (sec)")
    answer = TableWords(heading, {"Zugang": "incoming", "": "nothing"})
    records = read(ODD, Answers(table_words=(answer,)))
    assert [event.direction for event in acts(records)] == [
        Direction.INCOMING,
        Direction.INCOMING,
        Direction.NONE,
        Direction.NONE,
        Direction.INCOMING,
    ]
    question = questions_of(records)[QuestionKind.CALL_WORDS]
    assert [entry["word"] for entry in question.detail["words"]] == ["Abgang"]
    assert question.detail["known"] == {"Zugang": "incoming", "": "nothing"}
    other = TableWords(("Another", "table"), {"Abgang": "outgoing"})
    assert QuestionKind.CALL_WORDS in questions_of(read(ODD, Answers(table_words=(answer, other))))


def test_a_table_without_a_column_for_the_direction_asks() -> None:
    text = "Date,Number,Duration (sec)\n2024-03-15 14:30:00,+12025550143,12\n"
    question = questions_of(read(text))[QuestionKind.CALL_WORDS]
    assert [entry["word"] for entry in question.detail["words"]] == [""]
    answer = TableWords(("Date", "Number", "Duration (sec)"), {"": "incoming"})
    records = read(text, Answers(table_words=(answer,)))
    assert [event.direction for event in acts(records)] == [Direction.INCOMING]
    assert QuestionKind.CALL_WORDS not in questions_of(records)


def test_a_column_of_numbers_called_says_that_they_were_called() -> None:
    text = "Date,Number called,Duration (sec)\n2024-03-15 14:30:00,+12025550143,12\n"
    records = read(text)
    assert [event.direction for event in acts(records)] == [Direction.OUTGOING]
    assert QuestionKind.CALL_WORDS not in questions_of(records)


def test_a_result_that_is_not_known_is_asked_and_never_counts_as_answered_by_itself() -> None:
    head = "Date,Direction,Result,Number,Duration (sec)\n"
    text = head + (
        "2024-03-15 14:30:00,Incoming,Answered,+12025550143,12\n"
        "2024-03-15 14:31:00,Incoming,No answer,+12025550143,0\n"
        "2024-03-15 14:32:00,Incoming,Ins Leere,+12025550143,0\n"
        "2024-03-15 14:33:00,Outgoing,Busy,+12025550143,0\n"
    )
    records = read(text)
    assert [event.outcome for event in acts(records)] == [
        Outcome.ANSWERED,
        Outcome.MISSED,
        Outcome.ANSWERED,
        Outcome.UNKNOWN,
    ]
    question = questions_of(records)[QuestionKind.CALL_WORDS]
    assert [entry["word"] for entry in question.detail["words"]] == ["Ins Leere"]
    answer = TableWords(
        ("Date", "Direction", "Result", "Number", "Duration (sec)"), {"Ins Leere": "unanswered"}
    )
    again = read(text, Answers(table_words=(answer,)))
    assert acts(again)[2].outcome is Outcome.MISSED


@pytest.mark.parametrize(
    ("word", "direction", "outcome"),
    [
        ("Eingehend", Direction.INCOMING, Outcome.ANSWERED),
        ("Ausgehend", Direction.OUTGOING, Outcome.ANSWERED),
        ("Verpasst", Direction.INCOMING, Outcome.MISSED),
        ("Entrant", Direction.INCOMING, Outcome.ANSWERED),
        ("Sortant", Direction.OUTGOING, Outcome.ANSWERED),
        ("Manqué", Direction.INCOMING, Outcome.MISSED),
        ("Entrante", Direction.INCOMING, Outcome.ANSWERED),
        ("Saliente", Direction.OUTGOING, Outcome.ANSWERED),
        ("Perdida", Direction.INCOMING, Outcome.MISSED),
        ("Recebida", Direction.INCOMING, Outcome.ANSWERED),
        ("Efetuada", Direction.OUTGOING, Outcome.ANSWERED),
        ("Masuk", Direction.INCOMING, Outcome.ANSWERED),
        ("Keluar", Direction.OUTGOING, Outcome.ANSWERED),
        ("Tak terjawab", Direction.INCOMING, Outcome.MISSED),
        ("Gelen", Direction.INCOMING, Outcome.ANSWERED),
        ("Giden", Direction.OUTGOING, Outcome.ANSWERED),
        ("Cevapsız", Direction.INCOMING, Outcome.MISSED),
        ("Входящий", Direction.INCOMING, Outcome.ANSWERED),
        ("Исходящий", Direction.OUTGOING, Outcome.ANSWERED),
        ("Пропущенный", Direction.INCOMING, Outcome.MISSED),
        ("着信", Direction.INCOMING, Outcome.ANSWERED),
        ("発信", Direction.OUTGOING, Outcome.ANSWERED),
        ("不在着信", Direction.INCOMING, Outcome.MISSED),
        ("수신", Direction.INCOMING, Outcome.ANSWERED),
        ("발신", Direction.OUTGOING, Outcome.ANSWERED),
        ("부재중", Direction.INCOMING, Outcome.MISSED),
        ("來電", Direction.INCOMING, Outcome.ANSWERED),
        ("去電", Direction.OUTGOING, Outcome.ANSWERED),
        ("未接來電", Direction.INCOMING, Outcome.MISSED),
        ("已接来电", Direction.INCOMING, Outcome.ANSWERED),
        ("呼入未接通", Direction.INCOMING, Outcome.MISSED),
        ("Outgoing – no answer", Direction.OUTGOING, Outcome.UNKNOWN),
        ("Missed call", Direction.INCOMING, Outcome.MISSED),
        ("本地主叫本地", Direction.OUTGOING, Outcome.ANSWERED),
    ],
)
def test_words_of_many_languages(word: str, direction: Direction, outcome: Outcome) -> None:
    records = read(HEAD + f"2024-03-15 14:30:00,{word},+12025550143,12\n")
    [event] = acts(records)
    assert (event.direction, event.outcome) == (direction, outcome)
    assert QuestionKind.CALL_WORDS not in questions_of(records)


def test_a_word_that_says_only_that_nobody_answered_does_not_say_who_called() -> None:
    records = read(HEAD + "2024-03-15 14:30:00,No answer,+12025550143,0\n")
    assert [event.direction for event in acts(records)] == [Direction.NONE]
    assert QuestionKind.CALL_WORDS in questions_of(records)


@pytest.mark.parametrize(
    ("heading", "cell", "seconds"),
    [
        ("Mins", "3", 180),
        ("Minutes", "3", 180),
        ("Talk time (min)", "2.5", 150),
        ("Dauer (Min.)", "3", 180),
        ("通话时长(分钟)", "3", 180),
        ("时长（分）", "3", 180),
        ("Duration in seconds", "83", 83),
        ("通话时长（秒）", "83", 83),
        ("Süre (sn)", "83", 83),
        ("Duration (hh:mm:ss)", "00:01:23", 83),
        ("Duration", "1m 23s", 83),
        ("Duration", "1 min 23 sec", 83),
        ("Duration", "1分23秒", 83),
        ("Duration", "00:01:23", 83),
        ("Duration", "1:23", 83),
        ("Duration", "2 hrs 3 mins", 7380),
        ("Minutes", "1:23", 83),
        ("Durée", "1 h 2 min", 3720),
        ("Duration", "0", 0),
    ],
)
def test_what_a_duration_counts_is_told_by_heading_or_cell(
    heading: str, cell: str, seconds: float
) -> None:
    records = read(
        f"Date,Type,Number,{heading}\n2024-03-15 14:30:00,Incoming,+12025550143,{cell}\n"
    )
    assert [event.duration_s for event in acts(records)] == [seconds]
    assert QuestionKind.DURATION_UNIT not in questions_of(records)


PLAIN = "Date,Type,Number,Duration\n2024-03-15 14:30:00,Incoming,+12025550143,3\n"


def test_a_bare_figure_under_a_heading_that_does_not_tell_is_asked() -> None:
    records = read(PLAIN)
    assert [(event.duration_s, event.outcome) for event in acts(records)] == [
        (None, Outcome.ANSWERED)
    ]
    question = questions_of(records)[QuestionKind.DURATION_UNIT]
    assert question.detail == {
        "samples": ["3"],
        "heading": ["Date", "Type", "Number", "Duration"],
    }
    for unit, seconds in ((DurationUnit.MINUTES, 180), (DurationUnit.SECONDS, 3)):
        answer = TableWords(("Date", "Type", "Number", "Duration"), unit=unit)
        again = read(PLAIN, Answers(table_words=(answer,)))
        assert [event.duration_s for event in acts(again)] == [seconds]
        assert QuestionKind.DURATION_UNIT not in questions_of(again)


def test_figures_that_no_call_lasts_in_minutes_are_seconds() -> None:
    records = read(PLAIN + "2024-03-15 15:30:00,Incoming,+12025550143,3671\n")
    assert [event.duration_s for event in acts(records)] == [3, 3671]
    assert QuestionKind.DURATION_UNIT not in questions_of(records)


def test_the_mapping_may_say_that_minutes_are_counted() -> None:
    mapping = TableMapping({"time": 0, "number": 1, "direction": 2, "minutes": 3})
    text = "2024-03-15 14:30:00,+12025550143,Incoming,3\n2024-03-15 14:31:00,+12025550143,Out,4\n"
    records = read(text, Answers(mappings=(mapping,)))
    assert [event.duration_s for event in acts(records)] == [180, 240]


def test_rows_that_cannot_be_read_are_named_with_their_cells() -> None:
    rows = [f"2024-03-15 14:{n:02}:00,Incoming,+12025550143,1" for n in range(20)]
    rows[4], rows[9] = "soon,Incoming,+12025550143,1", "??,Incoming,+12025550143,1"
    skipped = [
        skipped_entry
        for skipped_entry in read(HEAD + "\n".join(rows))
        if isinstance(skipped_entry, SkippedEntry)
    ]
    assert [(skipped_entry.place.number, skipped_entry.raw) for skipped_entry in skipped] == [
        (6, "soon\tIncoming\t+12025550143\t1"),
        (11, "??\tIncoming\t+12025550143\t1"),
    ]


def test_messages_that_are_listed_without_their_words_are_messages() -> None:
    text = "起始时间,通信方式,对方号码,信息类型\n2024-03-15 14:30:00,接收,95001,短信\n"
    assert [event.type for event in acts(read(text, name="短信详单.csv"))] == [EventType.MESSAGE]


def test_the_words_above_the_table_tell_year_and_order() -> None:
    text = (
        "Statement period,05/02/2024 to 20/03/2024\nDate,Time,Number called,Mins\n"
        "06/02,10:21A,+12025550143,1\n3/3/24,10:21 PM,+12025550143,2\n"
    )
    records = read(text)
    assert [str(event.time and event.time.moment.at) for event in acts(records)] == [
        "2024-02-06 10:21:00",
        "2024-03-03 22:21:00",
    ]
    assert QuestionKind.DATE_ORDER not in questions_of(records)


def test_dates_that_contradict_each_other_are_asked_about_where_they_can_be_both() -> None:
    rows = "13/02/2024 10:00,in,95001,3\n02/13/2024 10:00,in,95001,3\n03/04/2024 10:00,in,95001,3\n"
    records = read(HEAD + rows)
    assert [event.time is None for event in acts(records)] == [False, False, True]
    assert questions_of(records)[QuestionKind.DATE_ORDER].detail == {
        "samples": ["03/04/2024 10:00"]
    }
    read_records = read(HEAD + rows, Answers(date_order=DateOrder.DMY))
    assert (
        str(acts(read_records)[-1].time and acts(read_records)[-1].time.moment.at)
        == "2024-04-03 10:00:00"
    )  # type: ignore[union-attr]


def test_numbers_of_orders_and_persons_are_no_telephone_numbers() -> None:
    row = "2024031522001400001234567,11010519491231002X,2024-03-15 14:30:00,{},1分5秒,{}\n"
    text = row.format("被叫", "13800138000") + row.format("主叫", "95001")
    assert [event.identifier for event in acts(read(text))] == ["13800138000", "95001"]
    cards = text.replace("2024031522001400001234567", "6222020200112233445")
    assert [event.identifier for event in acts(read(cards))] == ["13800138000", "95001"]


YEARLESS = (
    "起始时间,通信地点,通信方式,对方号码,通信时长\n"
    "{},深圳,被叫,01055500001,84秒\n{},深圳,被叫,01055500001,9秒\n"
)


def starts(records: list[Record]) -> list[str]:
    return [to_text(event.time.moment) if event.time else "" for event in acts(records)]


@pytest.mark.parametrize(
    ("dates", "samples", "year", "expected"),
    [
        (
            ("03-05 21:07:11", "03-06 06:07:11"),
            [["03-05 21:07:11", 0], ["03-06 06:07:11", 0]],
            2024,
            ["2024-03-05T21:07:11", "2024-03-06T06:07:11"],
        ),
        (
            ("01-02 08:00:00", "12-30 09:00:00"),
            [["12-30 09:00:00", 1], ["01-02 08:00:00", 0]],
            2024,
            ["2024-01-02T08:00:00", "2023-12-30T09:00:00"],
        ),
        (
            ("3月5日 21:07", "3月6日 6:07"),
            [["3月5日 21:07", 0], ["3月6日 6:07", 0]],
            2023,
            ["2023-03-05T21:07:00", "2023-03-06T06:07:00"],
        ),
        (
            ("Mar 15 10:21 AM", "Mar 16 1:22 PM"),
            [["Mar 15 10:21 AM", 0], ["Mar 16 1:22 PM", 0]],
            2024,
            ["2024-03-15T10:21:00", "2024-03-16T13:22:00"],
        ),
        (
            ("15/03 10:21", "16/03 13:22"),
            [["15/03 10:21", 0], ["16/03 13:22", 0]],
            2024,
            ["2024-03-15T10:21:00", "2024-03-16T13:22:00"],
        ),
    ],
)
def test_a_year_that_nothing_tells_is_asked(
    dates: tuple[str, str], samples: list[list[object]], year: int, expected: list[str]
) -> None:
    text = YEARLESS.format(*dates)
    records = read(text)
    assert starts(records) == ["", ""]
    question = questions_of(records)[QuestionKind.YEAR]
    assert question.detail["samples"] == samples
    assert question.blocking
    again = read(text, Answers(year=year))
    assert starts(again) == expected
    assert QuestionKind.YEAR not in questions_of(again)


def test_year_and_order_are_both_asked_if_both_are_open() -> None:
    text = YEARLESS.format("03/05 10:21", "04/05 13:22")
    assert QuestionKind.YEAR in questions_of(read(text))
    known_year = read(text, Answers(year=2024))
    assert QuestionKind.DATE_ORDER in questions_of(known_year)
    assert starts(known_year) == ["", ""]
    both = read(text, Answers(year=2024, date_order=DateOrder.DMY))
    assert starts(both) == ["2024-05-03T10:21:00", "2024-05-04T13:22:00"]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("语音详单 查询号码：18900000000 查询月份：202403", "a.csv"),
        ("账期：2024-03", "a.csv"),
        ("查询时间：20240301至20240331", "a.csv"),
        ("Bill cycle: Mar 01 - Apr 09 2024", "a.csv"),
        ("", "2024年3月详单.csv"),
    ],
)
def test_a_stated_period_tells_the_year(above: str, name: str) -> None:
    records = read(f"{above}\n{YEARLESS.format('03-05 21:07:11', '03-06 06:07:11')}", name=name)
    assert starts(records) == ["2024-03-05T21:07:11", "2024-03-06T06:07:11"]
    assert QuestionKind.YEAR not in questions_of(records)


def test_a_date_outside_of_the_stated_period_is_not_put_into_it() -> None:
    text = f"打印日期：2024-01-05\n{YEARLESS.format('12-28 10:00:00', '12-29 10:00:00')}"
    assert starts(read(text)) == ["", ""]
    assert starts(read(text, Answers(year=2023))) == ["2023-12-28T10:00:00", "2023-12-29T10:00:00"]


@pytest.mark.parametrize(
    ("lengths", "cells", "seconds"),
    [
        ("Minutes,Airtime", "3,0.00", 180),
        ("Airtime,Min", "0.00,3", 180),
        ("Duration,Minutes", "00:01:10,2", 70),
        ("计费时长(分),通话时长(秒)", "2,70", 70),
    ],
)
def test_of_several_lengths_the_one_that_was_talked_is_taken(
    lengths: str, cells: str, seconds: float
) -> None:
    records = read(
        f"Date,Time,Number,Direction,{lengths}\n2024-03-15,10:21,12025550171,In,{cells}\n"
    )
    [event] = acts(records)
    assert event.duration_s == seconds
    assert QuestionKind.DURATION_UNIT not in questions_of(records)
