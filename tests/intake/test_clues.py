"""Times in file names: each convention that is known, and names that only look like one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.intake.readers.media.recording_names import call_in_name
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.model.times import Instant, TimePrecision, TimeSource, WallClock, to_text

SECOND, MS, DAY = TimePrecision.SECOND, TimePrecision.MILLISECOND, TimePrecision.DAY

NAMES = [
    ("Screenshot_20230101-120000.png", "2023-01-01T12:00:00", SECOND),
    ("Screenshot_2014-01-01-12-00-00.png", "2014-01-01T12:00:00", SECOND),
    ("Screenshot_20230101_120000_Messages.jpg", "2023-01-01T12:00:00", SECOND),
    ("Screenshot_20230101-120000_Phone.jpg", "2023-01-01T12:00:00", SECOND),
    ("Screenshot_2023-01-01-12-00-00-123_com.tencent.mm.jpg", "2023-01-01T12:00:00.123", MS),
    ("Screenshot_20230101_120000_com.tencent.mm.jpg", "2023-01-01T12:00:00", SECOND),
    (
        "Screenshot_2023-01-01-12-00-00-12_0123456789abcdef0123456789abcdef.jpg",
        "2023-01-01T12:00:00",
        SECOND,
    ),
    ("mmexport1672545600000.jpg", "2023-01-01T04:00:00Z", MS),
    ("wx_camera_1672545600123.jpg", "2023-01-01T04:00:00.123Z", MS),
    ("微信图片_20230101120000.jpg", "2023-01-01T12:00:00", SECOND),
    ("微信图片_20230101120000_1.jpg", "2023-01-01T12:00:00", SECOND),
    ("微信截图_20230101120000.png", "2023-01-01T12:00:00", SECOND),
    ("企业微信截图_16725456001234.png", "2023-01-01T04:00:00Z", SECOND),
    ("IMG-20231201-WA0001.jpg", "2023-12-01T00:00:00", DAY),
    ("signal-2020-12-31-15-30-30-000.jpg", "2020-12-31T15:30:30", MS),
    ("photo_1@01-02-2020_12-00-00.jpg", "2020-02-01T12:00:00", SECOND),
    ("屏幕截图 2023-01-01 120000.png", "2023-01-01T12:00:00", SECOND),
    ("截屏2023-01-01 12.00.00.png", "2023-01-01T12:00:00", SECOND),
    ("截屏2023-01-01 下午3.45.21.png", "2023-01-01T15:45:21", SECOND),
    ("Screen Shot 2023-01-01 at 12.00.00\u202fPM.png", "2023-01-01T12:00:00", SECOND),
    ("Screen Shot 2023-01-01 at 12.00.00 AM.png", "2023-01-01T00:00:00", SECOND),
    ("Screen Shot 2023-01-01 at 9.05.07\u202fPM.png", "2023-01-01T21:05:07", SECOND),
    ("屏幕快照 2023-01-01 上午9.05.07.png", "2023-01-01T09:05:07", SECOND),
    ("QQ截图20230101120000.png", "2023-01-01T12:00:00", SECOND),
    ("通话录音@10086(10086)_20191104110052.mp3", "2019-11-04T11:00:52", SECOND),
    ("通话录音@138 0013 8002(13800138002)_20180814153840.mp3", "2018-08-14T15:38:40", SECOND),
    ("138 0013 8003_20220425103455.m4a", "2022-04-25T10:34:55", SECOND),
    ("13800138000@13800138000_20200102030405.amr", "2020-01-02T03:04:05", SECOND),
    ("Call recording 张三_200605_114902.m4a", "2020-06-05T11:49:02", SECOND),
    ("+15551234567_200605_114902.m4a", "2020-06-05T11:49:02", SECOND),
    ("_6900_190317_190817.amr", "2019-03-17T19:08:17", SECOND),
    ("0d20151122141548p+74993464260.3gp", "2015-11-22T14:15:48", SECOND),
    ("2025-10-03 16-54-44 (phone) Ann (0486300265) ↙.m4a", "2025-10-03T16:54:44", SECOND),
    ("2018-02-20 20.32.15", "2018-02-20T20:32:15", SECOND),
    ("2018-02-20 20.32.15.ogg", "2018-02-20T20:32:15", SECOND),
    ("20181111T201723.opus", "2018-11-11T20:17:23", SECOND),
    ("20230101_120000.123+0800_in_+8613800138000.oga", "2023-01-01T12:00:00.123+08:00", MS),
    ("PTT-20230101-WA0001.opus", "2023-01-01T00:00:00", DAY),
    ("2022-03-09T08_01_50Z.html", "2022-03-09T08:01:50Z", SECOND),
    ("PXL_20230101_120000123.jpg", "2023-01-01T12:00:00.123Z", MS),
    ("IMG_20230101_120000.jpg", "2023-01-01T12:00:00", SECOND),
    ("sms-20230101120000.xml", "2023-01-01T12:00:00", SECOND),
    ("Screenshot_20230101-120000 (1).png", "2023-01-01T12:00:00", SECOND),
    ("Screenshot_20230101-120000-9999.png", "2023-01-01T12:00:00", SECOND),
]


@pytest.mark.parametrize(("name", "text", "precision"), NAMES)
def test_conventions(name: str, text: str, precision: TimePrecision) -> None:
    [reading] = times_in_name(name)
    assert to_text(reading.moment) == text
    assert reading.precision is precision
    assert reading.source is TimeSource.FILE_NAME
    assert reading.raw and reading.raw in name


@pytest.mark.parametrize(
    "name",
    [
        "IMG_1234.PNG",
        "IMG_20231345.jpg",
        "IMG_20230101.jpg",
        "Screenshot_20231345-120000.png",
        "Screenshot_20230101-250000.png",
        "1672545600000.jpg",
        "mmexport16725456000001.jpg",
        "mmexport167254560000.jpg",
        "mmexport1999999999999.jpg",
        "202301011200001.jpg",
        "2023010112000012.jpg",
        "13800138000.mp3",
        "+20120101123456.mp3",
        "a20230101120000b20230101120000cd.jpg"[:32] + ".jpg",
        "20230101120000abcdefabcdefabcdef.jpg",
        "20990101_120000.jpg",
        "01-02-2020_12-00-00.jpg",
        "scan_100101_101010.pdf",
        "通话录音@张三李四王五赵六(13800138000)_2018081415384.mp3",
        "IMG-20231345-WA0001.jpg",
        "合同.pdf",
        "",
        ".",
        "\n",
    ],
)
def test_no_false_times(name: str) -> None:
    assert times_in_name(name) == []


CALLS = [
    ("通话录音@10086(10086)_20191104110052.mp3", "10086", "", "none"),
    ("通话录音@138 0013 8002(13800138002)_20180814153840.mp3", "13800138002", "", "none"),
    ("通话录音@张三(13800138002)_20180814153840.mp3", "13800138002", "张三", "none"),
    ("通话录音@张三(催收)(13800138002)_20180814153840.mp3", "13800138002", "张三(催收)", "none"),
    ("通话录音@张三(008613800138002)_20180814153840.mp3", "008613800138002", "张三", "none"),
    ("通话录音@A(13800138001)_B(13800138002)_20180814153840.mp3", "13800138001", "A", "none"),
    ("通话录音@13800138000_20180814153840.mp3", "13800138000", "", "none"),
    ("通话录音@张三的很长很长的名字(1380013.mp3", "", "张三的很长很长的名字", "none"),
    ("Вызов@112(Экстренный номер)_20220428142049.mp3", "112", "Экстренный номер", "none"),
    ("Вызов@007846-89(0078462018955)_20230215113029.mp3", "0078462018955", "007846-89", "none"),
    ("138 0013 8003_20220425103455.m4a", "138 0013 8003", "", "none"),
    ("张三@13800138000_20200102030405.amr", "13800138000", "张三", "none"),
    ("13800138000@13800138000_20200102030405.amr", "13800138000", "", "none"),
    ("13800138000_20200102030405.amr", "13800138000", "", "none"),
    ("Call recording 张三_200605_114902.m4a", "", "张三", "none"),
    ("通话录音 13800138000_200605_114902.m4a", "13800138000", "", "none"),
    ("+15551234567_200605_114902.m4a", "+15551234567", "", "none"),
    ("_6900_190317_190817.amr", "6900", "", "none"),
    ("0d20151122141548p+74993464260.3gp", "+74993464260", "", "outgoing"),
    ("1d20151208155808p202020.3gp", "202020", "", "incoming"),
    ("1d20151209155457pnull.3gp", "", "", "incoming"),
    ("2025-10-03 16-54-44 (phone) Ann (0486300265) ↙.m4a", "0486300265", "Ann", "incoming"),
    ("2025-10-03 16-54-44 (whatsapp) Ann ↗.m4a", "", "Ann", "outgoing"),
    ("2025-10-03 16-54-44 (phone) 0486300265 ↗.m4a", "0486300265", "", "outgoing"),
    ("20230101_120000.123+0800_in_+8613800138000.oga", "+8613800138000", "", "incoming"),
    ("20230101_120000.123+0800_out_13800138000_张三.m4a", "13800138000", "张三", "outgoing"),
    ("2018-02-20 20.32.15 ↓ 13800138000.ogg", "13800138000", "", "incoming"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number", "contact", "direction"), CALLS)
def test_call_recordings(name: str, number: str, contact: str, direction: str) -> None:
    clue = call_in_name(name)
    assert clue is not None
    assert (clue.number, clue.name, clue.direction.value) == (number, contact, direction)


@pytest.mark.parametrize(
    "name",
    [
        "录音 001.m4a",
        "001_20230101120000.mp3",
        "20230101_190317_190817.mp3",
        "audio_1@01-01-2020_12-00-00.ogg",
        "me@example.com (1).mp3",
        "PTT-20230101-WA0001.opus",
        "IMG_190317_190817.m4a",
        "msg_check_in_20230101.amr",
        "voice.mp3",
        "",
    ],
)
def test_not_a_call(name: str) -> None:
    assert call_in_name(name) is None


@given(st.text(max_size=80))
def test_any_name_is_survived(name: str) -> None:
    times_in_name(name)
    call_in_name(name)


@given(st.from_regex(r"[0-9_\-+.@() pTZAPM]{0,40}\.[a-z0-9]{3}", fullmatch=True))
def test_names_of_digits_state_only_real_times(name: str) -> None:
    call_in_name(name)
    for reading in times_in_name(name):
        at = reading.moment.at
        aware = at if isinstance(reading.moment, Instant) else at.replace(tzinfo=UTC)
        assert datetime(1995, 1, 1, tzinfo=UTC) <= aware
        assert aware <= datetime.now(UTC) + timedelta(days=2)
        assert reading.raw in name


@given(st.datetimes(datetime(1996, 1, 1), datetime(2025, 1, 1)))  # noqa: DTZ001
def test_a_written_time_is_read_back(at: datetime) -> None:
    at = at.replace(microsecond=0)
    for form in (
        "Screenshot_%Y%m%d-%H%M%S.png",
        "截屏%Y-%m-%d %H.%M.%S.png",
        "QQ截图%Y%m%d%H%M%S.png",
    ):
        [reading] = times_in_name(at.strftime(form))
        assert reading.moment == WallClock(at)


@pytest.mark.parametrize(
    "name",
    [
        "pasted 2026-03-01 10.00.00.png",
        "pasted 2026-03-01 10.00.00 (2).png",
        "Pasted image 20260301100000.png",
        "clipboard_2026-03-01_10-00-00.png",
        "粘贴的图片 2026-03-01 100000.png",
    ],
)
def test_the_time_of_pasting_is_no_time_of_an_act(name: str) -> None:
    assert times_in_name(name) == []
