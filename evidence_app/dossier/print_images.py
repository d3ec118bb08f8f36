"""Pictures fit for print, made ahead of need by processes of their own."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from evidence_app.dossier import picture_worker
from evidence_app.dossier.content import ContentSource
from evidence_app.dossier.redaction import drawing
from evidence_app.dossier.redaction.check import Burned
from evidence_app.errors import Cancelled, DamagedError
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Item, ItemKind, RenditionKind
from evidence_app.model.mark import Box, Mark, MarkKind
from evidence_app.sandbox.child import Child

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.dossier.picture_worker"
_WORKERS = 2
_TIMEOUT_S = 60.0
_PIECE = 1 << 20
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG file for print.

    Attributes:
        path: Where it is until `PrintImages.discard`.
        width: In pixels.
        height: In pixels.
    """

    path: Path
    width: int
    height: int


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

    def order(self, item: Item, most: tuple[int, int]) -> Future[Picture | None]:
        """Have a picture of the item made with at most so many pixels; None if there is none.

        The answer may be a `DamagedError`: the original is not what was imported.
        """
        return self._pool.submit(self._make, item, most)

    def discard(self, picture: Picture) -> None:
        """Forget a picture that was drawn."""
        picture.path.unlink(missing_ok=True)

    def _make(self, item: Item, most: tuple[int, int]) -> Picture | None:
        source = self._folder / f"source-{next(self._names)}"
        marks = [one for one in self._access.marks(item.id) if one.box is not None]
        is_paged = item.media_type == _PDF and bool(marks or self._access.words)
        try:
            if item.kind is ItemKind.PICTURE or is_paged:
                self._copy(item, source)
                made = self._decode(source, most, self._request(marks, is_paged))
                # A picture that was made before the marks would show what they hide.
                if made is not None or is_paged or _hides(marks):
                    return made
            for kind in (RenditionKind.PREVIEW, RenditionKind.THUMBNAIL):
                rendition = self._access.rendition(item.id, kind)
                if rendition is not None and rendition.media_type.startswith("image/"):
                    source.write_bytes(rendition.data)
                    return self._decode(source, most, {})
            return None
        finally:
            source.unlink(missing_ok=True)

    def _request(self, marks: Sequence[Mark], is_paged: bool) -> dict[str, Any]:
        """What the worker is told besides the size: marks, and what it needs of a document."""
        shown = [one for one in marks if not is_paged or one.page == 1]
        drawn = [(one.kind, one.box, one.text) for one in shown if one.box is not None]
        page = {"page": 1, "words": self._access.words} if is_paged else {}
        return {"marks": drawing.sent(drawn), **page}

    def _copy(self, item: Item, out: Path) -> None:
        """Write the original for the process that decodes it, and check it on the way."""
        digest = hashlib.sha256()
        with self._access.open_original(item.id) as original, out.open("wb") as copy:
            while piece := original.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
        if digest.hexdigest() != item.sha256:
            raise DamagedError(message(MessageCode.ORIGINAL_DAMAGED, item=item.title))

    def _decode(
        self, source: Path, most: tuple[int, int], request: dict[str, Any]
    ) -> Picture | None:
        target = self._folder / f"picture-{next(self._names)}.jpg"
        width, height = most
        answer = self._worker().ask(source, target, {**request, "width": width, "height": height})
        if answer is None:
            target.unlink(missing_ok=True)
            return None
        if answer["black"]:
            digest = hashlib.sha256(target.read_bytes()).hexdigest()
            black = tuple(Box(*map(float, place)) for place in answer["black"])
            self.burned.append(Burned(digest, black))
        return Picture(target, int(answer["width"]), int(answer["height"]))

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
    """One process of `picture_worker`."""

    def __init__(self) -> None:
        self._child = Child(_PROGRAM, picture_worker.MEMORY)

    def is_alive(self) -> bool:
        return self._child.is_alive()

    def ask(self, source: Path, target: Path, request: dict[str, Any]) -> dict[str, Any] | None:
        """Have one picture made, and the answer; None if it cannot be, or takes too long."""
        try:
            with (
                self._child.watched(_TIMEOUT_S),
                source.open("rb") as sent,
                target.open("wb") as made,
            ):
                self._child.send(request)
                self._child.send_file(sent)
                answer: dict[str, Any] = self._child.receive().head
                if "error" in answer:
                    return None
                self._child.receive_file(made)
                return answer
        except (EOFError, OSError, ValueError, TypeError, LookupError) as error:
            _LOG.warning("a picture could not be made for print: %r", error)
            self.stop()
            return None

    def stop(self) -> None:
        """End the process."""
        self._child.stop()


def _hides(marks: Sequence[Mark]) -> bool:
    return any(one.kind is MarkKind.REDACTION for one in marks)
