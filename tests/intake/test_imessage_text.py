"""Chats that imessage-exporter wrote as text, with the traps that real ones have."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.imessage import text_export as imessage_text
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.model.event import Direction
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import TimePrecision, WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE


def source(
    text: str | bytes, name: str = "+15550100.txt", answers: Answers | None = None
) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(io.BytesIO(data), len(data), name, answers=answers or Answers())


def records(text: str, name: str = "+15550100.txt", answers: Answers | None = None) -> list[Record]:
    read_source = source(text, name, answers)
    assert imessage_text.recognises(read_source)
    return list(imessage_text.read(read_source))


def acts(
    text: str, name: str = "+15550100.txt", answers: Answers | None = None
) -> list[EventRecord]:
    return [event for event in records(text, name, answers) if isinstance(event, EventRecord)]


def questions_of(read_records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in read_records if isinstance(question, Question)}


CHAT = """May 17, 2022  5:29:42 PM (Read by you after 1 hour, 49 seconds)
+15550100
Pay today

or else

May 17, 2022 12:30:00 AM (Read by them after 2 seconds)
Me
Jan 5, 2021 10:30:00 AM was when I paid
Sent with Slam
Tapbacks:
    Loved by +15550100
    Sticker from +15550100: /a/b.heic

May 18, 2022  9:00:00 AM
+15550100
/Users/x/Library/Messages/Attachments/ab/11/IMG 0001.heic
Attachment missing!
    May 18, 2022  9:05:00 AM
    Me
    a reply
    May 18, 2022  9:06:00 AM
    Me
    lost
still the picture

May 18, 2022  9:05:00 AM
Me
a reply
This message responded to an earlier message.

May 18, 2022  9:07:00 AM You renamed the conversation to Debts

May 18, 2022  9:08:00 AM
Me
May 18, 2022  9:08:00 AM helo
Edited 5 seconds later: hello

"""


def test_messages_with_directions_and_times() -> None:
    events = acts(CHAT)
    assert [
        (event.direction, event.identifier, event.time and event.time.raw, event.text)
        for event in events
    ] == [
        (IN, "+15550100", "May 17, 2022  5:29:42 PM", "Pay today\n\nor else"),
        (
            OUT,
            "+15550100",
            "May 17, 2022 12:30:00 AM",
            "Jan 5, 2021 10:30:00 AM was when I paid",
        ),
        (OUT, "+15550100", "May 18, 2022  9:06:00 AM", "lost"),
        (
            IN,
            "+15550100",
            "May 18, 2022  9:00:00 AM",
            "Attachment missing!\nstill the picture",
        ),
        (OUT, "+15550100", "May 18, 2022  9:05:00 AM", "a reply"),
        (
            OUT,
            "+15550100",
            "May 18, 2022  9:08:00 AM",
            "May 18, 2022  9:08:00 AM helo\nEdited 5 seconds later: hello",
        ),
    ]
    times = [event.time for event in events if event.time is not None]
    assert isinstance(times[0].moment, WallClock)
    assert times[0].moment.at.isoformat() == "2022-05-17T17:29:42"
    assert times[1].moment.at.isoformat() == "2022-05-17T00:30:00"
    assert {time.precision for time in times} == {TimePrecision.SECOND}
    assert len({event.place for event in events}) == len(events)


def test_what_the_exporter_notes_is_kept_but_is_not_what_was_written() -> None:
    events = acts(CHAT)
    assert events[0].raw["read"] == "Read by you after 1 hour, 49 seconds"
    assert events[1].raw["effect"] == "Sent with Slam"
    assert events[4].raw["reply"] == "This message responded to an earlier message."
    assert events[3].enclosed == ("/Users/x/Library/Messages/Attachments/ab/11/IMG 0001.heic",)


def test_reactions_announcements_and_copies_of_replies_are_text() -> None:
    read_records = records(CHAT)
    blocks = [block.text for block in read_records if isinstance(block, TextBlock)]
    assert blocks == [
        "Loved by +15550100",
        "Sticker from +15550100: /a/b.heic",
        "May 18, 2022  9:05:00 AM Me\na reply",
        "May 18, 2022  9:07:00 AM You renamed the conversation to Debts",
    ]
    [notice] = [notice for notice in read_records if isinstance(notice, Notice)]
    assert notice.message.arguments == {"count": "1"}
    assert set(questions_of(read_records)) == {QuestionKind.TIMEZONE}


def test_old_reactions_that_are_not_indented() -> None:
    text = "May 17, 2022  5:29:42 PM\nMe\nhi\nReactions:\nHeart by Ann\n\n"
    assert [event.text for event in acts(text)] == ["hi"]


def test_only_the_other_side_wrote() -> None:
    text = "May 17, 2022  5:29:42 PM\nDebt Inc\npay\n\nMay 17, 2022  5:29:43 PM\nDebt Inc\nnow\n\n"
    events = acts(text)
    assert [(event.direction, event.contact_name) for event in events] == [(IN, "Debt Inc")] * 2


def test_only_the_owner_wrote_and_the_file_is_named_by_the_other_side() -> None:
    [event] = acts("May 17, 2022  5:29:42 PM\nMe\nstop\n\n")
    assert (event.direction, event.identifier) == (OUT, "+15550100")


def test_an_owner_with_a_name_of_their_own() -> None:
    text = (
        "Dec 17, 2024 10:14:08 PM (Read by Jess after 11 seconds)\nAnn\nhi\n\n"
        "Dec 17, 2024 10:15:02 PM\nJess\nhello\n\nDec 17, 2024 10:16:02 PM\nBob\nhello\n\n"
    )
    assert [event.direction for event in acts(text)] == [IN, OUT, IN]


def test_an_owner_that_nothing_tells_is_asked_for() -> None:
    text = "Dec 17, 2024 10:14:08 PM\nAnn\nhi\n\nDec 17, 2024 10:15:02 PM\nJess\nhello\n\n"
    read_records = records(text)
    assert {event.direction for event in read_records if isinstance(event, EventRecord)} == {NONE}
    assert questions_of(read_records)[QuestionKind.OWNER].detail == {"candidates": ["Ann", "Jess"]}
    events = acts(text, answers=Answers(owners=("jess",)))
    assert [(event.direction, event.identifier) for event in events] == [(IN, "Ann"), (OUT, "Ann")]


def test_a_group_has_no_one_to_whom_the_owner_wrote() -> None:
    text = "".join(f"Dec 17, 2024 10:14:08 PM\n{who}\nhi\n\n" for who in ("Ann", "Bob", "Me"))
    assert [(event.direction, event.identifier) for event in acts(text, "Family - 12.txt")] == [
        (IN, "Ann"),
        (IN, "Bob"),
        (OUT, ""),
    ]


def test_what_has_no_sane_time_is_skipped_and_told() -> None:
    text = "Feb 31, 2022  5:29:42 PM\nMe\nx\n\nMay 17, 1970  5:29:42 PM\nMe\nx\n\n"
    read_records = records(text + "May 17, 2022  5:29:42 PM\nMe\ngood\n\n")
    assert [
        skipped_entry.place.number
        for skipped_entry in read_records
        if isinstance(skipped_entry, SkippedEntry)
    ] == [1, 5]
    assert [event.text for event in read_records if isinstance(event, EventRecord)] == ["good"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May 17, 2022  5:29:42 PM\n\n",
        "May 17, 2022  5:29:42 PM server started\n",
        "[May 17, 2022  5:29:42 PM] Ann: hi\n",
        "5/17/22, 5:29 PM - Ann: hi\n",
    ],
)
def test_other_texts_are_not_claimed(text: str) -> None:
    assert not imessage_text.recognises(source(text))


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)


@given(st.lists(st.tuples(st.sampled_from(["Me", "Ann", "Bob"]), WORDS), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_entry_is_accounted_for(rows: list[tuple[str, str]]) -> None:
    text = "".join(
        f"May 17, 2022  5:29:{second:02} PM\n{who}\n{words}\n\n"
        for second, (who, words) in enumerate(rows)
    )
    events = acts(text)
    assert [event.raw["sender"] for event in events] == [who for who, _words in rows]


@given(st.binary(max_size=200), st.integers(0, 900))
@settings(max_examples=150, deadline=None)
def test_damage_never_stops_it(junk: bytes, place: int) -> None:
    encoded = CHAT.encode()
    for data in (junk, encoded[:place] + junk + encoded[place:]):
        try:
            for _record in imessage_text.read(source(data)):
                pass
        except ReadFailure:
            pass
