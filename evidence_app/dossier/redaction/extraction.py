"""A second reader of the words of a PDF, beside pdfium: from its operators and character maps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SINGLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SECTIONS = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_DEEPEST = 12


def words_of(page: Any) -> str:
    """What the text operators of a page and its forms write; one line for each of them."""
    return "\n".join(_written(page, page.obj.get("/Resources"), 0, {}))


def _written(content: Any, resources: Any, depth: int, maps: dict[Any, Any]) -> Iterator[str]:
    import pikepdf

    if depth > _DEEPEST:
        return
    characters: dict[bytes, str] = {}
    width = 1
    for instruction in pikepdf.parse_content_stream(content):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "Tf":
            characters, width = _font(resources, operands[0], maps)
        elif name in ("Tj", "'", '"', "TJ"):
            yield "".join(_decoded(operands[-1], characters, width))
        elif name == "Do":
            yield from _drawn(resources, operands[0], depth, maps)


def _drawn(resources: Any, name: Any, depth: int, maps: dict[Any, Any]) -> Iterator[str]:
    drawn = resources.get("/XObject", {}).get(str(name)) if resources is not None else None
    if drawn is not None and drawn.get("/Subtype") == "/Form":
        yield from _written(drawn, drawn.get("/Resources", resources), depth + 1, maps)


def _decoded(written: Any, characters: dict[bytes, str], width: int) -> Iterator[str]:
    import pikepdf

    if isinstance(written, pikepdf.Array):
        for part in written:
            if isinstance(part, pikepdf.String):
                yield from _decoded(part, characters, width)
        return
    data = bytes(written)
    for at in range(0, len(data), width):
        code = data[at : at + width]
        yield characters.get(code, code.decode("latin-1"))


def _font(resources: Any, name: Any, maps: dict[Any, Any]) -> tuple[dict[bytes, str], int]:
    font = resources.get("/Font", {}).get(str(name)) if resources is not None else None
    if font is None:
        return {}, 1
    key = font.objgen
    if key not in maps or key == (0, 0):
        stream = font.get("/ToUnicode")
        characters = _map(stream.read_bytes()) if stream is not None else {}
        maps[key] = characters, 2 if font.get("/Subtype") == "/Type0" else 1
    decoding: tuple[dict[bytes, str], int] = maps[key]
    return decoding


def _map(data: bytes) -> dict[bytes, str]:
    """The characters of a font by their codes."""
    characters: dict[bytes, str] = {}
    for kind, body in _SECTIONS.findall(data):
        if kind == b"bfchar":
            characters |= {_bytes(code): _text(value) for code, value in _SINGLE.findall(body)}
            continue
        for first, last, value in _RANGE.findall(body):
            start, width = int(first, 16), len(first) // 2
            text = _text(value)
            for step in range(min(int(last, 16) - start, 0xFFFF) + 1):
                code = (start + step).to_bytes(width, "big")
                characters[code] = text[:-1] + chr(ord(text[-1]) + step) if text else ""
    return characters


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode())


def _text(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", "replace")
