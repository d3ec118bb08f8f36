"""Recordings in the containers and codecs of phones, whole and cut off."""

import io
import wave

import intake_samples as samples
import pytest
from PIL import Image

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.media import contact_sheet
from evidence_app.intake.readers.media.audio import PEAKS
from evidence_app.intake.records import Description, EventRecord, Notice
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.model.times import TimeReading, TimeSource, to_text

FORMATS = [
    ("mp4", "aac", 16000, "audio/mp4"),
    ("mp3", "libmp3lame", 16000, "audio/mpeg"),
    ("amr", "libopencore_amrnb", 8000, "audio/amr"),
    ("3gp", "libopencore_amrnb", 8000, "audio/3gpp"),
    ("ogg", "libopus", 48000, "audio/ogg"),
    ("flac", "flac", 8000, "audio/flac"),
    ("adts", "aac", 16000, "audio/aac"),
    ("wav", "pcm_s16le", 8000, "audio/x-wav"),
    ("aiff", "pcm_s16be", 8000, "audio/aiff"),
    ("matroska", "libopus", 48000, "audio/matroska"),
]


def renditions(records: list[samples.Record]) -> dict[RenditionKind, bytes]:
    return {rendition.kind: rendition.data for rendition in samples.of_kind(records, Rendition)}


@pytest.mark.parametrize(("container", "codec", "rate", "media_type"), FORMATS)
def test_formats(container: str, codec: str, rate: int, media_type: str) -> None:
    records = samples.read(samples.sound(container, codec, rate=rate), "voice.txt")
    [about] = samples.of_kind(records, Description)
    assert (about.kind, about.media_type) == (ItemKind.RECORDING, media_type)
    assert about.duration_s == pytest.approx(2, abs=0.15)
    parts = renditions(records)
    assert len(parts[RenditionKind.WAVEFORM]) == PEAKS
    assert max(parts[RenditionKind.WAVEFORM]) in range(50, 80)
    with wave.open(io.BytesIO(parts[RenditionKind.SOUND])) as playable:
        assert playable.getnchannels() == 1
        assert playable.getframerate() == (8000 if rate == 8000 else 16000)
        assert playable.getnframes() / playable.getframerate() == pytest.approx(
            about.duration_s, abs=0.001
        )
    assert not samples.of_kind(records, Notice)
    [act] = samples.of_kind(records, EventRecord)
    assert (act.type, act.direction, act.place) == (EventType.RECORDING, Direction.NONE, None)


def test_amr_by_hand() -> None:
    [about] = samples.of_kind(samples.read(samples.amr_of_silence(100)), Description)
    assert about.duration_s == 2.0


@pytest.mark.parametrize(("container", "codec", "rate", "media_type"), FORMATS)
@pytest.mark.parametrize("percent", range(3, 92, 11))
def test_cut_off_recordings(
    container: str, codec: str, rate: int, media_type: str, percent: int
) -> None:
    data = samples.sound(container, codec, rate=rate, seconds=4)
    cut = data[: len(data) * percent // 100]
    try:
        records = samples.read(cut, "13800138000_20220425103455.m4a")
    except ReadFailure as failure:
        assert failure.message.code is MessageCode.DAMAGED_RECORDING
        return
    [act] = samples.of_kind(records, EventRecord)
    assert act.identifier == "13800138000"
    codes = [notice.message.code for notice in samples.of_kind(records, Notice)]
    if container in {"mp4", "3gp", "mp3", "wav", "flac", "aiff", "matroska"}:
        assert codes == [MessageCode.DAMAGED_RECORDING]


def test_call_recording_is_a_call() -> None:
    name = "通话录音@张三(13800138002)_20180814153840.mp3"
    records = samples.read(samples.sound("mp3", "libmp3lame", rate=16000), name)
    [act] = samples.of_kind(records, EventRecord)
    assert (act.type, act.outcome) == (EventType.CALL, Outcome.ANSWERED)
    assert (act.identifier, act.contact_name) == ("13800138002", "张三")
    assert act.time is not None and to_text(act.time.moment) == "2018-08-14T15:38:40"
    assert act.duration_s == pytest.approx(2, abs=0.15)


def test_container_time_is_an_instant() -> None:
    data = samples.sound("mp4", "aac", rate=16000, created="2023-01-01T04:00:00Z")
    [reading] = samples.of_kind(samples.read(data), TimeReading)
    assert reading.source is TimeSource.CONTAINER
    assert to_text(reading.moment) == "2023-01-01T04:00:00Z"


@pytest.mark.parametrize("created", ["1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
def test_clocks_that_were_never_set_state_no_time(created: str) -> None:
    data = samples.sound("mp4", "aac", rate=16000, created=created)
    assert not samples.of_kind(samples.read(data), TimeReading)


@pytest.mark.parametrize(
    ("container", "codec"), [("mp4", "mpeg4"), ("3gp", "h263"), ("mov", "libx264")]
)
def test_videos(container: str, codec: str) -> None:
    records = samples.read(samples.video(container, codec))
    [about] = samples.of_kind(records, Description)
    assert about.kind is ItemKind.VIDEO
    assert (about.width, about.height, about.duration_s) == (176, 144, 2.0)
    small = Image.open(io.BytesIO(renditions(records)[RenditionKind.THUMBNAIL]))
    assert small.size == (176, 144)
    sheet = Image.open(io.BytesIO(renditions(records)[RenditionKind.PREVIEW]))
    assert sheet.width % 400 == 0 and sheet.height % 320 == 0


def test_key_frames_begin_with_one_that_is_not_black() -> None:
    black, grey = Image.new("RGB", (64, 48)), Image.new("RGB", (64, 48), (90, 90, 90))
    assert contact_sheet.useful([(0.0, black), (1.0, grey)]) is grey
    assert contact_sheet.useful([(0.0, black)]) is black
    assert contact_sheet.useful([]) is None
    page = Image.open(io.BytesIO(contact_sheet.sheet([(float(n), grey) for n in range(9)]).data))
    assert page.size == (1600, 960)
    assert page.getpixel((200, 150)) == pytest.approx((90, 90, 90), abs=3)


@pytest.mark.parametrize(
    "head",
    [b"", b"ID3\x03\x00\x00\x00\x00\x00\x00", b"OggS", b"#!AMR"],
)
def test_play_lists_open_no_other_file(head: bytes, tmp_path: samples.Path) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(samples.wav())
    for text in (
        f"ffconcat version 1.0\nfile '{other}'\n",
        f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://{other}\n#EXT-X-ENDLIST\n",
    ):
        from evidence_app.intake.readers.media import recordings

        try:
            records = list(recordings.read(samples.source(head + text.encode())))
        except ReadFailure:
            continue
        assert not samples.of_kind(records, Rendition)


def test_short_and_silent() -> None:
    records = samples.read(samples.wav(0.01))
    assert len(renditions(records)[RenditionKind.WAVEFORM]) == 5
    records = samples.read(samples.wav(0))
    assert not renditions(records)
