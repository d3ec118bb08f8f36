"""Chats as WhatsApp and Signal export them, on every phone and in every country."""

import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.readers.whatsapp import text_export as whatsapp
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, WallClock

NAME = "WhatsApp Chat with Anna.txt"


def read(text: str | bytes, name: str = NAME, answers: Answers | None = None) -> list[Record]:
    data = text if isinstance(text, bytes) else text.encode()
    source = Source(io.BytesIO(data), len(data), name, answers=answers or Answers())
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "whatsapp"
    return list(whatsapp.read(source))


def acts(text: str | bytes, name: str = NAME, answers: Answers | None = None) -> list[EventRecord]:
    return [event for event in read(text, name, answers) if isinstance(event, EventRecord)]


def wall(text: str) -> WallClock:
    return WallClock(datetime.fromisoformat(text))


def questions_of(records: list[Record]) -> set[QuestionKind]:
    return {question.kind for question in records if isinstance(question, Question)}


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
    records = read(unsure)
    assert [event.time for event in records if isinstance(event, EventRecord)] == [None, None]
    assert QuestionKind.DATE_ORDER in questions_of(records)
    answered = read(unsure, answers=Answers(date_order=DateOrder.MDY))
    assert QuestionKind.DATE_ORDER not in questions_of(answered)


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
    assert [(event.text, event.identifier) for event in acts(text)] == [("", "Anna"), ("x", "Anna")]


def test_lines_of_the_app_are_text_and_nobodys_words() -> None:
    text = (
        "2024/01/05, 10:00 - Messages and calls are end-to-end encrypted. No one can read them.\n"
        '2024/01/05, 10:00 - Anna changed the subject to "x: y"\n'
        "2024/01/05, 10:01 - Anna: hi\n"
    )
    records = read(text)
    assert len([block for block in records if isinstance(block, TextBlock)]) == 2
    assert len([event for event in records if isinstance(event, EventRecord)]) == 1
    iphone = (
        "[05/13/24, 10:00:00] Anna: \u200eMessages and calls are end-to-end encrypted.\n"
        "[05/13/24, 10:00:01] Anna: hi\n"
    )
    assert [event.text for event in acts(iphone)] == ["hi"]


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
    event = acts(text)[0]
    assert (event.type, event.outcome, event.direction, event.identifier) == (
        EventType.CALL,
        Outcome.MISSED,
        Direction.INCOMING,
        "Anna",
    )


def test_a_missed_call_on_android_has_no_author() -> None:
    text = "2024/01/05, 10:00 - Missed voice call from Anna\n2024/01/05, 10:01 - Me: x\n"
    event = acts(text)[0]
    assert (event.type, event.identifier, event.direction) == (
        EventType.CALL,
        "Anna",
        Direction.INCOMING,
    )


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("Voice call, 12 min", 720), ("语音通话, 3 分钟", 180), ("Video call, 1 hr 2 min", 3720)],
)
def test_calls_that_were_answered_have_a_length(words: str, seconds: float) -> None:
    event = acts(f"[05/13/24, 10:00:00] Anna: {words}\n[05/13/24, 10:00:01] Anna: x\n")[0]
    assert (event.type, event.outcome, event.duration_s) == (
        EventType.CALL,
        Outcome.ANSWERED,
        seconds,
    )


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
    text = "".join(
        f"[05/13/24, 10:00:0{n}] Anna: \u200e{phrase}\n" for n, phrase in enumerate(words)
    )
    [notice] = [
        notice.message
        for notice in read(text)
        if isinstance(notice, Notice) and notice.message.code is MessageCode.MEDIA_LEFT_OUT
    ]
    assert notice.arguments == {"count": "5"}


def test_in_a_group_the_owner_is_asked_for() -> None:
    text = "".join(
        f"2024/01/05, 10:0{n} - {who}: hi\n" for n, who in enumerate(["Anna", "Bob", "~ Cem"])
    )
    records = read(text, "_chat.txt")
    assert QuestionKind.OWNER in questions_of(records)
    assert {event.direction for event in records if isinstance(event, EventRecord)} == {
        Direction.NONE
    }
    events = acts(text, "_chat.txt", Answers(owners=("bob",)))
    assert [(event.direction, event.identifier) for event in events] == [
        (Direction.INCOMING, "Anna"),
        (Direction.OUTGOING, ""),
        (Direction.INCOMING, "Cem"),
    ]


def test_the_owner_may_be_known_by_a_number() -> None:
    text = "2024/01/05, 10:00 - \u202a+1 202-555-0143\u202c: hi\n2024/01/05, 10:01 - Anna: yes\n"
    events = acts(text, "_chat.txt", Answers(owners=("2025550143",)))
    assert [(event.direction, event.identifier) for event in events] == [
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
    assert [event.direction for event in acts(text, name)] == [
        Direction.OUTGOING,
        Direction.INCOMING,
    ]


def test_an_export_that_was_cut_says_so() -> None:
    start = datetime(2024, 1, 1)  # noqa: DTZ001
    text = "".join(
        f"{start + timedelta(minutes=n):%Y/%m/%d, %H:%M} - Anna: x\n" for n in range(39_990)
    )
    codes = [notice.message.code for notice in read(text) if isinstance(notice, Notice)]
    assert codes == [MessageCode.CHAT_CAPPED]


def test_a_date_that_is_none_is_told() -> None:
    text = "2024/01/05, 10:00 - Anna: a\n2024/13/45, 10:00 - Anna: b\n"
    assert (
        len(
            [
                skipped_entry
                for skipped_entry in read(text)
                if isinstance(skipped_entry, SkippedEntry)
            ]
        )
        == 1
    )


IPHONE = """[05/13/24, 09:59:00] Anna: \u200eMessages and calls are end-to-end encrypted.
[05/13/24, 10:00:00] Anna: {}
[05/13/24, 10:01:00] Li: ok
"""


def test_two_phones_exports_put_together_have_each_their_own_order_of_dates() -> None:
    text = "13/05/24, 10:00 - Anna: a\n" * 3 + "[05/14/24, 10:00:00] Anna: b\n" * 3
    assert [event.time and event.time.moment for event in acts(text)] == [
        *[wall("2024-05-13 10:00")] * 3,
        *[wall("2024-05-14 10:00")] * 3,
    ]


def test_lines_in_another_form_that_stand_between_messages_are_pasted() -> None:
    pasted = "[05/14/24, 10:00:00] Bob: b\n" * 3
    text = f"13/05/24, 10:00 - Anna: look\n{pasted}13/05/24, 10:01 - Anna: well\n" * 2
    assert len(acts(text)) == 4


def test_one_pasted_date_does_not_hide_the_order_of_all_others() -> None:
    text = "13/05/24, 10:00 - Anna: a\n" * 30 + "05/31/24, 10:00 - Bob: pasted\n"
    records = read(text)
    assert QuestionKind.DATE_ORDER not in questions_of(records)
    assert len([event for event in records if isinstance(event, EventRecord)]) == 30
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )


def test_what_the_person_says_wins_over_what_is_only_likely() -> None:
    text = "05/03/24, 10:00 - Anna: a\n01/04/24, 10:00 - Anna: b\n"
    events = acts(text, answers=Answers(date_order=DateOrder.MDY))
    assert events[0].time is not None and events[0].time.moment == wall("2024-05-03 10:00")
    proof = "13/03/24, 10:00 - Anna: a\n"
    events = acts(proof, answers=Answers(date_order=DateOrder.MDY))
    assert events[0].time is not None and events[0].time.moment == wall("2024-03-13 10:00")


def test_messages_some_minutes_out_of_order_do_not_matter() -> None:
    text = (
        "05/03/24, 10:05 - Anna: a\n05/03/24, 10:00 - Anna: b\n"
        "01/04/24, 10:00 - Anna: c\n02/04/24, 10:00 - Anna: d\n"
    )
    assert acts(text)[0].time.moment == wall("2024-03-05 10:05")  # type: ignore[union-attr]


def test_times_that_no_chat_can_have_are_told() -> None:
    text = "2024/01/05, 10:00 - Anna: a\n2094/01/05, 10:00 - Anna: b\n"
    [skipped] = [
        skipped_entry for skipped_entry in read(text) if isinstance(skipped_entry, SkippedEntry)
    ]
    assert skipped.place.number == 2
    assert skipped.raw == "Anna: b"


def test_digits_and_halves_of_the_day_of_other_scripts() -> None:
    text = "٢٠\u200f/٣\u200f/٢٠٢٤، ٩:٢٩ م - Anna: مرحبا\n"
    [event] = acts(text)
    assert event.time is not None and event.time.moment == wall("2024-03-20 21:29")
    french = "2024-03-20 13 h 55 - Anna: salut\n2024-03-20 13 h 56 - Li: oui\n"
    assert acts(french)[0].time.moment == wall("2024-03-20 13:55")  # type: ignore[union-attr]


def test_lines_before_the_first_message_are_kept_as_text() -> None:
    text = "My chat with them\n\n" + "2024/01/05, 10:00 - Anna: a\n" * 3
    records = read(text)
    assert [block.text for block in records if isinstance(block, TextBlock)] == [
        "My chat with them\n"
    ]
    assert len([event for event in records if isinstance(event, EventRecord)]) == 3


def test_names_may_have_dashes_quotes_and_signs() -> None:
    names = ['Juan "Pato" Pérez', "Anna - work 😀", "«Ann»", "Ana “Nana” Ruiz"]
    for name in names:
        [event] = acts(f"2024/01/05, 10:00 - {name}: hola\n")
        assert (event.identifier, event.text) == (name, "hola")


def test_a_quotation_with_a_colon_makes_no_author() -> None:
    lines = ['Ana created group "Trip: Paris"', "Иван изменил тему с «Старое: имя» на «Новое»"]
    for line in lines:
        assert acts(f"2024/01/05, 10:00 - {line}\n2024/01/05, 10:01 - Ana: hi\n")[0].text == "hi"


def test_a_number_is_no_name_and_the_mark_of_strangers_is_no_part_of_one() -> None:
    number, stranger = acts(
        "[05/13/24, 10:00:00] \u202a+1 555 0100\u202c: a\n[05/13/24, 10:00:00] ~\u202fCem: b\n"
    )
    assert (number.identifier, number.contact_name) == ("+1 555 0100", "")
    assert (stranger.identifier, stranger.contact_name) == ("Cem", "Cem")


@pytest.mark.parametrize(
    "words",
    [
        "I see that you blocked my number",
        "We know your security code and where you live",
        "are these end-to-end encrypted?",
        "I added you to the list",
    ],
)
def test_threats_that_sound_like_the_app_are_messages(words: str) -> None:
    texts = [event.text for event in acts(IPHONE.format(words), "_chat.txt")]
    assert texts == [words, "ok"]


@pytest.mark.parametrize(
    "words",
    [
        "\u200eAnna is a contact.",
        "\u200eYou blocked this contact. Tap to unblock.",
        "Anna is a contact.",
        "\u200e您与 Anna 的安全代码已更改。点击了解更多。",
    ],
)
def test_what_the_app_says_in_the_name_of_somebody_is_nobodys(words: str) -> None:
    records = read(IPHONE.format(words), "_chat.txt")
    assert [event.text for event in records if isinstance(event, EventRecord)] == ["ok"]
    assert len([block for block in records if isinstance(block, TextBlock)]) == 2


def test_on_an_iphone_the_other_side_says_that_the_chat_is_encrypted() -> None:
    first, second = acts(IPHONE.format("hi"), "_chat.txt")
    assert (first.direction, second.direction) == (Direction.INCOMING, Direction.OUTGOING)
    assert second.identifier == "Anna"


def test_only_the_owner_reads_that_they_deleted_a_message() -> None:
    text = "2024/01/05, 10:00 - Li: You deleted this message\n2024/01/05, 10:01 - Anna: why\n"
    records = read(text, "_chat.txt")
    assert [
        (event.type, event.direction, event.identifier)
        for event in records
        if isinstance(event, EventRecord)
    ] == [
        (EventType.MESSAGE, Direction.OUTGOING, "Anna"),
        (EventType.MESSAGE, Direction.INCOMING, "Anna"),
    ]
    assert QuestionKind.OWNER not in questions_of(records)


def test_a_group_of_two_writers_has_no_partner() -> None:
    text = (
        '2024/01/05, 10:00 - Anna created group "Debts"\n'
        "2024/01/05, 10:01 - Anna: pay\n2024/01/05, 10:02 - Li: no\n"
    )
    events = acts(text, "WhatsApp Chat with Debts.txt", Answers(owners=("Li",)))
    assert [(event.direction, event.identifier) for event in events] == [
        (Direction.INCOMING, "Anna"),
        (Direction.OUTGOING, ""),
    ]
    assert {event.raw["chat"] for event in events} == {"Debts"}


def test_someone_who_was_never_answered_is_the_other_side() -> None:
    records = read("2024/01/05, 10:00 - Anna: pay\n2024/01/05, 10:01 - Anna: pay!\n")
    assert {event.direction for event in records if isinstance(event, EventRecord)} == {
        Direction.INCOMING
    }
    assert QuestionKind.OWNER not in questions_of(records)


def test_an_export_of_nothing_but_missed_calls() -> None:
    text = (
        "1/17/26, 14:30 - Messages and calls are end-to-end encrypted.\n"
        "1/17/26, 14:31 - Missed voice call\n1/17/26, 14:32 - Chamada de vídeo perdida\n"
    )
    events = acts(text, "WhatsApp Chat with +1 555 0100.txt")
    assert {(event.type, event.direction, event.outcome, event.identifier) for event in events} == {
        (EventType.CALL, Direction.INCOMING, Outcome.MISSED, "+1 555 0100")
    }
    assert len(events) == 2


@pytest.mark.parametrize(
    ("words", "outcome", "seconds"),
    [
        ("\u200eVoice call, \u200eNo answer", Outcome.MISSED, None),
        ("Voice call. 2 min", Outcome.ANSWERED, 120),
        ("Missed voice call. Tap to call back", Outcome.MISSED, None),
        ("Silenced voice call, Focus mode", Outcome.MISSED, None),
        ("\u200eVideo call, \u200eDeclined", Outcome.REJECTED, None),
        ("Voice call, Answered on other device", Outcome.ANSWERED, None),
        ("\u200eVoice call", Outcome.UNKNOWN, None),
        ("Missed call, 2 min • 3 joined", Outcome.MISSED, None),
        ("Call failed, Try again", Outcome.UNKNOWN, None),
        ("语音通话，无人接听", Outcome.MISSED, None),
        ("視訊通話, 1 小時 2 分鐘", Outcome.ANSWERED, 3720),
        ("Sprachanruf, 45 Sek.", Outcome.ANSWERED, 45),
        ("Videollamada, 1 h 5 min", Outcome.ANSWERED, 3900),
        ("Видеозвонок, 1 ч 5 мин", Outcome.ANSWERED, 3900),
    ],
)
def test_what_became_of_a_call(words: str, outcome: Outcome, seconds: float | None) -> None:
    event = acts(IPHONE.format(words), "_chat.txt")[0]
    assert (event.type, event.direction, event.outcome, event.duration_s) == (
        EventType.CALL,
        Direction.INCOMING,
        outcome,
        seconds,
    )


def test_a_call_of_ones_own_that_nobody_took_is_not_missed() -> None:
    text = IPHONE.format("hi").replace("Li: ok", "Li: \u200eVoice call, \u200eNo answer")
    event = acts(text, "_chat.txt")[1]
    assert (event.direction, event.outcome, event.identifier) == (
        Direction.OUTGOING,
        Outcome.UNKNOWN,
        "Anna",
    )


@pytest.mark.parametrize(
    "words", ["video call, in 5 min?", "Missed call", "voice call, please join", "call failed"]
)
def test_more_words_about_calls_are_words(words: str) -> None:
    assert acts(IPHONE.format(words), "_chat.txt")[0].type is EventType.MESSAGE


def test_a_caller_named_in_the_words_is_written_as_there() -> None:
    lines = ["Llamada de voz perdida de Anna Maria", "来自Anna Maria的未接语音通话"]
    for line in lines:
        event = acts(f"2024/01/05, 10:00 - {line}\n2024/01/05, 10:01 - Li: x\n")[0]
        assert event.identifier == "Anna Maria"


def test_several_files_and_a_caption_belong_to_one_message() -> None:
    words = "bill\n\u200e<attached: 00000001-bill.pdf>\n\u200e<attached: 00000002-joined.pdf>"
    event = acts(IPHONE.format(words), "_chat.txt")[0]
    assert event.enclosed == ("00000001-bill.pdf", "00000002-joined.pdf")


@pytest.mark.parametrize("words", ["<Note: see report.pdf>", "see report.pdf (file)", "a <b> c"])
def test_brackets_in_words_are_no_files(words: str) -> None:
    assert acts(IPHONE.format(words), "_chat.txt")[0].enclosed == ()


def test_a_document_left_out_is_counted_though_its_name_stands_before() -> None:
    records = read(IPHONE.format("bill.pdf • \u200e3 pages \u200edocument omitted"), "_chat.txt")
    assert [notice.message.code for notice in records if isinstance(notice, Notice)] == [
        MessageCode.MEDIA_LEFT_OUT
    ]


def test_with_files_an_export_is_cut_earlier() -> None:
    text = "[05/13/24, 10:00:00] Anna: <attached: 00000001-a.jpg>\n" * 9_900
    notices = [notice.message for notice in read(text) if isinstance(notice, Notice)]
    assert [(notice.code, notice.arguments["limit"]) for notice in notices] == [
        (MessageCode.CHAT_CAPPED, "10000")
    ]
    assert not [notice for notice in read(text[: len(text) // 2]) if isinstance(notice, Notice)]


@pytest.mark.parametrize(
    "name",
    [
        "Discussion WhatsApp avec Anna.txt",
        "Conversa do WhatsApp com Anna.txt",
        "Чат WhatsApp с Anna.txt",
        "Anna ile WhatsApp Sohbeti.txt",
        "Xyz WhatsApp xyz Anna.txt",
        "與 Anna 的 WhatsApp 對話.txt",
        "folder/WhatsApp Chat with Anna_.txt",
    ],
)
def test_more_ways_in_which_a_name_tells_the_other_side(name: str) -> None:
    text = "2024/01/05, 10:00 - Li: hi\n2024/01/05, 10:01 - Anna?: yes\n"
    text = text if "_" in name else text.replace("?", "")
    assert [event.direction for event in acts(text, name)] == [
        Direction.OUTGOING,
        Direction.INCOMING,
    ]


def test_a_name_inside_another_name_tells_nothing() -> None:
    text = "2024/01/05, 10:00 - Li: hi\n2024/01/05, 10:01 - Lisa M: yes\n"
    records = read(text, "WhatsApp Chat with Lisa.txt")
    assert QuestionKind.OWNER in questions_of(records)


def test_a_sign_that_no_text_should_have_does_not_hide_a_chat() -> None:
    [event] = acts(b"2024/01/05, 10:00 - Anna: a\x01b\n")
    assert event.text == "a\x01b"


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05 10:00:00 INFO server: started\n2024-01-05 10:00:01 WARN server: slow\n",
        "[2024-01-05 10:00:00] production.ERROR: failed\n[2024-01-05 10:00:01] local.INFO: ok\n",
        "2024-01-05 10:00:00: started: x\n2024-01-05 10:00:01: stopped: x\n",
        "Dear diary\n05.03.2024, 14:30 - they called: rude\n",
        "".join(f"0{n}.03.2024, 14:30 - call number {n}: rude\n" for n in range(1, 8)),
        "05.03.2024 14:30 - they called: rude\n",
        "date,time,number\n2024-01-05,10:00,5550100\n",
        "2019-07-16 18:15:05 Nick(10001)\nhello: you\n",
    ],
)
def test_logs_diaries_and_other_formats_are_no_chats(text: str) -> None:
    source = Source(io.BytesIO(text.encode()), len(text.encode()), NAME)
    assert not whatsapp.recognises(source)


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
    records = read(text)
    read_records = [
        record for record in records if isinstance(record, EventRecord | SkippedEntry | TextBlock)
    ]
    assert len(read_records) == len(lines) + 1
    assert len({record.place for record in read_records}) == len(read_records)


_PIECES = st.sampled_from(
    ["[3/6/18 1:55:00 p. m.] A: ", "3/6/18, 1:55 - ", "13. 6. 2018. 21:25:15 a: ", "\u200e", "\n"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=20), max_size=30), st.binary(max_size=20))
def test_nothing_makes_it_fail(pieces: list[str], tail: bytes) -> None:
    data = "".join(pieces).encode("utf-8", "replace") + tail
    source = Source(io.BytesIO(data), len(data), NAME)
    whatsapp.recognises(source)
    records = list(whatsapp.read(source))
    places = [event.place for event in records if isinstance(event, EventRecord)]
    assert len(set(places)) == len(places)


def test_a_message_without_end_is_cut_and_the_rest_kept() -> None:
    text = "2024/01/05, 10:00 - Anna: a\n" + ("x" * 1000 + "\n") * 1500
    records = read(text)
    texts = [record.text for record in records if isinstance(record, EventRecord | TextBlock)]
    assert sum(text.count("x") for text in texts) == 1_500_000
    assert len(texts) == 2


def test_whom_the_chat_is_with_may_stand_in_the_name_of_the_archive() -> None:
    text = b"2024/01/05, 10:00 - Li: hi\n2024/01/05, 10:01 - Anna: yes\n"
    source = Source(
        io.BytesIO(text), len(text), "_chat.txt", container="WhatsApp Chat with Anna.zip"
    )
    events = [event for event in whatsapp.read(source) if isinstance(event, EventRecord)]
    assert [event.direction for event in events] == [Direction.OUTGOING, Direction.INCOMING]


GROUP = [
    "Anna",
    "+49 1512 5550123",
    "王小明",
    "~ Max Mustermann",
    "María de la Cruz",
    "Олег",
    "佐藤",
    "Dr. Lee",
    "Jean-Luc",
    "김민준",
]


@pytest.mark.parametrize(
    "head", ["[05.03.24, 14:3{n}:00] ", "05.03.24, 14:3{n} - ", "2024/3/5 下午2:3{n} - "]
)
def test_a_group_in_which_every_line_has_another_author(head: str) -> None:
    lines = [f"{head.format(n=n)}{name}: hi all" for n, name in enumerate(GROUP)]
    events = acts("\n".join(lines) + "\n", answers=Answers(date_order=DateOrder.DMY))
    assert [event.raw["author"] for event in events] == [name.removeprefix("~ ") for name in GROUP]


def test_many_authors_in_small_letters_send_a_file_and_are_a_chat() -> None:
    names = ["anna", "ben", "carl", "dora", "emil"]
    text = "".join(f"05.03.24, 14:3{n} - {name}: hi\n" for n, name in enumerate(names))
    text += "05.03.24, 14:40 - fritz: IMG-20240305-WA0001.jpg (file attached)\n"
    assert len(acts(text)) == 6


@pytest.mark.parametrize(
    "authors",
    [
        ["Went to court", "Called the bank", "Wrote a letter", "Paid 50", "Talked to Ann"],
        ["step 1", "step 2", "step 3", "step 4", "step 5"],
        ["Versuch 1", "Versuch 2", "Versuch 3", "Versuch 4"],
        ["collector called", "second call", "third call", "they wrote"],
    ],
)
def test_diaries_with_headings_are_no_chats(authors: list[str]) -> None:
    text = "".join(f"05.03.2024, 14:3{n} - {author}: rude\n" for n, author in enumerate(authors))
    source = Source(io.BytesIO(text.encode()), len(text.encode()), NAME)
    assert not whatsapp.recognises(source)


PASTED = (
    "[01/02/24, 09:00:00] Boss: first pasted\n"
    "[02/02/24, 09:00:00] Anna: second pasted\n"
    "and its second line\n"
    "[03/02/24, 09:00:00] Clerk: third pasted\n"
)


@pytest.mark.parametrize(
    ("text", "messages", "authors"),
    [
        # In the middle, below words of one's own.
        (
            "[14/05/24, 10:00:00] Anna: look:\n" + PASTED + "[14/05/24, 10:01:00] Me: oh\n",
            2,
            {"Anna", "Me"},
        ),
        # The pasted lines begin on the message's own line.
        (
            f"[14/05/24, 10:00:00] Anna: {PASTED}[14/05/24, 10:01:00] Me: oh\n",
            2,
            {"Anna", "Me"},
        ),
        # In the last message.
        (
            "[13/05/24, 10:00:00] Me: so\n[14/05/24, 10:00:00] Anna: see\n" + PASTED,
            2,
            {"Anna", "Me"},
        ),
        # Pasted from the same morning, from the message's own line on.
        (
            "[14/05/24, 10:00:00] Anna: [14/05/24, 08:00:00] Boss: a\n"
            "[14/05/24, 08:01:00] Boss: b\n[14/05/24, 10:01:00] Me: oh\n",
            2,
            {"Anna", "Me"},
        ),
        # One line that is a month old.
        (
            "[14/05/24, 10:00:00] Anna: see\n[14/04/24, 08:00:00] Boss: a\n"
            "[14/05/24, 10:01:00] Me: oh\n",
            2,
            {"Anna", "Me"},
        ),
        # Another width of the date, later than the message.
        (
            "[04/05/24, 10:00:00] Anna: see\n[4/6/24, 08:00:00] Boss: a\n"
            "[05/05/24, 10:01:00] Me: oh\n[13/05/24, 10:01:00] Me: oh\n",
            3,
            {"Anna", "Me"},
        ),
        # Another width of the year.
        (
            "04/05/24, 10:00 - Anna: see\n04/05/2024, 08:00 - Boss: a\n"
            "05/05/24, 10:01 - Me: oh\n13/05/24, 10:01 - Me: oh\n",
            3,
            {"Anna", "Me"},
        ),
        # Another width of the hour.
        (
            "04/05/24, 09:00 - Anna: see\n04/05/24, 9:30 - Boss: a\n"
            "05/05/24, 09:01 - Me: oh\n13/05/24, 10:01 - Me: oh\n",
            3,
            {"Anna", "Me"},
        ),
    ],
)
def test_pasted_lines_stay_part_of_their_message(
    text: str, messages: int, authors: set[str]
) -> None:
    events = acts(text, answers=Answers(date_order=DateOrder.DMY))
    assert len(events) == messages
    assert {event.raw["author"] for event in events} == authors
    written = "\n".join(event.text for event in events)
    assert ("Boss: a" in written) or ("Boss: first pasted" in written)
    # A chat of two stays one of two.
    assert {event.direction for event in events} == {Direction.INCOMING, Direction.OUTGOING}


@pytest.mark.parametrize(
    "text",
    [
        # A second export behind the first, whose times overlap, begins with the app's own words.
        "14/05/24, 10:00 - Anna: a\n15/05/24, 10:00 - Me: b\n"
        "01/05/24, 10:00 - Messages and calls are end-to-end encrypted.\n"
        "14/05/24, 10:00 - Anna: a\n16/05/24, 10:00 - Me: c\n",
        # One that goes on for long.
        "14/05/24, 10:00 - Anna: a\n"
        + "".join(f"{n:02}/03/24, 10:00 - Me: b\n" for n in range(1, 32))
        + "".join(f"{n:02}/04/24, 10:00 - Me: b\n" for n in range(1, 31))
        + "15/05/24, 10:00 - Anna: a\n",
        # A message that came late, and a clock that was set back.
        "14/05/24, 10:00 - Anna: a\n13/05/24, 22:00 - Me: b\n14/05/24, 10:01 - Anna: c\n",
        "27/10/24, 02:59 - Anna: a\n27/10/24, 02:00 - Me: b\n27/10/24, 02:30 - Anna: c\n",
    ],
)
def test_messages_that_go_back_in_time_for_other_reasons(text: str) -> None:
    events = acts(text, answers=Answers(date_order=DateOrder.DMY))
    assert len(events) == text.count("\n") - text.count("encrypted")


def test_many_steps_back_cost_no_more_than_the_file_is_long() -> None:
    first = datetime.fromisoformat("2024-01-01")
    days = [first - timedelta(days=2 * n) for n in range(5000)]
    text = "".join(f"{day:%d/%m/%Y}, 10:00 - Anna: a\n" + "x\n" * 5 for day in days)
    assert len(acts(text, answers=Answers(date_order=DateOrder.DMY))) == 5000


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("09:05 14/03/2024 - Nam: trả\n", "21:06 15/03/2024 - Lan: không\n"),
        ("09:05, 14/03/2024 - Nam: trả\n", "21:06, 15/03/2024 - Lan: không\n"),
        ("[09:05:00 14/03/2024] Nam: trả\n", "[21:06:00 15/03/2024] Lan: không\n"),
        ("14.03.2024 г., 09:05 - Nam: trả\n", "15.03.2024 г., 21:06 - Lan: không\n"),
        ("14/3/2567 09:05 - Nam: trả\n", "15/3/2567 21:06 - Lan: không\n"),
    ],
)
def test_heads_of_phones_in_vietnamese_bulgarian_and_thai(first: str, second: str) -> None:
    events = acts(first + second + "và\n" + first.replace("14", "16", 1))
    assert [event.text for event in events] == ["trả", "không\nvà", "trả"]
    assert [str(event.time.moment.at) for event in events if event.time is not None] == [
        "2024-03-14 09:05:00",
        "2024-03-15 21:06:00",
        "2024-03-16 09:05:00",
    ]
