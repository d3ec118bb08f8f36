"""Chats that QQChatExporter wrote, with the traps that real ones have."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.qq import json_export as qq_json
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import Instant, WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE


def source(data: bytes, answers: Answers | None = None) -> Source:
    return Source(io.BytesIO(data), len(data), "chat.json", answers=answers or Answers())


def records(value: Any, answers: Answers | None = None) -> list[Record]:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    read_source = source(data, answers)
    assert qq_json.recognises(read_source)
    return list(qq_json.read(read_source))


def acts(value: Any, answers: Answers | None = None) -> list[EventRecord]:
    return [event for event in records(value, answers) if isinstance(event, EventRecord)]


def questions_of(read_records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in read_records if isinstance(question, Question)}


def message_entry(uin: str, name: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "seq": "1",
        "timestamp": 1704067300000,
        "time": "2024-01-01 00:01:40",
        "sender": {"uid": f"u_{uin}", "uin": uin, "name": name},
        "type": "type_1",
        "content": {"text": text, "elements": [], "resources": []},
        "recalled": False,
        "system": False,
        **more,
    }


def export(*messages: Any, **info: Any) -> dict[str, Any]:
    return {
        "metadata": {"name": "QQChatExporter V5 / https://example.com"},
        "chatInfo": {"name": "王经理", "type": "private", **info},
        "statistics": {"totalMessages": len(messages), "senders": []},
        "messages": list(messages),
        "exportOptions": {},
    }


ME = {"selfUid": "u_100", "selfUin": "100", "selfName": "小李"}


def test_a_private_chat_knows_its_owner() -> None:
    read_records = records(
        export(message_entry("200", "王", "还钱"), message_entry("100", "小李", "不"), **ME)
    )
    messages = [event for event in read_records if isinstance(event, EventRecord)]
    assert [(event.direction, event.identifier, event.contact_name) for event in messages] == [
        (IN, "QQ 200", "王"),
        (OUT, "QQ 200", "王"),
    ]
    assert messages[0].time is not None
    assert isinstance(messages[0].time.moment, Instant)
    assert messages[0].time.moment.at.isoformat() == "2024-01-01T00:01:40+00:00"
    assert not questions_of(read_records)
    assert not [notice for notice in read_records if isinstance(notice, Notice)]


def test_an_owner_who_alone_wrote_still_has_a_partner() -> None:
    [event] = acts(export(message_entry("100", "小李", "不"), peerUin="200", **ME))
    assert (event.direction, event.identifier, event.contact_name) == (OUT, "QQ 200", "王经理")


def test_accounts_that_are_named_in_two_ways_are_one() -> None:
    by_uid = message_entry("", "小李", "不")
    by_uid["sender"] = {"uid": "u_100", "name": "小李"}
    events = acts(
        export(message_entry("200", "王", "还"), by_uid, message_entry("100", "小李", "不"), **ME)
    )
    assert [event.direction for event in events] == [IN, OUT, OUT]


def test_without_the_owner_the_title_tells_the_partner_or_it_is_asked() -> None:
    read_records = records(
        export(message_entry("200", "王经理", "还"), message_entry("100", "小李", "不"))
    )
    assert [event.direction for event in read_records if isinstance(event, EventRecord)] == [
        IN,
        OUT,
    ]
    unsure = records(export(message_entry("200", "老王", "还"), message_entry("100", "小李", "不")))
    assert {event.direction for event in unsure if isinstance(event, EventRecord)} == {NONE}
    names = questions_of(unsure)[QuestionKind.OWNER].detail["candidates"]
    assert names == ["老王 (200)", "小李 (100)"]
    for owner in ("100", "小李", "小李 (100)"):
        messages = acts(
            export(message_entry("200", "老王", "还"), message_entry("100", "小李", "不")),
            Answers(owners=(owner,)),
        )
        assert [(event.direction, event.identifier) for event in messages] == [
            (IN, "QQ 200"),
            (OUT, "QQ 200"),
        ]


def test_a_group() -> None:
    events = acts(
        export(
            message_entry("1", "A", "x"),
            message_entry("100", "小李", "y"),
            **ME | {"type": "group"},
        )
    )
    assert [(event.direction, event.identifier, event.raw["chat"]) for event in events] == [
        (IN, "QQ 1", "王经理"),
        (OUT, "", "王经理"),
    ]


def test_system_lines_are_text_in_old_and_new_exports() -> None:
    old = message_entry("0", "0", "对方撤回了一条消息", isSystemMessage=True)
    new = message_entry("0", "0", "加入群", system=True)
    typed = message_entry("0", "0", "改名", messageType=5)
    read_records = records(export(old, new, typed, message_entry("200", "王", "还钱"), **ME))
    assert [block.text for block in read_records if isinstance(block, TextBlock)] == [
        "对方撤回了一条消息",
        "加入群",
        "改名",
    ]
    assert len([event for event in read_records if isinstance(event, EventRecord)]) == 1


@pytest.mark.parametrize(
    ("timestamp", "at"),
    [
        ("2026-07-10T12:00:00.000Z", "2026-07-10T12:00:00+00:00"),
        ("1704067300", "2024-01-01T00:01:40+00:00"),
        (1704067300, "2024-01-01T00:01:40+00:00"),
    ],
)
def test_every_way_to_write_a_time(timestamp: Any, at: str) -> None:
    [event] = acts(export(message_entry("200", "王", "x", timestamp=timestamp), **ME))
    assert event.time is not None
    assert event.time.moment.at.isoformat() == at


def test_a_floating_time_is_kept_as_such_and_a_missing_one_is_skipped() -> None:
    floating = message_entry("200", "王", "x", timestamp=None)
    read_records = records(
        export(floating, message_entry("200", "王", "y", timestamp=0, time=""), **ME)
    )
    [event] = [event for event in read_records if isinstance(event, EventRecord)]
    assert event.time is not None
    assert isinstance(event.time.moment, WallClock)
    assert QuestionKind.TIMEZONE in questions_of(read_records)
    [skipped] = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert skipped.reason.code is MessageCode.ROW_BAD_TIME


def test_calls_of_the_app() -> None:
    def call(text: str) -> dict[str, Any]:
        data = {"type": "av_record", "data": {"summary": text, "type": 1}}
        return message_entry("200", "王", text, content={"text": text, "elements": [data]})

    events = acts(
        export(
            call("语音通话 - 未接听，点击回拨"),
            call("语音通话 - 通话时长 00:31"),
            call("通话 - ?"),
            **ME,
        )
    )
    assert [(event.type, event.outcome, event.duration_s) for event in events] == [
        (EventType.CALL, Outcome.MISSED, None),
        (EventType.CALL, Outcome.ANSWERED, 31),
        (EventType.CALL, Outcome.UNKNOWN, None),
    ]


def test_files_beside_it_are_named_and_others_are_told() -> None:
    beside = {"type": "image", "filename": "a.png", "localPath": "resources/images/a.png"}
    gone = {"type": "file", "filename": "b.pdf", "url": "https://example.com/b.pdf"}
    content = {"text": "[图片: a.png]", "resources": [beside, gone]}
    read_records = records(export(message_entry("200", "王", "", content=content), **ME))
    [event] = [event for event in read_records if isinstance(event, EventRecord)]
    assert event.enclosed == ("resources/images/a.png", "b.pdf")
    [notice] = [notice for notice in read_records if isinstance(notice, Notice)]
    assert notice.message.arguments == {"count": "1"}


def test_chunks_in_one_file_and_lines_in_another() -> None:
    document = export(**ME)
    del document["messages"]
    document["statistics"]["totalMessages"] = 2
    document["chunks"] = [
        {"messages": [message_entry("200", "王", "x")]},
        {"messages": [message_entry("100", "李", "y")]},
    ]
    assert [event.direction for event in acts(document)] == [IN, OUT]
    lines = [
        json.dumps(message_entry("200", "王", "x")),
        "broken",
        json.dumps(message_entry("100", "李", "y")),
    ]
    read_records = records("\n".join(lines).encode())
    assert [type(record) for record in read_records[1:4]] == [
        EventRecord,
        SkippedEntry,
        EventRecord,
    ]
    assert QuestionKind.OWNER in questions_of(read_records)


def test_what_is_cut_off_keeps_what_stands_before() -> None:
    data = json.dumps(export(*[message_entry("200", "王", "x")] * 5, **ME)).encode()
    read_records = records(data[: data.rindex(b'"seq"')])
    assert len([event for event in read_records if isinstance(event, EventRecord)]) == 4
    assert [notice.damaged for notice in read_records if isinstance(notice, Notice)] == [
        True,
        False,
    ]


def test_a_count_that_differs_is_told() -> None:
    wrong = export(message_entry("200", "王", "x"), **ME)
    wrong["statistics"]["totalMessages"] = 7
    [notice] = [notice for notice in records(wrong) if isinstance(notice, Notice)]
    assert notice.message.arguments == {"declared": "7", "found": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"messages": [{"sender_name": "A", "timestamp_ms": 1, "content": "x"}]}',
        '{"name": "A", "type": "personal_chat", "id": 1, "messages": []}',
        '{"weflow": {}, "session": {"wxid": "a"}, "messages": []}',
        "hello",
    ],
)
def test_other_files_are_not_claimed(text: str) -> None:
    assert not qq_json.recognises(source(text.encode()))


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans()), max_size=9)
)
@settings(max_examples=60, deadline=None)
def test_every_entry_is_accounted_for(odd: list[Any]) -> None:
    messages = [message_entry("200", "王", "x", timestamp=value) for value in odd] + odd
    messages += [{"sender": value, "content": value} for value in odd]
    read_records = records(export(*messages, **ME))
    entries = [
        record
        for record in read_records
        if isinstance(record, EventRecord | SkippedEntry | TextBlock)
    ]
    assert len(entries) == len(messages)
    assert len({record.place for record in entries}) == len(entries)


@given(st.binary(max_size=100), st.integers(0, 900))
@settings(max_examples=150, deadline=None)
def test_damage_never_stops_it(junk: bytes, place: int) -> None:
    encoded = json.dumps(export(message_entry("200", "王", "x"), **ME)).encode()
    for data in (junk, encoded[:place] + junk + encoded[place:]):
        try:
            for _record in qq_json.read(source(data)):
                pass
        except ReadFailure:
            pass
