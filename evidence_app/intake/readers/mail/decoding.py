"""The words of e-mails: headers and bodies in whatever encoding, and pages as text."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from evidence_app.intake.readers.mail.charsets import Charsets

_WORD = re.compile(
    r"=\?(?P<charset>[^?\s]{1,60})\?(?P<how>[BbQq])\?"
    r"(?P<data>(?:[^?]|\?(?!=)){0,1200})(?:\?=|$)"
)
_FOLD = re.compile(r"\r?\n[ \t]*")
_LONGEST_HEADER = 1 << 16
_MOST_SCANNED = 1 << 20
_ADDRESS = re.compile(
    r"""(?P<name>[^<>,;]{0,200})<?"""
    r"""(?P<address>[^\s<>,;:"'@]{1,120}@[^\s<>,;"']{1,120})"""
)
_REMOTE = re.compile(r"""<(?:img|image|source|link|iframe)\b[^>]{0,400}?https?://""", re.I)
_SAMPLE = 4096
_SAMPLED_HEADERS = 60
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_MOST_HTML = 8 << 20
_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")


def charsets_of(parsed: Message) -> Charsets:
    """The encodings that an e-mail names anywhere, and the languages that it is written in."""
    stated: list[str] = []
    word_charsets: list[str] = []
    sample: list[str] = []
    scanned = 0
    for part in parsed.walk():
        stated += _stated(part)
        for raw in (_cut(value) for _name, value in part.raw_items()):
            scanned += len(raw)
            if scanned <= _MOST_SCANNED:
                word_charsets += [
                    match["charset"].partition("*")[0] for match in _WORD.finditer(raw)
                ]
    plain = Charsets([*stated, *word_charsets])
    for _name, raw in islice(parsed.raw_items(), _SAMPLED_HEADERS):
        text = _cut(raw)
        sample.append(_decoded_words(text, plain) if _WORD.search(text) else _ascii(text))
    for part in parsed.walk():
        if part.get_content_type() == "text/plain" and _stated(part):
            sample.append(body(part, plain)[:_SAMPLE])
    return Charsets([*stated, *word_charsets], "\n".join(sample))


def _stated(part: Message) -> list[str]:
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        charset = None
    return [charset] if charset else []


def raw_values(parsed: Message, *names: str) -> Iterator[str]:
    """The headers of these names as they stand there, raw bytes as lone surrogates."""
    for header_name in names:
        for name, value in parsed.raw_items():
            if name.lower() == header_name.lower():
                yield _cut(value)


def raw_value(parsed: Message, name: str) -> str:
    """The first header of that name, or nothing."""
    return next(raw_values(parsed, name), "")


def header(raw: str, charsets: Charsets) -> str:
    """A header's words: encoded words decoded, also broken and mislabelled ones and raw bytes."""
    return " ".join(_decoded_words(raw, charsets).replace("\ufeff", "").split())


def addresses(raw: str, charsets: Charsets) -> list[tuple[str, str]]:
    """The addresses of a header, each with the name that is written beside it."""
    # Raw bytes may look like the signs between addresses, and encoded words may hold them.
    plain = _FOLD.sub(" ", _readable(raw, charsets))
    pairs = [(address, name) for name, address in getaddresses([plain]) if address]
    if any("@" not in address for address, _ in pairs):
        # A comma in a name without quotation marks parts it.
        pairs = _joined(pairs)
    if not pairs:
        pairs = [
            (match["address"], match["name"].strip(" \"'")) for match in _ADDRESS.finditer(plain)
        ]
    return [(header(address, charsets), header(name, charsets)) for address, name in pairs]


def _joined(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if not any("@" in address for address, _ in pairs):
        return pairs
    result: list[tuple[str, str]] = []
    before: list[str] = []
    for address, name in pairs:
        if "@" in address:
            result.append((address, ", ".join([*before, name])))
            before = []
        else:
            before.append(name or address)
    return result


def parameter(part: Message, header_name: str, name: str, charsets: Charsets) -> str:
    """A parameter of a header, the one that states its encoding before one that does not."""
    holder = Message()
    holder[header_name] = _FOLD.sub(" ", _readable(raw_value(part, header_name), charsets))
    try:
        values = [value for key, value in holder.get_params([], header_name) if key == name]
    except (ValueError, LookupError, TypeError, IndexError):
        return ""
    values.sort(key=lambda value: not isinstance(value, tuple))
    return next((_value(value, charsets) for value in values if value), "")


def _value(value: object, charsets: Charsets) -> str:
    if not isinstance(value, tuple):
        return header(str(value), charsets)
    charset, _language, text = value
    data = str(text).encode("latin-1", "ignore")
    return header(charsets.labelled(data, charset or ""), charsets)


def _decoded_words(raw: str, charsets: Charsets) -> str:
    pieces: list[str] = []
    waiting, waiting_charset, end = b"", "", 0
    for match in _WORD.finditer(raw):
        between = raw[end : match.start()]
        data, charset = _word(match), match["charset"].partition("*")[0].lower()
        if waiting and (between.strip() or charset != waiting_charset):
            pieces.append(charsets.labelled(waiting, waiting_charset))
            waiting = b""
        if between.strip() or end == 0:
            pieces.append(_readable(between, charsets))
        # A character may be parted between two words, so their bytes are joined first.
        waiting, waiting_charset, end = waiting + data, charset, match.end()
    if waiting:
        pieces.append(charsets.labelled(waiting, waiting_charset))
    pieces.append(_readable(raw[end:], charsets))
    return "".join(pieces)


def _word(match: re.Match[str]) -> bytes:
    """The bytes of an encoded word, also one that has raw bytes or a line's end in it."""
    data = _FOLD.sub("", match["data"]).encode("utf-8", "surrogateescape")
    if match["how"] in "qQ":
        return quopri.decodestring(data.replace(b"_", b" "), header=False)
    packed = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    # A rest of one character holds no whole byte.
    packed = packed[: len(packed) - (len(packed) % 4 == 1)]
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return data


def _readable(text: str, charsets: Charsets) -> str:
    """Text in which raw bytes have become characters."""
    if text.isascii():
        return text
    return charsets.unlabelled(text.encode("utf-8", "surrogateescape"))


def _cut(raw: object) -> str:
    return str(raw)[:_LONGEST_HEADER]


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()


def body(part: Message, charsets: Charsets) -> str:
    """The text of one part."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return charsets.labelled(data, next(iter(_stated(part)), ""))


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
