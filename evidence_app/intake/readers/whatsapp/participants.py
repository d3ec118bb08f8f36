"""Who is who in a WhatsApp or Signal chat: by its name, its lines, and what the person said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from evidence_app.intake.readers.chat.participants import Sides, folded, sides
from evidence_app.intake.readers.whatsapp.calls import call_of
from evidence_app.intake.readers.whatsapp.phrases import (
    Body,
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

    def take(self, body: Body) -> None:
        """Look at one message."""
        self.messages += 1
        if not body.is_notice:
            if body.author != NOBODY:
                self.authors[body.author] += 1
            self._deleting[body.author] += deleted_by_owner(body.text)
        elif call_of(body.text, is_apps=True) is None:
            text = visible(body.text)
            if is_encryption(text):
                self._notified = self._notified or body.author
            else:
                self._is_group = self._is_group or is_group_line(text)

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
        chat_sides = sides(authors, owners, chat or self._notified, self.is_group)
        mine = self._owner() if chat_sides.owner is None else None
        return (
            chat_sides if mine is None else sides(authors, [mine], chat_sides.chat, self.is_group)
        )

    def _owner(self) -> str | None:
        deleting = [author for author, count in self._deleting.items() if count and author]
        named = [author for author in self.authors if is_mine(author)]
        for authors in (named, deleting):
            if len(authors) == 1:
                return authors[0]
        return None


def stem_of(filename: str) -> str:
    """A file name without folders, extension, and number of a copy."""
    return _COPY.sub("", visible(re.split(r"[/\\]", filename)[-1])).strip()


def named(stem: str) -> str:
    """Whom or what group the chat is with, as WhatsApp calls exports in many languages."""
    for pattern in _NAMES:
        if match := pattern.fullmatch(stem):
            return next(group for group in match.groups() if group).strip()
    return ""


def _fitting(name: str, authors: Iterable[str]) -> str | None:
    """The author of that name; a file name lacks some characters that a name may have."""
    if not name:
        return None
    authors = list(authors)
    exact = [author for author in authors if folded(author) == folded(name)]
    fitting = exact or [
        author for author in authors if _tokens(author) and _tokens(author) == _tokens(name)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _at_an_end(stems: Iterable[str], authors: Iterable[str]) -> str | None:
    """The author with whose name a file's name ends or begins, in a language not known here."""
    authors = list(authors)
    for stem in stems:
        tokens = _tokens(stem)
        if not {"whatsapp", "واتساب"} & set(tokens):
            continue
        fitting = [
            author
            for author in authors
            if (name := _tokens(author)) and name in (tokens[-len(name) :], tokens[: len(name)])
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _tokens(name: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", name).casefold())
