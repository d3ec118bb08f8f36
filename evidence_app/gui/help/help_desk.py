"""Shows help wherever it is asked for, and the first steps in the case of a newcomer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from evidence_app import settings
from evidence_app.gui.appearance import languages
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.help import keys, pages
from evidence_app.gui.help.first_steps_card import FirstStepsCard
from evidence_app.gui.help.help_window import HelpWindow
from evidence_app.gui.help.pages import HelpPage
from evidence_app.gui.workspace import Page, Workspace
from evidence_app.model.first_steps import FirstStep

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow


class HelpDesk(QObject):
    """One help window for the whole program, made when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._help_window: HelpWindow | None = None
        window.closed.connect(self._end)

    def show(self, name: str = pages.NAMES[0]) -> HelpWindow:
        """Show the help page of that name.

        Args:
            name: One of `pages.NAMES`.
        """
        if self._help_window is None:
            self._help_window = HelpWindow(self._pages)
        self._help_window.show_page(name)
        return self._help_window

    def _end(self) -> None:
        """Close the help with the window, whose shortcuts it lists."""
        if self._help_window is not None:
            self._help_window.close()
            self._help_window.deleteLater()
            self._help_window = None

    def _pages(self) -> list[HelpPage]:
        language = languages.spoken()
        return pages.read(language, keys.of_menus(self._window.menuBar(), language))

    def follow(self, workspace: Workspace) -> None:
        """Answer what is asked in a case, and lead a newcomer through the first one."""
        workspace.help_wanted.connect(self.show)
        case = workspace.session.case
        is_own = not case.read_only and case.path.absolute() != settings.sample_case().absolute()
        if is_own and not self._window.settings.knows_first_steps:
            self._guide(workspace)

    def _guide(self, workspace: Workspace) -> None:
        card = FirstStepsCard(workspace.session)
        card.help_wanted.connect(self.show)
        card.step_wanted.connect(partial(self._lead, workspace))
        card.dismissed.connect(self._no_guide_again)
        card.completed.connect(self._no_guide_again)
        workspace.page_shown.connect(card.on_page)
        workspace.put_above(card)

    def _lead(self, workspace: Workspace, step: FirstStep) -> None:
        if step is FirstStep.EVIDENCE:
            workspace.show_page(Page.EVIDENCE)
            self._window.add_files()
        elif step is FirstStep.PEOPLE:
            workspace.show_page(Page.PARTIES)
        elif step is FirstStep.SUGGESTIONS:
            workspace.show_page(Page.FINDINGS)
        else:
            ExportDialog(workspace.session, self._window).open()

    def _no_guide_again(self) -> None:
        self._window.settings.knows_first_steps = True
        self._window.settings.save()
