"""What was blacked out cannot be found: pictures, words, and finished files with known faults."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from evidence_app.dossier import picture_worker
from evidence_app.dossier.redaction import blanking, check
from evidence_app.dossier.redaction.blanking import BLANK, Blanking
from evidence_app.dossier.redaction.check import Burned, Leak, Secrecy
from evidence_app.model.mark import MarkKind
from evidence_app.model.region import Region

WIDTH, HEIGHT = 211, 173
NUMBER = "13800001234"
quickly = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def noisy(seed: int, box: tuple[int, int, int, int], hidden: int) -> Image.Image:
    """A picture of which only what is within the box depends on ``hidden``."""
    picture = Image.frombytes(
        "RGB", (WIDTH, HEIGHT), random.Random(seed).randbytes(WIDTH * HEIGHT * 3)
    ).resize((WIDTH, HEIGHT), box=(0, 0, WIDTH // 3, HEIGHT // 3))
    left, top, right, bottom = box
    size = right - left, bottom - top
    colours = random.Random(hidden).randbytes(size[0] * size[1] * 3)
    picture.paste(Image.frombytes("RGB", size, colours), box)
    return picture


def stored(picture: Image.Image, form: str, turn: int, quality: int, sampling: int) -> bytes:
    """The picture as a file, with words of what is hidden beside it."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turn, f"taken by {NUMBER}"
    if form == "PNG":
        picture.quantize(64).convert("P").save(out, "PNG", exif=exif)
    else:
        progressive = form == "PROGRESSIVE"
        picture.save(
            out, "JPEG", quality=quality, subsampling=sampling, exif=exif, progressive=progressive
        )
    return out.getvalue()


@st.composite
def cuts(draw: Callable[..., int]) -> tuple[int, int, int, int]:
    left = draw(st.integers(0, WIDTH - 3))
    top = draw(st.integers(0, HEIGHT - 3))
    return (
        left,
        top,
        draw(st.integers(left + 2, min(WIDTH, left + 90))),
        draw(st.integers(top + 2, min(HEIGHT, top + 60))),
    )


@settings(quickly, max_examples=120)
@given(
    box=cuts(),
    form=st.sampled_from(["JPEG", "JPEG", "PROGRESSIVE", "PNG"]),
    turn=st.integers(1, 8),
    quality=st.integers(20, 98),
    sampling=st.integers(0, 2),
    most=st.sampled_from([(4000, 4000), (97, 97)]),
    seed=st.integers(0, 1 << 30),
)
def test_no_pixel_outside_a_box_tells_what_was_under_it(
    tmp_path: Path,
    box: tuple[int, int, int, int],
    form: str,
    turn: int,
    quality: int,
    sampling: int,
    most: tuple[int, int],
    seed: int,
) -> None:
    upright = upright_box(box, turn)
    outputs = []
    for hidden in (seed + 1, seed + 2):
        source, target = tmp_path / "source", tmp_path / "target.jpg"
        picture = noisy(seed, box, hidden)
        if form == "PNG":
            # Its palette must not depend on what is hidden.
            picture = picture.point(lambda value: value // 128 * 255)
        source.write_bytes(stored(picture, form, turn, quality, sampling))
        picture_worker.make(source, target, most, [(MarkKind.REDACTION, upright, "")])
        outputs.append(target.read_bytes())
    assert outputs[0] == outputs[1]
    assert NUMBER.encode() not in outputs[0]
    with Image.open(io.BytesIO(outputs[0])) as image:
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        inner = check._inner(upright, image.size)
        if check._has_area(inner):
            assert image.convert("L").crop(inner).getextrema()[1] <= 40


def upright_box(box: tuple[int, int, int, int], turn: int) -> Region:
    """Where a stretch of the stored picture is when it is turned upright, by turning a mask."""
    mask = Image.new("L", (WIDTH, HEIGHT))
    mask.paste(255, box)
    turns = picture_worker._TURNS
    if turn in turns:
        mask = mask.transpose(Image.Transpose(turns[turn]))
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
    width, height = mask.size
    return Region(left / width, top / height, (right - left) / width, (bottom - top) / height)


DIGITS = st.text("0123456789", min_size=7, max_size=11).filter(lambda digits: digits[0] != "0")
NAMES = st.sampled_from(["王磊", "欧阳娜娜", "Zoë Müller", "wang.lei@example.org", "幸福路128号"])
AROUND = st.sampled_from(["", " ", "给", "\n", "“", "_", "/", "，"])


def written(word: str, chance: random.Random) -> str:
    """The word in one of the ways in which people and programs write it."""
    if word.isdigit():
        between = chance.choice(["", " ", "-", "  ", ".", "\u2011"])
        cut = chance.randrange(1, len(word))
        word = chance.choice(["", "+86 ", "0086-", "86"]) + word[:cut] + between + word[cut:]
        wide = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
        return word.translate(wide) if chance.random() < 0.3 else word
    return chance.choice([word, word.upper(), word.replace(" ", "  ")])


@settings(quickly, max_examples=120)
@given(word=DIGITS | NAMES, before=AROUND, after=AROUND, seed=st.integers(0, 1 << 30))
def test_no_word_is_left_however_it_is_written(
    word: str, before: str, after: str, seed: int
) -> None:
    text = f"call {before}{written(word, random.Random(seed))}{after} today 电话"
    blanked = Blanking([word]).text(text)
    assert BLANK in blanked
    assert not check.Seeker(Secrecy((word,))).is_in(blanked)
    assert blanked.startswith("call") and blanked.endswith("today 电话")


def test_how_long_words_were_is_not_told() -> None:
    texts = [f"您好{'很' * count}急" for count in (1, 5, 40)]
    blanked = {blanking.without(text, [(2, len(text) - 1)]) for text in texts}
    assert blanked == {f"您好{BLANK}急"}
    assert blanking.without("abcdef", [(4, 5), (1, 3), (2, 4)]) == f"a{BLANK}f"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("13800001234", True),
        ("138-0000-1234", True),
        ("王磊", True),
        ("20260301", False),
        ("2026-03-01", False),
        ("2026", False),
        ("a", False),
        ("please", False),
    ],
)
def test_only_what_tells_of_one_person_is_blacked_out_everywhere(word: str, expected: bool) -> None:
    assert blanking.distinctive(word, "all that is said, please") is expected


def test_short_words_stay_within_longer_ones() -> None:
    assert Blanking(["Ann"]).text("Ann and Annual, ann@home") == f"{BLANK} and Annual, {BLANK}@home"


def black_picture(seed: int = 1) -> tuple[bytes, Region]:
    picture = noisy(seed, (10, 10, 12, 12), seed)
    box = Region(0.25, 0.25, 0.5, 0.25)
    ImageDraw.Draw(picture).rectangle((50, 40, 162, 90), fill="black")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue(), box


def page(pictures: list[bytes], text: str = "", more: bytes = b"", **keys: object) -> bytes:
    """A page with pictures one beside the other, and text drawn at 40, 40 before and after them."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(400, 300))
    sheet = document.pages[0]
    drawn, names = b"", pikepdf.Dictionary()
    for number, data in enumerate(pictures):
        with Image.open(io.BytesIO(data)) as picture:
            stream = pikepdf.Stream(document, data)
            stream.stream_dict = pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=picture.width,
                Height=picture.height,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
        names[f"/P{number}"] = stream
        drawn += f"q 100 0 0 80 {10 + 120 * number} 200 cm /P{number} Do Q\n".encode()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    sheet.Resources = pikepdf.Dictionary(
        XObject=names, Font=pikepdf.Dictionary(F=document.make_indirect(font))
    )
    text_code = f"BT /F 12 Tf {text} ET\n".encode() if text else b""
    sheet.Contents = pikepdf.Stream(document, text_code + drawn + more)
    for name, value in keys.items():
        document.docinfo[f"/{name}"] = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def leaks_in(tmp_path: Path, data: bytes, secrecy: Secrecy, burned: list[Burned]) -> set[Leak]:
    path = tmp_path / "finished.pdf"
    path.write_bytes(data)
    return set(check.leaks(path, secrecy, burned))


def test_the_check_finds_each_known_fault(tmp_path: Path) -> None:
    import hashlib

    data, box = black_picture()
    plain, _ = black_picture(2)
    digest = hashlib.sha256(data).hexdigest()
    burned, secrecy = [Burned(digest, (box,))], Secrecy((NUMBER,), ("pay 100 today",), ())
    good = page([data], "40 40 Td (nothing is here) Tj")
    assert leaks_in(tmp_path, good, secrecy, burned) == set()
    leaks = {Leak.WORDS, Leak.WORDS_AGAIN, Leak.STRING}
    # A box over live text, elsewhere and under the picture itself.
    over = b"0 g 30 30 200 30 re f\n"
    text_code = f"40 40 Td ({NUMBER}) Tj"
    assert leaks_in(tmp_path, page([data], text_code, over), secrecy, burned) == leaks
    # The boxes are at y 220 to 240 of the page; any words there are told, whatever they are.
    under = page([data], "40 245 Td (sister) Tj")
    assert leaks_in(tmp_path, under, secrecy, burned) == {Leak.UNDER_BOX}
    # Words that are broken over lines, and a passage around what was chosen.
    broken = page([data], f"40 60 Td ({NUMBER[:5]}) Tj 0 -14 Td ({NUMBER[5:]}) Tj")
    assert leaks_in(tmp_path, broken, secrecy, burned) == {Leak.WORDS, Leak.WORDS_AGAIN}
    passage = page([data], "40 40 Td (please pay  100 today) Tj")
    assert Leak.WORDS in leaks_in(tmp_path, passage, secrecy, burned)
    # What no page shows.
    titled = page([data], Title=f"call of {NUMBER}")
    assert leaks_in(tmp_path, titled, secrecy, burned) == {Leak.STRING}
    # The text was removed, but there is no box.
    unmarked = [Burned(hashlib.sha256(plain).hexdigest(), (Region(0, 0.6, 0.5, 0.3),))]
    assert Leak.NOT_BLACK in leaks_in(tmp_path, page([plain]), secrecy, unmarked)
    # Something is drawn over the box, so that it is not shown black.
    cover = b"1 g 0 190 400 100 re f\n"
    assert leaks_in(tmp_path, page([data], "", cover), secrecy, burned) == {Leak.NOT_RENDERED}
    # The picture is not there at all, and an original is.
    assert leaks_in(tmp_path, page([]), secrecy, burned) == {Leak.LOST}
    original = Secrecy((), (), (hashlib.sha256(plain).hexdigest(),))
    assert leaks_in(tmp_path, page([data, plain]), original, burned) == {Leak.STREAM}


def test_hidden_words_in_streams_are_found_in_every_coding(tmp_path: Path) -> None:
    for coding in ("utf-8", "utf-16-be", "gb18030"):
        document = pikepdf.new()
        document.add_blank_page()
        document.Root.Extra = pikepdf.Stream(document, f"Zeuge 欧阳娜娜 {NUMBER}".encode(coding))
        out = io.BytesIO()
        document.save(out, compress_streams=True)
        for word in ("欧阳娜娜", NUMBER):
            assert Leak.STRING in leaks_in(tmp_path, out.getvalue(), Secrecy((word,)), [])
