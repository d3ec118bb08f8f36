"""The properties of an Outlook item as a ``.msg`` file stores them (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import olefile

from evidence_app.intake.readers.mail.charsets import Charsets

SUBJECT, BODY, HTML, HEADERS, RTF = 0x0037, 0x1000, 0x1013, 0x007D, 0x1009
SENT, RECEIVED, MESSAGE_CLASS = 0x0039, 0x0E06, 0x001A
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
NAME, ADDRESS, SMTP = 0x3001, 0x3003, 0x39FE
FILE_DATA, LONG_NAME, SHORT_NAME, METHOD = 0x3701, 0x3707, 0x3704, 0x3705
EMBEDDED = 5
"""The method of an attachment that is an Outlook item itself."""

_CODE_PAGE, _INTERNET_CODE_PAGE = 0x3FFD, 0x3FDE
_UNICODE, _BYTES, _BINARY, _LONG, _TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
_ENTRY = struct.Struct("<HHI8s")
_HEADER_SIZES = {"": 32, "__substg": 24, "__recip_": 8, "__attach": 8}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_LARGEST = 200 << 20
_UTF_8 = 65001


class Storage:
    """One item, receiver or attachment in the file.

    Args:
        file: The file.
        path: Where in it, as the names of the folders above; nothing for the item itself.
        charsets: In which encodings its texts may be that are not Unicode.
    """

    def __init__(
        self, file: olefile.OleFileIO, path: tuple[str, ...], charsets: Charsets | None = None
    ) -> None:
        self._file = file
        self._path = path
        self._fixed = dict(self._properties())
        self._charsets = charsets or self._own_charsets()

    def text(self, *tags: int) -> str:
        """The first text of these properties that is not empty."""
        for tag in tags:
            if (data := self._stream(tag, _UNICODE)) is not None:
                text = data.decode("utf-16-le", "replace")
            else:
                text = self._charsets.unlabelled(self._stream(tag, _BYTES) or b"")
            if text := text.rstrip("\0").strip():
                return text
        return ""

    def page(self) -> str:
        """The words as a page, empty if there are none."""
        data = self._stream(HTML, _BINARY)
        if data is None:
            return self.text(HTML)
        page = self._number(_INTERNET_CODE_PAGE)
        data = data.rstrip(b"\0")
        return self._charsets.labelled(data, _charset(page) if page else "")

    def data(self, tag: int) -> bytes | None:
        """Bytes, or None."""
        return self._stream(tag, _BINARY)

    def number(self, tag: int) -> int:
        """A number, 0 if there is none."""
        return self._number(tag) or 0

    def time(self, tag: int) -> datetime | None:
        """A time, or None."""
        value = self._fixed.get((tag, _TIME))
        ticks = int.from_bytes(value, "little") if value is not None else 0
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def inside(self, prefix: str) -> Iterator[Storage]:
        """The receivers (``__recip_``) or attachments (``__attach``) of the item."""
        depth = len(self._path)
        names = {
            path[depth]
            for path in self._file.listdir(streams=False, storages=True)
            if len(path) == depth + 1 and tuple(path[:depth]) == self._path
        }
        for name in sorted(names):
            if name.startswith(prefix):
                yield Storage(self._file, (*self._path, name), self._charsets)

    def has_stream(self, tag: int) -> bool:
        """Whether there are bytes of that property."""
        return self._stream(tag, _BINARY) is not None

    def _own_charsets(self) -> Charsets:
        pages = [self._number(tag) for tag in (_INTERNET_CODE_PAGE, _CODE_PAGE)]
        return Charsets(_charset(page) for page in pages if page)

    def _number(self, tag: int) -> int | None:
        value = self._fixed.get((tag, _LONG))
        return int.from_bytes(value[:4], "little") if value is not None else None

    def _stream(self, tag: int, kind: int) -> bytes | None:
        return self._read(f"__substg1.0_{tag:04X}{kind:04X}")

    def _read(self, name: str) -> bytes | None:
        path = "/".join((*self._path, name))
        if self._file.get_type(path) != olefile.STGTY_STREAM:
            return None
        if self._file.get_size(path) > _LARGEST:
            return None
        with self._file.openstream(path) as stream:
            return bytes(stream.read())

    def _properties(self) -> Iterator[tuple[tuple[int, int], bytes]]:
        """The values of fixed size by tag and type."""
        data = self._read("__properties_version1.0") or b""
        last = self._path[-1][:8] if self._path else ""
        for place in range(_HEADER_SIZES.get(last, 8), len(data) - _ENTRY.size + 1, _ENTRY.size):
            kind, tag, _flags, value = _ENTRY.unpack_from(data, place)
            yield (tag, kind), value


def _charset(page: int) -> str:
    return "utf-8" if page == _UTF_8 else f"cp{page}"
