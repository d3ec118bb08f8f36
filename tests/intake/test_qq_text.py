"""Chats of QQ as text, with the traps that real ones have."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.qq import text_export as qq_text
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.numbers import normalize
from evidence_app.model.question import Answers, DateOrder, Question, QuestionKind
from evidence_app.model.times import WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE
RULE = "=" * 64
TOP = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"


def heading(target: str, group: str = "我的好友") -> str:
    return f"{RULE}\n消息分组:{group}\n{RULE}\n消息对象:{target}\n{RULE}\n\n"


def source(text: str | bytes, answers: Answers | None = None) -> Source:
    data = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    return Source(io.BytesIO(data), len(data), "chat.txt", answers=answers or Answers())


def records(text: str | bytes, answers: Answers | None = None) -> list[Record]:
    read_source = source(text, answers)
    assert qq_text.recognises(read_source)
    return list(qq_text.read(read_source))


def acts(text: str | bytes, answers: Answers | None = None) -> list[EventRecord]:
    return [event for event in records(text, answers) if isinstance(event, EventRecord)]


def questions_of(read_records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in read_records if isinstance(question, Question)}


def when(event: EventRecord) -> str:
    assert event.time is not None
    assert isinstance(event.time.moment, WallClock)
    return event.time.moment.at.isoformat(" ")


TWO = (
    TOP
    + heading("催收王经理")
    + """2019-07-16 18:15:05 催收王经理
今天必须还钱

不然去你单位

2019-07-16 9:05:06 小李
[图片]

2019-07-16 23:59:59 催收王经理


2019-07-17 00:00:01 小李
好的[表情]

"""
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-8"])
def test_a_chat_of_two_in_every_encoding(encoding: str) -> None:
    read_records = records(TWO.encode(encoding))
    messages = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.direction, event.identifier, when(event)) for event in messages] == [
        (IN, "催收王经理", "2019-07-16 18:15:05"),
        (OUT, "催收王经理", "2019-07-16 09:05:06"),
        (IN, "催收王经理", "2019-07-16 23:59:59"),
        (OUT, "催收王经理", "2019-07-17 00:00:01"),
    ]
    assert messages[0].text == "今天必须还钱\n\n不然去你单位"
    assert messages[2].text == ""
    assert messages[0].raw["group"] == "我的好友"
    assert QuestionKind.OWNER not in questions_of(read_records)
    assert not questions_of(read_records)[QuestionKind.TIMEZONE].blocking
    [notice] = [notice for notice in read_records if isinstance(notice, Notice)]
    assert notice.message.code is MessageCode.MEDIA_LEFT_OUT
    assert notice.message.arguments == {"count": "1"}


GROUP = (
    TOP
    + heading("讨债群（PST 8pm | BJT 11am）", "我的群聊")
    + """2019-09-23 8:43:38 PM 【管理员】骰娘(x)(87200175)
1

2019-09-23 8:43:38 PM 系统消息(10000)
[图片]2

2019-09-23 8:44:09 PM 系统消息(1000000)
3

2019-09-23 8:46:18 PM 暗夜(28084825)


2019-09-24 12:54:29 AM 围观<indo@example.com>
5

"""
)


def test_a_group_with_english_times_and_every_kind_of_author() -> None:
    read_records = records(GROUP)
    messages = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.identifier, event.contact_name, when(event)) for event in messages] == [
        ("QQ 87200175", "骰娘(x)", "2019-09-23 20:43:38"),
        ("QQ 28084825", "暗夜", "2019-09-23 20:46:18"),
        ("indo@example.com", "围观", "2019-09-24 00:54:29"),
    ]
    assert {event.direction for event in messages} == {NONE}
    assert messages[1].text == ""
    candidates = questions_of(read_records)[QuestionKind.OWNER].detail["candidates"]
    assert sorted(candidates) == [
        "【管理员】骰娘(x)(87200175)",
        "围观<indo@example.com>",
        "暗夜(28084825)",
    ]
    system = [
        block.text
        for block in read_records
        if isinstance(block, TextBlock) and "系统消息" in block.text
    ]
    assert len(system) == 2


@pytest.mark.parametrize("owner", ["28084825", "暗夜", "暗夜(28084825)"])
def test_the_answer_who_the_owner_is_may_be_a_number_or_a_name(owner: str) -> None:
    read_records = records(GROUP, Answers(owners=(owner,)))
    messages = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.direction, event.identifier) for event in messages] == [
        (IN, "QQ 87200175"),
        (OUT, ""),
        (IN, "indo@example.com"),
    ]
    assert QuestionKind.OWNER not in questions_of(read_records)


def test_several_partners_in_one_file_and_what_one_chat_tells_of_the_owner() -> None:
    text = (
        TWO
        + heading("*技术交流", "我的群")
        + "2020-01-01 10:00:00 甲(10001)\nx\n\n2020-01-01 10:00:01 乙(10002)\ny\n\n"
        + heading("老赵")
        + "2020-02-01 10:00:00 赵总\n还钱\n\n2020-02-01 10:00:01 小李\n不\n\n"
    )
    read_records = records(text)
    messages = [event for event in read_records if isinstance(event, EventRecord)][4:]
    assert [(event.direction, event.identifier, event.raw["chat"]) for event in messages] == [
        (NONE, "QQ 10001", "*技术交流"),
        (NONE, "QQ 10002", "*技术交流"),
        (IN, "赵总", "老赵"),
        (OUT, "赵总", "老赵"),
    ]
    assert questions_of(read_records)[QuestionKind.OWNER].detail == {
        "candidates": ["甲(10001)", "乙(10002)"]
    }


def test_copied_heads_inside_a_message_begin_nothing() -> None:
    text = (
        TOP
        + heading("小鹿(10001)")
        + "2024-01-01 12:00:00 小鹿(10001)\n看这个：\n2023-05-05 01:02:03 别人(10009)\n他说的\n\n"
        "别人(10009) 2023-05-05 01:02:03\n2016-04-29 10:30:00\n\n"
        "2024-01-01 12:00:01 小李(10002)\n好\n\n2024-01-01 12:00:02 小鹿(10001)\n嗯\n\n"
    )
    events = acts(text)
    assert [(event.direction, event.identifier) for event in events] == [
        (IN, "QQ 10001"),
        (OUT, "QQ 10001"),
        (IN, "QQ 10001"),
    ]
    assert "他说的" in events[0].text
    assert "2016-04-29 10:30:00" in events[0].text


def test_a_rule_inside_a_message_ends_nothing() -> None:
    text = TOP + heading("A") + f"2024-01-01 12:00:00 A\n{RULE}\n公告\n{RULE}\n\n"
    text += "2024-01-01 12:00:01 B\n好\n\n"
    assert [event.text for event in acts(text)] == [f"{RULE}\n公告\n{RULE}", "好"]


def test_messages_without_empty_lines_between_them() -> None:
    text = (
        "消息记录（此消息记录为文本格式，不支持重新导入）\n消息对象:Team\n"
        "2024-01-02 03:04:05 【管理员】Alice(10001)\nfirst\nsecond\n"
        "2024-01-02 03:05:06 10001(10001)\n[图片]\n2026-09-15 上午 08:00:00 Bob<b@example.com>\nx\n"
    )
    events = acts(text)
    assert [(event.identifier, when(event)) for event in events] == [
        ("QQ 10001", "2024-01-02 03:04:05"),
        ("QQ 10001", "2024-01-02 03:05:06"),
        ("b@example.com", "2026-09-15 08:00:00"),
    ]
    assert events[0].text == "first\nsecond"


def test_a_copy_from_a_phone() -> None:
    text = (
        "— —  2020-2-21  — —\n\n德里奇  23:50:12 \n1\n\na dark idea  23:50:40 \n2\n\n"
        "— —  2020-2-22  — —\n\n德里奇  0:01:48 \n诶？\n\na dark idea撤回了一条消息\n"
    )
    read_records = records(text)
    messages = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.identifier, event.text, when(event)) for event in messages] == [
        ("德里奇", "1", "2020-02-21 23:50:12"),
        ("a dark idea", "2", "2020-02-21 23:50:40"),
        ("德里奇", "诶？", "2020-02-22 00:01:48"),
    ]
    assert QuestionKind.OWNER in questions_of(read_records)


SIDE = """【冒泡】无情的围观熊 2/14/2020 9:16:13 PM
（1

【骰子】守善锤 2/14/2020 9:16:17 PM
2
3

守善锤撤回了一条消息

无情的围观熊 2/14/2020 9:17:10 PM
3
"""


def test_a_copy_from_the_window_with_american_dates() -> None:
    events = acts(SIDE)
    assert [(when(event), event.text) for event in events] == [
        ("2020-02-14 21:16:13", "（1"),
        ("2020-02-14 21:16:17", "2\n3"),
        ("2020-02-14 21:17:10", "3"),
    ]


def test_day_and_month_that_nothing_decides_are_asked_for() -> None:
    text = TOP + heading("A") + "3/4/2020 9:16:13 PM A(10001)\nx\n\n"
    read_records = records(text)
    [event] = [event for event in read_records if isinstance(event, EventRecord)]
    assert event.time is None
    assert questions_of(read_records)[QuestionKind.DATE_ORDER].detail == {
        "samples": ["3/4/2020 9:16:13 PM"]
    }
    [listed_event] = acts(text, Answers(date_order=DateOrder.DMY))
    assert when(listed_event) == "2020-04-03 21:16:13"
    forwards = "3/4/2020 9:16:13 PM A\nx\n\n4/1/2020 9:16:13 PM A\nx\n\n"
    assert [when(event) for event in acts(TOP + heading("A") + forwards)] == [
        "2020-03-04 21:16:13",
        "2020-04-01 21:16:13",
    ]


@pytest.mark.parametrize(
    ("words", "outcome", "seconds"),
    [
        ("通话时长 01:23", Outcome.ANSWERED, 83),
        ("语音通话 通话时长 1:02:03", Outcome.ANSWERED, 3723),
        ("[QQ电话]未接听，点击回拨", Outcome.MISSED, None),
        ("[语音通话] 对方已取消", Outcome.MISSED, None),
        ("视频通话 - 已拒绝", Outcome.REJECTED, None),
    ],
)
def test_calls(words: str, outcome: Outcome, seconds: float | None) -> None:
    text = TOP + heading("A") + f"2024-01-01 12:00:00 A\n{words}\n\n"
    [event] = acts(text)
    assert (event.type, event.outcome, event.duration_s, event.direction) == (
        EventType.CALL,
        outcome,
        seconds,
        IN,
    )


def test_words_about_calls_are_messages() -> None:
    text = TOP + heading("A") + "2024-01-01 12:00:00 A\n已取消\n\n2024-01-01 12:00:00 A\n未接\n\n"
    assert {event.type for event in acts(text)} == {EventType.MESSAGE}


def test_what_has_no_sane_time_is_skipped_and_told() -> None:
    text = TOP + heading("A") + "2024-13-41 12:00:00 A\nx\n\n1970-01-01 12:00:00 A\ny\n\n"
    read_records = records(text + "2024-01-01 25:00:00 A\nz\n\n2024-01-01 12:00:00 A\ngood\n\n")
    skipped = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert [skipped_entry.reason.code for skipped_entry in skipped] == [
        MessageCode.ROW_BAD_TIME
    ] * 3
    assert [event.text for event in read_records if isinstance(event, EventRecord)] == ["good"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-10-05 21:40:12 老王\n还钱\n\n2026-10-05 21:41:12 老李\n不\n\n",
        "老王 2026-10-05 21:40:12\n还钱\n\n老李 2026-10-05 21:41:12\n不\n\n",
        "2024-01-01 10:00:00 worker(12345)\n2024-01-01 10:00:01 worker(12346)\n",
        "2024-01-05, 10:00 - Ann: hi\n",
        "[LINE] 与A的聊天记录\n\n2024/01/05（五）\n09:00\tA\thi\n",
        "消息对象: none\nhello\n",
    ],
)
def test_other_texts_are_not_claimed(text: str) -> None:
    assert not qq_text.recognises(source(text))


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "系统消息"]), WORDS), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_entry_is_accounted_for(rows: list[tuple[str, str]]) -> None:
    text = TOP + heading("A")
    for second, (name, words) in enumerate(rows):
        text += f"2024-01-01 12:00:{second:02} {name}\n{words}\n\n"
    read_records = records(text)
    assert len([event for event in read_records if isinstance(event, EventRecord)]) == sum(
        name != "系统消息" for name, _words in rows
    )
    system = sum(name == "系统消息" for name, _words in rows)
    assert len([block for block in read_records if isinstance(block, TextBlock)]) == 6 + system


@given(st.binary(max_size=300), st.integers(0, 500))
@settings(max_examples=150, deadline=None)
def test_damage_never_stops_it(junk: bytes, place: int) -> None:
    for data in (junk, *(text.encode() for text in (TWO, SIDE, GROUP))):
        try:
            for _record in qq_text.read(source(data[:place] + junk + data[place:])):
                pass
        except ReadFailure:
            pass


PASTED_MESSAGES = (
    "2019-06-01 10:00:00 老板(10009)\n还钱\n\n2019-06-01 10:01:00 小张(10008)\n好的\n\n"
)


@pytest.mark.parametrize("more", ["2019-07-16 18:16:05 我(10002)\n看到了\n\n", ""])
def test_messages_of_another_chat_that_were_pasted_stay_in_their_message(more: str) -> None:
    text = (
        "消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息对象:甲(10001)\n\n"
        "2019-07-15 18:15:05 我(10002)\n你好\n\n"
        f"2019-07-16 18:15:05 甲(10001)\n看看这个\n\n{PASTED_MESSAGES}{more}"
    )
    events = acts(text)
    assert [event.text.partition("\n")[0] for event in events][:2] == ["你好", "看看这个"]
    assert len(events) == 2 + bool(more)
    assert "老板(10009)" in events[1].text and "好的" in events[1].text
    assert all(event.direction is not Direction.NONE for event in events)


def test_another_chat_of_the_same_export_begins_anew_in_time() -> None:
    chat = "{rule}\n消息分组:我的好友\n{rule}\n消息对象:{name}({id})\n{rule}\n\n"
    rule = "=" * 64
    text = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
    for name, number, month in (("甲", 10001, "07"), ("乙", 10003, "06")):
        text += chat.format(rule=rule, name=name, id=number)
        for day in (1, 2):
            text += f"2019-{month}-0{day} 18:15:05 {name}({number})\n在吗\n\n"
    assert len(acts(text)) == 4


@pytest.mark.parametrize("number", ["12345", "13800138000", "95555", "1234567890"])
def test_the_number_of_an_account_is_no_telephone_number(number: str) -> None:
    text = f"消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息对象:甲({number})\n\n"
    [event] = acts(f"{text}2019-07-16 18:15:05 甲({number})\n在吗\n")
    assert event.identifier == f"QQ {number}"
    assert normalize(event.identifier, "CN") == f"qq {number}"


def test_a_chat_that_wechat_put_into_an_e_mail() -> None:
    text = (
        "—————  2024-03-14  —————\n\n\n老王  9:05\n\n还钱\n第二行\n\n"
        "小明  21:06\n\n好\n\n\n—————  2024-03-15  —————\n\n\n老王  0:07\n\n快\n"
    )
    events = acts(text)
    assert [event.text for event in events] == ["还钱\n第二行", "好", "快"]
    times = [event.time for event in events if event.time is not None]
    assert [time.precision.value for time in times] == ["minute"] * 3
    assert [str(time.moment.at) for time in times] == [
        "2024-03-14 09:05:00",
        "2024-03-14 21:06:00",
        "2024-03-15 00:07:00",
    ]
