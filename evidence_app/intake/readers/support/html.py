"""Pages that apps export as HTML, as trees."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.messages import MessageCode, message

_MOST = 32 << 20


def html_head(stream: BinaryIO) -> bytes:
    """The head of a file that begins as HTML, else nothing."""
    head = stream.read(SNIFF_SIZE).replace(b"\x00", b"")
    begins = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    return head if begins else b""


def tree_of(stream: BinaryIO) -> tuple[etree._Element, bool]:
    """The page, and whether its end is there.

    Raises:
        ReadFailure: The page is too large or has nothing in it.
    """
    stream.seek(0)
    data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise ReadFailure(message(MessageCode.READER_LIMIT))
    tree = page_of(data)
    if tree is None:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT))
    return tree, b"</html" in data[-200:].replace(b"\x00", b"").lower()


def page_of(data: bytes) -> etree._Element | None:
    """The page that these bytes are, or begin; None if there is nothing in it."""
    text = _decoded(data).replace("\x00", "")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _decoded(data: bytes) -> str:
    name = encoding_of(data[:SNIFF_SIZE]) or "utf-8"
    return codecs.decode(data, name if name.startswith("utf-") else "utf-8", "replace")


def having(node: etree._Element, tag: str, *classes: str) -> Iterator[etree._Element]:
    """The elements of that name in a node, itself included, that are of all these classes."""
    class_set = set(classes)
    return (element for element in node.iter(tag) if class_set <= classes_of(element))


def first(node: etree._Element, tag: str, *classes: str) -> etree._Element | None:
    """The first of the elements that `having` finds."""
    return next(having(node, tag, *classes), None)


def classes_of(node: etree._Element) -> set[str]:
    """The classes of an element."""
    return set(attribute(node, "class").split())


def attribute(node: etree._Element | None, name: str) -> str:
    """An attribute, or nothing."""
    value = node.get(name) if node is not None else None
    return str(value) if value is not None else ""


def text_of(node: etree._Element | None) -> str:
    """The text in an element as it is shown, in its lines, without space around it."""
    if node is None:
        return ""
    parts: list[str] = []
    for event, element in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            parts.append("\n" if element.tag == "br" else str(element.text or ""))
        elif element is not node:
            parts.append(str(element.tail or ""))
    return "".join(parts).strip()


def one_line(node: etree._Element | None) -> str:
    """The text in an element with single spaces."""
    return " ".join(text_of(node).split())
