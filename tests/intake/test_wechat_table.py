"""Tables of WeChat chats as the tools really write them."""

import contextlib
import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechat_samples import accounted, acts, blocks, questions_of, read, sides, source_of

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.wechat import table_export as wechat_table
from evidence_app.intake.records import EventRecord
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry
from evidence_app.model.question import Answers, QuestionKind
from evidence_app.model.times import Instant, WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE
ALL = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,"
    "Remark,NickName,Sender\n"
)
CHAT = "消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n"
DUMP = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"
WEFLOW = "id,MsgSvrID,type_name,is_sender,talker,msg,src,CreateTime\n"
CHATLOG = "Time,SenderName,Sender,TalkerName,Talker,Content\n"


def row(*cells: object) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def memotrace(
    talker: object, own: int, words: str, *end: str, kind: int = 1, second: int = 0
) -> str:
    at = 1700000000
    return row(1, talker, kind, second, own, at, 2, words, "2023-11-15 06:13:20", *end)


def test_a_table_that_names_nobody_asks_whose_conversation_it_is() -> None:
    data = ALL + memotrace("", 0, "还钱", "", "", "") + memotrace("", 1, "没有", "", "", "")
    records = read(wechat_table, data.encode("utf-8-sig"), "messages.csv")
    assert [event.direction for event in acts(records)] == [IN, OUT]
    assert QuestionKind.CORRESPONDENT in questions_of(records)
    source = source_of(data, "messages.csv", Answers(correspondent="老王"))
    read_records = list(wechat_table.read(source))
    assert sides(read_records) == [(IN, "老王", "老王"), (OUT, "老王", "老王")]
    assert QuestionKind.CORRESPONDENT not in questions_of(read_records)
    # The name of a file says it as well.
    named = read(wechat_table, data.encode("utf-8-sig"), "老王.csv")
    assert QuestionKind.CORRESPONDENT not in questions_of(named)


@pytest.mark.parametrize(
    "heading",
    [
        "时间,发送者,消息类型,内容",
        "发送时间,发送人,类型,消息内容",
        "消息时间,发言人,消息类型,聊天内容",
    ],
)
def test_a_table_of_who_wrote_what_when(heading: str) -> None:
    data = (
        f'{heading}\n2024-03-14 09:05:11,老王,文本,还钱\n2024-03-14 09:06:11,我,文本,"好,明天"\n'
        "2024-03-14 09:07:11,老王,图片,[图片]\n"
        "2024-03-14 09:08:11,系统消息,系统消息,撤回了一条消息\n"
    )
    records = read(wechat_table, data.encode("utf-8-sig"), "聊天.csv")
    assert sides(records) == [(IN, "老王", "老王"), (OUT, "老王", "老王"), (IN, "老王", "老王")]
    assert [event.text for event in acts(records)] == ["还钱", "好,明天", "[图片]"]
    assert len(blocks(records)) == 1


def test_a_table_of_text_messages_is_none_of_wechat() -> None:
    data = "时间,发送者,接收者,内容\n2024-03-14 09:05:11,95588,13800138000,还钱\n".encode()
    assert not wechat_table.recognises(source_of(data.decode(), "sms.csv"))


def test_several_conversations_without_names_are_not_put_under_one() -> None:
    data = ALL + memotrace(5, 0, "还钱", "", "", "") + memotrace(6, 0, "还钱", "", "", "")
    records = read(wechat_table, data.encode("utf-8-sig"), "messages.csv")
    assert QuestionKind.CORRESPONDENT not in questions_of(records)


def test_the_table_of_all_chats_names_the_chat_in_every_row_and_the_owner_as_me() -> None:
    data = ALL + "".join(
        (
            memotrace(5, 0, "还钱", "老王", "wang", "wang"),
            memotrace(5, 1, "没有", "老王", "wang", "我"),
            memotrace(6, 1, "大家好", "", "催收群", "我"),
            memotrace(6, 0, "快还", "", "催收群", "张三"),
            memotrace(7, 0, "我是法务", "", "", ""),
        )
    )
    records = read(wechat_table, data.encode("utf-8-sig"), "messages.csv")
    assert sides(records) == [
        (IN, "老王", "老王"),
        (OUT, "老王", "老王"),
        (OUT, "", ""),
        (IN, "张三", "张三"),
        (IN, "", ""),
    ]
    assert [event.raw.get("chat") for event in acts(records)] == [
        None,
        None,
        "催收群",
        "催收群",
        None,
    ]
    assert questions_of(records) == {QuestionKind.CORRESPONDENT}


def test_the_table_of_one_chat_names_the_sender_in_every_row() -> None:
    data = (
        ALL
        + memotrace(5, 1, "没有", "", "小李", "wxid_me")
        + memotrace(5, 0, "还钱", "老王", "wang", "wxid_w")
    )
    assert sides(read(wechat_table, data, "老王_utf8.csv")) == [
        (OUT, "wxid_w", "老王"),
        (IN, "wxid_w", "老王"),
    ]


def test_the_table_of_one_group_keeps_its_members_apart() -> None:
    data = ALL + "".join(
        memotrace(5, own, "x", "", "平安", wxid)
        for own, wxid in ((0, "wxid_a"), (0, "wxid_b"), (1, "wxid_me"))
    )
    records = read(wechat_table, data, "催收群_utf8.csv")
    assert sides(records) == [(IN, "wxid_a", "平安"), (IN, "wxid_b", "平安"), (OUT, "", "")]
    assert {event.raw["chat"] for event in acts(records)} == {"催收群"}


def test_an_early_table_without_names_is_of_whom_its_file_is_named_after() -> None:
    data = ALL + memotrace(5, 0, "还钱") + memotrace(5, 1, "没有")
    assert sides(read(wechat_table, data, "老王_utf8.csv")) == [
        (IN, "老王", "老王"),
        (OUT, "老王", "老王"),
    ]
    assert sides(read(wechat_table, data, "messages.csv")) == [(IN, "", ""), (OUT, "", "")]


@pytest.mark.parametrize(
    "heading", [ALL, ALL.replace(",Remark,NickName,Sender", ""), ALL.replace(",Sender", "")]
)
def test_rows_with_a_number_that_the_heading_lacks(heading: str) -> None:
    number = "8234567890123456789"
    data = (
        heading
        + memotrace(5, 0, "还钱", number, "老王", "wang", "wang")
        + memotrace(5, 1, "没有", number, "老王", "wang", "我")
    )
    records = read(wechat_table, data)
    assert sides(records) == [(IN, "老王", "老王"), (OUT, "老王", "老王")]
    assert acts(records)[0].raw["MsgSvrID"] == number


def test_a_group_by_its_id_with_the_sender_in_the_content() -> None:
    data = ALL + memotrace("1@chatroom", 0, "wxid_x:\n还钱") + memotrace("wxid_y", 0, "note:\nhi")
    records = read(wechat_table, data)
    assert [(event.identifier, event.text) for event in acts(records)] == [
        ("wxid_x", "还钱"),
        ("wxid_y", "note:\nhi"),
    ]


def test_xml_with_quotes_and_newlines_in_one_cell_far_beyond_the_usual_limit() -> None:
    xml = (
        '<?xml version="1.0"?>\n<msg>\n<appmsg appid=""><title>合同.pdf</title>\n<des></des>'
        f"<type>6</type></appmsg><x>{'y' * 200_000}</x>\n</msg>"
    )
    data = ALL + memotrace(5, 0, xml, kind=49, second=6) + memotrace(5, 0, "完")
    assert [event.text for event in acts(read(wechat_table, data))] == ["合同.pdf", "完"]


def test_unix_seconds_are_an_instant_and_local_text_is_not() -> None:
    [first] = acts(read(wechat_table, ALL + memotrace(5, 0, "x")))
    assert first.time is not None
    assert first.time.moment == Instant(datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    assert first.raw["StrTime"] == "2023-11-15 06:13:20"
    records = read(
        wechat_table, DUMP + row(1, 9, "文本", 0, "w", "w", "x", "", "2023-11-15 06:13:20")
    )
    assert acts(records)[0].time is not None
    assert acts(records)[0].time.moment == WallClock(  # type: ignore[union-attr]
        datetime(2023, 11, 15, 6, 13, 20)  # noqa: DTZ001 - no zone is told.
    )
    assert questions_of(records) == {QuestionKind.TIMEZONE}


def test_times_that_cannot_be_are_reported() -> None:
    data = (
        DUMP
        + row(1, 9, "文本", 0, "w", "w", "x", "", "2093-11-15 06:13:20")
        + row(2, 9, "文本", 0, "w", "w", "x", "", "2023-02-30 06:13:20")
        + row(3, 9, "文本", 0, "w", "w", "x", "", "1970-01-01 08:00:00")
    )
    records = read(wechat_table, data)
    assert not acts(records)
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 3
    )


def test_pywxdump_tells_groups_and_system_messages() -> None:
    data = DUMP + "".join(
        (
            row(1, 9, "文本", 0, "wxid_a", "1@chatroom", "还钱", "", "2023-11-15 06:13:20"),
            row(2, 9, "文本", 1, "我", "1@chatroom", "没有", "", "2023-11-15 06:13:21"),
            row(3, 9, "系统通知", 0, "系统", "1@chatroom", "a 加入", "", "2023-11-15 06:13:22"),
            row(4, 9, "消息撤回6", 0, "系统", "w", "a 撤回了一条消息", "", "2023-11-15 06:13:23"),
            row(5, 9, "文本", 0, "未知", "1@chatroom", "x", "", "2023-11-15 06:13:24"),
        )
    )
    records = read(wechat_table, data)
    assert sides(records) == [(IN, "wxid_a", ""), (OUT, "", ""), (IN, "", "")]
    assert {event.raw["chat"] for event in acts(records)} == {"1@chatroom"}
    assert blocks(records) == ["a 加入", "a 撤回了一条消息"]


@pytest.mark.parametrize(
    ("words", "own", "outcome", "seconds"),
    [
        ("语音/视频通话[通话时长 01:23]", 0, Outcome.ANSWERED, 83),
        ("语音/视频通话[对方已取消]", 0, Outcome.MISSED, None),
        ("语音/视频通话[已取消]", 1, Outcome.UNKNOWN, None),
        ("语音/视频通话[已拒绝]", 0, Outcome.REJECTED, None),
    ],
)
def test_pywxdump_calls(words: str, own: int, outcome: Outcome, seconds: float | None) -> None:
    data = DUMP + row(1, 9, "语音通话", own, "w", "w", words, "", "2023-11-15 06:13:20")
    [call] = acts(read(wechat_table, data))
    assert (call.type, call.outcome, call.duration_s) == (EventType.CALL, outcome, seconds)


def test_pywxdump_transfers_are_payments_once_and_receipts_are_not() -> None:
    data = DUMP + "".join(
        row(1, 9, "转账", 1, "我", "w", words, "", "2023-11-15 06:13:20")
        for words in ("转账：￥12.00\n转账说明：", "已收款：￥12.00\n转账说明：")
    )
    events = acts(read(wechat_table, data))
    assert [event.type for event in events] == [EventType.PAYMENT, EventType.MESSAGE]
    assert events[0].text.startswith("[转账] 转账：￥12.00")


def test_an_early_pywxdump_table_with_json_that_is_not_quoted() -> None:
    data = (
        "id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime\n"
        '1,9,图片,0,w,w,{"src": "a.jpg", "msg": "图片"},2023-11-15 06:13:20\n'
    )
    [event] = acts(read(wechat_table, data))
    assert (event.text, event.enclosed) == ("图片", ("a.jpg",))
    assert event.time is not None


def test_weflow_writes_calls_and_transfers_as_text() -> None:
    data = WEFLOW + "".join(
        row(1, 9, "text", 0, "老王", words, "", "2023-11-14T22:13:20.000Z")
        for words in (
            "[语音通话] 01:23",
            "[视频通话] 未接听",
            "[转账] ￥12.00",
            "[转账收款] ￥12.00",
        )
    )
    events = acts(read(wechat_table, data))
    assert [(event.type, event.outcome, event.duration_s) for event in events] == [
        (EventType.CALL, Outcome.ANSWERED, 83),
        (EventType.CALL, Outcome.MISSED, None),
        (EventType.PAYMENT, Outcome.UNKNOWN, None),
        (EventType.MESSAGE, Outcome.UNKNOWN, None),
    ]


def test_weflow_groups_show_by_their_members() -> None:
    data = WEFLOW + "".join(
        row(1, 9, "image", own, who, "images/one.jpg", "", "2023-11-14T22:13:20.000Z")
        for own, who in ((1, "小李"), (0, "老王"), (0, "张三"))
    )
    records = read(wechat_table, data, "群聊_催收群.csv")
    assert sides(records) == [(OUT, "", ""), (IN, "老王", "老王"), (IN, "张三", "张三")]
    assert {event.raw["chat"] for event in acts(records)} == {"催收群"}
    assert {(event.text, event.enclosed) for event in acts(records)} == {
        ("[图片]", ("images/one.jpg",))
    }


def test_chatlog_learns_the_owner_from_chats_of_two() -> None:
    at = "2023-11-15 06:13:20"
    data = CHATLOG + "".join(
        (
            row(at, "张三", "wxid_z", "催收群", "1@chatroom", "还钱"),
            row(at, "小李", "wxid_me", "催收群", "1@chatroom", "没有"),
            row(at, "小李", "wxid_me", "老王", "wxid_w", "[语音通话]"),
            row(at, "", "系统消息", "老王", "wxid_w", "你撤回了一条消息"),
        )
    )
    records = read(wechat_table, data)
    assert sides(records) == [(IN, "wxid_z", "张三"), (OUT, "", ""), (OUT, "wxid_w", "老王")]
    assert acts(records)[2].type is EventType.CALL
    assert blocks(records) == ["你撤回了一条消息"]
    assert questions_of(records) == {QuestionKind.TIMEZONE}


def test_chatlog_asks_for_the_owner_of_a_group_and_takes_the_answer() -> None:
    at = "2023-11-15 06:13:20"
    data = (
        CHATLOG
        + row(at, "张三", "wxid_z", "催收群", "1@chatroom", "还钱")
        + row(at, "小李", "wxid_me", "催收群", "1@chatroom", "没有")
    )
    assert sides(read(wechat_table, data)) == [(NONE, "wxid_z", "张三"), (NONE, "wxid_me", "小李")]
    assert QuestionKind.OWNER in questions_of(read(wechat_table, data))
    for owner in ("小李", "wxid_me"):
        records = read(wechat_table, data, owners=(owner,))
        assert sides(records) == [(IN, "wxid_z", "张三"), (OUT, "", "")]
        assert QuestionKind.OWNER not in questions_of(records)


def test_the_file_name_tells_whose_chat_it_is_whatever_was_added_to_it() -> None:
    data = (
        CHAT
        + row(1, "文本", "老王", "2023-11-15 06:13:20", "还钱", "老王", "wang", "more")
        + row(2, "文本", "小李", "2023-11-15 06:13:21", "没有", "", "小李", "more")
        + row(3, "系统消息", "小李", "2023-11-15 06:13:22", "你撤回了一条消息", "", "小李", "more")
    )
    records = read(wechat_table, data, "老王(1).csv")
    assert sides(records) == [(IN, "老王", "老王"), (OUT, "老王", "老王")]
    assert blocks(records) == ["你撤回了一条消息"]
    assert questions_of(records) == {QuestionKind.TIMEZONE}


def test_typed_words_about_calls_are_no_calls() -> None:
    data = ALL + memotrace(5, 0, "未接听") + memotrace(5, 0, "通话时长 01:23")
    assert {event.type for event in acts(read(wechat_table, data))} == {EventType.MESSAGE}


@pytest.mark.parametrize(
    "text",
    [
        "Time,Sender,Content\n2023-11-15 06:13:20,a,b\n",
        "时间,内容\n2023-11-15 06:13:20,b\n",
        "localId,Type\n1,2\n",
    ],
)
def test_other_tables_are_not_claimed(text: str) -> None:
    assert not wechat_table.recognises(source_of(text))


def test_what_stands_before_an_endless_cell_is_read() -> None:
    data = ALL + memotrace(5, 0, "还钱") + '2,5,1,0,0,1700000001,2,"' + "x" * (17 << 20)
    events = []
    with pytest.raises(ReadFailure):
        for record in wechat_table.read(source_of(data)):
            events.append(record)
    assert [event.text for event in events if isinstance(event, EventRecord)] == ["还钱"]


KINDS = st.sampled_from(["1", "3", "34", "49", "50", "10000", "10002", "文本", ""])
CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KINDS, CELLS, CELLS, st.sampled_from(["0", "1", "", "x"])), max_size=12))
def test_every_row_is_accounted_for(rows: list[tuple[str, str, str, str]]) -> None:
    layouts = (
        (ALL, lambda k, c, w, o: row(1, 5, k, 0, o, 1700000000, 2, c, "", w, w, w)),
        (CHAT, lambda k, c, w, o: row(1, k, w, "2023-11-15 06:13:20", c, w, w, "more")),
        (DUMP, lambda k, c, w, o: row(1, 9, k, o, w, w, c, "", "2023-11-15 06:13:20")),
        (WEFLOW, lambda k, c, w, o: row(1, 9, k, o, w, c, "", "2023-11-14T22:13:20Z")),
        (CHATLOG, lambda k, c, w, o: row("2023-11-15 06:13:20", w, w, w, o, c)),
    )
    for heading, make in layouts:
        data = heading + "".join(make(*values) for values in rows)
        records = list(wechat_table.read(source_of(data)))
        assert accounted(records) == len(rows)
        places = [event.place for event in acts(records)]
        assert len(set(places)) == len(places)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([ALL, CHAT, DUMP, WEFLOW, CHATLOG]), st.binary(max_size=300))
def test_nothing_makes_it_fail(heading: str, data: bytes) -> None:
    with contextlib.suppress(ReadFailure):
        list(wechat_table.read(source_of(heading.encode() + data)))
    wechat_table.recognises(source_of(data))
