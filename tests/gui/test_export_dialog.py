"""The dossier dialog and the table export: real files, stopped and finished."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from own_authority import certify
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.exporting.file_export import FileExport
from evidence_app.gui.exporting.mismatch_question import MismatchQuestion
from evidence_app.gui.session import Session
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.services import custody, manual_entries
from evidence_app.services.exporting.exports import PARTS, Profile

SLOW = 60_000


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile) -> Iterator[Session]:
    for number in range(3):
        when = f"2026-03-0{number + 1} 21:30"
        manual_entries.add_entry(
            case,
            type=EventType.VISIT,
            time=TimeReading(from_text(when), TimeSource.PERSON, TimePrecision.MINUTE, when),
            text=f"上门 {number}",
        )
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[ExportDialog]:
    new_export_dialog = ExportDialog(session)
    with qtbot.waitExposed(new_export_dialog):
        new_export_dialog.open()
    yield new_export_dialog
    new_export_dialog.close()
    qtbot.waitUntil(lambda: new_export_dialog._task is None, timeout=SLOW)


def idle(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: dialog._task is None and not dialog._pause.isActive(), timeout=SLOW)


def exports_in_log(case: CaseFile) -> int:
    return sum(1 for entry in custody.list_entries(case) if entry.action is Action.EXPORT)


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[number] for number in range(len(document))]
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    finally:
        document.close()


def test_preview_shows_pages_and_is_no_export(
    dialog: ExportDialog, session: Session, qtbot: QtBot
) -> None:
    idle(qtbot, dialog)
    assert dialog.preview.document.pageCount() >= 3
    assert dialog.preview.view.isVisible()
    assert exports_in_log(session.case) == 0
    qtbot.waitUntil(lambda: bool(dialog.hint.text()))


def test_other_choices_make_another_preview(dialog: ExportDialog, qtbot: QtBot) -> None:
    idle(qtbot, dialog)
    before = dialog.preview.document.pagePointSize(0)
    usual = dialog.request.words.placeholderText()
    assert "person who advises" in usual or "咨询" in usual
    dialog.paper.setCurrentIndex(1)
    dialog.request.words.setPlainText(" Please stop these calls.\n")
    dialog.more.binding_margin.setChecked(True)
    idle(qtbot, dialog)
    assert dialog.preview.document.pagePointSize(0) != before
    page = dialog.preview.document.getAllText(0)
    assert "Please stop these calls." in page.text()
    assert page.boundingRectangle().left() >= 28 / 25.4 * 72


def test_saving_while_a_preview_is_made(
    dialog: ExportDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.language.setCurrentIndex(dialog.language.findData("zh"))
    out = tmp_path / "卷宗.pdf"
    dialog.save_to(out)
    qtbot.waitUntil(lambda: dialog.saved == out, timeout=SLOW)
    assert "上门 2" in words_of(out)
    assert dialog.folder_button.isVisible()
    assert dialog.open_button.isVisible()
    assert exports_in_log(session.case) == 1


def test_stopping_leaves_nothing_behind(
    dialog: ExportDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    idle(qtbot, dialog)
    folder = tmp_path / "out"
    folder.mkdir()
    dialog.save_to(folder / "dossier.pdf")
    dialog.stop_button.click()
    idle(qtbot, dialog)
    assert list(folder.iterdir()) == []
    assert dialog.saved is None
    assert exports_in_log(session.case) == 0
    assert dialog.save_button.isEnabled()


def test_closing_while_it_works_waits_for_the_stop_only(session: Session, qtbot: QtBot) -> None:
    new_export_dialog = ExportDialog(session)
    with qtbot.waitExposed(new_export_dialog):
        new_export_dialog.open()
    new_export_dialog.close()
    assert not new_export_dialog.isEnabled()
    folder = Path(new_export_dialog._folder.name)
    with qtbot.waitSignal(new_export_dialog.finished, timeout=SLOW):
        pass
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_told(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages: list[str] = []
    monkeypatch.setattr(
        QMessageBox, "warning", lambda *arguments: messages.append(str(arguments[-1]))
    )
    idle(qtbot, dialog)
    dialog.save_to(tmp_path / "nowhere" / "dossier.pdf")
    qtbot.waitUntil(lambda: bool(messages), timeout=SLOW)
    assert dialog.saved is None


def test_a_certificate_is_asked_for_and_signs(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages: list[str] = []
    monkeypatch.setattr(
        QMessageBox, "warning", lambda *arguments: messages.append(str(arguments[-1]))
    )
    idle(qtbot, dialog)
    box = dialog.signature
    assert not box.password.isVisible()
    box.signer.setCurrentIndex(1)
    assert box.password.isVisible()
    dialog.save_button.click()
    asking = box.findChild(QFileDialog)
    assert asking is not None
    asking.reject()
    own, key, out = certify("Li Ming"), tmp_path / "key.p12", tmp_path / "signed.pdf"
    key.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"key", own.key, own.certificate, None, BestAvailableEncryption(b"correct horse")
        )
    )
    box.take_file(str(key))
    dialog.save_to(out)
    qtbot.waitUntil(lambda: bool(messages), timeout=SLOW)
    assert "key.p12" in messages[0]
    box.password.setText("correct horse")
    dialog.save_to(out)
    qtbot.waitUntil(lambda: dialog.saved == out, timeout=SLOW)
    assert b"/ETSI.CAdES.detached" in out.read_bytes()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "docx", "html", "jsonld"])
def test_table_is_written_and_told(
    session: Session, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    out = tmp_path / f"table.{ending}"
    FileExport(session, window).write(out)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=SLOW)
    assert out.stat().st_size > 100
    assert exports_in_log(session.case) == 1
    box = window.findChild(QMessageBox)
    assert box is not None
    box.close()


def test_table_can_be_stopped(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    export = FileExport(session, window)
    export.write(tmp_path / "table.csv")
    assert export._task is not None
    export._task.cancel()
    qtbot.waitUntil(lambda: export._waiting is None, timeout=SLOW)
    if exports_in_log(session.case) == 0:
        assert not (tmp_path / "table.csv").exists()


def forge(case: CaseFile) -> None:
    """Change an entry as an SQLite tool does, beside the program."""
    connection = dbapi2.connect(str(case.path), isolation_level=None)
    connection.execute("UPDATE event SET text = 'forged' WHERE id = 1")
    connection.close()


@pytest.mark.parametrize("is_wished", [False, True])
def test_what_does_not_agree_is_asked_and_said(
    dialog: ExportDialog, session: Session, qtbot: QtBot, tmp_path: Path, is_wished: bool
) -> None:
    idle(qtbot, dialog)
    forge(session.case)
    out = tmp_path / "dossier.pdf"
    dialog.save_to(out)
    qtbot.waitUntil(lambda: dialog.findChild(MismatchQuestion) is not None, timeout=SLOW)
    question = dialog.findChild(MismatchQuestion)
    assert question is not None
    assert "entry 1" in question.informativeText()
    assert not out.exists()
    assert exports_in_log(session.case) == 0
    if is_wished:
        question.anyway.click()
        qtbot.waitUntil(lambda: dialog.saved == out, timeout=SLOW)
        assert "entry 1 of the timeline" in words_of(out)
    else:
        question.close()
        idle(qtbot, dialog)
        assert not out.exists()
    assert exports_in_log(session.case) == is_wished


def test_a_table_of_what_does_not_agree_is_asked_for(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    forge(session.case)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    out = tmp_path / "table.csv"
    FileExport(session, window).write(out)
    qtbot.waitUntil(lambda: window.findChild(MismatchQuestion) is not None, timeout=SLOW)
    assert not out.exists()
    question = window.findChild(MismatchQuestion)
    assert question is not None
    question.anyway.click()
    qtbot.waitUntil(out.exists, timeout=SLOW)
    assert "NOT AS IT WAS PUT IN" in out.read_text("utf-8-sig").splitlines()[0]
    qtbot.waitUntil(lambda: exports_in_log(session.case) == 1, timeout=SLOW)


def test_a_profile_chooses_the_chapters_and_their_order(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.profile.setCurrentIndex(dialog.profile.findData(Profile.COURT))
    assert dialog.options().profile is Profile.COURT
    assert dialog.options().chapters() == PARTS[Profile.COURT]
    first = dialog.parts.item(0)
    first.setCheckState(Qt.CheckState.Unchecked)
    assert dialog.options().chapters() == PARTS[Profile.COURT][1:]
    dialog.parts.addItem(dialog.parts.takeItem(1))
    assert dialog.options().chapters()[-1] is PARTS[Profile.COURT][1]
    idle(qtbot, dialog)


def test_originals_are_put_into_the_report_and_their_size_is_said(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    idle(qtbot, dialog)
    box, hint = dialog.more.embed_originals, dialog.more.size_hint
    qtbot.waitUntil(lambda: "bytes" in box.text(), timeout=SLOW)
    assert hint.isHidden()
    box.setChecked(True)
    assert not hint.isHidden()
    assert dialog.options().embed_originals
    out = tmp_path / "a.pdf"
    dialog.save_to(out)
    qtbot.waitUntil(out.exists, timeout=SLOW)
    idle(qtbot, dialog)
    with pikepdf.open(out) as document:
        assert len(document.attachments) == 3
    dialog.as_package.setChecked(True)
    assert box.isHidden() and hint.isHidden()
    assert not dialog.options().embed_originals, "a package has them beside the report"


def test_places_and_both_languages_are_chosen_and_shown(dialog: ExportDialog, qtbot: QtBot) -> None:
    idle(qtbot, dialog)
    assert not dialog.options().with_location
    dialog.more.with_location.setChecked(True)
    dialog.language.setCurrentIndex(dialog.language.findData("both"))
    assert dialog._pause.isActive()
    idle(qtbot, dialog)
    assert dialog.options().with_location
    assert dialog.options().language == "both"
    assert dialog.preview.document.pageCount() >= 3
