"""Pages of a long list: fetched when they come into view, forgotten when they are long gone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

Row = TypeVar("Row")

PAGE = 100
_KEPT = 40
_WAITING = 4


class Pages(Generic[Row]):
    """The rows that were fetched, and the pages that are still to be fetched.

    One page is fetched at a time, the latest wanted first; who scrolls past a thousand pages
    waits for the last few only.
    """

    def __init__(self, fetch: Callable[[int], None]) -> None:
        """Make an empty store.

        Args:
            fetch: Starts to fetch a page; its end is told by `put` or `failed`.
        """
        self._fetch = fetch
        self._cache: OrderedDict[int, Mapping[int, Row]] = OrderedDict()
        self._stale: dict[int, Mapping[int, Row]] = {}
        self._waiting: list[int] = []
        self._running: int | None = None

    def get(self, position: int, key: int) -> Row | None:
        """The row at a position of the list, or None while its page is on the way."""
        page = position // PAGE
        rows = self._cache.get(page)
        if rows is not None:
            self._cache.move_to_end(page)
            return rows.get(key)
        self._ask(page)
        old = self._stale.get(page)
        return old.get(key) if old is not None else None

    def put(self, page: int, rows: Mapping[int, Row]) -> None:
        """Keep a page that was fetched, and go on with the next."""
        self._cache[page] = rows
        self._stale.pop(page, None)
        while len(self._cache) > _KEPT:
            self._cache.popitem(last=False)
        self._next()

    def failed(self, page: int) -> None:
        """Leave a page empty that could not be fetched, and go on with the next."""
        self.put(page, {})

    def clear(self) -> None:
        """Forget everything: the list is another one."""
        self._cache.clear()
        self._stale.clear()
        self._waiting.clear()
        self._running = None

    def expire(self) -> None:
        """Fetch every page again when it is next needed; until then, show the cached rows."""
        self._stale = dict(self._cache)
        self._cache.clear()
        self._waiting.clear()
        self._running = None

    def _ask(self, page: int) -> None:
        if page == self._running:
            return
        if page in self._waiting:
            self._waiting.remove(page)
        self._waiting.append(page)
        del self._waiting[:-_WAITING]
        if self._running is None:
            self._next()

    def _next(self) -> None:
        self._running = self._waiting.pop() if self._waiting else None
        if self._running is not None:
            self._fetch(self._running)
