"""An import that is stopped or killed: what was reported is there, nothing is half there."""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

LARGE = 3 << 30


def _begin(start: Any, case: Path, inbox: Path, **more: Any) -> tuple[subprocess.Popen[bytes], Any]:
    """Start an import and wait until the first file is reported and the large one is in hand."""
    (inbox / "a.txt").write_text("你好")
    with (inbox / "b.bin").open("wb") as large:
        large.truncate(LARGE)
    # Whoever runs the tests in the background has SIGINT ignored, and a process inherits that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = start("import", case, inbox, "--json", **more)
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    reported = json.loads(process.stdout.readline())
    assert reported["outcome"] == "imported"
    return process, reported


def _finish(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    out, err = process.communicate(timeout=60)
    return out, err


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_what_was_reported_stays(
    run: Any, start: Any, case_path: Path, inbox: Path, sign: signal.Signals
) -> None:
    process, reported = _begin(start, case_path, inbox, start_new_session=True)
    os.killpg(process.pid, sign)
    out, err = _finish(process)
    assert process.returncode == (1 if sign is signal.SIGINT else -sign)
    assert out == b""
    assert b"Traceback" not in err
    [item] = run("list", case_path, "items", "--json").rows
    assert item["id"] == reported["item_id"]
    (inbox / "b.bin").unlink()
    again = run("import", case_path, inbox, "--json")
    assert again.row["outcome"] == "already_there"
    assert case_path.stat().st_size < LARGE / 10
