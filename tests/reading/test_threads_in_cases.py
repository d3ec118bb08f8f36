"""Overlapping screenshots in a case: one conversation in order, each message proposed once."""

import io
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from screens import WECHAT, Conversation, talk
from test_chat import read
from test_threads import HEIGHT, VIEW, WIDTH

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import picture_threads
from evidence_app.errors import DamagedError
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.proposals import ProposalState
from evidence_app.model.reading import ReadPicture
from evidence_app.reading.process import PictureReader
from evidence_app.services import custody, items, proposals, reading, threads, verification
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer

DAY = date(2026, 3, 5)


@cache
def drawn() -> tuple[Conversation, list[tuple[bytes, ReadPicture]]]:
    """A conversation, and its screenshots from top to end with what is read from each."""
    says = talk("zh", 16, WECHAT, seed=70, extras=False)
    conversation = Conversation(says, WECHAT, width=WIDTH)
    end = conversation.height - VIEW
    screens = [
        conversation.screen(stop, HEIGHT) for stop in [*range(0, end, round(0.45 * VIEW)), end]
    ]
    return conversation, [(screen.data(), read(screen, DAY)) for screen in screens]


class Phone:
    """A conversation whose screenshots are taken in; text is read without a fault."""

    def __init__(self, case: CaseFile, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.case, self._folder = case, folder
        self.conversation, self._shots = drawn()
        self.count = len(self._shots)
        readings = dict(self._shots)

        def known_reading(_: Any, source: io.BufferedReader, taken_on: Any, __: Any) -> ReadPicture:
            return readings[source.read()]

        monkeypatch.setattr(PictureReader, "read", known_reading)

    def take(self, number: int) -> int:
        """Take a screenshot into the case; return its number."""
        path = self._folder / f"{number}.png"
        path.write_bytes(self._shots[number][0])
        with Importer(self.case) as importer:
            (result,) = importer.run([path])
        assert result.item_id is not None
        return result.item_id

    def read_all(self) -> None:
        reading.queue_unread(self.case)
        reading.run(self.case)

    def take_all(self, order: list[int]) -> list[int]:
        item_ids = {number: self.take(number) for number in order}
        self.read_all()
        return [item_ids[number] for number in sorted(order)]

    def texts(self) -> list[str]:
        return [truth.said.text for truth in self.conversation.truths]


@pytest.fixture
def phone(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Phone:
    return Phone(case, tmp_path, monkeypatch)


def proposed(case: CaseFile) -> list[str]:
    return [proposal.text.replace("\n", "") for proposal in proposals.list_proposals(case)]


def accepted_count(case: CaseFile) -> int:
    event_filter = EventFilter(types=frozenset({EventType.MESSAGE}))
    return len(timeline.index(case, event_filter).ids)


def test_screenshots_are_joined_and_each_message_is_proposed_once(phone: Phone) -> None:
    order = [2, 0, 3, 1, *range(4, phone.count)]
    ids = phone.take_all(order)
    joined = threads.pictures_with(phone.case, ids[0])
    assert [picture.item_id for picture in joined] == ids
    assert Counter(proposed(phone.case)) == Counter(phone.texts())
    every = proposals.list_proposals(phone.case, state=None)
    assert len(every) > len(phone.texts())
    entry = custody.list_entries(phone.case)[-1]
    assert entry.action is Action.JOIN_PICTURES
    assert verification.verify(phone.case).is_intact


def test_a_picture_shows_what_the_one_before_does_not(phone: Phone) -> None:
    ids = phone.take_all(list(range(phone.count)))
    joined = threads.pictures_with(phone.case, ids[-1])
    assert joined[0].top == 0
    assert joined[-1].bottom == 1
    visible = sum(round((picture.bottom - picture.top) * HEIGHT) for picture in joined)
    bars = 2 * (24 + 50) + 2 * 52
    assert abs(visible - phone.conversation.height - bars) <= 4 * len(ids)


def test_a_picture_that_comes_later_finds_its_place(phone: Phone) -> None:
    first, last = phone.take(0), phone.take(2)
    phone.read_all()
    middle = phone.take(1)
    phone.read_all()
    joined = threads.pictures_with(phone.case, first)
    assert [picture.item_id for picture in joined] == [first, middle, last]


def test_what_was_accepted_before_stands_for_what_another_picture_shows(phone: Phone) -> None:
    second = phone.take(1)
    phone.read_all()
    own = proposals.list_proposals(phone.case, item_id=second)
    proposals.accept(phone.case, [proposal.id for proposal in own])
    first = phone.take(0)
    phone.read_all()
    accepted = [proposal.text for proposal in own]
    left = [proposal.text for proposal in proposals.list_proposals(phone.case, item_id=first)]
    both = [
        proposal.text
        for proposal in proposals.list_proposals(phone.case, state=None, item_id=first)
    ]
    assert len(left) < len(both)
    proposals.accept(
        phone.case,
        [proposal.id for proposal in proposals.list_proposals(phone.case, item_id=first)],
    )
    assert accepted_count(phone.case) == len(accepted) + len(left)


def test_each_copy_that_is_named_is_the_same_act(phone: Phone) -> None:
    phone.take_all([0, 1])
    every = proposals.list_proposals(phone.case, state=None)
    proposals.accept(phone.case, [proposal.id for proposal in every])
    once = {proposal.same_as or proposal.id for proposal in every}
    assert accepted_count(phone.case) == len(once) < len(every)
    assert proposals.list_proposals(phone.case) == []


def test_the_copy_is_proposed_again_if_the_first_picture_goes_to_the_trash(phone: Phone) -> None:
    first, second = phone.take_all([0, 1])
    before = len(proposals.list_proposals(phone.case, item_id=second))
    items.trash(phone.case, [first])
    after = proposals.list_proposals(phone.case, item_id=second)
    assert len(after) > before
    assert len(threads.pictures_with(phone.case, second)) == 0


def test_a_time_above_holds_on_in_the_next_picture(phone: Phone) -> None:
    phone.take_all(list(range(phone.count)))
    named = [
        proposal for proposal in proposals.list_proposals(phone.case) if not proposal.time_words
    ]
    assert named == []


def test_reading_again_joins_again(phone: Phone) -> None:
    ids = phone.take_all(list(range(phone.count)))
    reading.queue(phone.case, [ids[1]])
    reading.run(phone.case)
    assert [picture.item_id for picture in threads.pictures_with(phone.case, ids[0])] == ids
    assert Counter(proposed(phone.case)) == Counter(phone.texts())


def test_a_layout_that_is_none_is_said_to_be_damaged(phone: Phone) -> None:
    first, _second = phone.take_all([0, 1])
    for data in (b"", b"\0\0\0\2{}", b"\xff\xff\xff\xff", b"\0\0\0\3[1]"):
        with phone.case.change(Action.READ_ITEM, {}) as change:
            picture_threads.keep_layout(change, first, data)
        with pytest.raises(DamagedError):
            threads.join(phone.case)


def test_states_are_not_lost(phone: Phone) -> None:
    first, _second = phone.take_all([0, 1])
    chosen = proposals.list_proposals(phone.case, item_id=first)[:2]
    proposals.reject(phone.case, [proposal.id for proposal in chosen])
    reading.queue(phone.case, [first])
    reading.run(phone.case)
    rejected = proposals.list_proposals(phone.case, state=ProposalState.REJECTED)
    assert {proposal.id for proposal in chosen} <= {proposal.id for proposal in rejected}
