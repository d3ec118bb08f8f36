"""A virtual screen with a window manager."""

import ctypes
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_int, c_long, c_ulong, c_void_p
from pathlib import Path
from typing import Any


class _ClientMessage(ctypes.Structure):
    """An event of X11, as Xlib has it; padded to the size of the largest."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("padding", c_long * 12),
    )


@contextmanager
def _display(name: str) -> Iterator[tuple[Any, c_void_p]]:
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = c_void_p
    x11.XDefaultRootWindow.restype = c_ulong
    x11.XInternAtom.restype = c_ulong
    display = c_void_p(x11.XOpenDisplay(name.encode()))
    x11.XDefaultRootWindow.argtypes = [c_void_p]
    x11.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, c_void_p]
    try:
        yield x11, display
    finally:
        x11.XCloseDisplay(display)


class Screen:
    """A virtual screen with a window manager, and the programs on it."""

    def __init__(self, home: Path) -> None:
        self._programs: list[subprocess.Popen[bytes]] = []
        reading, writing = os.pipe()
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x760x24"]
        self._server = subprocess.Popen(
            server, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writing)
        with os.fdopen(reading) as stream:
            display = stream.readline().strip()
        self.environment = {
            **os.environ,
            "DISPLAY": f":{display}",
            "QT_QPA_PLATFORM": "xcb",
            "EVIDENCE_APP_HOME": str(home),
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
        }
        self.start("openbox")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._programs.append(program)
        return program

    def do(self, *arguments: object) -> str:
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def place(self, find: tuple[str, str], where: tuple[int, int, int, int]) -> str:
        window_id = wait_for(lambda: self.do("search", "--onlyvisible", *find).split("\n")[-1])
        x, y, width, height = where
        self.do("windowsize", "--sync", window_id, width, height)
        self.do("windowmove", window_id, x, y)
        self.do("windowactivate", "--sync", window_id)
        return window_id

    def ask_to_close(self, window: int) -> None:
        """Ask for a window to be closed as a panel does; the window manager passes it on."""
        with _display(self.environment["DISPLAY"]) as (x11, display):
            atom = x11.XInternAtom(display, b"_NET_CLOSE_WINDOW", False)
            event = _ClientMessage(33, 0, True, display, window, atom, 32, (0, 1, 0, 0, 0))
            root = x11.XDefaultRootWindow(display)
            to_manager = (1 << 19) | (1 << 20)
            x11.XSendEvent(display, root, False, to_manager, ctypes.byref(event))
            x11.XSync(display, False)

    def close(self) -> None:
        for program in reversed(self._programs):
            program.kill()
            program.wait()
        self._server.terminate()
        self._server.wait()


def wait_for(check: Callable[[], object], seconds: float = 40) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = check()
        if value:
            return str(value)
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")
