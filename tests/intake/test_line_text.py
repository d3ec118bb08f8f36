"""Chats of LINE as text, with the traps that real ones have."""

import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.line import text_export as line_text
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE


def source(text: str | bytes, answers: Answers | None = None) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(io.BytesIO(data), len(data), "chat.txt", answers=answers or Answers())


def records(text: str | bytes, answers: Answers | None = None) -> list[Record]:
    read_source = source(text, answers)
    assert line_text.recognises(read_source)
    return list(line_text.read(read_source))


def acts(text: str | bytes, answers: Answers | None = None) -> list[EventRecord]:
    return [event for event in records(text, answers) if isinstance(event, EventRecord)]


def questions_of(read_records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in read_records if isinstance(question, Question)}


def when(event: EventRecord) -> str:
    assert event.time is not None
    assert isinstance(event.time.moment, WallClock)
    assert event.time.precision is TimePrecision.MINUTE
    return event.time.moment.at.isoformat(" ", "minutes")


CHINESE = """[LINE] 与王经理的聊天记录
保存日期：2024/01/06 10:00

2024/01/05（五）
上午09:15\t王经理\t今天必须还钱
09:16\t小李\t"请不要
再打给我妈妈"
下午12:02\t王经理\t[照片]
下午03:24\t王经理\t☎ 未接来电
13:05\t小李\t☎ 通话时间 0:12
13:30\t\t王经理已收回訊息

2024/01/06（六）
上午12:30\t王经理\t晚安
"""


def test_a_chat_of_two_tells_the_owner_by_its_title() -> None:
    read_records = records(CHINESE)
    assert isinstance(read_records[0], Description)
    messages = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.direction, event.identifier, when(event)) for event in messages] == [
        (IN, "王经理", "2024-01-05 09:15"),
        (OUT, "王经理", "2024-01-05 09:16"),
        (IN, "王经理", "2024-01-05 12:02"),
        (IN, "王经理", "2024-01-05 15:24"),
        (OUT, "王经理", "2024-01-05 13:05"),
        (IN, "王经理", "2024-01-06 00:30"),
    ]
    assert messages[1].text == "请不要\n再打给我妈妈"
    assert messages[0].raw["chat"] == "王经理"
    assert QuestionKind.OWNER not in questions_of(read_records)
    assert not questions_of(read_records)[QuestionKind.TIMEZONE].blocking
    assert len({event.place for event in messages}) == 6


def test_calls_are_calls_with_outcome_and_duration() -> None:
    calls = [event for event in acts(CHINESE) if event.type is EventType.CALL]
    assert [(event.outcome, event.duration_s, event.text) for event in calls] == [
        (Outcome.MISSED, None, "☎ 未接来电"),
        (Outcome.ANSWERED, 12, "☎ 通话时间 0:12"),
    ]


@pytest.mark.parametrize(
    ("words", "outcome", "seconds"),
    [
        ("☎ 通話時間 1:26:14", Outcome.ANSWERED, 5174),
        ("☎ 通話時間20:25", Outcome.ANSWERED, 1225),
        ("☎ Call time 0:07", Outcome.ANSWERED, 7),
        ("☎ 不在着信", Outcome.MISSED, None),
        ("☎ 通話に応答がありませんでした", Outcome.MISSED, None),
        ("☎ 通話をキャンセルしました", Outcome.MISSED, None),
        ("☎ 未接來電", Outcome.MISSED, None),
        ("☎ 無人接聽", Outcome.MISSED, None),
        ("☎ 您已取消通話", Outcome.MISSED, None),
        ("☎ Missed call", Outcome.MISSED, None),
        ("☎ No answer", Outcome.MISSED, None),
        ("☎ Canceled call", Outcome.MISSED, None),
        ("☎ 부재중 전화", Outcome.MISSED, None),
    ],
)
def test_calls_in_every_language(words: str, outcome: Outcome, seconds: float | None) -> None:
    text = "[LINE] Bossとのトーク履歴\n保存日時：2026/01/01 10:00\n\n2025/12/10(水)\n"
    [event] = acts(f"{text}10:31\tBoss\t{words}\n")
    assert (event.type, event.direction, event.outcome, event.duration_s) == (
        EventType.CALL,
        IN,
        outcome,
        seconds,
    )


def test_a_telephone_sign_before_other_words_is_a_message() -> None:
    [event] = acts(
        "[LINE] Chat history with Ann\n\n2024.01.15 Monday\n10:00\tAnn\t☎ 555 0100 now\n"
    )
    assert event.type is EventType.MESSAGE


def test_a_call_that_names_nobody_is_of_the_partner_without_a_direction() -> None:
    text = (
        "[LINE] 與老闆的聊天記錄\n\n2024/01/15（一）\n09:15\t老闆\t還錢\n14:00\t☎ 通話時間 5:32\n"
    )
    call = acts(text)[1]
    assert (call.direction, call.identifier, call.duration_s) == (NONE, "老闆", 332)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024/01/05（五）", "2024-01-05"),
        ("2024/1/2週二", "2024-01-02"),
        ("2024/1/2周二", "2024-01-02"),
        ("2022/9/2（週五）", "2022-09-02"),
        ("2026/1/30(金)", "2026-01-30"),
        ("2025.12.10 Wednesday", "2025-12-10"),
        ("2024/01/15(Mon)", "2024-01-15"),
        ("2024/01/15 จันทร์", "2024-01-15"),
        ("2025.12.20 วันเสาร์", "2025-12-20"),
        ("Fri, 1/30/2026", "2026-01-30"),
        ("Fri, 30/01/2026", "2026-01-30"),
        ("Fri, 30/01/2569 BE", "2026-01-30"),
        ("R7/02/09(日)", "2025-02-09"),
        ("R8/04/11", "2026-04-11"),
        ("H31/04/30(火)", "2019-04-30"),
        ("令和7年2月9日(日)", "2025-02-09"),
    ],
)
def test_every_way_to_write_a_day(line: str, day: str) -> None:
    text = f"[LINE] Chat history with Ann\nSaved on: x\n\n{line}\n10:02PM\tAnn\thi\n"
    [event] = acts(text)
    assert when(event) == f"{day} 22:02"


def test_day_and_month_are_decided_by_the_weekday_that_stands_there() -> None:
    head = "[LINE] Chat history with Ann\n\n"
    american = head + "Thu, 3/4/2021\n10:00\tAnn\thi\n"
    european = head + "Sat, 3/4/2021\n10:00\tAnn\thi\n"
    assert when(acts(american)[0]) == "2021-03-04 10:00"
    assert when(acts(european)[0]) == "2021-04-03 10:00"


def test_one_weekday_decides_for_all_days_of_the_file() -> None:
    text = "[LINE] Chat history with Ann\n"
    for day in ("Xyz, 3/2/2021", "Tue, 5/1/2021", "Xyz, 6/2/2021"):
        text += f"\n{day}\n10:00\tAnn\thi\n"
    assert [when(event) for event in acts(text)] == [
        "2021-02-03 10:00",
        "2021-01-05 10:00",
        "2021-02-06 10:00",
    ]


def test_days_that_nothing_decides_are_asked_for_and_kept_without_a_time() -> None:
    text = "[LINE] Chat history with Ann\n\nXyz, 3/4/2021\n10:00\tAnn\thi\n"
    read_records = records(text)
    [event] = [event for event in read_records if isinstance(event, EventRecord)]
    assert event.time is None
    assert event.raw["day"] == "Xyz, 3/4/2021"
    assert questions_of(read_records)[QuestionKind.DATE_ORDER].detail == {
        "samples": ["Xyz, 3/4/2021"]
    }
    [listed_event] = acts(text, Answers(date_order=DateOrder.DMY))
    assert when(listed_event) == "2021-04-03 10:00"


def test_the_line_that_tells_when_it_was_saved_helps_to_decide() -> None:
    text = "[LINE] Chat history with Ann\nSaved on: 9/26/2026, 11:00\n\nXyz, 3/4/2021\n"
    assert when(acts(text + "10:00\tAnn\thi\n")[0]) == "2021-03-04 10:00"


def test_a_day_inside_quotation_marks_begins_nothing() -> None:
    text = (
        "\ufeff[LINE] 友人とのトーク履歴\r\n保存日時：2026/10/01 12:00\r\n\r\n2025/10/01(水)\r\n"
        '09:00\t私\t"確認します\r\n> 引用\r\n2025/10/02(木)\r\n\r\nまだ本文の中です"\r\n'
        "09:01\t友人\t資料\r\n"
    )
    events = acts(text)
    assert [when(event) for event in events] == ["2025-10-01 09:00", "2025-10-01 09:01"]
    assert events[0].text == "確認します\n> 引用\n2025/10/02(木)\n\nまだ本文の中です"


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    text = (
        "[LINE] 与A的聊天记录\n\n2024/01/05（五）\n"
        '09:00\tA\t"嗯\n09:01\tB\t好\n\n2024/01/06（六）\n09:02\tA\t"行"\n'
    )
    assert [(event.text, when(event)) for event in acts(text)] == [
        ('"嗯', "2024-01-05 09:00"),
        ("好", "2024-01-05 09:01"),
        ('"行"', "2024-01-06 09:02"),
    ]


def test_lines_without_quotation_marks_go_on_and_a_bare_date_among_them_too() -> None:
    text = "[LINE] 与A的聊天记录\n\n2024/01/05（五）\n"
    text += "09:00\tA\t还款日\n2024/01/09\n记住\n09:01\tB\t好\n"
    assert [event.text for event in acts(text)] == ["还款日\n2024/01/09\n记住", "好"]


def test_a_group_asks_who_the_owner_is_and_takes_the_answer() -> None:
    text = (
        "[LINE] Chat history in Debts\nSaved on: 2024/01/03 09:00\n\n2024.01.02 Tuesday\n"
        "10:00\tAnn\tpay\n10:01\tBob\tnow\n10:02\tCal\tno\n10:03\tAnn\tpay!\n"
        "10:04\t\tBob joined the group.\n"
    )
    read_records = records(text)
    assert questions_of(read_records)[QuestionKind.OWNER].detail == {
        "candidates": ["Ann", "Bob", "Cal"]
    }
    assert {event.direction for event in read_records if isinstance(event, EventRecord)} == {NONE}
    assert "Bob joined the group." in "".join(
        block.text for block in read_records if isinstance(block, TextBlock)
    )
    events = acts(text, Answers(owners=("cal",)))
    assert [(event.direction, event.identifier, event.raw["chat"]) for event in events] == [
        (IN, "Ann", "Debts"),
        (IN, "Bob", "Debts"),
        (OUT, "", "Debts"),
        (IN, "Ann", "Debts"),
    ]


def test_a_partner_who_is_called_otherwise_in_the_title_is_asked_for() -> None:
    text = "[LINE] 与老王的聊天记录\n\n2024/01/05（五）\n09:00\tWang\t还钱\n09:01\tLi\t不\n"
    assert questions_of(records(text))[QuestionKind.OWNER].detail == {"candidates": ["Wang", "Li"]}


def test_what_was_left_out_is_told_and_a_file_is_named() -> None:
    text = (
        "[LINE] Chat history with John\n\n2020/12/31(Thu)\n23:58\tJohn\t[File] report.pdf\n"
        "23:59\tJane\t[Photo]\n23:59\tJane\t[Sticker]\n23:59\tJohn\t[Voice message]\n"
    )
    read_records = records(text)
    [notice] = [notice for notice in read_records if isinstance(notice, Notice)]
    assert notice.message.code is MessageCode.MEDIA_LEFT_OUT
    assert notice.message.arguments == {"count": "3"}
    assert acts(text)[0].enclosed == ("report.pdf",)


def test_spaces_in_place_of_tabs() -> None:
    text = (
        "2025.12.20 Saturday\n22:31 Victor Woo pay now\n22:32 Ann no\n22:33 Victor Woo today\n"
        "22:34 Ann unsent a message.\n22:35 Victor Woo or else\n22:36 Ann stop\n22:37 Ann no more\n"
    )
    events = acts(text, Answers(owners=("Ann",)))
    assert [(event.direction, event.identifier) for event in events] == [
        (IN, "Victor Woo"),
        (OUT, "Victor Woo"),
        (IN, "Victor Woo"),
        (IN, "Victor Woo"),
        (OUT, "Victor Woo"),
        (OUT, "Victor Woo"),
    ]
    assert events[0].text == "pay now"


def test_several_spaces_in_place_of_tabs() -> None:
    text = (
        "[LINE] 与梁的聊天记录\n\nR7/02/09(日)\n19:12    梁    [写真]\n19:30    ケン    明天 好？\n"
    )
    assert [(event.identifier, event.text, event.direction) for event in acts(text)] == [
        ("梁", "[写真]", IN),
        ("梁", "明天 好？", OUT),
    ]


def test_what_has_no_sane_time_is_skipped_and_told() -> None:
    text = (
        "[LINE] 与A的聊天记录\n\n1970/01/01（四）\n09:00\tA\tx\n2024/13/45（五）\n09:00\tA\ty\n"
        "2024/01/05（五）\n29:99\tA\tz\n09:00\tA\tgood\n"
    )
    read_records = records(text)
    skipped = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert [skipped_entry.place.number for skipped_entry in skipped] == [4, 6, 8]
    assert {skipped_entry.reason.code for skipped_entry in skipped} == {MessageCode.ROW_BAD_TIME}
    assert [event.text for event in acts(text)] == ["good"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\n10:00 tea\n",
        "2024.01.15 Monday\n10:30 met Bob\n11:00 wrote letters\n12:00 lunch\n",
        "[LINE] is a chat program\nIt is from Japan.\n",
        "Chat with Ann\n\n2024.01.15 Monday\nWe met in town.\n",
        "2024/01/05, 10:00 - Ann: hi\n2024/01/05, 10:01 - Bob: hi\n",
        "Date,Type,Number\n2024-01-05,in,95001\n",
        "消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息对象:A\n",
    ],
)
def test_other_texts_are_not_claimed(text: str) -> None:
    assert not line_text.recognises(source(text))


NAMES = st.sampled_from(["Ann", "王经理", "Bob Lee"])
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)


@given(st.lists(st.tuples(NAMES, WORDS, st.integers(0, 1439)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_entry_is_accounted_for(rows: list[tuple[str, str, int]]) -> None:
    text = "[LINE] 与王经理的聊天记录\n保存日期：2024/01/06 10:00\n\n2024/01/05（五）\n"
    for name, words, minute in rows:
        text += f"{minute // 60:02}:{minute % 60:02}\t{name}\t{words}\n"
    read_records = records(text)
    entries = [record for record in read_records if isinstance(record, EventRecord | SkippedEntry)]
    assert len(entries) == len(rows)
    assert len([block for block in read_records if isinstance(block, TextBlock)]) == 3
    times = [
        event.time.moment.at for event in entries if isinstance(event, EventRecord) and event.time
    ]
    day = datetime.fromisoformat("2024-01-05")
    assert times == [day + timedelta(minutes=minute) for _name, _words, minute in rows]


@given(st.binary(max_size=400), st.integers(0, 300))
@settings(max_examples=150, deadline=None)
def test_damage_never_stops_it(junk: bytes, place: int) -> None:
    data = CHINESE.encode()
    try:
        for _record in line_text.read(source(data[:place] + junk + data[place:])):
            pass
        for _record in line_text.read(source(junk)):
            pass
    except ReadFailure:
        pass


@pytest.mark.parametrize(
    "text",
    [
        "2024.01.15 Monday\n10:30 Bob hello\n10:31 Ann hi\n10:32 Bob pay\n10:33 Ann no\n",
        "2024.01.15 星期一\n10:30 王经理 你好\n10:31 我 在\n10:32 王经理 还钱\n10:33 我 好\n",
        "2024.01.15 Monday\n10:30 Bob ☎ Missed call\n",
        "2024/01/15（一）\n10:30 王经理 [照片]\n",
        "2024/01/15(月)\n10:30\t佐藤\tこんにちは\n",
    ],
)
def test_short_chats_without_a_title(text: str) -> None:
    events = acts(text)
    assert len(events) == text.count("\n") - 1
    assert all(event.time is not None for event in events)


@pytest.mark.parametrize(
    "text",
    [
        "2024.01.15 Monday\n10:30 called bank\n10:40 called court\n11:00 wrote\n12:00 wrote on\n",
        "2024.01.15 Monday\n10:30 Met Bob\n11:00 Lunch\n",
    ],
)
def test_short_diaries_are_no_chats(text: str) -> None:
    assert not line_text.recognises(source(text))


@pytest.mark.parametrize("mark", ["\t", " "])
def test_a_pasted_day_and_its_entries_stay_in_their_message(mark: str) -> None:
    rows = [
        "2024.01.14 Sunday", *["09:00 Bob so", "09:01 Ann so"] * 3,
        "2024.01.15 Monday", "10:30 Bob hello", "10:31 Ann hi", "10:32 Bob look", "",
        "2024.01.03 Wednesday", "09:00 Boss pay", "09:01 Clerk now", "10:33 Ann oh", "10:34 Bob so",
        "2024.01.16 Tuesday", "08:00 Ann well",
    ]  # fmt: skip
    text = "\n".join(row.replace(" ", mark, 2) if row[2:3] == ":" else row for row in rows)
    events = acts(text)
    assert [event.text.partition("\n")[0] for event in events][6:] == [
        "hello", "hi", "look", "oh", "so", "well",
    ]  # fmt: skip
    assert "2024.01.03 Wednesday" in events[8].text and "Clerk" in events[8].text
    assert {event.raw["day"] for event in events[9:11]} == {"2024.01.15 Monday"}
