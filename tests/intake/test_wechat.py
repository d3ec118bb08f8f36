"""WeChat as the usual tools export it: tables, JSON and text."""

import contextlib
import io
import json
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.wechat import json_export as wechat_json
from evidence_app.intake.readers.wechat import message_types, message_xml
from evidence_app.intake.readers.wechat import table_export as wechat_table
from evidence_app.intake.readers.wechat import text_export as wechat_text
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import Instant, WallClock

MOMENT = Instant(datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))


def read(
    module: ModuleType, data: bytes | str, name: str = "老王.csv", answers: Answers | None = None
) -> list[Record]:
    raw = data if isinstance(data, bytes) else data.encode()
    source = Source(io.BytesIO(raw), len(raw), name, answers=answers or Answers())
    file_format = detect(source)
    assert file_format is not None
    assert file_format.module == module.__name__.removeprefix("evidence_app.intake.readers.")
    return list(module.read(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def sides(records: list[Record]) -> list[tuple[Direction, str]]:
    return [(event.direction, event.identifier) for event in acts(records)]


MEMOTRACE = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
    "1,5,1,0,0,1700000000,2,还钱,2023-11-15 06:13:20,老王,wang,wxid_w\n"
    "2,5,1,0,1,1700000001,2,没有,2023-11-15 06:13:21,老王,wang,wxid_me\n"
    '3,5,49,2000,0,1700000002,2,"<msg><appmsg><title>微信转账</title>\n<des>收到转账￥12.00元</des>'
    '</appmsg></msg>",2023-11-15 06:13:22,老王,wang,wxid_w\n'
    '4,5,50,0,0,1700000003,2,"<voip><msg><![CDATA[对方已取消]]></msg></voip>",,老王,wang,wxid_w\n'
    "5,5,10000,0,0,1700000004,2,老王 撤回了一条消息,,老王,wang,wxid_w\n"
    "6,5,3,0,0,1700000005,2,,,老王,wang,wxid_w\n"
    "7,5,1,0,0,bad,2,x,,老王,wang,wxid_w\n"
)


def test_memotrace_for_all_chats() -> None:
    records = read(wechat_table, MEMOTRACE.encode("utf-8-sig"))
    assert [(event.type, event.direction, event.text) for event in acts(records)] == [
        (EventType.MESSAGE, Direction.INCOMING, "还钱"),
        (EventType.MESSAGE, Direction.OUTGOING, "没有"),
        (EventType.PAYMENT, Direction.INCOMING, "[转账] 微信转账 收到转账￥12.00元"),
        (EventType.CALL, Direction.INCOMING, "对方已取消"),
        (EventType.MESSAGE, Direction.INCOMING, "[图片]"),
    ]
    assert {(event.identifier, event.contact_name) for event in acts(records)} == {
        ("wxid_w", "老王")
    }
    assert acts(records)[0].time is not None
    assert acts(records)[0].time.moment == MOMENT  # type: ignore[union-attr]
    assert acts(records)[3].outcome is Outcome.MISSED
    assert [block.text for block in records if isinstance(block, TextBlock)] == [
        "老王 撤回了一条消息"
    ]
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )
    assert not [question for question in records if isinstance(question, Question)]


def test_rows_that_are_longer_than_their_heading() -> None:
    head, *rows = MEMOTRACE.splitlines(keepends=True)
    short = head.replace(",Remark,NickName,Sender", "") + "".join(rows[:2])
    assert [event.direction for event in acts(read(wechat_table, short))] == [
        Direction.INCOMING,
        Direction.OUTGOING,
    ]


def test_memotrace_of_one_chat_asks_whose_it_is() -> None:
    text = (
        "消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n"
        "1,文本,老王,2023-11-15 06:13:20,还钱,,,\n"
        "2,语音通话,小李,2023-11-15 06:14:20,通话时长 01:23,,,\n"
    )
    records = read(wechat_table, text, "chat.csv")
    kinds = {question.kind for question in records if isinstance(question, Question)}
    assert kinds == {QuestionKind.OWNER, QuestionKind.TIMEZONE}
    answered = read(wechat_table, text, "chat.csv", Answers(owners=("小李",)))
    assert sides(answered) == [(Direction.INCOMING, "老王"), (Direction.OUTGOING, "老王")]
    assert acts(answered)[1].duration_s == 83
    assert sides(read(wechat_table, text, "老王.csv")) == sides(answered)
    assert isinstance(acts(answered)[0].time.moment, WallClock)  # type: ignore[union-attr]


def test_pywxdump_new_and_old() -> None:
    new = (
        "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"
        "1,9,文本,0,wxid_w,wxid_w,还钱,,1700000000\n2,9,图片,1,我,wxid_w,,a\\b.jpg,1700000001\n"
        "3,9,文本,0,wxid_x,1@chatroom,hi,,1700000001\n"
    )
    events = acts(read(wechat_table, new))
    assert [event.direction for event in events] == [
        Direction.INCOMING,
        Direction.OUTGOING,
        Direction.INCOMING,
    ]
    assert events[1].enclosed == ("a\\b.jpg",)
    old = (
        "id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime\n"
        '1,9,图片,0,wxid_w,wxid_w,"{""src"": ""a.jpg"", ""msg"": ""图片""}",1700000000\n'
    )
    [listed_event] = acts(read(wechat_table, old))
    assert (listed_event.text, listed_event.enclosed) == ("图片", ("a.jpg",))


def test_weflow_and_chatlog_tables() -> None:
    weflow = (
        "id,MsgSvrID,type_name,is_sender,talker,msg,src,CreateTime\n"
        "1,9,文本,0,wxid_w,还钱,,2023-11-14T22:13:20.000Z\n"
        "2,9,文本,1,wxid_me,没有,,2023-11-14T22:13:21.000Z\n"
    )
    records = read(wechat_table, weflow)
    assert sides(records) == [(Direction.INCOMING, "wxid_w"), (Direction.OUTGOING, "wxid_w")]
    assert acts(records)[0].time.moment == MOMENT  # type: ignore[union-attr]
    chatlog = (
        "Time,SenderName,Sender,TalkerName,Talker,Content\n"
        "2023-11-15 06:13:20,老王,wxid_w,老王,wxid_w,还钱\n"
        "2023-11-15 06:13:21,我,wxid_me,老王,wxid_w,没有\n"
    )
    assert sides(read(wechat_table, chatlog)) == [
        (Direction.INCOMING, "wxid_w"),
        (Direction.OUTGOING, "wxid_w"),
    ]
    assert {event.contact_name for event in acts(read(wechat_table, chatlog))} == {"老王"}


def weflow(**session: Any) -> str:
    messages = [
        {"localId": 1, "createTime": 1700000000, "type": "文本消息", "content": "还钱",
         "isSend": 0, "senderUsername": "wxid_w", "senderDisplayName": "老王"},
        {"localId": 2, "createTime": 1700000001, "type": "文本消息", "content": "没有",
         "isSend": 1, "senderUsername": "wxid_me", "senderDisplayName": "我"},
        {"localId": 3, "createTime": 1700000002, "type": "系统消息", "content": "x",
         "isSend": None, "senderUsername": "", "senderDisplayName": ""},
        {"localId": 4, "createTime": "never", "type": "文本消息", "content": "x", "isSend": 0},
        {"localId": 5, "createTime": 1700000005, "type": "语音通话", "content": "未接听",
         "isSend": 0, "senderUsername": "wxid_w", "senderDisplayName": "老王"},
    ]  # fmt: skip
    contact = {
        "wxid": "wxid_w",
        "nickname": "w",
        "remark": "",
        "displayName": "老王",
        "type": "私聊",
    }
    return json.dumps(
        {"weflow": {"version": "1"}, "session": contact | session, "messages": messages},
        ensure_ascii=False,
    )


def test_weflow_json() -> None:
    records = read(wechat_json, weflow(), "x.json")
    assert sides(records) == [
        (Direction.INCOMING, "wxid_w"),
        (Direction.OUTGOING, "wxid_w"),
        (Direction.INCOMING, "wxid_w"),
    ]
    assert acts(records)[2].outcome is Outcome.MISSED
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )
    assert len([block for block in records if isinstance(block, TextBlock)]) == 1
    group = acts(read(wechat_json, weflow(wxid="1@chatroom", type="群聊"), "x.json"))
    assert [(event.identifier, event.raw["chat"]) for event in group] == [
        ("wxid_w", "老王"),
        ("", "老王"),
        ("wxid_w", "老王"),
    ]


def test_lists_of_pywxdump_and_chatlog() -> None:
    dump = [{"id": 1, "MsgSvrID": "9", "type_name": "文本", "is_sender": 0, "talker": "wxid_w",
             "room_name": "wxid_w", "msg": "还钱", "src": "",
             "CreateTime": "2023-11-15 06:13:20"}]  # fmt: skip
    assert sides(read(wechat_json, json.dumps(dump), "x.json")) == [(Direction.INCOMING, "wxid_w")]
    log = [{"seq": 1, "time": "2023-11-15T06:13:20+08:00", "talker": "wxid_w", "talkerName": "老王",
            "isChatRoom": False, "sender": "wxid_w", "senderName": "老王", "isSelf": False,
            "type": 1, "subType": 0, "content": "还钱"}]  # fmt: skip
    records = read(wechat_json, json.dumps(log), "x.json")
    assert sides(records) == [(Direction.INCOMING, "wxid_w")]
    assert acts(records)[0].time.moment == MOMENT  # type: ignore[union-attr]


@pytest.mark.parametrize("reverse", [False, True])
def test_text_with_time_and_name_in_either_order(reverse: bool) -> None:
    def head(at: str, who: str) -> str:
        return f"{who} {at}\n" if reverse else f"{at} {who}\n"

    text = (
        head("2026-10-05 21:40:12", "老王") + "还钱\n2026-10-05 21:40:13 别人\n\n"
        + head("2026-10-05 21:41:12", "小李") + "没有\n\n"
    )  # fmt: skip
    records = read(wechat_text, text, "老王.txt")
    assert sides(records) == [(Direction.INCOMING, "老王"), (Direction.OUTGOING, "老王")]
    assert acts(records)[0].text.startswith("还钱\n2026")


@pytest.mark.parametrize(
    ("words", "direction", "outcome", "seconds"),
    [
        ("通话时长 01:23", Direction.INCOMING, Outcome.ANSWERED, 83),
        ("聊天时长 1:00:05", Direction.OUTGOING, Outcome.ANSWERED, 3605),
        ("对方已取消", Direction.INCOMING, Outcome.MISSED, None),
        ("忙线未接听", Direction.INCOMING, Outcome.MISSED, None),
        ("已拒绝", Direction.INCOMING, Outcome.REJECTED, None),
        ("对方无应答", Direction.OUTGOING, Outcome.UNKNOWN, None),
    ],
)
def test_calls(words: str, direction: Direction, outcome: Outcome, seconds: float | None) -> None:
    xml = f"<voip><msg><![CDATA[{words}]]></msg></voip>"
    content = message_types.content_of("50", "", xml, direction)
    assert (content.type, content.outcome, content.duration_s) == (EventType.CALL, outcome, seconds)


def test_hostile_xml_says_nothing_and_costs_nothing() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]><msg><title>&b;&c;</title></msg>'
    )
    assert "aaaa" not in message_xml.xml_words(bomb)
    assert "root:" not in message_xml.xml_words(bomb)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_nothing_makes_them_fail(data: st.DataObject) -> None:
    for module, text in ((wechat_table, MEMOTRACE), (wechat_json, weflow())):
        damaged = bytearray(text.encode())
        for _ in range(data.draw(st.integers(0, 10))):
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
        end = data.draw(st.integers(1, len(damaged)))
        with contextlib.suppress(ReadFailure):
            list(module.read(Source(io.BytesIO(bytes(damaged[:end])), end, "x")))


@given(st.text(max_size=300))
def test_no_content_makes_it_fail(content: str) -> None:
    for kind in ("1", "49", "50", "图片", ""):
        message_types.content_of(kind, "2000", content, Direction.INCOMING)
        message_types.content_of(kind, "", "<msg>" + content, Direction.NONE)
