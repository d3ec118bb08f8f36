"""Requests of the desktop to close the window while a dialog is open.

Qt drops them: a window that a modal dialog blocks is asked nothing. So they are taken from the
messages of the system itself (X11, Windows) while there is such a dialog. Wayland and macOS show
no such messages; there the dialog is closed first, or the program by its keys.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_WM_CLOSE = 0x0010
_CLIENT_MESSAGE = 33
_SENT = 0x80
"""Set in the type of an event that another program sent."""


class _ClientMessage(ctypes.Structure):
    """What a window manager sends: ``xcb_client_message_event_t``."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("format", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("window", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("data", ctypes.c_uint32 * 5),
    )


class _Message(ctypes.Structure):
    """What Windows sends: the beginning of ``MSG``."""

    _fields_ = (("window", ctypes.c_void_p), ("message", wintypes.UINT))


class CloseRequests(QObject):
    """Watches for them as long as a dialog blocks the window.

    Attributes:
        asked: The window is asked to close.
    """

    asked = Signal()
    _noticed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._messages = SystemMessages(self)
        # What follows must not happen while Qt is still at the message.
        self._noticed.connect(self.asked, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin when a dialog opens, and end when the last one is closed."""
        application = QGuiApplication.instance()
        if application is not None and event.type() is QEvent.Type.WindowBlocked:
            self._messages.watch(int(self._window.winId()))
            application.installNativeEventFilter(self._messages)
        elif application is not None and event.type() is QEvent.Type.WindowUnblocked:
            application.removeNativeEventFilter(self._messages)
        return False

    def notice(self) -> None:
        """There is a request."""
        self._noticed.emit()


class SystemMessages(QAbstractNativeEventFilter):
    """Looks at the messages of the system; each of them goes its way all the same."""

    def __init__(self, requests: CloseRequests) -> None:
        super().__init__()
        self._requests = requests
        self._window = 0
        self._delete_window = 0

    def watch(self, window: int) -> None:
        """Say for which window, by the number that the system gives it."""
        self._window = window
        self._delete_window = self._delete_window or _x11_atom(b"WM_DELETE_WINDOW")

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, address: int, /
    ) -> object:
        """Notice a request."""
        if kind == b"xcb_generic_event_t":
            is_request = self._is_delete_window(int(address))
        else:
            is_request = kind == b"windows_generic_MSG" and self._is_close(int(address))
        if is_request:
            self._requests.notice()
        return False, 0

    def _is_delete_window(self, address: int) -> bool:
        event = _ClientMessage.from_address(address)
        is_message = event.response_type & ~_SENT == _CLIENT_MESSAGE
        close_request = self._window, self._delete_window
        return bool(is_message and (event.window, event.data[0]) == close_request)

    def _is_close(self, address: int) -> bool:
        message = _Message.from_address(address)
        return bool(message.message == _WM_CLOSE and message.window == self._window)


def _x11_atom(name: bytes) -> int:
    """The number of a name on this X server; 0 elsewhere."""
    # Elsewhere Qt's own class for it is missing, or of use to nobody: its calls end the program.
    if QGuiApplication.platformName() != "xcb":
        return 0
    from PySide6.QtGui import QNativeInterface

    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    native = application.nativeInterface()
    assert isinstance(native, QNativeInterface.QX11Application)
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = ctypes.c_ulong
    return int(x11.XInternAtom(native.display(), name, 0))
