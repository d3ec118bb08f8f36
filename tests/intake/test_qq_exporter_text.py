"""QQChatExporter's text: blocks of who, when and what."""

import io

from evidence_app.intake.detect import detect
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import to_text

RULE = "=" * 47
TOP = (
    f"[QQChatExporter V5 / https://x.example]\n\n{RULE}\n           QQ聊天记录导出文件\n{RULE}\n\n"
)
CHAT = TOP + (
    "聊天名称: 王催收\n聊天类型: 私聊\n消息总数: 3\n\n"
    "[1]\n王催收:\n时间: 2024-03-05 21:07:11\n内容: 今天必须还\n第二行\n\n\n"
    "[2]\n我:\n时间: 2024/3/5 21:08:11\n类型: image\n内容: [图片:a.jpg]\n资源: 1 个文件\n"
    "  - image: a.jpg\n\n"
    "[3]\n王催收:\n时间: 2024-03-06 06:07:11\n内容: 他说:\n时间: 今晚\n[9]\n\n"
    f"{RULE}\n              导出完成\n{RULE}\n总计导出 3 条消息\n"
)


def read(text: str, answers: Answers | None = None) -> list[Record]:
    data = text.encode()
    source = Source(io.BytesIO(data), len(data), "x.txt", answers=answers or Answers())
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "qq_exporter_text"
    source.stream.seek(0)
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def test_each_block_is_a_message_with_its_words_and_files() -> None:
    records = read(CHAT, Answers(owners=("我",)))
    messages = acts(records)
    assert [event.text for event in messages] == [
        "今天必须还\n第二行",
        "[图片:a.jpg]",
        "他说:\n时间: 今晚\n[9]",
    ]
    assert [to_text(event.time.moment) for event in messages if event.time] == [
        "2024-03-05T21:07:11",
        "2024-03-05T21:08:11",
        "2024-03-06T06:07:11",
    ]
    assert [event.direction for event in messages] == [
        Direction.INCOMING,
        Direction.OUTGOING,
        Direction.INCOMING,
    ]
    assert messages[1].enclosed == ("a.jpg",)
    assert messages[1].contact_name == "王催收"
    texts = "\n".join(block.text for block in records if isinstance(block, TextBlock))
    assert "总计导出 3 条消息" in texts
    assert QuestionKind.OWNER not in {
        question.kind for question in records if isinstance(question, Question)
    }


def test_groups_numbers_calls_and_bad_times() -> None:
    text = TOP + (
        "聊天名称: 群\n聊天类型: 群聊\n\n[群主] 甲:\n发送者ID: 10001\n时间: 2024-03-05 21:07:11\n"
        "内容: 一\n\n乙:\n发送者ID: 10002\n时间: 2024-13-05 21:07:11\n内容: 二\n\n"
        "乙:\n发送者ID: 10002\n时间: 2024-03-05 21:09:11\n内容: [通话时长 01:05]\n\n"
        "系统消息:\n时间: 2024-03-05 21:10:11\n内容: 甲撤回了一条消息\n"
    )
    records = read(text)
    first, call = acts(records)
    assert first.identifier == "QQ 10001"
    assert first.contact_name == "甲"
    assert call.type in (EventType.CALL, EventType.MESSAGE)
    assert any(isinstance(record, SkippedEntry) for record in records)
    assert any(isinstance(record, TextBlock) and "撤回" in record.text for record in records)
    assert QuestionKind.OWNER in {
        question.kind for question in records if isinstance(question, Question)
    }
