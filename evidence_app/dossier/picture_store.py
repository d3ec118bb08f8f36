"""The pictures of a dossier, kept in a file of their own until the dossier is put together.

The pages only name them. So no picture is held in memory, and none is written twice.
"""

from __future__ import annotations

import re
import shutil
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB"}
_BITS = (1, 2, 4, 8)
_MOST_SIDE = 1 << 20
_PALETTE = re.compile("(?:[0-9a-f]{6}){1,256}")
_NAME = "picture-{}"
_PNG = b"\x89PNG\r\n\x1a\n"
_GREY_TYPE, _RGB_TYPE, _PALETTE_TYPE = 0, 2, 3


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A picture as a PDF file holds it.

    Attributes:
        path: Where its data is, until `PictureStore.add` takes it.
        width: In pixels.
        height: In pixels.
        is_jpeg: Whether the data is a JPEG file; else the compressed rows of a PNG file.
        colours: Components of a pixel, 1 or 3.
        bits: Of a component.
        palette: Red, green and blue of each value in hexadecimal digits; empty without one.
        is_foreign: Whether it is of a page whose letters may not all be shown, because the
            document does not hold their fonts.
        is_burned: Whether something in it is blacked out.
    """

    path: Path
    width: int
    height: int
    is_jpeg: bool = True
    colours: int = 3
    bits: int = 8
    palette: str = ""
    is_foreign: bool = False
    is_burned: bool = False

    def __post_init__(self) -> None:
        sides = (self.width, self.height)
        fits = all(isinstance(side, int) and 0 < side < _MOST_SIDE for side in sides)
        is_known = self.colours in _COLOURS and self.bits in _BITS
        if not fits or not is_known or (self.palette and not _PALETTE.fullmatch(self.palette)):
            raise ValueError("no picture can be like that")

    @classmethod
    def of(cls, path: Path, values: Mapping[str, Any]) -> PrintForm:
        """What a closed-off process says of a picture that it made.

        Raises:
            LookupError, TypeError, ValueError: It is no picture.
        """
        names = ("width", "height", "is_jpeg", "colours", "bits", "palette")
        is_foreign = bool(values.get("is_foreign"))
        return cls(path, **{name: values[name] for name in names}, is_foreign=is_foreign)

    def as_file(self) -> bytes:
        """The picture as a file of its own: JPEG, or PNG around the rows that it has."""
        data = self.path.read_bytes()
        if self.is_jpeg:
            return data
        kind = _PALETTE_TYPE if self.palette else _GREY_TYPE if self.colours == 1 else _RGB_TYPE
        header = struct.pack(">IIBBBBB", self.width, self.height, self.bits, kind, 0, 0, 0)
        parts = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
        if self.palette:
            parts.insert(1, (b"PLTE", bytes.fromhex(self.palette)))
        return _PNG + b"".join(_chunk(name, part) for name, part in parts)

    def dictionary(self, length: int) -> str:
        """The head of its stream."""
        colours = _COLOURS[self.colours]
        if self.palette:
            last = len(self.palette) // 6 - 1
            colours = f"[/Indexed /DeviceRGB {last} <{self.palette}>]"
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {self.width} /Height {self.height} "
            f"/ColorSpace {colours} /BitsPerComponent {self.bits} /Length {length} "
        )
        if self.is_jpeg:
            return f"{head}/Filter /DCTDecode >>"
        return (
            f"{head}/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {self.colours} "
            f"/BitsPerComponent {self.bits} /Columns {self.width} >> >>"
        )


def _chunk(name: bytes, data: bytes) -> bytes:
    checked = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checked)


class PictureStore:
    """A PDF file that has pictures and no pages; use it as a context manager.

    Object ``n`` of the file is the picture that pages show by the name ``picture-n``.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(b"%PDF-1.7\n")
        self._offsets: list[int] = []
        self._numbers: dict[Path, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._file.close()

    def add(self, picture: PrintForm) -> str:
        """Keep a picture, once; return the name by which pages show it."""
        number = self._numbers.get(picture.path)
        if number is None:
            number = self._numbers[picture.path] = len(self._offsets) + 1
            size = picture.path.stat().st_size
            self._begin_object(f"{picture.dictionary(size)}\nstream\n")
            with picture.path.open("rb") as data:
                shutil.copyfileobj(data, self._file, 1 << 20)
            self._file.write(b"\nendstream\nendobj\n")
        return _NAME.format(number)

    def names(self) -> Iterator[str]:
        """The names of all pictures."""
        return (_NAME.format(number) for number in range(1, len(self._offsets) + 1))

    def _begin_object(self, head: str) -> None:
        self._offsets.append(self._file.tell())
        self._file.write(f"{len(self._offsets)} 0 obj\n{head}".encode())

    def _finish(self) -> None:
        root = len(self._offsets) + 1
        self._begin_object(f"<< /Type /Catalog /Pages {root + 1} 0 R >>\nendobj\n")
        self._begin_object("<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n")
        start, count = self._file.tell(), len(self._offsets) + 1
        self._file.write(f"xref\n0 {count}\n0000000000 65535 f \n".encode())
        for offset in self._offsets:
            self._file.write(f"{offset:010} 00000 n \n".encode())
        trailer = f"trailer\n<< /Size {count} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF\n"
        self._file.write(trailer.encode())
