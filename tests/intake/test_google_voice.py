"""Pages of Google Voice, with the traps that real ones have."""

import contextlib
import io
from datetime import datetime
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers import google_voice
from evidence_app.intake.readers.telegram import html_export as telegram_html
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry
from evidence_app.model.times import Instant, TimePrecision

T = TypeVar("T")
HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head>'
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />\n'
)


def labels(*names: str) -> str:
    links = ", ".join(
        f'<a rel="tag" href="http://www.google.com/voice#{name}">{name}</a>' for name in names
    )
    return (
        f'<div class="tags">Labels:\n{links}</div>\n'
        '<div class="deletedStatusContainer">User Deleted:\nFalse</div>'
    )


def call(
    heading: str,
    *tags: str,
    number: str = "+15550100",
    name: str = "Collector",
    at: str = "2023-03-01T13:56:11.000-07:00",
    length: str = "",
    inner: str = "",
) -> str:
    duration = f'<abbr class="duration" title="{length}">(…)</abbr>' if length else ""
    named = f'<span class="fn">{name}</span>' if name else '<span class="fn" />'
    return f"""{HEAD}<title>{heading}
{name}</title></head>
<body><div class="haudio"><span class="album">Call Log for
</span>
<span class="fn">{heading}
{name}</span>
<div class="contributor vcard">{heading}
<a class="tel" href="tel:{number}">{named}</a></div>
<abbr class="published" title="{at}">Mar 1, 2023, 1:56:11&#8239;PM
Pacific Time</abbr>
{inner}
<br />
{duration}

{labels(*tags)}</div></body></html>"""


def message_node(
    number: str, name: str, words: str, at: str = "10:00:00.123", more: str = ""
) -> str:
    named = (
        '<abbr class="fn" title="">Me</abbr>' if name == "ME" else f'<span class="fn">{name}</span>'
    )
    return (
        f'<div class="message"><abbr class="dt" title="2023-09-01T{at}-07:00">Sep 1&#8239;AM'
        f'\nPacific Time</abbr>:\n<cite class="sender vcard"><a class="tel" href="tel:{number}">'
        f"{named}</a></cite>:\n<q>{words}</q>\n{more}</div> "
    )


def chat(*messages: str, title: str = "Collector", group: str = "") -> str:
    return (
        f'{HEAD}<title>{title}</title></head>\n<body><div class="hChatLog hfeed">{group}\n'
        f"{''.join(messages)}</div>\n\n{labels('sms', 'inbox')}</body></html>\n"
    )


def read(content: str, filename: str = "x.html") -> list[Record]:
    data = content.encode()
    source = Source(io.BytesIO(data), len(data), filename)
    assert google_voice.recognises(source)
    return list(google_voice.read(source))


def of_kind(records: list[Record], kind: type[T]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def acts(content: str, filename: str = "x.html") -> list[EventRecord]:
    return of_kind(read(content, filename), EventRecord)


def test_missed_call_has_an_instant_and_no_length() -> None:
    records = read(call("Missed call from", "missed"))
    assert records[0] == Description(ItemKind.CALL_LOG, "text/html")
    [event] = of_kind(records, EventRecord)
    assert (event.type, event.direction, event.outcome, event.duration_s) == (
        EventType.CALL,
        Direction.INCOMING,
        Outcome.MISSED,
        None,
    )
    assert (event.identifier, event.contact_name) == ("+15550100", "Collector")
    assert event.time is not None
    assert event.time.moment == Instant(datetime.fromisoformat("2023-03-01T13:56:11-07:00"))
    assert not of_kind(records, Notice)


@pytest.mark.parametrize(
    ("tag", "direction", "outcome"),
    [
        ("placed", Direction.OUTGOING, Outcome.ANSWERED),
        ("received", Direction.INCOMING, Outcome.ANSWERED),
        ("recorded", Direction.NONE, Outcome.ANSWERED),
    ],
)
def test_calls_by_label(tag: str, direction: Direction, outcome: Outcome) -> None:
    [event] = acts(call("Call", "inbox", tag, "unread", length="PT2S"))
    assert (event.direction, event.outcome, event.duration_s) == (direction, outcome, 2)


def test_placed_call_without_length_may_not_have_been_answered() -> None:
    assert acts(call("Placed call to", "placed"))[0].outcome is Outcome.UNKNOWN


def test_kind_comes_from_the_set_of_labels_not_the_first() -> None:
    [event] = acts(call("Voicemail from", "inbox", "spam", "voicemail", length="PT22S"))
    assert (event.type, event.outcome) == (EventType.VOICEMAIL, Outcome.VOICEMAIL)
    assert event.raw["labels"] == "inbox, spam, voicemail"


def test_kind_comes_from_the_heading_where_labels_do_not_tell() -> None:
    assert acts(call("Missed call from", "inbox"))[0].outcome is Outcome.MISSED


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("PT4S", 4), ("PT1M", 60), ("PT16M50S", 1010), ("PT1H2M3S", 3723), ("P1DT1S", 86401)],
)
def test_lengths(written: str, seconds: float) -> None:
    assert acts(call("Received call from", "received", length=written))[0].duration_s == seconds


def test_voicemail_has_its_transcript_once_and_its_sound() -> None:
    sound = "Collector - Voicemail - 2023-03-01T20_56_11Z.mp3"
    inner = (
        'Transcript:\n<span class="description"><span class="full-text">Pay at once.</span>\n'
        '<span class="word high">Pay <span class="start-time">0.0</span></span></span>\n'
        f'<audio controls="controls" src="{sound}"><a rel="enclosure" href="{sound}">Audio</a>'
        "</audio>"
    )
    [event] = acts(call("Voicemail from", "voicemail", "inbox", length="PT18S", inner=inner))
    assert (event.text, event.enclosed, event.duration_s) == ("Pay at once.", (sound,), 18)


def test_withheld_number_and_self_closing_name() -> None:
    [event] = acts(call("Missed call from", "missed", number="", name=""))
    assert (event.identifier, event.contact_name) == ("", "")
    assert event.raw["labels"] == "missed"
    assert event.duration_s is None


def test_name_of_the_file_does_not_overrule_the_body() -> None:
    filename = "Boss - Placed - 2020-01-01T00_00_00Z.html"
    [event] = acts(call("Received call from", "received", length="PT1S"), filename)
    assert event.direction is Direction.INCOMING
    assert event.contact_name == "Collector"
    assert event.time is not None
    assert event.time.moment.at.year == 2023


def test_conversation_has_one_act_for_each_message() -> None:
    records = read(
        chat(
            message_node("+15550100", "Collector", "Pay<br>now &amp; here", "10:00:00.123"),
            message_node("+15550199", "ME", "No", "10:01:00.000"),
        )
    )
    assert records[0] == Description(ItemKind.MESSAGES, "text/html")
    first, second = of_kind(records, EventRecord)
    assert (first.direction, first.identifier, first.text) == (
        Direction.INCOMING,
        "+15550100",
        "Pay\nnow & here",
    )
    assert (second.direction, second.identifier, second.contact_name) == (
        Direction.OUTGOING,
        "+15550100",
        "Collector",
    )
    assert first.time is not None
    assert first.time.precision is TimePrecision.MILLISECOND
    assert [event.place.number for event in (first, second) if event.place] == [1, 2]


def test_contact_who_is_called_me_is_not_the_owner() -> None:
    [event] = acts(chat(message_node("+15550100", "Me", "Pay")))
    assert event.direction is Direction.INCOMING


def test_partner_without_a_name_or_named_by_the_number() -> None:
    first, second = acts(
        chat(
            message_node("+15550100", "", "Pay"),
            message_node("+15550100", "+15550100", "Pay"),
            title="",
        )
    )
    assert (first.identifier, first.contact_name) == ("+15550100", "")
    assert (second.identifier, second.contact_name) == ("+15550100", "")


def test_one_who_never_answered_stands_in_title_or_file_name() -> None:
    content = chat(message_node("+15550199", "ME", "Stop"), title="Me to\nCollector")
    [named] = acts(content, "Collector - Text - 2023-09-01T17_00_00Z.html")
    assert (named.direction, named.identifier) == (Direction.OUTGOING, "Collector")
    content = chat(message_node("+15550199", "ME", "Stop"), title="Me to\n")
    [numbered] = acts(content, "+15550100 - Text - 2023-09-01T17_00_00Z.html")
    assert numbered.identifier == "+15550100"


def test_group_conversation() -> None:
    group = (
        '<div class="participants">Group conversation with:\n<cite class="sender vcard">'
        '<a class="tel" href="tel:+15550100"><span class="fn">Collector</span></a></cite>, '
        '<cite class="sender vcard"><a class="tel" href="tel:+15550101">'
        '<span class="fn">+15550101</span></a></cite></div>'
    )
    first, second = acts(
        chat(
            message_node("+15550101", "+15550101", "Pay"),
            message_node("+15550199", "ME", "No"),
            title="Group Conversation",
            group=group,
        )
    )
    assert (first.direction, first.identifier) == (Direction.INCOMING, "+15550101")
    assert (second.direction, second.identifier) == (Direction.OUTGOING, "")
    assert first.raw["chat"] == "Collector, +15550101"


def test_files_without_endings_and_placeholders() -> None:
    stem = "Collector - Text - 2023-09-01T17_00_00Z"
    picture = f'<div><img src="{stem}-1-1" alt="Image MMS Attachment" /></div>'
    card = f'<div><a class="vcard" href="{stem}-2-1">Contact card attachment</a></div>'
    video = f'<div><a class="video" href="{stem}-3-1">Video attachment</a></div>'
    records = read(
        chat(
            message_node("+15550100", "Collector", "", more=picture + picture),
            message_node("+15550100", "Collector", "MMS Received", more=card),
            message_node("+15550100", "Collector", "See", more=video),
            message_node("+15550199", "ME", "MMS Sent"),
        )
    )
    events = of_kind(records, EventRecord)
    assert [event.enclosed for event in events] == [
        (f"{stem}-1-1",),
        (f"{stem}-2-1",),
        (f"{stem}-3-1",),
        (),
    ]
    assert [event.text for event in events] == ["", "", "See", "MMS Sent"]
    [notice] = of_kind(records, Notice)
    assert notice.message.code is MessageCode.MEDIA_LEFT_OUT


def test_senseless_time_is_reported() -> None:
    [skipped] = of_kind(read(call("Missed call from", "missed", at="yesterday")), SkippedEntry)
    assert skipped.reason.code is MessageCode.ROW_BAD_TIME
    records = read(
        chat(
            message_node("+15550100", "C", "x"), message_node("+15550100", "C", "x", at="99:00:00")
        )
    )
    assert [skipped_entry.place.number for skipped_entry in of_kind(records, SkippedEntry)] == [2]


def test_control_characters_cost_nothing() -> None:
    [event] = acts(chat(message_node("+15550100", "Collector", "a<br>\x01b&#2;c")))
    assert event.text.startswith("a\n")
    assert "b" in event.text


def test_page_without_its_end_is_damaged_but_read() -> None:
    document = chat(*(message_node("+15550100", "Collector", f"message {n}") for n in range(40)))
    records = read(document[: len(document) // 2])
    assert 15 < len(of_kind(records, EventRecord)) < 25
    assert [notice.damaged for notice in of_kind(records, Notice)] == [True]


def test_other_pages_are_not_claimed() -> None:
    for content in (
        "<html><body><h1>Bills</h1><a href='http://www.google.com/voice#billing'>x</a></body></html>",
        '<html><body><h2 class="haudio">A song</h2></body></html>',
        'notes: <div class="haudio"> and google.com/voice#missed',
        "",
    ):
        data = content.encode()
        assert not google_voice.recognises(Source(io.BytesIO(data), len(data), "Bills.html"))
    data = chat(message_node("+15550100", "Collector", "x")).encode()
    assert not telegram_html.recognises(Source(io.BytesIO(data), len(data), "x.html"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["in", "out", "bad", "bare"]), max_size=20))
def test_every_entry_is_accounted_for(kinds: list[str]) -> None:
    nodes_by_kind = {
        "in": message_node("+15550100", "Collector", "x"),
        "out": message_node("+15550199", "ME", "x"),
        "bad": message_node("+15550100", "Collector", "x", at="soon"),
        "bare": '<div class="message"></div>',
    }
    records = read(chat(message_node("", "", "x"), *(nodes_by_kind[kind] for kind in kinds)))
    counted = [record for record in records if isinstance(record, EventRecord | SkippedEntry)]
    assert len(counted) == len(kinds) + 1
    assert len({record.place for record in counted}) == len(counted)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1500), st.binary(max_size=40), st.binary(max_size=100))
def test_damage_never_makes_it_fail(position: int, junk: bytes, other: bytes) -> None:
    first = call("Voicemail from", "voicemail", length="PT1S").encode()
    second = chat(message_node("+15550100", "Collector", "x")).encode()
    pieces = [page[:position] + junk + page[position + len(junk) :] for page in (first, second)]
    for data in (*pieces, other):
        source = Source(io.BytesIO(data), len(data), "x")
        google_voice.recognises(source)
        with contextlib.suppress(ReadFailure):
            list(google_voice.read(source))
