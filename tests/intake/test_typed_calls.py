"""Lists of calls that somebody typed."""

import pytest
from intake_samples import detected, questions, source

from evidence_app.intake.readers.tables.call_words import CallSort, call_sort
from evidence_app.intake.records import EventRecord, Notice, Record
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType
from evidence_app.model.question import Answers, QuestionKind


def read(text: str, answers: Answers | None = None) -> tuple[str, list[Record]]:
    return detected(source(text.encode(), "x.txt", "CN", answers))


def calls(records: list[Record]) -> list[tuple[object, ...]]:
    events = [event for event in records if isinstance(event, EventRecord)]
    assert all(event.type is EventType.CALL for event in events)
    return [
        (
            event.time.moment.at.strftime("%m-%d %H:%M") if event.time else None,
            event.direction.value,
            event.outcome.value,
            event.duration_s,
            event.identifier or event.contact_name,
        )
        for event in events
    ]


LISTS = {
    "Chinese": (
        "2025-03-02 09:14 来电 未接 010-55550101\n2025-03-02 09:20 来电 0:35 010-55550101\n"
        "2025-03-02 10:20 去电 无人接听 010-55550101\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "010-55550101"),
            ("03-02 09:20", "incoming", "answered", 35.0, "010-55550101"),
            ("03-02 10:20", "outgoing", "unknown", None, "010-55550101"),
        ],
    ),
    "English, no year": (
        "3/2 9:14 incoming 0:35 555-0100\n3/2 9:34 missed 555-0100\n"
        "3/14 9:34 outgoing 1:35 555-0100\n",
        [
            ("03-02 09:14", "incoming", "answered", 35.0, "555-0100"),
            ("03-02 09:34", "incoming", "missed", None, "555-0100"),
            ("03-14 09:34", "outgoing", "answered", 95.0, "555-0100"),
        ],
    ),
    "days above, a title, what people say": (
        "催收电话记录\n3月2日\n9:14 来电 未接 010-55550101\n9:44 010-55550101 打来 接了 3分20秒\n"
        "3月3日\n10:00 我打过去 010-55550101 无人接听\n下午3:20 13800138000 未接\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "010-55550101"),
            ("03-02 09:44", "incoming", "answered", 200.0, "010-55550101"),
            ("03-03 10:00", "outgoing", "unknown", None, "010-55550101"),
            ("03-03 15:20", "incoming", "missed", None, "13800138000"),
        ],
    ),
    "words and commas": (
        "Mar 2, 2025, 9:14 AM, missed, 555-010-0123\n"
        "Mar 3, 2025, 10:14 AM, incoming 2:05, Ann Lee\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "555-010-0123"),
            ("03-03 10:14", "incoming", "answered", 125.0, "Ann Lee"),
        ],
    ),
    "as chats are written": (
        "2025-03-02 09:14 - missed call: 555-010-0100\n"
        "2025-03-02 09:34 - incoming call: 555-010-0100, 3 min\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "555-010-0100"),
            ("03-02 09:34", "incoming", "answered", 180.0, "555-010-0100"),
        ],
    ),
    "German": (
        "02.03.2025 09:14 verpasster Anruf 030 000001\n02.03.2025 09:24 eingehend 030 000001 1:22\n"
        "14.03.2025 09:24 ausgehend 030 000001 1:22\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "030 000001"),
            ("03-02 09:24", "incoming", "answered", 82.0, "030 000001"),
            ("03-14 09:24", "outgoing", "answered", 82.0, "030 000001"),
        ],
    ),
    "Spanish, bullets": (
        "• 02/03/2025 09:14 – llamada perdida – 600000001\n"
        "• 14/03/2025 09:24 – llamada entrante – 600000001 (1:22)\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "600000001"),
            ("03-14 09:24", "incoming", "answered", 82.0, "600000001"),
        ],
    ),
    "names in brackets, with what was said": (
        "Mar 2 9:14 AM – call from ABC (555-010-0123), told them to stop\n"
        "Mar 2 2:20 PM – call from ABC (555-010-0123), no answer\n",
        [
            ("03-02 09:14", "incoming", "answered", None, "555-010-0123"),
            ("03-02 14:20", "incoming", "missed", None, "555-010-0123"),
        ],
    ),
    "the day behind": (
        "10:14 PM missed call 555-010-0123 3/14/2025\n9:14 AM missed call 555-010-0123 3/15/2025\n",
        [
            ("03-14 22:14", "incoming", "missed", None, "555-010-0123"),
            ("03-15 09:14", "incoming", "missed", None, "555-010-0123"),
        ],
    ),
    "no numbers": (
        "2025.03.02 9:14 某某催收来电，威胁要联系家人\n2025.03.02 10:20 某某催收来电，未接\n",
        [
            ("03-02 09:14", "incoming", "answered", None, "某某催收"),
            ("03-02 10:20", "incoming", "missed", None, "某某催收"),
        ],
    ),
    "number first": (
        "13800138000 未接来电 3月2日 09:14\n13800138000 呼入1分22秒 3月3日 10:14\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "13800138000"),
            ("03-03 10:14", "incoming", "answered", 82.0, "13800138000"),
        ],
    ),
    "numbered, names and notes": (
        "1. 2025.3.2 9:14 未接 张三 13800138000\n"
        "2. 2025.3.2 19:05 来电13800138000 通话1分 要去单位\n"
        "3. 2025.3.3 8:00 去电95588 通话1分\n4. 2025.3.3 9:00 来电 李四 35秒\n",
        [
            ("03-02 09:14", "incoming", "missed", None, "13800138000"),
            ("03-02 19:05", "incoming", "answered", 60.0, "13800138000"),
            ("03-03 08:00", "outgoing", "answered", 60.0, "95588"),
            ("03-03 09:00", "incoming", "answered", 35.0, "李四"),
        ],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_line_is_a_call(name: str) -> None:
    text, expected = LISTS[name]
    file_format, records = read(text, Answers(year=2025))
    assert file_format == "typed_calls"
    assert calls(records) == expected
    assert questions(records) == {QuestionKind.TIMEZONE}


def test_what_lines_leave_open_is_asked() -> None:
    _format, records = read(
        "3/2 9:14 spoke with Mike, 2 min 5 sec, 555-010-0123\n"
        "3/3 9:44 missed call from 555-010-0123\n"
    )
    assert [call[:2] for call in calls(records)] == [(None, "none"), (None, "incoming")]
    assert questions(records) >= {QuestionKind.YEAR, QuestionKind.CALL_WORDS}


def test_calls_of_an_untold_day_are_kept() -> None:
    _format, records = read("09:14 来电 未接 010-55550101\n09:20 来电 010-55550101 35秒\n")
    assert [call[:3] for call in calls(records)] == [
        (None, "incoming", "missed"),
        (None, "incoming", "answered"),
    ]
    assert MessageCode.CHAT_WITHOUT_DATES in {
        notice.message.code for notice in records if isinstance(notice, Notice)
    }


@pytest.mark.parametrize(
    ("text", "file_format"),
    [
        (
            "2025-03-02 09:14 Bob Lee: missed call\n2025-03-02 09:15 Me: I called back\n"
            "2025-03-02 09:16 Bob Lee: you hung up\n",
            "conversation",
        ),
        (
            "3月2日上午9点14分，他打来电话威胁我说要去我单位闹，我很害怕，没有说话就挂了电话，后来他又打来好多次。\n"
            "3月3日上午10点20分，我在家没有接电话，因为之前已经被吓到了，孩子也一直在哭，非常难受，他又打来很多次。\n",
            "plain_text",
        ),
    ],
)
def test_chats_and_diaries_are_no_lists(text: str, file_format: str) -> None:
    assert read(text)[0] == file_format


def test_a_word_within_another_does_not_hide_who_called() -> None:
    assert call_sort("去电 无人接听") == CallSort(Direction.OUTGOING, unanswered=True)
