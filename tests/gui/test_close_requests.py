"""What the systems send when a window is to be closed; the real thing is in `e2e/test_closing`."""

import ctypes
from ctypes import wintypes

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidence_app.gui.background.close_requests import CloseRequests, SystemMessages

WM_CLOSE, WM_PAINT = 0x10, 0x0F


def test_a_message_of_windows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    requests = CloseRequests(window)
    messages = SystemMessages(requests)
    messages.watch(7)
    requested: list[bool] = []
    requests.asked.connect(lambda: requested.append(True))
    for handle, number in ((7, WM_PAINT), (8, WM_CLOSE), (7, WM_CLOSE)):
        message = wintypes.MSG(handle, number)
        address = ctypes.addressof(message)
        assert messages.nativeEventFilter(b"windows_generic_MSG", address) == (False, 0)
    qtbot.waitUntil(lambda: bool(requested))
    assert requested == [True]
