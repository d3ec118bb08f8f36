"""A message that a picture shows and an export has is one act, once it is accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evidence_app.casefile.case import CaseFile
from evidence_app.model.event import Direction, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.reading import (
    Box,
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    ReadPicture,
    TextLine,
)
from evidence_app.reading import stamps
from evidence_app.reading.process import PictureReader
from evidence_app.services import events as timeline
from evidence_app.services import items, proposals, reading, verification
from evidence_app.services.importing.importer import Importer

DAY = date(2026, 3, 5)
IN, OUT = Direction.INCOMING, Direction.OUTGOING
THREAT = "再不還款，我们就上门找你…"
Shown = tuple[Direction, str, str]
"""Whose it is, its words, and the time that stands above it."""


def export(case: CaseFile, *rows: tuple[str, int, str], number: str = "13900000011") -> int:
    """An export of messages: time of day on the fourth of March, kind and words."""
    message_rows = "".join(
        f'<sms protocol="0" address="{number}" date="{_ms(at)}" '
        f'type="{kind}" body="{text}" contact_name="催收小王" />'
        for at, kind, text in rows
    )
    with Importer(case) as importer:
        data = f'<smses count="{len(rows)}">{message_rows}</smses>'.encode()
        results = importer.run_bytes("sms.xml", data)
    assert results[0].item_id is not None
    return results[0].item_id


def _ms(at: str) -> int:
    return round(datetime.fromisoformat(f"2026-03-04T{at}+08:00").timestamp() * 1000)


class Setup:
    """A case into which screenshots are taken."""

    def __init__(self, case: CaseFile, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.case, self._folder, self._patch = case, folder, patch
        self._shade = 0

    def count(self, *messages: Shown, title: str = "139 0000 0011") -> int:
        """How many messages the case counts once those of a screenshot were accepted."""
        picture = picture_with(messages, title)

        def read(_: Any, __: Any, taken_on: Any, ___: Any) -> ReadPicture:
            return replace(picture, taken_on=taken_on)

        self._patch.setattr(PictureReader, "read", read)
        self._shade += 1
        path = self._folder / f"{self._shade}.png"
        Image.new("L", (40, 60), self._shade).save(path)
        with Importer(self.case) as importer:
            (result,) = importer.run([path])
        reading.queue_unread(self.case)
        reading.run(self.case)
        listed_proposals = proposals.list_proposals(self.case, item_id=result.item_id)
        assert len(listed_proposals) == len(messages)
        proposals.accept(self.case, [listed_proposal.id for listed_proposal in listed_proposals])
        return self.count_messages()

    def count_messages(self) -> int:
        event_filter = EventFilter(types=frozenset({EventType.MESSAGE}))
        return len(timeline.index(self.case, event_filter).ids)


def picture_with(pictured: Sequence[Shown], title: str) -> ReadPicture:
    """As a screenshot is read that shows these messages."""
    boxes = [Box(10, 20 * n, 90, 20 * n + 10) for n in range(len(pictured))]
    events = []
    for (side, text, when), box in zip(pictured, boxes, strict=True):
        stamp = stamps.parse(when)
        assert stamp is not None
        dated = stamps.dated(stamp, DAY)
        events.append(ProposedEvent(ProposedKind.MESSAGE, side, box, text, stamp=dated))
    lines = tuple(
        TextLine(box, message[1], 1.0) for box, message in zip(boxes, pictured, strict=True)
    )
    return ReadPicture(
        100, 400, "engine 1", layout=PictureLayout.CHAT, title=title, events=tuple(events),
        lines=lines,
    )  # fmt: skip


@pytest.fixture
def setup(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    return Setup(case, tmp_path, monkeypatch)


def test_the_same_message_is_counted_once(setup: Setup) -> None:
    export(setup.case, ("21:47:31", 1, "再不还款,我们就上门找你..."), ("21:52:00", 2, "我没有钱"))
    messages = ((IN, THREAT, "昨天 21:47"), (OUT, "我没有钱", "昨天 21:47"))
    assert setup.count(*messages) == 2
    assert verification.verify(setup.case).is_intact


@pytest.mark.parametrize(
    "shown",
    [
        (OUT, THREAT, "昨天 21:47"),
        (IN, "再不还款我们就上门打你", "昨天 21:47"),
        (IN, THREAT, "前天 21:47"),
        (IN, THREAT, "昨天 21:55"),
        (IN, THREAT, "22:30"),
    ],
    ids=["other side", "other words", "other day", "later", "later on no day"],
)
def test_what_differs_is_another_message(setup: Setup, shown: Shown) -> None:
    export(setup.case, ("21:47:31", 1, "再不还款,我们就上门找你..."))
    assert setup.count(shown) == 2


def test_the_number_of_another_person_is_another_message(setup: Setup) -> None:
    export(setup.case, ("21:47:31", 1, THREAT), number="13900000027")
    assert setup.count((IN, THREAT, "昨天 21:47")) == 2


def test_the_same_words_three_times_are_three_messages(setup: Setup) -> None:
    export(setup.case, *[(f"21:4{n}:00", 1, "接电话") for n in (7, 8)])
    assert setup.count(*[(IN, "接电话", "昨天 21:47")] * 3) == 3


def test_a_time_without_a_day_links_only_what_is_there_once(setup: Setup) -> None:
    again = [(f"22:{minute}:00", 1, "接电话") for minute in (10, 20)]
    export(setup.case, ("21:47:31", 1, THREAT), *again)
    assert setup.count((IN, THREAT, "21:47"), (IN, "接电话", "21:47")) == 4


def test_short_words_need_the_name_or_the_number(setup: Setup) -> None:
    export(setup.case, ("21:47:31", 1, "接电话"))
    assert setup.count((IN, "接电话", "昨天 21:47"), title="某某金融") == 2
    assert setup.count((IN, "接电话", "昨天 21:47"), title="催收小王") == 2


def test_another_picture_of_the_same_message_is_linked_too(setup: Setup) -> None:
    export(setup.case, ("21:47:31", 1, THREAT))
    setup.count((IN, THREAT, "昨天 21:47"))
    assert setup.count((IN, THREAT, "昨天 21:47")) == 1


def test_the_picture_stands_for_it_if_the_export_goes(setup: Setup) -> None:
    item_id = export(setup.case, ("21:47:31", 1, THREAT))
    setup.count((IN, THREAT, "昨天 21:47"))
    items.trash(setup.case, [item_id])
    assert setup.count_messages() == 1
