"""What goes into a package in the place of an original in which something is blacked out."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.content import DossierContent, Exhibit
from evidence_app.dossier.package import layout
from evidence_app.dossier.redaction import second_reading, verification
from evidence_app.dossier.redaction.check import Seeker
from evidence_app.dossier.redaction.copies import CopyMaker
from evidence_app.dossier.redaction.second_reading import ReadWords
from evidence_app.dossier.redaction.worker import Task
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.progress import Progress
from evidence_app.services import items
from evidence_app.services.exporting import redaction_plan
from evidence_app.services.exporting.redaction import Redactions

_LOG = logging.getLogger(__name__)
_PDF = "application/pdf"
_LOGS = (ItemKind.CALL_LOG, ItemKind.MESSAGES, ItemKind.TABLE)
_OVERLAP = 256
_PNG = b"\x89PNG"
_ENDINGS = {Task.PICTURE: "jpg", Task.DOCUMENT: "pdf", Task.SOUND: "flac"}


@dataclass(frozen=True, slots=True)
class Copies:
    """What is packed in the place of originals, by exhibit number.

    Attributes:
        redactions: What is blacked out.
        files: Copies that were made, each with its ending as a name.
        excerpts: Of which only the records go, as something in their words is blacked out.
        left_out: Of which nothing can go.
        without_traces: Of which a copy goes, or nothing, as the file, or one in it, tells where a
            photo was taken or with which device.
    """

    redactions: Redactions
    files: Mapping[int, Path] = field(default_factory=dict)
    excerpts: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    without_traces: frozenset[int] = frozenset()

    @property
    def is_any(self) -> bool:
        """Whether anything goes in the place of an original."""
        return bool(self.redactions.plan or self.files or self.excerpts or self.left_out)

    def name(self, number: int, digits: int) -> str | None:
        """Where the copy lies, under a name that tells nothing; None if the original goes.

        Empty if nothing goes.
        """
        if number in self.left_out:
            return ""
        if number in self.excerpts:
            return f"{layout.EXCERPTS}{number:0{digits}}-redacted.json"
        if number in self.files:
            return f"{layout.REDACTED}{number:0{digits}}-redacted{self.files[number].suffix}"
        return None


def make(
    case: CaseFile,
    content: DossierContent,
    redactions: Redactions,
    folder: Path,
    progress: Progress,
    with_location: bool,
) -> Copies:
    """Make the copies.

    Args:
        case: The state of the case.
        content: Without what was blacked out.
        redactions: What was.
        folder: Where the copies go.
        progress: Asked often whether to go on.
        with_location: Whether files of photos go that tell of place and device.

    Raises:
        Cancelled: The person asked to stop.
        EvidenceError: Something can still be found in a copy.
    """
    folder.mkdir()
    files: dict[int, Path] = {}
    excerpts, left_out, without_traces = set(), set(), set()
    with CopyMaker(progress) as maker:
        hidden = _Hidden(case, content, redactions)
        telling = None if with_location else _Telling(case, maker, content.damaged)
        for exhibit in content.exhibits:
            progress.check()
            item = exhibit.item
            if item.id in redactions.plan.worded and item.kind in _LOGS:
                excerpts.add(exhibit.number)
                continue
            tells = telling is not None and telling.is_in(item)
            if tells:
                without_traces.add(exhibit.number)
            if tells or (redactions.plan and hidden.is_in(item)):
                path = hidden.copy(maker, exhibit, folder)
                if path is not None and tells and telling is not None:
                    path = telling.cleared(path)
                if path is None:
                    left_out.add(exhibit.number)
                else:
                    files[exhibit.number] = path
    _require_no_leaks(files, content, progress)
    groups = map(frozenset, (excerpts, left_out, without_traces))
    return Copies(redactions, files, *groups)


def _require_no_leaks(
    files: Mapping[int, Path], content: DossierContent, progress: Progress
) -> None:
    for path in files.values():
        if path.suffix == ".pdf":
            verification.require_no_leaks(path, content.secrecy, (), progress)


def read_again(
    copies: Copies,
    content: DossierContent,
    read: ReadWords,
    progress: Progress,
) -> None:
    """Look for what was blacked out in copies as they are shown.

    Raises:
        Cancelled: The person asked to stop.
        EvidenceError: Something was found, or they could not be read.
    """
    for path in progress.until_cancelled(copies.files.values()):
        if path.suffix == ".pdf":
            second_reading.require_unreadable(path, content.secrecy, None, read, progress)
        elif path.suffix in (".jpg", ".png"):
            second_reading.require_none_read(path.read_bytes(), content.secrecy, read)


class _Telling:
    """Which originals tell where a photo was taken, or with which device."""

    def __init__(self, case: CaseFile, maker: CopyMaker, damaged: frozenset[int]) -> None:
        self._case, self._maker, self._damaged = case, maker, damaged
        self._results: dict[int, bool] = {}

    def is_in(self, item: Item) -> bool:
        """Whether the file of an item tells, or one that lies in it."""
        if item.id not in self._results:
            self._results[item.id] = False
            inner = items.get_many(self._case, items.parts(self._case, item.id))
            self._results[item.id] = self._tells(item) or any(map(self.is_in, inner))
        return self._results[item.id]

    def _tells(self, item: Item) -> bool:
        if item.kind is not ItemKind.PICTURE or item.id in self._damaged:
            return False
        with items.open_original(self._case, item.id) as original:
            return bool(self._maker.traces(original))

    def cleared(self, path: Path) -> Path | None:
        """A copy under the ending of its kind; None if it still tells."""
        if path.suffix != f".{_ENDINGS[Task.PICTURE]}":
            return path
        with path.open("rb") as copy:
            if self._maker.traces(copy):
                return None
            copy.seek(0)
            is_png = copy.read(len(_PNG)) == _PNG
        return path.rename(path.with_suffix(".png")) if is_png else path


class _Hidden:
    """Which originals hold something that is blacked out, and what goes in their place."""

    def __init__(self, case: CaseFile, content: DossierContent, redactions: Redactions) -> None:
        self._case, self._content, self._redactions = case, content, redactions
        self._seeker = Seeker(content.secrecy)
        self._by_id = {exhibit.item.id: exhibit.item for exhibit in content.exhibits}
        self._results: dict[int, bool] = {}

    def is_in(self, item: Item) -> bool:
        """Whether something blacked out is, or may be, in an item or in what lies in it."""
        if item.id not in self._results:
            self._results[item.id] = False
            self._results[item.id] = self._is_in(item)
        return self._results[item.id]

    def _is_in(self, item: Item) -> bool:
        plan = self._redactions.plan
        if item.id in plan.items or item.id in plan.worded or self._drawn(item):
            return True
        inner = items.get_many(self._case, items.parts(self._case, item.id))
        if any(self.is_in(inner_item) for inner_item in inner):
            return True
        texts = (block.text for block in items.texts(self._case, item.id))
        return any(plan.blanking.spans(text) for text in texts) or self._has_bytes(item)

    def _drawn(self, item: Item) -> bool:
        return any(mark.kind is MarkKind.REDACTION for mark in self._marks(item))

    def _marks(self, item: Item) -> tuple[Mark, ...]:
        return redaction_plan.with_marks_of_words(self._redactions.plan, self._case, item)

    def _has_bytes(self, item: Item) -> bool:
        """Whether such words stand in the bytes of an original, in the usual codings."""
        before = b""
        with items.stream_original(self._case, item.id) as stream:
            while piece := stream.read(1 << 20):
                if self._seeker.is_in_bytes(before + piece):
                    return True
                before = piece[-_OVERLAP:]
        return False

    def copy(self, maker: CopyMaker, exhibit: Exhibit, folder: Path) -> Path | None:
        """Make a copy of an exhibit without what is blacked out; None if there can be none."""
        item = exhibit.item
        task = _task(item)
        if task is None:
            return self._text_copy(exhibit, folder)
        marks = self._marks(item)
        if task is Task.SOUND and not any(mark.stretch for mark in marks):
            return None
        target = folder / f"{exhibit.number}.{_ENDINGS[task]}"
        with items.open_original(self._case, item.id) as original:
            is_made = maker.make(
                task,
                original,
                target,
                marks=redaction_plan.drawn_by_page(marks),
                silent=[
                    mark.stretch
                    for mark in marks
                    if mark.stretch and mark.kind is MarkKind.REDACTION
                ],
                words=sorted(self._redactions.plan.words),
            )
        return target if is_made else None

    def _text_copy(self, exhibit: Exhibit, folder: Path) -> Path | None:
        """The words of a text, if the program has read them."""
        if exhibit.item.kind not in (ItemKind.TEXT, ItemKind.NOTE, ItemKind.EMAIL):
            return None
        texts = [block.text for block in self._content.access.texts(exhibit.item.id)]
        if not any(texts):
            return None
        target = folder / f"{exhibit.number}.txt"
        target.write_text("\n\n".join(texts), encoding="utf-8", errors="replace")
        return target


def _task(item: Item) -> Task | None:
    if item.media_type == _PDF:
        return Task.DOCUMENT
    if item.kind is ItemKind.PICTURE:
        return Task.PICTURE
    return Task.SOUND if item.kind in (ItemKind.RECORDING, ItemKind.VIDEO) else None


def listing(content: DossierContent, copies: Copies, named: Mapping[int, str]) -> bytes:
    """What stands in the place of which original, as JSON."""
    values: list[dict[str, Any]] = []
    for exhibit in content.exhibits:
        if copies.name(exhibit.number, 1) is None:
            continue
        marks = content.access.marks(exhibit.item.id)
        hidden = [mark for mark in marks if mark.kind is MarkKind.REDACTION]
        values.append(
            {
                "exhibit": exhibit.number,
                "file": named[exhibit.number],
                "original": {"sha256": exhibit.item.sha256},
                "places": len(hidden),
                "reasons": sorted({mark.note for mark in hidden if mark.note}),
            }
        )
    return orjson.dumps(values, option=orjson.OPT_INDENT_2)


def checked(pieces: Iterable[bytes], content: DossierContent, name: str) -> Iterator[bytes]:
    """The pieces of a file of the package, whole lines each, if no blacked-out word is in them.

    Raises:
        EvidenceError: One is.
    """
    seeker = Seeker(content.secrecy)
    for piece in pieces:
        if seeker.is_written(piece.decode(errors="replace")):
            _LOG.warning("what was blacked out can still be found in %s", name)
            raise EvidenceError(message(MessageCode.REDACTION_LEAKS))
        yield piece


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file."""
    with path.open("rb") as file:
        yield from file
