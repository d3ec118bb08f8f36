"""What goes over the pipes between the program and a closed-off process: JSON and bytes, no code.

A frame is two 4-byte lengths, a JSON text, and bytes.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

_LENGTHS = struct.Struct(">II")
MAX_JSON = 64 << 20
MAX_BYTES = 256 << 20
PIECE = 1 << 20
"""Bytes of a file that travel in one frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What was received.

    Attributes:
        head: The JSON value.
        data: The bytes.
        size: How many bytes came over the pipe.
    """

    head: Any
    data: bytes
    size: int


def write_frame(stream: BinaryIO, head: Any, data: bytes = b"") -> None:
    """Send one frame; half a surrogate pair, which is no character, becomes a question mark.

    Raises:
        OverflowError: It is larger than the other side accepts.
    """
    text = _dumped(head)
    if len(text) > MAX_JSON or len(data) > MAX_BYTES:
        raise OverflowError("a frame would be too large")
    stream.write(_LENGTHS.pack(len(text), len(data)))
    stream.write(text)
    stream.write(data)
    stream.flush()


def _dumped(head: Any) -> bytes:
    try:
        return orjson.dumps(head)
    except TypeError:
        # It refuses half a pair and whole numbers beyond 64 bits, which damaged files have.
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def read_frame(stream: BinaryIO) -> Frame:
    """Receive one frame.

    Raises:
        EOFError: The other side is gone.
        ValueError: It does not keep to the protocol.
    """
    json_size, data_size = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if json_size > MAX_JSON or data_size > MAX_BYTES:
        raise ValueError("a frame is too large")
    head = orjson.loads(_exactly(stream, json_size))
    return Frame(head, _exactly(stream, data_size), _LENGTHS.size + json_size + data_size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def write_file(stream: BinaryIO, file: BinaryIO) -> None:
    """Send a file from where it stands to its end."""
    while piece := file.read(PIECE):
        write_frame(stream, "piece", piece)
    write_frame(stream, "end")


def read_file(stream: BinaryIO, target: BinaryIO) -> None:
    """Receive a file.

    Raises:
        EOFError: The other side is gone.
        ValueError: It does not keep to the protocol.
    """
    while (frame := read_frame(stream)).head != "end":
        target.write(frame.data)
