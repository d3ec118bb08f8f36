"""Chats as WhatsApp and Signal export them, on every phone and in every country."""

import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.readers import whatsapp
from evidence_app.intake.records import ActRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, WallClock

NAME = "WhatsApp Chat with Anna.txt"


def read(text: str | bytes, name: str = NAME, answers: Answers | None = None) -> list[Record]:
    data = text if isinstance(text, bytes) else text.encode()
    source = Source(io.BytesIO(data), len(data), name, answers=answers or Answers())
    found = detect(source)
    assert found is not None
    assert found.module == "whatsapp"
    return list(whatsapp.read(source))


def acts(text: str | bytes, name: str = NAME, answers: Answers | None = None) -> list[ActRecord]:
    return [one for one in read(text, name, answers) if isinstance(one, ActRecord)]


def wall(text: str) -> WallClock:
    return WallClock(datetime.fromisoformat(text))


def asked(found: list[Record]) -> set[QuestionKind]:
    return {one.kind for one in found if isinstance(one, Question)}


@pytest.mark.parametrize(
    ("head", "at", "order"),
    [
        ("3/16/18, 1:55 p.m. - ", "2018-03-16 13:55", None),
        ("16-03-2018, 01.55 PM - ", "2018-03-16 13:55", None),
        ("13.06.18 21.25.15: ", "2018-06-13 21:25:15", None),
        ("[06.13.18 21:25:15] ", "2018-06-13 21:25:15", None),
        ("13.6.2018 klo 21.25.15 - ", "2018-06-13 21:25:15", None),
        ("13. 6. 2018. 21:25:15 ", "2018-06-13 21:25:15", None),
        ("[3/16/18 1:55:00 p.\u00a0m.] ", "2018-03-16 13:55", None),
        ("[2018/06/13, 21:25:15] ", "2018-06-13 21:25:15", None),
        ("02.05.18 à 18:00 - ", "2018-05-02 18:00", DateOrder.DMY),
        ("2023-12-20, 5:46 p.m. - ", "2023-12-20 17:46", None),
        ("2023/12/20, 5:46 pm - ", "2023-12-20 17:46", None),
        ("03.08.21, 12:30 - ", "2021-08-03 12:30", DateOrder.DMY),
        ("28/3/2025, 9:29\u202fp.\u00a0m. - ", "2025-03-28 21:29", None),
        ("[07.03.26, 21:22:39] ", "2026-03-07 21:22:39", DateOrder.DMY),
        ("[02/11/2020, 9:47:19 pm] ", "2020-02-11 21:47:19", DateOrder.MDY),
        ("[2022/7/21 05:11:12] ", "2022-07-21 05:11:12", None),
        ("2019/01/01, 11:25 - ", "2019-01-01 11:25", None),
        ("2024/1/5 下午3:24 - ", "2024-01-05 15:24", None),
        ("2024/1/5 上午12:04 - ", "2024-01-05 00:04", None),
        ("[2024/1/5, 3:24:05 下午] ", "2024-01-05 15:24:05", None),
        ("\u200e[20/03/24, 12:00:01\u202fAM] ", "2024-03-20 00:00:01", None),
        ("[2019-12-24, 12:23] ", "2019-12-24 12:23", None),
    ],
)
def test_every_way_of_writing_the_time(head: str, at: str, order: DateOrder | None) -> None:
    text = f"{head}Anna: hello\n{head}Me: yes: no\n"
    first, second = acts(text, answers=Answers(date_order=order))
    assert first.time is not None
    assert first.time.moment == WallClock(datetime.fromisoformat(at))
    precise = at.count(":") == 2 or ":00 p" in head
    assert first.time.precision is (TimePrecision.SECOND if precise else TimePrecision.MINUTE)
    assert (first.identifier, first.text, first.direction) == ("Anna", "hello", Direction.INCOMING)
    assert (second.identifier, second.text, second.direction) == (
        "Anna",
        "yes: no",
        Direction.OUTGOING,
    )


def test_the_order_of_dates_is_decided_by_the_file_or_asked() -> None:
    day_first = "03/04/24, 10:00 - Anna: a\n13/04/24, 10:00 - Anna: b\n"
    assert acts(day_first)[0].time.moment == wall("2024-04-03 10:00")  # type: ignore[union-attr]
    month_first = "03/04/24, 10:00 - Anna: a\n03/14/24, 10:00 - Anna: b\n"
    assert acts(month_first)[0].time.moment == wall("2024-03-04 10:00")  # type: ignore[union-attr]
    forwards = "05/03/24, 10:00 - Anna: a\n01/04/24, 10:00 - Anna: b\n02/04/24, 10:00 - Anna: c\n"
    assert acts(forwards)[0].time.moment == wall("2024-03-05 10:00")  # type: ignore[union-attr]
    unsure = "03/04/24, 10:00 - Anna: a\n03/05/24, 10:00 - Anna: b\n"
    found = read(unsure)
    assert [one.time for one in found if isinstance(one, ActRecord)] == [None, None]
    assert QuestionKind.DATE_ORDER in asked(found)
    answered = read(unsure, answers=Answers(date_order=DateOrder.MDY))
    assert QuestionKind.DATE_ORDER not in asked(answered)


def test_a_message_goes_on_until_one_of_the_same_form_begins() -> None:
    text = (
        "2024/01/05, 10:00 - Anna: first\n"
        "2016-04-29 10:30:00 pasted: line\n"
        "[1/2/24, 10:00:00] Bob: quoted\n"
        "\n"
        "last\n"
        "2024/01/05, 10:01 - Anna: second\n"
    )
    first, second = acts(text)
    assert first.text.splitlines() == [
        "first",
        "2016-04-29 10:30:00 pasted: line",
        "[1/2/24, 10:00:00] Bob: quoted",
        "",
        "last",
    ]
    assert first.place is not None and second.place is not None
    assert (first.place.number, second.place.number) == (1, 6)


def test_windows_line_ends_a_mark_at_the_start_and_an_empty_message() -> None:
    text = "\ufeff2024/01/05, 10:00 - Luke: \r\n2024/01/05, 10:01 - Anna: x\r\n"
    assert [(one.text, one.identifier) for one in acts(text)] == [("", "Anna"), ("x", "Anna")]


def test_lines_of_the_app_are_text_and_nobodys_words() -> None:
    text = (
        "2024/01/05, 10:00 - Messages and calls are end-to-end encrypted. No one can read them.\n"
        '2024/01/05, 10:00 - Anna changed the subject to "x: y"\n'
        "2024/01/05, 10:01 - Anna: hi\n"
    )
    found = read(text)
    assert len([one for one in found if isinstance(one, TextBlock)]) == 2
    assert len([one for one in found if isinstance(one, ActRecord)]) == 1
    iphone = (
        "[05/13/24, 10:00:00] Anna: \u200eMessages and calls are end-to-end encrypted.\n"
        "[05/13/24, 10:00:01] Anna: hi\n"
    )
    assert [one.text for one in acts(iphone)] == ["hi"]


@pytest.mark.parametrize(
    "words",
    [
        "\u200eMissed voice call",
        "Missed video call",
        "Missed voice call, \u200eTap to call back",
        "未接语音通话",
        "未接視訊通話",
        "未接语音通话，点击回拨",
        "Verpasster Sprachanruf",
        "Llamada de voz perdida",
        "Appel vocal manqué",
        "Chamada de voz perdida",
        "不在着信",
    ],
)
def test_missed_calls_are_calls(words: str) -> None:
    text = f"[05/13/24, 10:00:00] Anna: {words}\n[05/13/24, 10:00:01] Me: what\n"
    one = acts(text)[0]
    assert (one.type, one.outcome, one.direction, one.identifier) == (
        EventType.CALL,
        Outcome.MISSED,
        Direction.INCOMING,
        "Anna",
    )


def test_a_missed_call_on_android_has_no_author() -> None:
    text = "2024/01/05, 10:00 - Missed voice call from Anna\n2024/01/05, 10:01 - Me: x\n"
    one = acts(text)[0]
    assert (one.type, one.identifier, one.direction) == (
        EventType.CALL,
        "Anna",
        Direction.INCOMING,
    )


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("Voice call, 12 min", 720), ("语音通话, 3 分钟", 180), ("Video call, 1 hr 2 min", 3720)],
)
def test_calls_that_were_answered_have_a_length(words: str, seconds: float) -> None:
    one = acts(f"[05/13/24, 10:00:00] Anna: {words}\n[05/13/24, 10:00:01] Anna: x\n")[0]
    assert (one.type, one.outcome, one.duration_s) == (EventType.CALL, Outcome.ANSWERED, seconds)


@pytest.mark.parametrize("words", ["Missed call me later!", "voice call tomorrow?", "Voice call"])
def test_words_about_calls_are_words(words: str) -> None:
    assert acts(f"[05/13/24, 10:00:00] Anna: {words}\n")[0].type is EventType.MESSAGE


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "\u200e<attached: 00000010-PHOTO-2020-11-02-21-49-51.jpg>",
            "00000010-PHOTO-2020-11-02-21-49-51.jpg",
        ),
        ("<已附加：00000012-AUDIO.opus>", "00000012-AUDIO.opus"),
        ("<附件：a.pdf>", "a.pdf"),
        ("IMG-20210428-WA0001.jpg (file attached)", "IMG-20210428-WA0001.jpg"),
        ("IMG-20210428-WA0001.jpg (anything)", "IMG-20210428-WA0001.jpg"),
        ("letter.pdf (Datei angehängt)", "letter.pdf"),
        ("PTT-20250328-WA0014.opus (archivo adjunto)", "PTT-20250328-WA0014.opus"),
        ("a.jpg <attached>", "a.jpg"),
    ],
)
def test_files_are_named(words: str, name: str) -> None:
    assert acts(f"[05/13/24, 10:00:00] Anna: {words}\n")[0].enclosed == (name,)


def test_what_was_left_out_is_counted() -> None:
    words = [
        "<Media omitted>",
        "image omitted",
        "<省略影音内容>",
        "圖片已略去",
        "<已省略多媒體檔案>",
    ]
    text = "".join(f"[05/13/24, 10:00:0{n}] Anna: \u200e{one}\n" for n, one in enumerate(words))
    [notice] = [
        one.message
        for one in read(text)
        if isinstance(one, Notice) and one.message.code is MessageCode.MEDIA_LEFT_OUT
    ]
    assert notice.arguments == {"count": "5"}


def test_in_a_group_the_owner_is_asked_for() -> None:
    text = "".join(
        f"2024/01/05, 10:0{n} - {who}: hi\n" for n, who in enumerate(["Anna", "Bob", "~ Cem"])
    )
    found = read(text, "_chat.txt")
    assert QuestionKind.OWNER in asked(found)
    assert {one.direction for one in found if isinstance(one, ActRecord)} == {Direction.NONE}
    known = acts(text, "_chat.txt", Answers(owners=("bob",)))
    assert [(one.direction, one.identifier) for one in known] == [
        (Direction.INCOMING, "Anna"),
        (Direction.OUTGOING, ""),
        (Direction.INCOMING, "Cem"),
    ]


def test_the_owner_may_be_known_by_a_number() -> None:
    text = "2024/01/05, 10:00 - \u202a+1 202-555-0143\u202c: hi\n2024/01/05, 10:01 - Anna: yes\n"
    found = acts(text, "_chat.txt", Answers(owners=("2025550143",)))
    assert [(one.direction, one.identifier) for one in found] == [
        (Direction.OUTGOING, "Anna"),
        (Direction.INCOMING, "Anna"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp Chat with Anna.txt",
        "WhatsApp Chat - Anna.txt",
        "WhatsApp Chat mit Anna (1).txt",
        "与Anna的 WhatsApp 聊天.txt",
        "與Anna的WhatsApp對話.txt",
        "Chat de WhatsApp con Anna.txt",
    ],
)
def test_whom_the_chat_is_with_stands_in_the_name(name: str) -> None:
    text = "2024/01/05, 10:00 - Li: hi\n2024/01/05, 10:01 - Anna: yes\n"
    assert [one.direction for one in acts(text, name)] == [Direction.OUTGOING, Direction.INCOMING]


def test_an_export_that_was_cut_says_so() -> None:
    start = datetime(2024, 1, 1)  # noqa: DTZ001
    text = "".join(
        f"{start + timedelta(minutes=n):%Y/%m/%d, %H:%M} - Anna: x\n" for n in range(39_990)
    )
    codes = [one.message.code for one in read(text) if isinstance(one, Notice)]
    assert codes == [MessageCode.CHAT_CAPPED]


def test_a_date_that_is_none_is_told() -> None:
    text = "2024/01/05, 10:00 - Anna: a\n2024/13/45, 10:00 - Anna: b\n"
    assert len([one for one in read(text) if isinstance(one, SkippedEntry)]) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Anna: hi", "Anna: ", "joined", "Missed voice call"]), st.booleans()
        ),
        min_size=1,
        max_size=40,
    )
)
def test_every_message_is_accounted_for(lines: list[tuple[str, bool]]) -> None:
    text = "2024/01/05, 10:00 - Anna: first\n" + "".join(
        f"2024/01/05, 10:01 - {words}\n" + ("more\n" if more else "") for words, more in lines
    )
    found = read(text)
    told = [one for one in found if isinstance(one, ActRecord | SkippedEntry | TextBlock)]
    assert len(told) == len(lines) + 1
    assert len({one.place for one in told}) == len(told)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["[3/6/18 1:55:00 p. m.] A: ", "3/6/18, 1:55 - "]))
def test_nothing_makes_it_fail(text: str, head: str) -> None:
    data = (head + text).encode("utf-8", "replace")
    source = Source(io.BytesIO(data), len(data), NAME)
    if whatsapp.recognises(source):
        list(whatsapp.read(source))


def test_whom_the_chat_is_with_may_stand_in_the_name_of_the_archive() -> None:
    text = b"2024/01/05, 10:00 - Li: hi\n2024/01/05, 10:01 - Anna: yes\n"
    source = Source(
        io.BytesIO(text), len(text), "_chat.txt", container="WhatsApp Chat with Anna.zip"
    )
    found = [one for one in whatsapp.read(source) if isinstance(one, ActRecord)]
    assert [one.direction for one in found] == [Direction.OUTGOING, Direction.INCOMING]
