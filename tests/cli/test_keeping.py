"""The commands that keep a case safe."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import cases, copies, findings


@pytest.fixture
def filled(run: Any, case_path: Path, inbox: Path) -> Path:
    (inbox / "a.txt").write_text("words")
    (inbox / "deed.txt").write_text("a notary's words")
    assert run("import", case_path, inbox / "a.txt", inbox / "deed.txt").status == 0
    return case_path


def test_a_copy(run: Any, filled: Path, tmp_path: Path) -> None:
    result = run("copy", filled, tmp_path / "copy.evcase", "--json")
    assert result.row["size"] == (tmp_path / "copy.evcase").stat().st_size
    assert run("verify", tmp_path / "copy.evcase").status == 0
    assert run("copy", filled, tmp_path / "copy.evcase").status == 2


def test_a_kept_copy_is_put_back_even_over_a_broken_case(run: Any, filled: Path) -> None:
    with cases.open_case(filled) as case:
        cases.edit_info(case, title="kept")
        copies.keep(case)
    [kept_copy] = run("list", filled, "copies", "--json").rows
    filled.write_bytes(b"broken")
    assert run("restore", filled, "nothing of that name").status == 2
    assert run("restore", filled, kept_copy["name"]).status == 0
    assert run("info", filled, "--json").row["title"] == "kept"


def test_a_password(run: Any, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_APP_NEW_PASSWORD", "first")
    assert run("password", filled, "--json").row["locked"] is True
    result = run("info", filled)
    assert (result.status, "password" in result.err) == (1, True)
    monkeypatch.setenv("EVIDENCE_APP_PASSWORD", "wrong")
    assert run("verify", filled).status == 1
    monkeypatch.setenv("EVIDENCE_APP_PASSWORD", "first")
    assert run("verify", filled).status == 0
    monkeypatch.setenv("EVIDENCE_APP_NEW_PASSWORD", "second")
    assert run("password", filled).status == 0
    assert run("password", filled).status == 1
    monkeypatch.setenv("EVIDENCE_APP_PASSWORD", "second")
    assert run("password", filled, "--remove").status == 0
    monkeypatch.delenv("EVIDENCE_APP_PASSWORD")
    assert run("verify", filled).status == 0


def test_rescue(run: Any, filled: Path, tmp_path: Path) -> None:
    data = filled.read_bytes()
    filled.write_bytes(bytes(16384) + data[16384:])
    result = run("recover", filled, tmp_path / "new.evcase", "--json")
    assert result.status == 3
    assert (result.row["originals"], result.row["nameless"]) == (2, 2)
    listed = {row["sha256"] for row in run("list", tmp_path / "new.evcase", "items", "--json").rows}
    assert hashlib.sha256(b"words").hexdigest() in listed
    assert run("verify", tmp_path / "new.evcase").status == 0


def test_trash_and_destroy(run: Any, filled: Path) -> None:
    assert run("destroy", filled, "i1", "--reason", "x").status == 1
    assert run("trash", filled, "i1").status == 0
    assert [row["id"] for row in run("list", filled, "trash", "--json").rows] == ["i1"]
    assert run("trash", filled, "i1", "--restore").status == 0
    assert run("trash", filled, "i1").status == 0
    assert run("destroy", filled, "i1").status == 2
    assert run("destroy", filled, "i1", "--reason", "not mine").status == 0
    assert run("destroy", filled, "i1", "--reason", "not mine").status == 2
    assert [row["id"] for row in run("list", filled, "items", "--json").rows] == ["i2"]
    assert run("verify", filled).status == 0


def test_certificates(run: Any, filled: Path) -> None:
    assert run("certify", filled, "i1", "i2").status == 0
    assert run("certify", filled, "i1", "i99").status == 2
    newest = run("list", filled, "custody", "--json").rows[-1]
    assert (newest["action"], newest["detail"]["certificates"]) == ("certify", [2])


def test_a_check_code(run: Any, filled: Path) -> None:
    entries = run("list", filled, "custody", "--json").rows
    head = entries[-1]
    code = f"{head['seq']}-{head['entry_hash']}-{entries[0]['entry_hash'][:16]}"
    assert run("info", filled, "--json").row["check_code"] == code
    assert f"check code: {code}" in run("info", filled).out
    assert run("verify", filled, "--head", code).status == 0
    assert run("verify", filled, "--head", code, "--key", head["signer"]).status == 0
    assert run("verify", filled, "--key", "0" * 64).status == 1
    assert (
        run("verify", filled, "--head", f"{head['seq'] + 1}{code[code.index('-') :]}").status == 1
    )
    assert run("verify", filled, "--head", "nonsense").status == 2


@pytest.mark.parametrize("name", ["package", "package.zip"])
def test_a_package_is_checked_without_its_case(
    run: Any, filled: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    assert run("export", filled, "package", out, "--language", "zh").status == 0
    result = run("verify", out, "--json")
    assert (result.status, result.row["intact"]) == (0, True)
    key, code = result.row["signed_with"], result.row["check_code"]
    assert run("verify", out, "--key", key.upper(), "--head", code).status == 0
    assert run("verify", filled, "--head", code).status == 0
    other = run("verify", out, "--key", "00" * 32, "--json")
    assert (other.status, {mismatch["kind"] for mismatch in other.row["mismatches"]}) == (
        1,
        {"signer"},
    )
    assert run("export", filled, "package", out).status == 2


def test_a_package_goes_out_in_parts_with_a_page_that_checks_it(
    run: Any, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "package.zip"
    result = run("export", filled, "package", out, "--split", "64K", "--json")
    assert result.status == 0
    parts = [Path(path) for path in result.row["parts"]]
    assert [part.name for part in parts[:2]] == ["package.zip.001", "package.zip.002"]
    assert not out.exists()
    assert run("verify", parts[0]).status == 0
    data = parts[1].read_bytes()
    parts[1].write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert run("verify", parts[0]).status == 1
    parts[1].write_bytes(data)
    out.write_bytes(b"".join(part.read_bytes() for part in parts[:-1]))
    assert run("verify", out).status == 0
    parts[-2].unlink()
    assert run("verify", parts[0]).status == 2
    for wrong in (("table", "t.csv"), ("package", "folder")):
        result = run("export", filled, wrong[0], tmp_path / wrong[1], "--split", "64K")
        assert (result.status, (tmp_path / wrong[1]).exists()) == (2, False)
    assert run("export", filled, "package", tmp_path / "b.zip", "--split", "1").status == 2
    page = tmp_path / "verify.html"
    assert run("verifier", page).status == 0
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert run("verifier", page).status == 2
    assert run("verifier", page, "--overwrite").status == 0


def test_of_a_file_only_the_marked_entries_leave_unless_it_is_said(
    run: Any, case_path: Path, inbox: Path, tmp_path: Path
) -> None:
    calls = "date,number,type\n2026-03-01 10:00:00,95001,incoming\n"
    (inbox / "calls.csv").write_text(f"{calls}2026-03-02 10:00:00,95002,incoming\n")
    assert run("import", case_path, inbox / "calls.csv").status == 0
    with cases.open_case(case_path) as case:
        findings.confirm(case, [Subject(SubjectKind.EVENT, 1)], "threat_of_violence")
    chosen, complete = tmp_path / "chosen", tmp_path / "whole"
    assert run("export", case_path, "package", chosen, "--only-findings").status == 0
    result = run("verify", chosen, "--json").row
    assert (result["intact"], result["rows"], result["unproven_rows"]) == (True, 1, 0)
    assert not any(b"95002" in path.read_bytes() for path in chosen.rglob("*") if path.is_file())
    options = ("--only-findings", "--whole-originals")
    assert run("export", case_path, "package", complete, *options).status == 0
    [original] = (complete / "data" / "originals").iterdir()
    assert b"95002" in original.read_bytes()


def test_a_folder_that_is_no_package(run: Any, tmp_path: Path) -> None:
    result = run("verify", tmp_path)
    assert (result.status, "package" in result.err) == (2, True)
