"""Dates and times of day as tables write them, in the languages of those who bring them."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale

from evidence_app.intake.readers.tables.periods import period_of
from evidence_app.intake.readers.tables.times import (
    Dating,
    UnknownOrderError,
    UnknownYearError,
    read_time,
)
from evidence_app.model.question import DateOrder
from evidence_app.model.times import Instant

DMY = Dating(DateOrder.DMY)


def read(text: str | float, dating: Dating = DMY) -> str:
    reading = read_time(text, dating)
    return reading.moment.at.isoformat() if reading else ""


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("14-MAR-2024", "2024-03-14T00:00:00"),
        ("14-MAR-2024 10:21A", "2024-03-14T10:21:00"),
        ("14-Mar-24 01:22P", "2024-03-14T13:22:00"),
        ("3/2/26 10:21 PM", "2026-02-03T22:21:00"),
        ("03.02.2026 14:05", "2026-02-03T14:05:00"),
        ("2024年3月15日 下午2:05", "2024-03-15T14:05:00"),
        ("2024年3月15日下午2时5分9秒", "2024-03-15T14:05:09"),
        ("2024-03-15 上午12:30", "2024-03-15T00:30:00"),
        ("2024-03-15 晚上9:10", "2024-03-15T21:10:00"),
        ("2024-03-15 凌晨2:10", "2024-03-15T02:10:00"),
        ("2024-03-15 中午12:10", "2024-03-15T12:10:00"),
        ("2024-03-15 中午1:10", "2024-03-15T13:10:00"),
        ("2024. 3. 15. 오후 2:05", "2024-03-15T14:05:00"),
        ("2024年3月15日(金) 午前0:05", "2024-03-15T00:05:00"),
        ("15 марта 2024 г., 14:05", "2024-03-15T14:05:00"),
        ("15 de março de 2024 às 14:05", "2024-03-15T14:05:00"),
        ("15. März 2024 um 14:05", "2024-03-15T14:05:00"),
        ("15 Mar 2024 14.05", "2024-03-15T14:05:00"),
        ("Fri, Mar 15 2024 2:05 p. m.", "2024-03-15T14:05:00"),
        ("20240315143000", "2024-03-15T14:30:00"),
        ("20240315 143000", "2024-03-15T14:30:00"),
        ("2024-03-15 24:00", "2024-03-16T00:00:00"),
        ("2024-03-15 2:5:9", "2024-03-15T02:05:09"),
        ("2024-03-15T14:30:00Z", "2024-03-15T14:30:00+00:00"),
        ("2024-03-15T14:30:00+0800", "2024-03-15T14:30:00+08:00"),
        ("2024-03-15 14:30:00 UTC-5", "2024-03-15T14:30:00-05:00"),
        ("1710484200", "2024-03-15T06:30:00+00:00"),
        ("1710484200000", "2024-03-15T06:30:00+00:00"),
        (45366.5, "2024-03-15T12:00:00"),
        ("2024-03-15 晚上12:10", ""),
        ("2024-03-15 25:00", ""),
        ("2024-03-15 14:70", ""),
        ("31/02/2024", ""),
        ("15 Foo 2024", ""),
        ("soon", ""),
    ],
)
def test_ways_to_write_a_time(written: str | float, at: str) -> None:
    assert read(written) == at


LANGUAGES = ("en", "en_IN", "de", "de_AT", "fr", "es", "pt_BR", "id", "tr", "ru", "hi", "it", "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_month_that_qt_knows_is_read(language: str) -> None:
    locale = QLocale(language)
    for month in range(1, 13):
        day = QDate(2024, month, 15)
        for form in ("d MMMM yyyy", "d MMM yyyy", "d-MMM-yyyy", "d MMMM yyyy 14:05"):
            written = locale.toString(day, form)
            assert read(written).startswith(f"2024-{month:02}-15"), written


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "ja_JP", "ko_KR"])
def test_long_dates_of_east_asia_are_read(language: str) -> None:
    written = QLocale(language).toString(QDate(2024, 3, 15), QLocale.FormatType.LongFormat)
    assert read(written) == "2024-03-15T00:00:00"


def test_a_date_that_only_one_order_allows_needs_no_other_sign() -> None:
    assert read("13/02/2024", Dating()) == "2024-02-13T00:00:00"
    assert read("02/13/2024", Dating()) == "2024-02-13T00:00:00"
    with pytest.raises(UnknownOrderError):
        read("02/03/2024", Dating())


def test_a_date_without_a_year_is_placed_by_the_period() -> None:
    period = Dating(None, date(2023, 12, 1), date(2024, 1, 1))
    assert read("12/31", period) == "2023-12-31T00:00:00"
    assert read("Jan 2", period) == "2024-01-02T00:00:00"
    with pytest.raises(UnknownOrderError):
        read("12/1", period)
    with pytest.raises(UnknownYearError):
        read("12/1", Dating())


def test_the_period_is_found_in_words_of_several_kinds() -> None:
    december = (date(2023, 12, 1), date(2024, 1, 1))
    assert period_of("从2023-12-01到2024-01-31") == december
    assert period_of("Dec 12, 2023 - Jan 11, 2024") == december
    assert period_of("12/12/2023 to 11/01/2024", DateOrder.DMY) == december


def test_an_offset_makes_an_instant() -> None:
    reading = read_time("2024-03-15 14:30:00+08:00", DMY)
    assert reading is not None
    assert isinstance(reading.moment, Instant)


@pytest.mark.parametrize(
    "written",
    [
        "113/03/14 09:05:11",
        "民國113年03月14日 09:05:11",
        "14/03/2567 09:05:11",
        "2567-03-14 09:05:11",
    ],
)
def test_years_of_taiwan_and_thailand(written: str) -> None:
    assert read(written) == "2024-03-14T09:05:11"


def test_a_number_is_no_year_of_taiwan() -> None:
    assert read("113/03") == ""
    assert read("2024-03-14 09:05:11") == "2024-03-14T09:05:11"
