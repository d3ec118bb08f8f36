"""A case has one window: whoever opens it again sees that one come to the front."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QProcess, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from window_ends import close_case, close_window, wait_for

from evidence_app import bootstrap
from evidence_app.gui import app
from evidence_app.gui.background.file_open_events import FileOpenEvents
from evidence_app.gui.case import one_window
from evidence_app.gui.importing.batches import Files
from evidence_app.gui.main_window import MainWindow
from evidence_app.model.case import Jurisdiction
from evidence_app.model.filters import ItemFilter
from evidence_app.services import cases, items

NOTHING = Files(())
KILLED = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalServer
application = QCoreApplication([])
server = QLocalServer()
assert server.listen(sys.argv[1])
import os; os._exit(0)
"""

ASKING = """
import json, os, sys
from pathlib import Path
from evidence_app.gui.case import one_window
from evidence_app.gui.importing.batches import Files
for line in sys.stdin:
    os.environ["EVIDENCE_APP_HOME"], case, files, left_out = json.loads(line)
    files = Files(tuple(map(Path, files)), frozenset(map(Path, left_out)))
    print(json.dumps(one_window.ask(Path(case), files)), flush=True)
"""


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = app.make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    close_window(main_window, qtbot)


@pytest.fixture(scope="module")
def other() -> Iterator[QProcess]:
    """Another start of the program."""
    started = QProcess()
    started.start(sys.executable, ["-c", ASKING])
    yield started
    started.closeWriteChannel()
    assert started.waitForFinished(20_000)


@pytest.fixture
def ask_from_other(other: QProcess, qtbot: QtBot) -> Callable[..., bool]:
    """Ask from there, while this program goes on."""

    def ask(case: Path, files: Files = NOTHING) -> bool:
        paths = [str(path) for path in files.paths], [str(path) for path in files.leave_out]
        request = [os.environ["EVIDENCE_APP_HOME"], str(case), *paths]
        other.write(json.dumps(request).encode() + b"\n")
        qtbot.waitUntil(other.canReadLine, timeout=20_000)
        return bool(json.loads(bytes(other.readLine().data())))

    return ask


def make_case(path: Path) -> Path:
    cases.create(
        path, title=path.stem, timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    return path


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open_case(path)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def test_the_window_of_a_case_comes_to_the_front(
    window: MainWindow, ask_from_other: Callable[..., bool], tmp_path: Path, qtbot: QtBot
) -> None:
    case, other = make_case(tmp_path / "a.evcase"), make_case(tmp_path / "b.evcase")
    assert not ask_from_other(case)
    opened(window, case, qtbot)
    window.showMinimized()
    assert not ask_from_other(other)
    assert window.isMinimized()
    assert ask_from_other(case)
    assert not window.isMinimized()
    (tmp_path / "link.evcase").symlink_to(case)
    assert ask_from_other(tmp_path / "link.evcase")
    close_case(window, qtbot)
    assert not ask_from_other(case)


def test_a_case_that_is_being_opened_has_its_window_already(
    window: MainWindow, ask_from_other: Callable[..., bool], tmp_path: Path
) -> None:
    """Two double-clicks in a row."""
    case = make_case(tmp_path / "a.evcase")
    window.desk.one_window.claim(case)
    assert ask_from_other(case)
    window.desk.opener.not_opened.emit()
    assert not ask_from_other(case)


def test_files_go_to_the_window_that_has_the_case(
    window: MainWindow, ask_from_other: Callable[..., bool], tmp_path: Path, qtbot: QtBot
) -> None:
    case = make_case(tmp_path / "a.evcase")
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(f"they called at midnight, {name}")
    opened(window, case, qtbot)
    assert ask_from_other(case, Files((folder,), frozenset({folder / "two.txt"})))
    workspace = window.workspace
    assert workspace is not None
    open_case = workspace.session.case
    qtbot.waitUntil(lambda: len(items.index(open_case, ItemFilter())) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: not workspace.lane.is_busy(), timeout=20_000)
    [item] = items.get_many(open_case, items.index(open_case, ItemFilter()))
    assert item.filename == "one.txt"


def test_a_second_start_with_the_case_ends_at_once(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    case = make_case(tmp_path / "a.evcase")
    opened(window, case, qtbot)
    window.showMinimized()
    second = QProcess()
    second.start(sys.executable, ["-m", "evidence_app", str(case)])
    qtbot.waitUntil(lambda: second.state() is QProcess.ProcessState.NotRunning, timeout=30_000)
    assert second.exitCode() == 0, bytes(second.readAllStandardError().data())
    assert not window.isMinimized()


def test_files_for_the_last_case_are_asked_about_and_handed_over(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, note = make_case(tmp_path / "a.evcase"), tmp_path / "note.txt"
    note.write_text("they called at midnight")
    window.settings.remember(case)
    handed: list[object] = []
    monkeypatch.setattr(one_window, "ask", lambda *arguments: handed.append(arguments) or True)
    app._open(window, [note])
    question = wait_for(QMessageBox, qtbot)
    assert "a" in question.informativeText()
    assert handed == []
    question.defaultButton().click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert handed == [(case, Files((note,)))]


def test_what_is_no_request_changes_nothing(
    window: MainWindow, ask_from_other: Callable[..., bool], tmp_path: Path, qtbot: QtBot
) -> None:
    case = make_case(tmp_path / "a.evcase")
    window.desk.one_window.claim(case)
    for line in (b"GET / HTTP/1.1\r\n", b"[]\n", b'{"files": 1, "tokens": {}}\n', b"\xff\n"):
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(one_window._address(case))
            stranger.send(line)
            stranger.settimeout(0.01)
            qtbot.waitUntil(partial(is_closed, stranger), timeout=10_000)
    assert ask_from_other(case)


def is_closed(stranger: socket.socket) -> bool:
    try:
        return stranger.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True


def test_only_the_person_can_ask_and_nothing_is_left(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    case = make_case(tmp_path / "a.evcase")
    address = Path(one_window._address(case))
    socket_path = address.with_name("0123456789abcdef")
    socket_path.parent.mkdir(mode=0o700, parents=True)
    subprocess.run([sys.executable, "-c", KILLED, str(socket_path)], check=True)
    assert socket_path.is_socket()
    opened(window, case, qtbot)
    assert not socket_path.exists()
    assert address.is_socket()
    assert address.stat().st_mode & 0o077 == 0
    close_window(window, qtbot)
    assert not address.parent.exists()


@pytest.mark.parametrize("runtime", ["short", "long", "none"])
def test_a_long_way_to_the_data_is_no_hindrance(
    runtime: str,
    window: MainWindow,
    ask_from_other: Callable[..., bool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / ("a long name " * 10)
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(home))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    case = make_case(tmp_path / "a.evcase")
    if runtime == "long":
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        if runtime == "short":
            monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        address = Path(one_window._address(case))
        assert (address.parent.parent == Path(short)) is (runtime == "short")
        window.desk.one_window.claim(case)
        assert address.is_socket()
        assert address.parent.stat().st_mode & 0o777 == 0o700
        if runtime == "none":
            assert ask_from_other(case)
        window.desk.opener.not_opened.emit()
        assert not address.parent.exists()


@pytest.mark.parametrize("kind", ["open to others", "of another person", "a link"])
def test_a_folder_of_somebody_else_is_refused(
    kind: str,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / ("a long name " * 10)))
    case = make_case(tmp_path / "a.evcase")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        address = Path(one_window._address(case))
        if kind == "a link":
            address.parent.symlink_to(tmp_path)
        else:
            address.parent.mkdir(mode=0o700)
        if kind == "open to others":
            address.parent.chmod(0o755)
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.bind(str(address))
            stranger.listen()
            stranger.settimeout(0)
            with monkeypatch.context() as patched:
                if kind == "of another person":
                    patched.setattr(os, "geteuid", lambda: address.parent.stat().st_uid + 1)
                    patched.setattr(one_window, "_address", lambda case: str(address))
                assert not one_window.ask(case)
                window.desk.one_window.claim(case)
            with pytest.raises(BlockingIOError):
                stranger.accept()
        assert "others can reach its folder" in caplog.text
        assert address.is_socket()


def test_a_file_that_macos_hands_over_is_taken(qapp: QApplication, tmp_path: Path) -> None:
    paths: list[Path] = []
    events = FileOpenEvents(qapp)
    events.opened.connect(paths.append)
    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "证据.evcase")))
    assert event.type() is QEvent.Type.FileOpen
    assert QApplication.sendEvent(qapp, event)
    qapp.removeEventFilter(events)
    assert paths == [tmp_path / "证据.evcase"]


@pytest.mark.parametrize(
    ("arguments", "is_window"),
    [
        (["{0}/photo.jpg"], True),
        (["{0}/photo.jpg", "{0}"], True),
        (["{0}/gone.evcase"], True),
        (["{0}/photo.jpg", "{0}/gone.jpg"], False),
        (["list"], False),
        (["./list"], True),
        (["photo.jpg"], True),
        (["--help"], False),
        (["import", "a.evcase", "photo.jpg"], False),
    ],
)
def test_files_open_the_window_and_words_are_commands(
    arguments: list[str], is_window: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("photo.jpg", "list", "--help"):
        Path(name).touch()
    assert bootstrap._are_files([argument.format(tmp_path) for argument in arguments]) is is_window
