"""The help: a list of pages, what they say, and a search over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.help.pages import HelpPage

_ENDING = ".md"
_MARGIN = 18
_LIST_WIDTH, _TEXT_WIDTH = 240, 640
_NAME_ROLE = Qt.ItemDataRole.UserRole


class _Reader(QTextBrowser):
    """Shows the pages of the help by name and opens nothing else."""

    def __init__(self, texts: Callable[[str], str]) -> None:
        super().__init__()
        self._texts = texts
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        self.anchorClicked.connect(self._follow)

    def loadResource(self, _kind: int, name: QUrl | str) -> str:
        """The text of a page, empty if there is none of that name."""
        return self._texts(QUrl(name).path())

    def show_page(self, name: str) -> None:
        """Go to a page."""
        kind = QTextDocument.ResourceType.MarkdownResource
        self.setSource(QUrl(f"{name}{_ENDING}"), kind)

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and self._texts(link.path()):
            self.show_page(link.path().removesuffix(_ENDING))


class HelpWindow(QDialog):
    """Stands beside the window, which can be used as before."""

    def __init__(self, pages: Callable[[], Sequence[HelpPage]]) -> None:
        """Make the window.

        Args:
            pages: Gives the pages in the language of now.
        """
        super().__init__(None, Qt.WindowType.Window)
        self._read_pages = pages
        self.pages: dict[str, HelpPage] = {}
        self.search = QLineEdit(clearButtonEnabled=True)
        self.list = QListWidget()
        self.nothing = QLabel()
        self.text = _Reader(lambda path: self._text_of(path))
        self.back, self.forward = QToolButton(), QToolButton()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.list.setCurrentRow(0)
        self.resize(_LIST_WIDTH + _TEXT_WIDTH, 620)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.back, self.forward):
            button.setAutoRaise(True)
            button.setEnabled(False)
            row.addWidget(button)
        row.addWidget(self.search, 1)
        self.nothing.setWordWrap(True)
        contents = QWidget()
        column = QVBoxLayout(contents)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        self.splitter = QSplitter()
        self.splitter.addWidget(contents)
        self.splitter.addWidget(self.text)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_LIST_WIDTH, _TEXT_WIDTH])
        self.list.setMinimumWidth(120)
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.text.setMinimumWidth(240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.text.setFocus)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.text.sourceChanged.connect(self._on_source)
        self.back.clicked.connect(self.text.backward)
        self.forward.clicked.connect(self.text.forward)
        self.text.backwardAvailable.connect(self.back.setEnabled)
        self.text.forwardAvailable.connect(self.forward.setEnabled)
        for key, work in (
            (QKeySequence.StandardKey.Back, self.text.backward),
            (QKeySequence.StandardKey.Forward, self.text.forward),
            (QKeySequence.StandardKey.Find, self._focus_search),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(work)

    def show_page(self, name: str) -> None:
        """Come to the front with a page.

        Args:
            name: One of `pages.NAMES`.
        """
        self.search.clear()
        self._retranslate()
        self._select(name)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the colours: the text takes its colours when it is read."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            # The window, whose menus name the keys, may be told after this one.
            QTimer.singleShot(0, self, self._retranslate)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Help"))
        self.search.setPlaceholderText(self.tr("Search the help"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.list.setAccessibleName(self.tr("Pages of the help"))
        self.text.setAccessibleName(self.tr("Help page"))
        self.nothing.setText(self.tr("No page has all these words. Try fewer or other words."))
        for button, icon, label in (
            (self.back, "chevron-left", self.tr("Back")),
            (self.forward, "chevron-right", self.tr("Forward")),
        ):
            button.setIcon(icons.icon(icon))
            button.setToolTip(label)
            button.setAccessibleName(label)
        chosen = self._current_name()
        self.pages = {page.name: page for page in self._read_pages()}
        self._fill(chosen)
        if chosen:
            self.text.reload()
            self._mark()

    def _text_of(self, path: str) -> str:
        page = self.pages.get(path.removesuffix(_ENDING))
        return "" if page is None else page.text

    def _current_name(self) -> str:
        return self.text.source().path().removesuffix(_ENDING)

    def _fill(self, chosen: str) -> None:
        """List the pages that match the search; select one without opening it."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for page in self.pages.values():
                if page.has(self.search.text()):
                    line = QListWidgetItem(page.title)
                    line.setData(_NAME_ROLE, page.name)
                    self.list.addItem(line)
            self._choose(chosen)
        self.nothing.setVisible(self.list.count() == 0)

    def _choose(self, name: str) -> bool:
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME_ROLE) == name:
                self.list.setCurrentRow(row)
                return True
        return False

    def _narrow(self) -> None:
        self._fill(self._current_name())
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self._mark()

    def _select(self, name: str) -> None:
        if not self._choose(name):
            self.text.show_page(name)

    def _on_chosen(self, line: QListWidgetItem | None) -> None:
        if line is not None and line.data(_NAME_ROLE) != self._current_name():
            self.text.show_page(line.data(_NAME_ROLE))

    def _on_source(self, source: QUrl) -> None:
        with QSignalBlocker(self.list):
            if not self._choose(source.path().removesuffix(_ENDING)):
                self.list.setCurrentRow(-1)
        self._mark()

    def _mark(self) -> None:
        """Mark the words of the search in the page, and bring the first of them into sight."""
        cursors = []
        for word in self.search.text().split():
            at = self.text.document().find(word)
            while not at.isNull():
                cursors.append(at)
                at = self.text.document().find(word, at)
        self.text.setExtraSelections([self._selection(at) for at in cursors])
        if cursors:
            first = QTextCursor(min(cursors, key=lambda at: at.selectionStart()))
            first.clearSelection()
            self.text.setTextCursor(first)
            self.text.ensureCursorVisible()

    def _selection(self, at: QTextCursor) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = at
        selection.format.setBackground(self.palette().highlight())
        selection.format.setForeground(self.palette().highlightedText())
        return selection

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
