"""Facebook's and Instagram's messages, with the traps that real ones have."""

import contextlib
import io
import json
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.android import fossify
from evidence_app.intake.readers.meta import json_export as meta_messages
from evidence_app.intake.readers.telegram import json_export as telegram
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import Instant

T = TypeVar("T")
START = 1_700_000_000_123


def mangled(text: str) -> str:
    return text.encode().decode("latin-1")


def message(number: int, sender: str = "Collector", **fields: Any) -> dict[str, Any]:
    return {
        "sender_name": sender,
        "timestamp_ms": START - number * 1000,
        "content": f"message {number}",
        "is_geoblocked_for_viewer": False,
    } | fields


def thread(*messages: Any, names: tuple[str, ...] = ("Collector", "Me"), **fields: Any) -> Any:
    return {
        "participants": [{"name": name} for name in names],
        "messages": list(messages),
        "title": "Collector",
        "is_still_participant": True,
        "thread_path": "inbox/collector_123",
        "magic_words": [],
    } | fields


def secret(*messages: Any, **fields: Any) -> Any:
    return {
        "participants": ["Collector", "Me"],
        "threadName": "Collector_7",
        "messages": list(messages),
    } | fields


def read(content: Any, owners: tuple[str, ...] = ()) -> list[Record]:
    data = content if isinstance(content, bytes) else json.dumps(content, indent=1).encode()
    source = Source(io.BytesIO(data), len(data), "message_1.json", answers=Answers(owners=owners))
    assert meta_messages.recognises(source)
    return list(meta_messages.read(source))


def of_kind(records: list[Record], kind: type[T]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def acts(content: Any, owners: tuple[str, ...] = ()) -> list[EventRecord]:
    return of_kind(read(content, owners), EventRecord)


def test_thread_of_two_is_named_after_the_other_side() -> None:
    records = read(thread(message(1), message(2, "Me")))
    assert records[0] == Description(ItemKind.MESSAGES, "application/json")
    first, second = of_kind(records, EventRecord)
    assert (first.direction, first.identifier, first.text) == (
        Direction.INCOMING,
        "Collector",
        "message 1",
    )
    assert (second.direction, second.identifier) == (Direction.OUTGOING, "Collector")
    assert first.raw["chat"] == "Collector"
    assert not of_kind(records, Question)
    assert not of_kind(records, Notice)


def test_newest_first_is_kept_in_the_order_of_the_file() -> None:
    events = acts(thread(message(1), message(2)))
    times = [event.time.moment for event in events if event.time is not None]
    expected = datetime(2023, 11, 14, 22, 13, 19, 123000, tzinfo=UTC)
    assert times[0] == Instant(expected)
    assert [event.place.number for event in events if event.place] == [1, 2]


def test_mojibake_is_mended_in_names_title_content_and_reactions() -> None:
    name = "催收员"
    records = read(
        thread(
            message(
                1,
                mangled(name),
                content=mangled("还钱 😡"),
                reactions=[{"reaction": mangled("👍"), "actor": mangled("我")}],
            ),
            names=(mangled(name), mangled("我")),
            title=mangled(name),
        )
    )
    [event] = of_kind(records, EventRecord)
    assert (event.text, event.identifier, event.raw["chat"]) == ("还钱 😡", name, name)
    assert event.raw["reactions"] == "👍 我"
    assert event.direction is Direction.INCOMING
    [notice] = of_kind(records, Notice)
    assert notice.message.code is MessageCode.TIMES_REPAIRED
    assert notice.message.arguments == {"count": "4"}


@pytest.mark.parametrize("clean", ["“quoted”", "还钱", "café", "naïve ÿ"])
def test_clean_texts_of_newer_exports_stay_as_they_are(clean: str) -> None:
    records = read(thread(message(1, content=clean)))
    assert of_kind(records, EventRecord)[0].text == clean
    assert not of_kind(records, Notice)


def test_group_asks_and_takes_the_answer() -> None:
    group = thread(
        message(1), message(2, "Me"), message(3), names=("Collector", "Boss", "Me"), title="Us"
    )
    records = read(group)
    assert {event.direction for event in of_kind(records, EventRecord)} == {Direction.NONE}
    [question] = of_kind(records, Question)
    assert question.kind is QuestionKind.OWNER
    assert question.detail["candidates"][0] == "Collector"
    assert set(question.detail["candidates"]) == {"Collector", "Boss", "Me"}
    answered = acts(group, owners=("me",))
    assert [(event.direction, event.identifier) for event in answered] == [
        (Direction.INCOMING, "Collector"),
        (Direction.OUTGOING, ""),
        (Direction.INCOMING, "Collector"),
    ]


def test_last_participant_is_not_taken_for_the_owner_without_the_title() -> None:
    records = read(thread(message(1), title="Our little thread"))
    assert of_kind(records, EventRecord)[0].direction is Direction.NONE
    assert len(of_kind(records, Question)) == 1


def test_calls_have_outcome_and_duration() -> None:
    events = acts(
        thread(
            message(1, type="Call", call_duration=42, content="Collector called you."),
            message(2, type="Call", call_duration=0, content="You missed a call from Collector."),
            message(3, "Me", type="Call", call_duration=0, content="Collector missed your call."),
            message(4, call_duration=5, content="Audio call ended"),
            message(5, call_duration=0, missed=True, content="x"),
        )
    )
    assert {event.type for event in events} == {EventType.CALL}
    assert [(event.direction, event.outcome, event.duration_s) for event in events] == [
        (Direction.INCOMING, Outcome.ANSWERED, 42),
        (Direction.INCOMING, Outcome.MISSED, 0),
        (Direction.OUTGOING, Outcome.MISSED, 0),
        (Direction.INCOMING, Outcome.ANSWERED, 5),
        (Direction.INCOMING, Outcome.MISSED, 0),
    ]


def test_message_about_missing_is_no_call() -> None:
    [event] = acts(thread(message(1, content="You missed the deadline")))
    assert (event.type, event.outcome) == (EventType.MESSAGE, Outcome.UNKNOWN)


def test_files_are_named_by_their_paths() -> None:
    base = "your_facebook_activity/messages/inbox/collector_123"
    [event] = acts(
        thread(
            {
                "sender_name": "Collector",
                "timestamp_ms": START,
                "photos": [{"uri": f"{base}/photos/1.jpg", "creation_timestamp": 1700000000}],
                "audio_files": [{"uri": f"{base}/audio/2.mp4"}],
                "videos": [{"uri": f"{base}/videos/3.mp4"}],
                "gifs": [{"uri": "https://gifs.example/x.gif"}],
                "sticker": {"uri": "messages/stickers_used/4.png", "ai_stickers": []},
            }
        )
    )
    assert [name.rpartition("/")[2] for name in event.enclosed] == [
        "1.jpg",
        "3.mp4",
        "2.mp4",
        "4.png",
    ]
    assert event.text == ""


def test_shared_link_is_text_once() -> None:
    share = {"link": "https://x.example/1", "share_text": "Debt list"}
    both = thread(message(1, content="see https://x.example/1", share=share))
    assert acts(both)[0].text == "see https://x.example/1\nDebt list"


def test_message_taken_back_is_still_an_act() -> None:
    [event] = acts(thread({"sender_name": "Collector", "timestamp_ms": START, "is_unsent": True}))
    assert event.raw["is_unsent"] == "true"


def test_joining_and_leaving_is_no_act() -> None:
    records = read(thread(message(1), message(2, type="Subscribe", content="Me added Boss.")))
    assert len(of_kind(records, EventRecord)) == 1
    assert [block.text for block in of_kind(records, TextBlock)] == ["Collector Me added Boss."]


def test_accounts_that_are_gone_are_not_one_person() -> None:
    [event] = acts(
        thread(message(1, "Facebook user"), names=("Facebook user", "Me"), title="Facebook user")
    )
    assert (event.identifier, event.direction) == ("", Direction.INCOMING)


def test_end_to_end_encrypted_export_has_other_names() -> None:
    entry = {"isUnsent": False, "reactions": [], "type": "text", "timestamp": START}
    records = read(
        secret(
            entry | {"senderName": "Collector", "text": "Pay", "media": []},
            entry
            | {
                "senderName": "Me",
                "text": "",
                "media": [{"uri": "./media/1.jpeg"}],
                "type": "media",
            },
        )
    )
    first, second = of_kind(records, EventRecord)
    assert (first.direction, first.text) == (Direction.INCOMING, "Pay")
    assert (second.direction, second.enclosed) == (Direction.OUTGOING, ("./media/1.jpeg",))
    assert first.time is not None
    assert first.time.raw == str(START)


def test_senseless_times_are_reported() -> None:
    records = read(thread(message(1), message(2, timestamp_ms=0), None))
    assert [skipped_entry.reason.code for skipped_entry in of_kind(records, SkippedEntry)] == [
        MessageCode.ROW_BAD_TIME,
        MessageCode.ROW_UNREADABLE,
    ]


def test_file_that_is_cut_off_keeps_what_was_read() -> None:
    data = json.dumps(thread(*(message(number) for number in range(40)))).encode()
    records = read(data[: len(data) // 2])
    assert 15 < len(of_kind(records, EventRecord)) < 25
    assert [notice.damaged for notice in of_kind(records, Notice)] == [True]
    # What the thread is called stands at the end, which is lost.
    assert len(of_kind(records, Question)) == 1


def test_other_json_is_not_claimed() -> None:
    others: list[Any] = [
        {"messages": [{"sender_name": "A", "timestamp_ms": 1}]},
        {"participants": [], "messages": [{"text": "x"}]},
        {"participants": [], "messages": []},
        [],
    ]
    for content in map(json.dumps, others):
        data = content.encode()
        assert not meta_messages.recognises(Source(io.BytesIO(data), len(data), "message_1.json"))
    data = json.dumps(thread(message(1))).encode()
    assert not telegram.recognises(Source(io.BytesIO(data), len(data), "x"))
    assert not fossify.recognises(Source(io.BytesIO(data), len(data), "x"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["text", "call", "joined", "bad", "junk"]), max_size=30))
def test_every_entry_is_accounted_for(kinds: list[str]) -> None:
    entries_by_kind: dict[str, Any] = {
        "text": message(1),
        "call": message(2, call_duration=1),
        "joined": message(3, type="Unsubscribe"),
        "bad": message(4, timestamp_ms="soon"),
        "junk": [[]],
    }
    records = read(thread(message(0), *(entries_by_kind[kind] for kind in kinds)))
    counted = [
        record for record in records if isinstance(record, EventRecord | SkippedEntry | TextBlock)
    ]
    assert len(counted) == len(kinds) + 1
    assert len({record.place for record in counted}) == len(counted)


_NAMES = st.sampled_from(
    ["sender_name", "timestamp_ms", "content", "photos", "share", "reactions", "call_duration",
     "type", "uri", "name", "sticker"]
)  # fmt: skip
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ANY, max_size=4), _ANY, st.integers(0, 300), st.binary(max_size=100))
def test_nothing_makes_it_fail(entries: list[Any], title: Any, cut: int, other: bytes) -> None:
    data = json.dumps(thread(*entries, title=title, participants=[title, title])).encode()
    for piece in (data, data[: max(0, len(data) - cut)], other):
        source = Source(io.BytesIO(piece), len(piece), "x")
        meta_messages.recognises(source)
        with contextlib.suppress(ReadFailure):
            list(meta_messages.read(source))
