"""JSON of any size, as a run of the values in it; the lists that hold entries are never whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.records import Source

Path = tuple[str, ...]
"""Keys from the outside in; `ITEM` stands for whichever place in a list."""

ITEM = "*"
OPENED = object()
"""The value of a list or object whose contents follow one by one."""

_PIECE = 1 << 16
_SHOWN = 500
_DEEPEST_SIGN = 6
_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})
_Events = Iterator[tuple[str, Any]]


class BrokenJsonError(Exception):
    """The text is cut off or no JSON from here on."""


def values(stream: BinaryIO, is_open: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    """Every value with its path, from the beginning of the stream.

    Args:
        stream: Seekable.
        is_open: Whether the list or object at a path is told as `OPENED`, and then its contents
            one by one; any other is told whole.

    Raises:
        BrokenJsonError: Nothing more can be read.
    """
    events = _events(stream)
    keys: list[str] = []
    for event, value in events:
        if event == "map_key":
            keys[-1] = value
        elif event in _ENDS:
            keys.pop()
        else:
            path = tuple(keys)
            if event not in _STARTS:
                yield path, value
            elif is_open(path):
                yield path, OPENED
                keys.append(ITEM)
            else:
                yield path, _built(event, events)


def signs(source: Source) -> Mapping[Path, Any]:
    """The first value at every path in the head of a file; nothing if the file is no JSON."""
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    first_values: dict[Path, Any] = {}
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith((b"{", b"[")):
        return first_values
    try:
        for path, value in values(io.BytesIO(head), lambda path: len(path) < _DEEPEST_SIGN):
            first_values.setdefault(path, value)
    except BrokenJsonError:
        pass
    return first_values


def written(value: Any) -> str:
    """A single value as words; nothing for null and for whatever holds other values."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict | list) else str(value)


def plain_fields(entry: Mapping[str, Any], without: frozenset[str]) -> dict[str, str]:
    """The single values of an entry as words."""
    return {
        name: text
        for name, value in entry.items()
        if name not in without and (text := written(value))
    }


def shortened(entry: Any) -> str:
    """An entry in few words, to show what was skipped."""
    if not isinstance(entry, dict):
        return written(entry)[:_SHOWN]
    fields = plain_fields(entry, frozenset())
    return " ".join(f'{name}="{value}"' for name, value in fields.items())[:_SHOWN]


def _events(stream: BinaryIO) -> _Events:
    import ijson

    try:
        yield from ijson.basic_parse(_Utf8(stream), buf_size=_PIECE)
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        raise BrokenJsonError from error


def _built(event: str, events: _Events) -> Any:
    """The list or object that has just begun."""
    root = _empty(event)
    holders, keys = [root], [ITEM]
    for event, value in events:
        if event == "map_key":
            keys[-1] = value
        elif event in _ENDS:
            holders.pop()
            keys.pop()
            if not holders:
                break
        else:
            node = _empty(event) if event in _STARTS else value
            if isinstance(holders[-1], list):
                holders[-1].append(node)
            else:
                holders[-1][keys[-1]] = node
            if event in _STARTS:
                holders.append(node)
                keys.append(ITEM)
    return root


def _empty(event: str) -> Any:
    return {} if event == "start_map" else []


class _Utf8:
    """A text as sound UTF-8 without a mark, whatever its encoding; broken characters become �."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        head = stream.read(4)
        stream.seek(0)
        name = encoding_of(head) or "utf-8"
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(
            name if name.startswith("utf-16") else "utf-8-sig"
        )("replace")

    def read(self, size: int = -1) -> bytes:
        """The next piece, empty at the end; it may be longer than asked for."""
        while size:
            piece = self._stream.read(size)
            text = self._decoder.decode(piece, final=not piece)
            if text or not piece:
                return text.encode("utf-8", "replace")
        return b""
