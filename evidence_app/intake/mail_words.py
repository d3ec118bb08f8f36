"""The words of e-mails: headers and bodies in whatever encoding, and pages as text."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from email.message import Message

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "hz-gb-2312": "hz",
          "big5": "big5hkscs", "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252",
          "us-ascii": "utf-8", "ascii": "utf-8"}  # fmt: skip
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([BbQq])\?([^?]*)\?=")
_REMOTE = re.compile(r"""<(?:img|image|source|link|iframe)\b[^>]{0,400}?https?://""", re.I)
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_MOST_HTML = 8 << 20
_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")


def header(value: object) -> str:
    """A header's words: encoded words decoded, also mislabelled ones and raw bytes."""
    raw = _raw(value)
    pieces: list[str] = []
    waiting, waiting_charset, end = b"", "", 0
    for found in _WORD.finditer(raw):
        between = raw[end : found.start()]
        data, charset = _word(found), found[1].partition("*")[0].lower()
        if waiting and (between.strip() or charset != waiting_charset):
            pieces.append(_decoded(waiting, waiting_charset))
            waiting = b""
        if between.strip() or end == 0:
            pieces.append(_guessed(_bytes_of(between)))
        # A character may be parted between two words, so their bytes are joined first.
        waiting, waiting_charset, end = waiting + data, charset, found.end()
    pieces.append(_decoded(waiting, waiting_charset))
    pieces.append(_guessed(_bytes_of(raw[end:])))
    return _clean("".join(pieces))


def _word(found: re.Match[str]) -> bytes:
    """The bytes of an encoded word, also one that has raw bytes in it."""
    data = _bytes_of(found[3])
    if found[2] in "qQ":
        return quopri.decodestring(data.replace(b"_", b" "), header=False)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return data


def _raw(value: object) -> str:
    """The header as the parser has it, raw bytes as lone surrogates."""
    encoded = getattr(value, "encode", None)
    if isinstance(value, str):
        return value
    if encoded is not None and hasattr(value, "_chunks"):
        return "".join(str(chunk) for chunk, _ in getattr(value, "_chunks", ()))
    return str(value) if value is not None else ""


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _clean(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split())


def _decoded(data: bytes, charset: str | None) -> str:
    """Bytes in their stated encoding, a wider one for what real mailers call by a narrower name."""
    name = (charset or "").lower().strip("'\" ")
    if name and not name.startswith("unknown"):
        try:
            return data.decode(_WIDER.get(name, name))
        except (LookupError, ValueError):
            pass  # No such encoding, no name of one at all, or not of these bytes.
    return _guessed(data)


def _guessed(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def body(part: Message) -> str:
    """The text of one part."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        charset = None
    return _decoded(data, charset)


def page_text(html: str) -> str:
    """A page as text; nothing is loaded for it."""
    from lxml import etree
    from lxml import html as pages

    try:
        tree = pages.document_fromstring(
            html[:_MOST_HTML].encode("utf-8", "replace"),
            parser=pages.HTMLParser(encoding="utf-8", no_network=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if not isinstance(node.tag, str):
            pieces.append(node.tail or "")
            continue
        hidden = node.tag in ("script", "style", "head", "title")
        if event == "start":
            pieces.append("\n" if node.tag in _BLOCKS else "")
            pieces.append("" if hidden else node.text or "")
        else:
            pieces.append("\n" if node.tag in _BLOCKS else "")
            pieces.append(node.tail or "")
    text = _SPACES.sub(" ", "".join(pieces))
    lines = "\n".join(line.strip() for line in text.splitlines())
    return _EMPTY_LINES.sub("\n\n", lines).strip()


def refers_to_the_net(html: str) -> bool:
    """Whether a page would load pictures from elsewhere."""
    return _REMOTE.search(html) is not None
