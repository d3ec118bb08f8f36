"""Who is who in the chats of a table of WeChat's, which tells it only taken as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from evidence_app.intake.readers.chat.participants import folded, sides
from evidence_app.intake.readers.wechat.columns import MEMOTRACE, Entry, Layout
from evidence_app.intake.readers.wechat.common import ME, chat_of
from evidence_app.model.event import Direction

_ENOUGH = 2
_MOST_AUTHORS = 5000
_folded = lru_cache(4096)(folded)
_NOBODY = frozenset({"messages", "message", "wechat", "weixin", "chat", "export", "聊天记录"})


@dataclass(frozen=True, slots=True)
class Who:
    """Who is who in a message.

    Attributes:
        direction: Who reached out.
        identifier: The other side; empty for what went to a whole group.
        name: The other side's name, empty if not told.
        group: What the group is called; empty in a chat of two.
    """

    direction: Direction
    identifier: str
    name: str
    group: str


@dataclass(slots=True)
class _Chat:
    """What is known of a chat.

    Attributes:
        others: Who else wrote, with their names; so many as are needed.
        has_strangers: Whether somebody wrote who is not called as the chat is.
    """

    others: dict[str, str] = field(default_factory=dict)
    has_strangers: bool = False


class Chats:
    """The chats of a table."""

    def __init__(
        self, layout: Layout, entries: Iterable[Entry], filename: str, owners: Iterable[str]
    ) -> None:
        """Look through a table.

        Args:
            layout: What the table is.
            entries: All its rows, without what WeChat itself says.
            filename: How the file is called.
            owners: Numbers and names of the person's own.
        """
        self._file_chat = chat_of(filename)
        self._own = {_folded(name) for name in (*owners, ME) if name.strip()}
        self._own_ids: set[str] = set()
        self._chats: dict[str, _Chat] = {}
        self._authors: Counter[str] = Counter()
        calls_owner_me = False
        for entry in entries:
            calls_owner_me = calls_owner_me or bool(entry.own and entry.sender == ME)
            self._look(entry)
        # MemoTrace's table of all chats calls the owner 我 and gives the names of the chat, where
        # its table of one chat gives those of the sender.
        self._names_chats = layout is MEMOTRACE and calls_owner_me
        authors = [author for author, _ in self._authors.most_common()]
        has_ids = any(self._chats)
        own = [*owners, ME, *self._own_ids]
        self._sides = sides(authors, own, self._file_chat, is_group=has_ids)

    def _look(self, entry: Entry) -> None:
        chat = self._chats.setdefault(entry.chat, _Chat())
        if not entry.sender:
            return
        if entry.sender in self._authors or len(self._authors) < _MOST_AUTHORS:
            self._authors[entry.sender] += 1
        # Whom one chat shows to be the owner is it in the groups, too.
        if entry.own or (entry.own is None and _folded(entry.name) in self._own):
            self._own_ids.add(entry.sender)
        if entry.own is False:
            chat.has_strangers |= entry.sender not in (entry.name, entry.nickname)
            if len(chat.others) < _ENOUGH:
                chat.others.setdefault(entry.sender, entry.name)

    def parties_of(self, entry: Entry) -> Who:
        """Who is who in a message."""
        group = self._group(entry) if self._is_group(entry) else ""
        if entry.own is None:
            return self._by_author(entry, group)
        if group and entry.own:
            return Who(Direction.OUTGOING, "", "", group)
        if group:
            name = entry.sender if self._names_chats else entry.name
            return Who(Direction.INCOMING, entry.sender or name, name, group)
        direction = Direction.OUTGOING if entry.own else Direction.INCOMING
        return Who(direction, *self._other(entry), "")

    def _is_group(self, entry: Entry) -> bool:
        if entry.is_group is not None:
            return entry.is_group
        if entry.own is None:
            return len(self._authors) > _ENOUGH
        chat = self._chats.get(entry.chat, _Chat())
        return chat.has_strangers if self._names_chats else len(chat.others) >= _ENOUGH

    def _by_author(self, entry: Entry, group: str) -> Who:
        direction, identifier = self._sides.of(entry.sender)
        if direction is Direction.OUTGOING:
            identifier = "" if group else identifier
            return Who(direction, identifier, identifier, group)
        return Who(direction, identifier, entry.name, group)

    def _other(self, entry: Entry) -> tuple[str, str]:
        """The other side of a chat of two, and its name."""
        if entry.is_group is False:
            says_name = self._names_chats or not entry.own
            return entry.chat, entry.chat_name or (entry.name if says_name else "")
        if self._names_chats:
            return entry.name, entry.name
        if not entry.own and (entry.sender or entry.name):
            return entry.sender or entry.name, entry.name
        others = self._chats.get(entry.chat, _Chat()).others
        if others:
            return next(iter(others.items()))
        is_named = len(self._chats) == 1 and self._file_chat.lower() not in _NOBODY
        return (self._file_chat, self._file_chat) if is_named else ("", "")

    def _group(self, entry: Entry) -> str:
        if self._names_chats and entry.name:
            return entry.name
        return entry.chat_name or (entry.chat if entry.is_group else "") or self._file_chat or "?"
