"""Instants and wall-clock times never mix silently."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.errors import UsageError
from evidence_app.model import times
from evidence_app.model.times import Instant, TimePrecision, WallClock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_each_type_refuses_the_other_kind_of_datetime() -> None:
    with pytest.raises(ValueError, match="offset"):
        Instant(datetime(2026, 3, 1, 8))  # noqa: DTZ001 - that is the point.
    with pytest.raises(ValueError, match="no offset"):
        WallClock(datetime(2026, 3, 1, 8, tzinfo=UTC))


_NAIVE = st.datetimes(datetime(1995, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
_OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(_NAIVE, st.none() | _OFFSETS)
def test_text_and_back(at: datetime, offset: timezone | None) -> None:
    moment = WallClock(at) if offset is None else Instant(at.replace(tzinfo=offset))
    back = times.from_text(times.to_text(moment))
    assert type(back) is type(moment)
    assert back.at == moment.at
    assert back.at.utcoffset() == moment.at.utcoffset()


@given(st.integers(800_000_000_000, 3_000_000_000_000))
def test_epoch_milliseconds_and_back(milliseconds: int) -> None:
    assert times.epoch_ms(times.instant_from_ms(milliseconds), SHANGHAI) == milliseconds


def test_the_day_is_that_of_the_case() -> None:
    late = Instant(datetime(2026, 3, 1, 17, 30, tzinfo=UTC))
    assert times.day_in_zone(late, SHANGHAI).isoformat() == "2026-03-02"
    wall = WallClock(datetime(2026, 3, 1, 23, 30))  # noqa: DTZ001
    assert times.day_in_zone(wall, SHANGHAI).isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2026-03-01", TimePrecision.DAY),
        ("2026-03-01 21:30", TimePrecision.MINUTE),
        ("2026-03-01T21:30:05", TimePrecision.SECOND),
        ("2026-03-01T21:30:05.250+08:00", TimePrecision.MILLISECOND),
        ("2026-03-01T21:30+08:00", TimePrecision.MINUTE),
        ("2026-03-01T21:30-05:00", TimePrecision.MINUTE),
    ],
)
def test_precision_of_what_a_person_types(text: str, precision: TimePrecision) -> None:
    assert times.precision_of_text(text) is precision


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-03-01 25:00"])
def test_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        times.from_text(text)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "Asia"])
def test_unknown_zones_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        times.zone(name)
