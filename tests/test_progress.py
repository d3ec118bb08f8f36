"""Progress is told in steps that can be seen, and whoever cancels stops every part of the work."""

from __future__ import annotations

import threading

import pytest

from evidence_app.errors import Cancelled
from evidence_app.progress import SILENT, Meter, Progress, ProgressState


def test_the_share_is_that_of_the_total_and_nothing_of_an_unknown_one() -> None:
    assert ProgressState(1, 4).share == 0.25
    assert ProgressState(9, 4).share == 1
    assert ProgressState(9, 0).share == 0


def test_a_part_is_told_within_the_whole_and_ends_with_it() -> None:
    shares: list[float] = []
    stops: list[bool] = []
    whole = Progress(lambda state: shares.append(state.share), lambda: bool(stops))
    part = whole.within(0.5, 1.0)
    part.tell(0, 10)
    part.tell(5, 10)
    part.unshown().tell(10, 10)
    assert shares == [0.5, 0.75]
    stops.append(True)
    for work in (whole, part, part.unshown()):
        with pytest.raises(Cancelled):
            work.check()


def test_parts_come_until_the_person_cancels() -> None:
    taken: list[int] = []
    progress = Progress(is_cancelled=lambda: len(taken) == 2)
    with pytest.raises(Cancelled):
        for number in progress.until_cancelled(range(9)):
            taken.append(number)
    assert taken == [0, 1]
    SILENT.check()


def test_a_meter_adds_up_on_any_threads_and_tells_what_can_be_seen() -> None:
    states: list[ProgressState] = []
    meter = Meter(Progress(states.append), 40_000, "counting")

    def work() -> None:
        for _ in range(10_000):
            meter.advance()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert meter.done == 40_000
    assert states[-1] == ProgressState(40_000, 40_000, "counting")
    assert len(states) <= 202
    assert [state.done for state in states] == sorted(state.done for state in states)


def test_a_meter_stops_before_it_counts() -> None:
    meter = Meter(Progress(is_cancelled=lambda: True), 2)
    with pytest.raises(Cancelled):
        meter.advance()
    with pytest.raises(Cancelled):
        list(meter.counted([b"piece"]))
    assert meter.done == 0
