"""The log says each step and each fault, and nothing of any case."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_ends import close_window, wait_for

from evidence_app import bootstrap, settings
from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.gui.app import make_window
from evidence_app.gui.evidence import model as items_model
from evidence_app.gui.evidence import rows as item_rows
from evidence_app.gui.importing.results_dialog import ImportResults
from evidence_app.gui.main_window import MainWindow
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import EventType
from evidence_app.progress import Progress
from evidence_app.services import (
    cases,
    copies,
    items,
    manual_entries,
    passwords,
    questions,
    recovery,
    tags,
    timestamps,
    verification,
)
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing import importer as imports
from evidence_app.services.importing.importer import Importer

MARK = "zqxjk"
WORDS = "秘密 Wangpilin"
PASSWORD = f"{MARK} correct horse battery"


@pytest.fixture
def log_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log is written as the program does it."""
    monkeypatch.setattr(logging.root, "handlers", [])
    root, ours = logging.root.level, logging.getLogger("evidence_app").level
    bootstrap.set_up_logging()
    yield settings.log_file()
    for handler in logging.root.handlers:
        handler.close()
    logging.root.setLevel(root)
    logging.getLogger("evidence_app").setLevel(ours)


def nothing_of_the_case(log_file: Path) -> str:
    text = log_file.read_text(encoding="utf-8")
    for trace in (MARK, *WORDS.split(), "秘密"):
        assert trace not in text, text
    return text


def make_case(path: Path) -> cases.CaseFile:
    return cases.create(
        path, title=WORDS, timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    )


def test_each_step_is_in_the_log_with_counts_and_times(log_file: Path, tmp_path: Path) -> None:
    inbox = tmp_path / f"{MARK} inbox"
    inbox.mkdir()
    (inbox / f"{MARK}.csv").write_text("date,type,number,duration\n2024-03-04 10:00,in,95001,3\n")
    (inbox / f"{MARK}.txt").write_text(WORDS)
    (inbox / f"{MARK}.pdf").write_bytes(b"%PDF-1.7\n" + WORDS.encode())
    (inbox / f"{MARK}.zip").write_bytes(b"PK\x03\x04" + WORDS.encode())
    path = tmp_path / f"{MARK}.evcase"
    with make_case(path) as case:
        with Importer(case) as importer:
            importer.run([inbox, tmp_path / f"{MARK} is not there"])
        tags.create(case, WORDS)
        items.set_note(case, 1, WORDS)
        exports.dossier(case, tmp_path / f"{MARK}.pdf", DossierOptions("en"))
        exports.table(case, tmp_path / f"{MARK}.xlsx", "en")
        exports.package(case, tmp_path / f"{MARK}.zip", DossierOptions("en"))
        assert verification.verify(case).is_intact
        copies.keep(case)
        copies.save_copy(case, tmp_path / f"{MARK} copy.evcase")
    package_verification.verify(tmp_path / f"{MARK}.zip")
    passwords.change_password(path, None, PASSWORD)
    (tmp_path / f"{MARK} bad.evcase").write_bytes(bytes(4096) + path.read_bytes()[4096:])
    with cases.open_case(path, password=PASSWORD):
        pass
    text = nothing_of_the_case(log_file)
    for step in (
        "make a case: done in ", "import: 5 files, 2 events, in ", "not_imported 1",
        "export a dossier: done in ", "export a table: done in ", "export a package: done in ",
        "check a case: done in ", "keep a copy: done in ", "save a copy: done in ",
        "check a package: done in ", "change the password: done in ", "open a case: done in ",
    ):  # fmt: skip
        assert step in text, text


def test_each_fault_is_in_the_log_without_a_word_of_the_case(
    log_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"{MARK}.evcase"
    with make_case(path) as case:
        manual_entries.add_entry(case, type=EventType.VISIT, time=None, text=WORDS)
        folder = tmp_path / f"{MARK}.pdf"
        folder.mkdir()
        for work in (
            lambda: exports.dossier(case, folder / "x" / "y.pdf", DossierOptions("en")),
            lambda: exports.package(case, folder / "x" / "y.zip", DossierOptions("en")),
            lambda: copies.save_copy(case, path),
            lambda: questions.answer(case, [99], WORDS),
            lambda: timestamps.request(case, f"http://127.0.0.1:1/{MARK}"),
            lambda: package_verification.verify(tmp_path / f"{MARK}.zip"),
            lambda: cases.open_case(tmp_path / f"{MARK} gone.evcase"),
            lambda: recovery.recover(folder, path),
        ):
            with pytest.raises((EvidenceError, OSError)):
                work()
        with pytest.raises(Cancelled):
            exports.dossier(
                case,
                tmp_path / "o.pdf",
                DossierOptions("en"),
                progress=Progress(is_cancelled=lambda: True),
            )
    passwords.change_password(path, None, PASSWORD)
    with pytest.raises(EvidenceError):
        cases.open_case(path, password=f"{MARK} wrong")
    text = nothing_of_the_case(log_file)
    assert "export a dossier: stopped after" in text
    assert "open a case: evidence_app.errors.UserError: case_wrong_password" in text


@pytest.fixture
def window(log_file: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    main_window.show()
    yield main_window
    close_window(main_window, qtbot)


def test_a_bug_leaves_its_lines_and_not_its_words(
    window: MainWindow,
    log_file: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / f"{MARK}.evcase"
    make_case(path).close()
    window.open_case(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    workspace = window.workspace
    assert workspace is not None

    case = workspace.session.case

    def broken(*_: object, **__: object) -> None:
        try:
            with case.read() as connection:
                connection.exec_driver_sql("SELECT * FROM nowhere WHERE words = ?", (WORDS,))
        except Exception as error:
            raise KeyError(f"{MARK} {WORDS}") from error

    workspace.session.query(broken, print)
    qtbot.waitUntil(lambda: "KeyError" in log_file.read_text(encoding="utf-8"))
    monkeypatch.setattr(imports, "ingest", broken)
    (tmp_path / f"{MARK}.txt").write_text(WORDS)
    window.add([tmp_path / f"{MARK}.txt"])
    wait_for(ImportResults, qtbot).reject()
    logging.getLogger("some.library").warning("could not read %s", WORDS)
    text = nothing_of_the_case(log_file)
    assert "unexpected failure at a file" in text
    assert text.count("Traceback") == 0 and 'test_error_log.py", line' in text
    assert "caused by" in text
    assert "WARNING some.library: test_error_log:" in text


def test_lines_that_cannot_be_read_are_said_and_read_again(
    window: MainWindow,
    log_file: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.evcase"
    with make_case(path) as case:
        manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="words")

    def broken(*_: object) -> None:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(items_model, "read_item_rows", broken)
    window.open_case(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace is not None
    strip, model = window.workspace.strip, window.workspace.evidence.model
    qtbot.waitUntil(strip.isVisible)
    assert strip.sentence.text().startswith("Some lines could not be read.")
    assert strip.act.text() == "Try again"
    assert model.row_at(0) is None
    monkeypatch.setattr(items_model, "read_item_rows", item_rows.read_item_rows)
    strip.act.click()
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    assert "RuntimeError" in nothing_of_the_case(log_file)
