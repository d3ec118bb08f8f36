"""Files that lie within a PDF/A-3 (ISO 19005-3, 6.8), of any size, in bounded memory.

They are appended to the finished file as an update at its end, piece by piece, in the place of
empty ones; and are read in pieces too. Runs in closed-off processes only.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from evidence_app.dossier import structure_tree

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MOST_BYTES = 2_000_000_000
"""Of all files together: PDF/A-3 allows no greater number than 2,147,483,647."""

OCTETS = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+\-]*/[a-z0-9][a-z0-9.+\-]*")
_PACKED = re.compile("image/|audio/|video/|.*(?:zip|compressed|pdf)")
"""Kinds of files that another packing makes no smaller."""

_PIECE = 1 << 20
_HEAD = 4096
_ROW = struct.Struct(">BIH")
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class AssociatedFile:
    """One file within the document.

    Attributes:
        name: Safe on every system; no two files have the same.
        description: What it is, in the language of the document.
        media_type: As ``image/png``.
        modified: As PDF writes dates, ``D:20260102030405Z``.
        is_source: Whether it is an original; else it stands in the place of one.
        sha256: Of its bytes, 64 hexadecimal digits.
        size: In bytes.
    """

    name: str
    description: str
    media_type: str
    modified: str
    is_source: bool
    sha256: str
    size: int

    def values(self) -> dict[str, Any]:
        """As they are sent to a closed-off process."""
        return asdict(self)


def prepare(pdf: Pdf, files: Sequence[AssociatedFile]) -> None:
    """Name the files in a document; what is in them comes with `append`, after it was saved."""
    import pikepdf
    from pikepdf import Dictionary, Name, String

    if not files:
        return
    tree = pikepdf.NameTree.new(pdf)
    associated = []
    for file in files:
        content = pdf.make_stream(b"", Type=Name.EmbeddedFile, Subtype=_subtype(file))
        relationship = Name.Source if file.is_source else Name.Supplement
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(file.name),
                UF=String(file.name),
                Desc=String(file.description),
                AFRelationship=relationship,
                EF=Dictionary(F=content, UF=content),
            )
        )
        tree[file.name] = specification
        associated.append(specification)
    names = pdf.Root.get("/Names", Dictionary())
    names.EmbeddedFiles = tree.obj
    pdf.Root.Names = names
    pdf.Root.AF = pikepdf.Array(associated)


def _subtype(file: AssociatedFile) -> Object:
    from pikepdf import Name

    media_type = file.media_type.lower()
    return Name(f"/{media_type if _MEDIA_TYPE.fullmatch(media_type) else OCTETS}")


def append(path: Path, files: Sequence[AssociatedFile], sources: Sequence[Path]) -> None:
    """Append what is in the files to a document that `prepare` saw before it was saved.

    Args:
        path: The document.
        files: As they were prepared.
        sources: Where their bytes are, in the same order.

    Raises:
        ValueError: They are not what is said of them, or do not belong to the document.
    """
    import pikepdf

    if not files:
        return
    with pikepdf.open(path) as pdf:
        named = {str(specification.UF): specification.EF.F for specification in pdf.Root.AF}
        numbers = [named[file.name].objgen[0] for file in files]
        subtypes = [str(named[file.name].Subtype) for file in files]
        identifier = bytes(pdf.trailer.ID[0])
        size = int(pdf.trailer.Size)
        tail = f"/Root {pdf.Root.objgen[0]} 0 R/Info {pdf.docinfo.objgen[0]} 0 R"
    with path.open("r+b") as document:
        before = structure_tree.table_start(document)
        document.seek(0, 2)
        offsets: dict[int, int] = {}
        digest = hashlib.sha256(identifier)
        for file, number, subtype, source in zip(files, numbers, subtypes, sources, strict=True):
            offsets[number] = document.tell()
            _write_file(document, number, file, subtype, source)
            digest.update(file.sha256.encode())
        _write_table(document, offsets, size, before, tail, (identifier, digest.digest()))


def _write_file(
    document: BinaryIO, number: int, file: AssociatedFile, subtype: str, source: Path
) -> None:
    checksum = _checksum(source, file)
    is_packed = _PACKED.match(file.media_type) is not None
    encoded = subtype[1:].replace("/", "#2F")
    head = (
        f"{number} 0 obj\n<</Type/EmbeddedFile/Subtype/{encoded}"
        f"/Params<</Size {file.size}/ModDate({file.modified})/CheckSum<{checksum}>>>"
        f"{'' if is_packed else '/Filter/FlateDecode'}/Length "
    )
    document.write(head.encode("ascii"))
    length_at = document.tell()
    document.write(b"0" * _DIGITS + b">>\nstream\n")
    start = document.tell()
    with source.open("rb") as content:
        if is_packed:
            while piece := content.read(_PIECE):
                document.write(piece)
        else:
            packing = zlib.compressobj()
            while piece := content.read(_PIECE):
                document.write(packing.compress(piece))
            document.write(packing.flush())
    end = document.tell()
    document.write(b"\nendstream\nendobj\n")
    document.seek(length_at)
    document.write(f"{end - start:0{_DIGITS}}".encode())
    document.seek(0, 2)


def _checksum(source: Path, file: AssociatedFile) -> str:
    """The MD5 value that PDF asks for; it vouches for nothing, the SHA-256 value does.

    Raises:
        ValueError: The bytes are not those of the file.
    """
    md5, own = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    with source.open("rb") as content:
        while piece := content.read(_PIECE):
            md5.update(piece)
            own.update(piece)
    if own.hexdigest() != file.sha256:
        raise ValueError("an embedded file is not what it should be")
    return md5.hexdigest()


def _write_table(
    document: BinaryIO,
    offsets: Mapping[int, int],
    size: int,
    before: int,
    tail: str,
    identifiers: tuple[bytes, bytes],
) -> None:
    """Write where the new objects are; the table leads to the one before it."""
    start = document.tell()
    rows = {**offsets, size: start}
    table = zlib.compress(b"".join(_ROW.pack(1, rows[number], 0) for number in sorted(rows)))
    first, second = identifiers[0].hex(), identifiers[1][: len(identifiers[0])].hex()
    index = " ".join(f"{number} 1" for number in sorted(rows))
    head = (
        f"{size} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{index}]/Size {size + 1}/Prev {before}{tail}"
        f"/ID[<{first}><{second}>]/Filter/FlateDecode/Length {len(table)}>>\nstream\n"
    )
    document.write(head.encode("ascii") + table)
    document.write(f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file within a document that was read.

    Attributes:
        name: Its name.
        pieces: Its bytes, in pieces that are read when they are asked for.
    """

    name: str
    pieces: Iterator[bytes]


def read(path: Path, pdf: Pdf) -> Iterator[FoundFile]:
    """The files within a document, as its own table of objects leads to them.

    Args:
        path: The document.
        pdf: The same, opened.

    Raises:
        ValueError: One of them is written in a way that `append` does not know.
    """
    files = list(pdf.Root.get("/AF", ()))
    # Of a long document the table alone would take hundreds of megabytes.
    table = pdf.get_xref_table() if files else {}
    with path.open("rb") as document:
        for specification in files:
            content = specification.EF.F
            document.seek(table[content.objgen].offset or 0)
            head = document.read(_HEAD)
            at = head.find(b"stream\n")
            if at < 0:
                raise ValueError("an embedded file has no beginning")
            document.seek(at + len(b"stream\n") - len(head), 1)
            is_packed = "/Filter" in content
            yield FoundFile(
                str(specification.UF), _pieces(document, int(content.Length), is_packed)
            )


def _pieces(document: BinaryIO, length: int, is_packed: bool) -> Iterator[bytes]:
    unpacking = zlib.decompressobj() if is_packed else None
    while length > 0 and (piece := document.read(min(_PIECE, length))):
        length -= len(piece)
        if unpacking is None:
            yield piece
            continue
        while piece:
            yield unpacking.decompress(piece, _PIECE)
            piece = unpacking.unconsumed_tail
    if unpacking is not None:
        yield unpacking.flush()


def require_whole(path: Path, files: Sequence[AssociatedFile]) -> None:
    """Read the document again: all files are in it, byte for byte, and no others.

    Raises:
        ValueError: They are not.
    """
    import pikepdf

    expected = {file.name: file.sha256 for file in files}
    with pikepdf.open(path) as pdf:
        digests = {}
        for found_file in read(path, pdf):
            digest = hashlib.sha256()
            for piece in found_file.pieces:
                digest.update(piece)
            digests[found_file.name] = digest.hexdigest()
        is_named = set(pdf.attachments) == expected.keys()
    if digests != expected or not is_named:
        raise ValueError("the embedded files are not those that should be in it")
