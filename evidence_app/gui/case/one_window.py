"""One window for each case: whoever opens it a second time is shown the window that has it.

Windows of this program speak with each other through local sockets (pipes on Windows) that only
the same person can open. Nothing of it reaches a network.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from evidence_app import settings
from evidence_app.gui.importing.import_queue import Files

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow
    from evidence_app.services.cases import CaseFile

_LOG = logging.getLogger(__name__)
_WAIT_MS = 2000
_LONGEST = 1 << 20
_TOKENS = frozenset({"XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"})
_YES = b"yes\n"
_NO_FILES = Files(())


def ask(case: Path, files: Files = _NO_FILES) -> bool:
    """Ask the window that has a case to come to the front.

    Args:
        case: The case file.
        files: What that window is to import; the person was asked already.

    Returns:
        Whether there is such a window, and it does so.
    """
    tokens = {name: os.environ[name] for name in _TOKENS if name in os.environ}
    request = {
        "files": [str(path.absolute()) for path in files.paths],
        "leave_out": [str(path.absolute()) for path in files.leave_out],
        "tokens": tokens,
    }
    line = json.dumps(request).encode() + b"\n"
    socket = QLocalSocket()
    socket.connectToServer(_address(case))
    if len(line) > _LONGEST or not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(line)
    answer = b""
    while b"\n" not in answer and socket.waitForReadyRead(_WAIT_MS):
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == _YES


class OneWindow(QObject):
    """Answers others that ask for the case of this window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._case: Path | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        window.opener.opened.connect(self._opened)
        window.opener.not_opened.connect(self._server.close)
        window.opener.elsewhere.connect(self._say_elsewhere)
        window.closed.connect(self._server.close)

    def claim(self, case: Path) -> None:
        """Answer for a case from now on: it is open, or is being opened in this window."""
        self._case = None
        self._server.close()
        address = _address(case)
        if sys.platform != "win32":
            _make_room(Path(address))
        if not self._server.listen(address):
            _LOG.warning("a second window will not find this one: %s", self._server.errorString())

    def _opened(self, case: CaseFile) -> None:
        self.claim(case.path)
        self._case = case.path

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        try:
            files, tokens = _understood(bytes(socket.readLine().data()))
        except (ValueError, TypeError, LookupError, AttributeError):
            _LOG.warning("something else than a window asked for this one")
            socket.abort()
            return
        socket.write(_YES if self._serve(files, tokens) else b"no\n")
        socket.flush()

    def _serve(self, files: Files, tokens: dict[str, str]) -> bool:
        workspace = self._window.workspace
        is_here = workspace is not None and workspace.session.case.path == self._case
        if self._window.closer.is_closing() or (self._case is not None and not is_here):
            return False
        if files.paths and (workspace is None or workspace.session.case.read_only):
            return False
        # What the desktop gave to the start that asks allows this window to come to the front.
        os.environ.update(tokens)
        to_front(self._window)
        if files.paths:
            self._window.bring_in(files)
        return True

    def _say_elsewhere(self) -> None:
        self._window.say(
            self.tr("This case is open in another window, which is in front now. Go on there.")
        )


def _understood(line: bytes) -> tuple[Files, dict[str, str]]:
    request = json.loads(line)
    left_out = frozenset(Path(path) for path in request["leave_out"])
    files = Files(tuple(Path(path) for path in request["files"]), left_out)
    return files, {
        name: str(request["tokens"][name]) for name in _TOKENS & request["tokens"].keys()
    }


def to_front(window: MainWindow) -> None:
    """Show a window over all others, even if it was minimized."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _address(case: Path) -> str:
    """Where the window that has a case listens; nothing in it tells the case's name."""
    folder = settings.data_folder() / "windows"
    digest = hashlib.sha256(
        f"{folder.resolve()}\n{case.resolve()}".encode(errors="surrogateescape")
    )
    name = digest.hexdigest()[:16]
    return f"evidence-app-{name}" if sys.platform == "win32" else str(folder / name)


def _make_room(address: Path) -> None:
    """Make the folder, and remove what windows that were killed left in it."""
    try:
        address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        left = [path for path in address.parent.iterdir() if not _answers(str(path))]
    except OSError:
        return  # Listening says why.
    for path in left:
        QLocalServer.removeServer(str(path))


def _answers(address: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(address)
    answers = socket.waitForConnected(_WAIT_MS)
    socket.abort()
    return answers
