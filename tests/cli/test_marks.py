"""Marks by commands, as a script gives them."""

import io
from pathlib import Path
from typing import Any

from PIL import Image

SMS = (
    '<smses count="1"><sms protocol="0" address="95001" date="1772350000000" type="1" '
    'body="pay or we call 13800001234" read="1" /></smses>'
)


def test_marks_are_put_on_listed_and_taken_off(run: Any, tmp_path: Path) -> None:
    case = tmp_path / "a.evcase"
    out = io.BytesIO()
    Image.new("RGB", (200, 400), "white").save(out, "PNG")
    (tmp_path / "a.png").write_bytes(out.getvalue())
    (tmp_path / "b.xml").write_text(SMS)
    assert run("new", case).status == 0
    assert run("import", case, tmp_path / "a.png", tmp_path / "b.xml").status == 0
    events = run("list", case, "events", "--json").rows
    [event] = [event for event in events if event["type"] == "message"]
    [item] = [row["id"] for row in run("list", case, "items", "--json").rows if row["width"]]
    done = run("mark", case, item, "--kind", "number", "--text", "1", "--box", "0,0,1,1")
    assert done.status == 0
    assert run("redact", case, item, "--box", "0,0,.5,1", "--reason", "sister").status == 0
    assert run("redact", case, event["id"], "--words", "13800001234").status == 0
    for wrong in (
        (event["id"], "--words", "not there"),
        (event["id"], "--box", "0,0,1,1"),
        (item, "--box", "0,0,1"),
        (item, "--words", "a"),
        (item,),
    ):
        assert run("redact", case, *wrong).status == 2
    rows = run("list", case, "marks", "--json").rows
    assert [(row["kind"], row["note"]) for row in rows] == [
        ("number", ""),
        ("redaction", "sister"),
        ("redaction", ""),
    ]
    assert rows[2]["characters"] == [15, 26]
    assert run("unmark", case, "m1", "m2").status == 0
    assert run("unmark", case, "m1").status == 2
    assert "m3" in run("list", case, "marks").out
