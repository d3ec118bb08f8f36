"""Conversations in forms that no reader knows, and texts that are none."""

import contextlib
import io
import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.conversation import reader as conversation
from evidence_app.intake.readers.conversation.line_shapes import form_of, talks
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import ItemKind, TextBlock
from evidence_app.model.question import Answers, ConversationPart, Question, QuestionKind
from evidence_app.model.times import Instant, WallClock, to_text

PARTS = tuple(ConversationPart)


def source_of(text: str, answers: Answers | None = None) -> Source:
    data = text.encode()
    return Source(io.BytesIO(data), len(data), "x.txt", answers=answers or Answers())


def read(text: str, answers: Answers | None = None) -> list[Record]:
    source = source_of(text, answers)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "conversation", file_format.module
    source.stream.seek(0)
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def questions_of(records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in records if isinstance(question, Question)}


def page(*rows: str) -> str:
    return f"<html><body>{''.join(rows)}</body></html>"


SAMPLES = {
    "time, name: words": (
        "2024-03-05 10:00, Anna: pay now\n2024-03-05 10:01, Li Ming: no\n"
        "2024-03-05 10:02, Anna: last warning\n"
    ),
    "name (time): words": (
        "Anna (5 March 2024 10:00): pay now\nLi Ming (5 March 2024 10:01): no\n"
        "Anna (5 March 2024 10:02): last warning\n"
    ),
    "name [time] words": (
        "Anna [2024/3/5 10:00] pay now\nLi Ming [2024/3/5 10:01] no\n"
        "Anna [2024/3/5 10:02] last warning\n"
    ),
    "nicks": (
        "[2024-03-05 10:00:00] <anna> pay now\n[2024-03-05 10:01:00] <li> no\n"
        "[2024-03-05 10:02:00] <anna> last warning\n"
    ),
    "head above, name first": (
        "Anna — 03/05/2024 10:00 AM\npay now\n\nLi Ming — 03/05/2024 10:01 AM\nno\n\n"
        "Anna — 03/05/2024 10:02 AM\nlast warning\n"
    ),
    "head above, time first": (
        "2024-03-05 10:00 Anna\npay now\n2024-03-05 10:01 Li Ming\nno\n"
        "2024-03-05 10:02 Anna\nlast warning\n"
    ),
    "small letters": (
        "05.03.24, 10:00 - anna: pay now\n05.03.24, 10:01 - ben: no\n"
        "05.03.24, 10:02 - anna: last warning\n05.03.24, 10:03 - carl: x\n"
        "05.03.24, 10:04 - dora: x\n05.03.24, 10:05 - emil: x\n05.03.24, 10:06 - fritz: x\n"
    ),
    "a day above": (
        "Tuesday, March 5, 2024\n10:00 Anna: pay now\n10:01 Li Ming: no\n"
        "10:02 Anna: last warning\n"
    ),
    "lines of their own": (
        "Anna\nMar 5, 2024 10:00 AM\npay now\nLi Ming\nMar 5, 2024 10:01 AM\nno\n"
        "Anna\nMar 5, 2024 10:02 AM\nlast warning\n"
    ),
    "a page": page(
        *(
            f'<div class="m"><b>{name}</b><div>2024-03-05 10:0{n}</div><p>{words}</p></div>'
            for n, (name, words) in enumerate(
                [("Anna", "pay now"), ("Li Ming", "no"), ("Anna", "last warning")]
            )
        )
    ),
    "a page in lines": page(
        "<p>2024-03-05 10:00 Anna: pay now</p><p>2024-03-05 10:01 Li Ming: no</p>"
        "<p>2024-03-05 10:02 Anna: last warning</p>"
    ),
    "JSON": json.dumps(
        {
            "chat": [
                {"sender": name, "created_at": f"2024-03-05 10:0{n}:00", "text": words}
                for n, (name, words) in enumerate(
                    [("Anna", "pay now"), ("Li Ming", "no"), ("Anna", "last warning")]
                )
            ]
        }
    ),
    "JSON with people as objects": json.dumps(
        [
            {"from": {"name": name}, "date": f"2024-03-05T10:0{n}:00", "body": words}
            for n, (name, words) in enumerate(
                [("Anna", "pay now"), ("Li Ming", "no"), ("Anna", "last warning")]
            )
        ]
    ),
    "in Chinese": (
        "2024年3月5日 10:00 王经理：pay now\n2024年3月5日 10:01 小李：no\n"
        "2024年3月5日 10:02 王经理：last warning\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_asked_about_and_never_silently_a_document(name: str) -> None:
    records = read(SAMPLES[name])
    assert [event.type for event in acts(records)] == [EventType.DOCUMENT]
    question = questions_of(records)[QuestionKind.CONVERSATION]
    assert question.blocking
    rows = question.detail["rows"]
    assert len(rows) == 3
    assert [row[2] for row in rows] == ["pay now", "no", "last warning"]
    assert rows[0][1] == rows[2][1] != rows[1][1]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_answer_makes_messages_of_it(name: str) -> None:
    records = read(SAMPLES[name], Answers(conversation=PARTS))
    events = acts(records)
    assert [event.text for event in events][:3] == ["pay now", "no", "last warning"]
    assert {event.type for event in events} == {EventType.MESSAGE}
    assert {event.direction for event in events} == {Direction.NONE}
    assert QuestionKind.OWNER in questions_of(records)
    assert QuestionKind.CONVERSATION not in questions_of(records)
    if "03/05/2024" in SAMPLES[name] or "05.03.24" in SAMPLES[name]:
        assert QuestionKind.DATE_ORDER in questions_of(records)
        return
    times = [event.time.moment for event in events if event.time]
    assert times == [WallClock(datetime.fromisoformat(f"2024-03-05 10:0{n}")) for n in range(3)]


def test_the_owner_tells_the_directions() -> None:
    answers = Answers(conversation=PARTS, owners=("Li Ming",))
    events = acts(read(SAMPLES["time, name: words"], answers))
    assert [(event.direction, event.identifier) for event in events] == [
        (Direction.INCOMING, "Anna"), (Direction.OUTGOING, "Anna"), (Direction.INCOMING, "Anna"),
    ]  # fmt: skip


def test_the_person_may_say_that_parts_are_others() -> None:
    text = SAMPLES["JSON"].replace('"sender"', '"x"').replace('"text"', '"sender"')
    text = text.replace('"x"', '"text"')
    other = (ConversationPart.TIME, ConversationPart.TEXT, ConversationPart.AUTHOR)
    events = acts(read(text, Answers(conversation=other)))
    assert [event.text for event in events] == ["pay now", "no", "last warning"]


def test_only_a_document() -> None:
    records = read(SAMPLES["nicks"], Answers(conversation=()))
    assert [event.type for event in acts(records)] == [EventType.DOCUMENT]
    assert not questions_of(records)
    assert records[0].kind is ItemKind.TEXT if isinstance(records[0], Description) else False


def test_words_go_on_over_lines_and_offsets_make_instants() -> None:
    text = (
        "2024-03-05T10:00:00+08:00 Anna: pay\nnow\n\nor else\n"
        "2024-03-05T10:01:00+08:00 Li Ming: no\n2024-03-05T10:02:00Z Anna: x\n"
    )
    first, _two, three = acts(read(text, Answers(conversation=PARTS)))
    assert first.text == "pay\nnow\n\nor else"
    assert first.time is not None and isinstance(first.time.moment, Instant)
    assert to_text(first.time.moment) == "2024-03-05T10:00:00+08:00"
    assert three.time is not None and isinstance(three.time.moment, Instant)


NOT_TALK = {
    "a letter": (
        "Li Ming\nBeijing\n\n5 March 2024\n\nDear Sir or Madam,\n\nI was called on 4 March 2024 at "
        "10:00 and at 10:05. Please stop.\n\nYours faithfully\nLi Ming\n"
    ),
    "an article": (
        "Debt rises\nBy Anna Lee\nMarch 5, 2024 10:00 AM\n\nThe bank said: nothing. "
        "Updated March 5, 2024 11:00 AM\nMore text here.\n"
    ),
    "a log": (
        "2024-03-05 10:00:00 INFO Server: started\n2024-03-05 10:00:01 WARN Server: slow\n"
        "2024-03-05 10:00:02 ERROR Db: failed\n"
    ),
    "a log of programs": (
        "2024-03-05 10:00:00 sshd[12]: open\n2024-03-05 10:00:01 cron[7]: run\n"
        "2024-03-05 10:00:02 sshd[12]: close\n2024-03-05 10:00:03 cron[7]: run\n"
    ),
    "a log with commas": (
        "2024-03-05 10:00:00,123 - root - INFO - started\n"
        "2024-03-05 10:00:01,456 - root - INFO - done\n2024-03-05 10:00:01,456 - root - INFO - x\n"
    ),
    "a web server's log": (
        '127.0.0.1 - - [05/Mar/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 1\n' * 4
    ),
    "minutes": (
        "Minutes of the meeting\n5 March 2024\nPresent: Anna Lee, Ben Wu\n10:00 Anna Lee: welcome\n"
        "10:05 Ben Wu: budget\n10:10 Anna Lee: end\n"
    ),
    "Chinese minutes": (
        "会议纪要\n2024年3月5日\n10:00 王经理：欢迎\n10:05 小李：预算\n10:10 王经理：结束\n"
    ),
    "source code": (
        "import time\n# 2024-03-05 10:00 Anna: first\ndef f(x: int) -> str:\n    return f'{x}'\n"
        "STAMP = '2024-03-05 10:00:00'\n"
    ),
    "lyrics": "[00:12.00]Hello\n[00:15.30]It is me\n[00:18.10]Again\n[00:21.00]Hello\n",
    "subtitles": (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna: hi\n\n2\n00:00:03,000 --> 00:00:04,000\nBen: hi\n"
    ),
    "a changelog": "2024-03-05  Anna Lee  <a@example.com>\n\t* x.c: fix\n\n" * 4,
    "a diary": (
        "05.03.2024 14:30 they called: rude\n06.03.2024 15:30 they wrote again: rude\n"
        "07.03.2024 16:30 nobody called: good\n"
    ),
    "a diary with headings": "5 March 2024, 10:00\nI got up.\n6 March 2024, 10:00\nI slept.\n",
    "a timetable": "10:00 Breakfast\n11:00 Lunch\n12:00 Tea\n",
    "JSON of settings": json.dumps([{"name": "a", "value": 1}, {"name": "b", "value": 2}]),
    "JSON of a log": json.dumps(
        [{"time": "2024-03-05 10:00", "user": "a", "message": "x", "level": "INFO"}] * 3
    ),
    "a page with news": page(
        "<h1>News</h1><p>5 March 2024 10:00</p><p>Text</p><h2>More</h2><p>Other text</p>"
    ),
    "a quoted e-mail": (
        "On Mon, Mar 5, 2024 at 10:00 AM Anna wrote:\n> hi\n> there\n"
        "On Sun, Mar 4, 2024 at 9:00 AM Ben wrote:\n>> x\n"
    ),
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_TALK)
def test_other_texts_are_no_conversations(name: str) -> None:
    assert not conversation.recognises(source_of(NOT_TALK[name]))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(list(SAMPLES.values())), st.binary(max_size=20), st.integers(0, 300))
def test_nothing_makes_it_fail(text: str, junk: bytes, at: int) -> None:
    data = text.encode()
    data = data[:at] + junk + data[at:]
    for said in (None, (), PARTS):
        source = Source(io.BytesIO(data), len(data), "x", answers=Answers(conversation=said))
        if conversation.recognises(source):
            with contextlib.suppress(ReadFailure):
                list(conversation.read(source))


def test_lines_that_belong_to_no_message_are_text_and_long_ones_are_not_lost() -> None:
    text = "My chat\n" + SAMPLES["time, name: words"]
    records = read(text, Answers(conversation=PARTS))
    assert [block.text for block in records if isinstance(block, TextBlock)] == ["My chat"]
    line = "many words " * 20
    text = SAMPLES["time, name: words"] * 200 + f"{line}\n" * 10_000
    records = read(text, Answers(conversation=PARTS))
    count = sum(
        event.text.count(line.strip()) for event in records if isinstance(event, EventRecord)
    )
    count += sum(
        block.text.count(line.strip()) for block in records if isinstance(block, TextBlock)
    )
    assert count == 10_000


@pytest.mark.parametrize(
    "line",
    [
        "09:0{} 14/03/2024 | {}: pay",
        "09:0{}, 14.03.2024 | {}: pay",
        "14.03.2024 г., 09:0{} | {}: pay",
        "2024-03-14 09:0{} | {}: pay",
    ],
)
def test_the_clock_may_stand_before_the_date(line: str) -> None:
    text = "\n".join(line.format(n, ("Nam", "Lan")[n % 2]) for n in range(8))
    form = form_of(text.split("\n"))
    assert form is not None
    assert form.has_date
    times = [turn.head.time for turn in talks(enumerate(text.split("\n"), 1), form)]
    assert (
        len(
            [
                written_time
                for written_time in times
                if written_time is not None and written_time.clock is not None
            ]
        )
        == 8
    )


UNTIMED = {
    "name: words": "Collector: pay today\nMe: I can't\nCollector: we will come\nMe: please don't\n",
    "name：words": "王催收：今天必须还\n我：没钱\n王催收：去你家\n我：别来\n",
    "name above": "王催收:\n今天必须还\n\n我:\n没钱\n\n王催收:\n去你家\n\n我:\n别来\n",
    "words go on": "Ann: pay\ntoday\nBob: no\nAnn: we\ncome\nBob: no\nAnn: yes\n",
}


@pytest.mark.parametrize("name", UNTIMED)
def test_a_conversation_without_times_is_asked_about_and_keeps_its_order(name: str) -> None:
    records = read(UNTIMED[name])
    assert [act.type for act in acts(records)] == [EventType.DOCUMENT]
    [*_, row] = questions_of(records)[QuestionKind.CONVERSATION].detail["rows"]
    assert row[0] == ""
    assert row[1]
    again = read(UNTIMED[name], Answers(conversation=PARTS))
    messages = acts(again)
    assert len(messages) == (5 if name == "words go on" else 4)
    assert [act.time for act in messages] == [None] * len(messages)
    assert {act.type for act in messages} == {EventType.MESSAGE}
    assert [notice.message.code for notice in again if isinstance(notice, Notice)] == [
        MessageCode.CHAT_WITHOUT_DATES
    ]
    assert not any(isinstance(record, TextBlock) for record in again)


def test_lines_without_a_name_belong_to_the_message_above() -> None:
    texts = [act.text for act in acts(read(UNTIMED["words go on"], Answers(conversation=PARTS)))]
    assert texts == ["pay\ntoday", "no", "we\ncome", "no", "yes"]


@pytest.mark.parametrize(
    "text",
    [
        "Name: Ann\nPhone: 1\nName: Bob\nPhone: 2\nName: Cem\nPhone: 3\n",
        "发件人：甲\n时间：今天\n发件人：乙\n时间：昨天\n",
        "甲方：张三\n乙方：李四\n甲方：张三\n乙方：李四\n",
        "host: a\nport: 1\nuser: b\nhost: c\nport: 2\nuser: d\n",
        "Summary:\nwords\n\nDetails:\nmore\n\nResult:\nrest\n\nEnd:\nx\n",
        "03-05 21:07:11.123  1234  1234 D Tag: a\n03-05 21:07:11.124  1234  1234 D Tag: b\n" * 3,
        "Mar  5 21:07:11 box sshd[12]: a\nMar  5 21:07:12 box sshd[12]: b\n" * 3,
        "10:00 Breakfast: hotel\n11:00 Walk: park\n12:00 Lunch: pub\n13:00 Drive: home\n",
    ],
)
def test_forms_lists_and_logs_are_no_conversations(text: str) -> None:
    source = source_of(text)
    file_format = detect(source)
    assert file_format is None or file_format.id != "conversation"


YEARLESS = {
    "month and day, above": (
        "王催收 12月31日 21:07\n今天必须还\n我 12月31日 21:08\n没钱\n王催收 1月1日 06:07\n去你家\n"
    ),
    "id and dashes, above": (
        "王催收(wxid_abc) 12-31 21:07:11\n今天必须还\n\n我(wxid_me) 12-31 21:08:11\n没钱\n\n"
        "王催收(wxid_abc) 01-01 06:07:11\n去你家\n"
    ),
    "words, in line": (
        "Dec 31, 9:07 PM - Ann: pay\nDec 31, 9:08 PM - Bob: no\nJan 1, 6:07 AM - Ann: we come\n"
    ),
    "slashes": ("[31/12 21:07] Ann\npay\n[31/12 21:08] Bob\nno\n[1/1 06:07] Ann\nwe come\n"),
    "newest first": (
        "Ann 1月1日 06:07: we come\nBob 12月31日 21:08: no\nAnn 12月31日 21:07: pay\n"
    ),
}


@pytest.mark.parametrize("name", YEARLESS)
def test_a_year_that_a_chat_does_not_tell_is_asked(name: str) -> None:
    text = YEARLESS[name]
    assert QuestionKind.CONVERSATION in questions_of(read(text))
    records = read(text, Answers(conversation=PARTS))
    assert [act.time for act in acts(records)] == [None] * 3
    samples = questions_of(records)[QuestionKind.YEAR].detail["samples"]
    assert [back for _, back in samples] == [1, 0]
    again = read(text, Answers(conversation=PARTS, year=2024))
    assert QuestionKind.YEAR not in questions_of(again)
    days = sorted(to_text(act.time.moment)[:16] for act in acts(again) if act.time)
    assert days == ["2023-12-31T21:07", "2023-12-31T21:08", "2024-01-01T06:07"]


@pytest.mark.parametrize(
    "text",
    [
        "[9:07 PM] Ann\npay today\n[9:08 PM] Bob\nno\n[9:09 PM] Ann\nwe come\n",
        "Ann\nTuesday 9:07 PM\npay\nBob\nTuesday 9:08 PM\nno\nAnn\nTuesday 9:09 PM\ncome\n",
        "王催收 昨天 21:07\n今天必须还\n我 昨天 21:08\n没钱\n王催收 今天 06:07\n去你家\n",
    ],
)
def test_times_of_an_untold_day_are_kept_as_written(text: str) -> None:
    assert QuestionKind.CONVERSATION in questions_of(read(text))
    messages = acts(read(text, Answers(conversation=PARTS)))
    assert [act.time for act in messages] == [None] * 3
    assert all(":" in act.raw["time"] for act in messages)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            json.dumps(
                {
                    "messages": [
                        {"creator": {"name": "Ann"}, "text": "pay",
                         "created_date": "Tuesday, March 5, 2024 at 9:07:11 PM UTC"},
                        {"creator": {"name": "Bob"}, "text": "no",
                         "created_date": "Tuesday, March 5, 2024 at 9:08:11 PM UTC"},
                    ]
                }
            ),
            "2024-03-05T21:07:11Z",
        ),
        (
            "Author,Date,Content\nAnn,2024-03-05T21:07:11.1230000+00:00,pay\n"
            "Bob,2024-03-05T21:08:11.1230000+00:00,no\n",
            "2024-03-05T21:07:11Z",
        ),
        (
            json.dumps(
                {"conversations": [
                    {"events": [
                        {"sender_id": {"chat_id": "Ann"}, "timestamp": "1709672831000000",
                         "chat_message": {"message_content": {"segment": [{"text": "pay"}]}}},
                        {"sender_id": {"chat_id": "Bob"}, "timestamp": "1709672891000000",
                         "chat_message": {"message_content": {"segment": [{"text": "no"}]}}},
                    ]}
                ]}
            ),
            "2024-03-05T21:07:11Z",
        ),
        (
            "2024-03-05 21:07:11 GMT+8 - Ann: pay\n2024-03-05 21:08:11 GMT+8 - Bob: no\n"
            "2024-03-05 21:09:11 GMT+8 - Ann: come\n",
            "2024-03-05T21:07:11+08:00",
        ),
    ],
)  # fmt: skip
def test_exports_of_other_services_keep_the_instant(text: str, first: str) -> None:
    source = source_of(text, Answers(conversation=PARTS))
    file_format = detect(source)
    assert file_format is not None
    assert file_format.module in ("conversation.reader", "conversation.table")
    source.stream.seek(0)
    messages = acts(list(file_format.reader()(source)))
    assert [act.text for act in messages][:2] == ["pay", "no"]
    assert messages[0].time is not None
    assert to_text(messages[0].time.moment) == first


def test_all_conversations_of_a_file_are_read() -> None:
    messages = [
        {"from": name, "date": f"2024-03-05 10:0{n}", "text": "x"} for n, name in enumerate("AB")
    ]
    text = json.dumps({"chats": [{"messages": messages}, {"messages": messages}]})
    assert len(acts(read(text, Answers(conversation=PARTS)))) == 4


SHORT = {
    "clocks alone": ("Ann Lee 09:14\npay\nme 09:15\nno\n", None),
    "no times": ("王催收：今天还钱\n我：没有\n", None),
    "copied from Telegram": (
        "Ann Lee, [2 Mar 2025 at 09:14:33]:\npay\n\nMe, [2 Mar 2025 at 09:15:33]:\nno\n",
        "2025-03-02T09:14:33",
    ),
    "seconds, no year": (
        "王催收  3/14 9:14:05\n还钱\n我  3/14 9:15:05\n没有\n",
        "2025-03-14T09:14:05",
    ),
}

OTHERS = {
    "X": (
        'window.YTD.direct_messages.part0 = [{"dmConversation":{"messages":['
        '{"messageCreate":{"senderId":"1","createdAt":"2025-03-02T09:14:00Z","text":"pay"}},'
        '{"messageCreate":{"senderId":"2","createdAt":"2025-03-02T09:15:00Z","text":"no"}}]}}]'
    ),
    "Viber": "[ 3/2/25 ] [ 9:14:00 AM ] Bob: pay\n[ 3/14/25 ] [ 9:15:22 AM ] Me: no\n",
    "TikTok": (
        ">>> Chat History with bob\n2025-03-02 09:14:00 UTC bob: pay\n"
        "2025-03-02 09:15:22 UTC me: no\n"
    ),
    "text messages": "10690001\n2025-03-02 09:14\npay\n\n10690001\n2025-03-03 09:14\nno\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_exports_of_others_are_asked_about_with_time_author_and_words(name: str) -> None:
    rows = questions_of(read(OTHERS[name]))[QuestionKind.CONVERSATION].detail["rows"]
    assert [row[2] for row in rows] == ["pay", "no"]
    assert all(row[1] in ("1", "2", "Bob", "Me", "bob", "me", "10690001") for row in rows)
    messages = acts(read(OTHERS[name], Answers(conversation=PARTS)))
    at = messages[0].time
    assert at is not None
    assert at.moment.at.strftime("%m-%d %H:%M") == "03-02 09:14"


@pytest.mark.parametrize("name", SHORT)
def test_two_messages_are_a_conversation(name: str) -> None:
    text, first = SHORT[name]
    assert QuestionKind.CONVERSATION in questions_of(read(text))
    answers = Answers(conversation=PARTS, owners=("me", "我"), year=2025)
    messages = acts(read(text, answers))
    assert [act.direction for act in messages] == [Direction.INCOMING, Direction.OUTGOING]
    assert {act.contact_name for act in messages} <= {"Ann Lee", "王催收"}
    time = messages[0].time
    assert (time.moment.at.isoformat() if time is not None else None) == first
    assert [act.text for act in messages] in (["pay", "no"], ["今天还钱", "没有"], ["还钱", "没有"])


@pytest.mark.parametrize(
    "text", ["Meeting 09:14\nRoom 2\nLunch 12:00\nCanteen\n", "甲：一\n乙：二\n"]
)
def test_two_lines_of_nobody_are_none(text: str) -> None:
    file_format = detect(source_of(text))
    assert file_format is not None
    assert file_format.id == "plain_text"


def test_a_number_that_is_not_the_owners_wrote_what_came_in() -> None:
    text = OTHERS["text messages"]
    records = read(text, Answers(conversation=PARTS, owners=("13900139000",)))
    assert {act.direction for act in acts(records)} == {Direction.INCOMING}
    assert QuestionKind.OWNER not in questions_of(records)


DIRECTED = {
    "above the words": (
        "2025-03-02 09:14:03 from Bob Lee (+15550100123) - Read\npay\n\n"
        "2025-03-02 09:15:03 to Bob Lee (+15550100123)\nno\n\n"
        "2025-03-02 09:16:03 from Bob Lee (+15550100123)\npay\n",
        "+15550100123",
    ),
    "a name of two words before the date": (
        "From Bob Lee, Mar 2, 2025 at 9:14 AM:\npay\n\nTo Bob Lee, Mar 2, 2025 at 9:15 AM:\nno\n\n"
        "From Bob Lee, Mar 2, 2025 at 9:16 AM:\npay\n",
        "Bob Lee",
    ),
    "as WhatsApp writes": (
        "[2025-03-02 09:14:03] Received from +15550100123: pay\n"
        "[2025-03-02 09:15:03] Sent to +15550100123: no\n"
        "[2025-03-02 09:16:03] Received from +15550100123: pay\n",
        "+15550100123",
    ),
}


@pytest.mark.parametrize("name", DIRECTED)
def test_words_before_names_tell_who_wrote(name: str) -> None:
    text, other = DIRECTED[name]
    records = read(text, Answers(conversation=PARTS))
    assert [(act.direction, act.identifier, act.text) for act in acts(records)] == [
        (Direction.INCOMING, other, "pay"),
        (Direction.OUTGOING, other, "no"),
        (Direction.INCOMING, other, "pay"),
    ]
    assert set(questions_of(records)) == {QuestionKind.TIMEZONE}
