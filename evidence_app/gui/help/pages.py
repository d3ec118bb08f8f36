"""The pages of the help: Markdown files, with parts that the program fills in itself."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_app import resources
from evidence_app.gui.appearance import texts
from evidence_app.model.case import Jurisdiction
from evidence_app.services import helplines, violations
from evidence_app.services.violations import Language

NAMES = (
    "first-case", "phone", "carriers", "chats", "screenshots", "recordings", "who-is-who",
    "tables", "violations", "proof", "recipients", "safety", "keys",
)  # fmt: skip
"""The pages in the order of the list; each is a file in each language."""

TYPES_PLACE = "{{violation types}}"
"""Stands in a page where the violation types come, which have one list of their own."""

LINES_PLACE = "{{help lines}}"
"""Stands in a page where the lines come that listen to people in distress."""

KEYS_PLACE = "{{keys of the menus}}"
"""Stands in a page where the keys of the window's menus come."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page.

    Attributes:
        name: Its file without the ending; links name it so.
        title: Its first heading.
        text: Markdown.
    """

    name: str
    title: str
    text: str

    def has(self, search: str) -> bool:
        """Whether each of the words, parted by blanks, stands on the page."""
        text = self.text.casefold()
        return all(word in text for word in search.casefold().split())


def read(language: Language, menu_keys: str) -> list[HelpPage]:
    """All pages, in their order.

    Args:
        language: In which language.
        menu_keys: The keys of the menus, as a part of a page in Markdown.
    """
    filled = {
        TYPES_PLACE: _types(language),
        LINES_PLACE: _lines(language),
        KEYS_PLACE: menu_keys,
    }
    return [_page(name, language, filled) for name in NAMES]


def _page(name: str, language: Language, filled: dict[str, str]) -> HelpPage:
    text = resources.path("help", language, f"{name}.md").read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")
    for place, part in filled.items():
        text = text.replace(place, part)
    return HelpPage(name, title, text)


def _types(language: Language) -> str:
    return "\n\n".join(
        f"**{violation_type.name(language)}**\n\n{violation_type.explanation(language)}"
        for violation_type in violations.all_types()
    )


def _lines(language: Language) -> str:
    form = "- {0}：{1}，{2}" if language == "zh" else "- {0}: {1}, {2}"
    return "\n".join(
        form.format(texts.jurisdiction(where), line.number, line.name(language))
        for where in Jurisdiction
        if (line := helplines.of_region(where.region())) is not None
    )
