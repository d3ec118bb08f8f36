"""Each entry of the log is said in a sentence, whatever it holds, and never as raw data."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from test_every_change_is_logged import CHANGES, Stage, made, stage  # noqa: F401

from evidence_app.gui.checking.custody_details import LogNames, detail_lines, read_log
from evidence_app.gui.checking.custody_dialog import CustodyDialog
from evidence_app.gui.checking.custody_texts import sentence
from evidence_app.gui.session import Session
from evidence_app.model.custody import Action, CustodyEntry
from evidence_app.model.times import zone
from evidence_app.services import items

WHERE = zone("Asia/Shanghai")
LAST = ("parties.merge", "parties.split", "tags.remove", "tags.delete")
"""What takes away that others need."""
ODD: list[dict[str, Any]] = [
    {},
    {"item": "x", "items": 3, "subjects": [1, None], "tag": [], "violation": 5, "time": 8},
    {"item": 999, "items": [999], "tag": 999, "party": 999, "into": 999, "events": [1]},
    {"violation": "of_the_future", "subjects": ["e1", "i2"], "kind": "video", "filename": "a"},
    {"question": "of the future", "role": "of the future", "identifier": "1", "action": "new"},
    {"timezone": "Nowhere/At all", "copy_of": "yesterday", "at": {"a": 1}, "doubts": [["a", "b"]]},
    {"certificate": 1, "certificates": ["a"], "container": None, "origin": None, "finding": None},
]


def entry(action: Action, detail: dict[str, Any]) -> CustodyEntry:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return CustodyEntry(1, at, action, detail, "p", "m", "0" * 64, "0" * 64, "1" * 64)


def is_sentence(text: str) -> bool:
    return re.search(r"[{}\[\]]|%n|None|sha256", text) is None and text[-1:] in (".", "。")


@pytest.mark.parametrize("action", Action)
def test_every_action_is_said_whatever_an_entry_tells(action: Action) -> None:
    for detail in ODD:
        text = sentence(entry(action, detail), LogNames(), WHERE)
        assert is_sentence(text), (text, detail)


def test_what_services_write_is_said_in_particular(
    stage: Stage,  # noqa: F811
) -> None:
    for name in [*(change for change in CHANGES if change not in LAST), *LAST]:
        work, _action = CHANGES[name]
        if name == "items.destroy":
            items.trash(stage.case, [3])
        work(stage)
    entries, names = read_log(stage.case, 5000)
    assert {log_entry.action for log_entry in entries} >= {action for _, action in CHANGES.values()}
    for log_entry in entries:
        text = sentence(log_entry, names, WHERE)
        assert is_sentence(text), text
        if log_entry.detail and log_entry.action not in (Action.MIGRATE_CASE, Action.CHANGE_KEY):
            plain = sentence(entry(log_entry.action, {}), LogNames(), WHERE)
            assert text != plain, (log_entry.action, log_entry.detail)
        values = [value for _, value in detail_lines(log_entry)]
        assert not any(value.startswith(("{", "[")) for value in values)


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        (
            Action.CONFIRM_FINDING,
            {"violation": "threat_of_violence", "subjects": ["e1", "e2"]},
            "Marked 2 entries as “Threat of violence or harm”.",
        ),
        (Action.TAG, {"tag": 4, "subjects": ["i7"]}, "Put the tag “work” on “a.png”."),
        (
            Action.DESTROY,
            {"filename": "a.png", "reason": "not mine"},
            "Permanently deleted “a.png” (reason: not mine).",
        ),
        (Action.WRONG_PASSWORD, {"at": ["x"]}, "A wrong password was entered once."),
        (
            Action.CORRECT_TIME,
            {"events": [1], "time": "2026-03-01T10:00:00+00:00"},
            "Corrected the time of 1 entry to 2026-03-01 18:00:00.",
        ),
    ],
)
def test_sentences(action: Action, detail: dict[str, Any], said: str, qtbot: QtBot) -> None:
    from evidence_app.gui.appearance.languages import Languages

    Languages(QCoreApplication.instance()).use("en")  # type: ignore[arg-type]
    names = LogNames({7: "a.png"}, {4: "work"})
    assert sentence(entry(action, detail), names, WHERE) == said


def test_the_log_unfolds_and_is_copied(
    stage: Stage,  # noqa: F811
    qtbot: QtBot,
) -> None:
    session = Session(stage.case)
    dialog = CustodyDialog(session)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.entries.topLevelItemCount() > 0)
    row = dialog.entries.topLevelItem(0)
    assert row is not None
    row.setExpanded(True)
    assert row.childCount() > 5
    row.setSelected(True)
    dialog.copy()
    assert row.text(2) in QGuiApplication.clipboard().text()
    session.close()
