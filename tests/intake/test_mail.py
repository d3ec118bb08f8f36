"""E-mails as servers, phones and careless mailers really write them."""

import io
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.readers.mail import eml, mbox
from evidence_app.intake.records import Enclosure, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question
from evidence_app.model.times import Instant

HEAD = (
    b"From: =?utf-8?B?5YKs5pS2?= <debt@example.com>\r\nTo: li@example.org\r\n"
    b"Date: Mon, 2 Mar 2026 21:30:00 +0800\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n"
)


def read(data: bytes, answers: Answers | None = None, module: object = eml) -> list[Record]:
    source = Source(io.BytesIO(data), len(data), "x.eml", answers=answers or Answers())
    file_format = detect(source)
    assert file_format is not None
    assert file_format.module == module.__name__.removeprefix("evidence_app.intake.readers.")  # type: ignore[attr-defined]
    return list(module.read(source))  # type: ignore[attr-defined]


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def act(data: bytes, answers: Answers | None = None) -> EventRecord:
    [event] = acts(read(data, answers))
    return event


def test_a_plain_letter_keeps_its_offset() -> None:
    event = act(HEAD + b"Subject: pay\r\n\r\nnow\r\n", Answers(owners=("LI@example.org",)))
    assert (event.type, event.direction, event.identifier, event.contact_name) == (
        EventType.EMAIL,
        Direction.INCOMING,
        "debt@example.com",
        "催收",
    )
    assert event.text == "pay\n\nnow"
    assert event.time is not None
    assert event.time.moment == Instant(
        datetime(2026, 3, 2, 21, 30, tzinfo=timezone(timedelta(hours=8)))
    )


def test_what_the_owner_wrote_went_to_the_other_side() -> None:
    event = act(HEAD + b"Subject: x\r\n\r\ny", Answers(owners=("debt@example.com",)))
    assert (event.direction, event.identifier) == (Direction.OUTGOING, "li@example.org")


def test_whose_it_is_is_asked_unless_a_server_took_it_in() -> None:
    records = read(HEAD + b"Subject: x\r\n\r\ny")
    assert [
        question.detail["candidates"] for question in records if isinstance(question, Question)
    ] == [["debt@example.com", "li@example.org"]]
    assert acts(records)[0].direction is Direction.NONE
    assert (
        act(b"Delivered-To: li@example.org\r\n" + HEAD + b"\r\ny").direction is Direction.INCOMING
    )


@pytest.mark.parametrize(
    "subject",
    [
        b"=?gb2312?B?" + b"u7nHrg==" + b"?=",
        "还钱".encode("gb18030"),
        "还钱".encode(),
        b"=?utf-8?Q?=E8=BF=98=E9=92=B1?=",
        b"=?invalid-charset?Q?=E8=BF=98=E9=92=B1?=",
        "=?utf-8?Q?还钱?=".encode(),
    ],
)
def test_subjects_in_every_encoding(subject: bytes) -> None:
    assert act(HEAD + b"Subject: " + subject + b"\r\n\r\n").text == "还钱"


def test_a_body_that_claims_less_than_it_has() -> None:
    data = HEAD + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "㐂镕".encode("gb18030")
    assert act(data).text == "㐂镕"
    unknown = HEAD + b"Content-Type: text/plain; charset=unknown-8bit\r\n\r\n" + "还".encode()
    assert act(unknown).text == "还"


def test_a_page_alone_becomes_text_and_nothing_is_loaded() -> None:
    page = (
        "<html><head><style>x{}</style></head><body><p>Pay</p><!-- c -->now<br>please"
        '<img src="https://example.com/track.gif"></body></html>'
    )
    records = read(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page.encode())
    assert acts(records)[0].text.split() == ["Pay", "now", "please"]
    assert MessageCode.MAIL_REMOTE_LEFT in {
        notice.message.code for notice in records if isinstance(notice, Notice)
    }


def with_files() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "files"
    mail["Date"] = "Mon, 2 Mar 2026 21:30:00 -0000"
    mail["Message-ID"] = "<2@example.com>"
    mail.set_content("see")
    mail.add_alternative("<p>see</p>", subtype="html")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="图.png")
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="C:\\TEMP\\y.png")
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("forwarded")
    mail.add_attachment(inner)
    return mail


def test_files_and_forwarded_letters_come_out() -> None:
    records = read(with_files().as_bytes())
    files = {
        enclosure.filename: enclosure.stream.read()
        for enclosure in records
        if isinstance(enclosure, Enclosure)
    }
    assert set(files) == {"图.png", "y.png", "message.eml"}
    assert files["图.png"] == b"\x89PNG"
    assert b"forwarded" in files["message.eml"]
    [event] = acts(records)
    assert len(set(event.enclosed)) == 3
    assert event.text == "files\n\nsee"
    assert event.time is not None
    assert event.time.moment == Instant(datetime(2026, 3, 2, 21, 30, tzinfo=UTC))


def test_servers_that_contradict_the_date_are_told() -> None:
    chain = b"Received: from a by b; Tue, 3 Mar 2026 21:30:00 +0800\r\n"
    records = read(chain + HEAD + b"\r\nx")
    [notice] = [notice.message for notice in records if isinstance(notice, Notice)]
    assert (notice.code, notice.arguments) == (MessageCode.MAIL_TIME_UNSURE, {"minutes": "1440"})
    undated = chain + HEAD.replace(b"Date: Mon, 2 Mar 2026 21:30:00 +0800", b"Date: soon")
    event = act(undated + b"\r\nx")
    assert event.time is not None
    assert event.time.moment.at.day == 3


def test_a_literal_multipart_of_any_kind() -> None:
    data = (
        HEAD + b'Content-Type: multipart/*; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n'
        b"\r\nhello\r\n--b--\r\n"
    )
    assert "hello" in act(data).text


def test_a_mailbox_is_parted_at_the_right_lines() -> None:
    first = HEAD + b"Subject: one\r\n\r\nFrom here on\r\n>From there\r\n"
    second = HEAD + b"X-Gmail-Labels: =?UTF-8?Q?=E5=B7=B2=E5=8F=91=E9=80=81?=\r\n\r\ntwo\r\n"
    data = b"From a@b Mon Mar 02\r\n" + first + b"\r\nFrom c@d Mon Mar 02\r\n" + second
    events = acts(read(data, module=mbox))
    assert [event.text for event in events] == ["one\n\nFrom here on\nFrom there", "two"]
    assert [event.direction for event in events] == [Direction.NONE, Direction.OUTGOING]
    assert [event.place.number for event in events if event.place] == [1, 2]


@given(st.integers(1, 30))
def test_every_letter_of_a_mailbox_is_told(count: int) -> None:
    data = b"".join(b"From a@b x\n" + HEAD + b"\n\nbody\n\n" for _ in range(count))
    records = list(mbox.read(Source(io.BytesIO(data), len(data), "x.mbox")))
    assert (
        len([record for record in records if isinstance(record, EventRecord | SkippedEntry)])
        == count
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_makes_it_fail(data: st.DataObject) -> None:
    damaged = bytearray(with_files().as_bytes())
    for _ in range(data.draw(st.integers(0, 30))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(damaged)))
    text = bytes(damaged[:end])
    for record in eml.read(Source(io.BytesIO(text), len(text), "x.eml")):
        if isinstance(record, Enclosure):
            record.stream.read()


@pytest.mark.parametrize(
    "charset", [b"utf\xb0\xb1-8", b"a\x00b", b"base64", b"\xff", b"utf-8-" * 9]
)
def test_a_charset_that_is_none_does_not_stop_the_reader(charset: bytes) -> None:
    head = HEAD.replace(b"=?utf-8?", b"=?" + charset + b"?")
    event = act(head + b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\nwords\r\n")
    assert "words" in event.text


def named(head: bytes, text: bytes = b"x", kind: bytes = b"text/plain") -> tuple[str, str]:
    """Subject and sender's name of a letter with this From line."""
    data = (
        head + b"\r\nTo: li@example.org\r\nDate: Mon, 2 Mar 2026 21:30:00 +0800\r\n"
        b"Message-ID: <1@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: " + kind + b"\r\n\r\n"
    )
    event = act(data + text, Answers(owners=("li@example.org",)))
    assert event.identifier == "debt@example.com"
    return event.text, event.contact_name


@pytest.mark.parametrize(
    ("name", "encoding", "charset"),
    [
        ("催收中心", "utf-8", ""),
        ("催收中心", "gb18030", "gb2312"),
        ("催收中心", "gb18030", "gbk"),
        ("催收中心", "gb18030", ""),
        ("催收誠功", "big5", "big5"),
        ("王小明", "big5", ""),
        ("許功蓋", "big5", "big5"),
        ("佐藤商事", "shift_jis", "shift_jis"),
        ("さとう表示", "shift_jis", ""),
        ("김민준", "euc_kr", "euc-kr"),
        ("Müller & Söhne", "cp1252", "iso-8859-1"),
        ("Müller", "cp1252", ""),
        ("José Núñez", "cp1252", ""),
        ("Иванов Пётр", "cp1251", "windows-1251"),
        ("Иванов Пётр", "koi8-r", "koi8-r"),
        ("Иванов Пётр", "cp1251", ""),
    ],
)
@pytest.mark.parametrize("quote", [b'"', b""])
def test_raw_bytes_in_a_name_are_read_in_the_letters_own_encoding(
    name: str, encoding: str, charset: str, quote: bytes
) -> None:
    raw = name.encode(encoding)
    kind = b"text/plain" + (b"; charset=" + charset.encode() if charset else b"")
    head = b"Subject: " + raw + b"\r\nFrom: " + quote + raw + quote + b" <debt@example.com>"
    text, sender = named(head, kind=kind)
    assert sender == name
    assert text == f"{name}\n\nx"


def test_the_encoding_may_be_named_by_another_part_or_an_encoded_word() -> None:
    raw = "김민준".encode("euc_kr")
    head = b"Subject: =?euc-kr?B?uei5zg==?=\r\nFrom: " + raw + b" <debt@example.com>"
    assert named(head)[1] == "김민준"
    parts = (
        b'--b\r\nContent-Type: text/plain; charset="ks_c_5601-1987"\r\n\r\n' + raw + b"\r\n--b--"
    )
    head = b"From: " + raw + b" <debt@example.com>"
    assert named(head, parts, b"multipart/mixed; boundary=b")[1] == "김민준"


def test_the_languages_of_the_letter_make_an_encoding_likely() -> None:
    raw = "김민준".encode("euc_kr")
    assert named(b"From: " + raw + b" <debt@example.com>\r\nCc: a@b.co.kr")[1] == "김민준"
    text = "안녕하세요".encode()
    head = b"From: " + raw + b" <debt@example.com>"
    assert named(head, text, b"text/plain; charset=utf-8")[1] == "김민준"


@pytest.mark.parametrize(
    "word",
    [
        b"=?gb2312?B?tN/K1dbQ0MQ=?=",
        b"=?gb2312?B?tN/K1dY=?= =?gb2312?B?0NDE?=",
        b"=?gb2312?B?tN/K1dY=?=\r\n =?gb2312?B?0NDE?=",
        b"=?gb2312?B?tN/K1\r\n dbQ0MQ=?=",
        b"=?utf-8?B?5YKs5pS25Lit5b+D?=",
        b"=?UTF-8?Q?=E5=82=AC=E6=94=B6=E4=B8=AD=E5=BF=83?=",
        b'"=?utf-8?B?5YKs5pS25Lit5b+D?="',
        b"=?utf-8*zh?B?5YKs5pS25Lit5b+D?=",
        b"=?utf-8?B?5YKs5pS25Lit5b+D",
        "=?utf-8?Q?催收中心?=".encode(),
        b"=?gb2312?Q?=B4=DF=CA=D5=D6=D0=D0=C4?=",
        b"=?iso-8859-1?B?5YKs5pS25Lit5b+D?=".replace(b"iso-8859-1", b"utf8"),
        b"=?gb2312?B?tN/K1dbQ0MSy?=",
    ],
)
def test_encoded_words_however_broken(word: bytes) -> None:
    head = b"From: " + word + b" <debt@example.com>\r\nSubject: " + word
    text, name = named(head)
    assert name == "催收中心"
    assert text.partition("\n")[0].strip('"') == "催收中心"


def test_a_question_mark_in_an_encoded_word() -> None:
    assert named(b"From: <debt@example.com>\r\nSubject: =?utf-8?Q?who??=")[0] == "who?\n\nx"


def files_of(*heads: bytes) -> list[str]:
    parts = b"".join(
        b"--b\r\nContent-Type: image/png" + head + b"\r\n\r\n\x89PNG\r\n" for head in heads
    )
    data = HEAD + b"Content-Type: multipart/mixed; boundary=b; charset=gb2312\r\n\r\n" + parts
    return [
        enclosure.filename
        for enclosure in read(data + b"--b--\r\n")
        if isinstance(enclosure, Enclosure)
    ]


GB = "催收函.png".encode("gb18030")
DISPOSITION = b"\r\nContent-Disposition: attachment; "


@pytest.mark.parametrize(
    "head",
    [
        DISPOSITION + b'filename="' + GB + b'"',
        DISPOSITION + b"filename=" + GB,
        b'; name="' + GB + b'"',
        DISPOSITION + b'filename="=?gb2312?B?tN/K1bqvLnBuZw==?="',
        b'; name="=?gb2312?B?tN/K1bqvLnBuZw==?="\r\nContent-Disposition: attachment',
        DISPOSITION + b"filename*=utf-8''%E5%82%AC%E6%94%B6%E5%87%BD.png",
        DISPOSITION + b"filename*=gb2312''%B4%DF%CA%D5%BA%AF.png",
        DISPOSITION + b"filename*0*=utf-8''%E5%82%AC;\r\n filename*1*=%E6%94%B6%E5%87%BD.png",
        DISPOSITION + b"filename*0*=utf-8''%E5%82;\r\n filename*1*=%AC%E6%94%B6%E5%87%BD.png",
        DISPOSITION + b"filename=___.png;\r\n filename*=utf-8''%E5%82%AC%E6%94%B6%E5%87%BD.png",
        DISPOSITION + 'filename="催收函.png"'.encode(),
        DISPOSITION + b'filename="=?utf-8?Q?=E5=82=AC?=\r\n =?utf-8?Q?=E6=94=B6=E5=87=BD=2Epng?="',
    ],
)
def test_names_of_files_in_every_way(head: bytes) -> None:
    assert files_of(head) == ["催收函.png"]


def test_a_damaged_byte_does_not_garble_the_whole_text() -> None:
    text = "请您尽快还款，否则后果自负。".encode("gb18030") * 30 + b"\xff" + b" end"
    event = act(HEAD + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + text)
    assert event.text.startswith("请您尽快还款") and event.text.endswith("end")


def test_what_fits_no_encoding_is_shown_as_bytes() -> None:
    name = named(b"From: A\x81\x8d\xff <debt@example.com>")[1]
    assert "\ufffd" not in name and name


def test_a_pack_of_outlooks_is_kept_and_told() -> None:
    mail = with_files()
    mail.add_attachment(
        b"\x78\x9f\x3e\x22rest", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    records = read(mail.as_bytes())
    [pack] = [
        enclosure
        for enclosure in records
        if isinstance(enclosure, Enclosure)
        if enclosure.filename == "winmail.dat"
    ]
    assert pack.stream.read() == b"\x78\x9f\x3e\x22rest"
    codes = {notice.message.code for notice in records if isinstance(notice, Notice)}
    assert MessageCode.MAIL_FILES_PACKED in codes


def test_a_comma_in_a_name_without_quotation_marks() -> None:
    assert named(b"From: Debt, Ltd. <debt@example.com>")[1] == "Debt, Ltd."


def test_apple_mails_file_has_a_length_before_and_a_list_behind() -> None:
    letter = (
        b"From: C <c@example.com>\nTo: me@example.com\nSubject: Pay\n"
        b"Date: Tue, 5 Mar 2024 21:07:11 +0800\n\nwords\n"
    )
    data = b"%d      \n" % len(letter) + letter + b"<?xml version='1.0'?><plist></plist>\n"
    source = Source(io.BytesIO(data), len(data), "1.emlx")
    assert eml.recognises(source)
    texts = [block.text for block in eml.read(source) if isinstance(block, TextBlock)]
    assert "words" in "".join(texts)
    assert "plist" not in "".join(texts)


@pytest.mark.parametrize(
    ("datatype", "code", "expected"),
    [
        ("SMS", "1", (EventType.MESSAGE, Direction.INCOMING, Outcome.UNKNOWN, None, "pay")),
        ("SMS", "2", (EventType.MESSAGE, Direction.OUTGOING, Outcome.UNKNOWN, None, "pay")),
        ("MMS", "132", (EventType.MESSAGE, Direction.INCOMING, Outcome.UNKNOWN, None, "pay")),
        ("CALLLOG", "1", (EventType.CALL, Direction.INCOMING, Outcome.ANSWERED, 123, "")),
        ("CALLLOG", "3", (EventType.CALL, Direction.INCOMING, Outcome.MISSED, 123, "")),
        ("CALLLOG", "2", (EventType.CALL, Direction.OUTGOING, Outcome.ANSWERED, 123, "")),
    ],
)
def test_what_sms_backup_keeps_as_emails_is_what_it_was_on_the_phone(
    datatype: str, code: str, expected: tuple[object, ...]
) -> None:
    people = ["Bob <x@unknown.email>", "Me <me@example.com>"]
    sender, receiver = people if code != "2" else people[::-1]
    data = (
        f"From: {sender}\nTo: {receiver}\nSubject: SMS with Bob\n"
        "Date: Sun, 02 Mar 2025 09:14:22 +0800\nMIME-Version: 1.0\n"
        f"X-smssync-datatype: {datatype}\nX-smssync-type: {code}\nX-smssync-address: +12025550123\n"
        "X-smssync-date: 1740903262123\nX-smssync-duration: 123\n\npay\n"
    )
    event = act(data.encode())
    assert (event.type, event.direction, event.outcome, event.duration_s, event.text) == expected
    assert (event.identifier, event.contact_name) == ("+12025550123", "Bob")
    assert event.time is not None
    assert event.time.moment == Instant(datetime(2025, 3, 2, 8, 14, 22, 123000, tzinfo=UTC))
