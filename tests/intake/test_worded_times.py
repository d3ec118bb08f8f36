"""Dates and times as Facebook, KakaoTalk and others write them for people."""

import pytest

from evidence_app.intake.readers.support.worded_times import month_of, worded_time
from evidence_app.model.question import DateOrder


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Mar 2, 2024 3:21 PM", "2024-03-02 15:21"),
        ("Mar 02, 2024, 3:21:05\u202fpm", "2024-03-02 15:21:05"),
        ("Saturday, March 2, 2024 at 3:21pm UTC+08", None),
        ("Saturday, March 2, 2024 at 3:21pm", "2024-03-02 15:21"),
        ("2 March 2024 at 15:21", "2024-03-02 15:21"),
        ("2. März 2024, 15:21", "2024-03-02 15:21"),
        ("2 mars 2024 à 15:21", "2024-03-02 15:21"),
        ("2 août 2024 à 15:21", "2024-08-02 15:21"),
        ("14 juil. 2024 15:21", "2024-07-14 15:21"),
        ("14 juin 2024 15:21", "2024-06-14 15:21"),
        ("2 de marzo de 2024 a las 15:21", "2024-03-02 15:21"),
        ("2 dic 2024, 3:21 p. m.", "2024-12-02 15:21"),
        ("2 de março de 2024 às 15:21", "2024-03-02 15:21"),
        ("2 mag 2024, 15:21", "2024-05-02 15:21"),
        ("2 maart 2024 om 15:21", "2024-03-02 15:21"),
        ("2 марта 2024 г. 15:21", "2024-03-02 15:21"),
        ("2 мая 2024 г., 15:21", "2024-05-02 15:21"),
        ("2 березня 2024 р. о 15:21", "2024-03-02 15:21"),
        ("2 października 2024 15:21", "2024-10-02 15:21"),
        ("2 Mart 2024 15:21", "2024-03-02 15:21"),
        ("2 Ağu 2024 15:21", "2024-08-02 15:21"),
        ("2 Agustus 2024 15.21", "2024-08-02 15:21"),
        ("15:21 2 tháng 3, 2024", "2024-03-02 15:21"),
        ("2 मार्च 2024 को 3:21 pm", "2024-03-02 15:21"),
        ("2024年3月2日 15:21", "2024-03-02 15:21"),
        ("2024年3月2日 下午3:21", "2024-03-02 15:21"),
        ("2024年3月2日 凌晨0:21", "2024-03-02 00:21"),
        ("2024年3月2日土曜日 午後3:21", "2024-03-02 15:21"),
        ("2024년 3월 2일 오후 3:21", "2024-03-02 15:21"),
        ("2024. 3. 2. 오후 3:21", "2024-03-02 15:21"),
        ("2024. 3. 2. 15:21", "2024-03-02 15:21"),
        ("2024-03-02 15:21:30", "2024-03-02 15:21:30"),
        ("2567-03-02 15:21", "2024-03-02 15:21"),
    ],
)
def test_times_in_many_languages(text: str, at: str | None) -> None:
    written_time = worded_time(text)
    if at is None:
        assert written_time is None
        return
    assert (
        written_time is not None
        and written_time.full_date is not None
        and written_time.clock is not None
    )
    written = f"{written_time.full_date.isoformat()} {written_time.clock.isoformat()}"
    assert written == (at if at.count(":") == 2 else f"{at}:00")
    assert written_time.raw == text


def test_numbers_alone_need_an_order() -> None:
    written_time = worded_time("03/02/2024, 15:21")
    assert written_time is not None and written_time.full_date is None
    assert str(written_time.day(DateOrder.DMY)) == "2024-02-03"
    assert str(written_time.day(DateOrder.MDY)) == "2024-03-02"
    same = worded_time("03.03.24 15:21")
    assert same is not None and str(same.full_date) == "2024-03-03"


@pytest.mark.parametrize(
    "text",
    ["", "hello", "15:21", "3 apples and 2024 pears", "99/99/2024 10:00", "Mar 2", "2024-13-45",
     "Mar 2, 2024 29:99", "x" * 500, "1.2.3.4"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert worded_time(text) is None


def test_words_that_are_no_months() -> None:
    assert [month_of(word) for word in ("at", "uhr", "x", "г", "o")] == [None] * 5
