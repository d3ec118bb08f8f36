"""What the parts of the pages are, for those who cannot see them: the tags of the PDF.

Headings, paragraphs, lists, tables and figures are elements of a tree (ISO 32000-1, 14.7). Each
stretch of text on a page has a number there; the element that it belongs to names it. An element
is written to a file when it ends, so that a call log of any length takes no memory.
`structure_tree` makes objects of PDF of that file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

GROUPS = frozenset(("Document", "Sect", "Table", "TR", "L", "LI", "TOC", "TOCI"))
"""Elements that have no text of their own."""

_LONGEST = 1000
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


class Element:
    """A part of the document.

    Attributes:
        number: By which others name it, from 0.
        tag: A standard structure type, as ``P``.
    """

    __slots__ = ("attributes", "kids", "number", "parent", "tag")

    def __init__(self, number: int, tag: str, parent: int, attributes: dict[str, Any]) -> None:
        self.number = number
        self.tag = tag
        self.parent = parent
        self.attributes = attributes
        self.kids: list[int | list[int]] = []


_ARTIFACT = Element(-1, "Artifact", -1, {})
_REPEATED = "/Artifact <</Type /Pagination>> BDC"
NO_CONTENT = "/Artifact BMC"
"""Opens a stretch of a page with lines and areas, which are no content."""

END = "EMC"
"""Ends a stretch of a page."""


class Structure:
    """Takes down the elements of a document while it is written.

    Attributes:
        current: The element that what is written now belongs to.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._count = 0
        self._page = -1
        self._marks = 0
        self._links = 0
        self._lasting: dict[int, list[Element]] = {}
        self._open_element: Element | None = None
        self._operator = ""
        self._document = self.current = self._new_element("Document", -1, {})

    def begin_page(self) -> None:
        """Count one page more; numbers of text begin anew."""
        self._page += 1
        self._marks = self._links = 0
        self._open_element = None

    def begin(self, tag: str, **attributes: object) -> Element:
        """Add an element to the current one; the caller ends it by `end`.

        Args:
            tag: Its type.
            attributes: ``Alt`` (words instead of it), ``Scope``, ``ColSpan`` or ``BBox``.
        """
        if "Alt" in attributes:
            attributes["Alt"] = str(attributes["Alt"])[:_LONGEST]
        parent = self._document if self.current is _ARTIFACT else self.current
        element = self._new_element(tag, parent.number, attributes)
        parent.kids.append(element.number)
        return element

    def last(self, tag: str, **attributes: object) -> Element:
        """Add an element to the current one, which ends when that one ends."""
        element = self.begin(tag, **attributes)
        self._lasting.setdefault(element.parent, []).append(element)
        return element

    def end(self, element: Element) -> None:
        """Write an element, which nothing is added to any more."""
        for child in self._lasting.pop(element.number, ()):
            self.end(child)
        attributes = _JSON.encode(element.attributes) if element.attributes else "{}"
        # Numbers in lists are written alike in Python and in JSON; there are very many of them.
        head = f'{element.number},"{element.tag}",{element.parent}'
        self._out.write(f"[{head},{element.kids},{attributes}]\n")

    def finish(self) -> None:
        """Write the element that holds all others."""
        self.end(self._document)

    @contextmanager
    def into(self, element: Element) -> Iterator[None]:
        """Let what is written belong to an element."""
        outer, self.current = self.current, element
        yield
        self.current = outer

    @contextmanager
    def within(self, tag: str, **attributes: object) -> Iterator[Element]:
        """Let what is written belong to a new element, and end it."""
        element = self.begin(tag, **attributes)
        with self.into(element):
            yield element
        self.end(element)

    @contextmanager
    def nothing(self) -> Iterator[None]:
        """Let what is written be no content: running titles, and what was said before."""
        with self.into(_ARTIFACT):
            yield

    @property
    def is_content(self) -> bool:
        """Whether what is written now is content."""
        return self.current is not _ARTIFACT

    def operator(self) -> str:
        """What opens text of the current element on the current page; the same for one stretch."""
        if self.current is not self._open_element:
            self._open_element = self.current
            self._operator = self.mark(self.current)
        return self._operator

    def mark(self, element: Element | None = None) -> str:
        """What opens a stretch of its own of an element, or of the current one."""
        element = element or self.current
        if element is _ARTIFACT:
            return _REPEATED
        element.kids.append([self._page, self._marks])
        self._marks += 1
        return f"/{element.tag} <</MCID {self._marks - 1}>> BDC"

    def link(self) -> None:
        """Take down that the current element, or a new one in it, leads somewhere."""
        if self.current is _ARTIFACT:
            self._links += 1
            return
        if self.current.tag == "Link":
            self._add_link()
        else:
            with self.within("Link"):
                self._add_link()

    def _add_link(self) -> None:
        self.current.kids.append([self._page, -1 - self._links])
        self._links += 1

    def _new_element(self, tag: str, parent: int, attributes: dict[str, Any]) -> Element:
        self._count += 1
        return Element(self._count - 1, tag, parent, attributes)
