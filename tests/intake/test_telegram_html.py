"""Telegram's messages.html, with the traps that real ones have."""

import contextlib
import io
from datetime import datetime
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers import google_voice
from evidence_app.intake.readers.telegram import html_export as telegram_html
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import Instant, WallClock

T = TypeVar("T")
AT = "01.02.2024 10:00:00 UTC+08:00"


def entry(number: int, author: str, inner: str, at: str = AT) -> str:
    named = f'<div class="from_name">\n{author}\n       </div>' if author else ""
    joined = "" if author else " joined"
    return f"""
     <div class="message default clearfix{joined}" id="message{number}">
      <div class="body">
       <div class="pull_right date details" title="{at}">10:00</div>
       {named}
       {inner}
      </div>
     </div>"""


def text(words: str) -> str:
    return f'<div class="text">\n{words}\n       </div>'


def service(words: str, number: int = -1) -> str:
    return f"""
     <div class="message service" id="message{number}">
      <div class="body details">
{words}
      </div>
     </div>"""


def media(kind: str, status: str, link: str = "", title: str = "Voice message") -> str:
    tag, href = ("a", f' href="{link}"') if link else ("div", "")
    return f"""<div class="media_wrap clearfix">
        <{tag} class="media clearfix pull_left {kind}"{href}>
         <div class="fill pull_left"></div>
         <div class="body"><div class="title bold">{title}</div>
         <div class="status details">{status}</div></div>
        </{tag}></div>"""


def page(*entries: str, chat: str = "Collector") -> str:
    return f"""<!DOCTYPE html>
<html>
 <head><meta charset="utf-8"/><title>Exported Data</title></head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header"><div class="content">
     <div class="text bold">
{chat}
     </div></div></div>
   <div class="page_body chat_page">
    <div class="history">{"".join(entries)}
    </div>
   </div>
  </div>
 </body>
</html>
"""


def read(content: str, owners: tuple[str, ...] = ()) -> list[Record]:
    data = content.encode()
    source = Source(io.BytesIO(data), len(data), "messages.html", answers=Answers(owners=owners))
    assert telegram_html.recognises(source)
    return list(telegram_html.read(source))


def of_kind(records: list[Record], kind: type[T]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def acts(content: str, owners: tuple[str, ...] = ()) -> list[EventRecord]:
    return of_kind(read(content, owners), EventRecord)


def test_chat_named_after_one_of_two_authors() -> None:
    records = read(page(entry(1, "Collector", text("Pay")), entry(2, "Me", text("No"))))
    assert records[0] == Description(ItemKind.MESSAGES, "text/html")
    first, second = of_kind(records, EventRecord)
    assert (first.direction, first.identifier) == (Direction.INCOMING, "Collector")
    assert (second.direction, second.identifier) == (Direction.OUTGOING, "Collector")
    assert [first.text, second.text] == ["Pay", "No"]
    assert not of_kind(records, Question | Notice)  # type: ignore[arg-type]


def test_title_has_day_first_and_the_offset() -> None:
    [event] = acts(page(entry(1, "Collector", text("Pay"))))
    assert event.time is not None
    assert event.time.moment == Instant(datetime.fromisoformat("2024-02-01T10:00:00+08:00"))
    assert event.time.raw == AT


def test_older_title_without_offset_is_wall_clock_time_and_asks_for_the_zone() -> None:
    records = read(page(entry(1, "Collector", text("Pay"), at="01.02.2019 10:00:00")))
    [event] = of_kind(records, EventRecord)
    assert event.time is not None
    assert event.time.moment == WallClock(datetime.fromisoformat("2019-02-01T10:00:00"))
    assert of_kind(records, Question) == [Question(QuestionKind.TIMEZONE, {}, False)]


def test_joined_message_is_by_the_author_before_also_after_a_date_line() -> None:
    events = acts(
        page(
            entry(1, "Collector", text("a")),
            service("2 February 2024"),
            entry(2, "", text("b")),
            entry(3, "Me", text("c")),
            entry(4, "", text("d")),
        )
    )
    assert [event.raw["from"] for event in events] == ["Collector", "Collector", "Me", "Me"]


def test_dates_and_service_lines_are_text_only() -> None:
    records = read(page(service("1 February 2024"), entry(1, "Collector", text("a"))))
    assert [block.text for block in of_kind(records, TextBlock)] == ["1 February 2024"]
    assert len(of_kind(records, EventRecord)) == 1


def test_forwarded_message_is_of_whoever_forwarded_it() -> None:
    forwarded = """<div class="pull_left forwarded userpic_wrap"></div><div class="forwarded body">
        <div class="from_name">Boss <span class="details"> 31.01.2024 09:00:00</span></div>
        <div class="text">Order</div></div>"""
    [event] = acts(page(entry(1, "Collector", forwarded)))
    assert (event.identifier, event.text) == ("Collector", "Order")


def test_line_breaks_links_and_entities_become_plain_text() -> None:
    words = '<a href="https://x.example">x.example</a> &lt;b&gt;<br>second <strong>line</strong>'
    [event] = acts(page(entry(1, "Collector via @bot", text(words))))
    assert event.text == "x.example <b>\nsecond line"
    assert event.identifier == "Collector"


def test_calls_tell_direction_outcome_duration_and_who_the_owner_is() -> None:
    records = read(
        page(
            entry(1, "Anna", media("media_call success", "Incoming (65 seconds)", title="Me")),
            entry(2, "Anna", media("media_call", "Missed", title="Me")),
            entry(3, "Anna", media("media_call", "Declined", title="Me")),
            entry(4, "Me", media("media_call", "Cancelled", title="Anna")),
            entry(5, "Me", media("media_call success", "Outgoing (3 seconds)", title="Anna")),
            entry(6, "Me", text("hello")),
            entry(7, "Anna", text("hello")),
            chat="Aunt Anna",
        )
    )
    events = of_kind(records, EventRecord)
    assert [(event.direction, event.outcome, event.duration_s) for event in events] == [
        (Direction.INCOMING, Outcome.ANSWERED, 65),
        (Direction.INCOMING, Outcome.MISSED, None),
        (Direction.INCOMING, Outcome.REJECTED, None),
        (Direction.OUTGOING, Outcome.MISSED, None),
        (Direction.OUTGOING, Outcome.ANSWERED, 3),
        (Direction.OUTGOING, Outcome.UNKNOWN, None),
        (Direction.INCOMING, Outcome.UNKNOWN, None),
    ]
    assert [event.type for event in events] == [EventType.CALL] * 5 + [EventType.MESSAGE] * 2
    assert not of_kind(records, Question)


def test_group_asks_and_takes_the_answer() -> None:
    content = page(
        entry(1, "A", text("x")), entry(2, "B", text("y")), entry(3, "B", text("z")), chat="Flat"
    )
    records = read(content)
    assert {event.direction for event in of_kind(records, EventRecord)} == {Direction.NONE}
    [question] = of_kind(records, Question)
    assert question.detail["candidates"] == ["B", "A"]
    answered = acts(content, owners=("a",))
    assert [event.direction for event in answered] == [
        Direction.OUTGOING,
        Direction.INCOMING,
        Direction.INCOMING,
    ]
    assert answered[0].raw["chat"] == "Flat"


def test_deleted_accounts_are_not_one_person() -> None:
    content = page(entry(1, "Deleted Account", text("x")), chat="Deleted Account")
    [event] = acts(content)
    assert (event.identifier, event.contact_name) == ("", "Deleted Account")


def test_files_are_named_and_those_left_out_are_counted() -> None:
    photo = """<div class="media_wrap clearfix">
      <a class="photo_wrap clearfix pull_left" href="photos/p1.jpg">
      <img class="photo" src="photos/p1_thumb.jpg"/></a></div>"""
    records = read(
        page(
            entry(1, "Collector", photo + text("look")),
            entry(2, "", media("media_voice_message", "00:05", link="voice_messages/a.ogg")),
            entry(3, "", media("media_photo", "640x480, 10 KB", title="Photo")),
            entry(4, "", media("media_location", "31.2, 121.4", link="https://maps.example/")),
        )
    )
    events = of_kind(records, EventRecord)
    assert [event.enclosed for event in events] == [
        ("photos/p1.jpg",),
        ("voice_messages/a.ogg",),
        (),
        (),
    ]
    assert "31.2, 121.4" in events[3].text
    assert [event.text for event in events[:3]] == ["look", "", ""]
    [notice] = of_kind(records, Notice)
    assert notice.message.code is MessageCode.MEDIA_LEFT_OUT
    assert notice.message.arguments == {"count": "1"}


def test_page_that_is_cut_off_keeps_what_was_read() -> None:
    document = page(*(entry(number, "Collector", text(str(number))) for number in range(40)))
    records = read(document[: len(document) // 2])
    assert 15 < len(of_kind(records, EventRecord)) < 25
    assert [notice.damaged for notice in of_kind(records, Notice)] == [True]


def test_other_pages_are_not_claimed() -> None:
    for content in (
        '<html><body><div class="message default clearfix">x</div></body></html>',
        '<html><body><div class="history ">x</div></body></html>',
        'notes about <div class="message default"> in class="history "',
        "",
    ):
        data = content.encode()
        assert not telegram_html.recognises(Source(io.BytesIO(data), len(data), "messages.html"))
    data = page(entry(1, "A", text("x"))).encode()
    assert not google_voice.recognises(Source(io.BytesIO(data), len(data), "x.html"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["text", "service", "bad", "call", "bare"]), max_size=20))
def test_every_entry_is_accounted_for(kinds: list[str]) -> None:
    nodes_by_kind = {
        "text": entry(1, "Collector", text("x")),
        "service": service("pinned"),
        "bad": entry(2, "Collector", text("x"), at="32.13.2024"),
        "call": entry(3, "Me", media("media_call", "Whatever")),
        "bare": '<div class="message default clearfix"></div>',
    }
    records = read(page(entry(0, "Me", text("x")), *(nodes_by_kind[kind] for kind in kinds)))
    counted = [
        record for record in records if isinstance(record, EventRecord | SkippedEntry | TextBlock)
    ]
    assert len(counted) == len(kinds) + 1
    places = [record.place for record in counted]
    assert len(set(places)) == len(places)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2500), st.binary(max_size=40), st.binary(max_size=100))
def test_damage_never_makes_it_fail(position: int, junk: bytes, other: bytes) -> None:
    encoded = page(entry(1, "A", text("x")), entry(2, "", media("media_call", "Missed"))).encode()
    for data in (encoded[:position] + junk + encoded[position + len(junk) :], other):
        source = Source(io.BytesIO(data), len(data), "x")
        telegram_html.recognises(source)
        with contextlib.suppress(ReadFailure):
            list(telegram_html.read(source))


def call(status: str, number: int = 7, author: str = "Collector") -> str:
    return entry(number, author, media("media_call success", status, title="Call"))


def test_calls_in_other_languages() -> None:
    for status, direction, outcome, seconds in (
        ("Входящий (65 секунд)", Direction.INCOMING, Outcome.ANSWERED, 65),
        ("Пропущенный", Direction.INCOMING, Outcome.MISSED, None),
        ("Исходящий (1:05)", Direction.OUTGOING, Outcome.ANSWERED, 65),
        ("未接来电", Direction.INCOMING, Outcome.MISSED, None),
        ("来电 (12 秒)", Direction.INCOMING, Outcome.ANSWERED, 12),
        ("已取消", Direction.OUTGOING, Outcome.MISSED, None),
        ("Eingehend (3 Sekunden)", Direction.INCOMING, Outcome.ANSWERED, 3),
    ):
        [event] = acts(page(call(status)))
        assert event.type is EventType.CALL
        assert (event.direction, event.outcome, event.duration_s) == (
            direction,
            outcome,
            seconds,
        ), status


def test_a_call_in_a_language_not_known_is_of_its_author() -> None:
    first, two = acts(page(call("Xyzzy (7 x)"), call("Xyzzy", 8, "Me")))
    assert (first.direction, first.outcome, first.duration_s) == (
        Direction.INCOMING, Outcome.ANSWERED, 7,
    )  # fmt: skip
    assert (two.direction, two.outcome) == (Direction.OUTGOING, Outcome.UNKNOWN)


def test_accounts_that_are_gone_have_no_identifier_in_any_language() -> None:
    for name in ("Удалённый аккаунт", "已注销账号", "Deleted Account"):
        [event] = acts(page(entry(1, name, text("pay")), chat="Group"))
        assert event.identifier == ""


def test_what_was_forwarded_and_who_reacted_is_kept_as_that() -> None:
    inner = (
        '<div class="forwarded body"><div class="from_name">Boss</div>'
        '<div class="text">pay</div></div>'
        '<span class="reactions"><span class="reaction"><span class="emoji">👍</span></span></span>'
    )
    [event] = acts(page(entry(1, "Collector", inner)))
    assert (event.raw["from"], event.raw["forwarded_from"]) == ("Collector", "Boss")
    assert event.raw["reactions"] == "👍"
    assert event.text == "pay"
