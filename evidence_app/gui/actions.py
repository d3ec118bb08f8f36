"""Menus, toolbar and shortcuts of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QToolBar

from evidence_app.gui.appearance import icons, languages
from evidence_app.gui.appearance.theme import Theme
from evidence_app.gui.common.window_manners import QUIT

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow
    from evidence_app.gui.workspace import Workspace

_Key = QKeySequence.StandardKey | str


class Actions(QObject):
    """What can be done from menus, toolbar and keyboard."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._needs_case: list[QAction] = []
        self._needs_writing: list[QAction] = []
        self._make_actions()
        self._group_actions()
        self._make_menus()
        self._make_toolbar()
        self.retranslate()

    def _make_actions(self) -> None:
        window = self._window
        keys = QKeySequence.StandardKey
        self.new = self._action("folder-plus", window.new_case, keys.New)
        self.open = self._action("folder-open", window.choose_case, keys.Open)
        self.sample = self._action("book-open", window.open_sample)
        self.close = self._action("x", window.close_case, keys.Close)
        self.quit = self._action("log-out", window.close, QUIT)
        self.files = self._action("file-plus", window.add_files, "Ctrl+I")
        self.folder = self._action("folder", window.add_folder, "Ctrl+Shift+I")
        self.entry = self._action("pencil", window.add_entry, "Ctrl+E")
        self.paste = self._action("clipboard-paste", self._paste, keys.Paste)
        self.undo = self._action("undo-2", self._undo, keys.Undo)
        self.redo = self._action("redo-2", self._redo, keys.Redo)
        self.search = self._action("search", self._search, keys.Find)
        self.search_all = self._action("search", self._search_all, "Ctrl+Shift+F")
        self.details = self._action("sliders-horizontal", window.edit_case)
        self.rules = self._action("scale", lambda: window.desk.acts.show_rules())
        self.dossier = self._action(
            "file-down", lambda: window.desk.acts.export_dossier(), "Ctrl+D"
        )
        self.package = self._action("package", lambda: window.desk.acts.export_package())
        self.table = self._action("table", lambda: window.desk.acts.export_file())
        self.custody = self._action("shield-check", lambda: window.desk.acts.show_custody())
        self.verify = self._action("circle-check", lambda: window.desk.acts.verify())
        self.code = self._action("file-check", lambda: window.desk.acts.show_check_code(), "Ctrl+K")
        self.stamp = self._action("clock", lambda: window.desk.acts.stamp())
        self.copy = self._action("copy", lambda: window.desk.keeper.save_copy())
        self.copies = self._action("history", lambda: window.desk.keeper.show_copies())
        self.password = self._action("key-round", lambda: window.desk.keeper.ask_password())
        self.sheet = self._action("printer", lambda: window.desk.keeper.show_sheet())
        self.lock = self._action("lock", window.lock_case, "Ctrl+L")
        self.rescue = self._action("refresh-cw", lambda: window.desk.keeper.choose_damaged())
        self.help = self._action("circle-question-mark", lambda: window.desk.help.show(), "F1")
        self.keys = self._action("keyboard", lambda: window.desk.help.show("keys"), "Ctrl+F1")
        self.proof = self._action("shield-check", lambda: window.desk.acts.show_proof())
        self.check = self._action("file-check", lambda: window.desk.acts.check_package())
        self.log = self._action("book-open", lambda: window.desk.acts.show_log())
        self.about = self._action("info", lambda: window.desk.acts.show_about())

    def _group_actions(self) -> None:
        """Say what is needed to offer each."""
        self._needs_case = [self.close, self.search, self.search_all, self.custody]
        self._needs_true_case = [
            *(self.rules, self.dossier, self.package, self.table),
            *(self.verify, self.code, self.copy, self.copies),
        ]
        self._needs_writing = [self.folder, self.entry, self.details, self.password, self.stamp]
        self._needs_password = [self.lock, self.sheet]

    def _action(self, icon: str, work: Callable[[], object], key: _Key | None = None) -> QAction:
        action = QAction(icons.icon(icon), "", self._window)
        action.triggered.connect(lambda: work())
        if key is not None:
            action.setShortcut(QKeySequence(key))
        return action

    def _make_menus(self) -> None:
        bar = self._window.menuBar()
        self._case, self._edit, self._export, self._view, self._help = (
            bar.addMenu("") for _ in range(5)
        )
        _fill(
            self._case,
            [self.new, self.open, self.sample, None, self.details, self.rules, None,
             self.custody, self.verify, self.code, self.stamp, None, self.copy, self.copies,
             self.rescue, None, self.password, self.sheet, self.lock, None, self.close, self.quit],
        )  # fmt: skip
        _fill(
            self._edit,
            [self.undo, self.redo, None, self.files, self.folder, self.entry, self.paste, None,
             self.search, self.search_all],
        )  # fmt: skip
        _fill(self._export, [self.dossier, self.package, self.table])
        self._languages = self._choices(
            self._view, {"zh": "简体中文", "en": "English"}, self._window.use_language
        )
        self._view.addSeparator()
        self._themes = self._choices(
            self._view, dict.fromkeys(Theme, ""), lambda name: self._window.use_theme(Theme(name))
        )
        _fill(
            self._help,
            [self.help, self.keys, None, self.proof, self.check, None, self.log, self.about],
        )

    def _choices(
        self, menu: QMenu, names: dict[str, str] | dict[Theme, str], use: Callable[[str], None]
    ) -> dict[str, QAction]:
        group = QActionGroup(self)
        created: dict[str, QAction] = {}
        for value, name in names.items():
            action = QAction(name, self._window)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, value=value: use(str(value)))
            group.addAction(action)
            menu.addAction(action)
            created[str(value)] = action
        return created

    def _make_toolbar(self) -> None:
        self.bar = QToolBar()
        self.bar.setObjectName("toolbar")
        self.bar.setMovable(False)
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action in (self.files, self.entry, None, self.undo, self.redo, None, self.dossier):
            if action is None:
                self.bar.addSeparator()
            else:
                self.bar.addAction(action)
        self._window.addToolBar(self.bar)
        # Qt would offer there to hide the bar, which has no name and would not come back.
        self._window.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def retranslate(self) -> None:
        """Say everything anew."""
        named = {
            self.new: self.tr("New case…"),
            self.open: self.tr("Open case…"),
            self.sample: self.tr("Open the sample case"),
            self.close: self.tr("Close case"),
            self.quit: self.tr("Quit"),
            self.files: self.tr("Add files…"),
            self.folder: self.tr("Add a folder…"),
            self.entry: self.tr("Write down…"),
            self.paste: self.tr("Paste"),
            self.search: self.tr("Search"),
            self.search_all: self.tr("Search everything"),
            self.details: self.tr("Case details…"),
            self.rules: self.tr("Which rules apply…"),
            self.dossier: self.tr("Evidence report (PDF)…"),
            self.package: self.tr("Evidence package…"),
            self.table: self.tr("Table, text or web page…"),
            self.custody: self.tr("History…"),
            self.verify: self.tr("Check the case…"),
            self.code: self.tr("Check code…"),
            self.stamp: self.tr("Trusted timestamp…"),
            self.copy: self.tr("Save a copy of the case…"),
            self.copies: self.tr("Automatic backups…"),
            self.password: self.tr("Password…"),
            self.sheet: self.tr("Recovery code…"),
            self.lock: self.tr("Lock now"),
            self.rescue: self.tr("Recover a damaged case…"),
            self.help: self.tr("Help"),
            self.keys: self.tr("Keyboard shortcuts"),
            self.proof: self.tr("What this proves, and what it doesn’t"),
            self.check: self.tr("Check an evidence package…"),
            self.log: self.tr("Show the error log"),
            self.about: self.tr("About Evidence App"),
        }
        for action, name in named.items():
            action.setText(name)
            action.setToolTip(name.removesuffix("…"))
        self._name_menus()

    def _name_menus(self) -> None:
        for menu, title in (
            (self._case, self.tr("Case")),
            (self._edit, self.tr("Edit")),
            (self._export, self.tr("Export")),
            (self._view, self.tr("View")),
            (self._help, self.tr("Help")),
        ):
            menu.setTitle(title)
        self._themes[Theme.SYSTEM].setText(self.tr("Follow system"))
        self._themes[Theme.LIGHT].setText(self.tr("Light"))
        self._themes[Theme.DARK].setText(self.tr("Dark"))
        chosen = self._themes.get(self._window.settings.theme)
        if chosen is not None:
            chosen.setChecked(True)
        self._languages[languages.spoken()].setChecked(True)

    def enable(self, workspace: Workspace | None) -> None:
        """Offer what can be done now."""
        open_ = workspace is not None
        writing = workspace is not None and not workspace.session.case.read_only
        for action in self._needs_case:
            action.setEnabled(open_)
        is_package = workspace is not None and workspace.session.is_package
        for action in self._needs_true_case:
            action.setEnabled(open_ and not is_package)
        for action in self._needs_writing:
            action.setEnabled(writing)
        locked = workspace is not None and workspace.session.case.key is not None
        for action in self._needs_password:
            action.setEnabled(locked)
        can_add = writing or not open_
        self.files.setEnabled(can_add)
        self.paste.setEnabled(can_add)
        self.bar.setVisible(open_)

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name what can be undone and redone; None for nothing."""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.undo.setText(self.tr("Undo"))
        self.redo.setText(self.tr("Redo"))
        self.undo.setToolTip(self.tr("Undo: {0}").format(undo) if undo else self.tr("Undo"))
        self.redo.setToolTip(self.tr("Redo: {0}").format(redo) if redo else self.tr("Redo"))

    def _paste(self) -> None:
        field = self._window.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit) and not field.isReadOnly():
            field.paste()
        else:
            self._window.paste()

    def _undo(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.session.undo()

    def _redo(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.session.redo()

    def _search(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.focus_search()

    def _search_all(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.search_all()


def _fill(menu: QMenu, actions: list[QAction | None]) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
