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
    found = detect(source)
    assert found is not None
    assert found.id == module
    source.stream.seek(0)
    return list(found.reader()(source))


def acts(found: list[Record]) -> list[EventRecord]:
    return [one for one in found if isinstance(one, EventRecord)]


def asked(found: list[Record]) -> set[QuestionKind]:
    return {one.kind for one in found if isinstance(one, Question)}


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
    found = read(PC)
    told = acts(found)
    assert {one.identifier for one in told} == {"홍길동"}
    assert [one.direction for one in told] == [IN, OUT, IN, IN, OUT, IN]
    assert [one.time.moment for one in told if one.time][:3] == [
        WallClock(datetime.fromisoformat(at))
        for at in ("2024-03-02 15:21", "2024-03-02 15:22", "2024-03-03 00:05")
    ]
    assert told[1].text.startswith("네\n둘째 줄\n\n셋째 줄")
    assert (told[3].type, told[3].outcome) == (EventType.CALL, Outcome.MISSED)
    assert (told[4].type, told[4].duration_s) == (EventType.CALL, 83)
    assert told[5].enclosed == ("계약서.pdf",)
    assert asked(found) == {QuestionKind.TIMEZONE}
    notices = [one.message for one in found if isinstance(one, Notice)]
    assert [one.code for one in notices] == [MessageCode.MEDIA_LEFT_OUT]


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
    [one] = acts(read(f"{line}\n[Lee [Agency]] [{clock}] pay\n"))
    assert one.time is not None
    assert one.time.moment == WallClock(datetime.fromisoformat(at))
    assert one.raw["author"] == "Lee [Agency]"


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
    found = read(
        f"{title}\n{saved}\n\n\n{time}\n{time}, 홍길동 : pay : now\nsecond line\n"
        f"{time}, Me : no\n{time}, 홍길동님이 나갔습니다.\n{time}, 홍길동 : {name}\n"
    )
    told = acts(found)
    assert [(one.direction, one.text) for one in told] == [
        (IN, "pay : now\nsecond line"), (OUT, "no"), (IN, name),
    ]  # fmt: skip
    moments = {one.time.moment for one in told if one.time}
    assert moments == {WallClock(datetime.fromisoformat("2024-03-02 15:21"))}
    assert told[2].enclosed == (name,)


def test_a_group_asks_who_the_owner_is() -> None:
    text = PC.replace("홍길동 님과", "가족 4 님과")
    found = read(text)
    assert QuestionKind.OWNER in asked(found)
    assert {one.direction for one in acts(found)} == {NONE}
    told = acts(read(text, answers=Answers(owners=("김민준",))))
    assert told[0].direction is IN and told[1].direction is OUT


def test_tables() -> None:
    text = (
        "\ufeffDate,User,Message\n2024-03-02 15:21:07,\"홍길동\",\"돈 \"\"꼭\"\"\n갚아\"\n"
        "2024-03-02 15:22:00,\"김민준\",\"네\"\n"
        "2024-03-02 15:23:00,\"김민준\",\"김민준님이 나갔습니다.\"\n"
        "bad,\"a\",\"b\"\n"
    )  # fmt: skip
    found = read(text, "kakao_table", Answers(owners=("김민준",)))
    told = [(one.direction, one.text) for one in acts(found)]
    assert told == [(IN, '돈 "꼭"\n갚아'), (OUT, "네")]
    assert acts(found)[0].time is not None
    assert len([one for one in found if isinstance(one, SkippedEntry)]) == 1
    assert len([one for one in found if isinstance(one, TextBlock)]) == 1
    assert QuestionKind.OWNER in asked(read(text, "kakao_table"))


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
