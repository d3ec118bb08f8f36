"""Lines of one sign over and over, as rules and torn files have, hold no reader up."""

import io
import time

import pytest

from evidence_app.intake.detect import detect
from evidence_app.intake.records import Source

SIGNS = (
    "-",
    "=",
    "*",
    "_",
    "- ",
    "— ",
    "1",
    "1 ",
    "a",
    "a ",
    "[",
    "(",
    " ",
    "1/1/",
    "王 ",
    "2024-",
)
LONG = 3000


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", "2024-03-05 21:07:11 ", "Anna "])
def test_a_long_line_is_looked_at_quickly(sign: str, before: str) -> None:
    data = f"{before}{sign * (LONG // len(sign))}\n".encode() * 2
    begun = time.process_time()
    file_format = detect(Source(io.BytesIO(data), len(data), "a.txt"))
    assert time.process_time() - begun < 5
    assert file_format is None or file_format.id in ("plain_text", "call_table", "recordings")
