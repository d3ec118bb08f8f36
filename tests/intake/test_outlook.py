"""E-mails as Outlook saves them: with and without a server's headers, in Unicode and not."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlook_samples import Tree, binary, bytes_text, compound, properties, text, ticks

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.mail import outlook
from evidence_app.intake.records import Enclosure, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import Instant

AT = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)
PICTURE = b"\x89PNG" + bytes(range(256)) * 20


def item(**more: Tree) -> bytes:
    """A letter without headers of a server, with a receiver and a file."""
    tree: Tree = {
        **properties(32, (0x0039, 0x0040, ticks(AT))),
        **text(0x0037, "还钱"),
        **text(0x1000, "now\r\nor else"),
        **text(0x0C1A, "催收中心"),
        **text(0x5D01, "debt@example.com"),
        "__recip_version1.0_#00000000": {
            **properties(8),
            **text(0x3001, "Li Ming"),
            **text(0x39FE, "li@example.org"),
        },
        "__attach_version1.0_#00000000": {
            **properties(8, (0x3705, 0x0003, 1)),
            **text(0x3707, "C:\\TEMP\\催收函.png"),
            **binary(0x3701, PICTURE),
        },
    }
    for added in more.values():
        tree.update(added)
    return compound(tree)


def source_of(data: bytes, *owners: str) -> Source:
    return Source(io.BytesIO(data), len(data), "x.msg", answers=Answers(owners=owners))


def read(data: bytes, *owners: str) -> list[Record]:
    source = source_of(data, *owners)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "outlook"
    return list(outlook.read(source))


def act(records: list[Record]) -> EventRecord:
    [event] = [event for event in records if isinstance(event, EventRecord)]
    return event


def codes(records: list[Record]) -> list[MessageCode]:
    return [notice.message.code for notice in records if isinstance(notice, Notice)]


def test_an_item_without_headers() -> None:
    records = read(item(), "li@example.org")
    event = act(records)
    assert (event.type, event.direction, event.identifier, event.contact_name) == (
        EventType.EMAIL, Direction.INCOMING, "debt@example.com", "催收中心",
    )  # fmt: skip
    assert event.text == "还钱\n\nnow\nor else"
    assert event.time is not None and event.time.moment == Instant(AT)
    [file] = [enclosure for enclosure in records if isinstance(enclosure, Enclosure)]
    assert (file.filename, file.stream.read()) == ("催收函.png", PICTURE)
    assert event.enclosed == (file.key,)


def test_the_headers_of_a_server_come_first() -> None:
    headers = (
        "Received: from a by b; Mon, 2 Mar 2026 21:30:05 +0800\r\n"
        "From: =?gb2312?B?tN/K1dbQ0MQ=?= <real@example.com>\r\nTo: li@example.org\r\n"
        "Date: Mon, 2 Mar 2026 21:30:00 +0800\r\n"
    )
    event = act(read(item(headers=text(0x007D, headers))))
    assert (event.direction, event.identifier, event.contact_name) == (
        Direction.INCOMING, "real@example.com", "催收中心",
    )  # fmt: skip
    assert event.time is not None and event.time.raw.endswith("+0800")


def test_texts_that_are_not_unicode_are_in_the_items_code_page() -> None:
    data = compound(
        {
            **properties(32, (0x0039, 0x0040, ticks(AT)), (0x3FFD, 0x0003, 936)),
            **bytes_text(0x0037, "还钱".encode("gb18030")),
            **bytes_text(0x1000, "马上".encode("gb18030")),
            **bytes_text(0x0C1A, "催收中心".encode("gb18030")),
            **bytes_text(0x0C1F, b"debt@example.com"),
        }
    )
    event = act(read(data, "debt@example.com"))
    assert (event.direction, event.text, event.contact_name) == (
        Direction.OUTGOING,
        "还钱\n\n马上",
        "",
    )


def test_whose_it_is_is_asked() -> None:
    records = read(item())
    assert act(records).direction is Direction.NONE
    [question] = [question for question in records if isinstance(question, Question)]
    assert question.kind is QuestionKind.OWNER
    assert question.detail["candidates"] == ["debt@example.com", "li@example.org"]


def test_a_page_and_words_in_a_form_of_outlooks_own() -> None:
    base: Tree = {**properties(32, (0x3FDE, 0x0003, 65001)), **text(0x0037, "x")}
    page = "<p>还钱</p><img src='https://example.com/a.gif'>".encode()
    records = read(compound(base | binary(0x1013, page)))
    assert act(records).text == "x\n\n还钱"
    assert MessageCode.MAIL_REMOTE_LEFT in codes(records)
    packed = read(compound(base | binary(0x1009, b"LZFu")))
    assert MessageCode.MAIL_TEXT_UNREAD in codes(packed)


def test_an_item_inside_is_told() -> None:
    inner: Tree = {
        "__attach_version1.0_#00000001": {
            **properties(8, (0x3705, 0x0003, 5)),
            "__substg1.0_3701000D": {**properties(24), **text(0x0037, "inner")},
        }
    }
    records = read(item(inner=inner))
    assert MessageCode.MAIL_ITEM_INSIDE in codes(records)
    assert act(records).text.startswith("还钱")


def test_other_compound_files_are_not_claimed() -> None:
    assert not outlook.recognises(source_of(compound({"Workbook": b"x"})))
    assert not outlook.recognises(source_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    assert not outlook.recognises(source_of(b""))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=30), st.integers(0, 6000))
def test_damage_never_stops_it(junk: bytes, at: int) -> None:
    data = item()
    data = data[:at] + junk + data[at + len(junk) :]
    outlook.recognises(source_of(data))
    try:
        list(outlook.read(source_of(data)))
    except ReadFailure:
        return


@pytest.mark.parametrize("size", [100, 600, 3000, 9000])
def test_a_cut_file_fails_kindly(size: int) -> None:
    try:
        list(outlook.read(source_of(item()[:size])))
    except ReadFailure as failure:
        assert failure.message.code is MessageCode.DAMAGED_DOCUMENT
