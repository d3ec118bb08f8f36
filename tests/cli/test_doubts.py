"""Commands show the doubts that the window shows, and export nothing that does not agree."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2


@pytest.fixture
def rolled_back(run: Any, case_path: Path, tmp_path: Path) -> Path:
    """A case that was put back to the state before its newest entry."""
    older = tmp_path / "older"
    shutil.copy(case_path, older)
    note = tmp_path / "note.txt"
    note.write_text("what was said on that day")
    assert run("import", case_path, note).status == 0
    shutil.copy(older, case_path)
    return case_path


@pytest.mark.parametrize("command", [("list", "items"), ("info",), ("list", "custody")])
def test_a_file_that_was_rolled_back_is_told(
    run: Any, rolled_back: Path, command: tuple[str, ...]
) -> None:
    verb, *more = command
    result = run(verb, rolled_back, *more, "--json")
    assert result.status == 0
    assert "This computer has seen a later state of this case" in result.err


def test_no_doubt_says_nothing(run: Any, case_path: Path) -> None:
    assert run("info", case_path).err == ""


@pytest.mark.parametrize("kind", ["dossier", "docx", "html", "case-uco", "table", "package"])
def test_it_is_exported_only_once_it_was_accepted(
    run: Any, rolled_back: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / {"dossier": "d.pdf", "table": "t.csv", "package": "p"}.get(kind, kind)
    for wish in ((), ("--despite-mismatches",)):
        result = run("export", rolled_back, kind, out, *wish)
        assert result.status == 1
        assert "This computer has seen a later state of this case" in result.err
        assert "accept" in result.err
        assert not out.exists()
    assert run("accept", rolled_back).status == 0
    assert run("export", rolled_back, kind, out).status == 0
    assert out.exists()


def test_what_is_forged_is_named(run: Any, case_path: Path, tmp_path: Path) -> None:
    connection = dbapi2.connect(str(case_path), isolation_level=None)
    connection.execute("UPDATE case_info SET owner_name = 'somebody else'")
    connection.close()
    result = run("export", case_path, "dossier", tmp_path / "d.pdf")
    assert result.status == 1
    assert "Changed outside the program: details of the case, 1." in result.err


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("detail", "x'00ff'"),
        ("detail", "'[]'"),
        ("machine", "x'00ff'"),
        ("program", "CAST(x'ff41' AS TEXT)"),
        ("at", "'9999-12-31T23:59:59-14:00'"),
        ("at", "'0001-01-01T00:00:00+14:00'"),
        ("at", "5"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_odd_line_of_the_log_hides_no_other(
    run: Any, filled: Path, column: str, cell: str, form: tuple[str, ...]
) -> None:
    for _ in range(2):
        assert run("trash", filled, "i1").status == 0
        assert run("trash", filled, "i1", "--restore").status == 0
    undamaged = run("list", filled, "custody", *form).out.splitlines()
    connection = dbapi2.connect(str(filled), isolation_level=None)
    connection.execute(f"UPDATE custody_entry SET {column} = {cell} WHERE seq = 2")
    connection.close()
    result = run("list", filled, "custody", *form)
    assert result.status == 1
    assert "custody_entry 2" in result.err.splitlines()[-1]
    lines = result.out.splitlines()
    assert len(lines) == len(undamaged)
    [odd] = [line for line in lines if "unreadable" in line]
    number = json.loads(odd)["seq"] if form else int(odd.split()[0])
    assert number == 2


def test_an_odd_cell_is_named(run: Any, filled: Path) -> None:
    connection = dbapi2.connect(str(filled), isolation_level=None)
    connection.execute("UPDATE item SET title = x'00ff' WHERE id = 1")
    connection.close()
    result = run("list", filled, "items")
    assert result.status == 1
    assert "(item.title)" in result.err
