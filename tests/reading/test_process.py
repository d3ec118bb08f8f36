"""Pictures are read in a closed-off process; what goes wrong costs that one picture."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import orjson
import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence_app.errors import Cancelled
from evidence_app.messages import MessageCode
from evidence_app.model.reading import ReadPicture
from evidence_app.progress import Progress
from evidence_app.reading import ocr, pixels, values
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.process import PictureReader
from evidence_app.sandbox import child

ROOT = Path(__file__).resolve().parents[2]
FONT = ROOT / "resources" / "fonts" / "NotoSansSC_400Regular.ttf"
WORDS = "今天下午三点前还款"


def drawn(width: int = 720, height: int = 400, text: str = WORDS) -> Image.Image:
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((40, height // 2), text, fill="black", font=ImageFont.truetype(str(FONT), 40))
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    with PictureReader() as made:
        yield made


def texts(picture: ReadPicture) -> list[str]:
    return [line.text for line in picture.lines]


def test_text_is_read_with_its_place(reader: PictureReader) -> None:
    read = reader.read(encoded(drawn()), date(2026, 3, 5))
    assert texts(read) == [WORDS]
    (line,) = read.lines
    assert 30 < line.box.left < 50
    assert 195 < line.box.top < line.box.bottom < 265
    assert line.confidence > 0.9
    assert (read.width, read.height, read.taken_on) == (720, 400, date(2026, 3, 5))
    assert "PP-OCRv6" in read.engine


def test_the_process_is_closed_off_and_stays(reader: PictureReader) -> None:
    reader.read(encoded(drawn()))
    running = reader._helper.child
    assert running is not None
    assert running.protection is not None
    assert running.protection.is_whole
    with pytest.raises(ReadingFailure) as failure:
        reader.read(b"no picture")
    assert failure.value.message.code is MessageCode.DAMAGED_PICTURE
    assert reader._helper.child is running
    assert texts(reader.read(encoded(drawn()))) == [WORDS]


def test_a_photo_held_sideways_is_read_upright(reader: PictureReader) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = drawn().transpose(Image.Transpose.ROTATE_90)
    read = reader.read(encoded(sideways, "JPEG", exif=exif, quality=90))
    assert texts(read) == [WORDS]
    assert (read.width, read.height) == (720, 400)


def test_a_picture_with_holes_stands_on_white(reader: PictureReader) -> None:
    clear = Image.new("RGBA", (720, 200), (0, 0, 0, 0))
    font = ImageFont.truetype(str(FONT), 40)
    ImageDraw.Draw(clear).text((40, 60), WORDS, fill=(0, 0, 0, 255), font=font)
    assert texts(reader.read(encoded(clear))) == [WORDS]


def test_what_is_there_of_a_cut_off_picture_is_read(reader: PictureReader) -> None:
    picture = drawn(720, 600)
    ImageDraw.Draw(picture).rectangle((0, 400, 720, 600), fill="grey")
    data = encoded(picture, "JPEG", quality=90)
    read = reader.read(data[: len(data) - 200])
    assert not read.is_whole
    assert texts(read) == [WORDS]


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (3, 40)])
def test_tiny_pictures_have_no_text(reader: PictureReader, size: tuple[int, int]) -> None:
    assert texts(reader.read(encoded(Image.new("RGB", size, "white")))) == []


def test_a_picture_that_is_too_large_gets_a_sentence(reader: PictureReader) -> None:
    large = Image.new("1", (8000, pixels.MOST_PIXELS // 8000 + 1))
    with pytest.raises(ReadingFailure) as failure:
        reader.read(encoded(large))
    assert failure.value.message.code is MessageCode.PICTURE_TOO_LARGE_TO_READ


def test_a_killed_process_costs_one_picture(reader: PictureReader) -> None:
    reader.read(encoded(drawn()))
    assert reader._helper.child is not None
    reader._helper.child.kill()
    reader._helper.child._process.wait()
    assert texts(reader.read(encoded(drawn()))) == [WORDS]


def lying(monkeypatch: pytest.MonkeyPatch, code: str) -> PictureReader:
    """A reader whose process does what ``code`` says once it got a picture."""
    program = (
        f"import sys, time\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from evidence_app.sandbox import frames, inside\ninlet, outlet = inside.enter(2 << 30)\n"
        f"frames.read_frame(inlet)\n{code}"
    )
    monkeypatch.setattr(child, "command", lambda module: [sys.executable, "-I", "-c", program])
    return PictureReader(silence_s=0.5)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", MessageCode.READER_CRASHED),
        ("time.sleep(60)", MessageCode.READER_TIMED_OUT),
        ("frames.write_frame(outlet, ['read', {'width': 'x'}])", MessageCode.READER_CRASHED),
        ("frames.write_frame(outlet, ['failed', 'no such code', ''])", MessageCode.READER_CRASHED),
        ("frames.write_frame(outlet, 7)", MessageCode.READER_CRASHED),
    ],
)
def test_a_process_that_fails_is_told_in_a_sentence(
    code: str, said: MessageCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lying(monkeypatch, code) as broken, pytest.raises(ReadingFailure) as failure:
        broken.read(b"x")
    assert failure.value.message.code is said


def test_reading_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    with lying(monkeypatch, "time.sleep(60)") as busy, pytest.raises(Cancelled):
        busy.read(b"x", progress=Progress(is_cancelled=lambda: True))


def test_other_models_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingFailure) as failure:
        ocr.checked_models(tmp_path)
    assert failure.value.message.code is MessageCode.READING_MODELS_MISSING
    for name in ocr.MODELS:
        (tmp_path / name).write_bytes(b"another model")
    with pytest.raises(ReadingFailure):
        ocr.checked_models(tmp_path)


def test_loading_the_models_opens_no_connection() -> None:
    """Even a socket would be a step too far."""
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): sys.exit('a connection')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from evidence_app.reading.ocr import TextReader\nimport numpy\n"
        "print(TextReader().lines(numpy.full((64, 200, 3), 255, numpy.uint8)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "()"


def test_tiles_cover_a_tall_picture_and_overlap() -> None:
    tiles = list(ocr._tiles(1080, 12000))
    assert tiles[0][0] == 0
    assert tiles[-1][1] == 12000
    for above, below in pairwise(tiles):
        assert above[1] - below[0] >= 0.19 * 1080
    assert list(ocr._tiles(1080, 2340)) == [(0, 2340)]


def test_photos_are_looked_at_more_closely_than_screenshots() -> None:
    assert ocr.longest_side(1080, 2340) == 1280
    assert ocr.longest_side(1920, 1080) == 1920
    assert ocr.longest_side(4000, 3000) == 2000


def test_what_comes_back_is_checked() -> None:
    read = ReadPicture(10, 20, "an engine")
    encoded_values, data = values.values_of(read)
    encoded_values = orjson.loads(orjson.dumps(encoded_values))
    assert values.picture_from(encoded_values, data) == read
    for broken in ({"width": 1.5}, {"lines": {}}, {"layout": "x"}, {"taken_on": "yesterday"}):
        with pytest.raises((ValueError, TypeError)):
            values.picture_from(encoded_values | broken, data)
