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
    given = source(text, name, answers)
    assert imessage_text.recognises(given)
    return list(imessage_text.read(given))


def acts(
    text: str, name: str = "+15550100.txt", answers: Answers | None = None
) -> list[EventRecord]:
    return [one for one in records(text, name, answers) if isinstance(one, EventRecord)]


def asked(found: list[Record]) -> dict[QuestionKind, Question]:
    return {one.kind: one for one in found if isinstance(one, Question)}


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
    found = acts(CHAT)
    assert [
        (one.direction, one.identifier, one.time and one.time.raw, one.text) for one in found
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
    times = [one.time for one in found if one.time is not None]
    assert isinstance(times[0].moment, WallClock)
    assert times[0].moment.at.isoformat() == "2022-05-17T17:29:42"
    assert times[1].moment.at.isoformat() == "2022-05-17T00:30:00"
    assert {one.precision for one in times} == {TimePrecision.SECOND}
    assert len({one.place for one in found}) == len(found)


def test_what_the_exporter_notes_is_kept_but_is_not_what_was_written() -> None:
    found = acts(CHAT)
    assert found[0].raw["read"] == "Read by you after 1 hour, 49 seconds"
    assert found[1].raw["effect"] == "Sent with Slam"
    assert found[4].raw["reply"] == "This message responded to an earlier message."
    assert found[3].enclosed == ("/Users/x/Library/Messages/Attachments/ab/11/IMG 0001.heic",)


def test_reactions_announcements_and_copies_of_replies_are_text() -> None:
    found = records(CHAT)
    blocks = [one.text for one in found if isinstance(one, TextBlock)]
    assert blocks == [
        "Loved by +15550100",
        "Sticker from +15550100: /a/b.heic",
        "May 18, 2022  9:05:00 AM Me\na reply",
        "May 18, 2022  9:07:00 AM You renamed the conversation to Debts",
    ]
    [notice] = [one for one in found if isinstance(one, Notice)]
    assert notice.message.arguments == {"count": "1"}
    assert set(asked(found)) == {QuestionKind.TIMEZONE}


def test_old_reactions_that_are_not_indented() -> None:
    text = "May 17, 2022  5:29:42 PM\nMe\nhi\nReactions:\nHeart by Ann\n\n"
    assert [one.text for one in acts(text)] == ["hi"]


def test_only_the_other_side_wrote() -> None:
    text = "May 17, 2022  5:29:42 PM\nDebt Inc\npay\n\nMay 17, 2022  5:29:43 PM\nDebt Inc\nnow\n\n"
    found = acts(text)
    assert [(one.direction, one.contact_name) for one in found] == [(IN, "Debt Inc")] * 2


def test_only_the_owner_wrote_and_the_file_is_named_by_the_other_side() -> None:
    [one] = acts("May 17, 2022  5:29:42 PM\nMe\nstop\n\n")
    assert (one.direction, one.identifier) == (OUT, "+15550100")


def test_an_owner_with_a_name_of_their_own() -> None:
    text = (
        "Dec 17, 2024 10:14:08 PM (Read by Jess after 11 seconds)\nAnn\nhi\n\n"
        "Dec 17, 2024 10:15:02 PM\nJess\nhello\n\nDec 17, 2024 10:16:02 PM\nBob\nhello\n\n"
    )
    assert [one.direction for one in acts(text)] == [IN, OUT, IN]


def test_an_owner_that_nothing_tells_is_asked_for() -> None:
    text = "Dec 17, 2024 10:14:08 PM\nAnn\nhi\n\nDec 17, 2024 10:15:02 PM\nJess\nhello\n\n"
    found = records(text)
    assert {one.direction for one in found if isinstance(one, EventRecord)} == {NONE}
    assert asked(found)[QuestionKind.OWNER].detail == {"candidates": ["Ann", "Jess"]}
    told = acts(text, answers=Answers(owners=("jess",)))
    assert [(one.direction, one.identifier) for one in told] == [(IN, "Ann"), (OUT, "Ann")]


def test_a_group_has_no_one_to_whom_the_owner_wrote() -> None:
    text = "".join(f"Dec 17, 2024 10:14:08 PM\n{who}\nhi\n\n" for who in ("Ann", "Bob", "Me"))
    assert [(one.direction, one.identifier) for one in acts(text, "Family - 12.txt")] == [
        (IN, "Ann"),
        (IN, "Bob"),
        (OUT, ""),
    ]


def test_what_has_no_sane_time_is_skipped_and_told() -> None:
    text = "Feb 31, 2022  5:29:42 PM\nMe\nx\n\nMay 17, 1970  5:29:42 PM\nMe\nx\n\n"
    found = records(text + "May 17, 2022  5:29:42 PM\nMe\ngood\n\n")
    assert [one.place.number for one in found if isinstance(one, SkippedEntry)] == [1, 5]
    assert [one.text for one in found if isinstance(one, EventRecord)] == ["good"]


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
    found = acts(text)
    assert [one.raw["sender"] for one in found] == [who for who, _words in rows]


@given(st.binary(max_size=200), st.integers(0, 900))
@settings(max_examples=150, deadline=None)
def test_damage_never_stops_it(junk: bytes, place: int) -> None:
    whole = CHAT.encode()
    for data in (junk, whole[:place] + junk + whole[place:]):
        try:
            for _record in imessage_text.read(source(data)):
                pass
        except ReadFailure:
            pass
