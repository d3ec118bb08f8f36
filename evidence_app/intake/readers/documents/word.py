"""Word documents (.docx): their words, with what is in tables, text boxes, headers and comments."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, with_offset

if TYPE_CHECKING:
    from docx.document import Document

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = "word/document.xml"
_TYPES = "[Content_Types].xml"
_MOST_PARTS = 10_000
_MOST_BYTES = 300 << 20
"""Of all parts together, pictures included, as they are unpacked into memory."""

_MOST_XML = 64 << 20
_XML = (".xml", ".rels")
_BLOCK_LINES = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError,
    AttributeError, TypeError,
)  # fmt: skip
"""What python-docx raises for a package whose parts are not what they should be."""

_TEXT_OF = ("header", "footer", "footnotes", "endnotes", "comments")


def recognises(source: Source) -> bool:
    """Whether the file is a package with a Word document in it."""
    try:
        with zipfile.ZipFile(source.stream) as package:
            return {_BODY, _TYPES} <= set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read(source: Source) -> Iterator[Record]:
    """The words of a document, in blocks of lines.

    Raises:
        ReadFailure: It is damaged, or would take more room than a document has.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        _check_size(source)
        source.stream.seek(0)
        document = docx.Document(source.stream)
    except (PackageNotFoundError, XMLSyntaxError, *_BROKEN) as error:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT)) from error
    try:
        times = list(_times(document))
    except (ValueError, TypeError, AttributeError):
        times = []
    yield Description(ItemKind.DOCUMENT, _MEDIA_TYPE, metadata=_metadata(document))
    yield from times
    yield from times_in_name(source.filename)
    yield EventRecord(
        EventType.DOCUMENT, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
    )
    yield from _blocks(_lines(document, source))
    if not any(True for _ in document.element.body.iter(f"{_W}t")):
        yield Notice(message(MessageCode.DOCUMENT_WITHOUT_TEXT))


def _check_size(source: Source) -> None:
    """Refuse what unpacks to more than a document has, before any of it is unpacked."""
    source.stream.seek(0)
    with zipfile.ZipFile(source.stream) as package:
        parts = package.infolist()
        sizes = [part.file_size for part in parts]
        xml_sizes = [part.file_size for part in parts if part.filename.endswith(_XML)]
        if len(parts) > _MOST_PARTS or sum(sizes) > _MOST_BYTES or sum(xml_sizes) > _MOST_XML:
            raise ReadFailure(message(MessageCode.READER_LIMIT))
        for part in parts:
            if part.filename.endswith(_XML):
                _check_definitions(package, part)


def _check_definitions(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document of Word defines anything; what does could overload the computer."""
    data = package.read(part)
    if any("<!DOCTYPE".encode(name) in data for name in ("ascii", "utf-16-le", "utf-16-be")):
        raise ReadFailure(message(MessageCode.XML_FORBIDDEN))


def _metadata(document: Document) -> dict[str, str]:
    stated = document.core_properties
    try:
        metadata = {
            "title": stated.title,
            "author": stated.author,
            "last_modified_by": stated.last_modified_by,
        }
    except (ValueError, AttributeError):
        return {}
    return {name: value for name, value in metadata.items() if value}


def _times(document: Document) -> Iterator[TimeReading]:
    stated = document.core_properties
    for at in dict.fromkeys((stated.created, stated.modified)):
        if isinstance(at, datetime):
            plain = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
            # The standard writes them in UTC.
            moment = with_offset(plain, 0)
            yield TimeReading(moment, TimeSource.DOCUMENT, TimePrecision.SECOND, at.isoformat())


def _lines(document: Document, source: Source) -> Iterator[str]:
    """Body first, then what stands around it; each part once."""
    yield from _of(document.element.body, source)
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in _TEXT_OF:
            continue
        element = getattr(relation.target_part, "element", None)
        if element is None:
            element = _parsed(relation.target_part.blob)
        if element is not None:
            yield from _of(element, source)


def _parsed(data: bytes) -> Any:
    from docx.oxml.parser import parse_xml
    from lxml.etree import XMLSyntaxError

    try:
        return parse_xml(data)
    except (XMLSyntaxError, ValueError):
        return None


def _of(element: Any, source: Source) -> Iterator[str]:
    """The paragraphs of a part: what was inserted is there, what was struck out is not."""
    for number, paragraph in enumerate(element.iter(f"{_W}p")):
        if number % 1000 == 0:
            source.alive()
        if any(ancestor.tag == _COMPATIBILITY for ancestor in paragraph.iterancestors()):
            continue
        yield "".join(_signs(paragraph))


def _signs(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        owner = next((ancestor for ancestor in node.iterancestors(f"{_W}p")), None)
        if owner is not paragraph or node.getparent().tag == f"{_W}tabs":
            continue
        name = node.tag.rpartition("}")[2]
        if name == "t":
            yield node.text or ""
        else:
            yield {"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n")


def _blocks(lines: Iterator[str]) -> Iterator[TextBlock]:
    waiting: list[str] = []
    first = number = 1
    for number, line in enumerate(lines, 1):
        waiting.append(line)
        if len(waiting) >= _BLOCK_LINES:
            yield from _block(waiting, first)
            waiting, first = [], number + 1
    yield from _block(waiting, first)


def _block(lines: list[str], first: int) -> Iterator[TextBlock]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield TextBlock(text, SourcePlace(PlaceUnit.LINE, first))
