"""Pictures as they come from phones, from chats, and from people who mean harm."""

import io

import intake_samples as samples
import pytest
from PIL import Image, PngImagePlugin

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import Description, EventRecord, Notice
from evidence_app.messages import MessageCode
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, to_text

TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "HEIF": "image/heif",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}


def times(data: bytes, filename: str = "x") -> list[str]:
    readings = samples.of_kind(samples.read(data, filename), TimeReading)
    return [to_text(reading.moment) for reading in readings]


@pytest.mark.parametrize(("format", "media_type"), TYPES.items())
def test_formats(format: str, media_type: str) -> None:
    records = samples.read(samples.picture(format), "IMG_0001.txt")
    [about] = samples.of_kind(records, Description)
    assert (about.kind, about.media_type) == (ItemKind.PICTURE, media_type)
    assert (about.width, about.height) == (300, 500)
    [act] = samples.of_kind(records, EventRecord)
    assert (act.type, act.place, act.time) == (EventType.PICTURE, None, None)
    renditions = {rendition.kind: rendition for rendition in samples.of_kind(records, Rendition)}
    assert (RenditionKind.PREVIEW in renditions) == (format not in {"PNG", "JPEG"})
    small = Image.open(io.BytesIO(renditions[RenditionKind.THUMBNAIL].data))
    assert small.size == (216, 360)
    assert not samples.of_kind(records, Notice)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_turned_pictures_are_measured_as_they_are_shown(format: str) -> None:
    data = samples.picture(format, exif=samples.exif(t274=6))
    [about] = samples.of_kind(samples.read(data), Description)
    assert (about.width, about.height) == (500, 300)
    [small] = [
        rendition
        for rendition in samples.of_kind(samples.read(data), Rendition)
        if rendition.kind is RenditionKind.THUMBNAIL
    ]
    assert Image.open(io.BytesIO(small.data)).size == (360, 216)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "HEIF"])
def test_time_with_offset_is_an_instant(format: str) -> None:
    taken = samples.exif(t36867="2024:01:20 00:43:32", t37521="799", t36881="+05:30")
    records = samples.read(samples.picture(format, exif=taken), "Screenshot_20240120-004332.png")
    first, named = samples.of_kind(records, TimeReading)
    assert to_text(first.moment) == "2024-01-20T00:43:32.799+05:30"
    assert (first.source, first.precision) == (TimeSource.EXIF, TimePrecision.MILLISECOND)
    assert first.raw == "2024:01:20 00:43:32 799 +05:30"
    assert named.source is TimeSource.FILE_NAME
    assert to_text(named.moment) == "2024-01-20T00:43:32"


def test_time_without_offset_is_a_wall_clock() -> None:
    data = samples.picture("JPEG", exif=samples.exif(t36867="2024:01:20 00:43:32"))
    assert times(data) == ["2024-01-20T00:43:32"]


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("0000:00:00 00:00:00", "+08:00"),
        ("    :  :     :  :  ", ""),
        ("2024:13:45 00:00:00", ""),
        ("yesterday", ""),
    ],
)
def test_empty_times_are_none(written: str, offset: str) -> None:
    data = samples.picture("JPEG", exif=samples.exif(t36867=written, t36881=offset))
    assert times(data) == []


def test_impossible_offset_is_not_believed() -> None:
    taken = samples.exif(t36867="2024:01:20 00:43:32", t36881="+99:99")
    assert times(samples.picture("JPEG", exif=taken)) == ["2024-01-20T00:43:32"]


def test_xmp_and_text_chunks() -> None:
    packet = '<x:xmpmeta><rdf photoshop:DateCreated="2023-05-06T07:08:09+08:00"/></x:xmpmeta>'
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet)
    info.add_text("Creation Time", "Sat, 06 May 2023 07:08:10 +0000")
    assert times(samples.picture("PNG", pnginfo=info)) == [
        "2023-05-06T07:08:09+08:00",
        "2023-05-06T07:08:10Z",
    ]
    assert times(samples.picture("JPEG", xmp=packet.encode())) == ["2023-05-06T07:08:09+08:00"]


def test_position_is_metadata() -> None:
    taken = Image.Exif()
    taken.get_ifd(0x8825).update({1: "S", 2: (31.0, 30.0, 0.0), 3: "E", 4: (121.0, 15.0, 36.0)})
    [about] = samples.of_kind(samples.read(samples.picture("JPEG", exif=taken)), Description)
    assert about.metadata["GPS latitude"] == "-31.500000"
    assert about.metadata["GPS longitude"] == "121.260000"


@pytest.mark.parametrize("format", TYPES)
@pytest.mark.parametrize("percent", range(2, 100, 7))
def test_cut_off_pictures(format: str, percent: int) -> None:
    data = samples.picture(format)
    records = samples.read(data[: len(data) * percent // 100], "Screenshot_20240120-004332.png")
    [notice] = samples.of_kind(records, Notice)
    assert notice.damaged
    assert notice.message.code is MessageCode.DAMAGED_PICTURE
    assert samples.of_kind(records, Description)[0].kind is ItemKind.PICTURE
    assert samples.of_kind(records, TimeReading)
    if format in {"PNG", "JPEG", "BMP", "TIFF", "GIF"} and percent > 10:
        kinds = {rendition.kind for rendition in samples.of_kind(records, Rendition)}
        assert RenditionKind.THUMBNAIL in kinds


@pytest.mark.parametrize("position", range(20, 800, 60))
def test_flipped_bytes_do_no_harm(position: int) -> None:
    for format in TYPES:
        data = bytearray(samples.picture(format, (40, 40)))
        place = position * len(data) // 800
        data[place : place + 4] = b"\xff\x00\xff\x7f"
        assert samples.of_kind(samples.read(bytes(data)), Description)


@pytest.mark.parametrize("size", [(60000, 60000), (20000, 20000), (2**31 - 1, 2**31 - 1)])
def test_bombs_are_refused_by_their_header(size: tuple[int, int]) -> None:
    with pytest.raises(ReadFailure) as failure:
        samples.read(samples.png_of_size(*size))
    assert failure.value.message.code is MessageCode.PICTURE_TOO_LARGE


def test_see_through_picture_keeps_its_background() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(out, "PNG")
    [small] = samples.of_kind(samples.read(out.getvalue()), Rendition)
    assert small.media_type == "image/png"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_colour_modes(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (500, 50)).save(out, "TIFF" if mode == "CMYK" else "PNG")
    records = samples.read(out.getvalue())
    assert not samples.of_kind(records, Notice)
    assert samples.of_kind(records, Rendition)
