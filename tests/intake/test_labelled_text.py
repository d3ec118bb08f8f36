"""Messages and calls typed or pasted as blocks of lines, each a label and its value."""

from datetime import datetime

import pytest
from intake_samples import detected, questions, source

from evidence_app.intake.records import EventRecord, Record
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.question import Answers, ConversationPart, QuestionKind
from evidence_app.model.times import TimePrecision

PARTS = tuple(ConversationPart)
TYPED = Answers(conversation=PARTS, owners=("我", "Me"))


def read(text: str, answers: Answers | None = None) -> tuple[str, list[Record]]:
    return detected(source(text.encode(), "x.txt", "CN", answers))


def acts(records: list[Record]) -> list[tuple[object, ...]]:
    return [
        (
            event.direction.value,
            event.outcome.value,
            event.time.moment.at.replace(tzinfo=None) if event.time else None,
            event.identifier,
            event.text,
        )
        for event in records
        if isinstance(event, EventRecord)
    ]


AT = datetime(2025, 3, 2, 9, 14)  # noqa: DTZ001
LATER = datetime(2025, 3, 2, 9, 20)  # noqa: DTZ001

CHATS = {
    "Chinese": (
        "发件人: 小李\n时间: 2025-03-02 09:14\n内容: 还钱\n否则后果自负\n\n"
        "发件人: 我\n时间: 2025-03-02 09:20\n内容: 不\n\n",
        "小李",
        "还钱\n否则后果自负",
    ),
    "English, bold, a label within the words": (
        "**From:** Ann Lee\n**Date:** March 2, 2025 9:14 AM\n**Message:** Call us.\n\nNow.\n"
        "Date: none of your business\n\n"
        "**From:** Me\n**Date:** March 2, 2025 9:20 AM\n**Message:** No.\n",
        "Ann Lee",
        "Call us.\n\nNow.\nDate: none of your business",
    ),
    "another order, nothing between": (
        "日期：2025年3月2日 09:14\n信息：还钱\n来自：小李\n"
        "日期：2025年3月2日 09:20\n信息：不\n来自：我\n",
        "小李",
        "还钱",
    ),
    "traditional signs": (
        "寄件者：小李\n時間：2025/3/2 09:14\n內容：還錢\n\n"
        "寄件者：我\n時間：2025/3/2 09:20\n內容：不\n",
        "小李",
        "還錢",
    ),
    "words without a label": (
        "发件人：小李\n时间：2025-03-02 09:14\n还钱吧\n\n"
        "发件人：我\n时间：2025-03-02 09:20\n不还\n",
        "小李",
        "还钱吧",
    ),
    "a table with day and clock apart": (
        "Date,Time,From,Message\n2025-03-02,09:14,Ann Lee,Pay\n2025-03-02,09:20,Me,No\n",
        "Ann Lee",
        "Pay",
    ),
}


@pytest.mark.parametrize("name", CHATS)
def test_chats_are_asked_about_and_read(name: str) -> None:
    text, other, words = CHATS[name]
    assert questions(read(text)[1]) == {QuestionKind.CONVERSATION}
    first, last = acts(read(text, TYPED)[1])
    assert first == ("incoming", "unknown", AT, other, words)
    assert last[:4] == ("outgoing", "unknown", LATER, other)


LISTS = {
    "from numbers": (
        "来自：+8613800138000\n日期：2025年3月2日 09:14\n信息：还钱\n"
        "来自：10690000001\n日期：2025年3月2日 09:20\n信息：最后通知\n",
        [
            ("incoming", "unknown", AT, "+8613800138000", "还钱"),
            ("incoming", "unknown", LATER, "10690000001", "最后通知"),
        ],
    ),
    "received and sent": (
        "类型: 收到\n号码: 13800138000\n时间: 2025-03-02 09:14\n内容: 还钱\n\n"
        "类型: 发出\n号码: 13800138000\n时间: 2025-03-02 09:20\n内容: 不还\n",
        [
            ("incoming", "unknown", AT, "13800138000", "还钱"),
            ("outgoing", "unknown", LATER, "13800138000", "不还"),
        ],
    ),
    "from and to, no letter": (
        "Date: 2025-03-02 9:14 AM\nTo: +1 555 010 0001\nFrom: +1 555 010 0002\nType: Received\n"
        "Text: Pay\n--------\n"
        "Date: 2025-03-02 9:20 AM\nTo: +1 555 010 0002\nFrom: +1 555 010 0001\nType: Sent\n"
        "Text: Stop\n",
        [
            ("incoming", "unknown", AT, "+1 555 010 0002", "Pay"),
            ("outgoing", "unknown", LATER, "+1 555 010 0002", "Stop"),
        ],
    ),
    "numbered, with a title, another order, labels within the words": (
        "短信记录（我的手机 13900139000）\n\n1.\n时间：2025-03-02 09:14\n发件人：95588\n"
        "内容：请于\n时间：3月5日前\n处理\n\n"
        "2.\n发件人：10690001\n时间：2025-03-02 09:20\n内容：再催\n"
        "\n3.\n时间：2025-03-02 09:20\n发件人：13900139000\n内容：不\n",
        [
            ("incoming", "unknown", AT, "95588", "请于\n时间：3月5日前\n处理"),
            ("incoming", "unknown", LATER, "10690001", "再催"),
            ("outgoing", "unknown", LATER, "", "不"),
        ],
    ),
    "calls": (
        "【号码】13800138000\n【类型】来电\n【时间】2025-03-02 09:14\n【时长】35秒\n\n"
        "【号码】13800138000\n【类型】未接来电\n【时间】2025-03-02 09:20\n【时长】0秒\n",
        [
            ("incoming", "answered", AT, "13800138000", ""),
            ("incoming", "missed", LATER, "13800138000", ""),
        ],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_tell_all_themselves(name: str) -> None:
    text, expected = LISTS[name]
    file_format, records = read(text)
    assert file_format == "call_table"
    assert acts(records) == expected
    assert questions(records) == {QuestionKind.TIMEZONE}


def test_a_block_is_found_at_its_line() -> None:
    _format, records = read(LISTS["received and sent"][0])
    places = [event.place for event in records if isinstance(event, EventRecord)]
    assert places == [SourcePlace(PlaceUnit.LINE, 1), SourcePlace(PlaceUnit.LINE, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "姓名：张三\n日期：2025年3月2日\n内容：投诉\n\n"
        "姓名：李四\n日期：2025年3月2日\n内容：投诉\n",
        "From: a@example.org\nDate: 2025-03-02 09:14\nSubject: x\n",
        "From: Ann Lee\nDate: 2025-03-02\nMessage: x\n",
        "名称：一\n地址：二\n\n名称：三\n地址：四\n",
    ],
)
def test_forms_and_single_heads_are_neither(text: str) -> None:
    assert read(text)[0] in ("plain_text", "mail")


def test_one_message_is_asked_about_and_a_day_alone_is_a_time() -> None:
    text = "发件人: 小李\n时间: 2025-03-02 09:14\n内容: 还钱\n"
    assert questions(read(text)[1]) == {QuestionKind.CONVERSATION}
    days = text.replace(" 09:14", "") + "\n" + text.replace(" 09:14", "").replace("小李", "我")
    records = read(days, TYPED)[1]
    times = [event.time for event in records if isinstance(event, EventRecord)]
    assert {time.precision for time in times if time is not None} == {TimePrecision.DAY}
    assert len(times) == 2
