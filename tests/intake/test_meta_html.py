"""Facebook's and Instagram's pages, in the layouts of several years and languages."""

import io
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.meta import html_export as meta_html
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.question import Answers, DateOrder, Question, QuestionKind
from evidence_app.model.times import WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE


def old(author: str, body: str, time: str) -> str:
    return (
        '<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder">'
        f'<div class="_3-96 _2pio _2lek _2lel">'
        f'{author}</div><div class="_3-96 _2let"><div><div></div>{body}<div></div></div></div>'
        f'<div class="_3-94 _2lem">{time}</div></div>'
    )  # fmt: skip


def new(author: str, body: str, time: str) -> str:
    return (
        f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_2ph_ _a6-h _a6-i">'
        f'{author}</div><div class="_2ph_ _a6-p"><div><div></div>{body}</div></div>'
        f'<div class="_3-94 _a6-o"><div class="_a72d">{time}</div></div></div>'
    )


def instagram(author: str, body: str, time: str) -> str:
    return (
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'
        '<h2 class="_3-95 _2pim _a6-h _a6-i">'
        f'{author}</h2><div class="_3-95 _a6-p"><div>{body}</div></div>'
        f'<div class="_3-94 _a6-o">{time}</div></div>'
    )  # fmt: skip


def section(author: str, body: str, time: str) -> str:
    return (
        '<section class="_a6-g" aria-labelledby="u_0">'
        f'<h2 class="_a6-h _a6-i" id="u_0">{author}</h2>'
        f'<div class="_a6-p"><div>{body}</div></div><footer class="_a6-o"><div class="_a72d">{time}'
        "</div></footer></section>"
    )  # fmt: skip


LAYOUTS = [old, new, instagram, section]


def page(*blocks: str, title: str = "Max Debt", more: str = "") -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body class="_5vb_">'
        f'<div class="_4t5n" role="main">{more}{"".join(blocks)}</div></body></html>'
    ).encode()


def source_of(data: bytes, answers: Answers | None = None) -> Source:
    return Source(io.BytesIO(data), len(data), "message_1.html", answers=answers or Answers())


def read(data: bytes, answers: Answers | None = None) -> list[Record]:
    source = source_of(data, answers)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "meta_html"
    return list(meta_html.read(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def questions_of(records: list[Record]) -> dict[QuestionKind, Question]:
    return {question.kind: question for question in records if isinstance(question, Question)}


@pytest.mark.parametrize("block", LAYOUTS)
def test_every_layout(block: object) -> None:
    assert callable(block)
    photo = (
        '<div><div><a href="messages/inbox/x/photos/1.jpg">'
        '<img src="messages/inbox/x/photos/1.jpg">'
        "</a></div></div>"
    )
    records = read(
        page(
            block("Li Ming", "<div>no &amp; never<br>really</div>", "Mar 03, 2024 9:00:05 am"),
            block(
                "Max Debt",
                '<div>pay</div><div><ul class="_a6-q"><li>😆Li Ming</li></ul></div>',
                "Mar 02, 2024 3:21:07 pm",
            ),
            block("Max Debt", photo, "Mar 01, 2024 3:21:00 pm"),
        )
    )
    events = acts(records)
    assert [(event.direction, event.identifier) for event in events] == [
        (OUT, "Max Debt"), (IN, "Max Debt"), (IN, "Max Debt"),
    ]  # fmt: skip
    assert [event.text for event in events] == ["no & never\nreally", "pay", ""]
    assert events[1].raw["reactions"] == "😆Li Ming"
    assert events[2].enclosed == ("messages/inbox/x/photos/1.jpg",)
    assert events[1].time is not None
    assert events[1].time.moment == WallClock(datetime.fromisoformat("2024-03-02 15:21:07"))
    assert set(questions_of(records)) == {QuestionKind.TIMEZONE}


@pytest.mark.parametrize(
    "time",
    [
        "2024年3月2日 15:21",
        "2024年3月2日 下午3:21",
        "2 mars 2024, 15:21",
        "02.03.2024, 15:21",
        "2 de marzo de 2024, 15:21",
        "2 марта 2024 г., 15:21",
        "2024년 3월 2일 오후 3:21",
        "Mar 2, 2024, 3:21 PM",
    ],
)
def test_times_in_the_accounts_language(time: str) -> None:
    data = page(new("Max Debt", "<div>pay</div>", time))
    [event] = acts(read(data, Answers(date_order=DateOrder.DMY)))
    assert event.time is not None
    assert event.time.moment == WallClock(datetime.fromisoformat("2024-03-02 15:21"))


def test_dates_in_numbers_are_asked_or_decided_by_the_page() -> None:
    records = read(page(new("Max Debt", "<div>pay</div>", "02/03/2024, 15:21")))
    assert QuestionKind.DATE_ORDER in questions_of(records)
    assert acts(records)[0].time is None
    more = new("Max Debt", "<div>pay</div>", "13/03/2024, 15:21")
    records = read(page(more, new("Max Debt", "<div>pay</div>", "02/03/2024, 15:21")))
    assert QuestionKind.DATE_ORDER not in questions_of(records)


def test_a_group_asks_for_the_owner() -> None:
    more = "<div>Participants: Anna, Max Debt and Li Ming</div>"
    blocks = [
        new(name, "<div>hi</div>", "Mar 02, 2024 3:21:07 pm") for name in ("Anna", "Max Debt")
    ]
    records = read(page(*blocks, title="Family", more=more))
    assert {event.direction for event in acts(records)} == {NONE}
    assert QuestionKind.OWNER in questions_of(records)
    events = acts(read(page(*blocks, title="Family", more=more), Answers(owners=("Anna",))))
    assert [event.direction for event in events] == [OUT, IN]


RANG = "<div>Max Debt called you.</div><div>Duration: 65 seconds</div>"


def test_calls() -> None:
    at = "Mar 02, 2024 3:21:07 pm"
    events = acts(
        read(
            page(
                new("Max Debt", RANG, at),
                new("Max Debt", "<div>You missed a call from Max Debt.</div>", at),
                new("Max Debt", "<div>I missed your call</div>", at),
                new("Max Debt", "<div>You called my mother.</div>", at),
            )
        )
    )  # fmt: skip
    assert [(event.type, event.outcome, event.duration_s) for event in events] == [
        (EventType.CALL, Outcome.ANSWERED, 65),
        (EventType.CALL, Outcome.MISSED, None),
        (EventType.MESSAGE, Outcome.UNKNOWN, None),
        (EventType.MESSAGE, Outcome.UNKNOWN, None),
    ]


@pytest.mark.parametrize(
    "data",
    [
        page(),
        page(
            *(
                new(f"Li Ming {what} a post.", "<div>x</div>", "Mar 02, 2024 3:21:07 pm")
                for what in ("liked", "shared", "wrote", "saw", "hid")
            )
        ),
        b"<html><body><div><div>Title</div><p>text</p><div>Mar 02, 2024 3:21 pm</div></div>",
    ],
)  # fmt: skip
def test_other_pages_are_not_claimed(data: bytes) -> None:
    assert not meta_html.recognises(source_of(data))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 600))
def test_nothing_makes_it_fail(junk: bytes, at: int) -> None:
    data = page(*(block("Max", "<div>x</div>", "Mar 2, 2024 3:21 pm") for block in LAYOUTS))
    data = data[:at] + junk + data[at:]
    meta_html.recognises(source_of(data))
    try:
        list(meta_html.read(source_of(data)))
    except ReadFailure:
        return
