"""Call logs as tables, with the traps that real ones have."""

import io
import json
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.readers.tables import call_table
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry
from evidence_app.model.question import Answers, DateOrder, Question, QuestionKind, TableMapping
from evidence_app.model.times import Instant, WallClock


def records(data: bytes, filename: str = "log.csv") -> list[Record]:
    source = Source(io.BytesIO(data), len(data), filename)
    assert call_table.recognises(source)
    return list(call_table.read(source))


def acts(data: bytes, filename: str = "log.csv") -> list[EventRecord]:
    return [event for event in records(data, filename) if isinstance(event, EventRecord)]


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def wall(text: str) -> WallClock:
    return WallClock(datetime.fromisoformat(text))


LAYOUT_A = """序号,业务类型,通话起始时间,通话时长,呼叫类型,对方号码,通话地点,通话类型,通话费,其他,计
1,语音电话,2016-01-27 11:17:44,15秒,主叫,13800138000,北京,国内通话,0.00,0.00,0.00
2,语音电话,2016-01-26 09:00:01,1分24秒,被叫,008613800138000,北京,国内通话,0.00,0.00,0.00
3,语音电话,2016-01-25 09:00:01,7分0秒,被叫,95001,北京,国内通话,0.00,0.00,0.00
合计,,,,,,,,0.00,0.00,0.00
"""


def test_a_weekday_beside_the_date_is_not_the_date() -> None:
    events = acts(
        b"Item,Day,Date,Time,Number Called,Call To,Min,Rate Code\n"
        b"1,THU,03/14/2024,10:21AM,202-555-0143,INCOMING CL,2,SDDV\n"
        b"2,FRI,03/15/2024,01:22PM,202-555-0144,WASHINGTN DC,5,SDDV\n"
    )
    assert [(event.direction, event.duration_s) for event in events] == [
        (Direction.INCOMING, 120),
        (Direction.OUTGOING, 300),
    ]
    assert [event.time and event.time.moment for event in events] == [
        wall("2024-03-14T10:21"),
        wall("2024-03-15T13:22"),
    ]
    assert {event.identifier for event in events} == {"202-555-0143", "202-555-0144"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8", "utf-16"])
def test_layout_a_in_every_encoding(encoding: str) -> None:
    events = acts(LAYOUT_A.encode(encoding))
    assert [(event.direction, event.duration_s, event.identifier) for event in events] == [
        (Direction.OUTGOING, 15, "13800138000"),
        (Direction.INCOMING, 84, "008613800138000"),
        (Direction.INCOMING, 420, "95001"),
    ]
    assert events[0].time is not None
    assert events[0].time.moment == wall("2016-01-27 11:17:44")
    assert events[0].place is not None
    assert events[0].place.number == 2
    assert {event.outcome for event in events} == {Outcome.ANSWERED}


def test_layout_b_has_the_direction_under_the_ambiguous_heading() -> None:
    text = (
        "对方号码\t起始时间\t通话类型\t通话时长（秒）\t总话费\t长途类型\t话单位置\t漫游类型\t网络\n"
        "13800138000\t2016-05-01 08:00:00\t主叫\t89\t0\t本地\t022\t非漫游\t4G\n"
    )
    [event] = acts(text.encode("gb18030"), "x.xls")
    assert (event.direction, event.duration_s) == (Direction.OUTGOING, 89)


def test_layout_c_takes_the_year_from_the_preamble_also_over_new_year() -> None:
    rows: list[list[object]] = [
        ["说明：仅供参考"],
        ["从2019-12-01到2020-01-31 类型：通话详单 总条数：2"],
        [],
        ["套餐费 58.00"],
        [],
        [
            "起始时间",
            "通信地点",
            "通信方式",
            "对方号码",
            "通话时长",
            "通信类型",
            "套餐优惠",
            "实收通信费",
        ],
        ["12-31 23:59:59", "北京", "被叫", "008613800138000", "00:00:38", "国内", "x", 0],
        ["01-02 13:13:40", "北京", "主叫", "13800138000", "01:02:03", "国内", "x", 0],
    ]
    events = acts(workbook({"Sheet1": rows}), "x.xlsx")
    assert [event.time and event.time.moment for event in events] == [
        wall("2019-12-31 23:59:59"),
        wall("2020-01-02 13:13:40"),
    ]
    assert [event.duration_s for event in events] == [38, 3723]
    assert [event.place and (event.place.sheet, event.place.number) for event in events] == [
        ("Sheet1", 7),
        ("Sheet1", 8),
    ]


def test_layout_d_without_heading_with_serial_dates_and_numeric_cells_on_two_sheets() -> None:
    def row(day: float, number: object) -> list[object]:
        return [day, "石家庄", "被叫", number, "2分32秒", "本地", "套餐", "0.00"]

    data = workbook(
        {
            "201801": [row(43101.5, 13800138001.0), row(43101.25, 3171234567.0)],
            "201802": [row(43140.75, 13800138001.0), row(43140.75, 13800138001.0)],
        }
    )
    events = acts(data, "x.xlsx")
    assert [event.time and event.time.moment for event in events] == [
        wall("2018-01-01 12:00"),
        wall("2018-01-01 06:00"),
        wall("2018-02-09 18:00"),
        wall("2018-02-09 18:00"),
    ]
    assert [event.identifier for event in events][:2] == ["13800138001", "3171234567"]
    assert [event.raw.get("duplicate") for event in events] == [None, None, None, "yes"]
    assert {event.duration_s for event in events} == {152}


def test_a_forwarded_call_is_one_call() -> None:
    text = (
        "起始时间,通信方式,对方号码,通话时长\n"
        "2015-01-22 14:16:13,无条件呼叫转移被叫,13800138000,1分4秒\n"
        "2015-01-22 14:16:13,无条件呼叫转移主叫,13900139000,1分4秒\n"
        "2015-01-22 15:00:00,主叫,95001,10秒\n"
    )
    events = acts(text.encode("gb18030"))
    assert [(event.identifier, event.direction) for event in events] == [
        ("13800138000", Direction.INCOMING),
        ("95001", Direction.OUTGOING),
    ]
    assert events[0].raw["forwarded row"] == "3"


def test_html_that_is_called_xls() -> None:
    text = (
        "<html><meta charset=gbk><table><tr><th>起始时间</th><th>呼叫类型</th><th>对方号码</th>"
        "<th>通话时长</th></tr><tr><td>2020-02-03 04:05:06</td><td>被叫</td><td>95001</td>"
        "<td>3秒</td></tr></table></html>"
    )
    [event] = acts(text.encode("gb18030"), "x.xls")
    assert (event.identifier, event.duration_s) == ("95001", 3)


def test_generic_english_log_with_excel_damage() -> None:
    text = (
        "Call Type;Date;Duration;Number;Contact\n"
        'Incoming;2024-03-15 14:30:00;0:01:05;="13800138000";Ann\n'
        "Missed;2024-03-15 14:31:00;;'+12025550143;\n"
        "Rejected;2024-03-15 14:32:00;0;1.38E+10;\n"
        "Outgoing;2024-03-15T14:33:00-05:00;1m 23s;2025550143.0;\n"
        "Outgoing;soon;3;2025550143;\n"
    )
    read_records = records(text.encode())
    assert isinstance(read_records[0], Description)
    assert (read_records[0].kind, read_records[0].media_type) == (ItemKind.CALL_LOG, "text/csv")
    good = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.identifier, event.outcome, event.duration_s) for event in good] == [
        ("13800138000", Outcome.ANSWERED, 65),
        ("+12025550143", Outcome.MISSED, None),
        ("2025550143", Outcome.ANSWERED, 83),
    ]
    assert good[2].time is not None
    assert isinstance(good[2].time.moment, Instant)
    bad = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert [(skipped_entry.place.number, skipped_entry.reason.code) for skipped_entry in bad] == [
        (4, MessageCode.ROW_SCIENTIFIC_NUMBER),
        (6, MessageCode.ROW_BAD_TIME),
    ]


def test_day_and_month_are_decided_by_the_file_or_left_open() -> None:
    head = "date,type,number,duration\n"
    clear = head + "03/04/2024 10:00,in,95001,3\n13/04/2024 10:00,in,95001,3\n"
    assert [event.time and event.time.moment for event in acts(clear.encode())] == [
        wall("2024-04-03 10:00"),
        wall("2024-04-13 10:00"),
    ]
    american = head + "03/04/2024 10:00 PM,in,95001,3\n03/14/2024 10:00 PM,in,95001,3\n"
    assert acts(american.encode())[0].time.moment == wall("2024-03-04 22:00")  # type: ignore[union-attr]
    open_question = records((head + "03/04/2024 10:00,in,95001,3\n").encode())
    [listed_event] = [event for event in open_question if isinstance(event, EventRecord)]
    assert listed_event.time is None
    assert listed_event.raw["date"] == "03/04/2024 10:00"
    questions = {
        question.kind: question for question in open_question if isinstance(question, Question)
    }
    assert questions[QuestionKind.DATE_ORDER].detail == {"samples": ["03/04/2024 10:00"]}
    assert questions[QuestionKind.DATE_ORDER].blocking


def test_caller_and_called_columns_find_the_owner() -> None:
    text = "from,to,time,duration\n" + "".join(
        f"{a},{b},2024-03-15 14:30:0{n},5\n"
        for n, (a, b) in enumerate([("1555001", "1555999"), ("1555999", "1555002")])
    )
    assert [(event.identifier, event.direction) for event in acts(text.encode())] == [
        ("1555001", Direction.INCOMING),
        ("1555002", Direction.OUTGOING),
    ]


def test_messages_as_a_table() -> None:
    text = "Date,Type,Number,Text\n2024-03-15 14:30:00,Received,95001,今天必须还钱\n"
    [event] = acts(text.encode())
    assert (event.type, event.text, event.direction) == (
        EventType.MESSAGE,
        "今天必须还钱",
        Direction.INCOMING,
    )


def test_a_workbook_that_is_no_log_is_kept_with_its_text() -> None:
    read_records = records(workbook({"budget": [["rent", 5], ["food", 7]]}), "b.xlsx")
    assert read_records[0].kind is ItemKind.TABLE  # type: ignore[union-attr]
    assert any(isinstance(record, Notice) and record.damaged for record in read_records)


@pytest.mark.parametrize("text", ["", "hello", "a,b\n1,2\n", "Dear time,\nnumber one, ok", "%PDF"])
def test_other_text_is_not_taken_for_a_log(text: str) -> None:
    assert not call_table.recognises(Source(io.BytesIO(text.encode()), len(text), "a.csv"))


_CELLS = st.sampled_from(
    ["", "2024-03-15 14:30:00", "x", "95001", "1.3E+10", "合", "主叫", "5秒", "9" * 30]
)


@given(st.lists(st.lists(_CELLS, min_size=4, max_size=4), max_size=30))
@settings(deadline=None)
def test_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    text = "起始时间,通信方式,对方号码,通话时长\n" + "\n".join(",".join(row) for row in rows)
    read_records = records(text.encode())
    result = [record for record in read_records if isinstance(record, EventRecord | SkippedEntry)]
    assert len(result) == sum(any(row) for row in rows)


def questions_of(
    data: bytes, answers: Answers | None = None, name: str = "log.csv"
) -> list[Question]:
    source = Source(io.BytesIO(data), len(data), name, answers=answers or Answers())
    return [question for question in call_table.read(source) if isinstance(question, Question)]


@pytest.mark.parametrize("order", [True, False])
def test_what_tells_the_direction_is_decided_by_the_values(order: bool) -> None:
    ambiguous = ("通话类型", "呼叫类型") if order else ("呼叫类型", "通话类型")
    cells = ("被叫", "国内长途")
    text = (
        f"对方号码,起始时间,{ambiguous[0]},{ambiguous[1]},通话时长\n"
        f"95001,2016-05-01 08:00:00,{cells[0]},{cells[1]},89\n"
    )
    assert acts(text.encode())[0].direction is Direction.INCOMING
    other = text.replace("被叫,国内长途", "国内长途,被叫")
    assert acts(other.encode())[0].direction is Direction.INCOMING


def test_a_bill_asks_whose_it_is_unless_a_name_tells() -> None:
    kinds = {question.kind: question for question in questions_of(LAYOUT_A.encode())}
    assert not kinds[QuestionKind.OWNER].blocking
    assert kinds[QuestionKind.TIMEZONE].detail == {"suggested": "Asia/Shanghai"}
    questions = questions_of(LAYOUT_A.encode(), name="13800138009_2016年01月.csv")
    assert QuestionKind.OWNER not in {question.kind for question in questions}
    answered = questions_of(LAYOUT_A.encode(), Answers(owners=("13800138009",)))
    assert QuestionKind.OWNER not in {question.kind for question in answered}


def test_a_bill_says_that_missed_calls_are_not_in_it() -> None:
    codes = [
        notice.message.code for notice in records(LAYOUT_A.encode()) if isinstance(notice, Notice)
    ]
    assert codes == [MessageCode.BILL_HAS_NO_MISSED]


def test_rows_that_stand_twice_are_kept_marked_and_told() -> None:
    text = LAYOUT_A.replace(
        "合计",
        "1,语音电话,2016-01-27 11:17:44,15秒,主叫,13800138000,北京,国内通话,0.00,0.00,0.00\n合计",
    )
    read_records = records(text.encode())
    events = [event for event in read_records if isinstance(event, EventRecord)]
    assert [event.raw.get("duplicate") for event in events] == [None, None, None, "yes"]
    messages = [notice.message for notice in read_records if isinstance(notice, Notice)]
    assert {"count": "1"} in [message.arguments for message in messages]


@pytest.mark.parametrize(
    ("order", "day"), [("dmy", "2024-04-03"), ("mdy", "2024-03-04"), ("ymd", "2003-04-24")]
)
def test_the_answer_to_the_order_of_dates_is_obeyed(order: str, day: str) -> None:
    text = "date,type,number,duration\n03/04/24 10:00,in,95001,3\n"
    source = Source(
        io.BytesIO(text.encode()), len(text), "x", answers=Answers(date_order=DateOrder(order))
    )
    read_records = list(call_table.read(source))
    [event] = [event for event in read_records if isinstance(event, EventRecord)]
    assert event.time is not None
    assert event.time.moment == wall(f"{day} 10:00")
    assert QuestionKind.DATE_ORDER not in {q.kind for q in read_records if isinstance(q, Question)}


def test_a_clock_of_its_own_and_marks_on_headings() -> None:
    text = (
        "通话日期,通话时间*,呼叫方式,对方手机号码,通话时长(秒)\n"
        "2016-05-01,214951,主叫,13800138001,89\n2016-05-02,21:49:51,被叫,13800138001,9\n"
    )
    events = acts(text.encode())
    assert [event.time and event.time.moment for event in events] == [
        wall("2016-05-01 21:49:51"),
        wall("2016-05-02 21:49:51"),
    ]
    assert [event.direction for event in events] == [Direction.OUTGOING, Direction.INCOMING]


UNKNOWN = (
    "Wann,Wer,Richtung,Sek\n"
    "2024-03-15 14:30:00,+12025550143,zu mir,12\n"
    "2024-03-16 14:30:00,+12025550144,von mir,13\n"
)


def test_an_unknown_table_asks_what_its_columns_hold_with_a_guess() -> None:
    [question] = questions_of(UNKNOWN.encode())
    assert question.kind is QuestionKind.MAPPING
    assert question.detail["guess"] == {"time": 0, "number": 1, "duration": 3}
    assert question.detail["heading_row"] == 0
    assert question.detail["rows"][1][1] == "+12025550143"


def test_a_mapping_reads_what_no_heading_told() -> None:
    mapping = TableMapping(
        {"time": 0, "number": 1, "direction": 2, "duration": 3},
        ("Wann", "Wer", "Richtung", "Sek"),
        {"zu mir": "incoming", "von mir": "outgoing"},
    )
    source = Source(
        io.BytesIO(UNKNOWN.encode()), len(UNKNOWN), "x", answers=Answers(mappings=(mapping,))
    )
    assert call_table.recognises(source)
    events = [event for event in call_table.read(source) if isinstance(event, EventRecord)]
    assert [(event.identifier, event.direction, event.duration_s) for event in events] == [
        ("+12025550143", Direction.INCOMING, 12),
        ("+12025550144", Direction.OUTGOING, 13),
    ]


def test_a_text_with_commas_is_no_table() -> None:
    text = b"Dear sir, please, pay\nor else, we, come\n"
    source = Source(io.BytesIO(text), len(text), "x.txt")
    assert not call_table.recognises(source)


def test_the_owner_may_be_named_with_the_country_before_the_number() -> None:
    text = (
        "from,to,time,duration\n2025550143,2025550199,2024-03-15 14:30:00,5\n"
        "2025550199,2025550143,2024-03-15 14:31:00,5\n2025550199,2025550150,2024-03-15 14:32:00,5\n"
    )
    answers = Answers(owners=("+1 202 555 0143",))
    source = Source(io.BytesIO(text.encode()), len(text), "x.csv", "US", answers=answers)
    events = [event for event in call_table.read(source) if isinstance(event, EventRecord)]
    assert [(event.direction, event.identifier) for event in events[:2]] == [
        (Direction.OUTGOING, "2025550199"),
        (Direction.INCOMING, "2025550199"),
    ]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Fri Mar 15 14:30:00 GMT+08:00 2024", "2024-03-15T14:30:00+08:00"),
        ("Fri Mar 15 14:30:00 CST 2024", "2024-03-15T14:30:00"),
        ("Friday, March 15, 2024 2:30:05 PM", "2024-03-15T14:30:05"),
        ("2024年3月15日 星期五 下午2:30", "2024-03-15T14:30:00"),
        ("2024/3/15 晚上 9:05:06", "2024-03-15T21:05:06"),
        ("2024-03-15 14:30:00 GMT+08:00", "2024-03-15T14:30:00+08:00"),
        ("15 Mar 2024 14:30", "2024-03-15T14:30:00"),
    ],
)
def test_times_as_apps_write_them(written: str, at: str) -> None:
    text = f'number,date,type,duration\n95001,"{written}",incoming,9\n'
    [event] = acts(text.encode())
    assert event.time is not None
    assert event.time.moment.at == datetime.fromisoformat(at)
    assert (event.time.moment.at.utcoffset() is None) == ("+" not in at)


def test_durations_in_minutes() -> None:
    text = "Number,Date,Type,Duration (min)\n95001,2024-03-15 14:30:00,incoming,3\n"
    assert acts(text.encode())[0].duration_s == 180
    clock = "Number,Date,Type,Minutes\n95001,2024-03-15 14:30:00,incoming,1:05\n"
    assert acts(clock.encode())[0].duration_s == 65


def test_a_clock_beside_a_day_belongs_to_it_whatever_it_is_called() -> None:
    events = acts(
        b"Call date,Call time,Number dialled,Duration (hh:mm:ss),Direction\n"
        b"14/03/24,09:05:11,07700900123,00:03:12,Inbound\n"
        b"25/03/24,19:05:11,07700900124,00:00:12,Outbound\n"
    )
    assert [event.time and event.time.moment for event in events] == [
        wall("2024-03-14T09:05:11"),
        wall("2024-03-25T19:05:11"),
    ]


def test_a_contact_that_is_a_number_is_one() -> None:
    events = acts(
        b"Date,Time,Contact,Location,Call Type,Duration\n"
        b"03/14/24,10:21 AM,202.555.0143,Incoming,M2MC,2:00\n"
        b'03/25/24,1:22 PM,202.555.0144,"Dallas, TX",,0:45\n'
    )
    assert [(event.identifier, event.direction) for event in events] == [
        ("202.555.0143", Direction.INCOMING),
        ("202.555.0144", Direction.OUTGOING),
    ]


def test_an_unknown_contact_has_no_name() -> None:
    events = acts(
        "姓名,电话号码,通话类型,通话时间,通话时长\n未知,13800138000,来电,2024/3/14 9:05,1:05\n"
        "(Unknown),95588,未接来电,2024/3/14 21:05,0:00\n"
        "老王,13800138001,去电,2024/3/15 9:05,0:12\n".encode()
    )
    assert [event.contact_name for event in events] == ["", "", "老王"]


@pytest.mark.parametrize(
    "heading", ["号码,时间,类型,内容", "Phone,Date,Sent/Received,Message", "号码,时间,收发,内容"]
)
def test_messages_in_boxes(heading: str) -> None:
    for came, went in (("收件箱", "发件箱"), ("Received", "Sent"), ("Inbox", "Outbox")):
        events = acts(
            f"{heading}\n95588,2024-03-14 09:05:11,{came},还钱\n"
            f"95588,2024-03-14 09:06:11,{went},好\n".encode()
        )
        assert [(event.type, event.direction) for event in events] == [
            (EventType.MESSAGE, Direction.INCOMING),
            (EventType.MESSAGE, Direction.OUTGOING),
        ]


def test_durations_as_programs_write_them() -> None:
    events = acts(
        b"Number,Type,Date,Dur(s)\n95588,CALL_IN,2024-03-14 09:05:11,65\n"
        b"95588,CALL_OUT,2024-03-15 09:05:11,PT1H1M5.5S\n"
    )
    assert [event.duration_s for event in events] == [65, 3665]


def test_a_list_of_calls_as_json_is_a_table() -> None:
    entries = [
        {"name": "A", "number": "+919000000002", "timestamp": 1710478265000, "type": "MISSED"},
        {"name": "", "number": "+919000000003", "timestamp": 1710575565000, "type": "INCOMING"},
    ]
    data = json.dumps({"calls": [{**entry, "duration": "01:05"} for entry in entries]}).encode()
    source = Source(io.BytesIO(data), len(data), "calls.json")
    assert call_table.recognises(source)
    events = [event for event in call_table.read(source) if isinstance(event, EventRecord)]
    assert [event.outcome for event in events] == [Outcome.MISSED, Outcome.ANSWERED]
    assert [event.duration_s for event in events] == [65, 65]
    other = json.dumps([{"date": "2024-03-05", "price": 3, "kind": "x"}] * 3).encode()
    assert not call_table.recognises(Source(io.BytesIO(other), len(other), "x.json"))


def test_spaces_within_cells_part_no_columns() -> None:
    text = "起始时间              ,通信方式  ,对方号码       ,通信时长\n" + (
        "2024-03-05 21:07:11   ,被叫      ,01055500001    ,00:01:10\n" * 3
    )
    source = Source(io.BytesIO(text.encode()), len(text.encode()), "详单.csv")
    assert call_table.recognises(source)
    events = [event for event in call_table.read(source) if isinstance(event, EventRecord)]
    assert {(event.identifier, event.duration_s) for event in events} == {("01055500001", 70)}


def test_columns_may_be_parted_by_spaces() -> None:
    text = (
        "起始时间              通信地点  通信方式  对方号码       通信时长\n"
        "2024-03-05 21:07:11   深圳      被叫      01055500001    00:01:10\n"
        "2024-03-06 06:07:11   深圳      主叫      13900139000    38秒\n"
    )
    source = Source(io.BytesIO(text.encode()), len(text.encode()), "详单.txt")
    assert call_table.recognises(source)
    events = [event for event in call_table.read(source) if isinstance(event, EventRecord)]
    assert [(event.direction, event.duration_s) for event in events] == [
        (Direction.INCOMING, 70),
        (Direction.OUTGOING, 38),
    ]
