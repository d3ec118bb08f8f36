"""Telegram Desktop's ``messages.html``, ``messages2.html`` and so on: pages of one chat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence_app.intake.chat_authors import ask_for_owner, owner_among
from evidence_app.intake.failures import cut_off
from evidence_app.intake.readers.chat.participants import account, folded
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.readers.support.html import (
    attribute,
    classes_of,
    first,
    having,
    html_head,
    one_line,
    text_of,
    tree_of,
)
from evidence_app.intake.readers.tables.times import Dating, read_time
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import DateOrder, Question, QuestionKind
from evidence_app.model.times import TimeReading, WallClock

if TYPE_CHECKING:
    from lxml import etree

_MESSAGE = re.compile(rb'<div class="message (?:default|service)\b')
_PAGE = re.compile(rb'class="(?:page_wrap|page_body chat_page|history)[ "]')
_DATES = Dating(order=DateOrder.DMY)
_ZONE = re.compile(r"(?:UTC|GMT)(?=[+-]\d)", re.ASCII)
_VIA = re.compile(r" via @\w+$")
_LENGTH = re.compile(r"\((?:(?P<m>\d{1,5}):(?P<s>\d{2})|(?P<all>\d{1,7})\b)")
# What became of a call, in the languages in which people use the program.
_CALLS = tuple(
    (re.compile(pattern, re.I), sides)
    for pattern, sides in (
        (
            "missed|пропущен|verpasst|perdida|manqué|perse|未接|不在着信|부재중",
            (Direction.INCOMING, Outcome.MISSED),
        ),
        (
            "declined|отклон|відхил|abgelehnt|rechazada|refusé|recusada|已拒|拒绝|拒絕|拒否|거절",
            (Direction.INCOMING, Outcome.REJECTED),
        ),
        (
            "cancel|отмен|скасован|abgebrochen|cancelada|annulé|已取消|キャンセル|취소",
            (Direction.OUTGOING, Outcome.MISSED),
        ),
        (
            "incoming|входящ|вхідн|eingehend|entrante|entrant|recebida|呼入|来电|來電|着信|수신",
            (Direction.INCOMING, Outcome.UNKNOWN),
        ),
        (
            "outgoing|исходящ|вихідн|ausgehend|saliente|sortant|realizada|呼出|去电|撥出|発信|발신",
            (Direction.OUTGOING, Outcome.UNKNOWN),
        ),
    )
)
_GONE = frozenset(
    {"deleted account", "удалённый аккаунт", "удаленный аккаунт", "видалений акаунт",
     "gelöschtes konto", "cuenta eliminada", "compte supprimé", "conta excluída", "已注销帐号",
     "已注销账号", "已删除的帐号", "已刪除的帳號", "已刪除帳號"}
)  # fmt: skip
"""What all accounts that no longer exist are called; they are not one person."""
_FILE_KINDS = frozenset(
    {"media_photo", "media_video", "media_voice_message", "media_audio_file", "media_file"}
)


def recognises(source: Source) -> bool:
    """Whether the file is such a page."""
    head = html_head(source.stream)
    return _MESSAGE.search(head) is not None and _PAGE.search(head) is not None


def read(source: Source) -> Iterator[Record]:
    """The messages and calls of a page; service lines and dates as text.

    Raises:
        ReadFailure: The page is too large or has nothing in it.
    """
    tree, is_whole = tree_of(source.stream)
    yield Description(ItemKind.MESSAGES, "text/html")
    yield from times_in_name(source.filename)
    page = _Page(tree, source.answers.owners)
    yield from page.records()
    if not is_whole:
        yield Notice(cut_off(page.count), damaged=True)


@dataclass(frozen=True, slots=True)
class _Call:
    """A call; its direction is None if its words are of a language not known here."""

    direction: Direction | None
    outcome: Outcome
    duration_s: float | None
    status: str


@dataclass(frozen=True, slots=True)
class _Entry:
    node: etree._Element
    body: etree._Element
    author: str
    call: _Call | None


class _Page:
    """A page of a chat.

    Attributes:
        count: How many entries it has.
    """

    def __init__(self, tree: etree._Element, owners: tuple[str, ...]) -> None:
        header = first(tree, "div", "page_header")
        self._chat = one_line(first(header, "div", "text")) if header is not None else ""
        self._entries = list(_entries(tree))
        self._authors = Counter(entry.author for entry in self._entries if entry.author)
        self._owner = owner_among(self._authors, owners) or self._owner_by_calls()
        self._is_one_to_one = self._find_one_to_one()
        self._unsure = self._floating = False
        self._left_out = 0
        self.count = len(self._entries)

    def _owner_by_calls(self) -> str | None:
        """Whoever placed an outgoing call: on whose side a call was is written in words."""
        placed = {
            entry.author
            for entry in self._entries
            if entry.call is not None and entry.call.direction is Direction.OUTGOING
        } - {""}
        return placed.pop() if len(placed) == 1 else None

    def _find_one_to_one(self) -> bool:
        """Whether the chat bears the name of one author, and at most one other wrote in it."""
        others = [author for author in self._authors if folded(author) != folded(self._chat)]
        is_named = len(others) < len(self._authors) or self._owner in others
        return is_named and len(others) <= 1

    def records(self) -> Iterator[Record]:
        """Every entry, then what is to be said and asked."""
        for number, entry in enumerate(self._entries, 1):
            yield self._record(entry, SourcePlace(PlaceUnit.ENTRY, number))
        if self._floating:
            yield Question(QuestionKind.TIMEZONE, {}, False)
        if self._unsure:
            yield ask_for_owner(self._authors)
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))

    def _record(self, entry: _Entry, place: SourcePlace) -> Record:
        if "service" in classes_of(entry.node):
            return TextBlock(one_line(entry.node), place)
        at = attribute(first(entry.body, "div", "date"), "title")
        time = _time(at)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=at)
            return SkippedEntry(place, reason, one_line(entry.node)[:500])
        self._floating = self._floating or isinstance(time.moment, WallClock)
        return self._act(entry, time, place)

    def _act(self, entry: _Entry, time: TimeReading, place: SourcePlace) -> EventRecord:
        call = entry.call
        call_direction = call.direction if call is not None else None
        # Who called is the author of the entry.
        direction = call_direction or self._direction(entry.author)
        other = entry.author
        if direction is Direction.OUTGOING:
            other = self._chat if self._is_one_to_one else ""
        files, media = self._media(entry.body)
        text = call.status if call is not None else _text(entry.body)
        return EventRecord(
            type=EventType.MESSAGE if call is None else EventType.CALL,
            direction=direction,
            outcome=Outcome.UNKNOWN if call is None else call.outcome,
            time=time,
            duration_s=None if call is None else call.duration_s,
            identifier="" if folded(other) in _GONE else account("Telegram", other),
            contact_name=other,
            text=text,
            place=place,
            raw=_raw(entry) | {"chat": self._chat, "media": media},
            enclosed=files,
        )

    def _direction(self, author: str) -> Direction:
        if self._owner is not None and author:
            return Direction.OUTGOING if author == self._owner else Direction.INCOMING
        if self._is_one_to_one and author:
            mine = folded(author) != folded(self._chat)
            return Direction.OUTGOING if mine else Direction.INCOMING
        self._unsure = True
        return Direction.NONE

    def _media(self, body: etree._Element) -> tuple[tuple[str, ...], str]:
        """The files that are linked, and what is said of them."""
        files: list[str] = []
        captions: list[str] = []
        for wrap in having(body, "div", "media_wrap"):
            links = [attribute(link, "href") for link in wrap.iter("a")]
            there = [link for link in links if link and "://" not in link]
            files += there
            kinds = {name for element in wrap.iter() for name in classes_of(element)}
            self._left_out += bool(kinds & _FILE_KINDS) and not there
            captions.append(one_line(wrap))
        return tuple(dict.fromkeys(files)), "; ".join(filter(None, captions))


def _entries(tree: etree._Element) -> Iterator[_Entry]:
    """The entries with their authors: one who goes on writing is not named again."""
    author = ""
    for node in having(tree, "div", "message"):
        body = first(node, "div", "body")
        body = node if body is None else body
        is_service = "service" in classes_of(node)
        if not is_service and "joined" not in classes_of(node):
            author = _author(body)
        yield _Entry(node, body, author, None if is_service else _call(body))


def _raw(entry: _Entry) -> dict[str, str]:
    """The entry's own fields; from whom it was forwarded and who reacted only if somebody."""
    fields = {"id": attribute(entry.node, "id"), "from": entry.author}
    forwarded = first(entry.body, "div", "forwarded")
    if forwarded is not None:
        fields["forwarded_from"] = one_line(first(forwarded, "div", "from_name"))
    reactions = [one_line(reaction) for reaction in having(entry.body, "span", "reaction")]
    if reactions:
        fields["reactions"] = "; ".join(reactions)
    return fields


def _author(body: etree._Element) -> str:
    """The name above a message; the one above what was forwarded stands deeper."""
    for child in body:
        if isinstance(child.tag, str) and "from_name" in classes_of(child):
            return _VIA.sub("", one_line(child))
    return ""


def _call(body: etree._Element) -> _Call | None:
    media = first(body, "div", "media_call")
    if media is None:
        return None
    status = one_line(first(media, "div", "status"))
    length = _LENGTH.search(status)
    duration = _seconds(length) if length is not None else None
    call_sides = next((call_sort for pattern, call_sort in _CALLS if pattern.search(status)), None)
    direction, outcome = call_sides or (None, Outcome.UNKNOWN)
    return _Call(direction, Outcome.ANSWERED if duration else outcome, duration, status)


def _seconds(length: re.Match[str]) -> float:
    if length["all"]:
        return float(length["all"])
    return float(int(length["m"]) * 60 + int(length["s"]))


def _time(title: str) -> TimeReading | None:
    """The time in a title, whose day stands before its month in every language."""
    try:
        reading = read_time(_ZONE.sub("", title), _DATES)
    except ValueError:
        return None
    return None if reading is None else replace(reading, raw=title)


def _text(body: etree._Element) -> str:
    """What was written; of a place, a contact or a poll what it says."""
    texts = [text_of(node) for node in having(body, "div", "text")]
    for wrap in having(body, "div", "media_wrap"):
        kinds = {name for element in wrap.iter() for name in classes_of(element)}
        if not kinds & _FILE_KINDS and not any(True for _ in wrap.iter("img")):
            texts.append(one_line(wrap))
    return "\n".join(filter(None, texts))
