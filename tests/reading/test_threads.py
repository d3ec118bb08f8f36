"""Overlapping screenshots of one scrolled conversation: in order, each message once."""

import random
from dataclasses import replace

import pytest
from screens import IN, NEITHER, SKINS, WECHAT, WHATSAPP, Conversation, Say, Skin, talk
from test_chat import read

from evidence_app.model.reading import ProposedKind, ReadPicture, Relief
from evidence_app.reading.threads import threads_of

WIDTH, HEIGHT = 720, 1560
VIEW = HEIGHT - 252
TEXT = ProposedKind.MESSAGE


def scrolled(conversation: Conversation, scrolls: list[int]) -> list[ReadPicture]:
    return [read(conversation.screen(scroll, HEIGHT)) for scroll in scrolls]


def scrolls_of(conversation: Conversation, seed: int) -> list[int]:
    """Where somebody stops who scrolls to the end, less than a screen at a time."""
    chance, end = random.Random(seed), conversation.height - VIEW
    stops = [0]
    while stops[-1] < end:
        stops.append(min(end, stops[-1] + int(VIEW * chance.uniform(0.4, 0.9))))
    return stops


@pytest.mark.parametrize("skin", SKINS, ids=lambda skin: skin.name)
def test_pictures_are_joined_in_order_and_messages_counted_once(skin: Skin) -> None:
    conversation = Conversation(talk("zh", 24, skin, seed=70, extras=False), skin, width=WIDTH)
    stops = scrolls_of(conversation, 5)
    order = list(range(len(stops)))
    random.Random(3).shuffle(order)
    (thread,) = threads_of(scrolled(conversation, [stops[number] for number in order]))
    assert [order[placed.picture] for placed in thread.pictures] == sorted(order)
    for placed in thread.pictures:
        assert abs(placed.offset - stops[order[placed.picture]]) <= 4
    texts = [truth.said.text for truth in conversation.truths]
    assert [event.event.text.replace("\n", "") for event in thread.events] == texts
    assert not any(event.event.is_cut for event in thread.events)


def test_the_same_words_seven_times_are_seven_messages() -> None:
    says = talk("zh", 10, WECHAT, seed=2)
    says[6:6] = [Say(TEXT, IN, "接电话")] * 7
    conversation = Conversation(says, WECHAT, width=WIDTH)
    (thread,) = threads_of(scrolled(conversation, scrolls_of(conversation, 1)))
    texts = [event.event.text for event in thread.events]
    assert texts.count("接电话") == sum(say.text == "接电话" for say in says)


def test_a_gap_is_not_bridged() -> None:
    conversation = Conversation(talk("zh", 30, WECHAT, seed=9), WECHAT, width=WIDTH)
    stops = [0, 600, 600 + VIEW + 80, 1200 + VIEW + 80]
    threads = threads_of(scrolled(conversation, stops))
    assert [[placed.picture for placed in thread.pictures] for thread in threads] == [
        [0, 1],
        [2, 3],
    ]


def test_other_conversations_are_not_joined() -> None:
    says = talk("zh", 20, WECHAT, seed=11)
    first, second = (
        Conversation(says, WECHAT, width=WIDTH, title=name) for name in ("王某", "陈某")
    )
    assert threads_of([read(first.screen(0, HEIGHT)), read(second.screen(600, HEIGHT))]) == []


def test_a_time_holds_on_in_the_next_picture() -> None:
    says = [Say(None, NEITHER, "昨天 21:47"), *[Say(TEXT, IN, f"第{n}次") for n in range(30)]]
    conversation = Conversation(says, WECHAT, width=WIDTH)
    (thread,) = threads_of(scrolled(conversation, scrolls_of(conversation, 4)))
    assert {event.event.stamp.text for event in thread.events if event.event.stamp} == {
        "昨天 21:47"
    }
    assert all(event.event.stamp for event in thread.events)


def test_a_day_holds_on_for_clocks_in_bubbles() -> None:
    conversation = Conversation(
        talk("en", 24, WHATSAPP, seed=5, extras=False), WHATSAPP, width=WIDTH
    )
    (thread,) = threads_of(scrolled(conversation, scrolls_of(conversation, 2)))
    for thread_event, truth in zip(thread.events, conversation.truths, strict=True):
        assert thread_event.event.stamp is not None
        assert thread_event.event.stamp.text == f"{truth.stamp} {truth.said.clock}"


def test_a_relief_that_is_none_is_left_out() -> None:
    conversation = Conversation(talk("zh", 14, WECHAT, seed=1), WECHAT, width=WIDTH)
    first, second = scrolled(conversation, [0, 500])
    assert first.relief is not None
    for broken in (b"", b"no zlib", first.relief.data[:-9]):
        lying = replace(first, relief=Relief(first.relief.rows, 88, 0, 0.5, broken))
        assert threads_of([lying, second]) == []
