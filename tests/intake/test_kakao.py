"""KakaoTalk's exports: text of computers and phones in four languages, and tables."""

import io
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.readers.kakao import table_export as kakao_table
from evidence_app.intake.readers.kakao import text_export as kakao_text
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind
from evidence_app.model.times import WallClock

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE


def source_of(text: str, answers: Answers | None = None) -> Source:
    data = text.encode()
    return Source(io.BytesIO(data), len(data), "x.txt", answers=answers or Answers())


def read(text: str, module: str = "kakao_text", answers: Answers | None = None) -> list[Record]:
    source = source_of(text, answers)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == module
    source.stream.seek(0)
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def questions_of(records: list[Record]) -> set[QuestionKind]:
    return {question.kind for question in records if isinstance(question, Question)}


PC = (
    "홍길동 님과 카카오톡 대화\n저장한 날짜 : 2024-03-05 15:30:11\n\n"
    "--------------- 2024년 3월 2일 토요일 ---------------\n"
    "[홍길동] [오후 3:21] 돈 갚아\n[김민준] [오후 3:22] 네\n둘째 줄\n\n셋째 줄\n"
    "홍길동님이 나갔습니다.\n"
    "--------------- 2024년 3월 3일 일요일 ---------------\n"
    "[홍길동] [오전 12:05] 사진\n[홍길동] [오전 9:00] 보이스톡 부재중\n"
    "[김민준] [오전 9:10] 보이스톡 1:23\n[홍길동] [오전 9:11] 파일: 계약서.pdf\n"
)


def test_a_chat_of_a_computer() -> None:
    records = read(PC)
    events = acts(records)
    assert {event.identifier for event in events} == {"홍길동"}
    assert [event.direction for event in events] == [IN, OUT, IN, IN, OUT, IN]
    assert [event.time.moment for event in events if event.time][:3] == [
        WallClock(datetime.fromisoformat(at))
        for at in ("2024-03-02 15:21", "2024-03-02 15:22", "2024-03-03 00:05")
    ]
    assert events[1].text.startswith("네\n둘째 줄\n\n셋째 줄")
    assert (events[3].type, events[3].outcome) == (EventType.CALL, Outcome.MISSED)
    assert (events[4].type, events[4].duration_s) == (EventType.CALL, 83)
    assert events[5].enclosed == ("계약서.pdf",)
    assert questions_of(records) == {QuestionKind.TIMEZONE}
    notices = [notice.message for notice in records if isinstance(notice, Notice)]
    assert [notice.code for notice in notices] == [MessageCode.MEDIA_LEFT_OUT]


@pytest.mark.parametrize(
    ("day", "clock", "at"),
    [
        ("Saturday, March 2, 2024", "3:21 PM", "2024-03-02 15:21"),
        ("2024年3月2日 土曜日", "午後 3:21", "2024-03-02 15:21"),
        ("2024年3月2日 星期六", "下午 3:21", "2024-03-02 15:21"),
        ("2024. 3. 2. 토요일", "15:21", "2024-03-02 15:21"),
    ],
)
def test_computers_in_other_languages(day: str, clock: str, at: str) -> None:
    line = f"--------------- {day} ---------------"
    [event] = acts(read(f"{line}\n[Lee [Agency]] [{clock}] pay\n"))
    assert event.time is not None
    assert event.time.moment == WallClock(datetime.fromisoformat(at))
    assert event.raw["author"] == "Lee [Agency]"


@pytest.mark.parametrize(
    ("title", "saved", "time"),
    [
        ("홍길동 님과 카카오톡 대화", "저장한 날짜 : 2024년", "2024년 3월 2일 오후 3:21"),
        ("KakaoTalk Chats with 홍길동", "Date Saved : Mar 5", "March 2, 2024 at 3:21 PM"),
        ("KakaoTalk Chats with 홍길동", "Date Saved : Mar 5, 2024", "Mar 2, 2024, 3:21 PM"),
        ("홍길동 님과 카카오톡 대화", "저장한 날짜 : 2024. 3. 5. 15:30", "2024. 3. 2. 오후 3:21"),
        ("홍길동 님과 카카오톡 대화", "저장한 날짜 : 2024. 3. 5. 15:30", "2024. 3. 2. 15:21"),
        ("홍길동さんとのカカオトーク", "保存日時 : 2024年3月5日", "2024年3月2日 午後3:21"),
        ("与 홍길동 的KakaoTalk聊天记录", "保存日期：2024年3月5日", "2024年3月2日 下午3:21"),
    ],
)  # fmt: skip
def test_phones_in_four_languages(title: str, saved: str, time: str) -> None:
    name = "3f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8.jpg"
    records = read(
        f"{title}\n{saved}\n\n\n{time}\n{time}, 홍길동 : pay : now\nsecond line\n"
        f"{time}, Me : no\n{time}, 홍길동님이 나갔습니다.\n{time}, 홍길동 : {name}\n"
    )
    events = acts(records)
    assert [(event.direction, event.text) for event in events] == [
        (IN, "pay : now\nsecond line"), (OUT, "no"), (IN, name),
    ]  # fmt: skip
    moments = {event.time.moment for event in events if event.time}
    assert moments == {WallClock(datetime.fromisoformat("2024-03-02 15:21"))}
    assert events[2].enclosed == (name,)


def test_a_group_asks_who_the_owner_is() -> None:
    text = PC.replace("홍길동 님과", "가족 4 님과")
    records = read(text)
    assert QuestionKind.OWNER in questions_of(records)
    assert {event.direction for event in acts(records)} == {NONE}
    events = acts(read(text, answers=Answers(owners=("김민준",))))
    assert events[0].direction is IN and events[1].direction is OUT


def test_tables() -> None:
    text = (
        "\ufeffDate,User,Message\n2024-03-02 15:21:07,\"홍길동\",\"돈 \"\"꼭\"\"\n갚아\"\n"
        "2024-03-02 15:22:00,\"김민준\",\"네\"\n"
        "2024-03-02 15:23:00,\"김민준\",\"김민준님이 나갔습니다.\"\n"
        "bad,\"a\",\"b\"\n"
    )  # fmt: skip
    records = read(text, "kakao_table", Answers(owners=("김민준",)))
    sides_and_texts = [(event.direction, event.text) for event in acts(records)]
    assert sides_and_texts == [(IN, '돈 "꼭"\n갚아'), (OUT, "네")]
    assert acts(records)[0].time is not None
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )
    assert len([block for block in records if isinstance(block, TextBlock)]) == 1
    assert QuestionKind.OWNER in questions_of(read(text, "kakao_table"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "--------------- Chapter ---------------\n[Note] [3:21] x\n",
        "2024년 3월 2일 토요일\n오늘 전화가 왔다.\n",
        "2024-03-02 15:21:00, host : started\n",
        "March 2, 2024 at 3:21 PM, we met. The rest : nothing\nand so on\n",
        "[LINE] Chat history with A\n",
    ],
)
def test_other_texts_are_not_claimed(text: str) -> None:
    assert not kakao_text.recognises(source_of(text))
    assert not kakao_table.recognises(source_of(text))


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 400))
def test_nothing_makes_it_fail(junk: bytes, at: int) -> None:
    data = PC.encode()
    data = data[:at] + junk + data[at:]
    list(kakao_text.read(Source(io.BytesIO(data), len(data), "x.txt")))
    list(kakao_table.read(Source(io.BytesIO(data), len(data), "x.csv")))
