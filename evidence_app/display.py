"""Whether there is a screen on which a window can open.

Qt ends the whole program where there is none, so this is asked before Qt is loaded.
"""

from __future__ import annotations

import ctypes
import os
import sys


def is_reachable() -> bool:
    """Whether a window can open: a screen is named, and somebody answers there."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers() or _x11_answers()


def _x11_answers() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    xcb = _library("libxcb.so.1")
    if xcb is None:
        return True  # Qt says better than we could that this library is missing.
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers() -> bool:
    if not os.environ.get("WAYLAND_DISPLAY"):
        return False
    wayland = _library("libwayland-client.so.0")
    if wayland is None:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(None)
    if not connection:
        return False
    wayland.wl_display_disconnect(connection)
    return True


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
