"""Writes what `structure` took down into a finished PDF, as an update at its end.

The objects of a long document's tree are many times as many as all others. They are not read into
memory: each is written as it is read, packed into object streams (ISO 32000-1, 7.5.7).
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import struct
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pikepdf import Pdf

_FIRST_LINK = 1 << 24
"""The key of the first link in the tree of parents; below are the pages'."""

_TOGETHER = 200
_TAIL = 64
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_PLAIN, _PACKED = 1, 2
_ROW = struct.Struct(">BIH")
_OWNERS = {"Scope": "Table", "ColSpan": "Table", "BBox": "Layout"}


def prepare(pdf: Pdf) -> None:
    """Make a document ready for `append`: a root of the tree without branches, and its keys."""
    import pikepdf

    name, dictionary = pikepdf.Name, pikepdf.Dictionary
    pdf.Root.MarkInfo = dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pdf.make_indirect(dictionary(Type=name.StructTreeRoot))
    pdf.Root.ViewerPreferences = dictionary(DisplayDocTitle=True)
    link = _FIRST_LINK
    for number, page in enumerate(pdf.pages):
        page.StructParents = number
        page.Tabs = name.S
        for annotation in page.get("/Annots", ()):
            annotation.StructParent = link
            link += 1


def append(path: Path, elements: Path, plan: Plan) -> None:
    """Append the tree to a file that `prepare` saw before it was saved.

    Args:
        path: The file.
        elements: What `structure.Structure` wrote.
        plan: Of the file as it is.

    Raises:
        ValueError: They do not belong together.
    """
    with elements.open("rb") as lines:
        count = sum(1 for _ in lines)
    with path.open("r+b") as file:
        update = _Update(file, plan, plan.size + count)
        parents = _Parents(plan)
        top = -1
        with elements.open(encoding="utf-8") as lines:
            for line in lines:
                number, tag, parent, kids, attributes = json.loads(line)
                parents.add(number, kids)
                update.add(plan.element(number), plan.body(tag, parent, kids, attributes))
                top = number if parent < 0 else top
        keys = " ".join(f"{key} {update.append(body)} 0 R" for key, body in parents.of_pages())
        links = " ".join(f"{key} {number} 0 R" for key, number in parents.of_links())
        tree = update.append(f"<</Nums[{keys} {links}]>>")
        root = (
            f"<</Type/StructTreeRoot/K {plan.element(top)} 0 R"
            f"/ParentTree {tree} 0 R/ParentTreeNextKey {plan.next_key}>>"
        )
        update.add(plan.root, root)
        update.finish()


def table_start(file: BinaryIO) -> int:
    """Where the newest table of objects of a PDF file is.

    Raises:
        ValueError: The file does not say.
    """
    file.seek(-_TAIL, 2)
    match = _START.search(file.read())
    if match is None:
        raise ValueError("the file has no end")
    return int(match[1])


class Plan:
    """Which object of the file is what: of its pages and links, only their numbers.

    It is made before the file is checked: that takes most memory, and leaves it in pieces.

    Attributes:
        size: How many objects the file has; elements get the numbers from there on.
        root: The object at the root of the tree.
        next_key: The first key that the tree of parents does not use.
        trailer: What the update's own trailer repeats.
        identifier: The file's, which stays.
        start: Where the file's table of objects is.
    """

    def __init__(self, path: Path) -> None:
        import pikepdf

        with pikepdf.open(path) as pdf:
            self.size = int(pdf.trailer.Size)
            self.root = pdf.Root.StructTreeRoot.objgen[0]
            self._pages = array("I", (page.obj.objgen[0] for page in pdf.pages))
            self._links = [
                array("I", (annotation.objgen[0] for annotation in page.get("/Annots", ())))
                for page in pdf.pages
            ]
            self.identifier = bytes(pdf.trailer.ID[0])
            self.trailer = f"/Root {pdf.Root.objgen[0]} 0 R/Info {pdf.docinfo.objgen[0]} 0 R"
        self._offsets = [0]
        for links in self._links:
            self._offsets.append(self._offsets[-1] + len(links))
        self.next_key = _FIRST_LINK + self._offsets[-1]
        with path.open("rb") as file:
            self.start = table_start(file)

    def element(self, number: int) -> int:
        """The object of an element."""
        return self.size + number

    def link_key(self, page: int, link: int) -> int:
        """Of a link on a page, counted from 0."""
        return _FIRST_LINK + self._offsets[page] + link

    def body(self, tag: str, parent: int, kids: list[Any], attributes: dict[str, Any]) -> str:
        """The object of an element, as it is written."""
        above = self.root if parent < 0 else self.element(parent)
        if len(kids) == 1 and not attributes and not isinstance(kids[0], int):
            [(page, mark)] = kids
            if mark >= 0:
                # Nearly every element is of this form: a cell with one stretch of text.
                return f"<</S/{tag}/P {above} 0 R/Pg {self._pages[page]} 0 R/K {mark}>>"
        pages = {kid[0] for kid in kids if not isinstance(kid, int)}
        own = min(pages) if pages else None
        of_page = "" if own is None else f"/Pg {self._pages[own]} 0 R"
        inside = " ".join(self._kid(kid, own) for kid in kids)
        written = "".join(_attributes(attributes))
        return f"<</S/{tag}/P {above} 0 R{of_page}/K[{inside}]{written}>>"

    def _kid(self, kid: int | list[int], own: int | None) -> str:
        if isinstance(kid, int):
            return f"{self.element(kid)} 0 R"
        page, mark = kid
        if mark < 0:
            linked = self._links[page][-1 - mark]
            return f"<</Type/OBJR/Pg {self._pages[page]} 0 R/Obj {linked} 0 R>>"
        if page == own:
            return str(mark)
        return f"<</Type/MCR/Pg {self._pages[page]} 0 R/MCID {mark}>>"


def _attributes(attributes: dict[str, Any]) -> Iterator[str]:
    for name, value in attributes.items():
        if name == "Alt":
            coded = codecs.BOM_UTF16_BE + value.encode("utf-16-be", "replace")
            yield f"/Alt <{coded.hex()}>"
        elif name == "BBox":
            box = " ".join(f"{side:.2f}" for side in value)
            yield f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        else:
            written = f"/{value}" if isinstance(value, str) else value
            yield f"/A<</O/{_OWNERS[name]}/{name} {written}>>"


class _Parents:
    """Which element each stretch of text and each link belongs to."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pages: dict[int, array[int]] = {}
        self._links: dict[int, int] = {}

    def add(self, number: int, kids: list[Any]) -> None:
        """Take down what belongs to an element."""
        for kid in kids:
            if isinstance(kid, int):
                continue
            page, mark = kid
            if mark < 0:
                self._links[self._plan.link_key(page, -1 - mark)] = self._plan.element(number)
                continue
            marks = self._pages.setdefault(page, array("I"))
            marks.extend([0] * (mark + 1 - len(marks)))
            marks[mark] = self._plan.element(number)

    def of_pages(self) -> Iterator[tuple[int, str]]:
        """The elements of each page's text, in the order of its numbers."""
        for page in sorted(self._pages):
            yield page, f"[{' '.join(f'{element} 0 R' for element in self._pages[page])}]"

    def of_links(self) -> Iterator[tuple[int, int]]:
        """The element of each link."""
        return iter(sorted(self._links.items()))


class _Update:
    """New objects at the end of a file, packed into streams, and the table of where they are."""

    def __init__(self, file: BinaryIO, plan: Plan, unused: int) -> None:
        self._file, self._plan = file, plan
        self._next = unused
        self._waiting: list[tuple[int, bytes]] = []
        self._table = bytearray()
        self._of_root = b""
        self._digest = hashlib.sha256(plan.identifier)
        file.seek(0, 2)

    def add(self, number: int, body: str) -> None:
        """Write an object."""
        self._waiting.append((number, body.encode("ascii")))
        if len(self._waiting) == _TOGETHER:
            self._flush()

    def append(self, body: str) -> int:
        """Write an object that gets the next number; return it."""
        number = self._number()
        self.add(number, body)
        return number

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _flush(self) -> None:
        if not self._waiting:
            return
        heads, at, stream = [], 0, self._number()
        for index, (number, body) in enumerate(self._waiting):
            heads.append(f"{number} {at}")
            at += len(body) + 1
            self._note(number, _ROW.pack(_PACKED, stream, index))
        head = " ".join(heads).encode() + b"\n"
        data = head + b"\n".join(body for _, body in self._waiting)
        kind = f"/Type/ObjStm/N {len(self._waiting)}/First {len(head)}"
        self._note(stream, _ROW.pack(_PLAIN, self._file.tell(), 0))
        self._write_stream(stream, kind, data)
        self._waiting = []

    def _note(self, number: int, row: bytes) -> None:
        if number == self._plan.root:
            self._of_root = row
            return
        at = (number - self._plan.size) * _ROW.size
        self._table.extend(bytes(max(0, at + _ROW.size - len(self._table))))
        self._table[at : at + _ROW.size] = row

    def _write_stream(self, number: int, kind: str, *data: bytes | bytearray) -> None:
        packing = zlib.compressobj()
        packed = b"".join((*map(packing.compress, data), packing.flush()))
        self._digest.update(packed)
        head = f"{number} 0 obj\n<<{kind}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
        self._file.write(head.encode() + packed + b"\nendstream\nendobj\n")

    def finish(self) -> None:
        """Write the table, which leads to the one before it."""
        self._flush()
        plan, number, start = self._plan, self._number(), self._file.tell()
        self._note(number, _ROW.pack(_PLAIN, start, 0))
        identifier = self._digest.digest()[: len(plan.identifier)].hex()
        kind = (
            f"/Type/XRef/W[1 4 2]/Index[{plan.root} 1 {plan.size} {self._next - plan.size}]"
            f"/Size {self._next}/Prev {plan.start}{plan.trailer}"
            f"/ID[<{plan.identifier.hex()}><{identifier}>]"
        )
        self._write_stream(number, kind, self._of_root, self._table)
        self._file.write(f"startxref\n{start}\n%%EOF\n".encode())
