"""The rules asked from the command line: suggestions with what they count and cite."""

import json
from pathlib import Path
from typing import Any

import pytest

CALLS = """<?xml version='1.0' encoding='UTF-8'?>
<calls count="{count}">
{calls}
</calls>
"""
CALL = '<call number="{number}" duration="{duration}" date="{at}" type="{type}" presentation="1" />'
NIGHT = 1_772_375_400_000
"""2026-03-01 22:30 in Shanghai."""
NOON = NIGHT - 10 * 3_600_000


def imported(run: Any, case: Path, folder: Path, *calls: tuple[int, int, int]) -> None:
    """Import calls: when, how long, of what type (1 incoming, 2 outgoing, 3 missed)."""
    rows = [
        CALL.format(number="+8613900000009", at=at, duration=duration, type=kind)
        for at, duration, kind in calls
    ]
    log = folder / "calls-20260302120000.xml"
    log.write_text(CALLS.format(count=len(rows), calls="\n".join(rows)), encoding="utf-8")
    assert run("import", case, log).status == 0


def scanned(run: Any, case: Path, *options: str) -> list[dict[str, Any]]:
    done = run("scan", case, "--json", *options)
    assert done.status == 0
    return [json.loads(line) for line in done.out.splitlines()]


def test_a_call_at_night_is_suggested_with_what_it_cites(
    run: Any, case_path: Path, tmp_path: Path
) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1), (NOON, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector")
    [found] = [one for one in scanned(run, case_path) if one["rule"] == "cn.gbt.hours"]
    assert found["violation"] == "outside_hours_contact"
    assert found["events"] == ["e2"] or found["events"] == ["e1"]
    assert found["arithmetic"]["times"] == ["22:30"]
    assert "22:00" in found["provision"]["quote"]
    assert found["missing"] == ["collector_kind"]
    assert found["status"] == "suggested"


def test_who_collects_settles_what_is_missing(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector")
    rules = {one["rule"]: one for one in scanned(run, case_path, "--kind", "bank")}
    assert rules["cn.gbt.hours"]["missing"] == []
    assert "cn.gbt.hours" not in {
        one["rule"] for one in scanned(run, case_path, "--kind", "private_lender")
    }


def test_nobody_known_is_nobody_accused(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    done = run("scan", case_path, "--json")
    assert not [one for one in done.out.splitlines() if "outside_hours_contact" in one]
    assert "could not be counted" in done.err


def test_own_calls_are_never_theirs(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, *((NIGHT + n * 60_000, 60, 2) for n in range(12)))
    run("party", case_path, "+8613900000009", "--role", "collector")
    assert scanned(run, case_path) == []


def test_scanning_changes_nothing(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    before = case_path.read_bytes()
    scanned(run, case_path)
    assert case_path.read_bytes() == before


def test_an_id_is_the_same_each_time(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector")
    assert scanned(run, case_path) == scanned(run, case_path)


@pytest.mark.parametrize("options", [("--rulebook", "atlantis"), ("--kind", "dentist")])
def test_what_is_not_known_is_refused(run: Any, case_path: Path, options: tuple[str, str]) -> None:
    done = run("scan", case_path, *options)
    assert done.status == 2
    assert options[1] in done.err


def test_rulebooks_are_listed_and_checked(run: Any, tmp_path: Path) -> None:
    listed = [json.loads(line) for line in run("rulebooks", "--json").out.splitlines()]
    assert {"cn", "us", "uk", "general"} <= {one["id"] for one in listed}
    wrong = tmp_path / "own.toml"
    wrong.write_text('id = "own"\nversion = 2026-01-01\nname_en = ""\n', encoding="utf-8")
    done = run("rulebooks", "--check", wrong)
    assert done.status == 1
    assert f"{wrong}:" in done.err
