"""Pictures read from the command line, through the process that reads them."""

from pathlib import Path
from typing import Any

from PIL import Image
from screens import WECHAT, Conversation, Say

from evidence_app.model.event import Direction
from evidence_app.model.reading import ProposedKind
from evidence_app.reading import pixels

THREAT = "再不还款我们就上门找你"
SAID = [
    Say(None, Direction.NONE, "昨天 21:47"),
    Say(ProposedKind.MESSAGE, Direction.INCOMING, THREAT),
    Say(ProposedKind.MESSAGE, Direction.OUTGOING, "我现在没有钱"),
    Say(ProposedKind.MESSAGE, Direction.INCOMING, "今天必须还"),
]


def screenshot(folder: Path) -> Path:
    screen = Conversation(SAID, WECHAT, width=480, title="催收小王").screen(0, 900)
    path = folder / "Screenshot_20260305-090000.png"
    path.write_bytes(screen.data())
    return path


def test_a_screenshot_becomes_text_and_proposals_and_events(
    run: Any, case_path: Path, tmp_path: Path
) -> None:
    assert run("import", case_path, screenshot(tmp_path)).status == 0
    read = run("read", case_path, "--pictures", "--json")
    assert read.status == 0, read.err
    assert read.row["outcome"] == "read"
    assert read.row["proposals"] == 3
    assert run("read", case_path, "--json").rows == [], "what was read is not read again"
    lines = run("text", case_path, "i1", "--json").rows
    assert THREAT in [line["text"] for line in lines]
    assert all(len(line["box"]) == 4 for line in lines)
    assert [hit["kind"] for hit in run("search", case_path, "上门", "--json").rows] == ["picture"]
    assert THREAT in run("search", case_path, "上门").out
    first, second, third = run("proposals", case_path, "--json").rows
    assert (first["text"], first["direction"]) == (THREAT, "incoming")
    assert (first["time"], first["time_basis"]) == ("2026-03-04T21:47:00", "relative")
    assert first["time_source"] == "picture"
    assert second["direction"] == "outgoing"
    result = run("accept", case_path, first["id"], second["id"], "--json")
    assert result.status == 0, result.err
    assert run("reject", case_path, third["id"]).status == 0
    assert run("proposals", case_path, "--json").rows == []
    states = [row["state"] for row in run("proposals", case_path, "--all", "--json").rows]
    assert states == ["accepted", "accepted", "rejected"]
    events = run("list", case_path, "events", "--json").rows
    assert THREAT in [event["text"] for event in events]
    assert run("verify", case_path).status == 0
    # Without an id it is about doubts, and there are none.
    assert run("accept", case_path, "--json").row["accepted"] == []


def test_tables_for_people(run: Any, case_path: Path) -> None:
    for verb in (["text", case_path, "i1"], ["proposals", case_path]):
        result = run(*verb)
        assert (result.status, result.out) == (0, "Nothing is there yet.\n")


def test_a_picture_that_cannot_be_read_is_told(run: Any, case_path: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("1", (8000, pixels.MOST_PIXELS // 8000 + 1)).save(large)
    assert run("import", case_path, large).status in (0, 3)
    read = run("read", case_path, "i1", "--json")
    assert read.status == 3
    assert read.row["outcome"] == "failed"
    assert read.row["reason"]["code"] == "picture_too_large_to_read"


def test_what_is_no_picture_is_refused(run: Any, filled: Path) -> None:
    assert run("read", filled, "i1").status == 2
    assert run("read", filled, "p1").status == 2
    assert run("accept", filled, "r1").status == 2


def test_several_cases_are_read_and_one_that_cannot_be_opened_stops_nothing(
    run: Any, case_path: Path, tmp_path: Path
) -> None:
    assert run("import", case_path, screenshot(tmp_path)).status == 0
    gone = tmp_path / "gone.evcase"
    read = run("read", gone, case_path, "--workers", "2", "--json")
    assert read.status == 3
    assert [(row["case"], row["outcome"]) for row in read.rows] == [
        (str(gone), "failed"),
        (str(case_path), "read"),
    ]
    assert run("read", case_path, gone, "i1").status == 2
    assert run("read", case_path, "i1", "--recordings", "--scheduler", "tcp://a:1").status == 2
