"""Pictures fit for print, made ahead of need by processes of their own."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from evidence_app.dossier import limits, picture_worker
from evidence_app.dossier.content import ContentSource
from evidence_app.dossier.picture_store import PrintForm
from evidence_app.dossier.redaction import drawing
from evidence_app.dossier.redaction.check import Burned
from evidence_app.errors import Cancelled, DamagedError
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Item, ItemKind, RenditionKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.sandbox.child import BROKEN, Child

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.dossier.picture_worker"
_WORKERS = 2
_TIMEOUT_S = 60.0
_PIECE = 1 << 20
_DOCUMENT = "application/pdf"


@dataclass(frozen=True, slots=True)
class Pictures:
    """What can be shown of one exhibit.

    Attributes:
        forms: Page by page; None for what cannot be shown.
        is_substitute: Whether the original cannot be decoded, and this is what was kept of it
            when it was imported.
    """

    forms: list[PrintForm | None] = field(default_factory=list)
    is_substitute: bool = False


def reads(item: Item) -> bool:
    """Whether the original of an item is read for its pictures, and checked on the way."""
    return item.kind is ItemKind.PICTURE or _has_pages(item)


def _has_pages(item: Item) -> bool:
    return item.media_type == _DOCUMENT and bool(item.page_count)


class PrintImages:
    """Makes pictures in the background; use it as a context manager.

    Attributes:
        burned: The pictures in which something was blacked out.
    """

    def __init__(self, access: ContentSource) -> None:
        self.burned: list[Burned] = []
        self._access = access
        self._folder = Path(tempfile.mkdtemp(prefix="evidence-pictures-"))
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="pictures")
        self._names = count()
        self._mine = threading.local()
        self._workers: list[_Worker] = []
        self._guard = threading.Lock()
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        with self._guard:
            self._is_over = True
            for worker in self._workers:
                worker.stop()
        self._pool.shutdown(wait=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def order(self, item: Item, most: tuple[int, int]) -> Future[Pictures]:
        """Have pictures of the item made with at most so many pixels each.

        All pages of a document; one of anything else, or none. The answer may be a
        `DamagedError`: the original is not what was imported.
        """
        return self._pool.submit(self._make, item, most)

    def discard(self, pictures: Pictures) -> None:
        """Forget pictures that were drawn."""
        for form in pictures.forms:
            if form is not None:
                form.path.unlink(missing_ok=True)

    def _make(self, item: Item, most: tuple[int, int]) -> Pictures:
        source = self._folder / f"source-{next(self._names)}"
        marks = [mark for mark in self._access.marks(item.id) if mark.box is not None]
        try:
            if _has_pages(item):
                self._copy(item, source)
                pages = self._pages(source, item.page_count or 0, most, marks)
                if any(pages):
                    return Pictures(pages)
            elif item.kind is ItemKind.PICTURE:
                self._copy(item, source)
                form = self._decode(source, most, {"marks": _drawn(marks)})
                if form is not None:
                    return Pictures([form])
            if self._is_hiding(item, marks):
                return Pictures([None] * _count_of_pages(item))
            return self._rendition(item, source, most)
        finally:
            source.unlink(missing_ok=True)

    def _is_hiding(self, item: Item, marks: Sequence[Mark]) -> bool:
        """Whether a picture that was made at the import may show what is blacked out."""
        may_have_words = item.media_type == _DOCUMENT and bool(self._access.words)
        return may_have_words or any(mark.kind is MarkKind.REDACTION for mark in marks)

    def _rendition(self, item: Item, source: Path, most: tuple[int, int]) -> Pictures:
        for kind in (RenditionKind.PREVIEW, RenditionKind.THUMBNAIL):
            rendition = self._access.rendition(item.id, kind)
            if rendition is not None and rendition.media_type.startswith("image/"):
                source.write_bytes(rendition.data)
                form = self._decode(source, most, {})
                is_decoded = item.kind is ItemKind.PICTURE or item.media_type == _DOCUMENT
                return Pictures([form], is_substitute=form is not None and is_decoded)
        return Pictures()

    def _copy(self, item: Item, out: Path) -> None:
        """Write the original for the process that decodes it, and check it on the way."""
        digest = hashlib.sha256()
        with self._access.open_original(item.id) as original, out.open("wb") as copy:
            while piece := original.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
        if digest.hexdigest() != item.sha256:
            raise DamagedError(message(MessageCode.ORIGINAL_DAMAGED, item=item.title))

    def _pages(
        self, source: Path, count: int, most: tuple[int, int], marks: Sequence[Mark]
    ) -> list[PrintForm | None]:
        forms: list[PrintForm | None] = []
        for number in range(1, min(count, limits.PAGES) + 1):
            if self._is_over:
                raise Cancelled
            if number > 1 and not self._worker().has_document:
                # It ended at the page before, and the new one was sent nothing yet.
                forms += [None] * (min(count, limits.PAGES) + 1 - number)
                break
            drawn = _drawn([mark for mark in marks if mark.page == number])
            request = {"page": number, "marks": drawn, "words": self._access.words}
            forms.append(self._decode(source, most, request))
        return forms

    def _decode(
        self, source: Path, most: tuple[int, int], more: Mapping[str, Any]
    ) -> PrintForm | None:
        target = self._folder / f"picture-{next(self._names)}"
        answer = self._worker().ask(source, target, {"width": most[0], "height": most[1], **more})
        if answer is None:
            target.unlink(missing_ok=True)
            return None
        picture, black = answer
        if black:
            digest = hashlib.sha256(target.read_bytes()).hexdigest()
            self.burned.append(Burned(digest, black))
            return replace(picture, is_burned=True)
        return picture

    def _worker(self) -> _Worker:
        """This thread's worker, a new one if the last one died."""
        worker: _Worker | None = getattr(self._mine, "worker", None)
        if worker is None or not worker.is_alive():
            with self._guard:
                if self._is_over:
                    raise Cancelled
                worker = _Worker()
                self._workers.append(worker)
            self._mine.worker = worker
        return worker


class _Worker:
    """One process of `picture_worker`.

    It is no `Helper`: whoever closes `PrintImages` ends the processes of other threads, which must
    not start again then.

    Attributes:
        has_document: Whether it was sent the document whose pages it is asked for.
    """

    def __init__(self) -> None:
        self._child = Child(_PROGRAM, picture_worker.MEMORY)
        self.has_document = False

    def is_alive(self) -> bool:
        return self._child.is_alive()

    def ask(
        self, source: Path, target: Path, request: Mapping[str, Any]
    ) -> tuple[PrintForm, tuple[Region, ...]] | None:
        """Have one picture made, and what of it is black; None if it cannot be, or takes long."""
        try:
            with self._child.watched(_TIMEOUT_S), source.open("rb") as file:
                is_new = request.get("page", 1) == 1
                self.has_document = "page" in request
                answer = self._child.ask(request, file if is_new else None, target)
            if "error" in answer:
                return None
            black = tuple(Region(*map(float, place)) for place in answer["black"])
            return PrintForm.of(target, answer), black
        except BROKEN as error:
            _LOG.warning("a picture could not be made for print: %r", error)
            self.stop()
            return None

    def stop(self) -> None:
        """End the process."""
        self._child.stop()


def _drawn(marks: Sequence[Mark]) -> list[tuple[str, tuple[float, ...], str]]:
    """Marks as the process is sent them."""
    return drawing.sent((mark.kind, mark.box, mark.text) for mark in marks if mark.box is not None)


def _count_of_pages(item: Item) -> int:
    """How many pictures there should be of an item."""
    return min(item.page_count or 0, limits.PAGES) if _has_pages(item) else 1
