"""The closed-off process that looks for what was blacked out in a finished PDF.

It is sent what must not be found (`Secrecy`) and what must be black, then the file; it answers
with the names of `Leak` that it found, and with a name of `left_names` and its page. Looked at are:
the words by two readers, all strings and unpacked streams, the digests of all streams, the files
that lie within, and each burned picture as it is in the file and as its page is rendered, with the
words under it.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from evidence_app.dossier import associated_files
from evidence_app.dossier.redaction import extraction, left_names
from evidence_app.dossier.redaction.blanking import Blanking, folded
from evidence_app.model.region import Region
from evidence_app.sandbox import frames, inside

MEMORY = 6 << 30
"""Bytes of address space that looking through a long document may take."""

_SCALE = 2.0
_DARK = 48
_ENOUGH = 0.9
_EDGE = 2.0
_HEX = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}")
_SPACE = re.compile(r"\s+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-/\u2010-\u2015]+(?=\d)")
_LEAST_BYTES = 6
_OVERLAP = 256
_PACKED = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")


class Leak(StrEnum):
    """What was found."""

    WORDS = "words"
    WORDS_AGAIN = "words, second reader"
    STRING = "strings and streams"
    STREAM = "an original"
    FILE = "a file within it"
    LOST = "a picture that cannot be found"
    NOT_BLACK = "a box that is not black"
    NOT_RENDERED = "a box that is not shown black"
    UNDER_BOX = "words under a box"


@dataclass(frozen=True, slots=True)
class Secrecy:
    """What must not be found in what is exported.

    Attributes:
        words: Wherever they stand, however they are written.
        passages: Texts in whose midst something was blacked out, as they were before.
        sha256: Of files that must not be in it, 64 hexadecimal digits.
        names: Of people, that stand in what was blacked out.
    """

    words: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.passages or self.sha256 or self.names)


@dataclass(frozen=True, slots=True)
class Burned:
    """A picture in which something was blacked out.

    Attributes:
        sha256: Of its JPEG file.
        black: What of it must be black.
    """

    sha256: str
    black: tuple[Region, ...] = field(default=())


def main() -> None:
    """Serve one file."""
    inlet, outlet = inside.enter(MEMORY)
    path = Path(tempfile.gettempdir()) / "finished.pdf"
    request = frames.read_frame(inlet).head
    with path.open("wb") as received:
        frames.read_file(inlet, received)
    secrecy = Secrecy(*(tuple(request[name]) for name in ("words", "passages", "sha256", "names")))
    burned = [
        Burned(entry["sha256"], tuple(Region(*place) for place in entry["black"]))
        for entry in request["burned"]
    ]
    leaked_names: list[tuple[str, int]] = []
    try:
        leak_kinds = sorted({leak.value for leak in leaks(path, secrecy, burned)})
        leaked_names = list(islice(left_names.on_pages(path, secrecy.names), 1))
    except Exception as error:  # what cannot be looked through is not let out
        leak_kinds = [type(error).__name__]
    frames.write_frame(outlet, {"leaks": leak_kinds, "names": leaked_names})


def leaks(path: Path, secrecy: Secrecy, burned: Sequence[Burned]) -> Iterator[Leak]:
    """What of what was blacked out can still be found in a PDF."""
    import pikepdf
    import pypdfium2

    seeker = Seeker(secrecy)
    with pypdfium2.PdfDocument(path) as view:
        text = "\n".join(_text_of(page) for page in view)
        if seeker.is_in(text):
            yield Leak.WORDS
        with pikepdf.open(path) as document:
            again = "\n".join(extraction.words_of(page) for page in document.pages)
            if seeker.is_in(again):
                yield Leak.WORDS_AGAIN
            forbidden = frozenset(secrecy.sha256)
            yield from _in_files(path, document, seeker, forbidden)
            yield from _in_objects(document, seeker, forbidden)
            yield from _in_pictures(document, view, burned)


def _text_of(page: Any) -> str:
    text = page.get_textpage()
    content = str(text.get_text_bounded())
    text.close()
    page.close()
    return content


class Seeker:
    """Finds words in texts and bytes."""

    def __init__(self, secrecy: Secrecy) -> None:
        self._blanking = Blanking(secrecy.words)
        tight = {_tight(phrase) for phrase in (*secrecy.words, *secrecy.passages)}
        self._long = frozenset(phrase for phrase in tight if _is_long(phrase))
        codings = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
        spelled = {word.encode(coding, "replace") for word in secrecy.words for coding in codings}
        hexed = {spelling.hex().encode() for spelling in spelled}
        long_enough = {spelling for spelling in spelled | hexed if len(spelling) >= _LEAST_BYTES}
        self._bytes = long_enough | {
            spelling.upper() for spelling in hexed if len(spelling) >= _LEAST_BYTES
        }

    def is_in(self, text: str) -> bool:
        """Whether a text has any of the words, also if they are broken over lines."""
        plain = _HEX.sub("", folded(text))
        if self._blanking.spans(plain):
            return True
        tight = _tight(plain)
        return any(phrase in tight for phrase in self._long)

    def is_written(self, text: str) -> bool:
        """Whether a text has any of the words within a line."""
        return bool(self._blanking.spans(_HEX.sub("", folded(text))))

    def is_in_bytes(self, data: bytes) -> bool:
        """Whether bytes have any of the words, in the usual codings."""
        return any(spelling in data for spelling in self._bytes)


def _tight(text: str) -> str:
    """The text as it is compared: folded, without blanks, numbers without separators."""
    return _SPACE.sub("", _BETWEEN_DIGITS.sub("", folded(text)))


def _is_long(text: str) -> bool:
    return len(text) >= (4 if any(ord(character) > 0x2E7F for character in text) else 6)


def _in_files(
    path: Path, document: Any, seeker: Seeker, forbidden: frozenset[str]
) -> Iterator[Leak]:
    """What the files that lie within the document show, however large they are."""
    for file in associated_files.read(path, document):
        digest, before = hashlib.sha256(), b""
        for piece in file.pieces:
            digest.update(piece)
            if seeker.is_in_bytes(before + piece):
                yield Leak.FILE
            before = piece[-_OVERLAP:]
        if digest.hexdigest() in forbidden:
            yield Leak.FILE


def _in_objects(document: Any, seeker: Seeker, forbidden: frozenset[str]) -> Iterator[Leak]:
    import pikepdf

    files = {specification.EF.F.objgen for specification in document.Root.get("/AF", ())}
    for pdf_object in document.objects:
        if isinstance(pdf_object, pikepdf.Stream) and pdf_object.objgen not in files:
            raw = pdf_object.read_raw_bytes()
            data = raw if _is_packed(pdf_object) else _unpacked(pdf_object, raw)
            if {hashlib.sha256(raw).hexdigest(), hashlib.sha256(data).hexdigest()} & forbidden:
                yield Leak.STREAM
            if not _is_font(pdf_object) and seeker.is_in_bytes(data):
                yield Leak.STRING
        if any(seeker.is_in(text) for text in _strings(pdf_object, 0)):
            yield Leak.STRING


def _unpacked(stream: Any, raw: bytes) -> bytes:
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return raw


def _is_packed(stream: Any) -> bool:
    """Whether a stream is a picture that has a packing of its own."""
    return any(name in str(stream.get("/Filter", "")) for name in _PACKED)


def _is_font(stream: Any) -> bool:
    return "/Length1" in stream


def _strings(value: Any, depth: int) -> Iterator[str]:
    """All strings within an object, without those of the objects that it refers to."""
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield str(value)
    elif depth < 8 and isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        for _, inner in value.items():
            if not (isinstance(inner, pikepdf.Object) and inner.is_indirect):
                yield from _strings(inner, depth + 1)
    elif depth < 8 and isinstance(value, pikepdf.Array):
        for inner in value:
            if not (isinstance(inner, pikepdf.Object) and inner.is_indirect):
                yield from _strings(inner, depth + 1)


def _in_pictures(document: Any, view: Any, burned: Sequence[Burned]) -> Iterator[Leak]:
    """Whether what must be black is so, in the pictures and where they are shown."""
    if not burned:
        return
    expected = {picture.sha256: picture for picture in burned}
    shares_by_digest: dict[str, list[float]] = {}
    for index, page in enumerate(document.pages):
        digests = digests_of(page)
        if not digests.keys() & expected.keys():
            continue
        sheet = view[index]
        yield from _on_page(sheet, expected, shares_by_digest)
        sheet.close()
    for digest, picture in expected.items():
        if digest not in shares_by_digest:
            yield Leak.LOST
        elif any(share < _ENOUGH for share in shares_by_digest[digest]):
            yield Leak.NOT_RENDERED
        elif len(shares_by_digest[digest]) != len(picture.black):
            yield Leak.LOST


def digests_of(page: Any) -> dict[str, Any]:
    """The pictures that a page or a form on it uses, by the SHA-256 of their packed bytes."""
    pictures: dict[str, Any] = {}
    waiting = [page.obj.get("/Resources")]
    while waiting:
        resources = waiting.pop()
        for drawn in (resources.get("/XObject", {}) if resources is not None else {}).values():
            if drawn.get("/Subtype") == "/Image":
                pictures[hashlib.sha256(drawn.read_raw_bytes()).hexdigest()] = drawn
            elif drawn.get("/Subtype") == "/Form" and len(pictures) < 10_000:
                waiting.append(drawn.get("/Resources"))
    return pictures


def _on_page(
    sheet: Any, expected: dict[str, Burned], shares_by_digest: dict[str, list[float]]
) -> Iterator[Leak]:
    import pypdfium2.raw as raw

    rendered = None
    text = sheet.get_textpage()
    for picture in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        data = bytes(picture.get_data())
        burned = expected.get(hashlib.sha256(data).hexdigest())
        if burned is None:
            continue
        if not _is_black(picture, burned.black):
            yield Leak.NOT_BLACK
        rendered = rendered or sheet.render(scale=_SCALE).to_pil().convert("L")
        shares = shares_by_digest.setdefault(burned.sha256, [0.0] * len(burned.black))
        for number, box in enumerate(burned.black):
            place = _placed(picture.get_bounds(), box)
            share = _dark_share(rendered, place, sheet.get_height())
            shares[number] += share
            black_area = _black_rows(rendered, place, sheet.get_height())
            if black_area is not None and text.get_text_bounded(*black_area).strip():
                yield Leak.UNDER_BOX
    text.close()


def _is_black(picture: Any, black: Iterable[Region]) -> bool:
    """Whether boxes of a picture are black in its own pixels."""
    bitmap = picture.get_bitmap().to_pil().convert("L")
    return all(
        bitmap.crop(_inner(box, bitmap.size)).getextrema()[1] <= _DARK
        for box in black
        if _has_area(_inner(box, bitmap.size))
    )


def _inner(box: Region, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels of a box without its edge, which scaling mixes with what is beside it."""
    left, top = box.left * size[0] + _EDGE, box.top * size[1] + _EDGE
    right = (box.left + box.width) * size[0] - _EDGE
    bottom = (box.top + box.height) * size[1] - _EDGE
    return round(left), round(top), round(right), round(bottom)


def _has_area(pixels: tuple[int, int, int, int]) -> bool:
    return pixels[2] > pixels[0] and pixels[3] > pixels[1]


def _placed(
    bounds: tuple[float, float, float, float], box: Region
) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a box of a picture on the page, in points."""
    left, bottom, right, top = bounds
    wide, tall = right - left, top - bottom
    upper = top - box.top * tall
    start = left + box.left * wide
    return start, upper - box.height * tall, start + box.width * wide, upper


def _rendered_area(
    rendered: Any, place: tuple[float, float, float, float], height: float
) -> tuple[int, int, int, int]:
    """A place of a page in its pixels; it may reach beyond the page."""
    left, bottom, right, top = place
    return (
        max(0, round(left * _SCALE + 1)),
        round((height - top) * _SCALE + 1),
        min(rendered.width, round(right * _SCALE - 1)),
        round((height - bottom) * _SCALE - 1),
    )


def _black_rows(
    rendered: Any, place: tuple[float, float, float, float], height: float
) -> tuple[float, float, float, float] | None:
    """The part of a place that is shown black, of a picture that is cut off; None if none is.

    Of a long picture only a part is shown; what stands beside that is not under the box.
    """
    area = _rendered_area(rendered, place, height)
    first, end = max(0, area[1]), min(rendered.height, area[3])
    if not _has_area((area[0], first, area[2], end)):
        return None
    column = rendered.crop((area[0], first, area[2], end)).resize((1, end - first))
    black = [number for number, value in enumerate(column.tobytes()) if value <= _DARK]
    if not black:
        return None
    upper, lower = first + black[0], first + black[-1] + 1
    return place[0], height - lower / _SCALE, place[2], height - upper / _SCALE


def _dark_share(rendered: Any, place: tuple[float, float, float, float], height: float) -> float:
    """How much of a place of a page is rendered black, 0 to 1."""
    area = _rendered_area(rendered, place, height)
    total = (area[2] - area[0]) * (area[3] - area[1])
    if not _has_area(area):
        return 1.0
    on_page = (area[0], max(0, area[1]), area[2], min(rendered.height, area[3]))
    if not _has_area(on_page):
        return 0.0
    dark: float = sum(rendered.crop(on_page).histogram()[: _DARK + 1])
    return float(dark / total)
