"""The first steps tick themselves off, lead where they are done, and go for good."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_screen_readers import nameless
from window_ends import close_case, close_window, wait_for

from evidence_app import settings
from evidence_app.gui.app import make_window
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.help.first_steps_card import FirstStepsCard
from evidence_app.gui.help.help_window import HelpWindow
from evidence_app.gui.main_window import MainWindow
from evidence_app.gui.workspace import Page
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import EventType
from evidence_app.model.first_steps import FirstStep
from evidence_app.model.party import Role
from evidence_app.services import cases, items, manual_entries, parties
from evidence_app.services.exporting import exports

Opened = Callable[..., list[FirstStepsCard]]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    main_window.use_language("en")
    close_window(main_window, qtbot)


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> Opened:
    """Opens a case, made if it is not there, and gives the cards that are seen in it."""

    def open_(path: Path, read_only: bool = False) -> list[FirstStepsCard]:
        if not path.exists():
            where = Jurisdiction.CHINA
            numbers = ["19000000009"]
            cases.create(
                path, title="x", timezone="Asia/Shanghai", jurisdiction=where, numbers=numbers
            ).close()
        window.open_case(path, read_only=read_only)
        qtbot.waitUntil(lambda: window.workspace is not None)
        workspace = window.workspace
        assert workspace is not None
        qtbot.waitUntil(lambda: workspace.evidence.model.ordering is not None)
        qtbot.wait(100)
        return [widget for widget in workspace.findChildren(FirstStepsCard) if widget.isVisible()]

    return open_


def add_call(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.session.mutate(
        lambda case: manual_entries.add_entry(
            case, type=EventType.CALL, time=None, identifier="19000000001", text="They called"
        )
    )


def test_it_ticks_itself_off(
    window: MainWindow, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    [card] = opened(tmp_path / "my.evcase")
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    assert card.done == frozenset()
    card.steps[FirstStep.SUGGESTIONS].click()
    assert workspace.navigation.currentRow() == Page.FINDINGS
    qtbot.wait(100)
    assert card.done == frozenset(), "there is nothing yet that could have been looked at"
    add_call(window)
    qtbot.waitUntil(lambda: card.done == {FirstStep.EVIDENCE})
    assert "who is family" in card.advice.text()
    session.mutate(lambda case: items.trash(case, [1]))
    qtbot.waitUntil(lambda: card.done == frozenset())
    session.undo()
    qtbot.waitUntil(lambda: card.done == {FirstStep.EVIDENCE})
    card.steps[FirstStep.PEOPLE].click()
    assert workspace.navigation.currentRow() == Page.PARTIES
    [caller] = [party for party in parties.list_parties(session.case) if party.role is Role.UNKNOWN]
    session.mutate(lambda case: parties.edit(case, caller.id, role=Role.COLLECTOR))
    qtbot.waitUntil(lambda: FirstStep.PEOPLE in card.done)
    card.steps[FirstStep.SUGGESTIONS].click()
    qtbot.waitUntil(lambda: FirstStep.SUGGESTIONS in card.done)
    assert card.steps[FirstStep.SUGGESTIONS].accessibleName() == "Look at the suggestions (done)"
    assert not settings.load().knows_first_steps
    changes = exports.table(session.case, tmp_path / "out.csv", language="en")
    session.tell(changes)
    qtbot.waitUntil(lambda: len(card.done) == len(FirstStep))
    assert "all the steps" in card.advice.text()
    assert settings.load().knows_first_steps
    close_case(window, qtbot)
    assert opened(tmp_path / "other.evcase") == []


def test_steps_lead_to_files_and_to_the_report(
    window: MainWindow,
    opened: Opened,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []
    monkeypatch.setattr(window, "add_files", lambda: calls.append("files"))
    [card] = opened(tmp_path / "my.evcase")
    card.steps[FirstStep.EVIDENCE].click()
    assert calls == ["files"]
    card.more.click()
    assert wait_for(HelpWindow, qtbot).text.toPlainText().startswith("Your first case")
    card.steps[FirstStep.EXPORT].click()
    dialog = wait_for(ExportDialog, qtbot)
    dialog.reject()
    qtbot.waitUntil(lambda: dialog._task is None, timeout=60_000)


def test_it_comes_back_until_it_is_sent_away(
    window: MainWindow, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    [card] = opened(tmp_path / "my.evcase")
    assert nameless(card) == []
    add_call(window)
    qtbot.waitUntil(lambda: card.done == {FirstStep.EVIDENCE})
    close_case(window, qtbot)
    [card] = opened(tmp_path / "my.evcase")
    assert card.done == {FirstStep.EVIDENCE}
    window.use_language("zh")
    qtbot.waitUntil(lambda: "放进证据" in card.steps[FirstStep.EVIDENCE].text())
    card.away.click()
    add_call(window)
    qtbot.wait(100)
    assert settings.load().knows_first_steps
    close_case(window, qtbot)
    assert opened(tmp_path / "other.evcase") == []


def test_it_is_not_in_the_way_of_who_only_looks(
    window: MainWindow, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.data_folder().mkdir(parents=True, exist_ok=True)
    assert opened(settings.sample_case()) == []
    close_case(window, qtbot)
    path = tmp_path / "other.evcase"
    cases.create(path, title="x", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA).close()
    assert opened(path, read_only=True) == []
