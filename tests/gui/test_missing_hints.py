"""A dialog that cannot go on says what is missing, beside the field; zones go by their cities."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from evidence_app.gui.appearance.zone_names import zone_name
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.case.password_dialog import PasswordDialog
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.gui.common.zone_box import ZoneBox
from evidence_app.gui.evidence.destroy_dialog import DestroyDialog
from evidence_app.gui.evidence.entry_dialog import EntryDialog
from evidence_app.gui.parties.split_dialog import SplitDialog
from evidence_app.model.party import Identifier, Party, Role
from evidence_app.model.times import TimePrecision, zone

SHANGHAI = zone("Asia/Shanghai")


def visible_hints(dialog: object) -> list[str]:
    return [widget.text() for widget in dialog.findChildren(MissingHint) if not widget.isHidden()]  # type: ignore[attr-defined]


def ok(dialog: object) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)  # type: ignore[attr-defined]
    button = box.button(QDialogButtonBox.StandardButton.Ok)
    assert isinstance(button, QPushButton)
    return button


def test_a_new_case_says_what_is_missing(qtbot: QtBot) -> None:
    dialog = CaseDialog()
    qtbot.addWidget(dialog)
    assert visible_hints(dialog) == []
    assert ok(dialog).isEnabled()
    dialog.title.clear()
    dialog.zone.setCurrentText("Nowhere")
    dialog.path.clear()
    assert not ok(dialog).isEnabled()
    assert len(visible_hints(dialog)) == 3
    assert "city" in dialog.zone.accessibleDescription()
    dialog.title.setText("x")
    dialog.path.setText("/x.evcase")
    dialog.zone.setCurrentText("europe/berlin")
    assert visible_hints(dialog) == []
    assert dialog.answers().timezone == "Europe/Berlin"


def test_a_password_says_what_is_missing(qtbot: QtBot) -> None:
    dialog = PasswordDialog(is_locked=True, minutes=10)
    qtbot.addWidget(dialog)
    assert len(visible_hints(dialog)) == 2
    dialog.old.setText("old")
    dialog.new.setText("four words or five")
    assert visible_hints(dialog) == ["Please enter the new password once more."]
    dialog.again.setText("other")
    assert visible_hints(dialog) == [
        "The two entries differ. Please enter the new password once more."
    ]
    assert not dialog.ok.isEnabled()
    dialog.again.setText("four words or five")
    assert visible_hints(dialog) == []
    assert dialog.ok.isEnabled()


def test_no_dialog_is_stopped_without_a_word(qtbot: QtBot) -> None:
    entry = EntryDialog(SHANGHAI)
    removal = DestroyDialog(["a.png"])
    party = Party(1, "A", Role.UNKNOWN, "", (Identifier("1", "1"), Identifier("2", "2")), 2)
    split = SplitDialog(party)
    for dialog in (entry, removal, split):
        qtbot.addWidget(dialog)
        assert len(visible_hints(dialog)) == 1, dialog
    entry.words.setPlainText("he came")
    removal.reason.setText("not mine")
    assert visible_hints(entry) == []
    assert ok(entry).isEnabled()
    assert visible_hints(removal) == []
    assert removal.destroy_.isEnabled()


@pytest.mark.parametrize("key", ["Pacific/Auckland", "Pacific/Honolulu"])
def test_a_new_entry_starts_in_the_zone_of_the_case(qtbot: QtBot, key: str) -> None:
    dialog = EntryDialog(zone(key))
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("x")
    reading = dialog.answers().time
    assert reading is not None
    assert reading.precision is TimePrecision.MINUTE
    now = datetime.now(zone(key)).replace(tzinfo=None)
    assert abs((now - reading.moment.at).total_seconds()) < 120  # type: ignore[union-attr]
    assert zone_name(key) in dialog.zone_note.text()


@pytest.mark.parametrize(
    ("language", "key", "name"),
    [
        ("en", "Asia/Shanghai", "Beijing, Shanghai (UTC+8)"),
        ("en", "America/New_York", "New York (UTC−5/−4)"),
        ("en", "Asia/Kathmandu", "Kathmandu (UTC+5:45)"),
        ("en", "UTC", "World time (UTC)"),
        ("zh", "Asia/Shanghai", "北京、上海 (UTC+8)"),
        ("zh", "America/Argentina/Ushuaia", "Ushuaia，阿根廷标准时间 (UTC−3)"),
    ],
)
def test_zones_go_by_their_cities(language: str, key: str, name: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        assert zone_name(key) == name
    finally:
        QLocale.setDefault(before)


def test_a_zone_is_found_by_city_and_by_its_name(qtbot: QtBot, tmp_path: Path) -> None:
    box = ZoneBox("Asia/Shanghai")
    qtbot.addWidget(box)
    assert box.key() == "Asia/Shanghai"
    completer = box.completer()
    for typed in ("Manila", "asia/manila"):
        completer.setCompletionPrefix(typed)
        assert completer.completionCount() == 1
        box.setCurrentText(completer.currentCompletion())
        assert box.key() == "Asia/Manila"
    box.setCurrentText("Asia/Calcutta")
    assert box.key() == "Asia/Calcutta"
    box.setCurrentText("nowhere")
    assert box.key() == ""
