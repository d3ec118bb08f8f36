"""One window for each case: opening it again shows the window that already has it.

Windows of this program speak with each other through local sockets (pipes on Windows) that only
the same person can open. Nothing of it reaches a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from evidence_app import settings
from evidence_app.gui.importing.batches import Files

if TYPE_CHECKING:
    from evidence_app.gui.case.opener import CaseOpener
    from evidence_app.gui.main_window import MainWindow
    from evidence_app.services.cases import CaseFile

_LOG = logging.getLogger(__name__)
_WAIT_MS = 2000
_LONGEST = 1 << 20
_LONGEST_ADDRESS = 103
"""Bytes that every system takes as the name of a socket."""

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
    address = _address(case)
    if not _is_private(address):
        return False
    socket = QLocalSocket()
    socket.connectToServer(address)
    if len(line) > _LONGEST or not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(line)
    answer = b""
    while b"\n" not in answer and socket.waitForReadyRead(_WAIT_MS):
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == _YES


class OneWindow(QObject):
    """Answers other programs that ask for the case of this window."""

    def __init__(self, window: MainWindow, opener: CaseOpener) -> None:
        super().__init__(window)
        self._window = window
        self._case: Path | None = None
        self._room: Path | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        opener.opened.connect(self._opened)
        opener.not_opened.connect(self._leave)
        opener.elsewhere.connect(self._say_elsewhere)
        window.closed.connect(self._leave)

    def claim(self, case: Path) -> None:
        """Answer for a case from now on: it is open, or is being opened in this window."""
        self._case = None
        self._leave()
        address = _address(case)
        if sys.platform != "win32":
            self._room = Path(address).parent
            _make_room(Path(address))
        if not _is_private(address):
            _LOG.warning("a second window will not find this one: others can reach its folder")
        elif not self._server.listen(address):
            _LOG.warning("a second window will not find this one: %s", self._server.errorString())

    def _leave(self) -> None:
        self._server.close()
        if self._room is not None:
            with contextlib.suppress(OSError):  # Another window is in it, or it is not ours.
                self._room.rmdir()
            self._room = None

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
        if self._window.desk.closer.is_closing() or (self._case is not None and not is_here):
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
    """The address at which the window of a case listens; it does not reveal the case's name."""
    home = settings.data_folder().resolve()
    name = _digest(f"{home / 'windows'}\n{case.resolve()}")
    if sys.platform == "win32":
        return f"evidence-app-{name}"
    places = [home / "windows"]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    for short in (runtime, tempfile.gettempdir(), "/tmp"):
        if Path(short).is_absolute():
            places.append(Path(short) / f"evidence-app-{_digest(f'{os.geteuid()} {home}')}")
    addresses = [str(place / name) for place in places]
    return next(address for address in addresses if len(os.fsencode(address)) <= _LONGEST_ADDRESS)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def _is_private(address: str) -> bool:
    """Whether nobody else can have made, or can reach, the socket at an address."""
    if sys.platform == "win32":
        return True
    try:
        folder = Path(address).parent.lstat()
    except OSError:
        return False
    mode = folder.st_mode
    return stat.S_ISDIR(mode) and folder.st_uid == os.geteuid() and not mode & 0o077


def _make_room(address: Path) -> None:
    """Make the folder, and remove what windows that were killed left in it."""
    try:
        address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(str(address)):
            return  # What is in it is not ours.
        unused = [path for path in address.parent.iterdir() if not _answers(str(path))]
    except OSError:
        return  # Listening says why.
    for path in unused:
        QLocalServer.removeServer(str(path))


def _answers(address: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(address)
    answers = socket.waitForConnected(_WAIT_MS)
    socket.abort()
    return answers
