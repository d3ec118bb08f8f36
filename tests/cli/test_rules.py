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
    [suggestion] = [
        suggestion for suggestion in scanned(run, case_path) if suggestion["rule"] == "cn.gbt.hours"
    ]
    assert suggestion["violation"] == "outside_hours_contact"
    assert suggestion["events"] == ["e2"] or suggestion["events"] == ["e1"]
    assert suggestion["arithmetic"]["times"] == ["22:30"]
    assert "22:00" in suggestion["provision"]["quote"]
    assert suggestion["missing"] == ["collector_kind"]
    assert suggestion["status"] == "suggested"


def test_who_collects_settles_what_is_missing(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector")
    rules = {
        suggestion["rule"]: suggestion for suggestion in scanned(run, case_path, "--kind", "bank")
    }
    assert rules["cn.gbt.hours"]["missing"] == []
    assert "cn.gbt.hours" not in {
        suggestion["rule"] for suggestion in scanned(run, case_path, "--kind", "private_lender")
    }


def test_nobody_known_is_nobody_accused(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    done = run("scan", case_path, "--json")
    assert not [line for line in done.out.splitlines() if "outside_hours_contact" in line]
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
    assert {"cn", "us", "uk", "general"} <= {row["id"] for row in listed}
    wrong = tmp_path / "own.toml"
    wrong.write_text('id = "own"\nversion = 2026-01-01\nname_en = ""\n', encoding="utf-8")
    done = run("rulebooks", "--check", wrong)
    assert done.status == 1
    assert f"{wrong}:" in done.err


def test_what_is_decided_is_kept_and_listed(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector", "--kind", "bank")
    [suggestion] = [
        suggestion for suggestion in scanned(run, case_path) if suggestion["rule"] == "cn.gbt.hours"
    ]
    assert [citation["rule"] for citation in suggestion["also"]] == ["cn.cba.hours"]
    assert "22:30" in suggestion["explanation"]["en"]
    assert run("dismiss", case_path, suggestion["id"], "--reason", "agreed").status == 0
    [again] = [
        suggestion for suggestion in scanned(run, case_path) if suggestion["id"] == suggestion["id"]
    ]
    assert (again["status"], again["finding"]) == ("dismissed", "f1")
    assert run("confirm", case_path, "f1").status == 0
    [finding] = [json.loads(line) for line in run("findings", case_path, "--json").out.splitlines()]
    assert (finding["status"], finding["rule"], finding["look_again"]) == (
        "confirmed",
        "cn.gbt.hours",
        None,
    )
    assert finding["subjects"] == suggestion["events"]
    assert finding["arithmetic"] == suggestion["arithmetic"]
    refused = run("confirm", case_path, "0123456789ab")
    assert refused.status == 2
    assert "no suggestion" in refused.err


def test_a_rulebook_is_switched_on_and_off(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector", "--kind", "bank")
    assert run("rulebook", case_path, "cn", "--off").status == 0
    assert not [
        suggestion for suggestion in scanned(run, case_path) if suggestion["rulebook"] == "cn"
    ]
    assert run("rulebook", case_path, "cn", "--on").status == 0
    assert [suggestion for suggestion in scanned(run, case_path) if suggestion["rulebook"] == "cn"]
    assert run("rulebook", case_path, "atlantis", "--on").status == 2


def test_debts_and_own_acts_are_written_down(run: Any, case_path: Path) -> None:
    run("party", case_path, "95588", "--role", "creditor", "--kind", "bank")
    added = run("debt", case_path, "95588", "--product", "loan", "--due", "2026-01-20")
    assert added.status == 0
    assert run("debt", case_path, "95588", "--change", "d1", "--overdue", "30").status == 0
    [debt] = [
        json.loads(line) for line in run("list", case_path, "debts", "--json").out.splitlines()
    ]
    assert (debt["product"], debt["due_on"], debt["days_overdue"]) == ("loan", "2026-01-20", 30)
    assert run("debt", case_path, "95588", "--due", "soon").status == 2
    act = ("act", case_path, "stop_request", "--at", "2026-03-01T10:00", "--with", "95588")
    assert run(*act, "--by", "letter").status == 0
    assert run("act", case_path, "call", "--at", "2026-03-01").status == 2
    assert run("act", case_path, "agreed_hours", "--at", "2026-03-01", "--hours", "x").status == 2


def test_an_empty_case_says_that_nothing_is_suggested(run: Any, case_path: Path) -> None:
    done = run("scan", case_path, "--json")
    assert (done.status, done.out) == (0, "")
    assert "Nothing is suggested" in done.err
    assert run("findings", case_path, "--json").out == ""


def test_the_fields_of_suggestions_and_findings(run: Any, case_path: Path, tmp_path: Path) -> None:
    imported(run, case_path, tmp_path, (NIGHT, 60, 1))
    run("party", case_path, "+8613900000009", "--role", "collector")
    first = scanned(run, case_path)[0]
    names = "id violation rulebook rule provision force events items arithmetic explanation"
    assert {*names.split(), "missing", "status"} <= first.keys()
    assert run("confirm", case_path, first["id"]).status == 0
    [finding] = [json.loads(line) for line in run("findings", case_path, "--json").out.splitlines()]
    assert (finding["status"], finding["rule"]) == ("confirmed", first["rule"])
