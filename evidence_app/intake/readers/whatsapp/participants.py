"""Who is who in a WhatsApp or Signal chat: by its name, its lines, and what the person said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from evidence_app.intake.readers.chat.participants import Sides, folded, sides
from evidence_app.intake.readers.whatsapp.calls import call_of
from evidence_app.intake.readers.whatsapp.phrases import (
    Said,
    deleted_by_owner,
    is_encryption,
    is_group_line,
    is_mine,
)
from evidence_app.intake.readers.whatsapp.syntax import visible

NOBODY = "No-Sender"
"""Whom Signal's exports name if they do not know who wrote."""

_NAMES = (
    re.compile(r"WhatsApp[ -]Chat(?:t)? (?:with|-|–|mit|met|med|dengan) (.+)", re.I),
    re.compile(r"Chat (?:de )?WhatsApp (?:con|com|dengan) (.+)", re.I),
    re.compile(r"Discussion WhatsApp avec (.+)|Conversa do WhatsApp com (.+)", re.I),
    re.compile(r"(?:Чат|Переписка(?: в)?) WhatsApp (?:с|со|з) (.+)|Czat WhatsApp z (.+)", re.I),
    re.compile(r"(.+) ile WhatsApp (?:Sohbeti|Yazışması|Sohbet)", re.I),
    re.compile(r"[与與和跟] ?(.+?) ?的 ?WhatsApp ?(?:聊天|對話|对话)(?:记录|記錄|紀錄)?", re.I),
    re.compile(r"WhatsApp ?(?:聊天|對話|对话)(?:记录|記錄|紀錄)?\s*[-–—]\s*(.+)", re.I),
    re.compile(r"(.+?) ?との ?WhatsApp ?(?:トーク|チャット).*", re.I),
    re.compile(r"(.+?) ?님과의 ?WhatsApp ?(?:대화|채팅)|WhatsApp ?(?:대화|채팅) ?- ?(.+)", re.I),
    re.compile(r"(?:دردشة|محادثة) (?:واتساب|WhatsApp) مع (.+)", re.I),
)
_COPY = re.compile(r"(?: ?\(\d{1,3}\))?(?:\.(?:txt|zip|md))+$", re.I)
_WORDS = re.compile(r"[^\W_]+")


class Cast:
    """Everybody who writes in a chat, and what its lines tell of who they are."""

    def __init__(self) -> None:
        self.authors: Counter[str] = Counter()
        self.messages = 0
        self._is_group = False
        self._notified = ""
        self._deleting: Counter[str] = Counter()

    def take(self, one: Said) -> None:
        """Look at one message."""
        self.messages += 1
        if not one.is_notice:
            if one.author != NOBODY:
                self.authors[one.author] += 1
            self._deleting[one.author] += deleted_by_owner(one.text)
        elif call_of(one.text, is_apps=True) is None:
            words = visible(one.text)
            if is_encryption(words):
                self._notified = self._notified or one.author
            else:
                self._is_group = self._is_group or is_group_line(words)

    def add(self, other: Cast) -> None:
        """Count in what another part of the file tells."""
        self.authors += other.authors
        self.messages += other.messages
        self._is_group = self._is_group or other._is_group
        self._notified = self._notified or other._notified
        self._deleting += other._deleting

    @property
    def is_group(self) -> bool:
        """Whether more than two write, or the chat says of itself that it is a group."""
        return self._is_group or len(self.authors) > 2

    def sides(self, owners: Sequence[str], filenames: Iterable[str]) -> Sides:
        """Who is the owner and who the other side, as far as it can be told.

        Args:
            owners: What the person said.
            filenames: What the export and the archive in which it lies are called.
        """
        authors = [author for author, _ in self.authors.most_common()]
        names = [stem_of(name) for name in filenames]
        chat = next(filter(None, map(named, names)), "")
        partner = _fitting(chat, authors) or (_at_an_end(names, authors) if not chat else None)
        # iOS lets the other side of a chat of two say that it is encrypted.
        partner = partner or _fitting(self._notified, authors)
        if not self.is_group and partner is not None:
            chat = partner
        found = sides(authors, owners, chat or self._notified, self.is_group)
        mine = self._owner() if found.owner is None else None
        return found if mine is None else sides(authors, [mine], found.chat, self.is_group)

    def _owner(self) -> str | None:
        deleting = [author for author, count in self._deleting.items() if count and author]
        named = [author for author in self.authors if is_mine(author)]
        for found in (named, deleting):
            if len(found) == 1:
                return found[0]
        return None


def stem_of(filename: str) -> str:
    """A file name without folders, extension, and number of a copy."""
    return _COPY.sub("", visible(re.split(r"[/\\]", filename)[-1])).strip()


def named(stem: str) -> str:
    """Whom or what group the chat is with, as WhatsApp calls exports in many languages."""
    for pattern in _NAMES:
        if found := pattern.fullmatch(stem):
            return next(group for group in found.groups() if group).strip()
    return ""


def _fitting(name: str, authors: Iterable[str]) -> str | None:
    """The author of that name; a file name lacks some characters that a name may have."""
    if not name:
        return None
    authors = list(authors)
    exact = [one for one in authors if folded(one) == folded(name)]
    fitting = exact or [one for one in authors if _tokens(one) and _tokens(one) == _tokens(name)]
    return fitting[0] if len(fitting) == 1 else None


def _at_an_end(stems: Iterable[str], authors: Iterable[str]) -> str | None:
    """The author with whose name a file's name ends or begins, in a language not known here."""
    authors = list(authors)
    for stem in stems:
        words = _tokens(stem)
        if not {"whatsapp", "واتساب"} & set(words):
            continue
        fitting = [
            one
            for one in authors
            if (name := _tokens(one)) and name in (words[-len(name) :], words[: len(name)])
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _tokens(name: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", name).casefold())
