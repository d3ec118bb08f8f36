"""Who listens to the screen hears a name for every control, and what each row says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_ends import close_window

from evidence_app.gui.app import make_window
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.case.password_dialog import PasswordDialog
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.gui.checking.custody_dialog import CustodyDialog
from evidence_app.gui.checking.proof_dialog import ProofDialog
from evidence_app.gui.checking.timestamp_dialog import TimestampDialog
from evidence_app.gui.common.time_dialog import TimeDialog
from evidence_app.gui.evidence.destroy_dialog import DestroyDialog
from evidence_app.gui.evidence.entry_dialog import EntryDialog
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.main_window import MainWindow
from evidence_app.gui.parties.split_dialog import SplitDialog
from evidence_app.gui.workspace import Workspace
from evidence_app.model.party import Identifier, Party, Role
from evidence_app.model.times import zone
from evidence_app.services.sample import sample_case

WHERE = zone("Asia/Shanghai")
NAMELESS_ROLES = (QAccessible.Role.Client, QAccessible.Role.NoRole)


@pytest.fixture(scope="module")
def case_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        sample_case.create_sample(folder / "sample.evcase").close()
    return folder / "sample.evcase"


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(case_path.parent / "home"))
    main_window = make_window(qapp)
    main_window.use_language("en")
    main_window.resize(1300, 800)
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    close_window(main_window, qtbot)


@pytest.fixture
def workspace(window: MainWindow, case_path: Path, qtbot: QtBot) -> Workspace:
    window.open_case(case_path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace is not None
    return window.workspace


def nameless(root: QWidget) -> list[str]:
    """The visible controls of the keyboard that say nothing of themselves."""
    unnamed = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) or widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if widget is root or isinstance(widget, QHeaderView) or _is_part(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if isinstance(widget, QComboBox):
            # Its interface gives the chosen text as its name here; its label is a relation.
            labels = interface.relations(QAccessible.RelationFlag.Label)
            name = widget.accessibleName() or " ".join(
                label.text(QAccessible.Text.Name) for label, _ in labels
            )
        is_drawn = interface.role() in NAMELESS_ROLES and not isinstance(widget, QScrollArea)
        if not name.strip() or is_drawn:
            unnamed.append(f"{_path(widget)}: {interface.role().name} “{name}”")
    return unnamed


def _is_part(widget: QWidget) -> bool:
    """Whether another control has the keyboard for it, as a combo box for its field."""
    parent = widget.parentWidget()
    return (
        widget.focusProxy() is not None
        or (parent is not None and parent.focusProxy() is widget)
        or type(widget) is QScrollArea
    )


def _path(widget: QWidget | None) -> str:
    names = []
    while widget is not None:
        names.append(widget.objectName() or type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(names[:4])


def silent_rows(view: QAbstractItemView) -> list[int]:
    """The rows of which no cell says anything."""
    model: QAbstractItemModel = view.model()
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    return [
        row
        for row in range(model.rowCount())
        if not any(
            str(model.index(row, column).data(role) or "").strip()
            for column in range(columns)
            for role in roles
        )
    ]


def test_the_first_page(window: MainWindow) -> None:
    assert nameless(window) == []


@pytest.mark.parametrize("number", range(4))
def test_each_page_and_each_row(workspace: Workspace, number: int, qtbot: QtBot) -> None:
    workspace.navigation.setCurrentRow(number)
    page = workspace.stack.currentWidget()

    def views() -> list[QAbstractItemView]:
        return [
            widget for widget in page.findChildren(QAbstractItemView) if widget.isVisibleTo(page)
        ]

    # Rules are asked of the whole case before the first suggestion is there.
    qtbot.waitUntil(lambda: any(view.model().rowCount() for view in views()), timeout=30_000)
    qtbot.wait(300)
    assert nameless(workspace) == []
    for view in views():
        assert silent_rows(view) == []


def test_rows_of_the_timeline_say_who_what_and_when(workspace: Workspace, qtbot: QtBot) -> None:
    page = workspace.timeline
    workspace.navigation.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.model.row_at(1) is not None)
    model = page.model
    heads = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "2026" in heads
    spoken = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(1, min(model.rowCount(), 40))
    ]
    assert any("Call" in line and ":" in line for line in spoken)


def test_a_picture_says_what_it_is(workspace: Workspace, qtbot: QtBot) -> None:
    page = workspace.evidence
    qtbot.waitUntil(lambda: page.model.row_at(0) is not None)
    for row in range(page.model.rowCount()):
        item = page.model.row_at(row)
        if item is not None and item.item.kind.value == "picture":
            page.show_item(item.item.id)
            break
    qtbot.wait(500)
    assert nameless(workspace) == []


DIALOGS: dict[str, Callable[[Workspace, Path], QDialog]] = {
    "new case": lambda _w, _p: CaseDialog(),
    "case details": lambda w, _p: CaseDialog(info=w.session.info),
    "entry": lambda _w, _p: EntryDialog(WHERE),
    "time": lambda _w, _p: TimeDialog(None, WHERE),
    "password": lambda _w, _p: PasswordDialog(is_locked=True, minutes=10),
    "unlock": lambda _w, p: UnlockDialog(p),
    "destroy": lambda _w, _p: DestroyDialog(["a.png"]),
    "history": lambda w, _p: CustodyDialog(w.session),
    "proof": lambda _w, _p: ProofDialog(),
    "timestamps": lambda w, _p: TimestampDialog(w.session, _settings()),
    "export": lambda w, _p: ExportDialog(w.session),
    "split": lambda _w, _p: SplitDialog(
        Party(1, Role.UNKNOWN, "A", (Identifier("1", "1"), Identifier("2", "2")))
    ),
}


def _settings():  # type: ignore[no-untyped-def]
    from evidence_app import settings

    return settings.load()


@pytest.mark.parametrize("name", DIALOGS)
def test_each_dialog(workspace: Workspace, case_path: Path, name: str, qtbot: QtBot) -> None:
    dialog = DIALOGS[name](workspace, case_path)
    dialog.show()
    qtbot.wait(100)
    assert nameless(dialog) == []
    dialog.close()
    if isinstance(dialog, ExportDialog):
        qtbot.waitUntil(lambda: dialog._task is None, timeout=60_000)
