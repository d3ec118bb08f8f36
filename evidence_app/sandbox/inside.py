"""The beginning of a closed-off process: its pipes are taken, then all else is given up."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from evidence_app.sandbox import frames
from evidence_app.sandbox.protection import Protection
from evidence_app.sandbox.room import LARGEST_FILE, Room, free_bytes, program_files

READY = "ready"


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
