"""Mends a fault of PySide6 6.12 under Python 3.11: Qt calls that use None up."""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60


def keep_none() -> None:
    """Make None, True and False immortal, as Python itself does from 3.12 on.

    The wheels of PySide6 6.12 are built as if it were so for every Python: each Qt call that
    returns one of them gives away a reference that it does not own. Under Python 3.11 the
    some thousand references run out within a minute, and the interpreter ends the program
    ("none_dealloc: deallocating None"). The count of references is the first field of an
    object in CPython, and ``id`` is its address.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for constant in (None, True, False):
            ctypes.c_ssize_t.from_address(id(constant)).value = _PLENTY
