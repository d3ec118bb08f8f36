"""Chats of Signal, as the usual tool exports them from the desktop app."""

import io

import pytest

from evidence_app.intake.detect import detect
from evidence_app.intake.readers.whatsapp import text_export as whatsapp
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.question import Question, QuestionKind

HEAD = "[2019-12-24 12:23:45] Jane Doe: Hello  \n"


def read(text: str) -> list[Record]:
    data = text.encode()
    source = Source(io.BytesIO(data), len(data), "chat.md")
    file_format = detect(source)
    assert file_format is not None and file_format.id == "whatsapp"
    return list(whatsapp.read(source))


def acts(text: str) -> list[EventRecord]:
    return [event for event in read(text) if isinstance(event, EventRecord)]


@pytest.mark.parametrize("time", ["2019-12-24, 12:23", "2019-12-24 12:23:45"])
def test_me_is_the_owner(time: str) -> None:
    records = read(f"[{time}] Jane Doe: Hello  \n[{time}] Me: Hi  \n")
    assert [
        (event.direction, event.identifier, event.text)
        for event in records
        if isinstance(event, EventRecord)
    ] == [(Direction.INCOMING, "Jane Doe", "Hello"), (Direction.OUTGOING, "Jane Doe", "Hi")]
    assert {question.kind for question in records if isinstance(question, Question)} == {
        QuestionKind.TIMEZONE
    }


def test_what_one_sends_to_a_group_is_to_nobody_alone() -> None:
    events = acts(HEAD + "[2019-12-24 12:24:00] Jim: No\n[2019-12-24 12:25:00] Me: Yes\n")
    assert [event.identifier for event in events] == ["Jane Doe", "Jim", ""]


def test_a_quotation_and_reactions_belong_to_the_message() -> None:
    text = "[2019-12-24 12:24:00] Me: \n\n> Hello\n\nHi  \n(- Jane Doe: 😀 -)\n"
    assert [event.text for event in acts(HEAD + text)] == [
        "Hello",
        "\n\n> Hello\n\nHi  \n(- Jane Doe: 😀 -)",
    ]


def test_files_are_named_by_where_they_lie() -> None:
    text = "[2019-12-24 12:24:00] Me: ![a b.png](./media/a%20b.png)  [c.pdf](./media/c.pdf)  \n"
    assert acts(HEAD + text)[1].enclosed == ("media/a b.png", "media/c.pdf")


def test_a_sender_who_is_not_known_is_nobody() -> None:
    text = "[2019-12-24 12:24:00] No-Sender: x  \n[2019-12-24 12:25:00] Me: y  \n"
    events = acts(HEAD + text)
    assert [event.identifier for event in events] == ["Jane Doe", "", "Jane Doe"]


@pytest.mark.parametrize(
    ("words", "direction", "outcome", "seconds"),
    [
        ("Missed voice call", Direction.INCOMING, Outcome.MISSED, None),
        ("Incoming voice call (accepted, 5m 3s)", Direction.INCOMING, Outcome.ANSWERED, 303),
        ("Incoming video call (declined)", Direction.INCOMING, Outcome.REJECTED, None),
        ("Incoming call", Direction.INCOMING, Outcome.UNKNOWN, None),
        ("Incoming voice call (notaccepted)", Direction.INCOMING, Outcome.UNKNOWN, None),
        ("Outgoing voice call (accepted, 12s)", Direction.OUTGOING, Outcome.ANSWERED, 12),
        ("Outgoing voice call (unanswered)", Direction.OUTGOING, Outcome.UNKNOWN, None),
        ("Outgoing call", Direction.OUTGOING, Outcome.UNKNOWN, None),
    ],
)
def test_calls(words: str, direction: Direction, outcome: Outcome, seconds: float | None) -> None:
    text = f"[2019-12-24 12:24:00] Jane Doe: {words}  \n[2019-12-24 12:25:00] Me: y  \n"
    event = acts(HEAD + text)[1]
    assert (event.type, event.direction, event.outcome, event.duration_s, event.identifier) == (
        EventType.CALL,
        direction,
        outcome,
        seconds,
        "Jane Doe",
    )
