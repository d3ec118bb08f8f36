"""Runs the window, begins one kind of work, and closes it in one way; for `test_closing`.

Arguments: the folder of the test, the work, the way. It prints "closing" when it closes, unless
the way comes from outside, a signal or the desktop, which the test sends when it reads "now".
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from evidence_app import bootstrap
from evidence_app.gui import app
from evidence_app.gui.background import jobs
from evidence_app.gui.case.password_dialog import PasswordAnswers
from evidence_app.gui.checking.package_dialog import PackageDialog
from evidence_app.gui.checking.timestamp_dialog import TimestampDialog
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.exporting.export_job import Form
from evidence_app.gui.exporting.file_export import FileExport
from evidence_app.gui.importing.batches import Answer
from evidence_app.gui.main_window import MainWindow
from evidence_app.gui.session import Session
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.question import OpenQuestion
from evidence_app.services import copies, questions, tags
from evidence_app.services import events as timeline
from evidence_app.services.cases import CaseFile

LOOK_EVERY_MS = 20


SOON_DONE_S = 10


class Victim:
    """One window, what it does, and how it is closed."""

    def __init__(self, folder: Path, work: str, way: str) -> None:
        self.folder, self.work, self.way = folder, work, way
        self.case = folder / "the.evcase"

    def drive(self, window: MainWindow) -> None:
        self.window = window
        self._began = False
        self._pause = QTimer(window)
        self._pause.timeout.connect(self._look)
        self._pause.start(LOOK_EVERY_MS)

    @property
    def session(self) -> Session:
        assert self.window.workspace is not None
        return self.window.workspace.session

    def _look(self) -> None:
        workspace = self.window.workspace
        if not self._began:
            if workspace is None and self.work not in ("opening", "sample", "unlocking"):
                return
            self._began = True
            self._since = time.monotonic()
            getattr(self, f"do_{self.work}")()
            return
        # What was done before it was seen is closed all the same.
        is_done = time.monotonic() - self._since > SOON_DONE_S
        if (
            jobs._running
            or is_done
            or self.work in ("reads", "edits", "nothing", "unlocking", "keeping")
        ):
            self._pause.stop()
            self._close()

    def _close(self) -> None:
        window = self.window
        if self.way.startswith("SIG"):
            print("now", flush=True)
            return
        self._answers = QTimer(window)
        self._answers.timeout.connect(self._stop)
        if self.way.startswith("desktop"):
            self._open_dialog(self.way.split()[-1])
            return
        print("closing", flush=True)
        ways: dict[str, Callable[[], object]] = {
            "x": window.close,
            "quit": window.actions_.quit.trigger,
            "twice": lambda: (window.close(), QTimer.singleShot(30, window.close)),
            "dialog": self._close_over_dialog,
            "keys": self._press_keys_over_dialog,
            "lock": window.lock_case,
        }
        self._answers.start(LOOK_EVERY_MS)
        ways[self.way]()

    def _open_dialog(self, kind: str) -> None:
        """Open a dialog over which the desktop will ask the window to close."""
        window = self.window
        dialogs: dict[str, Callable[[], object]] = {
            "entry": window.add_entry,
            "export": lambda: ExportDialog(self.session, window).open(),
        }
        QTimer.singleShot(0, window, dialogs[kind])
        self._opens = QTimer(window)
        self._opens.timeout.connect(self._wait_for_dialog)
        self._opens.start(LOOK_EVERY_MS)

    def _wait_for_dialog(self) -> None:
        if QApplication.activeModalWidget() is not None:
            self._opens.stop()
            print(f"now {int(self.window.winId())}", flush=True)
            QTimer.singleShot(SOON_DONE_S * 100, self._answers.start)

    def _stop(self) -> None:
        """Answer as somebody who wants to stop."""
        for box in self.window.findChildren(QMessageBox):
            for button in box.buttons():
                if box.isVisible() and button.text() == "Stop and close":
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _close_over_dialog(self) -> None:
        QTimer.singleShot(0, self.window.add_entry)
        QTimer.singleShot(100, self.window.close)

    def _press_keys_over_dialog(self) -> None:
        QTimer.singleShot(0, self.window.add_entry)
        self._presses = QTimer(self.window)
        self._presses.timeout.connect(self._press_keys)
        self._presses.start(LOOK_EVERY_MS)

    def _press_keys(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isActiveWindow():
            self._presses.stop()
            QTest.keyClick(dialog, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    def do_nothing(self) -> None:
        pass

    def do_opening(self) -> None:
        self.window.open_case(self.case)

    def do_sample(self) -> None:
        self.window.open_sample()

    def do_unlocking(self) -> None:
        self.window.desk.opener.unlock(self.case)

    def do_importing(self) -> None:
        self.window.add([self.folder / "inbox"])

    def do_answering(self) -> None:
        def answer(open_questions: list[OpenQuestion]) -> None:
            assert self.window.workspace is not None
            self.window.workspace.ask()
            self.window.workspace.lane.add(Answer((open_questions[0].id,), "dmy"))

        self.session.query(questions.list_questions, answer)

    def do_dossier(self) -> None:
        dialog = ExportDialog(self.session, self.window)
        dialog.open()
        dialog.save_to(self.folder / "out.pdf")

    def do_package(self) -> None:
        dialog = ExportDialog(self.session, self.window, Form.PACKAGE)
        dialog.open()
        dialog.save_to(self.folder / "out.zip")

    def do_preview(self) -> None:
        ExportDialog(self.session, self.window).open()

    def do_table(self) -> None:
        FileExport(self.session, self.window).write(self.folder / "out.xlsx")

    def do_verifying(self) -> None:
        self.window.actions_.verify.trigger()

    def do_checking(self) -> None:
        PackageDialog(self.folder / "package.zip", self.window).open()

    def do_password(self) -> None:
        answers = PasswordAnswers(None, "correct horse battery staple", minutes=10, sheet=False)
        self.window.desk.keeper.change_password(self.case, answers)

    def do_copying(self) -> None:
        self.window.desk.keeper.save_copy_at(self.session.case, self.folder / "copy.evcase")

    def do_keeping(self) -> None:
        """The work is what closing itself does."""
        self.session.mutate(lambda case: tags.create(case, "new"))

    def do_restoring(self) -> None:
        [copy] = copies.list_copies(self.case)
        self.window.desk.keeper.restore(self.case, copy)

    def do_stamping(self) -> None:
        dialog = TimestampDialog(self.session, self.window.settings, self.window)
        dialog.open()
        dialog.address.setCurrentText((self.folder / "authority").read_text())
        dialog.ask.click()

    def do_rescuing(self) -> None:
        self.window.desk.keeper.rescue(
            self.folder / "damaged.evcase", self.folder / "rescued.evcase"
        )

    def do_reads(self) -> None:
        def slow(case: CaseFile) -> None:
            for _ in range(50):
                timeline.index(case, EventFilter(text="a"))

        for _ in range(200):
            self.session.query(slow, print)

    def do_edits(self) -> None:
        events = timeline.index(self.session.case, EventFilter()).ids
        subjects = [Subject(SubjectKind.EVENT, event_id) for event_id in events]
        tag = tags.create(self.session.case, "many").tag_id
        assert tag is not None
        self.session.mutate(lambda case: tags.add(case, subjects, tag))


def main(folder: Path, work: str, way: str) -> int:
    bootstrap.set_up_logging()
    victim = Victim(folder, work, way)
    original = app.make_window

    def make(application: QApplication) -> MainWindow:
        window = original(application)
        window.use_language("en")
        victim.drive(window)
        return window

    app.make_window = make
    opens = work not in ("opening", "sample", "unlocking")
    return app.run([victim.case] if opens else [])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
