"""Small pictures: fetched a few at a time when they come into view, the oldest forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QImage, QPixmap

_BATCH = 12
_WAITING = 120
_KEPT = 600


class Thumbnails:
    """The pictures that were fetched, and those that are still to be fetched.

    One batch is fetched at a time, the latest wanted first; who scrolls past a thousand
    pictures waits for the last few only.
    """

    def __init__(self, fetch: Callable[[Sequence[int]], None]) -> None:
        """Make an empty store.

        Args:
            fetch: Starts to fetch the pictures of these items; its end is told by `put`.
        """
        self._fetch = fetch
        self._images: OrderedDict[int, QPixmap] = OrderedDict()
        self._waiting: OrderedDict[int, None] = OrderedDict()
        self._running: frozenset[int] = frozenset()

    def get(self, item_id: int) -> QPixmap | None:
        """The picture, null if the item has none; None while it is on the way."""
        picture = self._images.get(item_id)
        if picture is not None:
            self._images.move_to_end(item_id)
            return picture
        if item_id not in self._running:
            self._waiting[item_id] = None
            self._waiting.move_to_end(item_id)
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
        return None

    def ask(self) -> None:
        """Start to fetch what is waited for, unless a batch is on the way."""
        if self._running or not self._waiting:
            return
        batch = [self._waiting.popitem()[0] for _ in range(min(_BATCH, len(self._waiting)))]
        self._running = frozenset(batch)
        self._fetch(batch)

    def put(self, pictures: Mapping[int, QImage]) -> None:
        """Keep a batch that was fetched, and go on with the next."""
        for item_id in self._running:
            self._images[item_id] = QPixmap.fromImage(pictures.get(item_id, QImage()))
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self._running = frozenset()
        self.ask()
