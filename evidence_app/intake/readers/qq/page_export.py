"""Chats that QQ for computers exported as a page with its pictures: one ``.mht`` file.

The page is turned into what QQ writes as text, row by row, and read as that.
"""

from __future__ import annotations

import binascii
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, BinaryIO, cast

from evidence_app.intake.readers.qq import text_export
from evidence_app.intake.records import Description, Enclosure, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)

_HEAD = 2048
_SIGNS = (b"Tencent MsgMgr", b"Tencent IM Message")
_BOUNDARY = re.compile(rb'boundary="([^"\r\n]{1,200})"', re.I)
_FIELD = re.compile(rb"(Content-Type|Content-Location)[ \t]*:[ \t]*([^\r\n;]+)", re.I)
_PIECE = 1 << 16
_LONGEST_ROW = 4 << 20
_IN_MEMORY = 16 << 20
_DAY = re.compile(r"日期[:：]\s*(\d{4}-\d{1,2}-\d{1,2})")
_TARGET = re.compile(r"消息(?:分组|对象)[:：].*", re.S)
_MESSAGE = re.compile(r"(?P<name>[^\n]*)\n(?P<clock>\d{1,2}:\d{2}:\d{2}(?: ?[AP]M)?)", re.I)
_RULE = "=" * 64
_PICTURE = "[图片]"
_ENDINGS = {b"image/jpeg": "jpg", b"image/png": "png", b"image/gif": "gif", b"image/bmp": "bmp"}


def recognises(source: Source) -> bool:
    """Whether QQ says that it wrote the file."""
    head = source.stream.read(_HEAD)
    return all(sign in head for sign in _SIGNS) and _BOUNDARY.search(head) is not None


def read(source: Source) -> Iterator[Record]:
    """Every message with its pictures, as `text_export` reads them."""
    source.stream.seek(0)
    match = _BOUNDARY.search(source.stream.read(_HEAD))
    assert match is not None
    source.stream.seek(0)
    parts = _Parts(source, b"--" + match[1])
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as buffer:
        page = _AsText(buffer)
        for row in _rows(parts):
            page.take(row)
        text = replace(source, stream=cast(BinaryIO, buffer), size=buffer.tell())
        yield from page.placed(text_export.read(text))
    yield from parts.files()


@dataclass(slots=True)
class _Parts:
    """The parts of the file, one after the other."""

    source: Source
    boundary: bytes

    def page(self) -> Iterator[bytes]:
        """The bytes of the first part, which is the page."""
        self._fields()
        yield from self._body()

    def files(self) -> Iterator[Enclosure]:
        """The other parts: pictures."""
        while fields := self._fields():
            key = fields.get(b"content-location", b"").decode("utf-8", "replace")
            ending = _ENDINGS.get(fields.get(b"content-type", b"").lower(), "")
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
                for line in self._body():
                    content.write(_decoded(line))
                content.seek(0)
                if key:
                    stem = key.removesuffix(".dat")
                    name = f"{stem}.{ending}" if ending else key
                    yield Enclosure(key, name, cast(BinaryIO, content))

    def _fields(self) -> dict[bytes, bytes]:
        """What is said of the next part; nothing if there is none."""
        fields: dict[bytes, bytes] = {}
        is_inside = False
        while line := self.source.stream.readline(_PIECE):
            self.source.alive()
            if line.startswith(self.boundary):
                is_inside = True
            elif is_inside and not line.strip():
                return fields or {b"content-type": b""}
            elif is_inside and (match := _FIELD.match(line)) is not None:
                fields[match[1].lower()] = match[2].strip()
        return {}

    def _body(self) -> Iterator[bytes]:
        """The lines of a part; the line that begins the next one is left where it is."""
        stream = self.source.stream
        while True:
            at = stream.tell()
            line = stream.readline(_PIECE)
            if not line or line.startswith(self.boundary):
                stream.seek(at)
                return
            self.source.alive()
            yield line


def _decoded(line: bytes) -> bytes:
    try:
        return binascii.a2b_base64(line)
    except binascii.Error:
        return b""


def _rows(parts: _Parts) -> Iterator[str]:
    """The rows of the page's table, as HTML."""
    waiting = b""
    for piece in parts.page():
        waiting += piece
        if b"</tr>" in piece or len(waiting) > _LONGEST_ROW:
            *rows, waiting = waiting.split(b"</tr>")
            yield from (row.decode("utf-8", "replace") for row in rows)
            waiting = waiting[-_LONGEST_ROW:]
    yield waiting.decode("utf-8", "replace")


class _AsText:
    """Writes the rows as QQ's own text, and remembers where each of them stands there."""

    def __init__(self, buffer: IO[bytes]) -> None:
        self._buffer = buffer
        self._day = ""
        self._lines = 0
        self._row = 0
        self._places: dict[int, int] = {}
        self._files: dict[int, tuple[str, ...]] = {}

    def take(self, row: str) -> None:
        """Take in one row."""
        self._row += 1
        text, files = _text_and_files(row)
        day, message = _DAY.fullmatch(text), _MESSAGE.match(text)
        if day is not None:
            self._day = day[1]
        elif _TARGET.fullmatch(text):
            self._write(f"{_RULE}\n{text}\n{_RULE}\n\n")
        elif message is not None:
            body = text[message.end() :].strip()
            self._files[self._row] = files
            self._write(f"{self._day} {message['clock']} {message['name'].strip()}\n{body}\n\n")
        elif text:
            self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        count = text.count("\n")
        self._places.update((self._lines + n, self._row) for n in range(1, count + 1))
        self._lines += count
        self._buffer.write(text.encode("utf-8", "replace"))

    def placed(self, records: Iterator[Record]) -> Iterator[Record]:
        """The same records, at their rows in the page, and with their pictures."""
        for record in records:
            match record:
                case Description():
                    yield Description(ItemKind.MESSAGES, "multipart/related", reader=record.reader)
                case EventRecord() if record.place is not None:
                    place = self._place(record.place)
                    yield replace(record, place=place, enclosed=self._files.get(place.number, ()))
                case TextBlock() | SkippedEntry() if record.place is not None:
                    yield replace(record, place=self._place(record.place))
                case Notice() if record.message.code is MessageCode.MEDIA_LEFT_OUT:
                    if not any(self._files.values()):
                        yield record
                case _:
                    yield record

    def _place(self, place: SourcePlace) -> SourcePlace:
        return SourcePlace(PlaceUnit.ENTRY, self._places.get(place.number, 1))


def _text_and_files(row: str) -> tuple[str, tuple[str, ...]]:
    """What stands in a row, each block on a line of its own, and which pictures."""
    from lxml import etree
    from lxml import html as pages

    try:
        tree = pages.document_fromstring(f"<table>{row}</tr></table>")
    except (etree.ParserError, ValueError):
        return "", ()
    files: list[str] = []
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str) or element.tag in ("style", "title", "script"):
            continue
        if event == "start":
            parts.append(_before(element.tag, element.get("src"), files))
            parts.append(element.text or "")
        else:
            parts.append("\n" if element.tag == "div" else "")
            parts.append(element.tail or "")
    lines = "".join(parts).replace("\u00a0", " ").split("\n")
    return "\n".join(line.strip() for line in lines).strip(), tuple(files)


def _before(tag: str, address: str | None, files: list[str]) -> str:
    if tag == "img":
        files.extend([address] if address else [])
        return _PICTURE
    return "\n" if tag == "br" else ""
