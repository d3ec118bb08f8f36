"""Rulebooks of others: all problems at once, with their lines; nothing hangs, nothing spreads."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from evidence_app import settings
from evidence_app.rulebook import loader

GOOD = """\
id = "mine"
version = 2026-11-24
name_en = "My clinic"
name_zh = "本诊所"
region = "US"

[[instrument]]
id = "act"
name = "An Act"
force = "statute"
in_force_from = 2020-01-01

[[rule]]
id = "mine.calls"
violation = "excessive_contact"
applies_to = ["bank"]
explanation_en = "No more than two."
explanation_zh = "不超过两次。"
refuted_by_en = "There were two."
refuted_by_zh = "只有两次。"

[rule.predicate]
kind = "count_in_days"
counted = "placed"
limit = 2
per = ["collector"]

[rule.provision]
instrument = "act"
source = "the gazette"
print = "yes"
"""


def problems(tmp_path: Path, text: str | bytes) -> list[tuple[int, str]]:
    path = tmp_path / "mine.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(problem.line, problem.reason) for problem in loader.check(path)]


def line_of(text: str, passage: str) -> int:
    return 1 + next(place for place, line in enumerate(text.splitlines()) if passage in line)


def test_a_good_one_has_none(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("version = 2026-11-24", 'version = "2026"', "version", "must be a day"),
        ("version = 2026-11-24", "version = 2026-11-24T10:00:00", "version", "must be a day"),
        ('region = "US"', 'region = "USA"', "region", "two letters"),
        ('region = "US"', 'timezone = "Mars/Base"', "timezone", "no zone"),
        ('region = "US"', "colour = 1", "colour", "not known"),
        ('force = "statute"', 'force = "decree"', "force", "none of"),
        ('force = "statute"', 'force = "heuristic"', "force", "no instrument"),
        ("from = 2020-01-01", "from = 2020-13-01", "from", "no TOML"),
        (
            "in_force_from = 2020-01-01",
            "in_force_from = 2020-01-01\nin_force_until = 2019-01-01",
            "until",
            "is before",
        ),
        ('id = "mine.calls"', 'id = "other.calls"', "other.calls", "must begin"),
        ('id = "mine.calls"', 'id = "mine.Calls!"', "mine.Calls!", "must consist"),
        ('"excessive_contact"', '"rudeness"', "rudeness", "no violation type"),
        ('["bank"]', '["banker"]', "applies_to", "none of"),
        ('["bank"]', '"bank"', "applies_to", "list of words"),
        ('["bank"]', '["bank"]\nasks = ["weather"]', "asks", "none of"),
        ('["bank"]', '["bank"]\nonly_known_kinds = 1', "only_known", "true or false"),
        ('explanation_zh = "不超过两次。"\n', "", "[[rule]]", "is missing"),
        ('kind = "count_in_days"', 'kind = "count"', "predicate", "must be one of"),
        ('counted = "placed"', 'counted = "thoughts"', "predicate", "must be one of"),
        ("limit = 2", "limit = -1", "predicate", "from 0 to"),
        ("limit = 2", "limit = true", "predicate", "from 0 to"),
        ("limit = 2", "limit = 2\ndays = 99999999", "predicate", "from 1 to"),
        ("limit = 2", "limit = 2\nlimits = 3", "predicate", "not known"),
        ('per = ["collector"]', "per = []", "predicate", "list of words"),
        ('per = ["collector"]', "per = [[1]]", "predicate", "none of"),
        ('instrument = "act"', 'instrument = "code"', 'instrument = "code"', "no instrument"),
        ('print = "yes"', 'print = "no"', "print", "none of"),
        ('print = "yes"', 'print = "after_check"', "[[rule]]", "reservation_en"),
        ('source = "the gazette"\n', "", "[[rule]]", "is missing"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, at: str, reason: str
) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    listed = problems(tmp_path, text)
    assert len(listed) == 1, listed
    assert reason in listed[0][1]
    assert listed[0][0] == line_of(text, at)


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("2026-11-24", '"soon"')
        .replace('"statute"', '"decree"')
        .replace('"excessive_contact"', '"rudeness"')
        .replace("limit = 2", "limit = -1")
        .replace('print = "yes"', 'print = "no"')
    )
    second = GOOD[GOOD.index("[[rule]]") :].replace('"No more than two."', "7")
    listed = problems(tmp_path, text + "\n" + second)
    assert len(listed) == 7, listed
    assert [line for line, _ in listed] == sorted(line for line, _ in listed)
    assert any("two rules 'mine.calls'" in reason for _, reason in listed)


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe\x00",
        b"id = ",
        b"x = " + b"[" * 100_000,
        b"x = " + b"{a=" * 5_000,
        b"x = " + b"9" * 10_000,
        b"rule = 1\ninstrument = [1]",
        b"",
        b"[[rule]]\n" * 10_000,
        b"#" * 3_000_000,
    ],
)
def test_hostile_files_are_refused_quickly(tmp_path: Path, text: bytes) -> None:
    begun = time.monotonic()
    assert problems(tmp_path, text)
    assert time.monotonic() - begun < 5


def test_phrases_are_no_patterns(tmp_path: Path) -> None:
    predicate = """
[rule.predicate]
kind = "required_content"
channels = ["message"]
fields = { way = ["(a+)+$"] }
"""
    begin = GOOD.index("\n[rule.predicate]")
    text = GOOD[:begin] + predicate + GOOD[GOOD.index("\n[rule.provision]") :]
    assert problems(tmp_path, text) == []
    long = text.replace("(a+)+$", "a" * 1000)
    assert "phrase" in problems(tmp_path, long)[0][1]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "circle.toml").symlink_to(tmp_path / "circle.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    for name in ("folder", "circle", "pipe", "nothing"):
        (problem,) = loader.check(tmp_path / f"{name}.toml")
        assert "cannot be read" in problem.reason


def test_one_that_does_not_load_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rulebooks"
    folder.mkdir()
    (folder / "good.toml").write_text(GOOD, encoding="utf-8")
    (folder / "bad.toml").write_text(GOOD.replace('"yes"', '"no"'), encoding="utf-8")
    (folder / "again.toml").write_text(GOOD.replace("mine", "cn"), encoding="utf-8")
    monkeypatch.setattr(settings, "data_folder", lambda: tmp_path)
    loader.library.cache_clear()
    try:
        library = loader.library()
    finally:
        monkeypatch.undo()
        loader.library.cache_clear()
    assert {"mine", "cn", "us", "general"} <= set(library.rulebooks)
    assert len(library.rulebooks["cn"].rules) > 50
    assert [problem.path.name for problem in library.problems] == ["again.toml", "bad.toml"]


def test_all_shipped_ones_load() -> None:
    assert loader.library().problems == ()
    assert set(loader.library().rulebooks) == {
        *("cn", "us", "us-dc", "us-ma", "us-fl", "us-tx", "uk", "au", "tw", "in", "ie", "id"),
        *("br", "mx", "ph", "general"),
    }
