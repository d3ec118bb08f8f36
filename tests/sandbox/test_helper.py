"""A closed-off process is kept as long as it answers well; then another takes its place."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.errors import Cancelled
from evidence_app.progress import Progress
from evidence_app.sandbox import child
from evidence_app.sandbox.helper import Helper, HelperEnded
from evidence_app.sandbox.watch import Verdict

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from evidence_app.sandbox import inside

def work(request, source, target):
    if request["do"] == "die":
        sys.exit(1)
    if request["do"] == "sleep":
        time.sleep(60)
    if request["do"] == "say":
        return {{"size": source.stat().st_size}}
    if request["do"] == "turn":
        target.write_bytes(source.read_bytes()[::-1])
    else:
        raise ValueError("unknown")
    return {{}}

inside.serve_files(2 << 30, work, lambda request: request["do"] != "say")
"""


@pytest.fixture
def helper(monkeypatch: pytest.MonkeyPatch) -> Iterator[Helper]:
    monkeypatch.setattr(child, "command", lambda module: [sys.executable, "-I", "-c", PROGRAM])
    with Helper("", 2 << 30, 20) as made:
        yield made


def turned(helper: Helper, target: Path) -> bytes:
    with helper.exchange() as process:
        assert process.ask({"do": "turn"}, io.BytesIO(b"words"), target) == {}
    return target.read_bytes()


def test_one_process_answers_many_requests(helper: Helper, tmp_path: Path) -> None:
    assert helper.child is None
    assert turned(helper, tmp_path / "a") == b"sdrow"
    first = helper.child
    with helper.exchange() as process:
        # The file that was sent last is still there.
        assert process.ask({"do": "say"}, None, None) == {"size": 5}
    with helper.exchange() as process:
        answer = process.ask({"do": "what"}, io.BytesIO(b"x"), tmp_path / "b")
    assert answer == {"error": "ValueError: unknown"}
    assert not (tmp_path / "b").exists()
    assert helper.child is first


def test_another_starts_after_one_died(helper: Helper, tmp_path: Path) -> None:
    turned(helper, tmp_path / "a")
    first = helper.child
    with pytest.raises(HelperEnded) as ended, helper.exchange() as process:
        process.ask({"do": "die"}, io.BytesIO(b"x"), None)
    assert ended.value.verdict is Verdict.WELL
    assert helper.child is None
    assert turned(helper, tmp_path / "a") == b"sdrow"
    assert helper.child is not first


def test_whoever_cancels_ends_the_process_at_once(helper: Helper, tmp_path: Path) -> None:
    began = time.monotonic()
    progress = Progress(is_cancelled=lambda: time.monotonic() - began > 1)
    with pytest.raises(Cancelled), helper.exchange(progress) as process:
        process.ask({"do": "sleep"}, io.BytesIO(b"x"), None)
    assert time.monotonic() - began < 20
    assert helper.child is None


def test_a_process_that_was_left_in_an_exchange_is_ended(helper: Helper, tmp_path: Path) -> None:
    turned(helper, tmp_path / "a")
    with pytest.raises(KeyboardInterrupt), helper.exchange():
        raise KeyboardInterrupt
    assert helper.child is None
