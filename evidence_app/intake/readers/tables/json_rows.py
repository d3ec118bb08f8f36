"""Lists of flat JSON objects as tables: the names of their values are the heading."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

_MOST = 32 << 20
_LEAST_ALIKE = 0.8
_MOST_NAMES = 60

Value = str | float | int | bool


def begins_as_json(head: bytes) -> bool:
    """Whether a file that begins so may be a list of objects, or objects in lines."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"[", b"{"))


def rows_of(stream: BinaryIO) -> list[list[Value]]:
    """The heading and the rows of the list of objects in a file; nothing if it is none."""
    stream.seek(0)
    data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        return []
    listed = _objects(data.removeprefix(b"\xef\xbb\xbf"))
    names = list(dict.fromkeys(name for record in listed for name in record))
    if not listed:
        return []
    shared = set(listed[0]) & set(listed[-1])
    alike = sum(set(record) >= shared for record in listed)
    if len(names) > _MOST_NAMES or alike < len(listed) * _LEAST_ALIKE:
        return []
    return [[*names], *([_cell(record.get(name)) for name in names] for record in listed)]


def _objects(data: bytes) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return list(_lines(data))
    values = list(document.values()) if isinstance(document, dict) else [document]
    lists = [value for value in values if isinstance(value, list)]
    return [entry for entry in max(lists, key=len, default=[]) if isinstance(entry, dict)]


def _lines(data: bytes) -> Iterator[Mapping[str, Any]]:
    for line in data.splitlines():
        try:
            entry = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            return
        if isinstance(entry, dict):
            yield entry


def _cell(value: Any) -> Value:
    if value is None or isinstance(value, dict | list):
        return ""
    return value if isinstance(value, str | int | float) else str(value)
