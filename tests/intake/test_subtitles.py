"""Transcripts of other programs: every word is taken with its times, or a line is named."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.errors import UserError
from evidence_app.intake.transcripts import subtitles
from evidence_app.messages import MessageCode
from evidence_app.model.mark import Stretch
from evidence_app.model.transcript import Segment

SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\n你今天必须还钱\n否则上门\n\n"
    "2\n00:00:03,000 --> 00:00:04,000 X1:40 X2:600\n<i>I told you</i>\nalready {\\an8}\n"
)
SAID = [
    Segment(Stretch(1.0, 2.5), "你今天必须还钱否则上门"),
    Segment(Stretch(3.0, 4.0), "I told you already"),
]
VTT = (
    "WEBVTT - of a call\nKind: captions\n\n"
    "NOTE nobody said\nthis\n\n"
    "STYLE\n::cue { color: red }\n\n"
    "first\n00:01.000 --> 00:02.500 align:start\n<v.loud Agent 7>Pay &amp; be quiet</v>\n\n"
    "01:00:03.000 --> 01:00:04.000\n<v A>No.</v>\n<v B>Yes.</v>\n"
)


def refused(text: str) -> tuple[MessageCode, str]:
    with pytest.raises(UserError) as caught:
        subtitles.read(text.encode())
    return caught.value.message.code, caught.value.message.arguments.get("line", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_subrip_is_read_in_the_encodings_that_programs_write(encoding: str, end: str) -> None:
    assert subtitles.read(SRT.replace("\n", end).encode(encoding)) == SAID


def test_webvtt_names_who_speaks_and_skips_what_nobody_said() -> None:
    assert subtitles.read(VTT.encode()) == [
        Segment(Stretch(1.0, 2.5), "Pay & be quiet", "Agent 7"),
        Segment(Stretch(3603.0, 3604.0), "A: No. B: Yes."),
    ]


def test_numbers_blank_lines_and_order_are_as_programs_leave_them() -> None:
    loose = "00:00:05.5 --> 00:00:06,25\nlater\n\nwith a blank line\n\n0:0:1,0 --> 0:0:2,0\n110\n"
    assert subtitles.read(loose.encode()) == [
        Segment(Stretch(1.0, 2.0), "110"),
        Segment(Stretch(5.5, 6.25), "later with a blank line"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("words\n" + SRT, MessageCode.TRANSCRIPT_LINE, "1"),
        (SRT + "\n3\n00:00:0x,000 --> 00:00:09,000\nmore\n", MessageCode.TRANSCRIPT_LINE, "12"),
        (SRT + "\n3\n00:00:09,000 -->\nmore\n", MessageCode.TRANSCRIPT_LINE, "12"),
        ("00:00:03,000 --> 00:00:02,000\nx\n", MessageCode.TRANSCRIPT_ENDS_EARLY, "1"),
        ("WEBVTT\n\nid\nnot a time\nwords\n", MessageCode.TRANSCRIPT_LINE, "3"),
        ("WEBVTT\n", MessageCode.TRANSCRIPT_WITHOUT_WORDS, ""),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", MessageCode.TRANSCRIPT_WITHOUT_WORDS, ""),
        ("", MessageCode.TRANSCRIPT_WITHOUT_WORDS, ""),
        ("\x01\x02\x03", MessageCode.TRANSCRIPT_NOT_TEXT, ""),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, code: MessageCode, line: str) -> None:
    assert refused(text) == (code, line)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    code, _ = refused("x" * (subtitles.MOST_BYTES + 1))
    assert code is MessageCode.TRANSCRIPT_TOO_LARGE


_WORD = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
_CUE = st.tuples(
    st.integers(0, 10**7), st.integers(0, 10**5), st.lists(_WORD, min_size=1, max_size=5)
)


def clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{point}{rest:03}"


@given(st.lists(_CUE, min_size=1, max_size=8), st.booleans())
def test_no_word_and_no_time_is_lost(cues: list[tuple[int, int, list[str]]], is_web: bool) -> None:
    point = "." if is_web else ","
    text = "WEBVTT\n\n" if is_web else ""
    for number, (start, length, words) in enumerate(cues, 1):
        times = f"{clock(start, point)} --> {clock(start + length, point)}"
        text += f"{number}\n{times}\n{' '.join(words)}\n\n"
    expected = [
        (start / 1000, (start + length) / 1000, " ".join(words)) for start, length, words in cues
    ]
    read = [
        (record.stretch.start_s, record.stretch.end_s, record.text)
        for record in subtitles.read(text.encode())
    ]
    assert read == sorted(expected, key=lambda segment: segment[0])


@given(st.one_of(st.binary(max_size=200), st.text(alphabet="0123:,.-> \nWEBVT<v>a", max_size=200)))
def test_any_file_is_read_or_refused(data: bytes | str) -> None:
    raw = data if isinstance(data, bytes) else data.encode()
    with contextlib.suppress(UserError):
        assert subtitles.read(raw)
