"""Telegram's result.json, with the traps that real ones have."""

import contextlib
import io
import json
from datetime import UTC, datetime
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.telegram import json_export as telegram
from evidence_app.intake.records import Contact, Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import Instant, WallClock

T = TypeVar("T")
ME, OTHER = 7000000001, 5000000002
AT = datetime(2024, 1, 1, 10, 0, tzinfo=UTC)


def message(number: int, sender: int | str = OTHER, **fields: Any) -> dict[str, Any]:
    entry = {
        "id": number,
        "type": "message",
        "date": "2024-01-01T18:00:00",
        "date_unixtime": str(int(AT.timestamp()) + number),
        "from": {ME: "Me Myself", OTHER: "Collector"}.get(sender, str(sender)),  # type: ignore[call-overload]
        "from_id": f"user{sender}" if isinstance(sender, int) else sender,
        "text": f"message {number}",
    }
    return {key: value for key, value in (entry | fields).items() if value != "drop"}


def call(number: int, actor: int, **fields: Any) -> dict[str, Any]:
    entry = message(number, actor, type="service", text="", action="phone_call")
    entry["actor"], entry["actor_id"] = entry.pop("from"), entry.pop("from_id")
    return entry | fields


def chat(*messages: Any, **fields: Any) -> dict[str, Any]:
    head = {"name": "Collector", "type": "personal_chat", "id": OTHER}
    return head | fields | {"messages": list(messages)}


def export(*chats: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": ME, "first_name": "Me", "last_name": "Myself"},
        **fields,
        "chats": {"about": "", "list": list(chats)},
    }


def data_of(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read(content: Any, owners: tuple[str, ...] = ()) -> list[Record]:
    data = content if isinstance(content, bytes) else data_of(content)
    source = Source(io.BytesIO(data), len(data), "result.json", answers=Answers(owners=owners))
    assert telegram.recognises(source)
    return list(telegram.read(source))


def of_kind(records: list[Record], kind: type[T]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def acts(content: Any, owners: tuple[str, ...] = ()) -> list[EventRecord]:
    return of_kind(read(content, owners), EventRecord)


def test_one_chat_tells_by_its_number_who_the_owner_is() -> None:
    records = read(chat(message(1), message(2, ME)))
    assert records[0] == Description(ItemKind.MESSAGES, "application/json")
    first, second = of_kind(records, EventRecord)
    assert (first.direction, first.identifier) == (Direction.INCOMING, "Collector")
    assert (second.direction, second.identifier) == (Direction.OUTGOING, "Collector")
    assert first.raw["chat"] == "Collector"
    assert first.text == "message 1"
    assert not of_kind(records, Question)


def test_date_unixtime_is_preferred_because_date_floats() -> None:
    [event] = acts(chat(message(0)))
    assert event.time is not None
    assert event.time.moment == Instant(AT)


def test_export_before_2021_without_unixtime_is_wall_clock_time_and_asks_for_the_zone() -> None:
    records = read(chat(message(1, date_unixtime="drop")))
    [event] = of_kind(records, EventRecord)
    assert event.time is not None
    assert event.time.moment == WallClock(datetime.fromisoformat("2024-01-01T18:00:00"))
    assert of_kind(records, Question) == [Question(QuestionKind.TIMEZONE, {}, False)]


def test_old_numbers_of_authors_and_chats_without_words() -> None:
    first, second = acts(chat(message(1, from_id=123), message(2, from_id=77), id=(1 << 32) + 123))
    assert (first.direction, second.direction) == (Direction.INCOMING, Direction.OUTGOING)


def test_whole_account_knows_the_owner_also_in_groups_and_left_chats() -> None:
    group = chat(message(1, ME), message(2), name="Flat", type="private_supergroup", id=9)
    content = export(chat(message(3), message(4, ME)), group)
    content["left_chats"] = {"about": "", "list": [chat(message(5))]}
    events = acts(content)
    assert [(event.direction, event.identifier) for event in events] == [
        (Direction.INCOMING, "Collector"),
        (Direction.OUTGOING, "Collector"),
        (Direction.OUTGOING, ""),
        (Direction.INCOMING, "Collector"),
        (Direction.INCOMING, "Collector"),
    ]
    assert [event.raw["chat"] for event in events][2] == "Flat"
    assert len({event.place for event in events}) == 5


def test_group_alone_asks_who_the_owner_is_and_takes_the_answer() -> None:
    group = chat(message(1, ME), message(2), message(3), name="Flat", type="private_group", id=9)
    records = read(group)
    assert {event.direction for event in of_kind(records, EventRecord)} == {Direction.NONE}
    [question] = of_kind(records, Question)
    assert question.kind is QuestionKind.OWNER
    assert question.detail["candidates"] == ["Collector", "Me Myself"]
    answered = read(group, owners=("me  myself",))
    assert [event.direction for event in of_kind(answered, EventRecord)] == [
        Direction.OUTGOING,
        Direction.INCOMING,
        Direction.INCOMING,
    ]
    assert not of_kind(answered, Question)


def test_an_owner_known_from_elsewhere_who_is_not_in_the_group_tells_nothing() -> None:
    group = chat(message(1, ME), name="Flat", type="private_group", id=9)
    records = read(group, owners=("+1 555 0100",))
    assert of_kind(records, EventRecord)[0].direction is Direction.NONE
    assert len(of_kind(records, Question)) == 1


def test_channel_speaks_to_the_owner_without_a_question() -> None:
    records = read(
        chat(message(1, "channel99", **{"from": "News"}), type="public_channel", name="News", id=99)
    )
    assert of_kind(records, EventRecord)[0].direction is Direction.INCOMING
    assert not of_kind(records, Question)


def test_deleted_account_has_no_name_but_a_number() -> None:
    [event] = acts(chat(message(1, **{"from": None}), name=None))
    assert (event.identifier, event.contact_name) == (f"user{OTHER}", "")
    assert event.direction is Direction.INCOMING


def test_saved_messages_reach_nobody() -> None:
    content = export({"type": "saved_messages", "id": ME, "messages": [message(1, ME)]})
    [event] = acts(content)
    assert (event.direction, event.identifier) == (Direction.NONE, "")


def test_text_in_pieces_is_one_text() -> None:
    pieces = [
        "Pay ",
        {"type": "bold", "text": "now"},
        " at ",
        {"type": "link", "text": "x.example"},
    ]
    [event] = acts(chat(message(1, text=pieces)))
    assert event.text == "Pay now at x.example"


def test_shared_contact_stays_searchable() -> None:
    shared = {"first_name": "Boss", "last_name": "", "phone_number": "+15550100"}
    [event] = acts(chat(message(1, text="", contact_information=shared)))
    assert event.text == "Boss +15550100"


def test_calls_have_direction_outcome_and_duration() -> None:
    events = acts(
        chat(
            call(1, OTHER, duration_seconds=65, discard_reason="hangup"),
            call(2, OTHER, discard_reason="missed"),
            call(3, OTHER, discard_reason="busy"),
            call(4, ME, discard_reason="missed"),
            call(5, ME, duration_seconds=3, discard_reason="disconnect"),
            call(6, OTHER, discard_reason="hangup"),
        )
    )
    assert {event.type for event in events} == {EventType.CALL}
    assert [(event.direction, event.outcome, event.duration_s) for event in events] == [
        (Direction.INCOMING, Outcome.ANSWERED, 65),
        (Direction.INCOMING, Outcome.MISSED, None),
        (Direction.INCOMING, Outcome.REJECTED, None),
        (Direction.OUTGOING, Outcome.MISSED, None),
        (Direction.OUTGOING, Outcome.ANSWERED, 3),
        (Direction.INCOMING, Outcome.UNKNOWN, None),
    ]
    assert events[3].identifier == "Collector"


def test_length_of_a_voice_message_is_not_the_length_of_a_call() -> None:
    [event] = acts(
        chat(
            message(1, file="voice_messages/a.ogg", duration_seconds=9, media_type="voice_message")
        )
    )
    assert event.duration_s is None
    assert event.enclosed == ("voice_messages/a.ogg",)


def test_files_that_were_not_exported_are_counted() -> None:
    absent = "(File not included. Change data exporting settings to download.)"
    records = read(
        chat(
            message(1, photo="photos/photo_1@01-01-2024_10-00-00.jpg"),
            message(2, file=absent),
            message(3, photo="(File exceeds maximum size. Change data exporting settings …)"),
            message(4, file="files/offer (1).pdf"),
        )
    )
    assert [event.enclosed for event in of_kind(records, EventRecord)] == [
        ("photos/photo_1@01-01-2024_10-00-00.jpg",),
        (),
        (),
        ("files/offer (1).pdf",),
    ]
    [notice] = of_kind(records, Notice)
    assert notice.message.code is MessageCode.MEDIA_LEFT_OUT
    assert notice.message.arguments == {"count": "2"}


def test_service_lines_are_no_acts_but_stay_searchable() -> None:
    joined = {
        "id": 1,
        "type": "service",
        "date": "2024-01-01T18:00:00",
        "actor": "Collector",
        "actor_id": f"user{OTHER}",
        "action": "invite_members",
        "members": ["Someone", None],
        "text": "",
    }
    records = read(chat(joined, message(2)))
    [block] = of_kind(records, TextBlock)
    assert "Collector invite_members" in block.text
    assert "Someone" in block.text
    assert len(of_kind(records, EventRecord)) == 1


def test_senseless_times_and_unsupported_entries_are_reported() -> None:
    records = read(
        chat(
            message(1),
            message(2, date="1970-01-01T00:00:00", date_unixtime="0"),
            {"id": 3, "type": "unsupported"},
            7,
        )
    )
    skipped = of_kind(records, SkippedEntry)
    assert [
        (skipped_entry.place.number, skipped_entry.reason.code) for skipped_entry in skipped
    ] == [
        (2, MessageCode.ROW_BAD_TIME),
        (3, MessageCode.ROW_UNREADABLE),
        (4, MessageCode.ROW_UNREADABLE),
    ]


def test_contacts_of_an_account_name_numbers() -> None:
    listed = {"about": "", "list": [{"first_name": "A", "last_name": "B", "phone_number": "+1555"}]}
    assert of_kind(read(export(contacts=listed)), Contact) == [Contact("A B", ("+1555",))]


def test_file_that_is_cut_off_keeps_what_was_read() -> None:
    document = data_of(chat(*(message(number) for number in range(50))))
    records = read(document[: len(document) // 2])
    assert 20 < len(of_kind(records, EventRecord)) < 30
    [notice] = of_kind(records, Notice)
    assert notice.damaged


def test_byte_order_mark_and_broken_characters_cost_nothing() -> None:
    data = data_of(chat(message(1, text="a?b"), message(2))).replace(b"a?b", b"a\xffb")
    events = acts(b"\xef\xbb\xbf" + data)
    assert [event.text for event in events] == ["a\ufffdb", "message 2"]


def test_large_file_is_not_read_whole() -> None:
    class Counting(io.BytesIO):
        largest = 0

        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            self.largest = max(self.largest, len(piece))
            return piece

    stream = Counting(data_of(chat(*(message(number) for number in range(4000)))))
    source = Source(stream, len(stream.getvalue()), "result.json")
    assert telegram.recognises(source)
    assert len(of_kind(list(telegram.read(source)), EventRecord)) == 4000
    assert stream.largest <= 65536 < source.size


def test_other_json_is_not_claimed() -> None:
    others: list[Any] = [
        {"messages": []},
        {"id": 1, "type": "message", "messages": [{"type": "note", "id": 1}]},
        {"participants": [], "messages": [{"sender_name": "A", "timestamp_ms": 1}], "title": ""},
        [{"id": 1, "type": "message", "date": "2024-01-01"}],
        {"about": "x"},
    ]
    for content in [*map(data_of, others), b"", b"result", b'{"a', b"\xff\xfe\x00"]:
        assert not telegram.recognises(Source(io.BytesIO(content), len(content), "result.json"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["text", "call", "service", "bad", "junk"]), max_size=30))
def test_every_entry_is_accounted_for(kinds: list[str]) -> None:
    entries_by_kind: dict[str, Any] = {
        "text": message(1),
        "call": call(2, OTHER),
        "service": {"type": "service", "action": "pin_message"},
        "bad": message(3, date="x", date_unixtime="x"),
        "junk": [None],
    }
    records = read(chat(message(0), *(entries_by_kind[kind] for kind in kinds)))
    counted = [
        record for record in records if isinstance(record, EventRecord | SkippedEntry | TextBlock)
    ]
    assert len(counted) == len(kinds) + 1


_NAMES = st.sampled_from(
    ["id", "type", "date", "date_unixtime", "from", "from_id", "actor_id", "action", "text",
     "photo", "file", "duration_seconds", "discard_reason", "members", "name", "poll"]
)  # fmt: skip
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ANY, max_size=4), _ANY, st.integers(0, 400))
def test_nothing_makes_it_fail(entries: list[Any], name: Any, cut: int) -> None:
    data = json.dumps(chat(*entries, name=name)).encode()
    for piece in (data, data[: max(0, len(data) - cut)]):
        with contextlib.suppress(ReadFailure):
            list(telegram.read(Source(io.BytesIO(piece), len(piece), "x")))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_end(data: bytes) -> None:
    source = Source(io.BytesIO(data), len(data), "x")
    telegram.recognises(source)
    assert isinstance(next(iter(telegram.read(source))), Description)
    list(telegram.read(source))
