"""Chats of Signal as signalbackup-tools writes them, as text and as pages."""

import pytest
from intake_samples import detected, questions, source

from evidence_app.intake.records import EventRecord, Record
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, QuestionKind

TEXT = """[Mar 02, 2025 09:14:03] <Ann Lee> pay
today
[Mar 02, 2025 09:15:03] *** <Ann Lee> sent file "letter.jpg"
[Mar 02, 2025 09:16:03] *** Missed call
[Mar 02, 2025 09:17:03] *** You called
[Mar 02, 2025 09:18:03] *** Ann Lee called you
[Mar 02, 2025 09:19:03] *** Ann Lee is on Signal!
[Mar 02, 2025 09:20:03] <Li Ming> no
"""


def page(*messages: str, head: str = "") -> str:
    style = "<style>.msg-incoming { color: red }" + " " * 70_000 + "</style>"
    body = "".join(messages)
    return f"<html><head><title>Ann Lee</title>{style}</head><body>{head}{body}</body></html>"


def msg(kinds: str, inner: str, time: str = "Mar 02, 2025 09:14:03") -> str:
    footer = f'<div class="footer"><span class="msg-data">{time}</span></div>'
    return f'<div class="msg {kinds}" id="1">{inner}{footer}</div>'


def read(text: str, name: str, answers: Answers | None = None) -> tuple[str, list[Record]]:
    return detected(source(text.encode(), name, None, answers))


def acts(records: list[Record]) -> list[tuple[object, ...]]:
    return [
        (
            event.type.value,
            event.direction.value,
            event.outcome.value,
            event.time.moment.at.strftime("%m-%d %H:%M:%S") if event.time else None,
            event.identifier,
            event.text,
            event.enclosed,
        )
        for event in records
        if isinstance(event, EventRecord)
    ]


@pytest.mark.parametrize("name", ["Ann Lee (_id7).txt", "chat.txt"])
def test_text(name: str) -> None:
    answers = Answers() if name != "chat.txt" else Answers(owners=("Li Ming",))
    file_format, records = read(TEXT, name, answers)
    other = "Ann Lee" if name != "chat.txt" else ""
    assert file_format == "signal_text"
    assert acts(records) == [
        ("message", "incoming", "unknown", "03-02 09:14:03", "Ann Lee", "pay\ntoday", ()),
        ("message", "incoming", "unknown", "03-02 09:15:03", "Ann Lee",
         'sent file "letter.jpg"', ("letter.jpg",)),
        ("call", "incoming", "missed", "03-02 09:16:03", other, "Missed call", ()),
        ("call", "outgoing", "unknown", "03-02 09:17:03", other, "You called", ()),
        ("call", "incoming", "unknown", "03-02 09:18:03", "Ann Lee", "Ann Lee called you", ()),
        ("message", "outgoing", "unknown", "03-02 09:20:03", "Ann Lee", "no", ()),
    ]  # fmt: skip
    assert questions(records) == {QuestionKind.TIMEZONE}
    assert [block.text for block in records if isinstance(block, TextBlock)] == [
        "Ann Lee is on Signal!"
    ]


def test_text_asks_who_the_owner_is() -> None:
    assert QuestionKind.OWNER in questions(read(TEXT, "chat.txt")[1])


def test_pages() -> None:
    text = page(
        msg("msg-status", '<div class="status-text"><pre>Ann is on Signal!</pre></div>'),
        msg("msg-incoming", '<div><pre dir="auto">pay</pre></div>'),
        msg(
            "msg-outgoing",
            '<div class="msg-quote"><div><pre>pay</pre></div></div><div><pre>no</pre></div>'
            '<div class="attachment"><img src="media/a%20b.jpg"></div>'
            '<div class="footer"><div class="edited"><div class="edited-info">'
            '<div class="msg msg-outgoing"><pre>never</pre>'
            '<span class="msg-data">Mar 01, 2025 00:00:00</span></div></div></div></div>',
        ),
        msg("msg-status", '<div><pre><span class="msg-video-call-missed"></span>未接</pre></div>'),
        msg("msg-incoming", '<div class="status-text"><pre>Ann Lee called you</pre></div>'),
        msg("msg-incoming", "<div><pre>later</pre></div>", time="?"),
        head='<div class="thread-subtitle">+1 555-010-0001</div>',
    )
    file_format, records = read(text, "x.html")
    number = "+1 555-010-0001"
    at = "03-02 09:14:03"
    assert file_format == "signal_html"
    assert acts(records) == [
        ("message", "incoming", "unknown", at, number, "pay", ()),
        ("message", "outgoing", "unknown", at, number, "no", ("media/a b.jpg",)),
        ("call", "incoming", "missed", at, number, "未接", ()),
        ("call", "incoming", "unknown", at, number, "Ann Lee called you", ()),
    ]
    assert questions(records) == {QuestionKind.TIMEZONE}
    assert sum(isinstance(record, SkippedEntry) for record in records) == 1


def test_groups() -> None:
    name = '<div class="msg-name"><div class="membername">{}</div></div><div><pre>x</pre></div>'
    text = page(
        msg("msg-incoming", name.format("Bob")),
        msg("msg-incoming", name.format("Cem")),
        msg("msg-outgoing", "<div><pre>y</pre></div>"),
    )
    assert [(act[1], act[4]) for act in acts(read(text, "x.html")[1])] == [
        ("incoming", "Bob"),
        ("incoming", "Cem"),
        ("outgoing", ""),
    ]
