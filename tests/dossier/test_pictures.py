"""Pictures in the dossier: nothing but what is seen, in the colours that were meant."""

from __future__ import annotations

import io
import random
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from dossier_builder import Builder, jpeg, png
from pikepdf import pdfa
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from evidence_app.dossier import jpeg as jpeg_data
from evidence_app.dossier import pdf, picture_worker
from evidence_app.dossier.options import DossierOptions, Part
from evidence_app.dossier.picture_store import PrintForm
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.progress import SILENT

MARK = b"GPS-31.2304N-121.4737E-HOME"
MOST = (2000, 2000)


# --- files that say more than a picture ---


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def after_start(data: bytes, *segments: bytes) -> bytes:
    return data[:2] + b"".join(segments) + data[2:]


def before_scan(data: bytes, *segments: bytes) -> bytes:
    at = data.index(b"\xff\xda")
    return data[:at] + b"".join(segments) + data[at:]


def end_of_scan(data: bytes) -> int:
    return data.rindex(b"\xff\xd9")


def saved(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **more: object) -> bytes:
    out = io.BytesIO()
    shaded(size).save(out, kind, **more)
    return out.getvalue()


def shaded(size: tuple[int, int] = (300, 200)) -> Image.Image:
    width, height = size
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    spots = Image.radial_gradient("L").resize(size)
    assert (width, height) == spots.size
    return Image.merge("RGB", (across, down, spots))


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    exif[0x8825] = {1: "N", 2: (31.0, 13.0, 49.0), 29: MARK.decode()}
    return saved(exif=exif)


def with_thumbnail() -> bytes:
    """EXIF with a smaller picture in it, as cameras write it."""
    small = saved(size=(16, 16), comment=MARK)
    head = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 0) + struct.pack("<I", 14)
    first = struct.pack("<H", 2) + struct.pack("<HHII", 0x201, 4, 1, 44)
    tiff = head + first + struct.pack("<HHII", 0x202, 4, 1, len(small)) + struct.pack("<I", 0)
    return after_start(saved(), segment(0xE1, b"Exif\x00\x00" + tiff + small + MARK))


def multi_picture() -> bytes:
    out = io.BytesIO()
    second = shaded((120, 80))
    shaded().save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue() + MARK


def with_scan_junk(**more: object) -> bytes:
    data = saved(**more)
    return data[: end_of_scan(data)] + MARK + data[end_of_scan(data) :]


def between_scans() -> bytes:
    """A progressive picture with a comment, and bytes that nothing draws, between two scans."""
    data = saved(progressive=True)
    at = data.rindex(b"\xff\xc4")
    return data[:at] + MARK + segment(0xFE, MARK) + data[at:]


def with_unused_tables() -> bytes:
    table = MARK.ljust(64, b"-")
    code = bytes([0x13, len(MARK), *[0] * 15]) + MARK
    return before_scan(saved(), segment(0xDB, b"\x03" + table), segment(0xC4, code))


def png_with(name: bytes, content: bytes) -> bytes:
    data = saved("PNG")
    chunk = struct.pack(">I", len(content)) + name + content
    chunk += struct.pack(">I", zlib.crc32(name + content))
    return data[:33] + chunk + data[33:]


def png_texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARK.decode())
    info.add_text("Location", MARK.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return saved("PNG", pnginfo=info)


PLANTED: dict[str, Callable[[], bytes]] = {
    **{
        f"APP{n}": (lambda n=n: after_start(saved(), segment(0xE0 + n, MARK)))  # type: ignore[misc]
        for n in range(16)
    },
    "JFIF thumbnail": lambda: after_start(
        saved()[:2] + saved()[20:],
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\3\3" + MARK),
    ),
    "JFXX": lambda: after_start(saved(), segment(0xE0, b"JFXX\0\x10" + MARK)),
    "Adobe with more": lambda: after_start(saved(), segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + MARK)),
    "COM": lambda: after_start(saved(), segment(0xFE, MARK)),
    "COM before the scan": lambda: before_scan(saved(), segment(0xFE, MARK)),
    "EXIF": with_exif,
    "EXIF thumbnail": with_thumbnail,
    "XMP": lambda: saved(xmp=b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>"),
    "IPTC": lambda: after_start(saved(), segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + MARK)),
    "ICC": lambda: saved(icc_profile=srgb() + MARK),
    "behind the end": lambda: saved() + MARK,
    "motion photo": lambda: saved() + b"\0\0\0\x18ftypmp42" + MARK * 20,
    "a second picture": lambda: saved() + saved(comment=MARK),
    "MPF": multi_picture,
    "in the scan": with_scan_junk,
    "in the scan of grey": lambda: with_scan_junk(comment=b""),
    "between scans": between_scans,
    "between restarts": lambda: with_scan_junk(restart_marker_blocks=4),
    "unused tables": with_unused_tables,
    "fill bytes": lambda: after_start(saved(), b"\xff\xff\xff" + segment(0xFE, MARK)),
    "decoded, COM": lambda: saved(size=(4800, 3200), comment=MARK),
    "decoded, EXIF": lambda: saved(size=(4800, 3200), exif=b"Exif\0\0" + MARK),
    "PNG tEXt, zTXt, iTXt": png_texts,
    "PNG eXIf": lambda: png_with(b"eXIf", b"II*\0" + MARK),
    "PNG of its own": lambda: png_with(b"prVt", MARK),
    "PNG trailer": lambda: saved("PNG") + MARK,
    "GIF comment": lambda: saved("GIF", comment=MARK),
    "WEBP": lambda: saved("WEBP", exif=b"Exif\0\0" + MARK, xmp=MARK),
    "TIFF": lambda: saved("TIFF", description=MARK.decode()),
    "CMYK": lambda: _cmyk(),
}


def _cmyk() -> bytes:
    out = io.BytesIO()
    shaded().convert("CMYK").save(out, "JPEG", comment=MARK)
    return out.getvalue()


def printed(data: bytes, tmp_path: Path, most: tuple[int, int] = MOST) -> bytes:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(data)
    form = PrintForm.of(target, picture_worker.make(source, target, most))
    return target.read_bytes() if form.is_jpeg else as_png(form)


def as_png(form: PrintForm) -> bytes:
    """A PNG file of rows that were passed through."""
    kind = 3 if form.palette else {1: 0, 3: 2}[form.colours]
    head = struct.pack(">IIBBBBB", form.width, form.height, form.bits, kind, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", form.path.read_bytes()), (b"IEND", b"")]
    if form.palette:
        chunks.insert(1, (b"PLTE", bytes.fromhex(form.palette)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_only_the_picture_is_printed(tmp_path: Path, name: str) -> None:
    data = PLANTED[name]()
    assert MARK in data or name == "PNG tEXt, zTXt, iTXt"
    output = printed(data, tmp_path)
    assert MARK not in output
    with Image.open(io.BytesIO(output)) as picture:
        picture.load()
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi",
                                     "adobe", "adobe_transform"}  # fmt: skip
        with Image.open(io.BytesIO(data)) as before:
            same = before.convert("RGB").resize(picture.size)
        assert difference(picture.convert("RGB"), same) < 6


def difference(image: Image.Image, other: Image.Image) -> float:
    """The mean over all colours, in steps of 255."""
    histogram = ImageChops.difference(image, other).histogram()
    total = sum(count * (n % 256) for n, count in enumerate(histogram))
    return total / sum(histogram)


@pytest.mark.parametrize("more", [{}, {"subsampling": 0}, {"optimize": True}, {"quality": 30}])
def test_ordinary_data_is_passed_through(tmp_path: Path, more: dict[str, object]) -> None:
    data = saved(**more)
    output = printed(data, tmp_path)
    assert output.endswith(data[data.index(b"\xff\xda") :])
    with Image.open(io.BytesIO(output)) as after, Image.open(io.BytesIO(data)) as before:
        assert after.tobytes() == before.tobytes()


def test_grey_data_is_passed_through(tmp_path: Path) -> None:
    out = io.BytesIO()
    shaded().convert("L").save(out, "JPEG")
    output = printed(out.getvalue(), tmp_path)
    with Image.open(io.BytesIO(output)) as after, Image.open(out) as before:
        assert after.mode == "L"
        assert after.tobytes() == before.tobytes()


def test_colours_coded_as_red_green_and_blue_stay_right(tmp_path: Path) -> None:
    data = saved(keep_rgb=True, subsampling=0)
    output = printed(data, tmp_path)
    with Image.open(io.BytesIO(output)) as after:
        assert difference(after.convert("RGB"), shaded()) < 3


def test_the_last_bytes_of_a_scan_never_hide_others() -> None:
    """What can be drawn without its last byte has more in it than the picture."""
    chance = random.Random(5)
    for n in range(40):
        size = chance.randrange(8, 90), chance.randrange(8, 90)
        data = saved(size=size, quality=chance.randrange(20, 96), subsampling=n % 3)
        assert picture_worker._passed(data), (size, n)
        hidden = data[: end_of_scan(data)] + b"31.2304N,121.4737E" + data[end_of_scan(data) :]
        assert picture_worker._passed(hidden) == b"", (size, n)


def test_damaged_data_never_ends_in_another_error() -> None:
    chance = random.Random(6)
    data = saved(size=(64, 64))
    for _ in range(400):
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 5)):
            changed[chance.randrange(2, len(data))] = chance.randrange(256)
        try:
            jpeg_data.made_anew(bytes(changed[: chance.randrange(2, len(data) + 1)]))
        except ValueError:
            continue


@pytest.mark.parametrize("data", [b"", b"\x89PNG", saved()[:30], b"\xff\xd8garbage"])
def test_what_is_no_jpeg_is_not_passed_through(data: bytes) -> None:
    with pytest.raises(ValueError):
        jpeg_data.made_anew(data)


def test_nothing_planted_is_in_the_finished_file(tmp_path: Path) -> None:
    builder = Builder(title="t")
    for n, name in enumerate(PLANTED):
        builder.item(ItemKind.PICTURE, f"{n}", PLANTED[name](), "image/x", width=300, height=200)
    film = builder.item(ItemKind.VIDEO, "v.mp4", b"film", "video/mp4")
    builder.renditions[film.id, RenditionKind.PREVIEW] = Rendition(
        RenditionKind.PREVIEW, "image/jpeg", after_start(saved(), segment(0xE1, MARK)) + MARK
    )
    out = rendered(builder, tmp_path)
    assert MARK not in out.read_bytes()
    with pikepdf.open(out) as document:
        streams = [
            pdf_object for pdf_object in document.objects if isinstance(pdf_object, pikepdf.Stream)
        ]
        assert (
            sum(stream.get("/Subtype") == pikepdf.Name.Image for stream in streams)
            == len(PLANTED) + 1
        )
        for stream in streams:
            assert MARK not in stream.read_raw_bytes()
            if stream.get("/Subtype") != pikepdf.Name.Image:
                assert MARK not in stream.read_bytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(300, 200), (4800, 3200)])
def test_a_picture_stands_as_the_camera_says(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    with Image.open(io.BytesIO(saved(size=size))) as upright:
        turn = {
            2: Image.Transpose.FLIP_LEFT_RIGHT,
            3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_90,
            7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270,
        }.get(orientation)
        stored = upright.transpose(turn) if turn is not None else upright
        out = io.BytesIO()
        stored.save(out, "JPEG", exif=exif)
        with Image.open(io.BytesIO(printed(out.getvalue(), tmp_path))) as image:
            assert difference(image.convert("RGB"), upright.resize(image.size)) < 4


# --- colours ---

_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
"""Red, green and blue of Display P3 and of sRGB as XYZ, adapted to D50 (ICC)."""


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def profile(primaries: tuple[tuple[float, ...], ...], space: bytes = b"RGB ") -> bytes:
    """An ICC profile of three primaries and a gamma of 2.2, or of greys."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 2) + b"x\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0\0\0\0",
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249),
    }
    if space == b"GRAY":
        tags[b"kTRC"] = curve
    else:
        for name, xyz in zip((b"r", b"g", b"b"), primaries, strict=True):
            tags[name + b"XYZ"] = b"XYZ " + bytes(4) + fixed(*xyz)
            tags[name + b"TRC"] = curve
    table, body, at = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", at + len(body), len(content))
        body += padded
    head = bytes(4) + struct.pack(">I", 0x02400000) + b"mntr" + space + b"XYZ " + bytes(12)
    head = bytes(4) + head + b"acsp" + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    icc_profile = head.ljust(128, b"\0") + table + body
    return struct.pack(">I", len(icc_profile)) + icc_profile[4:]


def meant(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """What a colour of Display P3 (with a gamma of 2.2) is in sRGB, by the definitions."""
    light = [(value / 255) ** 2.2 for value in colour]
    xyz = [sum(light[n] * _P3[n][m] for n in range(3)) for m in range(3)]
    a, b, c = ([_SRGB[n][m] for n in range(3)] for m in range(3))

    def det(p: list[float], q: list[float], r: list[float]) -> float:
        return (
            p[0] * (q[1] * r[2] - q[2] * r[1])
            - p[1] * (q[0] * r[2] - q[2] * r[0])
            + p[2] * (q[0] * r[1] - q[1] * r[0])
        )

    determinant, solutions = det(a, b, c), []
    for n in range(3):
        rows = [list(row) for row in (a, b, c)]
        for row, value in zip(rows, xyz, strict=True):
            row[n] = value
        solutions.append(det(*rows) / determinant)
    curve = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in solutions)
    return tuple(round(255 * min(1.0, max(0.0, value))) for value in curve)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("size", [(300, 200), (4000, 3000)])
def test_colours_look_as_they_were_meant(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    colour = (200, 90, 80)
    out = io.BytesIO()
    more = {} if kind in ("PNG", "TIFF") else {"quality": 95}
    Image.new("RGB", size, colour).save(out, kind, icc_profile=profile(_P3), **more)
    builder = Builder(title="t")
    builder.item(ItemKind.PICTURE, "p3", out.getvalue(), "image/x", width=size[0], height=size[1])
    pdf_file = rendered(builder, tmp_path)
    assert max(abs(a - b) for a, b in zip(meant(colour), colour, strict=True)) > 10
    actual = shown_colour(pdf_file)
    assert max(abs(a - b) for a, b in zip(actual, meant(colour), strict=True)) <= 4, (
        actual,
        colour,
    )
    assert pdfa.validate_written(pdf_file, "2b").passed


def shown_colour(path: Path) -> tuple[int, ...]:
    """The colour that most of the exhibit's picture has on its page."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            if any(
                isinstance(page_object, pypdfium2.PdfImage) for page_object in page.get_objects()
            ):
                image = page.render(scale=1).to_pil().convert("RGB")
                colours = image.getcolors(1 << 20)
                assert colours is not None
                plain = [colour for colour in colours if max(colour[1]) - min(colour[1]) > 30]
                brightest = max(plain)[1]
                assert isinstance(brightest, tuple)
                return tuple(int(channel) for channel in brightest)
    raise AssertionError("no picture")


def test_a_profile_that_says_what_is_taken_for_granted_changes_nothing(tmp_path: Path) -> None:
    data = saved(icc_profile=srgb())
    output = printed(data, tmp_path)
    assert output.endswith(data[data.index(b"\xff\xda") :]), "it was decoded"


@pytest.mark.parametrize("broken", [b"", b"no profile", srgb()[:200], profile(_P3)[:300]])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_broken_profile_costs_no_picture(tmp_path: Path, kind: str, broken: bytes) -> None:
    with Image.open(io.BytesIO(printed(saved(kind, icc_profile=broken), tmp_path))) as image:
        assert difference(image.convert("RGB"), shaded()) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "PA"])
@pytest.mark.parametrize("space", [b"RGB ", b"GRAY", b"CMYK"])
def test_every_kind_of_picture_can_be_printed(tmp_path: Path, mode: str, space: bytes) -> None:
    picture = shaded().convert("L" if mode == "I;16" else "RGB" if mode == "PA" else mode)
    if mode == "I;16":
        picture = picture.convert("I").point(lambda value: value * 257).convert("I;16")
    if mode == "PA":
        picture = picture.convert("P").convert("PA")
    kind = "TIFF" if mode in ("CMYK", "PA") else "PNG"
    out = io.BytesIO()
    picture.save(out, kind, icc_profile=profile(_P3, space))
    with Image.open(io.BytesIO(printed(out.getvalue(), tmp_path))) as image:
        grey = image.convert("L")
        assert grey.size == (300, 200)
        small = (30, 20)
        expected = shaded().convert("L").resize(small, Image.Resampling.BOX)
        assert difference(grey.resize(small, Image.Resampling.BOX), expected) < 25
        assert grey.getextrema()[1] - grey.getextrema()[0] > 150  # type: ignore[operator]


def rendered(builder: Builder, tmp_path: Path) -> Path:
    out = tmp_path / "dossier.pdf"
    pdf.render(
        builder.content(),
        DossierOptions(parts=(Part.EXHIBITS,)),
        out,
        progress=SILENT,
    )
    return out


def test_what_is_made_is_small_work(tmp_path: Path) -> None:
    """Looking whether a scan hides something costs less than drawing and writing it anew."""
    source, target = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(jpeg(1080, 2340))
    began = time.process_time()
    for _ in range(5):
        picture_worker.make(source, target, (1400, 2400))
    passed = time.process_time() - began
    source.write_bytes(png(1080, 2340))
    began = time.process_time()
    for _ in range(5):
        picture_worker.make(source, target, (1400, 2400))
    assert passed < time.process_time() - began
