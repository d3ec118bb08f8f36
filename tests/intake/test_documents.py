"""PDF and plain text."""

import io

import intake_samples as samples
import pikepdf
import pytest

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import Description, EventRecord, Notice
from evidence_app.intake.records import TextBlock as Block
from evidence_app.messages import MessageCode
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, PlaceUnit, Rendition, RenditionKind
from evidence_app.model.times import TimeReading, TimeSource, to_text


def test_pdf() -> None:
    data = samples.pdf(["First page", "Second page"], info="/Title (Notice)")
    records = samples.read(data, "催收函.txt")
    [about] = samples.of_kind(records, Description)
    assert (about.kind, about.media_type, about.page_count) == (
        ItemKind.DOCUMENT,
        "application/pdf",
        2,
    )
    assert about.metadata["Title"] == "Notice"
    first, second = samples.of_kind(records, Block)
    assert (first.text, second.text) == ("First page", "Second page")
    assert (second.place.unit, second.place.number) == (PlaceUnit.PAGE, 2)
    [small] = samples.of_kind(records, Rendition)
    assert small.kind is RenditionKind.THUMBNAIL
    [act] = samples.of_kind(records, EventRecord)
    assert (act.type, act.place) == (EventType.DOCUMENT, None)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("D:20230101120000+08'00'", "2023-01-01T12:00:00+08:00"),
        ("D:20230101120000-0530", "2023-01-01T12:00:00-05:30"),
        ("D:20230101120000Z", "2023-01-01T12:00:00Z"),
        ("D:20230101120000Z00'00'", "2023-01-01T12:00:00Z"),
        ("D:20230101120000", "2023-01-01T12:00:00"),
    ],
)
def test_pdf_dates(written: str, text: str) -> None:
    data = samples.pdf(["x"], info=f"/CreationDate ({written}) /ModDate ({written})")
    [reading] = samples.of_kind(samples.read(data), TimeReading)
    assert to_text(reading.moment) == text
    assert (reading.source, reading.raw) == (TimeSource.DOCUMENT, written)


@pytest.mark.parametrize("written", ["D:20231345120000Z", "D:20230101120000+99'99'", "D:2023", ""])
def test_impossible_pdf_dates(written: str) -> None:
    data = samples.pdf(["x"], info=f"/CreationDate ({written})")
    assert not samples.of_kind(samples.read(data), TimeReading)


def test_locked_pdf() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf(["secret"]))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ReadFailure) as failure:
        samples.read(out.getvalue())
    assert failure.value.message.code is MessageCode.DOCUMENT_LOCKED


@pytest.mark.parametrize("percent", range(3, 99, 5))
def test_cut_off_pdf(percent: int) -> None:
    data = samples.pdf(["First page", "Second page"])
    try:
        records = samples.read(data[: len(data) * percent // 100])
    except ReadFailure as failure:
        assert failure.message.code is MessageCode.DAMAGED_DOCUMENT
        return
    [notice] = samples.of_kind(records, Notice)
    assert notice.damaged


TEXT = "他说：还钱，否则曝通讯录。\nHe called again…\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text(encoding: str) -> None:
    records = samples.read(TEXT.encode(encoding), "x.jpg")
    [about] = samples.of_kind(records, Description)
    assert (about.kind, about.media_type) == (ItemKind.TEXT, "text/plain")
    [block] = samples.of_kind(records, Block)
    assert block.text == TEXT
    assert (block.place.unit, block.place.number) == (PlaceUnit.LINE, 1)


def test_text_of_other_countries() -> None:
    text = "Le créancier a téléphoné à mon père, très tôt, et l'a menacé. Il était élégant.\n" * 4
    [block] = samples.of_kind(samples.read(text.encode("cp1252")), Block)
    assert block.text == text


def test_long_text_comes_in_blocks() -> None:
    lines = [f"line {number}" for number in range(1, 1001)]
    blocks = samples.of_kind(samples.read("\n".join(lines).encode()), Block)
    assert "".join(block.text for block in blocks).split("\n") == lines
    for block in blocks:
        assert block.text.startswith(f"line {block.place.number}\n")


def test_one_endless_line() -> None:
    blocks = samples.of_kind(samples.read("还".encode() * 2_000_000), Block)
    assert sum(len(block.text) for block in blocks) == 2_000_000
    assert max(len(block.text.encode()) for block in blocks) <= 2 << 20


def test_text_that_turns_into_bytes_is_read_up_to_there() -> None:
    data = b"line\n" * 50_000 + b"\xff\xfe\x00\x01" * 10
    with pytest.raises(ReadFailure) as failure:
        samples.read(data)
    assert failure.value.message.code is MessageCode.UNKNOWN_ENCODING


@pytest.mark.parametrize(
    "data",
    [b"", bytes(100), bytes(range(256)) * 10, b"\x02#!OTHER" + bytes(100), b"\x7fELF\x02\x01"],
)
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert detect(samples.source(data)) is None


@pytest.mark.parametrize("letter", "STUVabcxyz0159还借")
def test_utf16_is_no_mpeg(letter: str) -> None:
    file_format = detect(samples.source((letter * 50).encode("utf-16")))
    assert file_format is not None and file_format.id == "plain_text"
