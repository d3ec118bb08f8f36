"""The words that a person would read in the XML of WeChat's messages."""

from __future__ import annotations

import re
from typing import Any

_BEGINS = re.compile(
    r"\s*(?:<\?xml|<msg\b|<appmsg\b|<voip\w*\b|<sysmsg\b|<revokemsg\b|<location\b|<VoIPBubbleMsg\b)"
)
_MOST = 1 << 20
_SAID = ("title", "des", "feedesc", "pay_memo", "msg", "subject", "digest")
_SAID_BY_WECHAT = ("replacemsg", "content", "template", "plain", "text")
_RECEIPTS = {"3": "已收款", "4": "已退还", "5": "已收款"}


def is_xml(content: str) -> bool:
    """Whether a message's content is XML of WeChat's."""
    return _BEGINS.match(content) is not None


def xml_words(content: str) -> str:
    """What a person would read in the XML of a message; hostile XML says nothing.

    Of a quotation also whom and what it quotes; of a transfer also whether it tells of the
    receipt only.
    """
    root = _root(content)
    if root is None:
        return ""
    pieces = [_receipt(root), *(_text(root, name) for name in _SAID)]
    pieces += [*_place(root), root.get("nickname", ""), _quoted(root)]
    if root.tag in ("sysmsg", "revokemsg"):
        pieces += [_text(root, name) for name in _SAID_BY_WECHAT]
    return " ".join(dict.fromkeys(piece for piece in pieces if piece))


def _root(content: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    start = content.find("<")
    try:
        return etree.fromstring(content[start : start + _MOST].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _text(root: Any, name: str) -> str:
    node = root.find(f".//{name}")
    return " ".join((node.text or "").split()) if node is not None else ""


def _place(root: Any) -> tuple[str, str]:
    location = root if root.tag == "location" else root.find(".//location")
    if location is None:
        return "", _text(root, "label")
    return location.get("poiname", ""), location.get("label", "")


def _quoted(root: Any) -> str:
    reference = root.find(".//refermsg")
    if reference is None:
        return ""
    content = _text(reference, "content")
    author = _text(reference, "displayname")
    return f"「{author}：{'…' if is_xml(content) else content}」" if author or content else ""


def _receipt(root: Any) -> str:
    return _RECEIPTS.get(_text(root, "paysubtype"), "")
