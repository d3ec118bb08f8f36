"""The keys of the menus, as a part of a help page; made from the actions themselves."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from evidence_app.services.violations import Language


def of_menus(bar: QMenuBar, language: Language) -> str:
    """A list for each menu that has keys, under the menu's name, in Markdown."""
    menus = [action.menu() for action in bar.actions()]
    parts = [_part(menu, language) for menu in menus if isinstance(menu, QMenu)]
    return "\n\n".join(filter(None, parts))


def _part(menu: QMenu, language: Language) -> str:
    form = "- `{0}`：{1}" if language == "zh" else "- `{0}`: {1}"
    lines = [
        form.format(
            action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            action.text().removesuffix("…").strip(),
        )
        for action in menu.actions()
        if not action.shortcut().isEmpty()
    ]
    return "\n".join([f"**{menu.title()}**", "", *lines]) if lines else ""
