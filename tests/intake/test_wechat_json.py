"""JSON of WeChat chats as the tools really write it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechat_samples import accounted, acts, blocks, questions_of, read, sides, source_of

from evidence_app.intake.readers.wechat import json_export as wechat_json
from evidence_app.intake.records import Notice
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.question import QuestionKind

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE
HEADER = {"version": "1.0.3", "exportedAt": 1700000000, "generator": "WeFlow"}
SESSION = {
    "wxid": "wxid_w", "nickname": "w", "remark": "老王", "displayName": "老王", "type": "私聊",
    "messageCount": 1,
}  # fmt: skip


def message_entry(**fields: Any) -> dict[str, Any]:
    base = {
        "localId": 1, "createTime": 1700000000, "formattedTime": "2023-11-15 06:13:20",
        "type": "文本消息", "localType": 1, "content": "还钱", "isSend": 0,
        "senderUsername": "wxid_w", "senderDisplayName": "老王", "source": "",
    }  # fmt: skip
    return base | fields


def weflow(*messages: Any, session: dict[str, Any] | None = None, late: bool = False) -> str:
    document: dict[str, Any] = {"weflow": HEADER}
    if not late:
        document["session"] = SESSION | (session or {})
    document["messages"] = list(messages)
    if late:
        document["session"] = SESSION | (session or {})
    return json.dumps(document, ensure_ascii=False)


def test_a_session_after_the_messages_names_the_chat_all_the_same() -> None:
    own = message_entry(isSend=1, senderUsername="wxid_me", senderDisplayName="我")
    for late in (False, True):
        records = read(wechat_json, weflow(message_entry(), own, late=late))
        assert sides(records) == [(IN, "wxid_w", "老王"), (OUT, "wxid_w", "老王")]


def test_a_picture_of_the_owner_before_the_messages_does_not_hide_them() -> None:
    data = weflow(message_entry(), session={"avatar": "data:image/png;base64," + "A" * 100_000})
    assert len(acts(read(wechat_json, data))) == 1


def test_both_kinds_in_one_number_and_the_name_that_tells_more() -> None:
    events = acts(
        read(
            wechat_json,
            weflow(
                message_entry(
                    localType=(2000 << 32) + 49, type="其他消息", content="[转账] ￥12.00"
                ),
                message_entry(
                    localType=49, type="转账消息", content="[转账] (老王 转账给 我) ￥12.00"
                ),
                message_entry(localType=(57 << 32) + 49, type="引用消息", content=""),
                message_entry(localType=49, type="转账消息", content="[转账收款] ￥12.00"),
            ),
        )
    )
    assert [act.type for act in events] == [
        EventType.PAYMENT, EventType.PAYMENT, EventType.MESSAGE, EventType.MESSAGE,
    ]  # fmt: skip
    assert events[2].text == "[引用]"


@pytest.mark.parametrize(
    ("words", "own", "outcome", "seconds"),
    [
        ("[语音通话] 1:00:05", 0, Outcome.ANSWERED, 3605),
        ("[视频通话] 对方无应答", 1, Outcome.UNKNOWN, None),
        ("[语音通话] 未接听", 0, Outcome.MISSED, None),
        ("[语音通话] 已在其他设备接听", 0, Outcome.ANSWERED, None),
        ("[通话]", 0, Outcome.UNKNOWN, None),
    ],
)
def test_calls(words: str, own: int, outcome: Outcome, seconds: float | None) -> None:
    data = weflow(message_entry(localType=50, type="通话消息", content=words, isSend=own))
    [call] = acts(read(wechat_json, data))
    assert (call.type, call.outcome, call.duration_s) == (EventType.CALL, outcome, seconds)


def test_paths_of_media_are_enclosed() -> None:
    data = weflow(
        message_entry(localType=3, type="图片消息", content="media/images/a b.jpg"),
        message_entry(localType=1, content="media/images/a.jpg"),
    )
    assert [(act.text, act.enclosed) for act in acts(read(wechat_json, data))] == [
        ("[图片]", ("media/images/a b.jpg",)),
        ("media/images/a.jpg", ()),
    ]


def test_system_messages_by_number_or_name_are_nobodys() -> None:
    data = weflow(
        message_entry(localType=10000, type="系统消息", content="你撤回了一条消息", isSend=None),
        message_entry(localType=922, type="系统消息", content="老王 拍了拍我"),
    )
    records = read(wechat_json, data)
    assert blocks(records) == ["你撤回了一条消息", "老王 拍了拍我"]
    assert not acts(records)


def test_senders_that_are_told_by_number() -> None:
    entry = {"createTime": 1700000000, "type": "文本消息", "localType": 1, "content": "x"}
    data = json.dumps(
        {
            "weflow": HEADER,
            "session": SESSION | {"wxid": "1@chatroom", "type": "群聊", "remark": "催收群"},
            "senders": [{"senderID": 1, "wxid": "wxid_a", "displayName": "张三"}],
            "messages": [entry | {"isSend": 0, "senderID": 1}, entry | {"isSend": 1}],
        }
    )
    records = read(wechat_json, data)
    assert sides(records) == [(IN, "wxid_a", "张三"), (OUT, "", "")]
    assert {act.raw["chat"] for act in acts(records)} == {"催收群"}


def test_an_unknown_direction_is_asked_for_and_the_answer_taken() -> None:
    data = weflow(
        message_entry(isSend=None, senderUsername="wxid_me", senderDisplayName="小李"),
        message_entry(isSend=None),
    )
    records = read(wechat_json, data)
    assert sides(records)[0] == (NONE, "wxid_me", "小李")
    assert sides(records)[1] == (IN, "wxid_w", "老王")
    assert questions_of(records) == {QuestionKind.OWNER}
    answered = read(wechat_json, data, owners=("小李",))
    assert sides(answered)[0] == (OUT, "wxid_w", "老王")
    assert not questions_of(answered)


def test_pywxdump_with_its_older_content() -> None:
    entry = {
        "id": 1, "MsgSvrID": "9", "type_name": "图片", "is_sender": 1, "talker": "我",
        "room_name": "wxid_w", "content": {"src": "FileStorage\\a.dat", "msg": "图片"},
        "CreateTime": "2023-11-15 06:13:20",
    }  # fmt: skip
    records = read(wechat_json, json.dumps([entry]))
    assert sides(records) == [(OUT, "wxid_w", "")]
    assert acts(records)[0].enclosed == ("FileStorage\\a.dat",)
    assert questions_of(records) == {QuestionKind.TIMEZONE}


def test_chatlog_in_a_page_of_results() -> None:
    entry = {
        "seq": 1, "time": "2023-11-15T06:13:20+08:00", "talker": "1@chatroom",
        "talkerName": "催收群", "isChatRoom": True, "sender": "wxid_z", "senderName": "张三",
        "isSelf": False, "type": 49, "subType": 2000, "content": "[转账|发送 ￥12.00]",
    }  # fmt: skip
    system = entry | {"type": 10000, "subType": 0, "sender": "系统消息", "content": "x"}
    for data in ([entry, system], {"total": 2, "items": [entry, system]}):
        records = read(wechat_json, json.dumps(data))
        assert sides(records) == [(IN, "wxid_z", "张三")]
        assert acts(records)[0].type is EventType.PAYMENT
        assert acts(records)[0].text == "[转账|发送 ￥12.00]"
        assert blocks(records) == ["x"]


def test_a_file_that_is_cut_off_keeps_what_came_before() -> None:
    document = weflow(message_entry(), message_entry())
    records = read(wechat_json, document[: document.rindex('"source"')])
    assert len(acts(records)) == 1
    assert [note.damaged for note in records if isinstance(note, Notice)] == [True]


@pytest.mark.parametrize(
    "data",
    [
        {"messages": [{"sender": "a", "content": "b"}]},
        [{"type": "message", "text": "x"}],
        {"session": {"id": 1}, "messages": []},
    ],
)
def test_other_json_is_not_claimed(data: object) -> None:
    assert not wechat_json.recognises(source_of(json.dumps(data)))


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2), st.just("<msg><a"),
)  # fmt: skip
FIELDS = st.sampled_from(
    sorted({*message_entry(), "time", "sender", "talker", "is_sender", "src", "subType"})
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(VALUES, st.dictionaries(FIELDS, VALUES, max_size=6)), max_size=8))
def test_every_entry_is_accounted_for(entries: list[Any]) -> None:
    merged = [message_entry(**entry) if isinstance(entry, dict) else entry for entry in entries]
    merged = json.loads(json.dumps(merged).replace("NaN", "0").replace("Infinity", "1"))
    records = list(wechat_json.read(source_of(weflow(*merged))))
    assert accounted(records) == len(merged)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.binary(max_size=30))
def test_nothing_makes_it_fail(at: int, piece: bytes) -> None:
    encoded = weflow(message_entry(), message_entry(localType=49, content="<msg><title>x")).encode()
    data = encoded[:at] + piece + encoded[at:]
    list(wechat_json.read(source_of(data)))
    wechat_json.recognises(source_of(piece))
