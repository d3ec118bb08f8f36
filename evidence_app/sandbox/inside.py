"""The beginning of a closed-off process: its pipes are taken, then all else is given up."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from evidence_app.sandbox import frames
from evidence_app.sandbox.protection import Protection
from evidence_app.sandbox.room import LARGEST_FILE, Room, free_bytes, program_files

READY = "ready"


class Request(NamedTuple):
    """What the program asks.

    Attributes:
        head: What is to be done.
        inlet: From where the files for it come.
        outlet: Where the answer goes.
    """

    head: dict[str, Any]
    inlet: BinaryIO
    outlet: BinaryIO


def enter(memory: int) -> tuple[BinaryIO, BinaryIO]:
    """Close this process off before it sees a byte of a stranger; tell the program how well.

    Args:
        memory: Bytes of address space that it may use.

    Returns:
        The pipes from the program and to it.
    """
    inlet, outlet = _pipes()
    own = Path(tempfile.gettempdir())
    largest = min(LARGEST_FILE, free_bytes(own) // 2)
    room = Room(own, memory, program_files(), largest_file=largest)
    frames.write_frame(outlet, [READY, confine(room).values()])
    return inlet, outlet


def requests(memory: int) -> Iterator[Request]:
    """Close this process off, then give the requests of the program until there are no more."""
    inlet, outlet = enter(memory)
    while True:
        try:
            head = frames.read_frame(inlet).head
        except EOFError:
            return
        yield Request(head, inlet, outlet)


def serve_files(
    memory: int,
    work: Callable[[dict[str, Any], Path, Path], dict[str, Any]],
    sends_file: Callable[[dict[str, Any]], bool] = lambda head: True,
) -> None:
    """Make files of files until there are no more requests; see `Child.ask`.

    Args:
        memory: Bytes of address space that it may use.
        work: Gets what is asked, the file that was sent last, and where a new one may be made; it
            says something of that.
        sends_file: Whether a file comes with a request.
    """
    folder = Path(tempfile.gettempdir())
    source, target = folder / "source", folder / "target"
    for request in requests(memory):
        if sends_file(request.head):
            with source.open("wb") as received:
                frames.read_file(request.inlet, received)
        target.unlink(missing_ok=True)
        try:
            answer = work(request.head, source, target)
        except Exception as error:  # whatever a decoder raises, there is no file
            answer = {"error": f"{type(error).__name__}: {error}"}
        frames.write_frame(request.outlet, answer)
        if "error" not in answer and target.exists():
            with target.open("rb") as file:
                frames.write_file(request.outlet, file)


def confine(room: Room) -> Protection:
    """Close this process off, for good."""
    if sys.platform == "linux":
        from evidence_app.sandbox import linux
        from evidence_app.sandbox.kernel import RealKernel

        return linux.confine(RealKernel(), room)
    if sys.platform == "win32":
        from evidence_app.sandbox import windows

        return windows.confine(room.own)
    from evidence_app.sandbox import macos

    return macos.confine(room)


def offered() -> Protection:
    """How well this system can close a process off."""
    if sys.platform == "linux":
        from evidence_app.sandbox import linux
        from evidence_app.sandbox.kernel import RealKernel

        return linux.offered(RealKernel())
    if sys.platform == "win32":
        from evidence_app.sandbox import windows

        return windows.offered()
    from evidence_app.sandbox import macos

    return macos.offered()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes; what libraries print goes to standard error instead."""
    inlet = os.fdopen(os.dup(0), "rb", buffering=frames.PIECE)
    outlet = os.fdopen(os.dup(1), "wb", buffering=frames.PIECE)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return inlet, outlet
