"""Counts in messages from below the window are written as the language writes them."""

from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from evidence_app.gui.appearance import texts
from evidence_app.messages import MessageCode, message

DIFFERS = message(MessageCode.COUNT_DIFFERS, declared=1234567, found=1234)


def test_on_the_command_line() -> None:
    assert "holds 1,234,567 entries, but 1,234 are" in DIFFERS.english()
    partly = message(MessageCode.ROWS_NOT_READ, read=20000, skipped=3, rows="5–6, 1111")
    assert "20,000 entries were read, 3 rows could not be read: 5–6, 1111." in partly.english()


def test_in_the_window(qtbot: QtBot) -> None:
    before = QLocale()
    try:
        for language, written in (("zh_CN", "1,234,567"), ("de_DE", "1.234.567")):
            QLocale.setDefault(QLocale(language))
            assert written in texts.message_text(DIFFERS)
    finally:
        QLocale.setDefault(before)


def test_what_is_no_count_stays_as_it_is_written() -> None:
    for code, value in (
        (MessageCode.ROW_BAD_NUMBER, "13800138000"),
        (MessageCode.UNKNOWN_ID, "12345"),
        (MessageCode.DAMAGED_FROM_LINE, "10234"),
    ):
        assert value in message(code, value=value, line=value).english()
    assert "9" * 5000 in message(MessageCode.CHARACTERS_REPAIRED, count="9" * 5000).english()
    assert "１２３４" in message(MessageCode.CHARACTERS_REPAIRED, count="１２３４").english()
