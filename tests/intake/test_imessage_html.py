"""Pages of imessage-exporter: messages, files, replies, reactions, announcements."""

import io
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.imessage import html_export as imessage_html
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import WallClock

IN, OUT = Direction.INCOMING, Direction.OUTGOING


def part(kind: str, sender: str, inner: str, at: str = "May 17, 2022  5:29:42 PM") -> str:
    return (
        f'<div class="message">\n<div class="{kind}">\n<p><span class="timestamp">'
        f'<a title="Reveal in Messages app" href="sms://open?message-guid=X">{at}</a></span>\n'
        f'<span class="sender">{sender}</span></p>\n{inner}\n</div>\n</div>\n'
    )


def words(text: str) -> str:
    return f'<hr><div class="message_part">\n<span class="bubble">{text}</span>\n</div>'


def file(path: str) -> str:
    return f'<hr><div class="message_part">\n<div class="attachment"><img src="{path}"></div></div>'


def page(*parts: str) -> bytes:
    return (
        "<html>\n<head><meta charset='utf-8'></head>\n<body>\n" + "".join(parts) + "</body></html>"
    ).encode()


def source_of(data: bytes, name: str = "+15555550123.html") -> Source:
    return Source(io.BytesIO(data), len(data), name)


def read(data: bytes, name: str = "+15555550123.html") -> list[Record]:
    source = source_of(data, name)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "imessage_html"
    return list(imessage_html.read(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def test_messages_of_both_sides() -> None:
    read_by = "May 17, 2022  5:30:42 PM (Read by them after 1 minute)"
    records = read(
        page(
            part("received", "+15555550123", words("pay &lt;now&gt;<br>or else")),
            part("sent iMessage", "Me", words("no"), read_by),
        )
    )
    first, two = acts(records)
    assert (first.direction, first.identifier, first.text) == (
        IN,
        "+15555550123",
        "pay <now>\nor else",
    )
    assert (two.direction, two.identifier, two.text) == (OUT, "+15555550123", "no")
    assert first.time is not None
    assert first.time.moment == WallClock(datetime.fromisoformat("2022-05-17 17:29:42"))
    assert "Read by them" in two.raw["read"] and two.raw["service"] == "iMessage"
    assert {question.kind for question in records if isinstance(question, Question)} == {
        QuestionKind.TIMEZONE
    }


def test_files_and_what_is_missing() -> None:
    records = read(
        page(
            part("received", "Max", words("see") + file("attachments/1/a%20b.jpeg")),
            part("received", "Max", file("/Users/x/Library/Messages/Attachments/c.heic")),
            part("received", "Max", '<hr><span class="x">Attachment missing!</span>'),
        )
    )  # fmt: skip
    first, two, three = acts(records)
    assert (first.text, first.enclosed) == ("see", ("attachments/1/a b.jpeg",))
    assert two.enclosed == ("/Users/x/Library/Messages/Attachments/c.heic",)
    assert not three.enclosed
    codes = [notice.message.code for notice in records if isinstance(notice, Notice)]
    assert codes == [MessageCode.MEDIA_LEFT_OUT]


def test_a_reply_stands_below_the_message_and_at_its_own_place_and_is_one() -> None:
    reply = part("sent iMessage", "Me", words("never"), "May 18, 2022  9:00:00 AM")
    below = f'<div class="replies"><div class="reply" id="r-1">{reply}</div></div>'
    records = read(page(part("received", "Max", words("pay") + below), reply))
    assert [event.text for event in acts(records)] == ["pay", "never"]
    alone = read(page(part("received", "Max", words("pay") + below)))
    assert sorted(event.text for event in acts(alone)) == ["never", "pay"]


def test_reactions_edits_and_announcements_are_kept_as_what_they_are() -> None:
    tapback = '<hr><div class="tapbacks"><p>Tapbacks:</p><div class="tapback"><span class="tapback"><b>Loved</b> by Me</span></div></div>'  # noqa: E501
    edited = '<hr><div class="edited"><table><tbody><tr><td><span class="timestamp">Edited 5 seconds later</span></td><td>pay up</td></tr></tbody></table></div>'  # noqa: E501
    announcement = '<div class="announcement"><p><span class="timestamp">May 17, 2022  5:29:42 PM</span> You named the conversation <b>Debt</b></p></div>'  # noqa: E501
    records = read(
        page(
            announcement,
            part("received", "Max", words("pay") + tapback),
            part("received", "Max", edited),
        )
    )
    first, two = acts(records)
    assert (first.text, first.raw["reactions"]) == ("pay", "Loved by Me")
    assert "pay up" in two.text and "Edited" in two.raw["edited"]
    [block] = [block for block in records if isinstance(block, TextBlock)]
    assert block.text.endswith("You named the conversation Debt")


def test_a_group_has_no_partner_and_a_bad_time_is_told() -> None:
    records = read(
        page(
            part("received", "Max", words("a")),
            part("received", "Eve", words("b")),
            part("sent iMessage", "Me", words("c")),
            part("received", "Eve", words("d"), "sometime"),
        ),
        "Debt - 1.html",
    )
    assert [(event.direction, event.identifier) for event in acts(records)] == [
        (IN, "Max"), (IN, "Eve"), (OUT, ""),
    ]  # fmt: skip
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )


@pytest.mark.parametrize(
    "data", [b"", b"<html><body><p>Hello</p></body></html>", b'<div class="message">x</div>']
)
def test_other_pages_are_not_claimed(data: bytes) -> None:
    assert not imessage_html.recognises(source_of(data))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 600))
def test_nothing_makes_it_fail(junk: bytes, at: int) -> None:
    data = page(part("received", "Max", words("a")), part("sent", "Me", words("b")))
    data = data[:at] + junk + data[at:]
    imessage_html.recognises(source_of(data))
    try:
        list(imessage_html.read(source_of(data)))
    except ReadFailure:
        return
